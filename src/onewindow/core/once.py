"""Once (幂等): every POST that makes or moves something carries a key; repeated, it is answered and not redone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from onewindow.core import canonical, keys
from onewindow.core.errors import Refusal
from onewindow.core.journal import By
from onewindow.core.models import Claim


@dataclass(frozen=True, slots=True)
class Once:
    """The key that came with a POST: a form's token or the Idempotency-Key header, 8 to 64 characters."""

    key: str

    def __post_init__(self) -> None:
        if not 8 <= len(self.key) <= 64:
            raise Refusal("once.key")


def claim(once: Once, by: By, act: str, inputs: object, *, at: datetime, subject: str = "") -> str | None:
    """Take the key for this act before anything else is written; return the subject if it was carried out before.

    A twin in another transaction waits here for the first one's end. A refusal rolls the row back with all else.

    inputs   every value the asker gave, so that a key used again for something else is noticed
    subject  the subject's number where it is known already; else `settle` notes it later
    raises   Refusal once.reused
    """
    digest = digest_of(inputs)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_claim (asker, act, key, digest, subject, at) VALUES (%s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (asker, act, key) DO NOTHING",
            [by.key, act, once.key, digest, subject, connection.ops.adapt_datetimefield_value(at)],
        )
        if cursor.rowcount == 1:
            return None
    return answered(once, by, act, inputs)


def answered(once: Once, by: By, act: str, inputs: object) -> str | None:
    """Return the subject if the act was carried out under this key before, else None.

    For an act that looks before it writes: what it would refuse now may be what it has done.

    raises  Refusal once.reused
    """
    done = Claim.objects.filter(asker=by.key, act=act, key=once.key).first()
    if done is None:
        return None
    if done.digest != digest_of(inputs):
        raise Refusal("once.reused", act=act)
    return done.subject


def settle(once: Once, by: By, act: str, subject: str) -> None:
    """Note which subject the claimed act made, in the same transaction."""
    Claim.objects.filter(asker=by.key, act=act, key=once.key).update(subject=subject)


def digest_of(inputs: object) -> str:
    """Return the digest under which a claim keeps what the asker gave."""
    return keys.lookup("once", canonical.text(inputs))
