"""Opening what is sealed: an act, written down before it is done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.accounts import models, queries, rules
from onewindow.accounts.rules import Resident, Staff
from onewindow.core import keys
from onewindow.core.errors import NotFound, Refusal

SHORTEST_REASON = 4


def unmask(*, by: Resident | Staff, person: int, what: str, why: str, at: datetime, subject: str = "") -> str:
    """Open one sealed field of a person for the asker (解除脱敏); that it was opened stands written before it is.

    The caller has asked before whether the asker may see the subject at all. Never inside another transaction: what
    it rolled back would have been seen.

    what     name, id_number or phone
    why      at least four characters; shown to the person
    subject  the case that it is opened for
    raises   NotFound; Refusal accounts.reason
    law      个人信息保护法 §6, §44, §51
    """
    if what not in queries.SEALED or not _may_open(by, person):
        raise NotFound(str(person))
    sealed = models.Person.objects.filter(pk=person).values_list(what, flat=True).first()
    if sealed is None:
        raise NotFound(str(person))
    if isinstance(by, Staff):
        note_reading(by=by, person=person, what=what, why=why, at=at, subject=subject)
    return keys.unseal(queries.PERSONS, what, person, sealed)


@transaction.atomic(durable=True)
def note_reading(*, by: Resident | Staff, person: int, what: str, why: str, at: datetime, subject: str = "") -> None:
    """Write down that a person's data are about to be opened (记录查阅), before a page, print or export shows them.

    what    name, id_number, phone, or a word for more: paper, form, export
    raises  Refusal accounts.reason
    """
    why = check_reason(why)
    models.ReadLog.objects.create(
        person_id=person,
        reader=by.key,
        staff=by.staff,
        office=by.office,
        what=what,
        why=why,
        subject=subject,
        at=at,
    )


def check_reason(why: str) -> str:
    """Return a reader's reason as it is kept.

    raises  Refusal accounts.reason
    """
    why = " ".join(why.split())
    if not SHORTEST_REASON <= len(why) <= 200:
        raise Refusal("accounts.reason", fields={"why": "accounts.reason"})
    return why


def _may_open(by: Resident | Staff, person: int) -> bool:
    """One's own data, or as staff who serve people; nobody opens their own as staff, for they may without."""
    if isinstance(by, Staff):
        return by.person != person and any(by.has(duty) for duty in rules.SERVING)
    return by.person == person
