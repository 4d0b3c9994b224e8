"""Staff: who serves, and which duties they hold from when to when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from onewindow.accounts import models, queries, rules
from onewindow.accounts.rules import Duty, Staff, System
from onewindow.core import journal, keys
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound, Refusal

ENOUGH = 2
"""As many administrators as it takes to give duties without the house."""


@transaction.atomic
def add_staff(
    *, login: str, name: str, division: str, office: str, by: Staff | System, at: datetime, person: int | None = None
) -> int:
    """Take a member of staff in and return their id (人员登记); what they may do is granted apart.

    office  where they belong: an office's or a site's code
    person  the same human as an applicant, where known: nobody acts on their own case
    raises  NotFound; Refusal accounts.name, accounts.login, accounts.login_taken
    """
    _administrator(by, day_of(at))
    name, login = rules.check_name(name), login.strip().lower()
    if not rules.is_login(login):
        raise Refusal("accounts.login")
    if models.Staff.objects.filter(login=login).exists():
        raise Refusal("accounts.login_taken", login=login)
    row = models.Staff.objects.create(
        login=login, name=b"", division=division, office=office, person_id=person, joined_on=day_of(at), version=1
    )
    row.name = keys.seal(queries.STAFF, "name", row.pk, name)
    row.save(update_fields=["name"])
    facts = {"division": division, "office": office, "joined_on": row.joined_on}
    journal.record(kind="staff", subject=str(row.pk), after=0, act="staff.add", by=by, at=at, facts=facts)
    return row.pk


@transaction.atomic
def remove_staff(*, staff: int, left_on: date, by: Staff | System, at: datetime) -> None:
    """Let a member of staff go: from that day on they cannot sign in and their tokens open nothing (离岗).

    raises  NotFound; Refusal accounts.second_person, accounts.span
    """
    row = locked_staff(staff, by, day_of(at))
    if left_on < row.joined_on:
        raise Refusal("accounts.span")
    row.left_on = left_on
    row.version = _entry(row, "staff.leave", by=by, at=at, facts={"left_on": left_on})
    row.save(update_fields=["left_on", "version"])


@transaction.atomic
def grant(
    *,
    staff: int,
    duty: Duty,
    scope: str,
    by: Staff | System,
    at: datetime,
    from_on: date | None = None,
    until_on: date | None = None,
) -> None:
    """Give a duty to someone else: an administrator proposes it, and it holds once another has approved (授予岗位).

    The house itself gives it at once, as long as there are not two administrators. What is held or waits already
    stays as it is.

    scope    a site's code (intake, check, deliver), an office's (review, decide, make), either (supervise), or "*"
    from_on  the first day; the day of `at` unless given
    raises   NotFound; Refusal accounts.second_person, accounts.scope, accounts.span
    """
    first = from_on or day_of(at)
    row = locked_staff(staff, by, day_of(at))
    if not rules.scope_fits(duty, scope):
        raise Refusal("accounts.scope", duty=duty.value, scope=scope)
    if until_on is not None and until_on <= first:
        raise Refusal("accounts.span")
    if models.DutyRow.objects.filter(staff=row, duty=duty.value, scope=scope, until_on__isnull=True).exists():
        return
    waiting = not isinstance(by, System)
    models.DutyRow.objects.create(
        staff=row,
        duty=duty.value,
        scope=scope,
        from_on=first,
        until_on=until_on,
        granted_by=by.key,
        waiting=waiting,
    )
    facts = {"duty": duty, "scope": scope, "from_on": first, "until_on": until_on, "by": by.key}
    row.version = _entry(row, "duty.propose" if waiting else "duty.grant", by=by, at=at, facts=facts)
    row.save(update_fields=["version"])


@transaction.atomic
def approve_grant(*, staff: int, duty: Duty, scope: str, by: Staff, at: datetime) -> None:
    """Let a proposed duty hold: by an administrator who neither proposed it nor gets it (批准岗位).

    raises  NotFound; Refusal accounts.second_person
    """
    row, held = _proposal(staff, duty, scope, by, at)
    if held.granted_by == by.key:
        raise Refusal("accounts.second_person")
    held.waiting, proposed_by = False, held.granted_by
    held.granted_by = by.key
    held.save(update_fields=["waiting", "granted_by"])
    facts = {"duty": duty, "scope": scope, "from_on": held.from_on, "until_on": held.until_on}
    facts = {**facts, "by": by.key, "proposed_by": proposed_by}
    row.version = _entry(row, "duty.grant", by=by, at=at, facts=facts)
    row.save(update_fields=["version"])


@transaction.atomic
def decline_grant(*, staff: int, duty: Duty, scope: str, by: Staff, at: datetime) -> None:
    """Turn a proposed duty down, or take one's own proposal back (不批准岗位).

    raises  NotFound; Refusal accounts.second_person
    """
    row, held = _proposal(staff, duty, scope, by, at)
    facts = {"duty": duty, "scope": scope, "by": by.key, "proposed_by": held.granted_by}
    held.delete()
    row.version = _entry(row, "duty.decline", by=by, at=at, facts=facts)
    row.save(update_fields=["version"])


def _proposal(staff: int, duty: Duty, scope: str, by: Staff, at: datetime) -> tuple[models.Staff, models.DutyRow]:
    row = locked_staff(staff, by, day_of(at))
    held = models.DutyRow.objects.filter(staff=row, duty=duty.value, scope=scope, waiting=True).first()
    if held is None:
        raise NotFound(f"{staff} {duty} {scope}")
    return row, held


@transaction.atomic
def end_duty(*, staff: int, duty: Duty, scope: str, until_on: date, by: Staff | System, at: datetime) -> None:
    """End a duty: that day it is held no more (终止岗位).

    raises  NotFound; Refusal accounts.second_person, accounts.span
    """
    row = locked_staff(staff, by, day_of(at))
    rows = models.DutyRow.objects.filter(staff=row, duty=duty.value, scope=scope, until_on__isnull=True, waiting=False)
    held = rows.first()
    if held is None:
        raise NotFound(f"{staff} {duty} {scope}")
    if until_on < held.from_on:
        raise Refusal("accounts.span")
    held.until_on = until_on
    held.save(update_fields=["until_on"])
    facts = {"duty": duty, "scope": scope, "from_on": held.from_on, "until_on": until_on, "by": by.key}
    row.version = _entry(row, "duty.end", by=by, at=at, facts=facts)
    row.save(update_fields=["version"])


def _administrator(by: Staff | System, today: date) -> None:
    """Let administrators pass, and the house itself as long as there are not two: one proposes, another approves."""
    allowed = queries.administrators(today) < ENOUGH if isinstance(by, System) else by.has(Duty.ADMIN)
    if not allowed:
        raise NotFound(by.key)


def locked_staff(staff: int, by: Staff | System, today: date) -> models.Staff:
    """Return the row to an administrator who is someone else, held until the transaction ends."""
    _administrator(by, today)
    if by.staff == staff:
        raise Refusal("accounts.second_person")
    row = models.Staff.objects.select_for_update().filter(pk=staff).first()
    if row is None:
        raise NotFound(str(staff))
    return row


def _entry(row: models.Staff, act: str, *, by: journal.By, at: datetime, facts: dict[str, Any]) -> int:
    return journal.record(kind="staff", subject=str(row.pk), after=row.version, act=act, by=by, at=at, facts=facts)
