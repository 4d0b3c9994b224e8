"""What the tests of cases share: an application for CG04 that may be handed in, and the way through its life."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from onewindow.accounts import commands as people
from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Guardianship, IdType, Need, Proof, Resident, Staff, identity_number
from onewindow.cases import commands, queries
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from onewindow.core.clock import SHANGHAI
from onewindow.core.once import Once
from onewindow.jobs.demo_forms import typed
from onewindow.jobs.demo_people import Neighbour
from onewindow.payments import commands as takings
from onewindow.payments import queries as payments
from onewindow.payments.rules import Way
from tests.cast import LANES, Cast

ANSWERS = {
    "vehicle_class": "small_car",
    "traded_at": "destination",
    "acquired_by": "purchase",
    "owner_kind": "resident_local",
    "owner_capacity": "adult",
    "inspection": "valid",
    "customs": "free",
    "lien": "none",
    "by_agent": "self",
}
MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=SHANGHAI)
HOUR = timedelta(hours=1)
_serial = itertools.count(1)


def key() -> Once:
    """Return a key that no other POST of this run has."""
    return Once(f"test-key-{next(_serial):06d}")


def neighbour(by: Resident) -> Neighbour:
    """Return a person as their own papers say."""
    own = accounts.profile_for(by)
    return Neighbour(own.person, own.name, own.id_type, own.id_number, own.phone)


def application(by: Resident, *, item: str = "CG04", at: datetime = MONDAY, **changes: Any) -> dict[str, Any]:
    """Return what `submit` takes, right in every field."""
    found = catalogue.item(item, catalogue.current_edition())
    answers = dict(ANSWERS) if item == "CG04" else {}
    while asked := items.next_questions(found, answers):
        answers[asked[0].key] = asked[0].values()[0]
    whole = {
        "by": by,
        "item": item,
        "site": LANES,
        "answers": answers,
        "fields": typed(found, answers, neighbour(by), Random(1), at),
        "papers": [commands.Handed(need.key, need.holder) for need in items.wanted_papers(found, answers)],
        "at": at,
        "key": key(),
    }
    return {**whole, **changes}


def submit(by: Resident, **changes: Any) -> str:
    """Hand in an application and return its number."""
    return commands.submit(**application(by, **changes))


def settle(number: str, by: Staff, at: datetime) -> None:
    """Take the case's fee in cash at the counter, where one is owed."""
    charge = payments.charge_of(number)
    if charge is not None and not charge.settled:
        takings.take(subject=number, way=Way.CASH, by=by, at=at, version=charge.version, key=key())


def go(number: str, cast: Cast, *acts: str, start: datetime = MONDAY, step: timedelta = HOUR) -> queries.Case:
    """Carry a case through acts, an hour apart, each by who may."""
    case = queries.case_for(cast.clerk, number)
    for place, act in enumerate(acts, 1):
        by = cast.reviewer if act in ("review", "approve", "refuse", "make") else cast.clerk
        at = start + step * place
        more: dict[str, Any] = {
            "check": {"held_at": at - timedelta(minutes=5), "passed": True},
            "review": {"remark": "材料齐全"},
            "refuse": {"reasons": ["unsettled"], "remark": "有一起违法未处理"},
            "deliver": {"way": "counter", "receipt": "李强"},
        }.get(act, {})
        if act in ("make", "deliver"):
            settle(number, cast.clerk, at)
        case = getattr(commands, act)(number=number, by=by, at=at, version=case.version, key=key(), **more)
    return case


def child(cast: Cast) -> int:
    """The child of 李强, registered and noted by a clerk who saw the household booklet."""
    ward = people.register(
        name="李小乐",
        id_type=IdType.RESIDENT_ID,
        id_number=identity_number("149900", date(2015, 6, 1), 12),
        by=cast.clerk,
        at=MONDAY,
    )
    people.note_guardian(
        guardian=cast.applicant.person,
        ward=ward,
        relation=Guardianship.PARENT,
        need=Need.MINOR,
        proof=Proof.HOUSEHOLD_BOOKLET,
        by=cast.clerk,
        at=MONDAY,
        key=key(),
    )
    return ward
