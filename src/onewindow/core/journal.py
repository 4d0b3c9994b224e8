"""The journal (办理日志): what happened to each subject, in a chain that shows every later change.

One chain a subject; an entry holds facts enough to make every non-personal column of the subject again. Names, numbers
and phones never stand here: only digests under a key that deleting the subject destroys.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from onewindow.core import canonical, jobs, sql
from onewindow.core.models import Entry

__all__ = [
    "By",
    "Entry",
    "Fault",
    "append",
    "build",
    "chain",
    "digest",
    "facts_of",
    "listen",
    "listeners",
    "record",
    "size",
    "verify",
    "wake",
]


class By(Protocol):
    """Who acts, as far as the journal may know: numbers and places, never names."""

    @property
    def key(self) -> str: ...
    @property
    def staff(self) -> int | None: ...
    @property
    def office(self) -> str: ...
    @property
    def division(self) -> str: ...
    @property
    def channel(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where a chain does not hold: what was found there."""

    kind: str
    subject: str
    seq: int
    fault: str


_LISTENERS: dict[str, list[str]] = {}


def listen(act: str, job: str) -> None:
    """Wake the job of that kind whenever the act is recorded (called once, when the process starts)."""
    names = _LISTENERS.setdefault(act, [])
    if job not in names:
        names.append(job)


def listeners(act: str) -> tuple[str, ...]:
    """Return the kinds of job that the act wakes."""
    return tuple(_LISTENERS.get(act, ()))


def build(
    *,
    kind: str,
    subject: str,
    seq: int,
    previous: str,
    act: str,
    by: By,
    at: datetime,
    noted_at: datetime,
    facts: dict[str, Any],
) -> Entry:
    """Return the entry with its digest, not stored yet."""
    entry = Entry(
        kind=kind,
        subject=subject,
        seq=seq,
        act=act,
        staff=by.staff,
        office=by.office,
        division=by.division,
        channel=by.channel,
        at=at,
        noted_at=noted_at,
        facts=canonical.text(facts),
        previous=previous,
    )
    entry.hash = digest(entry)
    return entry


def append(entry: Entry) -> int:
    """Store a built entry and wake who listens, in the caller's transaction; return its sequence number."""
    sql.add([entry])
    wake(entry)
    return entry.seq


def wake(entry: Entry) -> None:
    """Put a job for each listener of the entry's act, in the caller's transaction."""
    payload = {"kind": entry.kind, "subject": entry.subject, "seq": entry.seq}
    jobs.put_many([(name, payload) for name in listeners(entry.act)], run_at=entry.noted_at)


def record(
    *,
    kind: str,
    subject: str,
    after: int,
    act: str,
    by: By,
    at: datetime,
    noted_at: datetime | None = None,
    facts: dict[str, Any] | None = None,
) -> int:
    """Append an act to its subject's chain and return the subject's new version.

    after     the subject's version now: the sequence number of its last entry, 0 for a new subject
    at        the instant of the fact
    noted_at  the instant of writing it down; the same unless given
    """
    hashes = Entry.objects.values_list("hash", flat=True)
    previous = hashes.get(kind=kind, subject=subject, seq=after) if after else ""
    return append(
        build(
            kind=kind,
            subject=subject,
            seq=after + 1,
            previous=previous,
            act=act,
            by=by,
            at=at,
            noted_at=noted_at or at,
            facts=facts or {},
        )
    )


def chain(kind: str, subject: str) -> list[Entry]:
    """Return the subject's entries in their order."""
    return list(Entry.objects.filter(kind=kind, subject=subject).order_by("seq"))


def facts_of(entry: Entry) -> dict[str, Any]:
    """Return the entry's facts as plain values; instants and dates are ISO text."""
    facts: dict[str, Any] = json.loads(entry.facts)
    return facts


def size() -> int:
    """Return how many entries stand in the journal."""
    return Entry.objects.count()


def verify(entries: Iterator[Entry] | None = None) -> Iterator[Fault]:
    """Walk every chain once, in bounded memory, and yield each place that does not hold."""
    if entries is None:
        entries = Entry.objects.order_by("kind", "subject", "seq").iterator(chunk_size=2000)
    name, seq, previous = ("", ""), 0, ""
    for entry in entries:
        if (entry.kind, entry.subject) != name:
            name, seq, previous = (entry.kind, entry.subject), 0, ""
        if entry.seq != seq + 1:
            yield Fault(entry.kind, entry.subject, entry.seq, f"entry {seq + 1} is missing")
        elif entry.previous != previous:
            yield Fault(entry.kind, entry.subject, entry.seq, "does not follow the entry before")
        if digest(entry) != entry.hash:
            yield Fault(entry.kind, entry.subject, entry.seq, "was changed after it was written")
        seq, previous = entry.seq, entry.hash


def digest(entry: Entry) -> str:
    """Return the hash of an entry over all that it says and the hash before it."""
    text = canonical.text(
        [
            entry.previous,
            entry.kind,
            entry.subject,
            entry.seq,
            entry.act,
            entry.staff,
            entry.office,
            entry.division,
            entry.channel,
            entry.at,
            entry.noted_at,
            entry.facts,
        ]
    )
    return hashlib.sha256(text.encode()).hexdigest()
