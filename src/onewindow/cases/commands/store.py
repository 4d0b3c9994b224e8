"""The hot write: one case with its papers, entry, jobs, claim and files; one trip to PostgreSQL, six to SQLite.

Both forms stand side by side and are tested for the same effect (tests/cases/test_store.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import IntegrityError, connection
from django.db.models import Model

from onewindow.accounts.rules import Applicant, Staff
from onewindow.cases.models import Case, Paper
from onewindow.core import numbers, pipeline, sql
from onewindow.core.errors import Refusal
from onewindow.core.journal import Entry
from onewindow.core.models import Claim, Job, StoredFile
from onewindow.core.once import Once, claim, digest_of

Wake = tuple[str, str, datetime]  # kind of job, payload, when
FRESH = {"attempts": 0, "lease": "", "error": ""}  # of a job that nobody has taken yet


class Given(NamedTuple):
    """A paper as it was handed in; the rest of its row is its case's."""

    key: str
    holder: str
    state: str
    file: str
    sha256: str


def take(once: Once, by: Applicant | Staff, act: str, inputs: object, at: datetime, counter: str) -> int:
    """Take the key, then the next number of the counter, in the caller's transaction; return the number.

    0 says that the key was taken before: nothing was written.
    """
    if not pipeline.is_here():
        return numbers.take(counter) if claim(once, by, act, inputs, at=at) is None else 0
    [taken] = pipeline.run((_TAKE, (by.key, act, once.key, digest_of(inputs), at, counter)))
    return int(taken[0][0]) if taken else 0


# The number is asked of the row that the claim has written: a twin waits at the claim, not at the counter.
_TAKE = (
    "WITH claimed AS (INSERT INTO core_claim (asker, act, key, digest, subject, at) VALUES (%s, %s, %s, %s, '', %s)"
    " ON CONFLICT (asker, act, key) DO NOTHING RETURNING id)"
    " INSERT INTO core_counter AS counter (name, last) SELECT %s, 1 FROM claimed"
    " ON CONFLICT (name) DO UPDATE SET last = counter.last + 1 RETURNING last"
)


def insert(
    case: Mapping[str, Any],
    papers: Sequence[Given],
    entry: Entry,
    wakes: Sequence[Wake],
    asker: str,
    once: Once,
    files: Sequence[str],
) -> None:
    """Store a new case whole, in the caller's transaction.

    case    the columns of its row by their names; what is not given has its default
    asker   key of who hands it in, under which claim and uploads stand
    files   uploads of the asker's that belong to nothing yet; from now on they are the case's
    raises  Refusal case.files when another application has taken one of them in the meantime
    """
    if pipeline.is_here():
        _one_trip(case, papers, entry, wakes, asker, once, files)
    elif _six_statements(case, papers, entry, wakes, asker, once, files) != len(files):
        raise _taken()


def _taken() -> Refusal:
    return Refusal("case.files", fields={"papers": "case.files"})


_CLAIM = f"UPDATE {Claim._meta.db_table} SET subject = %s WHERE asker = %s AND act = %s AND key = %s"  # noqa: S608 - the table is ours
_FILES = f"UPDATE {StoredFile._meta.db_table} SET subject = %s WHERE owner = %s AND subject = ''"  # noqa: S608 - the table is ours


def _six_statements(
    case: Mapping[str, Any],
    papers: Sequence[Given],
    entry: Entry,
    wakes: Sequence[Wake],
    asker: str,
    once: Once,
    files: Sequence[str],
) -> int:
    with connection.cursor() as cursor:
        row = sql.adapted(Case, sql.row_of(Case, case))
        cursor.execute(f"{sql.insertion(Case)} VALUES ({_row(Case)}) RETURNING id", row)
        own = {"case_id": cursor.fetchone()[0], "division": case["division"]}
    sql.add([Paper(**own, **paper._asdict()) for paper in papers])
    sql.add([entry])
    sql.add([Job(kind=kind, payload=payload, run_at=run_at) for kind, payload, run_at in wakes])
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [case["number"], asker, entry.act, once.key])
        if not files:
            return 0
        cursor.execute(f"{_FILES} AND id IN ({sql.marks(len(files))})", [case["number"], asker, *files])
        return int(cursor.rowcount)


def _one_trip(
    case: Mapping[str, Any],
    papers: Sequence[Given],
    entry: Entry,
    wakes: Sequence[Wake],
    asker: str,
    once: Once,
    files: Sequence[str],
) -> None:
    """Send all statements together, and COMMIT with them where the transaction is ours alone."""
    given = [cell for paper in papers for cell in (case["division"], *paper)]
    woken = [cell for wake in wakes for cell in wake]
    steps: list[pipeline.Step] = [
        (_insert(len(wakes)), (*sql.plain_values(entry), *woken, *sql.row_of(Case, case))),
        (_insert_papers(len(papers)), given),
        _give(case["number"], asker, entry.act, once.key, files),
    ]
    if not papers:
        del steps[1]
    if pipeline.may_commit():
        steps.append(pipeline.COMMIT)
    try:
        pipeline.run(*steps)
    except IntegrityError as error:
        if _is_short(error):
            raise _taken() from error
        raise


def _give(number: str, asker: str, act: str, key: str, files: Sequence[str]) -> pipeline.Step:
    """Give the files to the case and let the claim name it, or no case where a file is missing.

    That its column forbids, so that nothing of the trip is kept. Marks, no array: with one it is planned each time.
    """
    if not files:
        return _CLAIM, (number, asker, act, key)
    return _give_files(len(files)), (number, asker, *files, len(files), number, asker, act, key)


@lru_cache(maxsize=32)
def _give_files(count: int) -> str:
    return (
        f"WITH given AS ({_FILES} AND id IN ({sql.marks(count)}) RETURNING id)"  # noqa: S608 - the table is ours
        f" UPDATE {Claim._meta.db_table} SET subject = CASE WHEN (SELECT count(*) FROM given) = %s THEN %s END"
        " WHERE asker = %s AND act = %s AND key = %s"
    )


def _is_short(error: IntegrityError) -> bool:
    told = getattr(error.__cause__, "diag", None)
    return told is not None and (told.table_name, told.column_name) == (Claim._meta.db_table, "subject")


@lru_cache(maxsize=16)
def _insert(wakes: int) -> str:
    """Entry, jobs and case; each connection prepares as many forms as there are counts of jobs."""
    parts = [f"noted AS ({sql.insertion(Entry)} VALUES ({_row(Entry)}))"]
    if wakes:
        line = f"({sql.marks(3)}, {', '.join(repr(value) for value in FRESH.values())})"
        table = f"{Job._meta.db_table} (kind, payload, run_at, {', '.join(FRESH)})"
        parts.append(f"woken AS (INSERT INTO {table} VALUES {', '.join([line] * wakes)})")  # noqa: S608 - names are ours
    return f"WITH {', '.join(parts)} {sql.insertion(Case)} VALUES ({_row(Case)})"


@lru_cache(maxsize=64)
def _insert_papers(count: int) -> str:
    line = f"(currval('{Case._meta.db_table}_id_seq'), {sql.marks(1 + len(Given._fields))})"
    table = f"{Paper._meta.db_table} (case_id, division, {', '.join(Given._fields)})"
    return f"INSERT INTO {table} VALUES {', '.join([line] * count)}"  # noqa: S608 - names are ours


def _row(model: type[Model]) -> str:
    return sql.marks(len(sql.columns(model)))
