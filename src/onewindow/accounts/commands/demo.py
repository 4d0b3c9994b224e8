"""The cast of a demo, entered as everyone else is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from onewindow.accounts import models, queries
from onewindow.accounts.commands.persons import register
from onewindow.accounts.commands.staff import add_staff, approve_grant, grant
from onewindow.accounts.gateways import DemoCast, DemoStaff
from onewindow.accounts.rules import Duty, Resident, Staff, System
from onewindow.core.clock import day_of


@transaction.atomic
def enter_cast(*, cast: DemoCast, at: datetime) -> dict[str, Resident | Staff]:
    """Enter the cast of a demo and return who asks under each key (登记演示角色); who is there already stays.

    The house enters the two who administer; of these the first proposes the others' duties, the second approves.

    raises  Refusal accounts.* where the file is wrong
    """
    house = System("demo")
    entered: dict[str, Resident | Staff] = {}
    for person in cast.people:
        number = register(
            name=person.name, id_type=person.id_type, id_number=person.id_number, phone=person.phone, by=house, at=at
        )
        entered[person.key] = Resident(number, 2)
    administrators: list[Staff] = []
    for member in sorted(cast.staff, key=lambda each: all(duty is not Duty.ADMIN for duty, _ in each.duties)):
        by = administrators[0] if len(administrators) > 1 else house
        staff = _entered_staff(member, by, at)
        give(staff=staff, duties=member.duties, by=administrators if len(administrators) > 1 else house, at=at)
        asker = queries.staff_asker(staff, day_of(at))
        entered[member.key] = asker
        if asker.has(Duty.ADMIN):
            administrators.append(asker)
    return entered


def give(*, staff: int, duties: Iterable[tuple[Duty, str]], by: Sequence[Staff] | System, at: datetime) -> None:
    """Give duties in the demo as anywhere: by the house, or proposed by one administrator and approved by the next.

    by  the house, or two administrators
    """
    held = queries.staff_asker(staff, day_of(at)).duties
    for duty, scope in duties:
        if (duty, scope) in held:
            continue
        first = by if isinstance(by, System) else by[0]
        grant(staff=staff, duty=duty, scope=scope, by=first, at=at)
        if not isinstance(by, System):
            approve_grant(staff=staff, duty=duty, scope=scope, by=by[1], at=at)


def _entered_staff(member: DemoStaff, by: Staff | System, at: datetime) -> int:
    found = models.Staff.objects.filter(login=member.login).values_list("pk", flat=True).first()
    if found is not None:
        return found
    return add_staff(login=member.login, name=member.name, division=member.division, office=member.office, by=by, at=at)
