"""Reads of people: who asks, what they may, and what of a person may be seen by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from onewindow.accounts import models
from onewindow.accounts.models import Firm
from onewindow.accounts.rules import Agent, Applicant, Asker, Basis, Duty, IdType, Resident, Staff, identity_key, plain
from onewindow.core import keys, sql
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound

PERSONS, STAFF = "accounts_person", "accounts_staff"
SEALED = ("name", "id_number", "phone")
"""What of a person is sealed, and so what can be unmasked."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a person is, opened (身份信息): for rooms that decide by it; pages show it masked."""

    person: int
    level: int
    id_type: str
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Read:
    """One opening of a person's data (查阅记录)."""

    reader: str
    staff: int | None
    office: str
    what: str
    why: str
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HeldDuty:
    """A duty as it is held (岗位)."""

    duty: Duty
    scope: str
    from_on: date
    until_on: date | None


def person_lookup(id_type: IdType, number: str) -> str:
    """Return the digest under which an identity is found (证件查找摘要); the number as `check_identity` returned it."""
    return keys.lookup("person.identity", identity_key(id_type, number))


def phone_lookup(number: str) -> str:
    """Return the digest under which a phone is found; the number as `check_mobile` returned it."""
    return keys.lookup("person.phone", number)


def name_lookup(name: str) -> str:
    """Return the digest under which an exact name is found (姓名查找摘要)."""
    return keys.lookup("person.name", name)


def resident_asker(person: int, level: int, channel: str) -> Resident:
    """Return the person who asks, at the level of this sign-in, which is never above the person's own.

    raises   NotFound
    queries  1
    """
    own = models.Person.objects.filter(pk=person).values_list("level", flat=True).first()
    if own is None:
        raise NotFound(str(person))
    return Resident(person, min(level, own), channel)


def staff_asker(staff: int, today: date, channel: str = "desk") -> Staff:
    """Return the member of staff who asks, with the duties in force today.

    raises   NotFound; also for one who has left
    queries  1
    """
    rows = models.Staff.objects.filter(pk=staff).values(*_STAFF)
    asker = _staff(list(rows), today, channel)
    if asker is None:
        raise NotFound(str(staff))
    return asker


_DUTIES = ("duties__duty", "duties__scope", "duties__from_on", "duties__until_on", "duties__waiting")
_STAFF = ("id", "division", "office", "person_id", "joined_on", "left_on", *_DUTIES)


def _staff(rows: list[dict[str, Any]], today: date, channel: str, scopes: frozenset[str] | None = None) -> Staff | None:
    """Fold the joined rows of one member of staff, one row a duty."""
    if not rows or not _in_force(rows[0]["joined_on"], rows[0]["left_on"], today):
        return None
    held = (row for row in rows if row["duties__duty"] and not row["duties__waiting"])
    return Staff(
        id=rows[0]["id"],
        duties=frozenset(
            (Duty(row["duties__duty"]), row["duties__scope"])
            for row in held
            if _in_force(row["duties__from_on"], row["duties__until_on"], today)
        ),
        division=rows[0]["division"],
        channel=channel,
        office=rows[0]["office"],
        person=rows[0]["person_id"],
        scopes=scopes,
    )


def _in_force(from_on: date, until_on: date | None, today: date) -> bool:
    return from_on <= today and (until_on is None or today < until_on)


_ASKER = (
    "SELECT t.scopes, t.person_id, p.level, t.staff_id FROM accounts_token t"
    " LEFT JOIN accounts_person p ON p.id = t.person_id"
    " WHERE t.digest = %s AND t.revoked_at IS NULL AND t.issued_at <= %s AND t.expires_at > %s"
)


def asker_of_token(text: str, at: datetime) -> Resident | Staff | None:
    """Return who comes with the token, or None where it is unknown, revoked or past its end (令牌).

    queries  1; 2 where staff comes with it
    """
    found = sql.Question(_ASKER, (keys.token_digest(text), at, at), list).ask()
    if not found:
        return None
    [(words, person, level, staff)] = found
    scopes = frozenset(words.split())
    if person is not None:
        return Resident(person, level, "api", scopes)
    held = models.Staff.objects.filter(pk=staff).values(*_STAFF)
    return _staff(list(held), day_of(at), "api", scopes)


def staff_id(login: str) -> int:
    """Return the id of a member of staff.

    raises  NotFound
    """
    found = models.Staff.objects.filter(login=login).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(login)
    return found


def staff_name(staff: int) -> str:
    """Return the name of a member of staff, as a letter or a page of their own shows it.

    raises  NotFound
    """
    row = models.Staff.objects.filter(pk=staff).values_list("name", flat=True).first()
    if row is None:
        raise NotFound(str(staff))
    return keys.unseal(STAFF, "name", staff, row)


def logins(staff: Iterable[int]) -> dict[int, str]:
    """Return the logins of members of staff by their id, for lists of acts; one query."""
    return dict(models.Staff.objects.filter(pk__in=set(staff)).values_list("pk", "login"))


def duties_of(staff: int) -> list[HeldDuty]:
    """Return all duties that were ever held, the latest first (岗位履历); one query."""
    rows = models.DutyRow.objects.filter(staff=staff, waiting=False).order_by("-from_on", "duty", "scope")
    return [HeldDuty(Duty(row.duty), row.scope, row.from_on, row.until_on) for row in rows]


