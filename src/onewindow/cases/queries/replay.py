"""The fold of a case's journal, and the proof that each row is that fold (重演)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby, zip_longest
from typing import Any

from onewindow.calendars.queries import work_calendar
from onewindow.cases.models import Case
from onewindow.cases.queries.one import (
    dates_of,
    entries,
    form_digest,
    form_of,
    name_of,
    papers_of,
    plate_lookup,
    state_columns,
    state_of,
)
from onewindow.cases.rules import Dates
from onewindow.core import journal, keys
from onewindow.core.errors import Refusal

_ASIDE = {"firm": "", "agent": None, "basis": "", "helper": None, "by_phone": False}
"""Who stood beside the applicant, and how it was begun: noted where it was so."""


def columns(chain: list[journal.Entry]) -> dict[str, Any]:
    """Return every non-personal column of a case as its journal has it (重演), for storing and for checking."""
    state = state_of(chain)
    first = journal.facts_of(chain[0])
    found: dict[str, Any] = {name: first[name] for name in ("division", "site", "office", "item", "edition", "person")}
    found = {**found, **{name: first.get(name, none) for name, none in _ASIDE.items()}}
    limits, dates = "[]", dict[str, str]()
    for entry in chain:
        facts = journal.facts_of(entry)
        limits = facts.get("limits", limits)
        found["limits_edition"] = facts.get("limits_edition", found.get("limits_edition"))
        dates = facts.get("dates", dates)
    days = {name: date.fromisoformat(day) if day else None for name, day in dates.items()}
    return {
        **found,
        **days,
        "need": first["need"],
        "channel": chain[0].channel,
        "limits": limits,
        "received_at": state.received_at,
        **state_columns(state),
        "version": chain[-1].seq,
    }


def replay() -> Iterator[tuple[str, list[tuple[str, Any, Any]]]]:
    """Make every case's row again from its journal and yield where they differ: name, stored, folded (重演核对).

    Personal columns must match the digests that the journal holds, while the case's key exists. Memory is bounded.
    """
    chains = groupby(_all_entries(), key=lambda entry: entry.subject)
    rows = Case.objects.order_by("number").iterator(chunk_size=500)
    for case, (number, chain) in zip_longest(rows, chains, fillvalue=("", ())):
        if not isinstance(case, Case) or case.number != number:
            raise Refusal("journal.replay", subject=getattr(case, "number", number))
        yield number, list(_differences(case, list(chain)))


def recounted(*, at: datetime) -> Iterator[tuple[str, Dates, Dates]]:
    """Count each open case's dates again and yield them: number, as stored, as counted now (日期核对)."""
    calendar = work_calendar()
    for case in Case.objects.filter(ended_at__isnull=True).order_by("id").iterator(chunk_size=500):
        stored = Dates(case.yellow_on, case.promised_on, case.statute_on, case.told_on, case.due_on)
        state = state_of(entries(case.number))
        counted = dates_of(case, state, calendar, at)
        yield case.number, stored, counted.keeping(case.told_on)


def _all_entries() -> Iterator[journal.Entry]:
    rows = journal.Entry.objects.filter(kind="case").order_by("subject", "seq")
    return rows.iterator(chunk_size=2000)


def _differences(case: Case, chain: list[journal.Entry]) -> Iterator[tuple[str, Any, Any]]:
    for name, folded in columns(chain).items():
        stored = getattr(case, name)
        if stored != folded:
            yield name, stored, folded
    latest: dict[str, Any] = {}
    for entry in chain:
        told = journal.facts_of(entry)
        latest = {**latest, **{name: told[name] for name in ("papers", "name", "form") if name in told}}
    held = [[paper.key, paper.holder, paper.state, paper.sha256] for paper in papers_of(case)]
    if held != latest["papers"]:
        yield "papers", held, latest["papers"]
    if case.secret:
        yield from _personal(case, keys.unseal_bytes("cases_case", "secret", case.number, case.secret), latest)


def _personal(case: Case, secret: bytes, latest: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Compare what is sealed with the digests that the journal holds of it."""
    form = form_of(case)
    for name, digest in (("name", keys.digest(secret, name_of(case))), ("form", form_digest(secret, form))):
        if digest != latest[name]:
            yield name, "digest", "another"
    if case.plate_lookup != plate_lookup(form.fields):
        yield "plate_lookup", "digest", "another"
