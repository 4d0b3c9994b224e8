"""The inbox of a person, who sees only their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from onewindow.core.words import Words
from onewindow.notices.models import Message
from onewindow.notices.rules import sentence

__all__ = ["Notice", "inbox_for", "unread_for"]


class Reader(Protocol):
    """Who reads: the person behind a sign-in."""

    @property
    def person(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Notice:
    """A line of the inbox."""

    id: int
    subject: str
    words: Words
    at: datetime
    read: bool


def inbox_for(reader: Reader, *, after: str = "", size: int = 20) -> tuple[tuple[Notice, ...], str]:
    """Return the reader's messages, newest first, and where the next page begins ("" at the end).

    queries  1
    """
    rows = Message.objects.filter(person=reader.person).order_by("-id")
    if after.isdigit():
        rows = rows.filter(id__lt=int(after))
    page = list(rows[: size + 1])
    found = tuple(
        Notice(row.pk, row.subject, sentence(row.act, {"number": row.subject}), row.at, row.read_at is not None)
        for row in page[:size]
    )
    return found, str(page[size - 1].pk) if len(page) > size else ""


def unread_for(reader: Reader) -> int:
    """Return how many messages the reader has not opened, at most 100 (one query)."""
    return Message.objects.filter(person=reader.person, read_at__isnull=True)[:100].count()
