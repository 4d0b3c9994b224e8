"""The first page, the search and the list of items (找事项)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from onewindow.accounts.rules import Asker, Resident
from onewindow.cases import queries
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue.rules import Hit
from onewindow.core.clock import day_of
from onewindow.core.words import Words
from onewindow.places import queries as places
from onewindow.portal.pages.guide import shown_limit
from onewindow.portal.pages.own import Line, lines
from onewindow.portal.pages.places import Place, open_now
from onewindow.portal.pages.said import told_limit

# What is asked for most, by our own guess until there are figures of use (D).
FREQUENT = ("CG04", "HZ09", "HZ12", "HZ06", "JG01", "HZ11", "CJ01", "HZ10")


class Often(NamedTuple):
    """An item asked for often, with how long it takes."""

    code: str
    name: Words
    time: Words


class Group(NamedTuple):
    """Items under one heading."""

    key: str
    name: Words
    cards: list[Any]


def home(asker: Asker, place: Place, at: datetime) -> dict[str, Any]:
    """Return the context of portal/home.html.

    queries  4, and 2 more for a resident
    """
    resident = asker if isinstance(asker, Resident) else None
    return {
        "own": _own(resident, at) if resident else [],
        "drafts": len(queries.drafts_for(resident)) if resident else 0,
        "often": list(_often()),
        "groups": _groups("theme"),
        "sites": open_now(places.sites(division=place.code)[:3], at),
        "here": place,
        "count": len(catalogue.cards()),
    }


def _own(asker: Resident, at: datetime) -> list[Line]:
    return lines(queries.cases_of_for(asker, today=day_of(at), size=3).rows, at)


def _often() -> Iterable[Often]:
    known = {card.code for card in catalogue.cards() if not card.closed}
    for code in FREQUENT:
        if code in known:
            item = catalogue.item(code)
            shown = shown_limit(item)
            yield Often(code, item.name, told_limit(shown.limit) if shown else Words("", ""))


def found(text: str) -> dict[str, Any]:
    """Return the context of portal/find.html: what was asked, and the items behind it with the word that matched."""
    text = text.strip()[:60]
    return {"text": text, "hits": [_hit(hit) for hit in catalogue.search(text)] if text else []}


def _hit(hit: Hit) -> dict[str, Any]:
    return {"code": hit.code, "card": hit.card, "word": hit.word if hit.word not in hit.name else ""}


def every(*, by: str) -> dict[str, Any]:
    """Return the context of portal/items.html: all items by theme, or by department."""
    by = "department" if by == "department" else "theme"
    return {"groups": _groups(by), "by": by, "count": len(catalogue.cards())}


def _groups(by: str) -> list[Group]:
    name_of = catalogue.department if by == "department" else catalogue.theme
    groups: dict[str, Group] = {}
    for card in catalogue.cards():
        key = getattr(card, by)
        groups.setdefault(key, Group(key, name_of(key), [])).cards.append(card)
    return list(groups.values())
