"""All that a person has with the house, for their own eyes: where each case stands, by its journal (我的办件全貌)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from onewindow.accounts.rules import Applicant, Resident
from onewindow.calendars import queries as calendars
from onewindow.calendars.rules import WorkCalendar
from onewindow.cases.models import Case, Paper, Remark
from onewindow.cases.queries.one import need_of, seen_by, state_of
from onewindow.cases.rules import State, stage_at
from onewindow.core import journal, keys

MOST = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """A case and where it stands at the instant."""

    case: Case
    state: State
    chain: tuple[journal.Entry, ...]


def standings_for(asker: Applicant, *, at: datetime) -> tuple[list[Standing], WorkCalendar]:
    """Return the asker's cases, newest first, with where each stands (办件现状), at most MOST; and the calendar.

    queries  3
    """
    calendar = calendars.work_calendar()
    cases = list(Case.objects.filter(seen_by(asker)).order_by("-id")[:MOST])
    rows = journal.Entry.objects.filter(kind="case", subject__in=[case.number for case in cases])
    chains = {
        number: tuple(chain)
        for number, chain in groupby(rows.order_by("subject", "seq"), key=lambda entry: entry.subject)
    }
    found = [
        Standing(case, stage_at(state_of(chains[case.number]), need_of(case), calendar, at), chains[case.number])
        for case in cases
    ]
    return found, calendar


def papers_of_all(cases: list[Case]) -> dict[int, list[Paper]]:
    """Return the papers of several cases by the case's id (one query)."""
    found: dict[int, list[Paper]] = {}
    for paper in Paper.objects.filter(case__in=cases).order_by("id"):
        found.setdefault(paper.case_id, []).append(paper)
    return found


def remarks_of_all(cases: list[Case]) -> dict[str, dict[int, str]]:
    """Open the texts that were written with several cases' acts: number → sequence number → text (one query)."""
    numbers = {case.pk: case.number for case in cases}
    found: dict[str, dict[int, str]] = {}
    for row in Remark.objects.filter(case__in=cases):
        number = numbers[row.case_id]
        found.setdefault(number, {})[row.seq] = keys.unseal("cases_remark", "text", f"{number}:{row.seq}", row.text)
    return found


ERASURES = "erasure"
"""The chain of a person's wishes to have data deleted, each with what was decided (删除申请)."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """A wish to have data deleted, and what was done: how many were deleted, which cases are kept (删除决定)."""

    seq: int
    at: datetime
    drafts: int
    messages: int
    choices: int
    phone: bool
    kept: tuple[str, ...]


def erasures_for(asker: Resident) -> list[Erasure]:
    """Return the asker's wishes to have data deleted, the latest first (删除申请记录); one query."""
    found = []
    for entry in reversed(journal.chain(ERASURES, str(asker.person))):
        facts = journal.facts_of(entry)
        counts = (facts["drafts"], facts["messages"], facts["choices"])
        found.append(Erasure(entry.seq, entry.at, *counts, facts["phone"], tuple(facts["kept"])))
    return found
