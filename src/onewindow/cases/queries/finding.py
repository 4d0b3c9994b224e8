"""Finding cases (查办件) by the vehicle's plate, by the firm, by whose they are: within the asker's sites and offices.

A hidden case and a missing one answer alike: with nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Staff
from onewindow.cases.models import Case
from onewindow.cases.queries.lists import LISTED, Row, row_of
from onewindow.cases.queries.one import plate_lookup, seen_by

MOST = 20


def cases_of_plate_for(asker: Staff, plate: str, *, today: date) -> tuple[Row, ...]:
    """Return the newest cases about this vehicle, at most 20 (按号牌查).

    queries  1
    """
    lookup = plate_lookup({"vehicle.plate": plate})
    return _rows(asker, Q(plate_lookup=lookup), today) if lookup else ()


def cases_of_firm_for(asker: Staff, text: str, *, today: date) -> tuple[Row, ...]:
    """Return the newest cases of the firms with this code, or this in their names, at most 20 (按单位查).

    queries  2
    """
    codes = [firm.code for firm in accounts.firms_named(text)]
    return _rows(asker, Q(firm__in=codes), today) if codes else ()


def cases_of_people_for(
    asker: Staff, people: Collection[int], *, division: str, today: date
) -> tuple[tuple[int, Row], ...]:
    """Return the newest cases of these people, at most 20, each with whose it is (按人查); for a logged search.

    division  only cases of this county, city or province; "" for all
    queries   1
    """
    if not people:
        return ()
    which = Q(person__in=people)
    if division:
        which &= Q(division__startswith=division.removesuffix("00").removesuffix("00") or division)
    return tuple((row["person"], row_of(row, today)) for row in _found(asker, which, "person"))


def _rows(asker: Staff, which: Q, today: date) -> tuple[Row, ...]:
    return tuple(row_of(row, today) for row in _found(asker, which))


def _found(asker: Staff, which: Q, *more: str) -> list[dict[str, Any]]:
    return list(Case.objects.filter(which & seen_by(asker)).order_by("-id").values(*LISTED, *more)[:MOST])
