"""The acts of a case's life (办理动作): each one command, one entry, one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from onewindow.accounts.rules import Applicant, Staff, System
from onewindow.calendars import queries as calendars
from onewindow.cases import queries
from onewindow.cases.commands.remarks import remark_of
from onewindow.cases.commands.step import Loaded, Step, carry_out, is_over, settle
from onewindow.cases.models import Case
from onewindow.cases.rules import Act
from onewindow.catalogue import queries as catalogue
from onewindow.core.clock import day_of
from onewindow.core.errors import Refusal
from onewindow.core.once import Once


@transaction.atomic
def accept(*, number: str, by: Staff, at: datetime, version: int, key: Once) -> Case:
    """Accept a received case and start its clocks (受理).

    raises  NotFound; Refusal case.move, case.stale, case.duty, case.party, once.reused
    law     行政许可法 §32(五)
    """
    return carry_out(Step(number, Act.ACCEPT, by, at, version, key))


@transaction.atomic
def check(
    *,
    number: str,
    by: Staff,
    at: datetime,
    version: int,
    key: Once,
    held_at: datetime,
    passed: bool,
    remark: str = "",
    second: int | None = None,
) -> Case:
    """Enter a check on the spot: a vehicle check, for which CG04's clocks wait, or a site check (现场查验、核查).

    held_at  when the check was held: not after `at`, not before the case came in
    passed   one that was not passed may be held again
    remark   what was found, at most 1,000 characters
    second   the other officer, who holds the duty too: a licence's site is checked by two at least
    raises   NotFound; Refusal case.move, case.stale, case.check.*, case.held_at, case.remark.*
    law      行政许可法 §34; 机动车登记规定 §26, §27
    """
    remark = remark_of(remark, needed=not passed)

    def judge(found: Loaded) -> dict[str, Any]:
        if second is None and not queries.need_of(found.case).two_officers:
            return {}
        if not queries.is_second_officer(found.case, by, second, day_of(at)):
            raise Refusal("case.check.two", fields={"second": "case.check.two"})
        return {"second": second}

    step = Step(number, Act.CHECK, by, at, version, key, held_at=held_at, good=passed, remark=remark, judge=judge)
    return carry_out(step)


@transaction.atomic
def review(*, number: str, by: Staff, at: datetime, version: int, key: Once, remark: str) -> Case:
    """Write down the reviewer's opinion (审查).

    raises  NotFound; Refusal case.move, case.stale, case.duty, case.remark.*
    law     行政许可法 §34
    """
    return carry_out(Step(number, Act.REVIEW, by, at, version, key, remark=remark_of(remark, needed=True)))


@transaction.atomic
def approve(*, number: str, by: Staff, at: datetime, version: int, key: Once, remark: str = "") -> Case:
    """Decide for the applicant (准予).

    raises  NotFound; Refusal case.move, case.stale, case.check.missing, case.same_person
    law     行政许可法 §38
    """
    return carry_out(Step(number, Act.APPROVE, by, at, version, key, remark=remark_of(remark)))


@transaction.atomic
def refuse(
    *, number: str, by: Staff, at: datetime, version: int, key: Once, reasons: Sequence[str], remark: str = ""
) -> Case:
    """Decide against the applicant, with reasons; the ways of review and lawsuit are told with it (不予).

    reasons  keys of the item's own refusals, at least one
    raises   NotFound; Refusal case.move, case.stale, case.reason, case.same_person
    law      行政许可法 §38
    """
    case = queries.case_for(by, number)
    known = {reason.key for reason in catalogue.item(case.item, case.edition).refusals}
    if not reasons or not set(reasons) <= known:
        raise Refusal("case.reason", fields={"reasons": "case.reason"})
    facts = {"reasons": sorted(set(reasons))}
    return carry_out(Step(number, Act.REFUSE, by, at, version, key, facts=facts, remark=remark_of(remark)))


@transaction.atomic
def make(*, number: str, by: Staff, at: datetime, version: int, key: Once) -> Case:
    """Note that the certificate is made (制证).

    raises  NotFound; Refusal case.move, case.stale, case.make.*
    law     行政许可法 §39
    """
    return carry_out(Step(number, Act.MAKE, by, at, version, key))


@transaction.atomic
def deliver(*, number: str, by: Staff, at: datetime, version: int, key: Once, way: str, receipt: str = "") -> Case:
    """Hand over the result, or serve a refusal (送达).

    way      counter, post or electronic
    receipt  at the counter who signed for it, by post the parcel's number; sealed, for both lead to people
    raises   NotFound; Refusal case.move, case.stale, case.make.missing, case.way, case.receipt
    law      行政许可法 §44; 民事诉讼法 §87–95 by 行政许可法's silence: the receipt bears who signed (送达回证)
    """
    if way not in ("counter", "post", "electronic"):
        raise Refusal("case.way", fields={"way": "case.way"})
    if way != "electronic" and not receipt.strip():
        raise Refusal("case.receipt", fields={"receipt": "case.receipt"})
    remark = remark_of(receipt)
    return carry_out(Step(number, Act.DELIVER, by, at, version, key, facts={"way": way}, remark=remark))


@transaction.atomic
def conclude(*, number: str, by: Staff, at: datetime, version: int, key: Once) -> Case:
    """Close the case: always last, after a served refusal too (办结).

    raises  NotFound; Refusal case.move, case.stale, case.duty
    """
    return carry_out(Step(number, Act.CONCLUDE, by, at, version, key))


@transaction.atomic
def withdraw(*, number: str, by: Applicant, at: datetime, version: int, key: Once) -> Case:
    """Take the application back before it is decided; it ends at once (撤回).

    raises  NotFound; Refusal case.move, case.stale
    """
    return carry_out(Step(number, Act.WITHDRAW, by, at, version, key))


@transaction.atomic
def settle_by_law(*, number: str, by: System, at: datetime) -> Case:
    """Write down what has come about by law alone; before its day, or twice, it changes nothing (视为受理、逾期未补正).

    law  行政许可法 §32(四)
    """
    case = queries.case_for(by, number, lock=True)
    if not is_over(case):
        chain = queries.entries(number)
        settle(case, chain, queries.state_of(chain), at, calendars.work_calendar())
    return case
