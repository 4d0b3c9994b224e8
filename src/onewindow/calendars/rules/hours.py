"""Opening hours of a site (办公时间): when time runs that is counted in hours of work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from onewindow.calendars.rules.days import WorkCalendar
from onewindow.core.clock import SHANGHAI
from onewindow.core.errors import Refusal

Span = tuple[int, int]
"""Minutes of a local day, [start, end)."""
Spans = tuple[Span, ...]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ONE_DAY = timedelta(days=1)
_FAR = 370  # a site that does not open within a year does not open


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When a site is open (办公时间): a week, and what differs from it.

    weekly    spans of each weekday from Monday on
    dated     single days that differ; an empty tuple is a day closed
    holidays  whether the site keeps its week on days off by notice; most do not
    make_up   spans of weekend days worked in exchange (调休上班日); None keeps the week's own
    """

    weekly: tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans]
    dated: Mapping[date, Spans] = field(default_factory=dict, hash=False)
    holidays: bool = False
    make_up: Spans | None = None

    def spans(self, day: date, calendar: WorkCalendar) -> Spans:
        """Return the spans of a local day on which the site is open."""
        if day in self.dated:
            return self.dated[day]
        if day in calendar.rest and not self.holidays:
            return ()
        if day in calendar.work and self.make_up is not None:
            return self.make_up
        return self.weekly[day.weekday()]

    def is_open(self, at: datetime, calendar: WorkCalendar) -> bool:
        """Say whether the site is open at the instant."""
        moment = at.astimezone(SHANGHAI)
        minute = moment.hour * 60 + moment.minute
        return any(start <= minute < end for start, end in self.spans(moment.date(), calendar))


def opening_hours(data: Mapping[str, object]) -> OpeningHours:
    """Return the hours from plain data, as a file or a column keeps them.

    data    {"weekly": {"mon": ["09:00-12:00", "13:30-17:00"], …}, "dated": {"2024-10-12": [], …},
            "holidays": false, "make_up": ["09:00-12:00"]}; days that are not named are closed
    raises  Refusal calendar.hours
    """
    weekly, dated, make_up = data.get("weekly", {}), data.get("dated", {}), data.get("make_up")
    if not isinstance(weekly, Mapping) or not isinstance(dated, Mapping) or set(weekly) - set(WEEKDAYS):
        raise Refusal("calendar.hours", text=str(data))
    mon, tue, wed, thu, fri, sat, sun = (_spans(weekly.get(name, ())) for name in WEEKDAYS)
    return OpeningHours(
        weekly=(mon, tue, wed, thu, fri, sat, sun),
        dated={_day(day): _spans(spans) for day, spans in dated.items()},
        holidays=bool(data.get("holidays", False)),
        make_up=None if make_up is None else _spans(make_up),
    )


def _day(text: object) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise Refusal("calendar.hours", text=str(text)) from None


def _spans(texts: object) -> Spans:
    if isinstance(texts, str) or not isinstance(texts, Sequence):
        raise Refusal("calendar.hours", text=str(texts))
    spans = tuple(sorted(_span(str(text)) for text in texts))
    if any(former[1] > latter[0] for former, latter in pairwise(spans)):
        raise Refusal("calendar.hours", text=", ".join(map(str, texts)))
    return spans


def _span(text: str) -> Span:
    found = re.fullmatch(r"(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)", text.strip())
    if not found:
        raise Refusal("calendar.hours", text=text)
    hour, minute, end_hour, end_minute = map(int, found.groups())
    start, end = hour * 60 + minute, end_hour * 60 + end_minute
    if not (minute < 60 and end_minute < 60 and start < end <= 24 * 60):
        raise Refusal("calendar.hours", text=text)
    return start, end


def midnight(day: date) -> datetime:
    """Return the first instant of the local day."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def day_end(day: date) -> datetime:
    """Return the last instant of the local day that is printed: 23:59:59; a period ends at 24:00 (民法典 §203)."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=SHANGHAI)


def openings(hours: OpeningHours, calendar: WorkCalendar, since: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the openings from the instant on, the first one cut where it has begun already.

    raises  Refusal calendar.unknown, calendar.never_open
    """
    since = since.astimezone(SHANGHAI)
    day, empty = since.date(), 0
    while empty < _FAR:
        calendar.require(day, day)
        empty += 1
        for opens_at, closes_at in _openings_of(hours, calendar, day):
            if closes_at > since:
                empty = 0
                yield max(opens_at, since), closes_at
        day += _ONE_DAY
    raise Refusal("calendar.never_open", day=since.date().isoformat())


def _openings_of(hours: OpeningHours, calendar: WorkCalendar, day: date) -> list[tuple[datetime, datetime]]:
    spans = hours.spans(day, calendar)
    if not spans:
        return []
    zero = midnight(day)
    return [(zero + timedelta(minutes=start), zero + timedelta(minutes=end)) for start, end in spans]


def after_open(hours: OpeningHours, calendar: WorkCalendar, since: datetime, budget: timedelta) -> datetime:
    """Return the instant at which the site has been open for so long; breaks do not count."""
    for opens_at, closes_at in openings(hours, calendar, since):
        if budget <= closes_at - opens_at:
            return opens_at + budget
        budget -= closes_at - opens_at
    raise AssertionError("openings never end without a refusal")


def open_time(hours: OpeningHours, calendar: WorkCalendar, since: datetime, until: datetime) -> timedelta:
    """Return how long the site is open in [since, until)."""
    passed = timedelta()
    if until <= since:
        return passed
    day, last = since.astimezone(SHANGHAI).date(), until.astimezone(SHANGHAI).date()
    while day <= last:
        for opens_at, closes_at in _openings_of(hours, calendar, day):
            passed += max(min(closes_at, until) - max(opens_at, since), timedelta())
        day += _ONE_DAY
    return passed


def closing(hours: OpeningHours, calendar: WorkCalendar, since: datetime) -> datetime:
    """Return when the site closes for the day; outside its hours, when it closes on the day of its next opening."""
    opens_at, _ = next(openings(hours, calendar, since))
    return closing_of(hours, calendar, opens_at.date())


def closing_of(hours: OpeningHours, calendar: WorkCalendar, day: date) -> datetime:
    """Return when the site closes on the day; the end of the day if it does not open."""
    spans = hours.spans(day, calendar)
    return midnight(day) + timedelta(minutes=spans[-1][1]) if spans else day_end(day)


def half_day(hours: OpeningHours, calendar: WorkCalendar, day: date) -> timedelta:
    """Return half of the opening hours of the day (半个工作日)."""
    return timedelta(minutes=sum(end - start for start, end in hours.spans(day, calendar))) / 2
