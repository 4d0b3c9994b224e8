"""The cast of a demo, entered as everyone else is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onewindow.accounts import models, queries
from onewindow.accounts.commands.persons import register
from onewindow.accounts.commands.staff import add_staff, grant
from onewindow.accounts.gateways import DemoCast, DemoStaff
from onewindow.accounts.rules import Resident, Staff, System
from onewindow.core.clock import day_of


@transaction.atomic
def enter_cast(*, cast: DemoCast, at: datetime) -> dict[str, Resident | Staff]:
    """Enter the cast of a demo and return who asks under each key (登记演示角色); who is there already stays.

    The house enters the first of the staff, who administers; that one enters the others.

    raises  Refusal accounts.* where the file is wrong
    """
    house = System("demo")
    entered: dict[str, Resident | Staff] = {}
    for person in cast.people:
        number = register(
            name=person.name, id_type=person.id_type, id_number=person.id_number, phone=person.phone, by=house, at=at
        )
        entered[person.key] = Resident(number, 2)
    by: Staff | System = house
    for member in cast.staff:
        staff = _entered_staff(member, by, at)
        held = queries.staff_asker(staff, day_of(at)).duties
        for duty, scope in member.duties:
            if (duty, scope) not in held:
                grant(staff=staff, duty=duty, scope=scope, by=by, at=at)
        asker = queries.staff_asker(staff, day_of(at))
        entered[member.key] = asker
        by = asker if isinstance(by, System) else by
    return entered


def _entered_staff(member: DemoStaff, by: Staff | System, at: datetime) -> int:
    found = models.Staff.objects.filter(login=member.login).values_list("pk", flat=True).first()
    if found is not None:
        return found
    return add_staff(login=member.login, name=member.name, division=member.division, office=member.office, by=by, at=at)
