"""The hot write: one case with its papers, entry, jobs, claim and files; one statement on PostgreSQL, six on SQLite.

Both forms stand side by side and are tested for the same effect (tests/cases/test_store.py).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from django.db import connection
from django.db.models import Model

from onewindow.accounts.rules import Resident
from onewindow.cases.models import Case, Paper
from onewindow.core import numbers, sql
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
        cursor.execute(f"{sql.insertion(Case)} VALUES ({_row(Case)}) RETURNING id", sql.values_of(case))
        case.pk = cursor.fetchone()[0]
    for paper in papers:
        paper.case_id = case.pk
    sql.add(papers)
    sql.add([entry])
    sql.add([Job(kind=kind, payload=payload, run_at=run_at) for kind, payload, run_at in wakes])
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, claimed)
        if not files:
            return 0
        cursor.execute(f"{_FILES} AND id IN ({sql.marks(len(files))})", [*owner, *files])
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
    values = [
        *sql.values_of(case),
        case.division,
        json.dumps(given),
        *sql.values_of(entry),
        json.dumps(woken),
        *claimed,
        *owner,
    ]
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
        f"made AS ({sql.insertion(Case)} VALUES ({_row(Case)}) RETURNING id)",
        f"papers AS (INSERT INTO {Paper._meta.db_table} (case_id, division, {names})"  # noqa: S608 - names are ours
        f" SELECT made.id, %s, {names} FROM made, json_to_recordset(%s) AS given ({columns}))",
        f"noted AS ({sql.insertion(Entry)} VALUES ({_row(Entry)}))",
        f"woken AS (INSERT INTO {Job._meta.db_table} (kind, payload, run_at, {fresh}) SELECT kind, payload, run_at,"  # noqa: S608 - names are ours
        f" {values} FROM json_to_recordset(%s) AS wake (kind text, payload text, run_at timestamptz))",
        f"claimed AS ({_CLAIM})",
        f"given AS ({_FILES} AND id = ANY(%s) RETURNING id)",
    ]
    return f"WITH {', '.join(parts)} SELECT made.id, (SELECT count(*) FROM given) FROM made"  # noqa: S608 - ours


def _row(model: type[Model]) -> str:
    return sql.marks(len(sql.columns(model)))
