"""One case or draft, and who may see it: a hidden case and a missing one answer alike."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from onewindow.accounts.rules import ANYWHERE, Agent, Applicant, Resident, System, plain_plate
from onewindow.calendars import queries as calendars
from onewindow.calendars.rules import OpeningHours, WorkCalendar
from onewindow.cases.models import Case, Draft, Paper, Remark
from onewindow.cases.queries.allowed import Allowed, Asker, acts_for
from onewindow.cases.queries.lists import LISTED, ON_CASES, Row, own_cases, row_of
from onewindow.cases.rules import (
    INTERNAL,
    Act,
    Clocks,
    Dates,
    Event,
    Need,
    Outcome,
    Stage,
    State,
    clocks,
    fold,
    list_dates,
    stage_at,
)
from onewindow.cases.rules.clocks import limits_from, needs_hours
from onewindow.core import canonical, journal, keys
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound
from onewindow.payments import queries as payments
from onewindow.places import queries as places


@dataclass(frozen=True, slots=True)
class Form:
    """What the applicant gave, opened: answers to questions, fields of the form."""

    answers: dict[str, Any]
    fields: dict[str, str]
    papers: dict[str, str] = field(default_factory=dict)  # of a draft: "key" or "key:holder" → file id, or "bring"


@dataclass(frozen=True, slots=True)
class CasePage:
    """All that the page of a case is made from; names and forms are open here, the page masks them."""

    case: Case
    state: State
    need: Need
    clocks: Clocks
    calendar: WorkCalendar
    entries: tuple[journal.Entry, ...]
    papers: tuple[Paper, ...]
    remarks: dict[int, str]
    acts: tuple[Allowed, ...]
    row: Row


def seen_by(asker: Asker) -> Q:
    """Return which cases the asker may know of, as a condition (可见范围)."""
    if isinstance(asker, System):
        return Q()
    if isinstance(asker, Resident | Agent):
        return own_cases(asker)
    scopes = {scope for duty, scope in asker.duties if duty in ON_CASES}
    if ANYWHERE in scopes:
        return Q()
    return Q(site__in=scopes) | Q(office__in=scopes)


def case_for(asker: Asker, number: str, *, lock: bool = False) -> Case:
    """Return the case if the asker may know of it.

    lock     hold the row until the transaction ends
    raises   NotFound
    queries  1
    """
    rows: QuerySet[Case] = Case.objects.select_for_update() if lock else Case.objects.all()
    case = rows.filter(seen_by(asker), number=number).first()
    if case is None:
        raise NotFound(number)
    return case


def entries(number: str) -> list[journal.Entry]:
    """Return the case's journal in its order (one query)."""
    return journal.chain("case", number)


def events(chain: Iterable[journal.Entry]) -> list[Event]:
    """Return the acts of a chain as far as the case's life depends on them."""
    found = []
    for entry in chain:
        facts = journal.facts_of(entry)
        act = Act(entry.act.removeprefix("case."))
        found.append(Event(act, entry.at, entry.staff, facts.get("passed", True), facts))
    return found


def state_of(chain: Iterable[journal.Entry]) -> State:
    """Return where the case stands by its journal (办件状态)."""
    return fold(events(chain))


def need_of(case: Case) -> Need:
    """Return what the item asks of the case's life."""
    words = set(case.need.split())
    return Need(
        check="check" in words, making="making" in words, licence="licence" in words, promised="promised" in words
    )


def need_now(case: Case, state: State) -> Need:
    """Return what the item asks, and whether an approved result still waits for its fee (one query for such)."""
    need = need_of(case)
    waits = state.outcome is Outcome.APPROVED and state.stage in (Stage.DECIDED, Stage.MADE)
    return replace(need, unpaid=True) if waits and not payments.is_settled(case.number) else need


def name_of(case: Case) -> str:
    """Open the applicant's name as it was at submission; "" once it is deleted."""
    return keys.unseal("cases_case", "name", case.number, case.name) if case.name else ""


def form_of(case: Case | Draft) -> Form:
    """Open the form of a case or a draft; empty once it is deleted."""
    if not case.form:
        return Form({}, {})
    table = "cases_draft" if isinstance(case, Draft) else "cases_case"
    opened = json.loads(keys.unseal(table, "form", case.number, case.form))
    return Form(opened["answers"], opened["fields"], opened.get("papers", {}))


def papers_of(case: Case) -> list[Paper]:
    """Return the papers of a case in the order they were asked (one query)."""
    return list(Paper.objects.filter(case=case).order_by("id"))


def file_for(asker: Asker, number: str, paper: int) -> str:
    """Return the id of the file that was handed in as this paper, for one who may see the case.

    paper    the row's id, as the case page links it
    raises   NotFound
    queries  2
    """
    row = Paper.objects.filter(case=case_for(asker, number), pk=paper).exclude(file="").first()
    if row is None:
        raise NotFound(number)
    return row.file


