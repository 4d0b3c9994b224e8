"""The office's own order: who has a case in hand (任务池), and why it is late; nothing of the case itself changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from onewindow.accounts.rules import Duty, Staff
from onewindow.cases import queries
from onewindow.cases.commands.remarks import remark_of
from onewindow.cases.commands.step import Loaded, Step, carry_out
from onewindow.cases.models import Case
from onewindow.cases.rules import Act, Delay
from onewindow.core.clock import day_of
from onewindow.core.errors import Refusal
from onewindow.core.once import Once


@transaction.atomic
def claim(*, number: str, by: Staff, at: datetime, version: int, key: Once) -> Case:
    """Take a case out of the pool (领办): until it is handed over, or its stage ends, its work is the taker's.

    raises  NotFound; Refusal case.move, case.stale, case.claimed, case.duty, case.party
    """

    def judge(found: Loaded) -> dict[str, Any]:
        if found.state.claimed_by is not None:
            raise Refusal("case.claimed")
        return {}

    return carry_out(Step(number, Act.CLAIM, by, at, version, key, judge=judge))


@transaction.atomic
def hand_over(*, number: str, by: Staff, at: datetime, version: int, key: Once, to: int | None) -> Case:
    """Hand a claimed case to a colleague who holds the duty, or back into the pool (移交).

    to      id of the colleague; None puts it back. A supervisor may do so for another
    raises  NotFound; Refusal case.move, case.stale, case.claimed, case.hand_over.to
    """

    def judge(found: Loaded) -> dict[str, Any]:
        case, holder = found.case, found.state.claimed_by
        supervises = by.may(Duty.SUPERVISE, case.site) or by.may(Duty.SUPERVISE, case.office)
        if holder is None or (holder != by.id and not supervises):
            raise Refusal("case.claimed" if holder else "case.hand_over.none")
        if to is not None and not queries.may_work(case, found.state.stage, to, day_of(at)):
            raise Refusal("case.hand_over.to", fields={"to": "case.hand_over.to"})
        return {}

    return carry_out(Step(number, Act.HAND_OVER, by, at, version, key, facts={"to": to}, judge=judge))


@transaction.atomic
def explain(
    *,
    number: str,
    by: Staff,
    at: datetime,
    version: int,
    key: Once,
    cause: str,
    expected_on: date,
    remark: str,
) -> Case:
    """Say why a late case is late and by when it will be done, for supervision (说明超期原因). It lengthens nothing.

    cause   a word of Delay
    raises  NotFound; Refusal case.move, case.stale, case.duty, case.claimed, case.explain.in_time,
            case.explain.expected, case.remark.missing, case.remark.long
    law     silent: the list of causes is ours
    """
    today = day_of(at)

    def judge(found: Loaded) -> dict[str, Any]:
        if found.case.due_on is None or found.case.due_on >= today:
            raise Refusal("case.explain.in_time")
        if expected_on < today:
            raise Refusal("case.explain.expected", fields={"expected_on": "case.explain.expected"})
        return {}

    facts = {"cause": Delay(cause).value, "expected_on": expected_on.isoformat()}
    text = remark_of(remark, needed=True)
    return carry_out(Step(number, Act.EXPLAIN, by, at, version, key, facts=facts, remark=text, judge=judge))
