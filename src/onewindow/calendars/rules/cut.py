"""How much shorter the promises are than the statutes (时限压缩率): always four numbers, never one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import NamedTuple

from onewindow.calendars.rules.clocks import Clock, reading
from onewindow.calendars.rules.days import WorkCalendar
from onewindow.calendars.rules.limits import Limit, Unit
from onewindow.core.clock import SHANGHAI
from onewindow.core.words import Words

_WORKDAYS = {
    Unit.WORKDAY: Fraction(1),
    Unit.DAY: Fraction(5, 7),
    Unit.OPENING_HOUR: Fraction(1, 8),
    Unit.HOUR: Fraction(1, 8),
    Unit.SPOT: Fraction(0),
}

UNIT_RULE = Words(
    "单位换算：自然日 × 5/7，办公小时与小时 ÷ 8，当场承诺为 0；无法定时限或法定当场办结的事项不计入",
    "units: natural days × 5/7, opening hours and hours ÷ 8, a promise on the spot 0; items without a statute, "
    "or with a statute on the spot, are left out",
)
"""Stands beside the figures wherever they are shown."""


class Compared(NamedTuple):
    """One item's promise beside its statute, and how many cases it had."""

    promise: Limit
    statute: Limit | None
    cases: int = 0


class Cuts(NamedTuple):
    """Average cut (平均压缩率), 1 − promise/statute: four numbers with their scope; None where nothing is in scope."""

    items: Fraction | None
    items_without_spot: Fraction | None
    cases: Fraction | None
    cases_without_spot: Fraction | None
    compared: int
    compared_without_spot: int
    left_out: int


def in_workdays(limit: Limit) -> Fraction | None:
    """Return the limit in working days (折合工作日); None for months, years and what has no number."""
    rate = _WORKDAYS.get(limit.unit)
    return None if rate is None else limit.number * rate


def cut(compared: Compared) -> Fraction | None:
    """Return 1 − promise/statute, both in working days; None where the item is out of the comparison."""
    statute = in_workdays(compared.statute) if compared.statute else None
    promise = in_workdays(compared.promise)
    return None if not statute or promise is None else 1 - promise / statute


def average_cut(items: Iterable[Compared]) -> Cuts:
    """Return the four average cuts: of items and by cases, each with and without promises on the spot.

    items  only rows that belong together; the reader is told which
    """
    items = tuple(items)
    rows = [(share, item) for item in items if (share := cut(item)) is not None]
    timed = [(share, item) for share, item in rows if item.promise.unit is not Unit.SPOT]
    return Cuts(
        items=_mean((share, 1) for share, _ in rows),
        items_without_spot=_mean((share, 1) for share, _ in timed),
        cases=_mean((share, item.cases) for share, item in rows),
        cases_without_spot=_mean((share, item.cases) for share, item in timed),
        compared=len(rows),
        compared_without_spot=len(timed),
        left_out=len(items) - len(rows),
    )


def _mean(weighted: Iterable[tuple[Fraction, int]]) -> Fraction | None:
    total, weight = Fraction(0), 0
    for value, times in weighted:
        total, weight = total + value * times, weight + times
    return total / weight if weight else None


def late_promises(promise: Limit, statute: Limit, calendar: WorkCalendar, first: date, last: date) -> tuple[date, ...]:
    """Return the start days of [first, last] on which the promise would end after the statute (承诺晚于法定).

    Limits in opening hours and on the spot end within a day or so and depend on a site: they are not compared.
    """
    if not all(limit.unit in (Unit.WORKDAY, Unit.DAY) and limit.number >= 1 for limit in (promise, statute)):
        return ()
    if any(limit.number.denominator != 1 for limit in (promise, statute)):
        return ()
    days = (first + timedelta(days=place) for place in range((last - first).days + 1))
    return tuple(day for day in days if _due(promise, day, calendar) > _due(statute, day, calendar))


def _due(limit: Limit, day: date, calendar: WorkCalendar) -> date:
    started_at = datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)
    return reading(Clock(limit, started_at), calendar, started_at).due_on or date.max
