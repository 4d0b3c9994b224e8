"""Counting the dates of open cases again when a calendar is published (改期)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from onewindow.accounts.rules import System
from onewindow.calendars import queries as calendars
from onewindow.cases import queries
from onewindow.cases.commands.step import Step, record
from onewindow.cases.models import Case
from onewindow.cases.rules import Act, Event
from onewindow.cases.rules import after as following
from onewindow.core.once import Once

BATCH = 200


@transaction.atomic
def redate(*, after: int, by: System, at: datetime) -> int:
    """Count the next open cases' dates by the calendar of now; each change is an entry with both dates (改期).

    No case becomes late by it: lateness is judged by the later of the day told and the new one (clock-rules §6).

    after  the id up to which cases are done; 0 begins
    return the id up to which they are done now; 0 when there are no more
    """
    calendar = calendars.work_calendar()
    rows = Case.objects.select_for_update().filter(ended_at__isnull=True, id__gt=after).order_by("id")[:BATCH]
    last = 0
    for case in rows:
        last = case.pk
        chain = queries.entries(case.number)
        state = queries.state_of(chain)
        old, new = _days(case), queries.dates_of(case, state, calendar, at)
        if (new.yellow_on, new.promised_on, new.statute_on) == old:
            continue
        facts = {"before": [day.isoformat() if day else "" for day in old]}
        step = Step(case.number, Act.REDATE, by, at, case.version, Once("calendar-published"), facts=facts)
        event = Event(Act.REDATE, at, facts=facts)
        record(case, chain, following(state, event), event, step, calendar)
    return last


def _days(case: Case) -> tuple[date | None, date | None, date | None]:
    return case.yellow_on, case.promised_on, case.statute_on