def remarks_of(case: Case) -> dict[int, str]:
    """Open the texts that were written with the case's acts, by the sequence number of the act (one query)."""
    rows = Remark.objects.filter(case=case)
    return {row.seq: keys.unseal("cases_remark", "text", f"{case.number}:{row.seq}", row.text) for row in rows}


def notice_words(remark: str) -> tuple[str, dict[str, str]]:
    """Return what a correction notice says besides its faults: its text, each fault's note by name (告知内容)."""
    told = json.loads(remark) if remark else {}
    return told.get("text", ""), told.get("notes", {})


def ground_of(asker: Applicant) -> str:
    """Return the word for whom a draft is begun: "" for oneself, else the ground on which one acts (代办依据)."""
    return f"{asker.basis.value}-{asker.ground}" if isinstance(asker, Agent) else ""


def draft_for(asker: Applicant, number: str, *, lock: bool = False) -> Draft:
    """Return the asker's draft; what was begun for oneself is not there while one acts for another, nor the reverse.

    raises   NotFound
    queries  1
    """
    rows: QuerySet[Draft] = Draft.objects.select_for_update() if lock else Draft.objects.all()
    draft = rows.filter(person=asker.person, ground=ground_of(asker), number=number).first()
    if draft is None:
        raise NotFound(number)
    return draft


def drafts_for(asker: Applicant) -> list[Draft]:
    """Return the drafts that the asker began for whom they act now, last saved first (one query)."""
    return list(Draft.objects.filter(person=asker.person, ground=ground_of(asker)).order_by("-saved_at"))


def drafts_typed_for(asker: Applicant) -> list[Draft]:
    """Return all that the human who asks has typed, for whomever they began it (one query)."""
    return list(Draft.objects.filter(person=asker.person).order_by("-saved_at"))


def case_page_for(asker: Asker, number: str, *, at: datetime) -> CasePage:
    """Return the case with its clocks, history, papers and the acts allowed now, for one who may know of it.

    raises   NotFound
    queries  5; 1 more where a limit runs in opening hours, and 1 where the result may wait for a fee
    """
    case = case_for(asker, number)
    chain = entries(number)
    calendar = calendars.work_calendar()
    state = stage_at(state_of(chain), need_of(case), calendar, at)
    need = need_now(case, state)
    limits, hours = limits_from(case.limits), hours_of(case)
    row = {name: getattr(case, name) for name in LISTED}
    return CasePage(
        case=case,
        state=state,
        need=need,
        clocks=clocks(state, limits, need, calendar, at, hours, case.told_on),
        calendar=calendar,
        entries=tuple(chain),
        papers=tuple(papers_of(case)),
        remarks=remarks_of(case),
        acts=acts_for(asker, case, state, need),
        row=row_of(row, day_of(at)),
    )


def dates_of(case: Case, state: State, calendar: WorkCalendar, at: datetime) -> Dates:
    """Return the days that the case's lists sort and colour by, by the clock of its stage (列表日期).

    queries  none; 1 where a limit runs in opening hours, which are those of the site that received it
    """
    limits, hours = limits_from(case.limits), hours_of(case)
    dates = list_dates(state, limits, need_of(case), calendar, at, hours)
    same_clock = bool(state.history) and state.history[-1].act in _SAME_CLOCK
    return dates.keeping(case.told_on) if same_clock else dates


_SAME_CLOCK = frozenset({Act.REVIEW, Act.OFFER_HEARING, Act.MEND, Act.REDATE}) | INTERNAL
"""The acts after which the day that was told is still the day that was told."""


def hours_of(case: Case) -> OpeningHours | None:
    """Return the opening hours of the case's site where one of its limits runs in them, else None without a query."""
    return places.opening(case.site) if needs_hours(limits_from(case.limits)) else None


def calendar() -> WorkCalendar:
    """Return the working days as they are published now (one query)."""
    return calendars.work_calendar()


def state_columns(state: State) -> dict[str, Any]:
    """Return the columns of a case that its state alone decides, for storing and for checking (状态列)."""
    return {
        "stage": state.stage.value,
        "outcome": state.outcome.value,
        "accepted_at": state.accepted_at,
        "checked_at": state.checked_at,
        "decided_at": state.decided_at,
        "ended_at": state.ended_at,
        "paused_at": state.halt.since if state.halt else None,
        "closes_on": state.closes_on,
        "claimed_by": state.claimed_by,
    }


def plate_lookup(fields: Mapping[str, str]) -> str:
    """Return the digest by which a case is found from its vehicle's number, "" without one (号牌查找摘要)."""
    plate = plain_plate(fields.get("vehicle.plate", ""))
    return keys.lookup("plate", plate) if plate else ""


def form_digest(secret: bytes, form: Form) -> str:
    """Return the digest of an applicant's form that stands in the journal (表单摘要)."""
    return keys.digest(secret, canonical.text({"answers": form.answers, "fields": form.fields}))