def administrators(today: date) -> int:
    """Return how many administer staff today or from a later day on (人员管理员数); below two the house itself may."""
    ended = Q(until_on__lte=today) | Q(staff__left_on__lte=today)
    held = models.DutyRow.objects.filter(duty=Duty.ADMIN.value, waiting=False).exclude(ended)
    return held.values("staff").distinct().count()


def waiting_grants() -> list[tuple[str, HeldDuty]]:
    """Return the duties that wait for a second administrator, with the login of whom they are for (待批岗位)."""
    rows = models.DutyRow.objects.filter(waiting=True).select_related("staff").order_by("staff__login", "duty", "scope")
    return [(row.staff.login, HeldDuty(Duty(row.duty), row.scope, row.from_on, row.until_on)) for row in rows]


def identity_of(person: int) -> Identity:
    """Return who a person is, opened (身份信息); for rooms, never for a page as it is.

    raises   NotFound
    queries  1
    """
    found = identities([person])
    if person not in found:
        raise NotFound(str(person))
    return found[person]


def identities(persons: Iterable[int]) -> Mapping[int, Identity]:
    """Return who several people are, by id; those that are not there are left out. One query."""
    rows = models.Person.objects.filter(pk__in=set(persons))
    return {row.pk: _identity(row) for row in rows}


def name_of(person: int) -> str:
    """Return a person's name, "" where only the phone is known.

    raises   NotFound
    queries  1
    """
    return _sealed(person, "name")


def name_asked(person: int) -> sql.Question[str]:
    """Return `name_of` as a question, to be asked together with others."""
    return _sealed_asked(person, "name")


def phone_of(person: int) -> str:
    """Return a person's phone, "" where none is known; for the sender alone.

    raises   NotFound
    queries  1
    """
    return _sealed(person, "phone")


def person_of_identity(id_type: IdType, number: str) -> int | None:
    """Return the id of the person with this identity, or None (按证件查找); one query."""
    lookup = person_lookup(id_type, plain(number))
    return models.Person.objects.filter(id_lookup=lookup).values_list("pk", flat=True).first()


def profile_for(asker: Asker) -> Identity:
    """Return the asker's own data (我的信息).

    raises  NotFound for all but a person who is signed in
    """
    if not isinstance(asker, Resident):
        raise NotFound(asker.key)
    return identity_of(asker.person)


def applicant_for(asker: Applicant) -> Identity:
    """Return whose data an application begins with: the asker's own, or those of whom they act for (申请人信息).

    For a firm that is the human who acts. A ward without a phone is reached by the guardian's.

    queries  1; 2 for a ward without a phone
    """
    if not isinstance(asker, Agent) or asker.principal is None:
        return identity_of(asker.person)
    whose = identity_of(asker.principal)
    if asker.basis is Basis.GUARDIAN and not whose.phone:
        return replace(whose, phone=identity_of(asker.person).phone)
    return whose


def reads_of_for(asker: Asker, *, size: int = 50) -> list[Read]:
    """Return who opened the asker's data, the latest first (谁查阅了我的信息); one query.

    raises  NotFound for all but a person who is signed in by real name
    """
    if not isinstance(asker, Resident) or asker.level < 2:
        raise NotFound(asker.key)
    return _reads(Q(person=asker.person), size)


def reads_by_for(asker: Asker, reader: str, *, size: int = 50) -> list[Read]:
    """Return what one reader opened, the latest first, for a supervisor or the reader (查阅监督); one query.

    raises  NotFound for everyone else
    """
    if asker.key != reader and not (isinstance(asker, Staff) and asker.has(Duty.SUPERVISE)):
        raise NotFound(reader)
    return _reads(Q(reader=reader), size)


def firm(code: str) -> Firm:
    """Return a firm by its unified social credit code (统一社会信用代码).

    raises  NotFound
    """
    row = Firm.objects.filter(code=plain(code)).first()
    if row is None:
        raise NotFound(code)
    return row


def _sealed(person: int, column: str) -> str:
    return _sealed_asked(person, column).ask()


def _sealed_asked(person: int, column: str) -> sql.Question[str]:
    def read(rows: Sequence[sql.Row]) -> str:
        if not rows:
            raise NotFound(str(person))
        [[sealed]] = rows
        return keys.unseal(PERSONS, column, person, sql.data(sealed)) if sealed else ""

    return sql.Question(f"SELECT {column} FROM {PERSONS} WHERE id = %s", (person,), read)  # noqa: S608 - one of SEALED


def _identity(row: models.Person) -> Identity:
    name, number, phone = (
        keys.unseal(PERSONS, column, row.pk, sealed) if (sealed := getattr(row, column)) else "" for column in SEALED
    )
    return Identity(row.pk, row.level, row.id_type, name, number, phone)


def _reads(which: Q, size: int) -> list[Read]:
    rows = models.ReadLog.objects.filter(which).order_by("-at", "-pk")[:size]
    return [Read(row.reader, row.staff, row.office, row.what, row.why, row.subject, row.at) for row in rows]
