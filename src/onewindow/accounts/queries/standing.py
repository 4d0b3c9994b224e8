"""For whom a person may act today (代办资格), and who acts for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from onewindow.accounts import models
from onewindow.accounts.queries.people import PERSONS, STAFF, identities
from onewindow.accounts.rules import (
    ANYWHERE,
    Agent,
    Applicant,
    Basis,
    Duty,
    Need,
    Resident,
    birth_of,
    guards_on,
)
from onewindow.core import keys
from onewindow.core.errors import NotFound

GUARDIANSHIPS = "accounts_guardianship"


@dataclass(frozen=True, slots=True)
class Mandate:
    """Someone for whom a person may act today, and by what right (可代办的对象).

    name  the principal's or the firm's; a person's is open here, pages mask it
    """

    basis: Basis
    ground: int
    principal: int | None
    firm: str
    items: frozenset[str]
    until_on: date | None
    version: int
    name: str = field(repr=False)

    @property
    def key(self) -> str:
        """Return the word by which a form names it."""
        return f"{self.basis.value}-{self.ground}"


@dataclass(frozen=True, slots=True)
class GivenLetter:
    """A letter of authority as its two sides see it (授权委托书)."""

    id: int
    version: int
    principal: int | None
    firm: str
    agent: int
    items: frozenset[str]
    from_on: date
    until_on: date
    on_paper: bool
    given_at: datetime
    ended_at: datetime | None
    principal_name: str = field(repr=False)
    agent_name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Office:
    """Who acts for a firm by office (法定代表人、经办人)."""

    id: int
    version: int
    basis: Basis
    person: int
    granted_at: datetime
    name: str = field(repr=False)


def acting_for(person: int, today: date) -> tuple[Mandate, ...]:
    """Return for whom a person may act today: wards, principals, firms, in this order (可代办的对象).

    queries  4
    """
    found = [*_wards(Q(guardian=person), today), *_letters(Q(agent=person), today), *_offices(Q(person=person))]
    return tuple(_named(found))


def wards_of(person: int, today: date) -> tuple[Mandate, ...]:
    """Return whom a person guards today (被监护人).

    queries  2
    """
    return tuple(_named(list(_wards(Q(guardian=person), today))))


def agent_asker(resident: Resident, basis: Basis, ground: int, today: date) -> Agent:
    """Return who asks for another, by a ground that is good today; acting for others needs the real name.

    ground   the id of the guardianship, letter or office
    raises   NotFound; also once it has ended, was revoked or is another's
    queries  1; 2 for a guardian
    """
    find = {
        Basis.GUARDIAN: lambda: _wards(Q(pk=ground, guardian=resident.person), today),
        Basis.LETTER: lambda: _letters(Q(pk=ground, agent=resident.person), today),
        Basis.LEGAL_REP: lambda: _offices(Q(pk=ground, person=resident.person, role=basis.value)),
        Basis.OPERATOR: lambda: _offices(Q(pk=ground, person=resident.person, role=basis.value)),
    }
    found = next(iter(find[basis]()), None) if resident.level == 2 else None
    if found is None:
        raise NotFound(f"{basis.value} {ground}")
    return Agent(
        person=resident.person,
        principal=found.principal,
        firm=found.firm,
        basis=basis,
        level=resident.level,
        items=found.items,
        until_on=found.until_on,
        channel=resident.channel,
        scopes=resident.scopes,
        ground=ground,
    )


def letters_of_for(asker: Applicant, *, size: int = 50) -> list[GivenLetter]:
    """Return the letters that the asker's principal gave, the latest first: a person's own, or a firm's for its legal
    representative (我出具的委托书).

    raises   NotFound for all others
    queries  2
    """
    if asker.level < 2 or (isinstance(asker, Agent) and asker.basis is not Basis.LEGAL_REP):
        raise NotFound(asker.key)
    mine = Q(firm__code=asker.firm) if isinstance(asker, Agent) else Q(principal=asker.person)
    rows = list(models.Authority.objects.filter(mine).select_related("firm").order_by("-given_at", "-pk")[:size])
    people = identities([*(row.agent_id for row in rows), *(row.principal_id for row in rows if row.principal_id)])
    return [
        GivenLetter(
            id=row.pk,
            version=row.version,
            principal=row.principal_id,
            firm=row.firm.code if row.firm else "",
            agent=row.agent_id,
            items=frozenset(row.items.split()),
            from_on=row.from_on,
            until_on=row.until_on,
            on_paper=row.on_paper,
            given_at=row.given_at,
            ended_at=row.ended_at,
            principal_name=row.firm.name if row.firm else people[row.principal_id or 0].name,
            agent_name=people[row.agent_id].name,
        )
        for row in rows
    ]


def roles_of_for(asker: Applicant) -> list[Office]:
    """Return who acts for the firm by office, for its legal representative (本单位的经办人).

    raises   NotFound for all others
    queries  2
    """
    if not isinstance(asker, Agent) or asker.basis is not Basis.LEGAL_REP:
        raise NotFound(asker.key)
    rows = list(models.FirmRole.objects.filter(firm__code=asker.firm, ended_at__isnull=True).order_by("role", "pk"))
    people = identities(row.person_id for row in rows)
    return [
        Office(row.pk, row.version, Basis(row.role), row.person_id, row.granted_at, people[row.person_id].name)
        for row in rows
    ]


def helpers_at(site: str, today: date) -> tuple[tuple[int, str], ...]:
    """Return the id and name of who may be named as helper at a site: whoever takes papers in there (帮办).

    queries  1
    """
    held = Q(duties__duty=Duty.INTAKE.value, duties__scope__in=[site, ANYWHERE], duties__from_on__lte=today)
    open_duty = Q(duties__until_on__isnull=True) | Q(duties__until_on__gt=today)
    here = Q(joined_on__lte=today) & (Q(left_on__isnull=True) | Q(left_on__gt=today))
    rows = models.Staff.objects.filter(held & open_duty & here).distinct().order_by("pk").values_list("pk", "name")
    return tuple((pk, keys.unseal(STAFF, "name", pk, name)) for pk, name in rows)


def _wards(which: Q, today: date) -> Iterator[Mandate]:
    rows = list(
        models.Guardianship.objects.filter(which, ended_at__isnull=True).select_related("ward").order_by("noted_at")
    )
    for row in rows:
        if guards_on(Need(row.need), birth_of_ward(row), today):
            yield Mandate(Basis.GUARDIAN, row.pk, row.ward_id, "", frozenset(), None, row.version, "")


def birth_of_ward(row: models.Guardianship) -> date | None:
    """Return the ward's day of birth: as noted, else as the identity number says."""
    if row.born_on:
        return date.fromisoformat(keys.unseal(GUARDIANSHIPS, "born_on", row.pk, row.born_on))
    sealed = row.ward.id_number
    return birth_of(keys.unseal(PERSONS, "id_number", row.ward_id, sealed)) if sealed else None


def _letters(which: Q, today: date) -> Iterator[Mandate]:
    good = Q(ended_at__isnull=True, from_on__lte=today, until_on__gt=today)
    rows = models.Authority.objects.filter(which & good).select_related("firm").order_by("given_at", "pk")
    for row in rows:
        firm, name = (row.firm.code, row.firm.name) if row.firm else ("", "")
        items = frozenset(row.items.split())
        yield Mandate(Basis.LETTER, row.pk, row.principal_id, firm, items, row.until_on, row.version, name)


def _offices(which: Q) -> Iterator[Mandate]:
    rows = models.FirmRole.objects.filter(which, ended_at__isnull=True).select_related("firm").order_by("pk")
    for row in rows:
        yield Mandate(Basis(row.role), row.pk, None, row.firm.code, frozenset(), None, row.version, row.firm.name)


def _named(found: list[Mandate]) -> Iterator[Mandate]:
    people = identities(each.principal for each in found if each.principal is not None)
    for each in found:
        name = each.name if each.principal is None else people[each.principal].name
        yield Mandate(each.basis, each.ground, each.principal, each.firm, each.items, each.until_on, each.version, name)
