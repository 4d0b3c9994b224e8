"""Finding a person's cases by their name (按姓名查): opening, so written into the read log before anything is seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from onewindow.accounts import commands as people
from onewindow.accounts import queries as accounts
from onewindow.accounts.commands.reading import check_reason
from onewindow.accounts.rules import Staff, check_name
from onewindow.cases.queries.finding import cases_of_people_for
from onewindow.cases.queries.lists import ON_CASES, Row
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound, Refusal

WHAT = "search"


def find_by_name(
    *, by: Staff, name: str, why: str, at: datetime, division: str = "", born_in: int | None = None
) -> tuple[Row, ...]:
    """Return the cases of people with exactly this name, at most 20 (按姓名查办件).

    Only cases of the asker's sites and offices; never the asker's own. Each person found is noted with the reason, and
    sees it. Never inside another transaction: the note must stand before anything is seen.

    division  code of the county, city or province of the case
    born_in   year of birth
    raises    NotFound; Refusal accounts.name, accounts.reason, case.find.one_more
    law       个人信息保护法 §6, §44, §51
    """
    if not any(by.has(duty) for duty in ON_CASES):
        raise NotFound(by.key)
    faults = _faults(name, why, division, born_in)
    if faults:
        raise Refusal("case.find", fields=faults)
    named = [pk for pk in accounts.persons_named(check_name(name), born_in=born_in) if pk != by.person]
    found = cases_of_people_for(by, named, division=division, today=day_of(at))
    for person in dict.fromkeys(person for person, _ in found):
        people.note_reading(by=by, person=person, what=WHAT, why=why, at=at)
    return tuple(row for _, row in found)


def _faults(name: str, why: str, division: str, born_in: int | None) -> dict[str, str]:
    """Everything that is wrong with the question, at once: field → refusal code."""
    checks: dict[str, Callable[[], str]] = {"name": lambda: check_name(name), "why": lambda: check_reason(why)}
    faults: dict[str, str] = {}
    for field, check in checks.items():
        try:
            check()
        except Refusal as refusal:
            faults[field] = refusal.code
    return faults if division or born_in is not None else {**faults, "born_in": "case.find.one_more"}
