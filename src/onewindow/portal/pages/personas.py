"""Who can be signed in as in a demo (演示身份)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings

from onewindow.accounts import gateways, queries
from onewindow.accounts.rules import Resident, Staff
from onewindow.core.errors import NotFound

RESIDENT_HOME, STAFF_HOME = "/cases", "/desk/"


@dataclass(frozen=True, slots=True)
class Persona:
    """A member of the cast who asks now."""

    asker: Resident | Staff
    name: str
    home: str


@cache
def _cast() -> gateways.DemoCast:
    return gateways.read_cast(settings.DATA_DIR / "demo" / "cast.yaml")


def page() -> dict[str, Any]:
    """Return the people and the staff that the sign-in page offers."""
    cast = _cast()
    return {"people": cast.people, "staff": cast.staff}


def find(key: str, today: date) -> Persona:
    """Return the persona behind a key of the cast.

    raises  NotFound, also where the cast was not entered
    """
    for person in _cast().people:
        if person.key == key:
            number = queries.person_of_identity(person.id_type, person.id_number)
            if number is not None:
                return Persona(Resident(number, 2), person.name, RESIDENT_HOME)
    for member in _cast().staff:
        if member.key == key:
            return Persona(queries.staff_asker(queries.staff_id(member.login), today), member.name, STAFF_HOME)
    raise NotFound(key)
