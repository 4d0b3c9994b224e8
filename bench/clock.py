"""The clocks of a case: both read in under 100 µs of CPU; all their days explained, shown for comparison.

Run by `make bench`, or alone: python -m bench.clock
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from onewindow.calendars.rules import (
    Clock,
    Kind,
    OpeningHours,
    Pause,
    WorkCalendar,
    calendar_of,
    explanation,
    opening_hours,
    parse_limit,
    parse_notice,
    parse_statutory,
    reading,
)
from onewindow.core.clock import SHANGHAI

DATA = Path(__file__).parents[1] / "data" / "calendars"
BUDGET_MICROSECONDS = 100.0
BATCH, ROUNDS = 50, 200


def main() -> int:
    """Print name, n, p50 and p95 in µs of CPU a case; 1 if a figure with a budget is past it."""
    calendar, hours = _calendar(), _hours()
    failed = False
    for name, pair, budget in (
        ("clock.read.days", _days, BUDGET_MICROSECONDS),
        ("clock.read.paused", _paused, BUDGET_MICROSECONDS),
        ("clock.read.hours", _in_hours, BUDGET_MICROSECONDS),
        ("clock.explain.days", _days, None),
    ):
        read = explanation if "explain" in name else reading
        times = _measure(pair, read, calendar, hours)
        p50, p95 = times[len(times) // 2], times[len(times) * 95 // 100]
        late = budget is not None and p95 > budget
        failed |= late
        limit = "" if budget is None else f"  budget {budget:.0f} µs{' EXCEEDED' if late else ''}"
        sys.stdout.write(f"{name:20} n={BATCH * ROUNDS:<7} p50={p50:8.1f} µs  p95={p95:8.1f} µs{limit}\n")
    return 1 if failed else 0


def _calendar() -> WorkCalendar:
    notices = [parse_notice((DATA / f"{year}.txt").read_text(), year) for year in (2024, 2025, 2026)]
    return calendar_of([*notices, parse_statutory((DATA / "2027.csv").read_text(), 2027)])


def _hours() -> OpeningHours:
    weekdays = ("mon", "tue", "wed", "thu", "fri")
    return opening_hours({"weekly": {name: ["09:00-12:00", "13:30-17:00"] for name in weekdays}})


def _days(start: datetime) -> tuple[Clock, Clock]:
    promise, statute = parse_limit("9 workdays", Kind.PROMISED), parse_limit("15 days")
    return Clock(promise, start), Clock(statute, start)


def _paused(start: datetime) -> tuple[Clock, Clock]:
    first, second = (start + timedelta(days=2)).date(), (start + timedelta(days=9)).date()
    pauses = (Pause(first, first + timedelta(days=4)), Pause(second, second + timedelta(days=3)))
    promise, statute = parse_limit("7 workdays", Kind.PROMISED), parse_limit("20 workdays")
    return Clock(promise, start, pauses), Clock(statute, start, pauses)


def _in_hours(start: datetime) -> tuple[Clock, Clock]:
    return Clock(parse_limit("0.5 workdays", Kind.PROMISED), start), Clock(parse_limit("3 workdays"), start)


def _measure(
    pair: Callable[[datetime], tuple[Clock, Clock]],
    read: Callable[[Clock, WorkCalendar, datetime, OpeningHours | None], object],
    calendar: WorkCalendar,
    hours: OpeningHours,
) -> list[float]:
    """CPU of a case's two clocks in µs, a figure for each batch of start days, sorted."""
    times = []
    for place in range(ROUNDS):
        day = date(2024, 1, 2) + timedelta(days=place * 4)
        start = datetime(day.year, day.month, day.day, 10, 20, tzinfo=SHANGHAI)
        cases = [pair(start + timedelta(days=each)) for each in range(BATCH)]
        begun = time.process_time_ns()
        for first, second in cases:
            read(first, calendar, first.started_at + timedelta(days=5), hours)
            read(second, calendar, first.started_at + timedelta(days=5), hours)
        times.append((time.process_time_ns() - begun) / 1000 / BATCH)
    return sorted(times)


if __name__ == "__main__":
    sys.exit(main())
