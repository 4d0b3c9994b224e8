"""What a sign-in page may ask: nothing that tells who exists."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import datetime

from onewindow.accounts import models
from onewindow.accounts.rules import otpauth, secret_text
from onewindow.core import keys
from onewindow.core.errors import NotFound

CREDENTIALS = "accounts_credential"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an enrolment page shows (登录注册): whose, and what the authenticator is given."""

    login: str
    secret: str = field(repr=False)
    address: str = field(repr=False)


def enrolment(link: str, at: datetime) -> Enrolment:
    """Return what the link's page shows.

    raises   NotFound: unknown, used or past its end
    queries  1
    """
    row = models.Credential.objects.select_related("staff").filter(link_digest=link_digest(link), link_until__gt=at)
    found = row.first()
    if found is None:
        raise NotFound("link")
    secret, login = enrolment_secret(link), found.staff.login
    return Enrolment(login, secret_text(secret), otpauth(secret, login))


def link_digest(link: str) -> str:
    """Return the digest under which a link is kept."""
    return keys.token_digest(f"enrol:{link}")


def enrolment_secret(link: str) -> bytes:
    """Return the authenticator's secret that belongs to a link: showing the page twice changes nothing."""
    return hmac.digest(bytes.fromhex(keys.token_digest(f"totp:{link}")), b"onewindow totp", "sha256")[:20]
