"""One way to write a value as text, so that the same value always has the same digest."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, Decimal | Fraction):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


def instant(at: datetime) -> str:
    """Return an instant as text in UTC to the microsecond, the same on every database."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def text(value: object) -> str:
    """Return the value as canonical JSON: sorted keys, no blanks, Chinese as itself."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
