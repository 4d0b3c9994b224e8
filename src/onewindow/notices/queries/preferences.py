"""What a person chose to have on the phone too, and all that was told and written to them (通知偏好)."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.notices.models import Letter, Preference
from onewindow.notices.queries.inbox import Reader
from onewindow.notices.rules.preferences import KINDS, kind_of


def phone_kinds_for(reader: Reader) -> frozenset[str]:
    """Return the kinds of message that also go to the reader's phone; all of them until one is put off (one query)."""
    off = Preference.objects.filter(person=reader.person, phone=False).values_list("kind", flat=True)
    return frozenset(KINDS) - set(off)


def goes_to_phone(person: int, act: str) -> bool:
    """Say whether the message of an act also goes to the person's phone (one query)."""
    kind = kind_of(act)
    return not kind or not Preference.objects.filter(person=person, kind=kind, phone=False).exists()


def letter_numbers(subjects: Iterable[str]) -> dict[str, list[str]]:
    """Return the numbers of the letters of several cases by the case's number (one query)."""
    found: dict[str, list[str]] = {}
    rows = Letter.objects.filter(subject__in=list(subjects), language="zh").order_by("subject", "seq")
    for subject, number in rows.values_list("subject", "number"):
        found.setdefault(subject, []).append(number)
    return found
