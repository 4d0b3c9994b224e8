"""Taking in at the counter (窗口收件): one sitting, several items, handed in together; then accepted together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Applicant, Basis, Duty, Staff
from onewindow.cases import queries
from onewindow.cases.commands import store
from onewindow.cases.commands.acts import accept
from onewindow.cases.commands.revising import Handed
from onewindow.cases.commands.submit import ACT, Party, examine, keep, party_of
from onewindow.cases.queries.sittings import missing_of_for, sitting_for, taken_of
from onewindow.cases.rules import Stage
from onewindow.cases.rules.counter import MOST_ITEMS, SEEN, Taken, not_left_out, paper_name
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from onewindow.core import once
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound, Refusal, expect
from onewindow.core.once import Once

DESK = "desk"


@dataclass(frozen=True, slots=True)
class Applied:
    """One item of a sitting, as it is handed in."""

    item: str
    answers: Mapping[str, Any]
    fields: Mapping[str, str]
    papers: Sequence[Handed]


@transaction.atomic
def hand_in_sitting(
    *, by: Staff, number: str, at: datetime, version: int, key: Once, fields: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Hand in all items of a sitting, once, and return the numbers of their cases; all of them or none (一并收件).

    A second sending - a double click, another tab - meets the same cases.

    fields  the statements that the applicant confirmed
    raises  NotFound; Refusal sitting.stale and those of `receive`
    """
    sitting = sitting_for(by, number, lock=True)
    if sitting.done_at is not None:
        return tuple(sitting.cases.split())
    expect(sitting.version, version, "sitting.stale")
    taken = taken_of(sitting)
    taken = replace(taken, fields={**taken.fields, **(fields or {})})
    cases = receive(
        by=by,
        person=sitting.person,
        acts_for=taken.acts_for,
        helper=taken.helper,
        items=[_applied(item, taken) for item in items_of(taken)],
        site=sitting.site,
        at=at,
        key=key,
    )
    sitting.taken, sitting.cases, sitting.done_at, sitting.saved_at = b"", " ".join(cases), at, at
    sitting.version += 1
    sitting.save(update_fields=["taken", "cases", "done_at", "saved_at", "version"])
    return cases


@transaction.atomic
def receive(
    *,
    by: Staff,
    person: int,
    items: Sequence[Applied],
    site: str,
    at: datetime,
    key: Once,
    acts_for: str = "",
    helper: int | None = None,
) -> tuple[str, ...]:
    """Take in several applications of a person who stands at the counter, all or none; return their numbers (窗口收件).

    person    who stands there, known by the document they showed
    acts_for  key of the standing by which they act for another, "" for themselves
    helper    id of the colleague who helps (帮办)
    raises    NotFound (item, site, person); Refusal case.duty, case.party, case.agent, case.helper, case.items.none,
              case.items.many and those of `submit`
    law       行政许可法 §29, §32; 公务员法 §76; 民法典 §161
    """
    told = [person, acts_for, helper, site, [_inputs(each) for each in items]]
    own = [Once(sha256(f"{key.key} {place}".encode()).hexdigest()) for place in range(len(items))]
    if items and (done := once.answered(own[0], by, ACT, [told, 0])):
        return (done, *(once.answered(each, by, ACT, [told, place]) or "" for place, each in enumerate(own) if place))
    at_site(by, site)
    side = side_of(person, acts_for, at)
    party = party_of(side, helper)
    no_party(by, party.person, party.agent, person)
    if helper is not None:
        check_helper(helper, site, at, party)
    check_items([each.item for each in items])
    ready = [examine(by, side, party, each.item, site, each.answers, each.fields, each.papers, at) for each in items]
    numbers = []
    for place, whole in enumerate(ready):
        day = day_of(at)
        serial = store.take(own[place], by, ACT, [told, place], at, f"case:{site}:{day:%Y%m%d}")
        if not serial:
            return tuple(once.answered(each, by, ACT, [told, at_]) or "" for at_, each in enumerate(own))
        number = f"{site}-{day:%Y%m%d}-{serial:05d}"
        with transaction.atomic():  # in a savepoint `keep` leaves the end of the transaction to us
            keep(number, whole, by, at, own[place])
        numbers.append(number)
    return tuple(numbers)


