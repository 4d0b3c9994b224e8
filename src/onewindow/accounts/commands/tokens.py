"""Tokens: what programs come with."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from onewindow.accounts import models, rules
from onewindow.accounts.rules import Duty, Resident, Staff, System
from onewindow.core import journal, keys
from onewindow.core.errors import NotFound, Refusal

Actor = Resident | Staff | System


@dataclass(frozen=True, slots=True)
class Issued:
    """A token as it is shown this once (令牌)."""

    id: int
    text: str = field(repr=False)


@transaction.atomic
def issue_token(
    *,
    label: str,
    scopes: Iterable[str],
    expires_at: datetime,
    by: Actor,
    at: datetime,
    person: int | None = None,
    staff: int | None = None,
) -> Issued:
    """Issue a token for one person or member of staff and return its text, which is never shown again (签发令牌).

    scopes  what it opens: cases:submit, cases:read, files:upload
    raises  NotFound; Refusal accounts.span, accounts.token_scope
    """
    owner = _token_owner(by, person, staff)
    words = sorted(set(scopes))
    if not words or not all(rules.is_token_scope(word) for word in words):
        raise Refusal("accounts.token_scope")
    if expires_at <= at:
        raise Refusal("accounts.span")
    text = "ow_" + secrets.token_urlsafe(32)
    row = models.Token.objects.create(
        digest=keys.token_digest(text),
        person_id=person,
        staff_id=staff,
        label=label[:60],
        scopes=" ".join(words),
        issued_at=at,
        expires_at=expires_at,
    )
    facts = {"of": owner, "scopes": words, "expires_at": expires_at}
    journal.record(kind="token", subject=str(row.pk), after=0, act="token.issue", by=by, at=at, facts=facts)
    return Issued(row.pk, text)


@transaction.atomic
def revoke_token(*, token: int, by: Actor, at: datetime) -> None:
    """Take a token back: it opens nothing from now on (吊销令牌); once is enough, a second time changes nothing.

    raises  NotFound
    """
    row = models.Token.objects.select_for_update().filter(pk=token).first()
    if row is None:
        raise NotFound(str(token))
    _token_owner(by, row.person_id, row.staff_id)
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        journal.record(kind="token", subject=str(row.pk), after=1, act="token.revoke", by=by, at=at)


def _token_owner(by: Actor, person: int | None, staff: int | None) -> str:
    """Return the key of whom a token acts for; it is had for oneself or from an administrator, never by a token."""
    if (person is None) == (staff is None):
        raise NotFound("token")
    key = f"person:{person}" if staff is None else f"staff:{staff}"
    administers = isinstance(by, System) or (isinstance(by, Staff) and by.has(Duty.ADMIN))
    if not by.allows(rules.TOKENS) or not (by.key == key or administers):
        raise NotFound(key)
    known = (
        models.Person.objects.filter(pk=person) if person is not None else models.Staff.objects.filter(pk=staff or 0)
    )
    if not known.exists():
        raise NotFound(key)
    return key
