"""Every write of payments: charging, counting, taking, waiving, undoing, and a clerk's day-end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from onewindow.accounts.rules import Staff
from onewindow.core import journal, numbers, once
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound, Refusal, expect
from onewindow.core.journal import By
from onewindow.core.once import Once
from onewindow.payments import queries
from onewindow.payments.models import ChargeRow, PostingRow, TillRow
from onewindow.payments.rules import (
    Act,
    Charge,
    Event,
    Line,
    Mistake,
    Waiver,
    Way,
    after,
    check_lines,
    counted,
    lines_facts,
    move,
    posting,
    receipt_number,
    tallies,
    tallies_facts,
    till_number,
)


@transaction.atomic(savepoint=False)
def charge(
    *,
    subject: str,
    division: str,
    site: str,
    lines: Sequence[Line],
    by: By,
    at: datetime,
    party: int | None = None,
    first: bool = False,
) -> Charge:
    """Charge a subject for these lines, or for other ones as long as nothing is paid (核收); the same again is nothing.

    For the higher room, in its own transaction: that room says who may. Lines whose sum is not confirmed stay on the
    charge and cost nothing; with nothing to pay it is free and settled.

    party   the applicant's person: who, as staff, never acts on it
    first   nothing can have been charged before: it is not looked for
    raises  Refusal payments.lines, payments.move
    law     行政许可法 §58, §59
    """
    check_lines(lines)
    row = None if first else ChargeRow.objects.select_for_update().filter(subject=subject).first()
    before = queries.charge_from(row) if row else Charge(subject)
    if row and (before.lines, before.site) == (tuple(lines), site):
        return before
    facts = {"division": division, "site": site, "party": party, "lines": lines_facts(lines)}
    return _carry_out(before, Event(Act.CHARGE, at, by.staff, facts), by)


@transaction.atomic
def count(*, subject: str, counts: Mapping[str, int], by: Staff, at: datetime, version: int, key: Once) -> Charge:
    """Say how many of each line there are, 0 for a line that does not apply (核定数量).

    counts  key of the line → number; a line not named keeps its own
    raises  NotFound; Refusal payments.lines, payments.nothing, payments.move, payments.party, payments.stale,
            payments.closed, once.reused
    law     行政许可法 §59: by the published items and sums
    """
    if once.claim(key, by, "charge.count", [subject, dict(counts), version], at=at, subject=subject) is not None:
        return queries.charge_for(by, subject)
    before = _opened(subject, Act.COUNT, by, at, version)
    facts = {"lines": lines_facts(counted(before.lines, counts))}
    return _carry_out(before, Event(Act.COUNT, at, by.id, facts), by)


@transaction.atomic
def take(*, subject: str, way: Way, by: Staff, at: datetime, version: int, key: Once) -> str:
    """Take the money of a charge at the counter and return the number of its receipt (收款).

    Numbers of receipts have no gap within a site's day: a refusal gives its number back.

    raises  NotFound; Refusal payments.move, payments.party, payments.stale, payments.closed, once.reused
    law     行政许可法 §58, §59
    """
    done = once.claim(key, by, "charge.take", [subject, way, version], at=at)
    if done is not None:
        return done
    before, day = _opened(subject, Act.TAKE, by, at, version), day_of(at)
    receipt = receipt_number(before.site, day, numbers.take(f"receipt:{before.site}:{day:%Y%m%d}"))
    facts = {"way": way, "receipt": receipt, "cents": before.cents}
    _carry_out(before, Event(Act.TAKE, at, by.id, facts), by)
    once.settle(key, by, "charge.take", receipt)
    return receipt


@transaction.atomic
def waive(*, subject: str, reason: Waiver, by: Staff, at: datetime, version: int, key: Once) -> Charge:
    """Let a fee go, by a law that is named (免收).

    raises  NotFound; Refusal payments.law, payments.move, payments.party, payments.stale, payments.closed, once.reused
    law     行政许可法 §58: without a law or an administrative regulation no fee is taken
    """
    law = reason.named()
    if once.claim(key, by, "charge.waive", [subject, reason.ground, law, version], at=at, subject=subject) is not None:
        return queries.charge_for(by, subject)
    before = _opened(subject, Act.WAIVE, by, at, version)
    facts = {"way": "", "receipt": "", "cents": before.cents, "ground": reason.ground, "law": law}
    return _carry_out(before, Event(Act.WAIVE, at, by.id, facts), by)


@transaction.atomic
def void(*, subject: str, mistake: Mistake, by: Staff, at: datetime, version: int, key: Once) -> Charge:
    """Undo a wrong taking or waiver: the fee is owed again, and money that was taken is given back (作废).

    raises  NotFound; Refusal payments.same_person, payments.move, payments.party, payments.stale, payments.closed,
            once.reused
    law     行政许可法 §59
    """
    return _undo(Act.VOID, subject, mistake, by, at, version, key)


@transaction.atomic
def refund(*, subject: str, mistake: Mistake, by: Staff, at: datetime, version: int, key: Once) -> Charge:
    """Give back a fee that was not owed: nothing is owed any more (退付).

    raises  as `void`
    law     行政许可法 §58, §59
    """
    return _undo(Act.REFUND, subject, mistake, by, at, version, key)


def _undo(act: Act, subject: str, mistake: Mistake, by: Staff, at: datetime, version: int, key: Once) -> Charge:
    if once.claim(key, by, f"charge.{act}", [subject, mistake, version], at=at, subject=subject) is not None:
        return queries.charge_for(by, subject)
    before = _opened(subject, act, by, at, version)
    if before.by == by.id:
        raise Refusal("payments.same_person")
    facts = {"way": before.way or "", "receipt": before.receipt, "cents": before.cents, "mistake": mistake}
    return _carry_out(before, Event(act, at, by.id, facts), by)


def _opened(subject: str, act: Act, by: Staff, at: datetime, version: int) -> Charge:
    """Lock the charge, then the clerk's day; refuse what may not be done at all."""
    before = queries.charge_for(by, subject, lock=True)
    expect(before.version, version, "payments.stale")
    move(before.status, act)
    if by.person is not None and by.person == before.party:
        raise Refusal("payments.party")
    if _till(before, by.id, day_of(at)).closed_at is not None:
        raise Refusal("payments.closed")
    return before


