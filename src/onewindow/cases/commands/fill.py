"""Filling a database for measuring: cases in the shapes of those that are there, with chains that verify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction

from onewindow.cases import queries
from onewindow.cases.models import Case, Paper
from onewindow.core import bulk, journal, keys
from onewindow.core.errors import Refusal

SHAPES = 500  # cases that serve as shapes
OPEN_SHARE = 20  # one in so many is still open: 5 %
BATCH = 2000
_SEALED = ("name", "form", "secret")


@dataclass(frozen=True, slots=True)
class _Shape:
    """A real case with its history, opened, to be written again under another number."""

    case: Case
    chain: tuple[tuple[journal.Entry, datetime, datetime], ...]  # with its own two instants
    papers: tuple[Paper, ...]
    opened: tuple[bytes, ...]


@transaction.atomic
def fill(*, cases: int) -> int:
    """Add so many cases by COPY in shapes taken from those that are there; one in twenty is open (灌数).

    Ended cases are moved back by up to four years; open ones keep their days. Every chain verifies and every row is the
    fold of its chain. Their numbers end in six hexadecimal digits, so that they never meet a real one.

    raises  Refusal fill.shapes when there is nothing to take shapes from
    """
    still_open = _shapes(Case.objects.filter(ended_at__isnull=True))
    ended = _shapes(Case.objects.filter(ended_at__isnull=False))
    if not still_open or not ended:
        raise Refusal("fill.shapes")
    places = _places(cases, still_open, ended)
    with bulk.bare(Case, Paper, journal.Entry):
        while batch := list(islice(places, BATCH)):
            _write(batch)
    return cases


def _shapes(rows: Any) -> list[_Shape]:
    found = []
    for case in rows.order_by("id")[:SHAPES]:
        opened = tuple(
            keys.unseal_bytes("cases_case", column, case.number, getattr(case, column)) for column in _SEALED
        )
        chain = tuple((entry, entry.at, entry.noted_at) for entry in queries.entries(case.number))
        found.append(_Shape(case, chain, tuple(queries.papers_of(case)), opened))
    return found


def _places(cases: int, still_open: list[_Shape], ended: list[_Shape]) -> Iterator[tuple[_Shape, str, timedelta]]:
    """Yield which shape each new case has, its number, and how far it is moved back."""
    first = Case.objects.count()
    for place in range(cases):
        is_open = place % OPEN_SHARE == 0
        shapes = still_open if is_open else ended
        shape = shapes[(place // OPEN_SHARE if is_open else place) % len(shapes)]
        back = timedelta(days=0 if is_open else 1 + (place * 7919) % 1460)
        day = shape.case.received_at - back
        yield shape, f"{shape.case.site}-{day:%Y%m%d}-{first + place:06x}", back


def _write(batch: Sequence[tuple[_Shape, str, timedelta]]) -> None:
    """Rows are made while the database takes them, so that both work at once."""
    first = bulk.next_id(Case)
    bulk.add(Case, (_case(*place, first + number) for number, place in enumerate(batch)))
    bulk.add(Paper, _papers(batch, first, bulk.next_id(Paper)))
    bulk.add(journal.Entry, _entries(batch, bulk.next_id(journal.Entry)))


_CASE_COLUMNS = bulk.columns(Case)
_MOVED = ("received_at", "accepted_at", "checked_at", "decided_at", "ended_at", "paused_at")


def _case(shape: _Shape, number: str, back: timedelta, id: int) -> list[Any]:
    sealed = {
        column: keys.seal_bytes("cases_case", column, number, data)
        for column, data in zip(_SEALED, shape.opened, strict=True)
    }
    moved = {name: at - back for name in _MOVED if (at := getattr(shape.case, name)) is not None}
    changed = {"id": id, "number": number, **sealed, **moved}
    return [changed.get(name, old) for name, old in zip(_CASE_COLUMNS, bulk.values(shape.case), strict=True)]


def _papers(batch: Sequence[tuple[_Shape, str, timedelta]], case: int, id: int) -> Iterator[list[Any]]:
    for place, (shape, _, _) in enumerate(batch):
        for paper in shape.papers:
            yield [id, case + place, *bulk.values(paper)[2:]]
            id += 1


def _entries(batch: Sequence[tuple[_Shape, str, timedelta]], id: int) -> Iterator[list[Any]]:
    """Chain the shape's entries anew under each number; one object serves all copies of an entry."""
    for shape, number, back in batch:
        previous = ""
        for entry, at, noted_at in shape.chain:
            entry.pk, entry.subject, entry.previous = id, number, previous
            entry.at, entry.noted_at = at - back, noted_at - back
            previous = entry.hash = journal.digest(entry)
            yield bulk.values(entry)
            id += 1
