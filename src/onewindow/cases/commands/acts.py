"""The acts of a case's life (办理动作): each one command, one entry, one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from onewindow.accounts.rules import Resident, Staff, System
from onewindow.calendars import queries as calendars
from onewindow.cases import queries
from onewindow.cases.commands.step import Step, carry_out, is_over, settle
from onewindow.cases.models import Case
from onewindow.cases.rules import Act
from onewindow.catalogue import queries as catalogue
from onewindow.core.errors import Refusal
from onewindow.core.once import Once

REMARK_LENGTH = 1000


@transaction.atomic
def accept(*, number: str, by: Staff, at: datetime, version: int, key: Once) -> Case:
    """Accept a received case and start its clocks (受理).

    raises  NotFound; Refusal case.move, case.stale, case.duty, case.party, once.reused
    law     行政许可法 §32(五)
    """
    return carry_out(Step(number, Act.ACCEPT, by, at, version, key))


@transaction.atomic
def check(
    *, number: str, by: Staff, at: datetime, version: int, key: Once, held_at: datetime, passed: bool, remark: str = ""
) -> Case:
    """Enter a check on the spot, as the vehicle check that CG04's clocks wait for (现场查验).

    held_at  when the check was held: not after `at`, not before the case came in
    passed   one that was not passed may be held again
    remark   what was found, at most 1,000 characters
    raises   NotFound; Refusal case.move, case.stale, case.check.*, case.held_at, case.remark.*
    law      行政许可法 §34; 机动车登记规定 §26, §27
    """
    remark = _remark(remark, needed=not passed)
    return carry_out(Step(number, Act.CHECK, by, at, version, key, held_at=held_at, good=passed, remark=remark))


@transaction.atomic
def review(*, number: str, by: Staff, at: datetime, version: int, key: Once, remark: str) -> Case:
    """Write down the reviewer's opinion (审查).

    raises  NotFound; Refusal case.move, case.stale, case.duty, case.remark.*
    law     行政许可法 §34
    """
    return carry_out(Step(number, Act.REVIEW, by, at, version, key, remark=_remark(remark, needed=True)))


@transaction.atomic
def approve(*, number: str, by: Staff, at: datetime, version: int, key: Once, remark: str = "") -> Case:
    """Decide for the applicant (准予).

    raises  NotFound; Refusal case.move, case.stale, case.check.missing, case.same_person
    law     行政许可法 §38
    """
    return carry_out(Step(number, Act.APPROVE, by, at, version, key, remark=_remark(remark)))


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
    return carry_out(Step(number, Act.REFUSE, by, at, version, key, facts=facts, remark=_remark(remark)))


@transaction.atomic
def make(*, number: str, by: Staff, at: datetime, version: int, key: Once) -> Case:
    """Note that the certificate is made (制证).

    raises  NotFound; Refusal case.move, case.stale, case.make.*
    law     行政许可法 §39
    """
    return carry_out(Step(number, Act.MAKE, by, at, version, key))


@transaction.atomic
def deliver(*, number: str, by: Staff, at: datetime, version: int, key: Once, way: str) -> Case:
    """Hand over the result, or serve a refusal (送达).

    way     counter, post or electronic
    raises  NotFound; Refusal case.move, case.stale, case.make.missing, case.way
    law     行政许可法 §44
    """
    if way not in ("counter", "post", "electronic"):
        raise Refusal("case.way", fields={"way": "case.way"})
    return carry_out(Step(number, Act.DELIVER, by, at, version, key, facts={"way": way}))


@transaction.atomic
def conclude(*, number: str, by: Staff, at: datetime, version: int, key: Once) -> Case:
    """Close the case: always last, after a served refusal too (办结).

    raises  NotFound; Refusal case.move, case.stale, case.duty
    """
    return carry_out(Step(number, Act.CONCLUDE, by, at, version, key))


@transaction.atomic
def withdraw(*, number: str, by: Resident, at: datetime, version: int, key: Once) -> Case:
    """Take the application back before it is decided; it ends at once (撤回).

    raises  NotFound; Refusal case.move, case.stale
    """
    return carry_out(Step(number, Act.WITHDRAW, by, at, version, key))


@transaction.atomic
def deem(*, number: str, by: System, at: datetime) -> Case:
    """Write down that silence has become acceptance; before the day, or twice, it changes nothing (视为受理).

    law  行政许可法 §32(四)
    """
    case = queries.case_for(by, number, lock=True)
    if not is_over(case):
        chain = queries.entries(number)
        settle(case, chain, queries.state_of(chain), at, calendars.work_calendar())
    return case


def _remark(text: str, *, needed: bool = False) -> str:
    text = text.strip()
    if needed and not text:
        raise Refusal("case.remark.missing", fields={"remark": "case.remark.missing"})
    if len(text) > REMARK_LENGTH:
        raise Refusal("case.remark.long", most=REMARK_LENGTH, fields={"remark": "case.remark.long"})
    return text
