"""Which days count, and the day on which a number of them has passed; integers underneath, so that it is quick."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import Protocol

from onewindow.core.errors import Refusal

FOREVER = date.max.toordinal()
"""The end of a span that is still open, as an ordinal."""

Gaps = tuple[tuple[int, int], ...]
"""Days that are out of a clock: sorted spans of ordinals [start, end), apart from each other."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a notice says of one day: the holiday it belongs to, and the notice."""

    name: str
    notice: str


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days count (工作日历): weekends rest, unless the yearly notice says otherwise.

    statutory  years of which only the days off by law are known (放假办法); always provisional
    marks      the name and notice of each day in rest and work
    """

    announced: frozenset[int]  # years whose holiday notice (放假通知) is loaded; dates elsewhere are provisional
    rest: frozenset[date]  # days off (法定节假日), weekdays and the weekend days among them
    work: frozenset[date]  # weekend days worked in exchange (调休上班)
    statutory: frozenset[int] = frozenset()
    marks: Mapping[date, Mark] = field(default_factory=dict, compare=False, repr=False)
    _first: int = field(init=False, compare=False, repr=False)
    _ranks: list[int] = field(init=False, compare=False, repr=False)
    _days: list[int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        known = self.announced | self.statutory
        first = date(min(known), 1, 1).toordinal() if known else 1
        last = date(max(known), 12, 31).toordinal() if known else 0
        counted = [self.counts(date.fromordinal(day)) for day in range(first, last + 1)]
        object.__setattr__(self, "_first", first)
        object.__setattr__(self, "_ranks", list(accumulate(counted, initial=0))[1:])
        object.__setattr__(self, "_days", [first + place for place, counts in enumerate(counted) if counts])

    def counts(self, day: date) -> bool:
        """Say whether the day is a working day (工作日)."""
        return day in self.work or (day.weekday() < 5 and day not in self.rest)

    def is_provisional(self, day: date) -> bool:
        """Say whether a notice that is not out yet may still change the day (暂定)."""
        year_end = day.month == 12 and day.day >= 24  # the next notice may still change these days
        return day.year not in self.announced or (year_end and day.year + 1 not in self.announced)

    def knows(self, day: date) -> bool:
        """Say whether anything is known of the day's year: its notice, or at least the days off by law."""
        return day.year in self.announced or day.year in self.statutory

    def require(self, first: date, last: date) -> None:
        """Refuse a span that touches a year of which nothing is known.

        raises  Refusal calendar.unknown
        """
        for year in range(first.year, last.year + 1):
            if year not in self.announced and year not in self.statutory:
                raise Refusal("calendar.unknown", year=year)

    def rank(self, day: int) -> int:
        """Return how many working days lie between the first known day and this one, both counted in.

        day     an ordinal
        raises  Refusal calendar.unknown
        """
        place = day - self._first
        if not 0 <= place < len(self._ranks):
            if place == -1 and self._ranks:  # the eve of the first known day: nothing has counted yet
                return 0
            raise Refusal("calendar.unknown", year=date.fromordinal(day).year)
        return self._ranks[place]

    def nth(self, rank: int) -> int:
        """Return the ordinal of the working day that has this rank.

        raises  Refusal calendar.unknown
        """
        if rank > len(self._days):
            raise Refusal("calendar.unknown", year=self._last_year() + 1)
        return self._days[rank - 1]

    def years(self) -> tuple[int, ...]:
        """Return the known years in order."""
        return tuple(sorted(self.announced | self.statutory))

    def working_days(self, first: date, last: date) -> int:
        """Return the number of working days in [first, last], both counted in."""
        low = bisect_right(self._days, first.toordinal() - 1)
        return bisect_right(self._days, last.toordinal()) - low

    def provisional_in(self, first: date, last: date) -> bool:
        """Say whether a day of [first, last] is provisional; only a year's ends can differ within it."""
        if self.is_provisional(first) or self.is_provisional(last):
            return True
        middle = (date(year, 12, 31) for year in range(first.year, last.year))
        return any(self.is_provisional(day) for day in middle)

    def _last_year(self) -> int:
        return max(self.announced | self.statutory, default=0)


