"""What is noted of a person's right to act for others, and of others' to act for them (代办关系): for the counter."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q

from onewindow.accounts import models
from onewindow.accounts.queries.people import identities
from onewindow.accounts.queries.standing import birth_of_ward
from onewindow.accounts.rules import Basis, Duty, Guardianship, Need, Proof, Staff, guards_on
from onewindow.core.errors import NotFound

MOST = 50
"""Of each kind, the latest; nobody acts for more at once."""


class State(StrEnum):
    """Whether a note is good today (效力)."""

    GOOD = "good"  # 有效
    LATER = "later"  # 尚未开始
    OVER = "over"  # 已到期
    ENDED = "ended"  # 已终止


@dataclass(frozen=True, slots=True)
class Noted:
    """A guardianship, a letter or an office, as it was noted (登记的代办关系).

    person     who acts
    principal  for whom, None for a firm
    names      a person's is open here, pages mask it; a firm's is public
    """

    basis: Basis
    id: int
    version: int
    state: State
    person: int
    principal: int | None
    firm: str
    firm_name: str
    at: datetime
    from_on: date | None = None
    until_on: date | None = None
    ended_at: datetime | None = None
    items: frozenset[str] = frozenset()
    relation: Guardianship | None = None
    need: Need | None = None
    proof: Proof | None = None
    on_paper: bool = False
    person_name: str = field(default="", repr=False)
    principal_name: str = field(default="", repr=False)


def noted_of_for(asker: Staff, person: int, today: date) -> list[Noted]:
    """Return what stands and stood of a person at the counter, what is good first: what they may do for others, what
    others may do for them, and the offices and letters of a firm that they represent (代办关系).

    raises   NotFound for who takes nothing in, and for oneself
    queries  4
    """
    if not asker.has(Duty.INTAKE) or asker.person == person:
        raise NotFound(asker.key)
    represented = Q(
        firm__in=models.FirmRole.objects.filter(
            person=person, role=Basis.LEGAL_REP.value, ended_at__isnull=True
        ).values("firm")
    )
    found = [
        *_guardianships(Q(guardian=person) | Q(ward=person), today),
        *_letters(Q(agent=person) | Q(principal=person) | represented, today),
        *_offices(Q(person=person) | represented),
    ]
    people = identities({one for each in found for one in (each.person, each.principal) if one is not None})
    names = {pk: who.name for pk, who in people.items()}
    order = list(State)
    told = [
        replace(each, person_name=names.get(each.person, ""), principal_name=names.get(each.principal or 0, ""))
        for each in found
    ]
    return sorted(told, key=lambda each: order.index(each.state))


def _guardianships(which: Q, today: date) -> list[Noted]:
    rows = models.Guardianship.objects.filter(which).select_related("ward").order_by("-noted_at", "-pk")[:MOST]
    return [
        Noted(
            basis=Basis.GUARDIAN,
            id=row.pk,
            version=row.version,
            state=_state(row.ended_at, good=guards_on(Need(row.need), birth_of_ward(row), today)),
            person=row.guardian_id,
            principal=row.ward_id,
            firm="",
            firm_name="",
            at=row.noted_at,
            ended_at=row.ended_at,
            relation=Guardianship(row.relation),
            need=Need(row.need),
            proof=Proof(row.proof),
            on_paper=True,
        )
        for row in rows
    ]


def _letters(which: Q, today: date) -> list[Noted]:
    rows = models.Authority.objects.filter(which).select_related("firm").order_by("-given_at", "-pk")[:MOST]
    return [
        Noted(
            basis=Basis.LETTER,
            id=row.pk,
            version=row.version,
            state=_state(row.ended_at, good=row.until_on > today, later=row.from_on > today),
            person=row.agent_id,
            principal=row.principal_id,
            firm=row.firm.code if row.firm else "",
            firm_name=row.firm.name if row.firm else "",
            at=row.given_at,
            from_on=row.from_on,
            until_on=row.until_on,
            ended_at=row.ended_at,
            items=frozenset(row.items.split()),
            on_paper=row.on_paper,
        )
        for row in rows
    ]


def _offices(which: Q) -> list[Noted]:
    rows = models.FirmRole.objects.filter(which).select_related("firm").order_by("-granted_at", "-pk")[:MOST]
    return [
        Noted(
            basis=Basis(row.role),
            id=row.pk,
            version=row.version,
            state=_state(row.ended_at, good=True),
            person=row.person_id,
            principal=None,
            firm=row.firm.code,
            firm_name=row.firm.name,
            at=row.granted_at,
            ended_at=row.ended_at,
            proof=Proof(row.proof) if row.proof else None,
            on_paper=bool(row.proof),
        )
        for row in rows
    ]


def _state(ended_at: datetime | None, *, good: bool, later: bool = False) -> State:
    if ended_at is not None:
        return State.ENDED
    return State.LATER if later else State.GOOD if good else State.OVER
