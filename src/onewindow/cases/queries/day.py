"""The day's work of a site or an office (今日期限): what is over, what is due today, what stands still too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from onewindow.accounts.rules import Staff
from onewindow.cases.models import Case
from onewindow.cases.queries.lists import LISTED, ON_CASES, Row, row_of
from onewindow.cases.rules import Stage
from onewindow.core import journal
from onewindow.core.errors import NotFound

MOST = 50
PAUSED = 200  # those that stand still, of which the overdue ones are looked for
REST = 20


@dataclass(frozen=True, slots=True)
class Day:
    """The open cases of a site or an office by what the day asks: each list the most urgent first, at most 50."""

    over: tuple[Row, ...]  # past their day
    due: tuple[Row, ...]  # due today
    closing: tuple[Row, ...]  # the applicant's own day for a correction is today
    waiting: tuple[tuple[Row, date], ...]  # paused past the day on which the pause was expected to end, with that day
    rest: tuple[Row, ...]  # the next ones


def day_list_for(asker: Staff, *, scope: str, today: date) -> Day:
    """Return what the day asks of a site or an office (今日期限清单).

    scope    a site's or an office's code, one of the asker's own
    raises   NotFound
    queries  5; 6 where a case is paused
    """
    if not any(asker.may(duty, scope) for duty in ON_CASES):
        raise NotFound(scope)
    where = Q(site=scope) if len(scope) == 8 and scope.isdigit() else Q(office=scope)
    rows = Case.objects.filter(where, ended_at__isnull=True)
    running = rows.filter(paused_at__isnull=True)
    closing = Q(stage=Stage.CORRECTION.value, closes_on__lte=today)
    return Day(
        over=_rows(running.filter(~closing, due_on__lt=today), today),
        due=_rows(running.filter(~closing, due_on=today), today),
        closing=_rows(running.filter(closing), today),
        waiting=_waiting(rows.filter(paused_at__isnull=False), today),
        rest=_rows(running.filter(~closing, due_on__gt=today), today, REST),
    )


def _rows(rows: QuerySet[Case], today: date, size: int = MOST) -> tuple[Row, ...]:
    return tuple(row_of(row, today) for row in rows.order_by("due_on", "id").values(*LISTED)[:size])


def _waiting(rows: QuerySet[Case], today: date) -> tuple[tuple[Row, date], ...]:
    """The day on which a pause was expected to end stands in its own entry alone."""
    paused: list[dict[str, Any]] = list(rows.order_by("paused_at", "id").values(*LISTED)[:PAUSED])
    numbers = [row["number"] for row in paused]
    entries = journal.Entry.objects.filter(kind="case", act="case.pause", subject__in=numbers).order_by("seq")
    expected = {entry.subject: journal.facts_of(entry).get("expected_on") for entry in entries}
    days = {number: date.fromisoformat(day) for number, day in expected.items() if day}
    late = [row for row in paused if row["number"] in days and days[row["number"]] < today]
    return tuple((row_of(row, today), days[row["number"]]) for row in late[:MOST])
