"""Reads of the catalogue: public, the same for every asker; a published edition never changes, so it is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from onewindow.catalogue.models import Edition, ItemRow
from onewindow.catalogue.rules import Book, Card, Hit, Item, book, citation, parse
from onewindow.catalogue.rules import search as search_cards
from onewindow.core import sql
from onewindow.core.errors import NotFound
from onewindow.core.words import Words

__all__ = [
    "EditionState",
    "ItemChange",
    "book_of",
    "cards",
    "changes_of",
    "current_edition",
    "department",
    "edition_asked",
    "editions",
    "is_empty",
    "item",
    "items",
    "law",
    "search",
    "steady",
    "theme",
]

_steady: ContextVar[list[str] | None] = ContextVar("catalogue_edition", default=None)
_last: list[str] = []  # the edition that this process saw last, for names that outlive editions


@contextmanager
def steady() -> Iterator[None]:
    """Ask only once which edition is in force while this lasts: one request, one page, one edition."""
    token = _steady.set([])
    try:
        yield
    finally:
        _steady.reset(token)


def current_edition() -> str:
    """Return the number of the edition in force (现行目录版本).

    raises   NotFound when none was ever published
    queries  1; within `steady` only the first time
    """
    kept = _steady.get()
    if kept:
        return kept[0]
    number = edition_asked().ask()
    if kept is not None:
        kept.append(number)
    return number


def edition_asked() -> sql.Question[str]:
    """Return `current_edition` as a question, to be asked together with others."""
    return sql.Question(_EDITION, (), _number)


_EDITION = "SELECT number FROM catalogue_edition WHERE status = 'published' ORDER BY id LIMIT 1"


def _number(rows: Sequence[sql.Row]) -> str:
    if not rows:
        raise NotFound("edition")
    [[number]] = rows
    _last[:] = [number]
    return str(number)


def is_empty() -> bool:
    """Say whether nothing was ever published (目录为空)."""
    return not Edition.objects.filter(status__in=["published", "replaced"]).exists()


def item(code: str, edition: str | None = None) -> Item:
    """Return an item as an edition has it, the one in force unless named (事项).

    raises   NotFound
    queries  1 for the edition in force, 1 when this process meets the item first
    """
    return _item(edition or current_edition(), code)


def items(edition: str | None = None) -> tuple[Item, ...]:
    """Return all items of an edition in the order of the themes (全部事项)."""
    number = edition or current_edition()
    return tuple(_item(number, card.code) for card in _cards(number))


def cards(edition: str | None = None) -> tuple[Card, ...]:
    """Return what lists and the search show of each item, in the order of the themes (事项卡片)."""
    return _cards(edition or current_edition())


def search(text: str, limit: int = 20) -> tuple[Hit, ...]:
    """Return the items behind a person's words, best first (事项搜索); nothing of the words is kept.

    text  Chinese, everyday words, pinyin, initials, English or a code
    """
    return search_cards(cards(), text, limit)


def department(key: str) -> Words:
    """Return a department's name (部门名称)."""
    return book_of().departments.get(key, Words(key, key))


def theme(key: str) -> Words:
    """Return a theme's name (主题名称)."""
    return book_of().themes.get(key, Words(key, key))


def law(text: str) -> Words:
    """Return a citation in both languages (法律依据)."""
    return citation(text, book_of().laws)


def book_of(edition: str | None = None) -> Book:
    """Return the dictionaries of an edition (数据字典): names, which outlive editions, of the last one seen.

    queries  1 when this process meets the edition first
    """
    return _book(edition or (_last[0] if _last else current_edition()))


@dataclass(frozen=True, slots=True)
class EditionState:
    """One edition and how far it has come (目录版本状态): proposed, published, replaced or withdrawn."""

    number: str
    status: str
    items: int
    proposed_by: str
    proposed_at: datetime
    published_by: str
    published_at: datetime | None


def editions() -> list[EditionState]:
    """Return every edition that was ever proposed, the newest first (目录版本沿革); one query."""
    names = EditionState.__slots__
    return [EditionState(**row) for row in Edition.objects.order_by("-id").values(*names)]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item that an edition adds, changes or no longer has (事项变更)."""

    code: str
    change: str  # added, changed, gone


def changes_of(number: str) -> tuple[ItemChange, ...]:
    """Return what an edition differs in from the one in force (目录差异); two queries."""
    before = dict(ItemRow.objects.filter(edition__status="published").values_list("code", "digest"))
    after = dict(ItemRow.objects.filter(edition__number=number).values_list("code", "digest"))
    found = [ItemChange(code, "added") for code in after if code not in before]
    found += [ItemChange(code, "changed") for code in after if code in before and before[code] != after[code]]
    found += [ItemChange(code, "gone") for code in before if code not in after]
    return tuple(sorted(found, key=lambda each: each.code))


# An edition's number holds the beginning of its digest: what is kept under it can never be another's.


@lru_cache(maxsize=1024)
def _item(edition: str, code: str) -> Item:
    row = ItemRow.objects.filter(edition__number=edition, code=code).values_list("body", flat=True).first()
    if row is None:
        raise NotFound(code)
    return parse(json.loads(row))


@lru_cache(maxsize=4)
def _cards(edition: str) -> tuple[Card, ...]:
    rows = ItemRow.objects.filter(edition__number=edition).order_by("place")
    found = tuple(_card(row) for row in rows)
    if not found:
        raise NotFound(edition)
    return found


def _card(row: ItemRow) -> Card:
    body: dict[str, Any] = json.loads(row.body)
    return Card(
        code=row.code,
        name=Words(**body["name"]),
        says=Words(**body["says"]),
        theme=row.theme,
        department=row.department,
        full=row.depth == "full",
        closed=row.status == "closed",
        texts=tuple(json.loads(row.words)),
        pinyin=tuple(json.loads(row.pinyin)),
    )


@lru_cache(maxsize=4)
def _book(edition: str) -> Book:
    text = Edition.objects.filter(number=edition).values_list("book", flat=True).first()
    if text is None:
        raise NotFound(edition)
    return book(json.loads(text))
