"""A person's own choice of what goes to the phone, and the deletion of what was told (通知偏好)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from onewindow.notices.models import Message, Preference
from onewindow.notices.queries import Reader
from onewindow.notices.rules.preferences import KINDS


@transaction.atomic
def choose_phone(*, by: Reader, kinds: Collection[str]) -> None:
    """Keep which kinds of message also go to the phone; the inbox has all of them (通知偏好).

    kinds  those that go; every other one of KINDS stays in the inbox alone
    law    what must be told is told by the inbox: 行政许可法 §32, §42, §45 ask for no text message
    """
    for kind in KINDS:
        Preference.objects.update_or_create(person=by.person, kind=kind, defaults={"phone": kind in kinds})


@transaction.atomic
def forget(*, by: Reader) -> tuple[int, int]:
    """Delete the reader's messages and choices, and return how many of each there were (删除通知).

    law  个人信息保护法 §47: what was told stands in the cases themselves, the copies need not be kept
    """
    messages, _ = Message.objects.filter(person=by.person).delete()
    choices, _ = Preference.objects.filter(person=by.person).delete()
    return messages, choices
