"""Deleting what the house need not keep of a person (删除个人信息)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.accounts import models
from onewindow.accounts.rules import Resident
from onewindow.core import journal


@transaction.atomic
def drop_phone(*, by: Resident, at: datetime) -> bool:
    """Delete the asker's own phone number and say whether there was one (删除手机号).

    law  个人信息保护法 §47
    """
    row = models.Person.objects.select_for_update().get(pk=by.person)
    if row.phone is None:
        return False
    row.phone, row.phone_lookup, row.phone_proved = None, "", False
    facts = {"phone": False}
    row.version = journal.record(
        kind="person", subject=str(row.pk), after=row.version, act="person.phone", by=by, at=at, facts=facts
    )
    row.save(update_fields=["phone", "phone_lookup", "phone_proved", "version"])
    return True
