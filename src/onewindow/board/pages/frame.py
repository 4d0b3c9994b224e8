"""What every page of the board wears, and how a figure and a place are said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Duty, Staff
from onewindow.calendars.rules import Light
from onewindow.cases import queries
from onewindow.catalogue import queries as catalogue
from onewindow.core.words import Words
from onewindow.look.parts import Link
from onewindow.places import queries as places

BOARD = Words("看板", "Board")


def frame(asker: Staff, current: str) -> dict[str, Any]:
    """Return the ways of the board, and who looks (1 query)."""
    ways = []
    if asker.has(Duty.SUPERVISE):
        ways += [
            Link(reverse("board:home"), BOARD, current == "home"),
            Link(reverse("board:overdue"), Words("超期", "Overdue"), current == "overdue"),
            Link(reverse("board:calendar"), Words("暂定日期", "Provisional days"), current == "calendar"),
            Link(reverse("board:catalogue"), Words("目录缺项", "Catalogue gaps"), current == "catalogue"),
        ]
    if queries.runs_house(asker):
        ways.append(Link(reverse("board:jobs"), Words("后台任务", "Jobs"), current == "jobs"))
    ways.append(Link(reverse("desk:home"), Words("工作台", "Desk")))
    return {"nav": ways, "me": accounts.staff_name(asker.id)}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the address of exactly the rows that make it; no address where there is none."""

    count: int
    url: str
    light: Light | None = None


def cases_url(
    where: str = "",
    item: str = "",
    lights: Collection[Light] = (),
    *,
    provisional: bool = False,
    office: str = "",
) -> str:
    """Return the address of the open cases that a figure counts."""
    told = {
        "where": where,
        "office": office,
        "item": item,
        "light": ",".join(light.value for light in queries.LIGHTS if light in lights),
        "provisional": "1" if provisional else "",
    }
    query = urlencode({name: text for name, text in told.items() if text}, safe=",")
    here = reverse("board:cases")
    return f"{here}?{query}" if query else here


def figures(rows: Iterable[queries.Tally], where: str = "", item: str = "", office: str = "") -> list[Figure]:
    """Return how many open cases there are, and how many by each light, worst first, each with its rows."""
    sums: dict[Light, int] = dict.fromkeys(queries.LIGHTS, 0)
    for row in rows:
        for light, count in row.lights.items():
            sums[light] += count
    whole = Figure(sum(sums.values()), cases_url(where, item, office=office))
    return [
        whole,
        *(Figure(count, cases_url(where, item, {light}, office=office), light) for light, count in sums.items()),
    ]


def worst(found: Collection[Figure]) -> Figure:
    """Return the figure of the worst light that any case has; of the first where there is none (最重的灯)."""
    lit = [each for each in found if each.light in (Light.VOID, Light.LATE, Light.WARN) and each.count]
    return lit[0] if lit else next(each for each in found if each.light is Light.OK)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of divisions, sites, offices and items by their codes."""

    places: Mapping[str, Words]
    items: Mapping[str, Words] = field(default_factory=dict)

    def place(self, code: str) -> Words:
        return self.places.get(code, Words(code, code))

    def item(self, code: str) -> Words:
        return self.items.get(code, Words(code, code))


def names() -> Names:
    """Return all names (4 queries)."""
    found = {each.code: each.name for each in places.divisions()}
    found |= {each.code: each.name for each in places.sites()}
    found |= {each.code: each.name for each in places.offices()}
    return Names(found, {card.code: card.name for card in catalogue.cards()})
