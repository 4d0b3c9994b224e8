"""What a sign-in page may ask: nothing that tells who exists."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import datetime

from onewindow.accounts import models
from onewindow.accounts.rules import AGAIN_AFTER, CODE_TRIES, CODE_WINDOW, code_of_digest, otpauth, secret_text
from onewindow.core import keys
from onewindow.core.errors import NotFound

CREDENTIALS, CODES = "accounts_credential", "accounts_phonecode"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an enrolment page shows (登录注册): whose, and what the authenticator is given."""

    login: str
    secret: str = field(repr=False)
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CodeSent:
    """What the page that asks for a code shows (验证码已发送): where it went, and from when another may be had."""

    phone: str = field(repr=False)
    asked_at: datetime
    until: datetime
    again_at: datetime
    is_good: bool


def code_sent(handle: str, at: datetime) -> CodeSent | None:
    """Return the code that this browser asked for last, if it did within the hour and has not used it.

    queries  1
    """
    rows = models.PhoneCode.objects.filter(browser=browser_digest(handle), ended_at__isnull=True)
    row = rows.filter(asked_at__gt=at - CODE_WINDOW).first()
    if row is None:
        return None
    phone = keys.unseal(CODES, "phone", row.pk, row.phone)
    good = row.until > at and row.tries < CODE_TRIES
    return CodeSent(phone, row.asked_at, row.until, row.asked_at + AGAIN_AFTER, good)


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


def browser_digest(handle: str) -> str:
    """Return the digest under which a browser's handle is kept."""
    return keys.token_digest(f"browser:{handle}")


def code_of(code: int) -> str:
    """Return the digits of a code by its id: they follow from the key file, and stand nowhere."""
    return code_of_digest(keys.token_digest(f"code:{code}"))


def link_digest(link: str) -> str:
    """Return the digest under which a link is kept."""
    return keys.token_digest(f"enrol:{link}")


def enrolment_secret(link: str) -> bytes:
    """Return the authenticator's secret that belongs to a link: showing the page twice changes nothing."""
    return hmac.digest(bytes.fromhex(keys.token_digest(f"totp:{link}")), b"onewindow totp", "sha256")[:20]
