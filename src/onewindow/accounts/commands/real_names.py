"""Known by real name (实名): by a service of identities, or by the document that a clerk has seen."""

from __future__ import annotations

import hmac
from datetime import datetime

from django.db import IntegrityError, transaction

from onewindow.accounts import models, queries, rules
from onewindow.accounts.commands.persons import register
from onewindow.accounts.gateways import Begun, OidcFault, Provider
from onewindow.accounts.rules import ClaimNames, Duty, IdType, Public, Resident, Shown, Staff
from onewindow.core import journal, keys, once
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound, Refusal
from onewindow.core.once import Once

LEVEL = 2
SEEN, WHY = "document", "窗口核验证件"


def go_for_name(*, provider: Provider, begun: Begun, back: str) -> str:
    """Return the address of the service of identities for one going there (去实名登录).

    back    where it shall lead to, with its answer
    raises  Refusal accounts.real_name
    """
    try:
        return provider.address(begun, back)
    except OidcFault as fault:
        raise Refusal("accounts.real_name", fault=fault.code) from None


def sign_in_by_name(
    *,
    provider: Provider,
    names: ClaimNames,
    begun: Begun | None,
    state: str,
    code: str,
    back: str,
    by: Public | Resident,
    at: datetime,
) -> Resident:
    """Return who comes back from the service of identities, by what it says of them (实名登录, level 2).

    The same identity is the same person. Who came in by a code to their phone in this session, and is known by that
    alone, is from now on known by the identity too; where somebody else has it already, that one is who comes in.
    Outside a transaction: the service is asked before anything is written.

    begun   what this browser was given on its way there
    by      who the session says that comes back
    raises  Refusal accounts.real_name, accounts.real_name.short, accounts.real_name.kind, accounts.name,
            accounts.identity.*, accounts.name_differs
    """
    if begun is None or not code or not hmac.compare_digest(begun.state.encode(), state.encode()):
        raise Refusal("accounts.real_name", fault="state")
    try:
        claims = provider.claims(begun, code=code, back=back, at=at, wanted=names.wanted)
    except OidcFault as fault:
        raise Refusal("accounts.real_name", fault=fault.code) from None
    shown = rules.shown_by(claims, names, day_of(at))
    return queries.resident_asker(_known(shown, by, at), LEVEL, "web")


@transaction.atomic
def verify_at_counter(
    *,
    by: Staff,
    name: str,
    id_type: IdType,
    id_number: str,
    at: datetime,
    key: Once,
    phone: str = "",
    person: int | None = None,
) -> int:
    """Note that a clerk has seen the person's document, and return their id: known by real name from now on (窗口核验).

    person  who stands there by what they are known by until now, if not by this identity
    phone   kept where none was known yet
    raises  NotFound; Refusal accounts.own_document, accounts.name, accounts.identity.*, accounts.phone,
            accounts.name_differs, once.reused
    law     行政许可法 §29; 居民身份证法 §13, §14
    """
    if not by.has(Duty.INTAKE):
        raise NotFound(by.key)
    number = rules.check_identity(id_type, id_number, day_of(at))
    phone = rules.check_mobile(phone) if phone else ""
    shown = Shown(id_type, rules.check_name(name), number, phone)
    if done := once.claim(key, by, "person.verify", [shown.name, id_type, number, phone, person], at=at):
        return int(done)
    known = _raised(person, shown, by, at) if person is not None else None
    if known is None:
        known = register(name=name, id_type=id_type, id_number=id_number, phone=phone, by=by, at=at)
        row = models.Person.objects.select_for_update().get(pk=known)
        _verified(row, shown, by, at)
        row.save(update_fields=["version"])
    if known == by.person:
        raise Refusal("accounts.own_document")
    models.ReadLog.objects.create(
        person_id=known, reader=by.key, staff=by.staff, office=by.office, what=SEEN, why=WHY, at=at
    )
    once.settle(key, by, "person.verify", str(known))
    return known


def _known(shown: Shown, by: Public | Resident, at: datetime) -> int:
    """Return the person with this identity: known before, or who asks, or registered now."""
    if isinstance(by, Resident):
        try:
            raised = _raised(by.person, shown, by, at)
        except IntegrityError:  # registered by somebody else at this very moment
            raised = None
        if raised is not None:
            return raised
    phone = {"phone": shown.phone} if shown.phone else {}
    return register(name=shown.name, id_type=shown.id_type, id_number=shown.id_number, by=by, at=at, **phone)


@transaction.atomic
def _raised(person: int, shown: Shown, by: Resident | Staff, at: datetime) -> int | None:
    """Know somebody by an identity who was known by their phone alone; None where either is not so any more."""
    lookup = queries.person_lookup(shown.id_type, shown.id_number)
    row = models.Person.objects.select_for_update().filter(pk=person, level=1, id_lookup__isnull=True).first()
    if row is None or models.Person.objects.filter(id_lookup=lookup).exists():
        return None
    row.name = keys.seal(queries.PERSONS, "name", row.pk, shown.name)
    row.name_lookup = queries.name_lookup(shown.name)
    row.id_type, row.id_lookup, row.level = shown.id_type.value, lookup, LEVEL
    row.id_number = keys.seal(queries.PERSONS, "id_number", row.pk, shown.id_number)
    _verified(row, shown, by, at)
    row.save()
    return row.pk


def _verified(row: models.Person, shown: Shown, by: Resident | Staff, at: datetime) -> None:
    facts = {"id_type": shown.id_type, "level": LEVEL}
    row.version = journal.record(
        kind="person", subject=str(row.pk), after=row.version, act="person.verify", by=by, at=at, facts=facts
    )
