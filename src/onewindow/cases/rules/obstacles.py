"""What stands in an act's way although the table has it: the item, the stage's own facts, fairness (办理条件)."""

from __future__ import annotations

from collections.abc import Callable

from onewindow.calendars.rules import Limit, Reason
from onewindow.cases.rules.life import LIFE, POOL, SYSTEM, Act, Outcome, Stage, cell_of
from onewindow.cases.rules.state import Need, State
from onewindow.core.errors import Refusal

_WHILE_PAUSED = frozenset({Act.RESUME, Act.EXTEND, Act.CHECK, Act.OFFER_HEARING, Act.WITHDRAW}) | POOL | SYSTEM


def obstacle(
    state: State, act: Act, need: Need, staff: int | None = None, limits: tuple[Limit, ...] = ()
) -> Refusal | None:
    """Return why the act is not allowed now, or None: the table first, then what the item and fairness ask.

    staff   who would act; None when only the case itself is looked at
    limits  the rows in force: they say whether the item can be paused or extended at all
    law     行政许可法 §34, §38, §39, §42, §45; separation of acceptance and decision is our rule (design)
    """
    if (state.stage, act) not in LIFE:
        return Refusal("case.move", stage=state.stage.value, act=act.value)
    if state.halt is not None and act not in _WHILE_PAUSED:
        return Refusal("case.paused", act=act.value)
    found = _OF_ITEM[act](state, need, limits) if act in _OF_ITEM else None
    return found or _unfair(state, act, need, staff)


def pause_obstacle(reason: str, need: Need, limits: tuple[Limit, ...]) -> Refusal | None:
    """Return why the case cannot stand still for this reason, or None (特别程序).

    reason  a word of calendars' Reason; a site check (§34) is none of them
    law     行政许可法 §45: hearing, tender, auction, inspection, testing, quarantine, appraisal, expert review
    """
    if reason not in {each.value for each in Reason}:
        return Refusal("case.pause.reason", fields={"reason": "case.pause.reason"})
    if not need.licence and Reason(reason) not in {each for limit in limits for each in limit.pauses}:
        return Refusal("case.pause.none")
    return None


def _check(state: State, need: Need, limits: tuple[Limit, ...]) -> Refusal | None:
    """A vehicle that passed is not checked again; a licence's site may be, as often as the office finds needful."""
    if not need.check and not need.licence:
        return Refusal("case.check.none")
    return Refusal("case.check.done") if need.check and state.checked_at else None


def _pause(state: State, need: Need, limits: tuple[Limit, ...]) -> Refusal | None:
    if need.licence or any(limit.pauses for limit in limits):
        return None
    return Refusal("case.pause.none")


def _resume(state: State, need: Need, limits: tuple[Limit, ...]) -> Refusal | None:
    return None if state.halt else Refusal("case.resume.none")


def _extend(state: State, need: Need, limits: tuple[Limit, ...]) -> Refusal | None:
    if not any(limit.extension for limit in limits):
        return Refusal("case.extend.none")
    return Refusal("case.extend.twice") if state.extended_on else None


def _hearing(state: State, need: Need, limits: tuple[Limit, ...]) -> Refusal | None:
    if not need.licence:
        return Refusal("case.hearing.none")
    return Refusal("case.hearing.done") if state.hearing_until else None


def _approve(state: State, need: Need, limits: tuple[Limit, ...]) -> Refusal | None:
    return Refusal("case.check.missing") if need.check and not state.checked_at else None


def _make(state: State, need: Need, limits: tuple[Limit, ...]) -> Refusal | None:
    if need.making and state.outcome is Outcome.APPROVED:
        return Refusal("case.unpaid") if need.unpaid else None
    return Refusal("case.make.refused" if state.outcome is Outcome.REFUSED else "case.make.none")


def _deliver(state: State, need: Need, limits: tuple[Limit, ...]) -> Refusal | None:
    """A refusal is served whatever is owed; what was approved waits for its fee.

    law  silent on which comes first: our setting, as the items' own steps have it (缴费 before 制证)
    """
    approved = state.outcome is Outcome.APPROVED
    if approved and need.unpaid:
        return Refusal("case.unpaid")
    return Refusal("case.make.missing") if approved and need.making and state.stage is Stage.DECIDED else None


def _revoke(state: State, need: Need, limits: tuple[Limit, ...]) -> Refusal | None:
    return None if state.outcome is Outcome.APPROVED else Refusal("case.revoke.none")


_OF_ITEM: dict[Act, Callable[[State, Need, tuple[Limit, ...]], Refusal | None]] = {
    Act.CHECK: _check,
    Act.PAUSE: _pause,
    Act.RESUME: _resume,
    Act.EXTEND: _extend,
    Act.OFFER_HEARING: _hearing,
    Act.APPROVE: _approve,
    Act.MAKE: _make,
    Act.DELIVER: _deliver,
    Act.REVOKE: _revoke,
}


def _unfair(state: State, act: Act, need: Need, staff: int | None) -> Refusal | None:
    if staff is None:
        return None
    if act in (Act.APPROVE, Act.REFUSE) and need.promised and staff == state.accepted_by:
        return Refusal("case.same_person")
    if act is Act.EXTEND and staff == state.reviewed_by:
        return Refusal("case.extend.same_person")
    return _in_other_hands(state, act, staff)


def _in_other_hands(state: State, act: Act, staff: int) -> Refusal | None:
    """Who has claimed a case does the work that was claimed; another must have it handed over first."""
    if state.claimed_by is None or staff == state.claimed_by or act is Act.HAND_OVER:
        return None
    claim, cell = cell_of(state.stage, Act.CLAIM), LIFE[state.stage, act]
    return Refusal("case.claimed") if claim and cell.duty is claim.duty else None
