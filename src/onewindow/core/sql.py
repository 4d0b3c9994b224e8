"""The few reads of the hottest write in plain SQL: the ORM takes longer to say them than the database to answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import connection

Told = TypeVar("Told")
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Question(Generic[Told]):
    """A SELECT that both databases understand, with its values (each stands as %s in it), and what its rows say.

    Columns are texts and whole numbers, which come back alike from both and through JSON; bytes are read by `data`.
    """

    statement: str
    values: tuple[object, ...]
    read: Callable[[Sequence[Row]], Told]

    def ask(self) -> Told:
        """Ask it alone; one query."""
        with connection.cursor() as cursor:
            cursor.execute(self.statement, [_value(value) for value in self.values])
            return self.read(cursor.fetchall())


def together(*questions: Question[Any]) -> list[Any]:
    """Ask several questions with one query where each way to the database is long (PostgreSQL), and read each."""
    if connection.vendor != "postgresql":
        return [question.ask() for question in questions]
    values = [_value(value) for question in questions for value in question.values]
    with connection.cursor() as cursor:
        cursor.execute(_joined(tuple(question.statement for question in questions)), values)
        found = cursor.fetchone()
    rows = [[list(row.values()) for row in json.loads(told)] for told in found]
    return [question.read(told) for question, told in zip(questions, rows, strict=True)]


def data(cell: bytes | memoryview | str) -> bytes:
    """Return a column of bytes, which JSON brings as \\x and hexadecimal digits."""
    return bytes.fromhex(cell[2:]) if isinstance(cell, str) else bytes(cell)


def marks(count: int) -> str:
    """Return so many marks for values, as IN wants them."""
    return ", ".join(["%s"] * count)


@lru_cache(maxsize=256)
def _joined(statements: tuple[str, ...]) -> str:
    """One row with a column for each statement: its rows as JSON."""
    columns = [f"(SELECT coalesce(json_agg(part), '[]')::text FROM ({each}) part)" for each in statements]  # noqa: S608 - ours
    return f"SELECT {', '.join(columns)}"


def _value(value: object) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
