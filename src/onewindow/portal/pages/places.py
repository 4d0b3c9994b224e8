"""Where it can be done (去哪里): sites of a place, open now or not, and the choice of a place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from onewindow.calendars.queries import work_calendar
from onewindow.calendars.rules import OpeningHours, WorkCalendar
from onewindow.catalogue.rules import Item
from onewindow.core.clock import local
from onewindow.core.words import Words
from onewindow.look.dates import WEEKDAYS
from onewindow.places import queries
from onewindow.places.queries import Division, Level, Site

Span = tuple[int, int]

DEFAULT_PLACE = "140100"
CHECK_LANE = "vehicle-check"


class Open(NamedTuple):
    """A site with its hours: of today, and whether it is open at the moment."""

    site: Site
    is_open: bool
    today: Words
    week: Words


class Place(NamedTuple):
    """The city that the reader chose, and those to choose from."""

    code: str
    name: Words
    cities: tuple[Division, ...]


def place_of(cookies: Mapping[str, str]) -> Place:
    """Return the city that the reader chose, else the capital (所在地); one query."""
    cities = {city.code: city for city in queries.divisions(level=Level.CITY)}
    chosen = cities.get(cookies.get("place", "")) or cities[DEFAULT_PLACE]
    return Place(chosen.code, chosen.name, tuple(cities.values()))


def sites_of(item: Item, place: str) -> list[Site]:
    """Return where an item can be done for a place: with a vehicle check, where there is a lane for it."""
    return queries.sites_for_item(item.department, place, facility=CHECK_LANE if item.needs_check else "")


def open_now(sites: list[Site], at: datetime) -> list[Open]:
    """Return sites with their hours at this moment."""
    calendar = work_calendar()
    return [_open(site, calendar, at) for site in sites]


def _open(site: Site, calendar: WorkCalendar, at: datetime) -> Open:
    hours, today = site.opening(), local(at).date()
    return Open(site, hours.is_open(at, calendar), _today_words(hours, calendar, today), week_words(hours))


CLOSED_TODAY = Words("今天不开", "Closed today")


def _today_words(hours: OpeningHours, calendar: WorkCalendar, today: date) -> Words:
    spans = hours.spans(today, calendar)
    if not spans:
        return CLOSED_TODAY
    said = [span_words(span) for span in spans]
    return Words(f"今天 {'、'.join(said)}", f"Today {', '.join(said)}")


def span_words(span: Span) -> str:
    """Say a span of minutes of the day: 9:00–12:00."""
    return "–".join(f"{minutes // 60}:{minutes % 60:02}" for minutes in span)


def week_words(hours: OpeningHours) -> Words:
    """Say the week's hours, days with the same hours together: 周一至周五 09:00–12:00、13:30–17:00 (办公时间)."""
    days = hours.weekly
    runs: list[tuple[int, int]] = []
    for weekday, spans in enumerate(days):
        if not spans:
            continue
        if runs and runs[-1][1] == weekday - 1 and days[runs[-1][0]] == spans:
            runs[-1] = (runs[-1][0], weekday)
        else:
            runs.append((weekday, weekday))
    told = [_run_words(first, last, days[first]) for first, last in runs]
    return Words("；".join(each.zh for each in told), "; ".join(each.en for each in told))


def _run_words(first: int, last: int, spans: tuple[Span, ...]) -> Words:
    start, end = WEEKDAYS[first], WEEKDAYS[last]
    name = start if first == last else Words(f"{start.zh}至{end.zh}", f"{start.en}–{end.en}")
    said = [span_words(span) for span in spans]
    return Words(f"{name.zh} {'、'.join(said)}", f"{name.en} {', '.join(said)}")