class Line(Protocol):
    """Days in a row of which some count: working days, or all of them."""

    def rank(self, day: int) -> int: ...
    def nth(self, rank: int) -> int: ...


class EveryDay:
    """Natural days (自然日): each one counts."""

    def rank(self, day: int) -> int:
        return day

    def nth(self, rank: int) -> int:
        return rank


EVERY_DAY = EveryDay()


def due_date(start: date, workdays: int, calendar: WorkCalendar) -> date:
    """Return the last day that is still on time (办结期限).

    start     day of acceptance, local; not itself counted
    workdays  工作日, at least 1
    raises    Refusal calendar.unknown
    law       行政许可法 §42, §82 (working days, without holidays); 民法典 §201
    """
    day = calendar.nth(calendar.rank(start.toordinal()) + workdays)
    due = date.fromordinal(day)
    calendar.require(start, due)
    return due


def union(spans: Iterable[tuple[int, int]]) -> Gaps:
    """Return the spans sorted and joined where they meet, the empty ones left out."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def advance(line: Line, start: int, needed: int, gaps: Gaps) -> int | None:
    """Return the ordinal of the day on which `needed` counted days have passed since the start; None in an open gap.

    start  the ordinal of the starting day, not itself counted
    gaps   days that do not count; an open one ends at FOREVER
    """
    last = start  # the last day that has been walked over
    for gap_start, gap_end in gaps:
        if gap_end <= last + 1:
            continue
        free = line.rank(gap_start - 1) - line.rank(last) if gap_start > last + 1 else 0
        if needed <= free:
            break
        if gap_end == FOREVER:
            return None
        needed -= free
        last = gap_end - 1
    return line.nth(line.rank(last) + needed)


def elapsed(line: Line, start: int, until: int, gaps: Gaps) -> int:
    """Return how many counted days lie in (start, until], the gaps left out."""
    if until <= start:
        return 0
    passed = line.rank(until) - line.rank(start)
    for gap_start, gap_end in gaps:
        low, high = max(gap_start - 1, start), min(gap_end - 1, until)
        if low < high:
            passed -= line.rank(high) - line.rank(low)
    return passed


def roll(day: int, calendar: WorkCalendar, gaps: Gaps) -> int | None:
    """Return the day, or the next working day that is not in a gap (顺延); None if an open gap begins before it.

    law  民法典 §203
    """
    while True:
        rolled = calendar.nth(calendar.rank(day - 1) + 1)
        gap = next(((start, end) for start, end in gaps if start <= rolled < end), None)
        if gap is None:
            return rolled
        if gap[1] == FOREVER:
            return None
        day = gap[1]


def months_later(start: date, months: int) -> date:
    """Return the day of the same number so many months on, or that month's last day where there is none.

    law  民法典 §202
    """
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    month_end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return date(year, month, min(start.day, month_end.day))


def latest_before(event: date, number: int, calendar: WorkCalendar | None = None) -> date:
    """Return the last day on which something can be done `number` days before an event; it never rolls.

    event     its day is not counted
    calendar  given: working days are counted back; not given: natural days
    law       e.g. 大型群众性活动安全管理条例 §13 (20 days before); 行政许可法 §50 (30 days before expiry)
    """
    if calendar is None:
        return event - timedelta(days=number)
    rank = calendar.rank(event.toordinal() - 1) - number + 1
    if rank < 1:
        raise Refusal("calendar.unknown", year=event.year - 1)
    day = date.fromordinal(calendar.nth(rank))
    calendar.require(day, event)
    return day


TELL_WORKDAYS = 5
"""Working days within which all faults of an application are told at once (行政许可法 §32(四))."""


def tell_by(received_on: date, calendar: WorkCalendar) -> date:
    """Return the last day on which faults can be told (一次性告知); with it the case stays unaccepted.

    received_on  the day on which the papers were handed in, or handed in again
    law          行政许可法 §32(四)
    """
    return due_date(received_on, TELL_WORKDAYS, calendar)


def later(told: date | None, new: date | None) -> date | None:
    """Return the day by which lateness is judged after a calendar has been loaded: the later of told and new.

    A day that was told to a person for what they must do never moves earlier; no case becomes late by loading a file.
    """
    if told is None or new is None:
        return told or new
    return max(told, new)
