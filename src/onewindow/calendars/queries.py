"""Reads of the working calendar: public, the same for every asker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from onewindow.calendars.models import CalendarYear
from onewindow.calendars.rules import Change, Notice, WorkCalendar, calendar_of, changes
from onewindow.core import sql

__all__ = ["YearState", "calendar_asked", "changes_by", "notice_of", "published", "work_calendar", "years"]

_NOTHING = calendar_of(())
_STAMP = "SELECT code, digest FROM calendars_calendaryear WHERE status = 'published' ORDER BY year"
_cached: tuple[tuple[tuple[str, str], ...], WorkCalendar] = ((), _NOTHING)


@dataclass(frozen=True, slots=True)
class YearState:
    """One notice and how far it has come (年度安排状态): proposed, published, replaced or withdrawn."""

    code: str
    year: int
    title: str
    announced: bool
    status: str
    rest_days: int
    work_days: int
    proposed_by: str
    proposed_at: datetime
    published_by: str
    published_at: datetime | None


def work_calendar() -> WorkCalendar:
    """Return the working calendar as it is published at this moment (工作日历).

    Which years are published is asked each time, in the caller's transaction; only what they say is kept in memory,
    under their digests, so that it can never be older than the answer.

    queries  1; 2 after a year was published
    """
    return calendar_asked().ask()


def calendar_asked() -> sql.Question[WorkCalendar]:
    """Return `work_calendar` as a question, to be asked together with others."""
    return sql.Question(_STAMP, (), _calendar)


def _calendar(found: Sequence[sql.Row]) -> WorkCalendar:
    global _cached
    stamp = tuple((code, digest) for code, digest in found)
    if stamp != _cached[0]:
        rows = CalendarYear.objects.filter(status="published").order_by("year")
        notices = [notice_of(row) for row in rows]
        stamp = tuple((row.code, row.digest) for row in rows)
        _cached = (stamp, calendar_of(notices))
    return _cached[1]


def published() -> tuple[Notice, ...]:
    """Return the published notices in the order of their years (已发布的放假安排); one query."""
    return tuple(notice_of(row) for row in CalendarYear.objects.filter(status="published").order_by("year"))


def years() -> list[YearState]:
    """Return every notice that was ever proposed, the newest first (放假安排沿革); one query."""
    return [_state(row) for row in CalendarYear.objects.order_by("-year", "-id")]


def changes_by(notice: Notice) -> tuple[Change, ...]:
    """Return the days that a notice would change in the calendar as it is (新旧对照); one query."""
    now = published()
    then = [*(each for each in now if each.year != notice.year), notice]
    return changes(calendar_of(now), calendar_of(then), notice.year)


def notice_of(row: CalendarYear) -> Notice:
    """Return a row as the rules know it."""
    return Notice(row.year, _days(row.rest), _days(row.work), row.number, row.announced)


def _days(column: Mapping[str, str]) -> dict[date, str]:
    return {date.fromisoformat(day): name for day, name in column.items()}


def _state(row: CalendarYear) -> YearState:
    facts: dict[str, Any] = {
        name: getattr(row, name)
        for name in (
            "code",
            "year",
            "announced",
            "status",
            "proposed_by",
            "proposed_at",
            "published_by",
            "published_at",
        )
    }
    return YearState(title=notice_of(row).title, rest_days=len(row.rest), work_days=len(row.work), **facts)
