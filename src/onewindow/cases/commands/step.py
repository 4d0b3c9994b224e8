"""One way to carry out an act on a case: load, settle what is due by law, decide, store, record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from onewindow.accounts.rules import System
from onewindow.calendars import queries as calendars
from onewindow.calendars.rules import WorkCalendar
from onewindow.cases import queries
from onewindow.cases.commands.revising import Revision, revise
from onewindow.cases.models import Case, Remark
from onewindow.cases.queries import Asker
from onewindow.cases.rules import DONE, Act, Event, State, after, by_law, obstacle
from onewindow.cases.rules.clocks import limits_from, limits_text
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from onewindow.core import journal, keys, once
from onewindow.core.errors import Refusal, expect
from onewindow.core.once import Once
from onewindow.payments import commands as payments
from onewindow.payments import rules as charges


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case under its lock, as it stands at the instant: what an act is judged by."""

    case: Case
    state: State
    calendar: WorkCalendar


Judge = Callable[[Loaded], Mapping[str, Any]]
"""Looks at the loaded case before the act is stored: refuses, or returns further facts for the entry."""


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
    revision: Revision | None = None  # what the form and the papers become
    judge: Judge | None = None


def carry_out(step: Step) -> Case:
    """Carry out the act in the caller's transaction and return the case as it is after it.

    raises  NotFound; Refusal case.move, case.stale, case.duty, case.party, case.held_at, once.reused and the item's own
    """
    inputs: list[Any] = [step.number, step.version, step.held_at, step.good, dict(step.facts), step.remark]
    if step.revision is not None:
        inputs.append(step.revision.as_inputs())
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
    facts: dict[str, Any] = {**step.facts}
    if step.judge is not None:
        facts = {**facts, **step.judge(Loaded(case, state, calendar))}
    event = Event(step.act, step.held_at or step.at, step.by.staff, step.good, facts)
    if not state.received_at <= event.at <= step.at:
        raise Refusal("case.held_at")
    record(case, chain, after(state, event), event, step, calendar)
    return case


def allow(case: Case, state: State, step: Step) -> None:
    """Refuse an act that the table, the item, the asker's duty or fairness does not allow.

    raises  Refusal
    """
    limits = limits_from(case.limits)
    need = queries.need_now(case, state) if step.act in (Act.MAKE, Act.DELIVER) else queries.need_of(case)
    if refusal := obstacle(state, step.act, need, step.by.staff, limits):
        raise refusal
    if refusal := queries.duty_obstacle(case, step.act, step.by, state.stage):
        raise refusal


def settle(
    case: Case, chain: list[journal.Entry], state: State, at: datetime, calendar: WorkCalendar
) -> tuple[list[journal.Entry], State]:
    """Write down what has come about by law alone: acceptance by silence (视为受理), or a lapse (逾期未补正).

    law  行政许可法 §32(四)
    """
    event = by_law(state, queries.need_of(case), calendar, at)
    if event is None:
        return chain, state
    silent = Step(case.number, event.act, System("law"), at, case.version, Once("by-law-alone"), facts=event.facts)
    entry = record(case, chain, after(state, event), event, silent, calendar)
    return [*chain, entry], after(state, event)


def record(
    case: Case, chain: Sequence[journal.Entry], state: State, event: Event, step: Step, calendar: WorkCalendar
) -> journal.Entry:
    """Store the case as it is after the event, with its entry, its dates and its remark."""
    facts: dict[str, Any] = {**event.facts}
    if event.act is Act.CHECK:
        facts["passed"] = event.good
    if event.act is Act.ACCEPT:
        facts = {**facts, **_in_force(case, step)}
        case.limits, case.limits_edition = facts["limits"], facts["limits_edition"]
    if step.revision is not None:
        facts = {**facts, **revise(case, step.revision, step.by)}
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
    columns = {**queries.state_columns(state), **dates.as_columns()}
    for name, value in columns.items():
        setattr(case, name, value)
    case.save(update_fields=[*columns, "form", "limits", "limits_edition", "plate_lookup", "version"])
    return entry


def _in_force(case: Case, step: Step) -> dict[str, str]:
    """Return the item's limits of now, and charge its fees of now: questions alone follow the edition at submission."""
    edition = catalogue.current_edition()
    answers, item = queries.form_of(case).answers, catalogue.item(case.item, edition)
    lines = charges.lines_of(items.fees(item, answers))
    if any(line.sum_cents for line in lines):
        payments.charge(
            subject=case.number,
            division=case.division,
            site=case.site,
            lines=lines,
            by=step.by,
            at=step.at,
            party=case.person,
            first=True,  # a case is accepted once
        )
    return {"limits": limits_text(items.limits(item, answers)), "limits_edition": edition}


def is_over(case: Case) -> bool:
    """Say whether nothing more can happen to the case."""
    return case.stage in {stage.value for stage in DONE}
