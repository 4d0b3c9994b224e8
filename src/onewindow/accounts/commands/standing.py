"""Guardians and letters of authority: who may act for another person, noted, given, ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from onewindow.accounts import models, queries, rules
from onewindow.accounts.queries.standing import GUARDIANSHIPS
from onewindow.accounts.rules import Agent, Applicant, Basis, Duty, Guardianship, IdType, Need, Proof, Staff, System
from onewindow.core import journal, keys, once
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound, Refusal, expect
from onewindow.core.once import Once


@transaction.atomic
def note_guardian(
    *,
    guardian: int,
    ward: int,
    relation: Guardianship,
    need: Need,
    proof: Proof,
    by: Staff | System,
    at: datetime,
    key: Once,
    ward_born_on: date | None = None,
) -> int:
    """Note that a person guards another, from a document seen at the counter, and return its id (登记监护关系).

    ward_born_on  where the ward's number does not say it (passport, birth certificate)
    raises        NotFound; Refusal accounts.guardian (fault: relation, young, ward, proof, twice), once.reused
    law           民法典 §23, §27, §28, §30, §31
    """
    inputs = [guardian, ward, relation, need, proof, ward_born_on]
    if done := once.claim(key, by, "guardianship.note", inputs, at=at):
        return int(done)
    _at_counter(by, guardian, ward)
    known = queries.identities([guardian, ward])
    if guardian == ward or len(known) < 2 or any(each.level < 2 for each in known.values()):
        raise NotFound("guardian")
    told = rules.birth_of(known[ward].id_number)
    birth = told or ward_born_on
    fault = "" if proof.shows(firm=False) else "proof"
    fault = fault or rules.guardian_fault(relation, need, rules.birth_of(known[guardian].id_number), birth, day_of(at))
    if not fault and models.Guardianship.objects.filter(guardian=guardian, ward=ward, ended_at__isnull=True).exists():
        fault = "twice"
    if fault:
        raise Refusal("accounts.guardian", fault=fault)
    row = models.Guardianship.objects.create(
        guardian_id=guardian,
        ward_id=ward,
        relation=relation.value,
        need=need.value,
        proof=proof.value,
        noted_at=at,
        version=1,
    )
    if told is None and birth is not None:
        row.born_on = keys.seal(GUARDIANSHIPS, "born_on", row.pk, birth.isoformat())
        row.save(update_fields=["born_on"])
    facts = {"guardian": guardian, "ward": ward, "relation": relation, "need": need, "proof": proof}
    _record("guardianship", row.pk, 0, "guardianship.note", by=by, at=at, facts=facts)
    once.settle(key, by, "guardianship.note", str(row.pk))
    return row.pk


@transaction.atomic
def end_guardian(*, guardianship: int, by: Staff | System, at: datetime, version: int, key: Once) -> None:
    """Note that a guardianship has ended before its time (监护关系终止).

    raises  NotFound; Refusal stale, accounts.ended, once.reused
    law     民法典 §36, §39
    """
    if once.claim(key, by, "guardianship.end", [guardianship], at=at, subject=str(guardianship)):
        return
    row = models.Guardianship.objects.select_for_update().filter(pk=guardianship).first()
    if row is None:
        raise NotFound(str(guardianship))
    _at_counter(by, row.guardian_id, row.ward_id)
    _end(row, "guardianship", "guardianship.end", by=by, at=at, version=version)


@transaction.atomic
def give_letter(
    *,
    agent: int,
    items: Iterable[str],
    from_on: date,
    until_on: date,
    by: Applicant | Staff | System,
    at: datetime,
    key: Once,
    principal: int | None = None,
    firm: str = "",
) -> int:
    """Let a person act for another and return the letter's id (出具授权委托书).

    Given on line by the person themselves (level 2) or by a firm's legal representative, or noted by a clerk who saw
    the signed paper. An agent by letter lets nobody else act: that needs the principal (民法典 §169).

    agent      a person known by real name
    items      codes that it is good for; none: all that the principal may do
    until_on   the first day on which it is good no more
    principal  the person, or `firm` the firm's code, where a clerk notes it; else whoever asks
    raises     NotFound; Refusal accounts.span, accounts.letter_items, accounts.agent, accounts.agent_self, once.reused
    law        民法典 §161, §162, §165, §169; 行政许可法 §29
    """
    scope = rules.item_scope(items)
    if done := once.claim(key, by, "authority.give", [agent, scope, from_on, until_on, principal, firm], at=at):
        return int(done)
    person, house = _principal(by, principal, firm)
    if until_on <= from_on or until_on <= day_of(at):
        raise Refusal("accounts.span", fields={"until_on": "accounts.span"})
    if agent == person:
        raise Refusal("accounts.agent_self")
    if isinstance(by, Staff) and by.person == agent:
        raise NotFound(str(agent))
    if not models.Person.objects.filter(pk=agent, level=2).exists():
        raise Refusal("accounts.agent")
    row = models.Authority.objects.create(
        principal_id=person,
        firm=house,
        agent_id=agent,
        items=scope,
        from_on=from_on,
        until_on=until_on,
        on_paper=isinstance(by, Staff),
        given_at=at,
        version=1,
    )
    facts = {
        "principal": person,
        "firm": house.code if house else "",
        "agent": agent,
        "items": scope.split(),
        "from_on": from_on,
        "until_on": until_on,
        "on_paper": row.on_paper,
    }
    _record("authority", row.pk, 0, "authority.give", by=by, at=at, facts=facts)
    once.settle(key, by, "authority.give", str(row.pk))
    return row.pk


@transaction.atomic
def give_letter_to(
    *,
    agent_name: str,
    agent_id_type: IdType,
    agent_id_number: str,
    items: Iterable[str],
    from_on: date,
    until_on: date,
    by: Applicant,
    at: datetime,
    key: Once,
) -> int:
    """Let the person with this name and identity act, and return the letter's id (网上出具授权委托书).

    Name and number must both be those of someone known by real name; which of them is wrong is not said.

    raises  NotFound; Refusal as give_letter; accounts.identity.*, accounts.name
    law     民法典 §165: the letter names the agent
    """
    agent = _known_by(agent_name, agent_id_type, agent_id_number, at)
    return give_letter(agent=agent, items=items, from_on=from_on, until_on=until_on, by=by, at=at, key=key)


@transaction.atomic
def revoke_letter(*, letter: int, by: Applicant | Staff | System, at: datetime, version: int, key: Once) -> None:
    """End a letter of authority at once: the principal takes it back, or the agent lays it down (撤销委托、辞去委托).

    raises  NotFound; Refusal stale, accounts.ended, once.reused
    law     民法典 §173(二)
    """
    if once.claim(key, by, "authority.end", [letter], at=at, subject=str(letter)):
        return
    row = models.Authority.objects.select_for_update(of=("self",)).select_related("firm").filter(pk=letter).first()
    if row is None:
        raise NotFound(str(letter))
    own = not isinstance(by, Staff | System) and by.person == row.agent_id
    if not own:
        _principal(by, row.principal_id, row.firm.code if row.firm else "")
    _end(row, "authority", "authority.resign" if own else "authority.revoke", by=by, at=at, version=version)


@transaction.atomic
def note_legal_rep(*, firm: str, person: int, proof: Proof, by: Staff | System, at: datetime, key: Once) -> int:
    """Note who is a firm's legal representative, from its licence seen at the counter (登记法定代表人).

    Who was it before is it no more from this instant.

    raises  NotFound; Refusal accounts.proof, once.reused
    law     民法典 §61
    """
    if done := once.claim(key, by, "firm_role.note", [firm, person, proof], at=at):
        return int(done)
    _at_counter(by, person)
    if not proof.shows(firm=True):
        raise Refusal("accounts.proof")
    house = _firm(firm, lock=True)
    before = models.FirmRole.objects.filter(firm=house, role=Basis.LEGAL_REP.value, ended_at__isnull=True).first()
    if before is not None and before.person_id == person:
        once.settle(key, by, "firm_role.note", str(before.pk))
        return before.pk
    if before is not None:
        _end(before, "firm_role", "firm_role.end", by=by, at=at, version=before.version)
    row = _role(house, person, Basis.LEGAL_REP, proof.value, by=by, at=at)
    once.settle(key, by, "firm_role.note", str(row))
    return row


@transaction.atomic
def grant_operator(*, firm: str, person: int, by: Agent | Staff | System, at: datetime, key: Once) -> int:
    """Let a person handle a firm's business, by its legal representative or at the counter (设经办人).

    raises  NotFound; Refusal accounts.agent, once.reused
    law     民法典 §170
    """
    if done := once.claim(key, by, "firm_role.grant", [firm, person], at=at):
        return int(done)
    _principal(by, None, firm)
    if isinstance(by, Staff):
        _at_counter(by, person)
    house = _firm(firm, lock=True)
    held = models.FirmRole.objects.filter(
        firm=house, person=person, role=Basis.OPERATOR.value, ended_at__isnull=True
    ).first()
    row = held.pk if held else _role(house, person, Basis.OPERATOR, "", by=by, at=at)
    once.settle(key, by, "firm_role.grant", str(row))
    return row


@transaction.atomic
def grant_operator_to(
    *, agent_name: str, agent_id_type: IdType, agent_id_number: str, by: Agent, at: datetime, key: Once
) -> int:
    """Let the person with this name and identity handle the firm's business (网上设经办人).

    raises  NotFound; Refusal as grant_operator; accounts.identity.*, accounts.name
    law     民法典 §170
    """
    person = _known_by(agent_name, agent_id_type, agent_id_number, at)
    return grant_operator(firm=by.firm, person=person, by=by, at=at, key=key)


@transaction.atomic
def end_firm_role(*, role: int, by: Agent | Staff | System, at: datetime, version: int, key: Once) -> None:
    """End what a person may do for a firm: by its legal representative, or at the counter (撤销经办人).

    raises  NotFound; Refusal stale, accounts.ended, once.reused
    law     民法典 §61, §170
    """
    if once.claim(key, by, "firm_role.end", [role], at=at, subject=str(role)):
        return
    row = models.FirmRole.objects.select_for_update(of=("self",)).select_related("firm").filter(pk=role).first()
    if row is None or (isinstance(by, Agent) and row.role == Basis.LEGAL_REP.value):
        raise NotFound(str(role))
    _principal(by, None, row.firm.code)
    _end(row, "firm_role", "firm_role.end", by=by, at=at, version=version)


def _role(house: models.Firm, person: int, basis: Basis, proof: str, *, by: journal.By, at: datetime) -> int:
    if not models.Person.objects.filter(pk=person, level=2).exists():
        raise Refusal("accounts.agent")
    row = models.FirmRole.objects.create(
        firm=house, person_id=person, role=basis.value, proof=proof, granted_at=at, version=1
    )
    facts = {"firm": house.code, "person": person, "role": basis, "proof": proof}
    _record("firm_role", row.pk, 0, "firm_role.grant", by=by, at=at, facts=facts)
    return row.pk


def _principal(
    by: Applicant | Staff | System, principal: int | None, firm: str
) -> tuple[int | None, models.Firm | None]:
    """Return for whom a letter speaks; whoever has no right to give it does not know of it."""
    if isinstance(by, Staff | System):
        if (principal is None) == (firm == ""):
            raise NotFound("principal")
        _at_counter(by, *([principal] if principal else []))
        if principal is not None and not models.Person.objects.filter(pk=principal, level=2).exists():
            raise NotFound(str(principal))
        return principal, _firm(firm) if firm else None
    if by.level < 2:
        raise NotFound(by.key)
    if isinstance(by, Agent):
        if by.basis is not Basis.LEGAL_REP or firm not in ("", by.firm) or principal is not None:
            raise NotFound(by.key)
        return None, _firm(by.firm)
    if firm or principal not in (None, by.person):
        raise NotFound(by.key)
    return by.person, None


def _at_counter(by: Staff | System, *parties: int) -> None:
    """Let a clerk note it who is no party to it, and the house for a demo's data."""
    if isinstance(by, System):
        return
    if not by.has(Duty.INTAKE) or by.person in parties:
        raise NotFound(by.key)


