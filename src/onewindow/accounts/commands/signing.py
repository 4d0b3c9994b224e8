"""Staff signing in: an enrolment link, a password with an authenticator's code, and waits after failures."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from functools import cache

from django.contrib.auth import hashers
from django.db import transaction

from onewindow.accounts import models, queries, rules
from onewindow.accounts.commands.staff import locked_staff
from onewindow.accounts.queries.signing import CREDENTIALS, enrolment_secret, link_digest
from onewindow.accounts.rules import Guard, Staff, System
from onewindow.core import journal, keys
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound, Refusal

LINK_GOOD_FOR = timedelta(days=1)


@transaction.atomic
def invite_staff(*, staff: int, by: Staff | System, at: datetime) -> str:
    """Return the secret of a link by which a member of staff sets password and authenticator (登录注册、重置).

    The link is good once and for a day; what they sign in with until then stays. Nobody resets their own.

    raises  NotFound; Refusal accounts.second_person
    """
    row = locked_staff(staff, by, day_of(at))
    text = secrets.token_urlsafe(24)
    models.Credential.objects.update_or_create(
        staff=row, defaults={"link_digest": link_digest(text), "link_until": at + LINK_GOOD_FOR}
    )
    row.version = journal.record(kind="staff", subject=str(row.pk), after=row.version, act="staff.invite", by=by, at=at)
    row.save(update_fields=["version"])
    return text


@transaction.atomic
def enrol(*, link: str, password: str, code: str, at: datetime) -> Staff:
    """Set password and authenticator by an enrolment link, and return who signs in with them (登录注册).

    code    the authenticator's, as proof that it holds the secret
    raises  NotFound; Refusal accounts.password, accounts.code
    """
    row = models.Credential.objects.select_for_update().filter(link_digest=link_digest(link), link_until__gt=at).first()
    if row is None:
        raise NotFound("link")
    asker = queries.staff_asker(row.pk, day_of(at))
    member = models.Staff.objects.select_for_update().get(pk=row.pk)
    rules.check_new_password(password, member.login)
    secret = enrolment_secret(link)
    step = rules.step_of_code(secret, code, at, 0)
    if step is None:
        raise Refusal("accounts.code", fields={"code": "accounts.code"})
    row.password = hashers.make_password(password)
    row.secret = keys.seal_bytes(CREDENTIALS, "secret", row.pk, secret)
    row.last_step, row.link_digest, row.link_until = step, None, None
    row.save()
    member.version = journal.record(
        kind="staff", subject=str(row.pk), after=member.version, act="staff.enrol", by=asker, at=at
    )
    member.save(update_fields=["version"])
    return asker


def sign_in_staff(*, login: str, password: str, code: str, address: str, at: datetime) -> Staff:
    """Return the member of staff who comes with this login, password and code (工作人员登录).

    A try is counted before it is judged, so that tries side by side count each; a right one takes it back. Unknown
    login, wrong password and wrong code are one refusal and take the same time. Outside a transaction: what is
    counted stays when the try is refused.

    raises  Refusal accounts.sign_in, accounts.wait
    """
    login = login.strip().lower()
    guards = {Guard.PAIR: f"{login}\0{address}", Guard.ADDRESS: address, Guard.LOGIN: login}
    _count(guards, at)
    row = models.Credential.objects.filter(staff__login=login).exclude(password="").first()
    right = hashers.check_password(password, row.password if row else _nobody())
    staff = _judged(row.pk, code, at) if row and right else None
    if staff is None:
        raise Refusal("accounts.sign_in")
    _forgive(guards)
    return staff


@transaction.atomic
def _judged(staff: int, code: str, at: datetime) -> Staff | None:
    """Take the code, which is then used up, and return who signs in; None where it is wrong or they have left."""
    row = models.Credential.objects.select_for_update().get(pk=staff)
    secret = keys.unseal_bytes(CREDENTIALS, "secret", row.pk, row.secret or b"")
    step = rules.step_of_code(secret, code, at, row.last_step)
    if step is None:
        return None
    row.last_step = step
    row.save(update_fields=["last_step"])
    try:
        return queries.staff_asker(staff, day_of(at))
    except NotFound:
        return None


@transaction.atomic
def _count(guards: dict[Guard, str], at: datetime) -> None:
    rows = []
    for guard, subject in guards.items():
        digest = keys.lookup(f"attempt.{guard.value[0]}", subject)
        models.Attempt.objects.get_or_create(
            guard=guard.value[0], subject=digest, defaults={"last_at": at, "wait_until": at}
        )
        rows.append((guard, models.Attempt.objects.select_for_update().get(guard=guard.value[0], subject=digest)))
    wait = max(row.wait_until for _, row in rows) - at
    if wait > timedelta(0):
        raise Refusal("accounts.wait", seconds=int(wait.total_seconds()) + 1)
    for guard, row in rows:
        row.failures = 1 if at - row.last_at > rules.FORGOTTEN else row.failures + 1
        row.last_at, row.wait_until = at, at + guard.wait(row.failures)
        row.save(update_fields=["failures", "last_at", "wait_until"])


@transaction.atomic
def _forgive(guards: dict[Guard, str]) -> None:
    """Take back what a right sign-in was counted as; failures of this login from this address are forgotten."""
    for guard, subject in guards.items():
        digest = keys.lookup(f"attempt.{guard.value[0]}", subject)
        row = models.Attempt.objects.select_for_update().get(guard=guard.value[0], subject=digest)
        row.failures = 0 if guard is Guard.PAIR else max(row.failures - 1, 0)
        row.wait_until = row.last_at
        row.save(update_fields=["failures", "wait_until"])


@cache
def _nobody() -> str:
    """A hash that no password fits, as dear to check as anyone's."""
    return hashers.make_password(secrets.token_urlsafe(24))