def _till(charge: Charge, clerk: int, day: date) -> TillRow:
    """Return the clerk's day, locked; it begins with the first act of the day."""
    number = till_number(charge.site, day, clerk)
    fresh = TillRow(number=number, division=charge.division, site=charge.site, day=day, clerk=clerk)
    TillRow.objects.bulk_create([fresh], ignore_conflicts=True)
    return TillRow.objects.select_for_update().get(number=number)


def _carry_out(before: Charge, event: Event, by: By) -> Charge:
    """Store the charge as it is after the event, with its entry and its posting."""
    charge = after(before, event)
    version = journal.record(
        kind="charge",
        subject=charge.subject,
        after=before.version,
        act=f"charge.{event.act}",
        by=by,
        at=event.at,
        facts={**event.facts},
    )
    charge = replace(charge, version=version)
    columns = queries.charge_columns(charge)
    if before.version:
        ChargeRow.objects.filter(subject=charge.subject).update(**columns)
    else:
        ChargeRow.objects.create(subject=charge.subject, **columns)
    _post(charge, event)
    return charge


def _post(charge: Charge, event: Event) -> None:
    line = posting(charge, event, day_of(event.at))
    if line is None:
        return
    PostingRow.objects.create(
        subject=line.subject,
        seq=line.seq,
        division=charge.division,
        site=line.site,
        day=line.day,
        clerk=line.clerk,
        act=line.act.value,
        way=line.way.value if line.way else "",
        receipt=line.receipt,
        cents=line.cents,
        at=line.at,
    )


# A clerk's day


@dataclass(frozen=True, slots=True)
class TillKey:
    """Which clerk's day is meant (日结)."""

    site: str
    day: date
    clerk: int

    @property
    def number(self) -> str:
        return till_number(self.site, self.day, self.clerk)


@transaction.atomic
def close_day(*, till: TillKey, counted_cents: int, by: Staff, at: datetime, version: int, key: Once) -> str:
    """Close a clerk's day with the cash that was counted; it takes no more (日结). Return the day's number.

    counted_cents  the cash in the drawer, in 分; a difference to the list is written down, not refused
    raises         NotFound; Refusal payments.day_stale, payments.day_closed, payments.counted, once.reused
    law            行政许可法 §59: what is collected goes to the treasury whole
    """
    inputs = [till.number, counted_cents, version]
    if once.claim(key, by, "till.close", inputs, at=at, subject=till.number) is not None:
        return till.number
    row = _locked(till, by)
    expect(row.version, version, "payments.day_stale")
    if row.closed_at is not None:
        raise Refusal("payments.day_closed")
    if counted_cents < 0:
        raise Refusal("payments.counted", fields={"counted": "payments.counted"})
    sums = tallies(queries.till_postings(till.site, till.day, till.clerk))
    _record_till(row, "till.close", by, at, {"counted_cents": counted_cents, "sums": tallies_facts(sums)})
    row.closed_by, row.closed_at, row.counted_cents = by.id, at, counted_cents
    row.save(update_fields=["closed_by", "closed_at", "counted_cents", "version"])
    return till.number


@transaction.atomic
def reopen_day(*, till: TillKey, by: Staff, at: datetime, version: int, key: Once) -> str:
    """Open a closed day again: by someone other than its clerk and who closed it (重开日结). Return the day's number.

    raises  NotFound; Refusal payments.day_stale, payments.not_closed, payments.same_person, once.reused
    law     行政许可法 §59
    """
    if once.claim(key, by, "till.reopen", [till.number, version], at=at, subject=till.number) is not None:
        return till.number
    row = _locked(till, by)
    expect(row.version, version, "payments.day_stale")
    if row.closed_at is None:
        raise Refusal("payments.not_closed")
    if by.id in (row.clerk, row.closed_by):
        raise Refusal("payments.same_person")
    _record_till(row, "till.reopen", by, at, {})
    row.closed_by = row.closed_at = row.counted_cents = None
    row.save(update_fields=["closed_by", "closed_at", "counted_cents", "version"])
    return till.number


def _locked(till: TillKey, by: Staff) -> TillRow:
    row = TillRow.objects.select_for_update().filter(number=till.number).first()
    if row is None or not queries.stands_at(by, row.site):
        raise NotFound(till.number)
    return row


def _record_till(row: TillRow, act: str, by: Staff, at: datetime, facts: dict[str, Any]) -> None:
    row.version = journal.record(kind="till", subject=row.number, after=row.version, act=act, by=by, at=at, facts=facts)