@transaction.atomic
def accept_complete(*, by: Staff, number: str, at: datetime, key: Once) -> tuple[str, ...]:
    """Accept every case of a sitting whose papers are all there and that nobody has acted on; return them (一并受理).

    raises  NotFound; Refusal those of `accept`
    law     行政许可法 §32(五)
    """
    cases = sitting_for(by, number).cases.split()
    lacking = missing_of_for(by, cases)
    accepted = []
    for each in sorted(cases):
        case = queries.case_for(by, each, lock=True)
        if case.stage != Stage.RECEIVED.value or lacking[each]:
            continue
        own = Once(sha256(f"{key.key} {each}".encode()).hexdigest())
        accept(number=each, by=by, at=at, version=case.version, key=own)
        accepted.append(each)
    return tuple(accepted)


def items_of(taken: Taken) -> list[items.Item]:
    """Return the items of a sitting as they are now (所选事项)."""
    return [catalogue.item(code) for code in taken.items]


def check_items(codes: Sequence[str]) -> tuple[str, ...]:
    """Return the items, each once, that may be handed in together.

    raises  NotFound; Refusal case.items.none, case.items.many, catalogue.closed
    """
    chosen = tuple(dict.fromkeys(codes))
    if not chosen:
        raise Refusal("case.items.none", fields={"items": "case.items.none"})
    if len(chosen) > MOST_ITEMS:
        raise Refusal("case.items.many", most=MOST_ITEMS)
    for code in chosen:
        if catalogue.item(code).closed:
            raise Refusal("catalogue.closed", item=code)
    return chosen


def _applied(item: items.Item, taken: Taken) -> Applied:
    """Return one item of the sitting as it is handed in; a paper that is missing counts as still to be brought."""
    plan = items.outcome(item, taken.answers_of(item.code))
    given = taken.papers.get(item.code, {})
    papers = []
    for need in not_left_out(plan.wanted, given.keys()):
        state = given.get(paper_name(need), "")
        papers.append(Handed(need.key, need.holder, "" if state == SEEN else state, seen=state == SEEN))
    fields = {field.key: taken.fields[field.key] for field in plan.fields if taken.fields.get(field.key)}
    return Applied(item.code, taken.answers_of(item.code), fields, papers)


def _inputs(each: Applied) -> list[Any]:
    papers = [[paper.key, paper.holder, paper.file, paper.seen] for paper in each.papers]
    return [each.item, dict(each.answers), dict(each.fields), papers]


def at_site(by: Staff, site: str) -> None:
    """Refuse a clerk who takes nothing in at the site.

    raises  Refusal case.duty
    """
    if not by.may(Duty.INTAKE, site):
        raise Refusal("case.duty", act="submit")


def no_party(by: Staff, *people_: int | None) -> None:
    """Refuse a clerk's own affairs (回避).

    law  公务员法 §76
    """
    if by.person is not None and by.person in people_:
        raise Refusal("case.party")


def side_of(person: int, acts_for: str, at: datetime) -> Applicant:
    """Return who applies: the person, or the person for another by a standing that is good today."""
    resident = accounts.resident_asker(person, 2, DESK)
    if not acts_for:
        return resident
    basis, _, ground = acts_for.partition("-")
    try:
        return accounts.agent_asker(resident, Basis(basis), int(ground), day_of(at))
    except (NotFound, ValueError) as error:
        raise Refusal("case.agent", fields={"acts_for": "case.agent"}) from error


def check_helper(helper: int, site: str, at: datetime, party: Party | None = None) -> None:
    """Refuse a helper who takes no papers in at the site today, or is a party."""
    try:
        colleague = accounts.staff_asker(helper, day_of(at))
    except NotFound:
        colleague = None
    parties = (party.person, party.agent) if party else ()
    own = colleague is not None and colleague.person is not None and colleague.person in parties
    if colleague is None or own or not colleague.may(Duty.INTAKE, site):
        raise Refusal("case.helper", fields={"helper": "case.helper"})
