"""When the clocks stand still or are lengthened (特别程序、延期), and the hearing that is offered (听证)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from onewindow.accounts.rules import Staff
from onewindow.calendars import rules as calendars
from onewindow.cases import queries
from onewindow.cases.commands.remarks import remark_of
from onewindow.cases.commands.step import Loaded, Step, carry_out
from onewindow.cases.models import Case
from onewindow.cases.rules import Act, pause_obstacle
from onewindow.cases.rules.clocks import extendable, limits_from
from onewindow.core.clock import day_of
from onewindow.core.errors import Refusal
from onewindow.core.once import Once

LONGEST = timedelta(days=366)
HEARING_WORKDAYS = 5
"""行政许可法 §47: asked for within five days of being told; by §82 working days."""


@transaction.atomic
def pause(
    *,
    number: str,
    by: Staff,
    at: datetime,
    version: int,
    key: Once,
    reason: str,
    expected_on: date,
    remark: str,
) -> Case:
    """Let the clocks stand still for a special procedure, and tell the applicant how long it takes (特别程序).

    reason       a word of calendars' Reason; a site check is none: its time counts
    expected_on  the day by which it is expected to end
    remark       what is done, by whom: it goes into the written notice
    raises       NotFound; Refusal case.move, case.paused, case.stale, case.pause.*, case.until, case.remark.*
    law          行政许可法 §45
    """
    remark = remark_of(remark, needed=True)

    def judge(found: Loaded) -> dict[str, Any]:
        limits = limits_from(found.case.limits)
        if refusal := pause_obstacle(reason, queries.need_of(found.case), limits):
            raise refusal
        if not day_of(at) <= expected_on <= day_of(at) + LONGEST:
            raise Refusal("case.until", fields={"expected_on": "case.until"})
        return {}

    facts = {"reason": reason, "expected_on": expected_on.isoformat()}
    return carry_out(Step(number, Act.PAUSE, by, at, version, key, facts=facts, remark=remark, judge=judge))


@transaction.atomic
def resume(*, number: str, by: Staff, at: datetime, version: int, key: Once, remark: str = "") -> Case:
    """Let the clocks run again: the special procedure has ended, and this day counts (特别程序结束).

    raises  NotFound; Refusal case.move, case.stale, case.resume.none
    law     行政许可法 §45
    """
    return carry_out(Step(number, Act.RESUME, by, at, version, key, remark=remark_of(remark)))


@transaction.atomic
def extend(*, number: str, by: Staff, at: datetime, version: int, key: Once, limit_number: int, remark: str) -> Case:
    """Lengthen the statutory limit once, before it has run out, with the reason told to the applicant (延期).

    limit_number  by how much, or to how much where the item's law names a total; in the limit's own unit
    raises        NotFound; Refusal case.move, case.stale, case.extend.*, calendar.extension, case.remark.*
    law           行政许可法 §42; where the item's own law names another, that
    """
    remark = remark_of(remark, needed=True)

    def judge(found: Loaded) -> dict[str, Any]:
        limits, need = limits_from(found.case.limits), queries.need_of(found.case)
        clock = extendable(found.state, limits, need)
        if clock is None:
            raise Refusal("case.extend.none")
        calendars.extend(clock, found.calendar, at, limit_number, queries.hours_of(found.case))
        return {}

    return carry_out(
        Step(number, Act.EXTEND, by, at, version, key, facts={"number": limit_number}, remark=remark, judge=judge)
    )


@transaction.atomic
def offer_hearing(*, number: str, by: Staff, at: datetime, version: int, key: Once, remark: str) -> Case:
    """Tell the applicant, or whom the licence touches, that a hearing may be asked for, until when (告知听证).

    raises  NotFound; Refusal case.move, case.stale, case.hearing.*, case.remark.*
    law     行政许可法 §46, §47: asked for within five working days
    """
    remark = remark_of(remark, needed=True)

    def judge(found: Loaded) -> dict[str, Any]:
        until_on = day_of(at)
        for _ in range(HEARING_WORKDAYS):
            until_on += timedelta(days=1)
            while not found.calendar.counts(until_on):
                until_on += timedelta(days=1)
        return {"until_on": until_on.isoformat()}

    return carry_out(Step(number, Act.OFFER_HEARING, by, at, version, key, remark=remark, judge=judge))
