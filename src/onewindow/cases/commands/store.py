"""The hot write: one case with its papers, entry, jobs, claim and files; one statement on PostgreSQL, six on SQLite.

Both forms stand side by side and are tested for the same effect (tests/cases/test_store.py).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import CharField, Model, TextField

from onewindow.accounts.rules import Resident
from onewindow.cases.models import Case, Paper
from onewindow.core import numbers
from onewindow.core.errors import Refusal
from onewindow.core.journal import Entry
from onewindow.core.models import Claim, Job, StoredFile
from onewindow.core.once import Once, claim, digest_of

Wake = tuple[str, str, datetime]  # kind of job, payload, when
GIVEN = ("key", "holder", "state", "file", "sha256")  # of a paper; the rest is its case's
FRESH = {"attempts": 0, "lease": "", "error": ""}  # of a job that nobody has taken yet


def take(once: Once, by: Resident, act: str, inputs: object, at: datetime, counter: str) -> int:
    """Take the key, then the next number of the counter, in the caller's transaction; return the number.

    0 says that the key was taken before: nothing was written.
    """
    if connection.vendor != "postgresql":
        return numbers.take(counter) if claim(once, by, act, inputs, at=at) is None else 0
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [by.key, act, once.key, digest_of(inputs), at, counter])
        taken = cursor.fetchone()
    return taken[0] if taken else 0


# The number is asked of the row that the claim has written: a twin waits at the claim, not at the counter.
_TAKE = (
    "WITH claimed AS (INSERT INTO core_claim (asker, act, key, digest, subject, at) VALUES (%s, %s, %s, %s, '', %s)"
    " ON CONFLICT (asker, act, key) DO NOTHING RETURNING id)"
    " INSERT INTO core_counter AS counter (name, last) SELECT %s, 1 FROM claimed"
    " ON CONFLICT (name) DO UPDATE SET last = counter.last + 1 RETURNING last"
)


def insert(
    case: Case, papers: Sequence[Paper], entry: Entry, wakes: Sequence[Wake], once: Once, files: Sequence[str]
) -> None:
    """Store a new case whole, in the caller's transaction.

    files   uploads of the applicant's that belong to nothing yet; from now on they are the case's
    raises  Refusal case.files when another application has taken one of them in the meantime
    """
    asker = f"person:{case.person}"
    claimed = [case.number, asker, entry.act, once.key]
    store = _one_statement if connection.vendor == "postgresql" else _six_statements
    if store(case, papers, entry, wakes, claimed, [case.number, asker], files) != len(files):
        raise Refusal("case.files", fields={"papers": "case.files"})


@lru_cache(maxsize=16)
def _columns(model: type[Model]) -> list[tuple[str, str, Any]]:
    """Name, attribute and field of each column but the id; no field where a value goes to the database as it is."""
    fields = [field for field in model._meta.concrete_fields if field.column != "id"]
    plain = (CharField, TextField)
    return [(str(field.column), field.attname, None if isinstance(field, plain) else field) for field in fields]


def _values(row: Model) -> list[Any]:
    return [
        field.get_db_prep_save(getattr(row, name), connection) if field else getattr(row, name)
        for _, name, field in _columns(type(row))
    ]


def _marks(rows: Sequence[Sequence[Any]]) -> str:
    return ", ".join("(" + ", ".join(["%s"] * len(row)) + ")" for row in rows)


def _insert(model: type[Model]) -> str:
    names = ", ".join(name for name, _, _ in _columns(model))
    return f"INSERT INTO {model._meta.db_table} ({names})"


_CLAIM = f"UPDATE {Claim._meta.db_table} SET subject = %s WHERE asker = %s AND act = %s AND key = %s"  # noqa: S608 - the table is ours
_FILES = f"UPDATE {StoredFile._meta.db_table} SET subject = %s WHERE owner = %s AND subject = ''"  # noqa: S608 - the table is ours


def _six_statements(
    case: Case,
    papers: Sequence[Paper],
    entry: Entry,
    wakes: Sequence[Wake],
    claimed: list[str],
    owner: list[str],
    files: Sequence[str],
) -> int:
    with connection.cursor() as cursor:
        row = _values(case)
        cursor.execute(f"{_insert(Case)} VALUES {_marks([row])} RETURNING id", row)
        case.pk = cursor.fetchone()[0]
        for paper in papers:
            paper.case_id = case.pk
        jobs = [Job(kind=kind, payload=payload, run_at=run_at) for kind, payload, run_at in wakes]
        for model, rows in ((Paper, papers), (Entry, [entry]), (Job, jobs)):
            values = [_values(row) for row in rows]
            if values:
                cursor.execute(f"{_insert(model)} VALUES {_marks(values)}", [cell for line in values for cell in line])
        cursor.execute(_CLAIM, claimed)
        if not files:
            return 0
        cursor.execute(f"{_FILES} AND id IN {_marks([files])}", [*owner, *files])
        return int(cursor.rowcount)


def _one_statement(
    case: Case,
    papers: Sequence[Paper],
    entry: Entry,
    wakes: Sequence[Wake],
    claimed: list[str],
    owner: list[str],
    files: Sequence[str],
) -> int:
    """Papers and jobs travel as JSON: however many they are, the statement is the same, and prepared once."""
    given = [{name: getattr(paper, name) for name in GIVEN} for paper in papers]
    woken = [{"kind": kind, "payload": text, "run_at": at.isoformat()} for kind, text, at in wakes]
    values = [*_values(case), case.division, json.dumps(given), *_values(entry), json.dumps(woken), *claimed, *owner]
    with connection.cursor() as cursor:
        cursor.execute(_whole(), [*values, list(files)])
        case.pk, taken = cursor.fetchone()
    return int(taken)


@lru_cache(maxsize=1)
def _whole() -> str:
    names = ", ".join(GIVEN)
    columns = ", ".join(f"{name} text" for name in GIVEN)
    fresh = ", ".join(FRESH)
    values = ", ".join(repr(value) for value in FRESH.values())
    parts = [
        f"made AS ({_insert(Case)} VALUES ({_row(Case)}) RETURNING id)",
        f"papers AS (INSERT INTO {Paper._meta.db_table} (case_id, division, {names})"  # noqa: S608 - names are ours
        f" SELECT made.id, %s, {names} FROM made, json_to_recordset(%s) AS given ({columns}))",
        f"noted AS ({_insert(Entry)} VALUES ({_row(Entry)}))",
        f"woken AS (INSERT INTO {Job._meta.db_table} (kind, payload, run_at, {fresh}) SELECT kind, payload, run_at,"  # noqa: S608 - names are ours
        f" {values} FROM json_to_recordset(%s) AS wake (kind text, payload text, run_at timestamptz))",
        f"claimed AS ({_CLAIM})",
        f"given AS ({_FILES} AND id = ANY(%s) RETURNING id)",
    ]
    return f"WITH {', '.join(parts)} SELECT made.id, (SELECT count(*) FROM given) FROM made"  # noqa: S608 - ours


def _row(model: type[Model]) -> str:
    return ", ".join(["%s"] * len(_columns(model)))
