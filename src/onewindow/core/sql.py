"""The few hot reads and writes in plain SQL: the ORM takes longer to say them than the database to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import CharField, Model, TextField

from onewindow.core import pipeline

Told = TypeVar("Told")
Row = pipeline.Row


@dataclass(frozen=True, slots=True)
class Question(Generic[Told]):
    """A SELECT that both databases understand, with its values (each stands as %s in it), and what its rows say.

    Columns are texts and whole numbers, which come back alike from both; bytes are read by `data`.
    """

    statement: str
    values: tuple[object, ...]
    read: Callable[[Sequence[Row]], Told]

    def ask(self) -> Told:
        """Ask it alone; one query."""
        if pipeline.is_here():
            return self.read(pipeline.run((self.statement, self.values))[0])
        with connection.cursor() as cursor:
            cursor.execute(self.statement, [_value(value) for value in self.values])
            return self.read(cursor.fetchall())


def together(*questions: Question[Any]) -> list[Any]:
    """Ask several questions in one trip where each way to the database is long (PostgreSQL), and read each."""
    if not pipeline.is_here():
        return [question.ask() for question in questions]
    told = pipeline.run(*((question.statement, question.values) for question in questions))
    return [question.read(rows) for question, rows in zip(questions, told, strict=True)]


def data(cell: bytes | memoryview | str) -> bytes:
    """Return a column of bytes, which PostgreSQL brings as \\x and hexadecimal digits."""
    return bytes.fromhex(cell[2:]) if isinstance(cell, str) else bytes(cell)


def listed(column: str) -> str:
    """Return the expression for a column's values in one text with blanks between, as each database says it."""
    return f"string_agg({column}, ' ')" if pipeline.is_here() else f"group_concat({column}, ' ')"


def marks(count: int) -> str:
    """Return so many marks for values, as IN wants them."""
    return ", ".join(["%s"] * count)


def row_of(model: type[Model], given: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the values of a new row in the order of its columns but the id: what is given, else the model's default.

    A model's instance would cost more than the row's way to the database.
    """
    defaults, pick = _shape(model)
    return pick({**defaults, **given})


@lru_cache(maxsize=64)
def _shape(model: type[Model]) -> tuple[dict[str, Any], Callable[[Mapping[str, Any]], tuple[Any, ...]]]:
    fields = [field for field in model._meta.concrete_fields if field.column != "id"]
    defaults = {field.attname: field.get_default() for field in fields if field.has_default() or field.null}
    return defaults, itemgetter(*(field.attname for field in fields))


def adapted(model: type[Model], row: Sequence[Any]) -> list[Any]:
    """Return a row of `row_of` as the cursors of Django take it."""
    return [
        field.get_db_prep_save(cell, connection) if field else cell
        for cell, (_, _, field) in zip(row, columns(model), strict=True)
    ]


def add(rows: Sequence[Model]) -> None:
    """Add rows of one table with one statement, in the caller's transaction; their ids are not asked back."""
    if rows:
        values = [values_of(row) for row in rows]
        line = f"({marks(len(values[0]))})"
        with connection.cursor() as cursor:
            cursor.execute(
                f"{insertion(type(rows[0]))} VALUES {', '.join([line] * len(rows))}",
                [cell for row in values for cell in row],
            )


def insertion(model: type[Model]) -> str:
    """Return the beginning of an INSERT: the table and its columns but the id, in the order of `values_of`."""
    return f"INSERT INTO {model._meta.db_table} ({', '.join(name for name, _, _ in columns(model))})"


def values_of(row: Model) -> list[Any]:
    """Return a row's values as the database takes them, in the order of its columns but the id."""
    return adapted(type(row), plain_values(row))


def plain_values(row: Model) -> list[Any]:
    """Return a row's values as they are, in the order of its columns but the id; core/pipeline.py takes them so."""
    return [getattr(row, name) for _, name, _ in columns(type(row))]


@lru_cache(maxsize=64)
def columns(model: type[Model]) -> list[tuple[str, str, Any]]:
    """Name, attribute and field of each column but the id; no field where a value goes to the database as it is."""
    fields = [field for field in model._meta.concrete_fields if field.column != "id"]
    plain = (CharField, TextField)
    return [(str(field.column), field.attname, None if isinstance(field, plain) else field) for field in fields]


def _value(value: object) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
