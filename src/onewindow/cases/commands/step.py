"""One way to carry out an act on a case: load, settle what is due by law, decide, store, record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from onewindow.accounts.rules import System
from onewindow.calendars import queries as calendars
from onewindow.calendars.rules import WorkCalendar
from onewindow.cases import queries
from onewindow.cases.models import Case, Remark
from onewindow.cases.queries import Asker
from onewindow.cases.rules import (
    DONE,
    Act,
    Dates,
    Event,
    State,
    obstacle,
    silence,
)
from onewindow.cases.rules.clocks import limits_text
from onewindow.cases.rules.life import after
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from onewindow.core import journal, keys, once
from onewindow.core.errors import Refusal, expect
from onewindow.core.once import Once


@dataclass(frozen=True, slots=True)
class Step:
    """One act as it was asked: by whom, on which state of the case, under which key."""

    number: str
    act: Act
    by: Asker
    at: datetime
    version: int
    key: Once
    held_at: datetime | None = None  # when the fact was, if it is noted later
    good: bool = True
    facts: Mapping[str, Any] = field(default_factory=dict)
    remark: str = ""


def carry_out(step: Step) -> Case:
    """Carry out the act in the caller's transaction and return the case as it is after it.

    raises  NotFound; Refusal case.move, case.stale, case.duty, case.party, case.held_at, once.reused and the item's own
    """
    inputs = [step.number, step.version, step.held_at, step.good, dict(step.facts), step.remark]
    done = once.claim(step.key, step.by, f"case.{step.act}", inputs, at=step.at, subject=step.number)
    if done is not None:
        return queries.case_for(step.by, done)
    case = queries.case_for(step.by, step.number, lock=True)
    expect(case.version, step.version, "case.stale")
    chain = queries.entries(case.number)
    state = queries.state_of(chain)
    calendar = calendars.work_calendar()
    chain, state = settle(case, chain, state, step.at, calendar)
    allow(case, state, step)
    event = Event(step.act, step.held_at or step.at, step.by.staff, step.good)
    if not state.received_at <= event.at <= step.at:
        raise Refusal("case.held_at")
    record(case, chain, after(state, event), event, step, calendar)
    return case


def allow(case: Case, state: State, step: Step) -> None:
    """Refuse an act that the table, the item, the asker's duty or fairness does not allow.

    raises  Refusal
    """
    staff = step.by.staff
    if refusal := obstacle(state, step.act, queries.need_of(case), staff):
        raise refusal
    if refusal := queries.duty_obstacle(case, step.act, step.by):
        raise refusal


def settle(
    case: Case, chain: list[journal.Entry], state: State, at: datetime, calendar: WorkCalendar
) -> tuple[list[journal.Entry], State]:
    """Write down what has become due by law alone: silence past the fifth working day is acceptance (视为受理).

    law  行政许可法 §32(四)
    """
    event = silence(state, queries.need_of(case), calendar, at)
    if event is None:
        return chain, state
    silent = Step(
        case.number, Act.ACCEPT, System("law"), at, case.version, Once("by-law-alone"), facts={"deemed": True}
    )
    entry = record(case, chain, after(state, event), event, silent, calendar)
    return [*chain, entry], after(state, event)


def record(
    case: Case, chain: list[journal.Entry], state: State, event: Event, step: Step, calendar: WorkCalendar
) -> journal.Entry:
    """Store the case as it is after the event, with its entry, its dates and its remark."""
    facts: dict[str, Any] = {**step.facts}
    if event.act is Act.CHECK:
        facts["passed"] = event.good
    if event.act is Act.ACCEPT:
        facts = {**facts, **_limits_in_force(case)}
        case.limits, case.limits_edition = facts["limits"], facts["limits_edition"]
    dates = queries.dates_of(case, state, calendar, step.at)
    facts["dates"] = dates.as_facts()
    if step.remark:
        secret = keys.unseal_bytes("cases_case", "secret", case.number, case.secret or b"")
        facts["remark"] = keys.digest(secret, step.remark)
    entry = journal.build(
        kind="case",
        subject=case.number,
        seq=case.version + 1,
        previous=chain[-1].hash,
        act=f"case.{event.act}",
        by=step.by,
        at=event.at,
        noted_at=step.at,
        facts=facts,
    )
    case.version = journal.append(entry)
    if step.remark:
        sealed = keys.seal("cases_remark", "text", f"{case.number}:{entry.seq}", step.remark)
        Remark.objects.create(case=case, seq=entry.seq, text=sealed)
    _store(case, state, dates)
    return entry


def _limits_in_force(case: Case) -> dict[str, str]:
    """Return the item's limits of now: questions follow the edition at submission, limits the one at acceptance."""
    edition = catalogue.current_edition()
    answers = queries.form_of(case).answers
    rows = items.limits(catalogue.item(case.item, edition), answers)
    return {"limits": limits_text(rows), "limits_edition": edition}


_COLUMNS = [
    "stage", "outcome", "accepted_at", "checked_at", "decided_at", "ended_at", "limits", "limits_edition",
    "yellow_on", "promised_on", "statute_on", "told_on", "due_on", "version",
]  # fmt: skip


def _store(case: Case, state: State, dates: Dates) -> None:
    case.stage, case.outcome = state.stage.value, state.outcome.value
    case.accepted_at, case.checked_at = state.accepted_at, state.checked_at
    case.decided_at, case.ended_at = state.decided_at, state.ended_at
    case.yellow_on, case.promised_on, case.statute_on = dates.yellow_on, dates.promised_on, dates.statute_on
    case.told_on, case.due_on = dates.told_on, dates.due_on
    case.save(update_fields=_COLUMNS)


def is_over(case: Case) -> bool:
    """Say whether nothing more can happen to the case."""
    return case.stage in {stage.value for stage in DONE}
