"""Writes of the working calendar: a year is proposed by one person and published by another."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction

from onewindow.calendars import gateways
from onewindow.calendars.models import CalendarYear
from onewindow.calendars.rules import Notice
from onewindow.core import canonical, journal
from onewindow.core.errors import Refusal

KIND = "calendar"


class Loaded(NamedTuple):
    """What a load did (加载结果): the years it published or proposed; all others were there already."""

    published: tuple[int, ...]
    proposed: tuple[int, ...]


def load(*, by: journal.By, at: datetime, folder: Path | None = None) -> Loaded:
    """Bring the calendars of the data folder into the database (加载工作日历); a second time nothing is left to do.

    Into a database without any year loading and publishing are one step. Later a notice that has come out for a year
    without one is proposed, and a person publishes it; what a person published is left alone.

    folder  data/calendars unless given
    raises  Refusal calendar.file; calendar.notice.*
    """
    notices = gateways.read_folder(folder or settings.DATA_DIR / "calendars")
    with transaction.atomic():
        known = {row.year: row for row in CalendarYear.objects.filter(status="published")}
        if not known:
            for notice in notices:
                _publish(_propose(notice, by, at), by, at)
            return Loaded(tuple(notice.year for notice in notices), ())
        waiting = set(CalendarYear.objects.filter(status="proposed").values_list("year", flat=True))
        news = [notice for notice in notices if notice.year not in waiting and _is_news(notice, known.get(notice.year))]
        for notice in news:
            _propose(notice, by, at)
    return Loaded((), tuple(notice.year for notice in news))


def _is_news(notice: Notice, row: CalendarYear | None) -> bool:
    return row is None or (notice.announced and not row.announced)


@transaction.atomic
def propose(*, notice: Notice, by: journal.By, at: datetime) -> CalendarYear:
    """Propose what a notice says of a year (提出放假安排); into a database without any year it is published at once.

    A proposal that waited for the same year is withdrawn.

    raises  Refusal calendar.same if the year says this already, published or proposed
    """
    digest = _digest(notice)
    if CalendarYear.objects.filter(year=notice.year, digest=digest, status__in=["published", "proposed"]).exists():
        raise Refusal("calendar.same", year=notice.year)
    first = not CalendarYear.objects.filter(status="published").exists()
    for row in CalendarYear.objects.select_for_update().filter(year=notice.year, status="proposed"):
        _move(row, "withdrawn", "calendar.withdraw", by, at)
    row = _propose(notice, by, at)
    return _publish(row, by, at) if first else row


@transaction.atomic
def publish(*, year: int, by: journal.By, at: datetime) -> CalendarYear:
    """Publish the proposal that waits for the year (发布放假安排); open cases are then dated again.

    raises  Refusal calendar.nothing_proposed; calendar.second_person if it is the proposer
    """
    row = CalendarYear.objects.select_for_update().filter(year=year, status="proposed").first()
    if row is None:
        raise Refusal("calendar.nothing_proposed", year=year)
    if row.proposed_by == by.key:
        raise Refusal("calendar.second_person", year=year)
    return _publish(row, by, at)


def _propose(notice: Notice, by: journal.By, at: datetime) -> CalendarYear:
    serial = CalendarYear.objects.filter(year=notice.year).count() + 1
    row = CalendarYear(
        code=f"{notice.year}-{serial}",
        year=notice.year,
        number=notice.number,
        announced=notice.announced,
        rest={day.isoformat(): name for day, name in sorted(notice.rest.items())},
        work={day.isoformat(): name for day, name in sorted(notice.work.items())},
        digest=_digest(notice),
        status="proposed",
        version=0,
        proposed_by=by.key,
        proposed_at=at,
    )
    facts = {name: getattr(row, name) for name in ("year", "number", "announced", "rest", "work", "digest")}
    row.version = _record(row, "calendar.propose", by, at, {**facts, "by": by.key})
    row.save(force_insert=True)
    return row


def _publish(row: CalendarYear, by: journal.By, at: datetime) -> CalendarYear:
    for former in CalendarYear.objects.select_for_update().filter(year=row.year, status="published"):
        _move(former, "replaced", "calendar.replace", by, at)
    row.published_by, row.published_at = by.key, at
    _move(row, "published", "calendar.publish", by, at)
    return row


def _move(row: CalendarYear, status: str, act: str, by: journal.By, at: datetime) -> None:
    row.status = status
    row.version = _record(row, act, by, at, {"year": row.year, "digest": row.digest, "by": by.key})
    row.save(update_fields=["status", "version", "published_by", "published_at"])


def _record(row: CalendarYear, act: str, by: journal.By, at: datetime, facts: dict[str, Any]) -> int:
    return journal.record(kind=KIND, subject=row.code, after=row.version, act=act, by=by, at=at, facts=facts)


def _digest(notice: Notice) -> str:
    said = [
        notice.year,
        notice.number,
        notice.announced,
        sorted((day.isoformat(), name) for day, name in notice.rest.items()),
        sorted((day.isoformat(), name) for day, name in notice.work.items()),
    ]
    return hashlib.sha256(canonical.text(said).encode()).hexdigest()
