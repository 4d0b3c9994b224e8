"""What waits for somebody (等着处理): corrections, pauses, silences, letters; and the jobs that were set aside.

Each list is bounded by MOST and shows no name: a supervisor needs the case, not the person.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onewindow.accounts.rules import ANYWHERE, Duty, Staff
from onewindow.cases.models import Case
from onewindow.cases.queries.board import supervised
from onewindow.cases.rules import Stage
from onewindow.core import jobs, journal
from onewindow.core.errors import NotFound

MOST = 500
LETTERS = ("cases.letter", "cases.fee_receipt")
_NUMBER = re.compile(r"\d{8}-\d{8}-[0-9a-f]{5,6}")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits: the day that it is about, and a word on how it stands."""

    number: str
    item: str
    edition: str
    site: str
    office: str
    day: date | None
    at: datetime | None = None
    word: str = ""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A job that was set aside (死信): nothing of what it carries but the case's number."""

    id: int
    kind: str
    subject: str
    error: str
    attempts: int
    dead_at: datetime


_COLUMNS = ("number", "item", "edition", "site", "office")


def corrections_for(asker: Staff, *, until: date) -> tuple[Waiting, ...]:
    """Return the open correction notices whose day comes by then, the nearest first (补正将到期).

    raises   NotFound
    queries  1
    """
    cases = Case.objects.filter(supervised(asker), ended_at__isnull=True, closes_on__isnull=False)
    rows = cases.filter(stage=Stage.CORRECTION.value, closes_on__lte=until).order_by("closes_on", "id")
    return tuple(
        Waiting(**{name: row[name] for name in _COLUMNS}, day=row["closes_on"])
        for row in rows.values(*_COLUMNS, "closes_on")[:MOST]
    )


def pauses_for(asker: Staff, *, today: date) -> tuple[Waiting, ...]:
    """Return the paused cases whose end was expected before today, of the MOST that stand longest (暂停逾预计).

    raises   NotFound
    queries  2
    law      行政许可法 §45: the time needed was told
    """
    cases = Case.objects.filter(supervised(asker), ended_at__isnull=True, paused_at__isnull=False)
    rows = list(cases.order_by("paused_at", "id").values(*_COLUMNS, "paused_at")[:MOST])
    told: dict[str, str] = {}
    halts = journal.Entry.objects.filter(
        kind="case", subject__in=[row["number"] for row in rows], act="case.pause"
    ).order_by("subject", "seq")
    for entry in halts:
        told[entry.subject] = journal.facts_of(entry).get("expected_on") or ""
    found = []
    for row in rows:
        expected = told.get(row["number"], "")
        if expected and date.fromisoformat(expected) < today:
            case = {name: row[name] for name in _COLUMNS}
            found.append(Waiting(**case, day=date.fromisoformat(expected), at=row["paused_at"]))
    return tuple(found)


def silences_for(asker: Staff, *, since: datetime) -> tuple[Waiting, ...]:
    """Return the cases that silence accepted, as written down since then, the latest first (视为受理).

    raises   NotFound
    queries  2
    law      行政许可法 §32(四)
    """
    accepted = journal.Entry.objects.filter(act="case.accept", staff__isnull=True, noted_at__gte=since, kind="case")
    entries = {entry.subject: entry for entry in accepted.order_by("-noted_at", "-id")[:MOST]}
    return _joined(asker, {number: (entry.noted_at, "") for number, entry in entries.items()})


def letters_waiting_for(asker: Staff, *, at: datetime) -> tuple[Waiting, ...]:
    """Return the cases whose letters wait to be made, or failed (文书待制、失败).

    raises   NotFound
    queries  3
    """
    told: dict[str, tuple[datetime, str]] = {}
    soon = at + timedelta(hours=1)  # one that failed waits at most so long for its next attempt
    waiting = jobs.Job.objects.filter(kind__in=LETTERS, done_at__isnull=True, dead_at__isnull=True, run_at__lte=soon)
    dead = jobs.dead_letters().filter(kind__in=LETTERS).order_by("-id")
    # Two questions, for each has its own index; one for both would read every job that was ever done.
    for job in (*waiting.order_by("run_at", "id")[:MOST], *dead[:MOST]):
        subject = _subject(job.payload)
        word = "dead" if job.dead_at else "failed" if job.attempts and job.error else "waits"
        if subject and told.get(subject, (at, ""))[1] != "dead":
            told[subject] = (job.dead_at or job.run_at, word)
    return _joined(asker, told)


def _joined(asker: Staff, told: Mapping[str, tuple[datetime, str]]) -> tuple[Waiting, ...]:
    """The cases of these numbers that the asker supervises, in the order given; one query."""
    rows = Case.objects.filter(supervised(asker), number__in=list(told)).values(*_COLUMNS)
    found = {row["number"]: row for row in rows}
    return tuple(
        Waiting(**found[number], day=None, at=instant, word=word)
        for number, (instant, word) in told.items()
        if number in found
    )


def runs_house(asker: Staff) -> bool:
    """Say whether the asker may see and revive the house's own jobs: supervises everywhere, or administers (运维)."""
    return asker.may(Duty.SUPERVISE, ANYWHERE) or asker.has(Duty.ADMIN)


def dead_letters_for(asker: Staff, *, after: str = "", size: int = 50) -> tuple[tuple[DeadLetter, ...], str]:
    """Return the jobs that were set aside, the latest first, and where the next page begins (死信).

    after    the id that the page before ended with
    raises   NotFound
    queries  1
    """
    if not runs_house(asker) or not (after.isdigit() or not after):
        raise NotFound("jobs")
    rows = jobs.dead_letters().order_by("-id")
    page = list((rows.filter(pk__lt=int(after)) if after else rows)[: size + 1])
    return tuple(_dead(page[:size])), str(page[size - 1].pk) if len(page) > size else ""


def dead_count_for(asker: Staff) -> int:
    """Return how many jobs were set aside; 0 to one who may not know (one query)."""
    return jobs.dead_letters().count() if runs_house(asker) else 0


def _dead(rows: Iterable[jobs.Job]) -> Iterable[DeadLetter]:
    for job in rows:
        if job.dead_at is not None:
            yield DeadLetter(job.pk, job.kind, _subject(job.payload), job.error, job.attempts, job.dead_at)


def _subject(payload: str) -> str:
    """The case that a job is about, "" for none: of its payload nothing else is ever shown."""
    told = json.loads(payload)
    subject = str(told.get("subject") or told.get("number") or "")
    return subject if _NUMBER.fullmatch(subject) else ""
