"""Persons and firms: who is registered, and how they are reached."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from onewindow.accounts import models, queries, rules
from onewindow.accounts.rules import Duty, IdType, Public, Resident, Staff, System
from onewindow.core import journal, keys
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound, Refusal

Actor = Public | Resident | Staff | System


@transaction.atomic
def register(*, name: str, id_type: IdType, id_number: str, phone: str = "", by: Actor, at: datetime) -> int:
    """Register a person by their identity and return their id (实名登记); the same identity is the same person.

    phone   kept where none was known yet; a known one is changed by `change_phone` alone
    raises  Refusal accounts.name, accounts.identity.*, accounts.phone, accounts.name_differs
    """
    name, number = rules.check_name(name), rules.check_identity(id_type, id_number, day_of(at))
    phone = rules.check_mobile(phone) if phone else ""
    person = _new_person()
    row, new = models.Person.objects.get_or_create(
        id_lookup=queries.person_lookup(id_type, number),
        defaults={
            "id": person,
            "name": keys.seal(queries.PERSONS, "name", person, name),
            "name_lookup": queries.name_lookup(name),
            "id_type": id_type.value,
            "id_number": keys.seal(queries.PERSONS, "id_number", person, number),
            **_phone(person, phone),
            "level": 2,
            "registered_at": at,
            "version": 1,
        },
    )
    if not new:
        if row.name_lookup != queries.name_lookup(name):
            raise Refusal("accounts.name_differs")
        return row.pk
    _record(row, by=by, at=at, facts={"id_type": id_type.value, "level": 2, "phone": bool(phone)})
    return row.pk


@transaction.atomic
def register_phone(*, phone: str, by: Actor, at: datetime) -> int:
    """Return the id of who came in by a code to this phone before, registered now if new (手机号登记, level 1).

    Only for a caller who has just seen such a code. Who is known by this phone from a counter or from elsewhere is not
    meant: numbers are given out again, and families share them.

    raises  Refusal accounts.phone
    """
    phone = rules.check_mobile(phone)
    person = _new_person()
    row, new = models.Person.objects.get_or_create(
        phone_lookup=queries.phone_lookup(phone),
        phone_proved=True,
        defaults={"id": person, **_phone(person, phone), "level": 1, "registered_at": at, "version": 1},
    )
    if new:
        _record(row, by=by, at=at, facts={"id_type": "", "level": 1, "phone": True})
    return row.pk


@transaction.atomic
def change_phone(*, person: int, phone: str, by: Actor, at: datetime) -> None:
    """Keep another phone for a person: their own wish, or a clerk's to whom they showed themselves (变更手机号).

    raises  NotFound; Refusal accounts.phone
    """
    if not _may_serve(by, person):
        raise NotFound(str(person))
    phone = rules.check_mobile(phone)
    row = models.Person.objects.select_for_update().filter(pk=person).first()
    if row is None:
        raise NotFound(str(person))
    for column, value in _phone(person, phone).items():
        setattr(row, column, value)
    row.phone_proved = False
    row.version = journal.record(
        kind="person",
        subject=str(row.pk),
        after=row.version,
        act="person.phone",
        by=by,
        at=at,
        facts={"phone": True},
    )
    row.save(update_fields=["phone", "phone_lookup", "phone_proved", "version"])


@transaction.atomic
def register_firm(*, name: str, code: str, by: Actor, at: datetime) -> models.Firm:
    """Register a firm by its unified social credit code; a known one keeps the name that it has (单位登记).

    raises  Refusal accounts.credit, accounts.firm_name
    """
    code, name = rules.check_credit(code), " ".join(name.split())
    if not 2 <= len(name) <= 120:
        raise Refusal("accounts.firm_name")
    row, new = models.Firm.objects.get_or_create(code=code, defaults={"name": name, "registered_at": at})
    if new:
        journal.record(kind="firm", subject=code, after=0, act="firm.register", by=by, at=at)
    return row


def _new_person() -> int:
    return secrets.randbits(63)


def _phone(person: int, phone: str) -> dict[str, Any]:
    if not phone:
        return {"phone": None, "phone_lookup": ""}
    sealed = keys.seal(queries.PERSONS, "phone", person, phone)
    return {"phone": sealed, "phone_lookup": queries.phone_lookup(phone)}


def _may_serve(by: Actor, person: int) -> bool:
    if isinstance(by, Staff):
        return by.has(Duty.INTAKE) and by.person != person
    return isinstance(by, System) or (isinstance(by, Resident) and by.person == person)


def _record(row: models.Person, *, by: journal.By, at: datetime, facts: dict[str, Any]) -> None:
    journal.record(kind="person", subject=str(row.pk), after=0, act="person.register", by=by, at=at, facts=facts)
