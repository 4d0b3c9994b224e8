"""Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite. For measuring, never for acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Max, Model

from onewindow.core import pipeline

BATCH = 5000


def columns(model: type[Model]) -> list[str]:
    """Return the columns that `add` fills, the id first."""
    return [str(field.column) for field in model._meta.concrete_fields]


def values(row: Model) -> list[Any]:
    """Return a row's values in the order of its columns, as `add` takes them."""
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]


def next_id(model: type[Model]) -> int:
    """Return the first id that is free."""
    last: int | None = model._default_manager.aggregate(last=Max("pk"))["last"]
    return (last or 0) + 1


def add(model: type[Model], rows: Iterable[Sequence[Any]]) -> int:
    """Add rows given as values in the order of `columns`, in the caller's transaction; return how many."""
    return _copy(model, rows) if connection.vendor == "postgresql" else _insert(model, rows)


@contextmanager
def bare(*models: type[Model]) -> Iterator[None]:
    """Take the tables' indexes and keys away while very many rows come, and make them again at the end (PostgreSQL).

    In the caller's transaction: on a fault everything is as it was. Elsewhere nothing is taken away.
    """
    if connection.vendor != "postgresql":
        yield
        return
    tables = [model._meta.db_table for model in models]
    connection.check_constraints()  # what was written before is looked at while the keys are there
    with connection.cursor() as cursor:
        cursor.execute(_CONSTRAINTS, [tables])
        constraints = cursor.fetchall()
        cursor.execute(_INDEXES, [tables])
        indexes = cursor.fetchall()
        for table, name, _, _ in sorted(constraints, key=lambda row: row[3]):  # foreign keys first
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
    pipeline.forget()
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _, made in indexes:
            cursor.execute(made)
        for table, name, made, _ in sorted(constraints, key=lambda row: row[3], reverse=True):
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {made}")
    pipeline.forget()


_CONSTRAINTS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid), contype::text FROM pg_constraint
    WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u')"""
_INDEXES = """
    SELECT quote_ident(indexrelid::regclass::text), pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)"""


def _copy(model: type[Model], rows: Iterable[Sequence[Any]]) -> int:
    table, count = model._meta.db_table, 0
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} ({', '.join(columns(model))}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
        # Ids were given here, so the table's own sequence goes on behind them.
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), GREATEST((SELECT max(id) FROM " + table + "), 1))",  # noqa: S608 our own name
            [table],
        )
    return count


def _insert(model: type[Model], rows: Iterable[Sequence[Any]]) -> int:
    names, count = columns(model), 0
    fields = model._meta.concrete_fields
    marks = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 our own names
    rest = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(rest, BATCH)):
            cursor.executemany(
                statement,
                [
                    [field.get_db_prep_save(cell, connection) for field, cell in zip(fields, row, strict=True)]
                    for row in batch
                ],
            )
            count += len(batch)
    return count
