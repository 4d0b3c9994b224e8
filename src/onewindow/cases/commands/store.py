"""The hot write: one case with its papers, entry, jobs and claim, in one statement on PostgreSQL and five on SQLite.

Both forms stand side by side and are tested for the same effect (tests/cases/test_store.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from onewindow.cases.models import Case, Paper
from onewindow.core.journal import Entry
from onewindow.core.models import Claim, Job
from onewindow.core.once import Once

Wake = tuple[str, str, datetime]  # kind of job, payload, when


def insert(case: Case, papers: Sequence[Paper], entry: Entry, wakes: Sequence[Wake], once: Once) -> None:
    """Store a new case whole, in the caller's transaction."""
    jobs = [Job(kind=kind, payload=payload, run_at=run_at) for kind, payload, run_at in wakes]
    claim = [case.number, f"person:{case.person}", entry.act, once.key]
    (_one_statement if connection.vendor == "postgresql" else _five_statements)(case, papers, entry, jobs, claim)


def _names(model: type[Model], *without: str) -> list[str]:
    return [field.column for field in model._meta.concrete_fields if field.column not in ("id", *without)]


def _values(row: Model, *without: str) -> list[Any]:
    fields = [field for field in row._meta.concrete_fields if field.column not in ("id", *without)]
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]


def _marks(rows: Sequence[Sequence[Any]]) -> str:
    return ", ".join("(" + ", ".join(["%s"] * len(row)) + ")" for row in rows)


def _insert(model: type[Model], *without: str) -> str:
    return f"INSERT INTO {model._meta.db_table} ({', '.join(_names(model, *without))})"


_CLAIM = f"UPDATE {Claim._meta.db_table} SET subject = %s WHERE asker = %s AND act = %s AND key = %s"  # noqa: S608


def _five_statements(case: Case, papers: Sequence[Paper], entry: Entry, jobs: Sequence[Job], claim: list[str]) -> None:
    with connection.cursor() as cursor:
        row = _values(case)
        cursor.execute(f"{_insert(Case)} VALUES {_marks([row])} RETURNING id", row)
        case.pk = cursor.fetchone()[0]
        for paper in papers:
            paper.case_id = case.pk
        for model, rows in ((Paper, papers), (Entry, [entry]), (Job, jobs)):
            values = [_values(row) for row in rows]
            if values:
                cursor.execute(f"{_insert(model)} VALUES {_marks(values)}", [cell for line in values for cell in line])
        cursor.execute(_CLAIM, claim)


def _one_statement(case: Case, papers: Sequence[Paper], entry: Entry, jobs: Sequence[Job], claim: list[str]) -> None:
    row = _values(case)
    parts = [f"made AS ({_insert(Case)} VALUES {_marks([row])} RETURNING id)"]
    cells = list(row)
    if papers:
        values = [_values(paper, "case_id") for paper in papers]
        names = ", ".join(_names(Paper, "case_id"))
        parts.append(
            f"papers AS (INSERT INTO cases_paper (case_id, {names}) SELECT made.id, given.* FROM made,"  # noqa: S608
            f" (VALUES {_marks(values)}) AS given ({names}))"
        )
        cells += [cell for line in values for cell in line]
    for name, model, rows in (("noted", Entry, [entry]), ("woken", Job, jobs)):
        values = [_values(row) for row in rows]
        if values:
            parts.append(f"{name} AS ({_insert(model)} VALUES {_marks(values)})")
            cells += [cell for line in values for cell in line]
    parts.append(f"claimed AS ({_CLAIM})")
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} SELECT id FROM made", [*cells, *claim])  # noqa: S608 no value in it
        case.pk = cursor.fetchone()[0]
