"""Where a case stands: the fold of its acts, each of which says what it changes (办件状态)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from onewindow.calendars.rules import LAW_45, Pause, Reason
from onewindow.cases.rules.correcting import Fault
from onewindow.cases.rules.life import POOL, Act, Outcome, Stage, move
from onewindow.core.clock import day_of
from onewindow.core.errors import Refusal


@dataclass(frozen=True, slots=True)
class Need:
    """What the item itself asks of a case's life: a vehicle check before the decision, a certificate after it."""

    check: bool = False  # 需要查验车辆
    making: bool = False  # 需要制证
    licence: bool = False  # 行政许可(01): the Licensing Law's own rules apply
    promised: bool = False  # 承诺件: who accepts does not decide
    unpaid: bool = False  # 未缴费: a fee is owed, and the result waits for it

    @property
    def two_officers(self) -> bool:
        """Whether a check on the spot takes two: a licence's site check; a vehicle has one inspector (查验员).

        law  行政许可法 §34; 机动车登记规定
        """
        return self.licence and not self.check


@dataclass(frozen=True, slots=True)
class Event:
    """One act in a case's history, as far as its life depends on it.

    good   a check that was not passed is False
    facts  of the journal's entry: reason and expected_on of a pause, faults and closes_on of a notice, …
    """

    act: Act
    at: datetime
    staff: int | None = None
    good: bool = True
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Halt:
    """A special procedure that has not ended (特别程序): since when, why, and when its end is expected."""

    reason: Reason
    since: datetime
    expected_on: date | None


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands: the fold of its acts."""

    stage: Stage
    received_at: datetime
    handed_at: datetime | None = None  # the last hand-in after a correction notice: from it silence counts anew
    told_at: datetime | None = None  # the correction notice that has not been answered
    closes_on: date | None = None  # the person's own day for it
    named: frozenset[Fault] = frozenset()  # every fault that a notice has ever named
    open_faults: tuple[Fault, ...] = ()  # those of the notice that waits for an answer
    accepted_at: datetime | None = None  # from which the acceptance counts: after a correction the day of the hand-in
    acknowledged_at: datetime | None = None  # when it was said
    checked_at: datetime | None = None  # the last check that was passed
    decided_at: datetime | None = None
    made_at: datetime | None = None
    delivered_at: datetime | None = None
    ended_at: datetime | None = None
    reopened_at: datetime | None = None
    outcome: Outcome = Outcome.NONE
    accepted_by: int | None = None
    reviewed_by: int | None = None
    claimed_by: int | None = None
    halt: Halt | None = None
    pauses: tuple[Pause, ...] = ()  # those that have ended
    extended_by: int = 0  # in the limit's own unit
    extended_on: date | None = None
    hearing_until: date | None = None  # the person's own day to ask for a hearing
    history: tuple[Event, ...] = field(default=())

    @property
    def came_at(self) -> datetime:
        """When the application came in as it is now: the first time, or with the last correction."""
        return self.handed_at or self.received_at

    @property
    def all_pauses(self) -> tuple[Pause, ...]:
        """The pauses of the decision's clocks, the open one with them."""
        if self.halt is None:
            return self.pauses
        return (*self.pauses, Pause(day_of(self.halt.since), None, self.halt.reason, LAW_45))


def fold(events: Iterable[Event]) -> State:
    """Return the state that a case's acts make, in the order of their sequence numbers.

    raises  Refusal case.move where the history itself breaks the table
    """
    first, *rest = events
    if first.act is not Act.SUBMIT:
        raise Refusal("case.move", stage="", act=first.act.value)
    sums = _Sums(State(Stage.RECEIVED, first.at))
    for event in rest:
        sums.add(event)
    return sums.state((first, *rest))


def after(state: State, event: Event) -> State:
    """Return the state after one more act.

    raises  Refusal case.move
    """
    sums = _Sums(state)
    sums.add(event)
    return sums.state((*state.history, event))


class _Sums:
    """A state while acts are added to it: a long history is folded without a new state for each act."""

    def __init__(self, state: State) -> None:
        self._held: dict[str, Any] = {each: getattr(state, each) for each in _NAMES}

    def __getattr__(self, name: str) -> Any:
        return self._held[name]

    def add(self, event: Event) -> None:
        if event.act is Act.REDATE:
            return
        held = self._held
        before, to = held["stage"], move(held["stage"], event.act)
        if to is not before and event.act not in POOL:
            held["claimed_by"] = None  # the next stage is another's work
        if event.act in _EFFECTS:
            held |= _EFFECTS[event.act](self, event)
        held["stage"] = to

    def state(self, history: tuple[Event, ...]) -> State:
        return State(**{**self._held, "history": history})


