"""What a sign-in rests on (登录校验): codes of an authenticator, passwords, how long to wait after failures."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from enum import Enum

from onewindow.core.errors import Refusal

STEP_SECONDS, DIGITS = 30, 6
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
FORGOTTEN = timedelta(hours=1)
"""After so long without a failure, those before count no more."""


class Guard(Enum):
    """What failures are counted by (失败计数): how many are free, and the longest wait in seconds.

    None of them can keep the owner out for long: by the login alone the wait is never more than a few seconds.
    """

    PAIR = ("pair", 5, 900)  # this login from this address
    ADDRESS = ("address", 30, 900)  # any login from this address
    LOGIN = ("login", 20, 5)  # this login from anywhere

    def wait(self, failures: int) -> timedelta:
        """Return how long to wait after so many failures: none at first, then doubling (递增等待)."""
        _, free, longest = self.value
        over = failures - free
        return timedelta(seconds=0 if over < 0 else min(2 ** min(over, 20), longest))


def step_of(at: datetime) -> int:
    """Return the number of the 30-second step an instant lies in (RFC 6238, T0 = 0)."""
    return int(at.timestamp()) // STEP_SECONDS


def totp(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """Return the authenticator's code of a step (动态口令).

    law  RFC 6238 with HMAC-SHA-1, as every authenticator speaks it; RFC 4226 §5.3 for the cut
    """
    digest = hmac.digest(secret, step.to_bytes(8, "big"), hashlib.sha1)
    place = digest[-1] & 15
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}d}"


def step_of_code(secret: bytes, code: str, at: datetime, after: int) -> int | None:
    """Return the step whose code this is: now, one before or one later, and later than the last one used, else None.

    after  the step of the last code that was taken: each is good once (RFC 6238 §5.2)
    """
    now = step_of(at)
    steps = [step for step in (now - 1, now, now + 1) if step > after]
    # Each is compared, whichever fits, so that the time says nothing.
    fits = [step for step in steps if hmac.compare_digest(totp(secret, step).encode(), code.encode())]
    return fits[0] if fits else None


def secret_text(secret: bytes) -> str:
    """Return a secret as it is typed into an authenticator (密钥): base 32, in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def otpauth(secret: bytes, login: str) -> str:
    """Return the address that an authenticator on the same device opens."""
    # A login holds nothing that an address would have to quote.
    secret_word = secret_text(secret).replace(" ", "")
    return f"otpauth://totp/OneWindow:{login}?secret={secret_word}&issuer=OneWindow"


def check_new_password(password: str, login: str) -> str:
    """Return a new password that may be one: 12 characters at least, more than four different, without the login.

    raises  Refusal accounts.password
    """
    fits = SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD and len(set(password)) > 4
    if not fits or login in password.lower():
        raise Refusal("accounts.password", fields={"password": "accounts.password"})
    return password
