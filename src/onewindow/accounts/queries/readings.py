"""Who opened a person's data, page by page, with office and duty, for that person (谁查阅了我的信息)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from onewindow.accounts import models
from onewindow.accounts.rules import ANYWHERE, Duty, Resident
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Seen:
    """One opening: by the person themselves, or by which duty of which office; no name of staff."""

    own: bool
    office: str
    duties: tuple[Duty, ...]
    what: str
    why: str
    subject: str
    at: datetime


def seen_for(asker: Resident, *, after: str = "", size: int = 20) -> tuple[tuple[Seen, ...], str]:
    """Return who opened the asker's data, the latest first, and where the next page begins ("" at the end).

    raises   NotFound for a person who is not signed in by real name
    queries  2
    law      个人信息保护法 §44, §45
    """
    if asker.level < 2:
        raise NotFound(asker.key)
    rows = models.ReadLog.objects.filter(person=asker.person).order_by("-pk")
    if after.isdigit():
        rows = rows.filter(pk__lt=int(after))
    page = list(rows[: size + 1])
    duties = _duties(page[:size])
    found = tuple(
        Seen(row.staff is None, row.office, duties[row.pk], row.what, row.why, row.subject, row.at)
        for row in page[:size]
    )
    return found, str(page[size - 1].pk) if len(page) > size else ""


def _duties(rows: Iterable[models.ReadLog]) -> dict[int, tuple[Duty, ...]]:
    """Return by which duties each reader could serve on that day: those of the reading's office, else all."""
    rows = list(rows)
    held: dict[int, list[models.DutyRow]] = {}
    staff = {row.staff for row in rows if row.staff is not None}
    for duty in models.DutyRow.objects.filter(Q(staff__in=staff)).order_by("duty", "pk"):
        held.setdefault(duty.staff_id, []).append(duty)
    return {row.pk: _of(held.get(row.staff or 0, []), row) for row in rows}


def _of(held: list[models.DutyRow], row: models.ReadLog) -> tuple[Duty, ...]:
    day = day_of(row.at)
    then = [each for each in held if each.from_on <= day and (each.until_on is None or day <= each.until_on)]
    here = [each for each in then if each.scope in (row.office, ANYWHERE)] or then
    return tuple(Duty(word) for word in dict.fromkeys(each.duty for each in here))
