"""The people of the demo province (演示人员): the cast, more residents, a clerk and a reviewer for every city."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from onewindow.accounts import commands, gateways, queries
from onewindow.accounts.rules import AT_SITES, IN_OFFICES, Duty, IdType, Staff, System
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound
from onewindow.places import queries as places

HOUSE = System("demo")
PROVINCE = "140000"
_NUMERALS = "壹贰叁肆伍陆柒捌玖拾佰"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A resident of the demo, as their own papers say."""

    person: int
    name: str
    id_type: str
    id_number: str
    phone: str


def cast() -> gateways.DemoCast:
    """Return who can be signed in as in a demo."""
    return gateways.read_cast(settings.DATA_DIR / "demo" / "cast.yaml")


def found(at: datetime) -> None:
    """Enter the cast, the residents and the staff of the cities; who is there already stays."""
    asked = commands.enter_cast(cast=cast(), at=at)
    residents(at)
    administrators = [each for each in asked.values() if isinstance(each, Staff) and each.has(Duty.ADMIN)]
    for place, city in enumerate(places.divisions(parent=PROVINCE)):
        _city(city.code, _NUMERALS[place], administrators, at)


def residents(at: datetime) -> list[Neighbour]:
    """Return the residents of data/demo in their order, registered."""
    found = []
    for row in rows("people.csv"):
        number = commands.register(
            name=row["name"],
            id_type=IdType(row["id_type"]),
            id_number=row["id_number"],
            phone=row["phone"],
            by=HOUSE,
            at=at,
        )
        found.append(Neighbour(number, row["name"], row["id_type"], row["id_number"], row["phone"]))
    return found


def rows(file: str) -> list[dict[str, str]]:
    """Return the rows of a file of data/demo."""
    lines = (settings.DATA_DIR / "demo" / file).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def clerk_of(city: str, today: datetime) -> Staff:
    """Return the demo clerk of a city."""
    return queries.staff_asker(queries.staff_id(f"clerk.{city[:4]}"), day_of(today))


def reviewer_of(city: str, today: datetime) -> Staff:
    """Return the demo reviewer of a city."""
    return queries.staff_asker(queries.staff_id(f"reviewer.{city[:4]}"), day_of(today))


def _city(city: str, numeral: str, by: list[Staff], at: datetime) -> None:
    sites = [site.code for site in places.sites(division=city)]
    offices = [office.code for office in places.offices(division=city)]
    _serve(f"clerk.{city[:4]}", f"窗口示{numeral}", city, AT_SITES, sites, by, at)
    _serve(f"reviewer.{city[:4]}", f"审查示{numeral}", city, IN_OFFICES, offices, by, at)


def _serve(
    login: str, name: str, city: str, duties: Iterable[Duty], scopes: list[str], by: list[Staff], at: datetime
) -> None:
    try:
        queries.staff_id(login)
    except NotFound:
        staff = commands.add_staff(login=login, name=name, division=city, office=scopes[0], by=by[0], at=at)
        held = [(duty, scope) for duty in sorted(duties) for scope in scopes]
        commands.give(staff=staff, duties=held, by=by, at=at)
