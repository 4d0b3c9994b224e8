"""Straight to PostgreSQL (直达数据库): prepared statements, several in one trip, for the hottest reads and writes.

A trip costs both sides more than a small statement does, and the cursors of Django and psycopg cost as much again. So
the steps of a command go out together over libpq's pipeline, on Django's own connection and in its transaction.
"""

from __future__ import annotations

import select
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import errors, pq
from psycopg.pq.abc import PGconn, PGresult

Row = Sequence[Any]
Step = tuple[str, Sequence[object]]
"""A statement and its values; each stands in it as %s, and gets its type from there."""
BEGIN: Step = ("BEGIN", ())
COMMIT: Step = ("COMMIT", ())

_GOOD = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)
_WHOLE = frozenset({20, 21, 23})  # the types int8, int2 and int4
_LOST = "26000"  # SQLSTATE: no such prepared statement


def run(*steps: Step) -> list[list[Row]]:
    """Send the steps in one trip, in Django's transaction where there is one, and return the rows of each.

    The first that fails is raised as Django raises it, and those behind it are not carried out. Texts and whole
    numbers come back as they are, bytes as \\x and hexadecimal digits.
    """
    django: Any = connections[DEFAULT_DB_ALIAS]  # once: its stand-in `connection` looks it up at each word
    if django.connection is None:
        django.ensure_connection()
    django.validate_no_broken_transaction()
    own: psycopg.Connection[Any] = django.connection
    idle = own.pgconn.transaction_status == pq.TransactionStatus.IDLE
    told = (BEGIN, *steps) if idle and not own.autocommit else steps
    if django.queries_logged:  # begin and commit Django writes down itself
        django.queries_log.extend({"sql": statement, "time": "0"} for statement, _ in steps if statement != "COMMIT")
    with django.wrap_database_errors:
        answers = _exchange(django.prepared, own, told)
        if idle and _fault(answers) == _LOST:  # psycopg drops all that is prepared when a table changes, too
            own.rollback()
            answers = _exchange(django.prepared, own, told)
        for answer in answers:
            if answer.status not in _GOOD:
                raise errors.error_from_result(answer)
    return [_rows(answer) for answer in answers[len(answers) - len(steps) :]]


def forget() -> None:
    """Forget what is prepared on this connection: psycopg drops all of it when a table is altered.

    For who alters one and goes on in the same transaction; a connection that is idle finds out by itself.
    """
    django: Any = connections[DEFAULT_DB_ALIAS]
    django.prepared.clear()


def may_commit() -> bool:
    """Say whether we are in a transaction and in none of its savepoints, so that COMMIT as a last step ends it."""
    django = connections[DEFAULT_DB_ALIAS]
    return django.in_atomic_block and django.commit_on_exit and not django.savepoint_ids


@cache
def is_here() -> bool:
    """Say whether the database is PostgreSQL."""
    return connections[DEFAULT_DB_ALIAS].vendor == "postgresql"


def _exchange(known: set[str], own: psycopg.Connection[Any], steps: Sequence[Step]) -> list[PGresult]:
    """Return what the server answers, to each step last; a statement that it meets first is prepared on the way.

    known  the statements prepared on this connection, as core/postgres/base.py keeps them
    """
    fresh = {statement for statement, _ in steps if statement not in known}
    try:
        answers = _talk(own.pgconn, steps, fresh)
    except BaseException:
        own.close()  # in the midst of a pipeline nothing else can be done with it
        raise
    fault = _fault(answers)
    if fault is None:
        known |= fresh
    elif fault == _LOST:
        known.clear()
    return answers


def _talk(server: PGconn, steps: Sequence[Step], fresh: set[str]) -> list[PGresult]:
    server.enter_pipeline_mode()
    for statement in fresh:
        name, text = _named(statement)
        server.send_close_prepared(name)  # it may still be there from before a rollback
        server.send_prepare(name, text)
    for statement, values in steps:
        packed = [value.encode() if type(value) is str else _packed(value) for value in values]
        server.send_query_prepared(_named(statement)[0], packed, [type(value) is bytes for value in values])
    server.pipeline_sync()
    answers = _gather(server)
    server.exit_pipeline_mode()
    return answers


def _fault(answers: Iterable[PGresult]) -> str | None:
    """Return the SQLSTATE of the first answer that is a fault."""
    for answer in answers:
        if answer.status not in _GOOD:
            return (answer.error_field(pq.DiagnosticField.SQLSTATE) or b"").decode()
    return None


def _gather(server: PGconn) -> list[PGresult]:
    """Send what is waiting to go, and return all answers up to the end of the pipeline."""
    wire = select.poll()
    wire.register(server.socket, select.POLLIN)
    while server.flush():  # more than the wire takes at once: what comes back meanwhile must be taken from it
        wire.modify(server.socket, select.POLLIN | select.POLLOUT)
        wire.poll()
        server.consume_input()
        wire.modify(server.socket, select.POLLIN)
    answers: list[PGresult] = []
    while True:
        while server.is_busy():
            wire.poll()
            server.consume_input()
        answer = server.get_result()
        if answer is None:  # the end of one step's answers
            if server.status != pq.ConnStatus.OK:
                raise psycopg.OperationalError(server.get_error_message())
        elif answer.status == pq.ExecStatus.PIPELINE_SYNC:
            return answers
        else:
            answers.append(answer)


@lru_cache(maxsize=256)
def _named(statement: str) -> tuple[bytes, bytes]:
    """Return the name under which a statement is prepared, and its text with $1, $2, ... as PostgreSQL wants it."""
    first, *rest = statement.split("%s")
    text = first + "".join(f"${place}{part}" for place, part in enumerate(rest, 1))
    return b"ow_" + sha256(text.encode()).hexdigest()[:24].encode(), text.encode()


def _packed(value: object) -> bytes | None:
    if value is None or type(value) is bytes:
        return value
    return str(value).encode()


def _rows(answer: PGresult) -> list[Row]:
    width = range(answer.nfields)
    whole = [answer.ftype(column) in _WHOLE for column in width]
    return [[_cell(answer.get_value(row, column), whole[column]) for column in width] for row in range(answer.ntuples)]


def _cell(cell: bytes | None, whole: bool) -> int | str | None:
    if cell is None:
        return None
    return int(cell) if whole else cell.decode()
