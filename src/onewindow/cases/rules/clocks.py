"""The clocks of a case (办件时限): which run now, and the days that lists sort and colour by."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

from onewindow.calendars.rules import (
    Clock,
    Extension,
    Kind,
    Limit,
    OpeningHours,
    Reading,
    Reason,
    Unit,
    WorkCalendar,
    deemed_at,
    later,
    reading,
)
from onewindow.cases.rules.life import Act, Outcome, Stage
from onewindow.cases.rules.state import Event, Need, State, after
from onewindow.core import canonical
from onewindow.core.clock import SHANGHAI, day_of
from onewindow.core.words import Words

NEVER = date(9999, 12, 31)
_LICENSING = "行政许可法"
TELL = Limit(Kind.TELL, Fraction(5), Unit.WORKDAY, "received", "accepted", law=f"{_LICENSING} 第32条", confidence="S")
ISSUE = Limit(
    Kind.ISSUE, Fraction(10), Unit.WORKDAY, "decided", "delivered", law=f"{_LICENSING} 第44条", confidence="S"
)


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that has begun, and what it says at the instant asked."""

    clock: Clock
    reading: Reading

    @property
    def limit(self) -> Limit:
        return self.clock.limit


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of a case that have begun: before acceptance, to the decision, to the delivery."""

    tell: Running | None
    promised: Running | None
    statutory: Running | None
    issue: Running | None
    waiting: tuple[Limit, ...]  # limits of the decision that have not begun: something is still to happen first

    def of_stage(self, stage: Stage) -> tuple[Running, ...]:
        """Return the clocks that run in the stage; the others have ended or not begun."""
        named: tuple[Running | None, ...] = ()
        if stage is Stage.RECEIVED:
            named = (self.tell,)
        elif stage in (Stage.ACCEPTED, Stage.REVIEW):
            named = (self.promised, self.statutory)
        elif stage in (Stage.DECIDED, Stage.MADE):
            named = (self.promised, self.statutory, self.issue)
        return tuple(running for running in named if running and running.clock.stopped_at is None)

    def shown(self, stage: Stage) -> Running | None:
        """Return the running clock that is due first (clock-rules §5: the earlier of promise and statute)."""
        due = [(running.reading.due_at, running) for running in self.of_stage(stage) if running.reading.due_at]
        return min(due, key=lambda pair: pair[0])[1] if due else None


@dataclass(frozen=True, slots=True)
class Dates:
    """The days kept with a case for its lists: indexes, derivable again at any time."""

    yellow_on: date | None = None
    promised_on: date | None = None
    statute_on: date | None = None
    told_on: date | None = None
    due_on: date = NEVER

    def keeping(self, told_on: date | None) -> Dates:
        """Return the dates with the day that was told before: lateness is judged by the later of both (§6)."""
        if told_on is None or self.due_on == NEVER:
            return self
        return replace(self, told_on=told_on, due_on=later(told_on, self.due_on) or self.due_on)

    def as_columns(self) -> dict[str, date | None]:
        """Return the dates by the names of their columns."""
        return {name: getattr(self, name) for name in _DAYS}

    def as_facts(self) -> dict[str, str]:
        """Return the dates as the journal holds them: ISO text, "" for none."""
        return {name: day.isoformat() if day else "" for name, day in self.as_columns().items()}


_DAYS = ("yellow_on", "promised_on", "statute_on", "told_on", "due_on")


def needs_telling(state: State, need: Need) -> bool:
    """Say whether silence would become acceptance: a licence that was received and not yet accepted (视为受理).

    law  行政许可法 §32(四)
    """
    return need.licence and state.stage is Stage.RECEIVED


def accepted_by_silence_at(state: State, calendar: WorkCalendar) -> datetime:
    """Return the first instant at which silence has become acceptance (视为受理).

    law  行政许可法 §32(四): five working days from the receipt, or from the hand-in after a correction notice
    """
    return deemed_at(day_of(state.came_at), calendar)


def lapses_at(state: State) -> datetime | None:
    """Return the first instant after the person's own day for a correction, or None where none runs (逾期未补正).

    law  silent: the day is told beforehand (clock-rules §4, D); 民法典 §203: it ends at 24:00
    """
    if state.stage is not Stage.CORRECTION or state.closes_on is None:
        return None
    return datetime.combine(state.closes_on + timedelta(days=1), datetime.min.time(), SHANGHAI)


def by_law(state: State, need: Need, calendar: WorkCalendar, at: datetime) -> Event | None:
    """Return what has come about by law alone at the instant, or None: acceptance by silence, or a lapse.

    Its `at` is the lawful instant: for silence the day of receipt, or of the hand-in (行政许可法 §32(四)).
    """
    if needs_telling(state, need) and at >= accepted_by_silence_at(state, calendar):
        return Event(Act.ACCEPT, state.came_at, facts={"deemed": True})
    lapse = lapses_at(state)
    return Event(Act.LAPSE, lapse) if lapse and at >= lapse else None


def stage_at(state: State, need: Need, calendar: WorkCalendar, at: datetime) -> State:
    """Return where a case stands at the instant, with what is due by law alone, written down yet or not (当前阶段)."""
    event = by_law(state, need, calendar, at)
    return after(state, event) if event else state


def starts_at(state: State, starts: str) -> datetime | None:
    """Return the instant from which a limit counts, or None while it has not happened (起算).

    starts  submitted, received, accepted, accepted_or_checked_later, decided, made, delivered
    """
    if starts in ("submitted", "received"):
        return state.came_at
    if state.reopened_at and state.accepted_at and starts in ("accepted", "accepted_or_checked_later"):
        return state.reopened_at  # the decision was undone: its time begins anew
    if starts == "accepted_or_checked_later":
        if state.accepted_at is None or state.checked_at is None:
            return None
        return max(state.accepted_at, state.checked_at)
    return getattr(state, "checked_at" if starts == "checked" else f"{starts}_at", None)


def stops_at(state: State, until: str, need: Need) -> datetime | None:
    """Return the instant at which a limit was met or became idle, or None while it runs.

    until  told, accepted, decided, made, delivered; where nothing is made for the person, made is decided
    """
    if until == "made" and (not need.making or state.outcome is Outcome.REFUSED):
        until = "decided"
    if until in ("told", "accepted"):
        return state.told_at or state.acknowledged_at or state.ended_at
    met: datetime | None = getattr(state, f"{until}_at", None)
    return met or state.ended_at


def clocks(
    state: State,
    limits: tuple[Limit, ...],
    need: Need,
    calendar: WorkCalendar,
    at: datetime,
    hours: OpeningHours | None = None,
    told_on: date | None = None,
) -> Clocks:
    """Return the case's clocks as they stand at the instant (时限计算).

    limits   the rows in force; those of a person's own duties are not the office's clocks
    hours    of the site, for limits counted in opening hours
    told_on  the due day that the applicant was told, if a calendar has changed since
    raises   Refusal calendar.unknown
    law      facts named in each limit; 行政许可法 §32, §42, §44, §45
    """
    by_kind = {limit.kind: limit for limit in reversed(limits) if limit.runs}
    tell = by_kind.get(Kind.TELL, TELL) if need.licence else None
    statute = by_kind.get(Kind.STATUTORY)
    issue = by_kind.get(Kind.ISSUE)
    if issue is None and need.licence and statute and statute.until == "decided":
        issue = ISSUE
    named = (tell, by_kind.get(Kind.PROMISED), statute, issue)
    begun = [_clock(state, limit, need, hours, told_on) if limit else None for limit in named]
    found = (Running(clock, reading(clock, calendar, at, hours)) if clock else None for clock in begun)
    waiting = tuple(
        limit for limit in named[1:3] if limit and starts_at(state, limit.starts) is None and not state.ended_at
    )
    tell_now, promised_now, statutory_now, issue_now = found
    return Clocks(tell_now, promised_now, statutory_now, issue_now, waiting)


def _clock(state: State, limit: Limit, need: Need, hours: OpeningHours | None, told_on: date | None) -> Clock | None:
    started_at = starts_at(state, limit.starts)
    if started_at is None or (hours is None and needs_hours((limit,))):
        return None
    deciding = limit.kind in (Kind.STATUTORY, Kind.PROMISED)
    return Clock(
        limit,
        started_at,
        pauses=state.all_pauses if deciding else (),
        extension=_granted(state, limit) if deciding else None,
        stopped_at=stops_at(state, limit.until, need),
        told_on=None if limit.kind is Kind.TELL else told_on,
    )


def _granted(state: State, limit: Limit) -> Extension | None:
    """Return the extension that was granted, for a limit whose own data allow one: the promise moves by its own only.

    law  行政许可法 §42; clock-rules §3
    """
    allowed = limit.extension
    if allowed is None or state.extended_on is None:
        return None
    number = min(state.extended_by, allowed.to or allowed.by)
    by, to = (0, number) if allowed.to else (number, 0)
    return replace(allowed, by=by, to=to, granted_on=state.extended_on)


def extendable(state: State, limits: tuple[Limit, ...], need: Need) -> Clock | None:
    """Return the running clock that law allows to lengthen, or None: the statutory one, else another that names it.

    law  行政许可法 §42; clock-rules §3
    """
    allowed = [limit for limit in limits if limit.extension and limit.kind in (Kind.STATUTORY, Kind.PROMISED)]
    for limit in sorted(allowed, key=lambda each: each.kind is not Kind.STATUTORY):
        started_at = starts_at(state, limit.starts)
        if started_at is not None:
            return Clock(
                limit, started_at, state.all_pauses, _granted(state, limit), stops_at(state, limit.until, need)
            )
    return None


def list_dates(
    state: State,
    limits: tuple[Limit, ...],
    need: Need,
    calendar: WorkCalendar,
    at: datetime,
    hours: OpeningHours | None = None,
) -> Dates:
    """Return the days that the case's lists sort and colour by: those of the clock of its stage (clock-rules §5).

    While a special procedure runs there are none (§3), though a clock in hours or on the spot does not stand still.
    """
    if state.halt is not None:
        return Dates()
    running = clocks(state, limits, need, calendar, at, hours)
    now = running.of_stage(state.stage)
    days = {each.limit.kind: each.reading.due_on for each in now}
    shown = running.shown(state.stage)
    if shown is None or shown.reading.due_on is None:
        return Dates()
    law = [day for kind, day in days.items() if kind.by_law and day]
    return Dates(
        yellow_on=shown.reading.yellow_on,
        promised_on=days.get(Kind.PROMISED) or shown.reading.due_on,
        statute_on=min(law) if law else None,
        told_on=shown.reading.due_on,
        due_on=shown.reading.due_on,
    )


def first_dates(limits: tuple[Limit, ...], need: Need, calendar: WorkCalendar, at: datetime) -> Dates:
    """Return the `list_dates` of a case that is received at the instant (收件时各期限日).

    Only the time for telling runs then; where it counts whole days, all that comes on one day has the same dates.
    """
    tell = tuple(limit for limit in limits if limit.kind is Kind.TELL)
    if all(limit.unit.in_days and limit.number.denominator == 1 for limit in tell):
        return _dates_of_day(tell, need.licence, calendar, day_of(at))
    return list_dates(State(Stage.RECEIVED, at), limits, need, calendar, at)


@lru_cache(maxsize=256)
def _dates_of_day(tell: tuple[Limit, ...], licence: bool, calendar: WorkCalendar, day: date) -> Dates:
    at = datetime.combine(day, datetime.min.time(), SHANGHAI)
    return list_dates(State(Stage.RECEIVED, at), tell, Need(licence=licence), calendar, at)


@lru_cache(maxsize=512)
def limits_text(limits: tuple[Limit, ...]) -> str:
    """Return the limits in force as the journal and the case hold them: canonical JSON (时限数据)."""
    return canonical.text([_row(limit) for limit in limits])


def _row(limit: Limit) -> dict[str, Any]:
    extension = limit.extension
    return {
        "kind": limit.kind,
        "number": limit.number,
        "unit": limit.unit,
        "starts": limit.starts,
        "until": limit.until,
        "pauses": [reason.value for reason in limit.pauses],
        "extension": extension and [extension.by, extension.to, list(extension.approver), extension.law],
        "law": limit.law,
        "confidence": limit.confidence,
        "text": list(limit.text),
    }


@lru_cache(maxsize=512)
def limits_from(text: str) -> tuple[Limit, ...]:
    """Return the limits that a case holds as text; the same text is read once."""
    return tuple(_limit(row) for row in json.loads(text))


def _limit(row: dict[str, Any]) -> Limit:
    extension = row["extension"]
    return Limit(
        kind=Kind(row["kind"]),
        number=Fraction(row["number"]),
        unit=Unit(row["unit"]),
        starts=row["starts"],
        until=row["until"],
        pauses=frozenset(Reason(reason) for reason in row["pauses"]),
        extension=extension and Extension(extension[0], extension[1], Words(*extension[2]), extension[3]),
        law=row["law"],
        confidence=row["confidence"],
        text=Words(*row["text"]),
    )


def needs_hours(limits: tuple[Limit, ...]) -> bool:
    """Say whether a clock among these runs in opening hours, so that the site's are needed."""
    return any(
        limit.unit in (Unit.OPENING_HOUR, Unit.SPOT) or (limit.unit is Unit.WORKDAY and limit.number.denominator != 1)
        for limit in limits
        if limit.kind in (Kind.PROMISED, Kind.STATUTORY)
    )
