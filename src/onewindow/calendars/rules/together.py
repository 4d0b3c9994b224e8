"""Several clocks together: the worst light, the earlier due, the days for lists, a chain of items."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from onewindow.calendars.rules.clocks import Clock, Light, Reading, reading
from onewindow.calendars.rules.days import WorkCalendar
from onewindow.calendars.rules.hours import OpeningHours
from onewindow.calendars.rules.limits import Kind, Limit

_URGENCY = {light: place for place, light in enumerate(Light)}


def worst(lights: Sequence[Light]) -> Light:
    """Return the light that a case shows: the worst of its clocks (最急的灯); done if there is none."""
    return max(lights, key=_URGENCY.__getitem__, default=Light.DONE)


class Shown(NamedTuple):
    """The due date that is shown to people, and whose it is."""

    reading: Reading
    by: Kind


def shown(*readings: Reading | None) -> Shown | None:
    """Return the earlier of promise and statute, and which it is (先到的期限); the first named where they are alike.

    law  a shorter promise in working days can end after a statute in natural days: HZ11 accepted 2024-02-01
    """
    running = [each for each in readings if each is not None]
    if not running:
        return None
    first = min(running, key=lambda each: (each.due_at is None, each.due_at or each.if_resumed_due_on))
    return Shown(first, first.limit.kind)


class ListDates(NamedTuple):
    """The three days that lists sort by; None while paused or where there is no such limit."""

    yellow_on: date | None
    promised_on: date | None
    statute_on: date | None


def list_dates(promise: Reading | None, statute: Reading | None) -> ListDates:
    """Return the days to store beside a case: yellow follows the earlier due (列表日期)."""
    first = shown(promise, statute)
    return ListDates(
        first.reading.yellow_on if first else None,
        promise.due_on if promise else None,
        statute.due_on if statute else None,
    )


def chain_due(
    limits: Sequence[Limit], started_at: datetime, calendar: WorkCalendar, hours: OpeningHours | None = None
) -> tuple[datetime, ...]:
    """Return the due of each link where each begins with the result of the one before (一件事串联).

    A successor's starting day is the local day on which its last input is there; nothing pauses in a plan.
    """
    dues = []
    for limit in limits:
        read = reading(Clock(limit, started_at), calendar, started_at, hours)
        if read.due_at is None:
            raise AssertionError("a clock without pauses has a due")
        dues.append(read.due_at)
        started_at = read.due_at
    return tuple(dues)
