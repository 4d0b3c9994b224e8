"""The lights by place (各地的灯): province, city, county, site or office, item; each figure leads to its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404
from django.urls import reverse

from onewindow.accounts.rules import Staff
from onewindow.board.pages import waiting
from onewindow.board.pages.frame import Figure, Names, figures, frame, names, worst
from onewindow.cases import queries
from onewindow.core.words import Words
from onewindow.look.parts import Link

# Where a city stands in the picture: north above, as it lies. No map, no boundaries.
_PICTURE = (
    "", "140600", "140200", "", "140900", "", "141100", "140100", "140300",
    "141000", "140700", "140400", "140800", "", "140500",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A place or an item with its figures: all, then by light, the worst first."""

    code: str
    name: Words
    url: str
    figures: list[Figure]

    @property
    def worst(self) -> Figure:
        return worst(self.figures)


def home(asker: Staff, at: datetime) -> dict[str, Any]:
    """Return the board's first page (督办看板)."""
    found, known = queries.tallies_for(asker, at=at), names()
    cities = _lines(found.rows, lambda row: f"{row.site[:4]}00", known.place, _place_url)
    by_code = {line.code: line for line in cities}
    drawn = [by_code.get(code) for code in _PICTURE] if by_code.keys() <= set(_PICTURE) else list(cities)
    return {
        **frame(asker, "home"),
        "as_of": found.as_of,
        "whole": figures(found.rows),
        "picture": drawn,
        "lines": cities,
        "offices": _lines(found.rows, lambda row: row.office, known.place, _place_url),
        "waits": waiting.summary(asker, found, at),
    }


def place(asker: Staff, where: str, at: datetime) -> dict[str, Any]:
    """Return the lights of one place (一地的灯).

    raises  Http404 for a place that is none, or has nothing that the asker supervises
    """
    found, known = queries.tallies_for(asker, at=at), names()
    rows = [row for row in found.rows if queries.inside(where, row.site, row.office)]
    if where not in known.places or not rows:
        raise Http404
    office = where if "-" in where else ""
    sites = _lines(rows, lambda row: row.site, known.place, _place_url, office=office)
    return {
        **frame(asker, "place"),
        "as_of": found.as_of,
        "name": known.place(where),
        "above": _above(where, known),
        "whole": figures(rows, where),
        "counties": _counties(where, rows, known),
        "sites": [line for line in sites if line.code != where],
        "items": _lines(rows, lambda row: row.item, known.item, lambda code: "", where),
        "late_url": f"{reverse('board:overdue')}?where={where}",
    }


def _counties(where: str, rows: Iterable[queries.Tally], known: Names) -> list[Line]:
    """The counties of a city, whose own sites stand in the table of sites; of anything else none."""
    if not (where.endswith("00") and len(where) == 6 and not where.endswith("0000")):
        return []
    return _lines((row for row in rows if row.site[:6] != where), lambda row: row.site[:6], known.place, _place_url)


def _lines(
    rows: Iterable[queries.Tally],
    of: Callable[[queries.Tally], str],
    name: Callable[[str], Words],
    url: Callable[[str], str],
    where: str = "",
    office: str = "",
) -> list[Line]:
    """The rows put together by what `of` gives, in the order of the codes; with `where`, by items there."""
    groups: dict[str, list[queries.Tally]] = {}
    for row in rows:
        groups.setdefault(of(row), []).append(row)
    return [
        Line(
            code,
            name(code),
            url(code),
            figures(group, where, code) if where else figures(group, code, office=office),
        )
        for code, group in sorted(groups.items())
    ]


def _place_url(code: str) -> str:
    return reverse("board:place", args=[code])


def _above(where: str, known: Names) -> list[Link]:
    """The way up: county and city of a site or county, city of an office."""
    codes = [f"{where[:4]}00", where[:6]] if where[:6] != where else [f"{where[:4]}00"]
    return [Link(_place_url(code), known.place(code)) for code in dict.fromkeys(codes) if code != where]
