"""Reads of staff by name for their own colleagues (同事): who did it, who holds a duty there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from onewindow.accounts import models
from onewindow.accounts.queries.people import STAFF
from onewindow.accounts.rules import ANYWHERE, Duty
from onewindow.core import keys


def staff_names(staff: Iterable[int]) -> dict[int, str]:
    """Return the names of members of staff by their id, for pages that colleagues see; one query (同事姓名)."""
    return _named(models.Staff.objects.filter(pk__in=set(staff)))


def holders(duty: Duty, scopes: Iterable[str], today: date) -> dict[int, str]:
    """Return who holds the duty in one of the scopes, by id with the name, in the order of entry; one query (在岗人员).

    today  the duty and the service are in force on this day
    """
    held = Q(duties__duty=duty.value, duties__scope__in=[*scopes, ANYWHERE], duties__from_on__lte=today)
    open_duty = Q(duties__until_on__isnull=True) | Q(duties__until_on__gt=today)
    here = Q(joined_on__lte=today) & (Q(left_on__isnull=True) | Q(left_on__gt=today))
    return _named(models.Staff.objects.filter(held & open_duty & here).distinct())


def _named(rows: QuerySet[models.Staff]) -> dict[int, str]:
    found = rows.order_by("pk").values_list("pk", "name")
    return {pk: keys.unseal(STAFF, "name", pk, name) for pk, name in found}
