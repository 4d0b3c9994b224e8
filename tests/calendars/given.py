"""What the tests of the clocks share: the calendar of the project's files, an oracle that never saw them, a hall."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

from onewindow.calendars.rules import (
    Clock,
    OpeningHours,
    calendar_of,
    opening_hours,
    parse_limit,
    parse_notice,
    parse_statutory,
)
from onewindow.core.clock import SHANGHAI

DATA = Path(__file__).parents[2] / "data" / "calendars"
NOTICES = tuple(parse_notice((DATA / f"{year}.txt").read_text(), year) for year in (2024, 2025, 2026))
STATUTORY = parse_statutory((DATA / "2027.csv").read_text(), 2027)
CALENDAR = calendar_of((*NOTICES, STATUTORY))
ONE_DAY = timedelta(days=1)
HALL: OpeningHours = opening_hours(
    {
        "weekly": {name: ["09:00-12:00", "13:30-17:00"] for name in ("mon", "tue", "wed", "thu", "fri")},
        "dated": {"2024-10-10": ["09:00-12:00"]},
    }
)
"""Six and a half hours a day; closed on make-up Saturdays; 2024-10-10 open in the morning only."""


def _oracle() -> dict[date, str]:
    lines = (Path(__file__).parent / "data" / "cn_workday_exceptions.csv").read_text().splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {date.fromisoformat(row["date"]): row["kind"] for row in rows}


EXCEPTIONS = _oracle()


def works(day: date) -> bool:
    """Say by the oracle whether the day is a working day (2023 to 2026)."""
    return EXCEPTIONS.get(day, "work" if day.weekday() < 5 else "off") == "work"


def moment(text: str) -> datetime:
    """Return the local instant; a date alone is ten in the morning of it."""
    return datetime.fromisoformat(text if "T" in text else text + "T10:00").replace(tzinfo=SHANGHAI)


def clock(limit: str, started: str, **more: object) -> Clock:
    """Return a clock of a written limit, started at a local instant."""
    return Clock(parse_limit(limit), moment(started), **more)  # type: ignore[arg-type]  # tests name the fields


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(first: str, last: str) -> list[date]:
    return [day(first) + timedelta(days=place) for place in range((day(last) - day(first)).days + 1)]