_NAMES = tuple(each.name for each in fields(State))
Changes = dict[str, Any]


def _send_back(state: _Sums, event: Event) -> Changes:
    faults = tuple(Fault.from_row(row) for row in event.facts.get("faults", ()))
    closes = event.facts.get("closes_on")
    return {
        "told_at": event.at,
        "closes_on": date.fromisoformat(closes) if closes else None,
        "open_faults": faults,
        "named": state.named | set(faults),
    }


def _supplement(state: _Sums, event: Event) -> Changes:
    return {"handed_at": event.at, "told_at": None, "closes_on": None, "open_faults": ()}


def _accept(state: _Sums, event: Event) -> Changes:
    # clock-rules §4: after a correction the clocks start on the day of the hand-in, whenever the clerk says so.
    counted = state.handed_at or event.at
    return {"accepted_at": counted, "acknowledged_at": event.at, "accepted_by": event.staff}


def _check(state: _Sums, event: Event) -> Changes:
    return {"checked_at": event.at if event.good else None}


def _pause(state: _Sums, event: Event) -> Changes:
    expected = event.facts.get("expected_on")
    reason = Reason(event.facts.get("reason", Reason.HEARING.value))
    return {"halt": Halt(reason, event.at, date.fromisoformat(expected) if expected else None)}


def _resume(state: _Sums, event: Event) -> Changes:
    return {"halt": None, "pauses": _ended(state, event.at)}


def _ended(state: _Sums, at: datetime) -> tuple[Pause, ...]:
    ended: tuple[Pause, ...] = state.pauses
    if state.halt is None:
        return ended
    return (*ended, Pause(day_of(state.halt.since), day_of(at), state.halt.reason, LAW_45))


def _extend(state: _Sums, event: Event) -> Changes:
    return {"extended_by": int(event.facts.get("number", 0)), "extended_on": day_of(event.at)}


def _hearing(state: _Sums, event: Event) -> Changes:
    until = event.facts.get("until_on")
    return {"hearing_until": date.fromisoformat(until) if until else None}


def _reopen(state: _Sums, event: Event) -> Changes:
    """Everything that the undone decision made is gone; the clocks begin anew, the check that was held stays true."""
    fresh: Changes = {
        "reopened_at": event.at,
        "outcome": Outcome.NONE,
        "pauses": (),
        "extended_by": 0,
        "extended_on": None,
        "reviewed_by": None,
    }
    if state.stage is Stage.DECLINED:
        fresh = {**fresh, "handed_at": event.at}
    return {**fresh, **dict.fromkeys(("decided_at", "made_at", "delivered_at", "ended_at", "hearing_until"))}


def _end(state: _Sums, event: Event) -> Changes:
    return {"ended_at": event.at, "halt": None, "pauses": _ended(state, event.at), "closes_on": None}


_EFFECTS: dict[Act, Callable[[_Sums, Event], Changes]] = {
    Act.SEND_BACK: _send_back,
    Act.SUPPLEMENT: _supplement,
    Act.ACCEPT: _accept,
    Act.CHECK: _check,
    Act.REVIEW: lambda state, event: {"reviewed_by": event.staff},
    Act.PAUSE: _pause,
    Act.RESUME: _resume,
    Act.EXTEND: _extend,
    Act.OFFER_HEARING: _hearing,
    Act.APPROVE: lambda state, event: {"decided_at": event.at, "outcome": Outcome.APPROVED},
    Act.REFUSE: lambda state, event: {"decided_at": event.at, "outcome": Outcome.REFUSED},
    Act.MAKE: lambda state, event: {"made_at": event.at},
    Act.DELIVER: lambda state, event: {"delivered_at": event.at},
    Act.CONCLUDE: _end,
    Act.WITHDRAW: _end,
    Act.DECLINE: _end,
    Act.LAPSE: _end,
    Act.REVOKE: lambda state, event: {"ended_at": state.ended_at or event.at},
    Act.REOPEN: _reopen,
    Act.CLAIM: lambda state, event: {"claimed_by": event.staff},
    Act.HAND_OVER: lambda state, event: {"claimed_by": event.facts.get("to")},
}
