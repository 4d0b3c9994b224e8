"""Telling people: into the inbox with the act's own job, out to the phone with another."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from onewindow.core import jobs
from onewindow.notices.gateways import Sender
from onewindow.notices.models import Message
from onewindow.notices.queries import Reader, goes_to_phone
from onewindow.notices.rules import sentence

LATEST = timedelta(days=1)


@transaction.atomic
def tell(*, person: int, subject: str, seq: int, act: str, at: datetime) -> None:
    """Put a message into the person's inbox, once for each act, and let its copy go out (告知).

    seq  of the journal entry that it tells of
    """
    message, new = Message.objects.get_or_create(
        subject=subject, seq=seq, defaults={"person": person, "act": act, "at": at}
    )
    if new:
        jobs.put(kind="notices.send", payload={"message": message.pk}, run_at=at)


def addressee(*, message: int) -> int | None:
    """Return the person whom a message is for (收件人), None once it was deleted."""
    return Message.objects.filter(pk=message).values_list("person", flat=True).first()


def send(*, message: int, phone: str, sender: Sender, at: datetime) -> None:
    """Send the copy of a message and note that it went; one that went before is left alone (发送).

    Nor is one sent that the person has deleted, or whose kind they chose to have in the inbox alone.

    A copy that could not go out within a day stays unsent: the inbox has it, and late news by night helps no one.

    phone  the person's, opened for this sending only; without one the inbox is all there is
    """
    row = Message.objects.filter(pk=message).first()
    if row is None or row.sent_at is not None or not phone or at - row.at > LATEST:
        return
    if not goes_to_phone(row.person, row.act):
        return
    words = sentence(row.act, {"number": row.subject})
    sender.send(phone, words.zh, reference=f"{row.subject}-{row.seq}")
    row.sent_at = at
    row.save(update_fields=["sent_at"])


@transaction.atomic
def read(*, by: Reader, at: datetime) -> None:
    """Note that the reader has opened the inbox (已读)."""
    Message.objects.filter(person=by.person, read_at__isnull=True).update(read_at=at)