def _firm(code: str, *, lock: bool = False) -> models.Firm:
    rows = models.Firm.objects.select_for_update() if lock else models.Firm.objects.all()
    row = rows.filter(code=rules.plain(code)).first()
    if row is None:
        raise NotFound(code)
    return row


Row = models.Guardianship | models.Authority | models.FirmRole


def _end(row: Row, kind: str, act: str, *, by: journal.By, at: datetime, version: int) -> None:
    expect(row.version, version)
    if row.ended_at is not None:
        raise Refusal("accounts.ended")
    row.ended_at = at
    row.version = _record(kind, row.pk, row.version, act, by=by, at=at, facts={"ended_at": at})
    row.save(update_fields=["ended_at", "version"])


def _record(kind: str, row: int, after: int, act: str, *, by: journal.By, at: datetime, facts: dict[str, Any]) -> int:
    return journal.record(kind=kind, subject=str(row), after=after, act=act, by=by, at=at, facts=facts)


def _known_by(name: str, id_type: IdType, number: str, at: datetime) -> int:
    """Return the person with this name and identity; which of them is wrong is not said."""
    plain = _in_field("agent_id_number", lambda: rules.check_identity(id_type, number, day_of(at)))
    written = _in_field("agent_name", lambda: rules.check_name(name))
    person = queries.person_of_identity(id_type, plain)
    if person is None or queries.name_of(person) != written:
        raise Refusal("accounts.agent", fields={"agent_id_number": "accounts.agent"})
    return person


def _in_field(name: str, check: Any) -> str:
    try:
        text: str = check()
    except Refusal as refusal:
        raise Refusal(refusal.code, fields={name: refusal}) from refusal
    return text
