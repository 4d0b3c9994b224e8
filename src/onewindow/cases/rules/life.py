"""The table of a case's life (办件流程): stage and act give the next stage. What is not in the table is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from onewindow.accounts.rules import Duty
from onewindow.core.errors import Refusal


class Stage(StrEnum):
    """Where a case stands (办件状态)."""

    RECEIVED = "received"  # 收件
    ACCEPTED = "accepted"  # 受理
    REVIEW = "review"  # 审查
    DECIDED = "decided"  # 决定
    MADE = "made"  # 制证
    DELIVERED = "delivered"  # 送达
    CONCLUDED = "concluded"  # 办结
    WITHDRAWN = "withdrawn"  # 撤回


class Act(StrEnum):
    """What may be done to a case (办理动作); the journal's act is "case." and this word."""

    SUBMIT = "submit"  # 申请
    ACCEPT = "accept"  # 受理
    CHECK = "check"  # 现场查验
    REVIEW = "review"  # 审查
    APPROVE = "approve"  # 准予
    REFUSE = "refuse"  # 不予
    MAKE = "make"  # 制证
    DELIVER = "deliver"  # 送达
    CONCLUDE = "conclude"  # 办结
    WITHDRAW = "withdraw"  # 撤回
    REDATE = "redate"  # 改期(放假通知公布)


class Outcome(StrEnum):
    """How a case was decided (审批结果)."""

    NONE = ""
    APPROVED = "approved"  # 准予
    REFUSED = "refused"  # 不予


DONE = frozenset({Stage.CONCLUDED, Stage.WITHDRAWN})
OPEN = frozenset(Stage) - DONE


@dataclass(frozen=True, slots=True)
class Move:
    """One cell of the table: the stage after, who may, and the article behind it."""

    to: Stage
    duty: Duty | None  # None: the applicant's own act, or the system's
    law: str


_LICENSING = "行政许可法"
LIFE: dict[tuple[Stage, Act], Move] = {
    (Stage.RECEIVED, Act.CHECK): Move(Stage.RECEIVED, Duty.CHECK, f"{_LICENSING} 第34条"),
    (Stage.RECEIVED, Act.ACCEPT): Move(Stage.ACCEPTED, Duty.INTAKE, f"{_LICENSING} 第32条"),
    (Stage.ACCEPTED, Act.CHECK): Move(Stage.ACCEPTED, Duty.CHECK, f"{_LICENSING} 第34条"),
    (Stage.ACCEPTED, Act.REVIEW): Move(Stage.REVIEW, Duty.REVIEW, f"{_LICENSING} 第34条"),
    (Stage.REVIEW, Act.CHECK): Move(Stage.REVIEW, Duty.CHECK, f"{_LICENSING} 第34条"),
    (Stage.REVIEW, Act.APPROVE): Move(Stage.DECIDED, Duty.DECIDE, f"{_LICENSING} 第38条"),
    (Stage.REVIEW, Act.REFUSE): Move(Stage.DECIDED, Duty.DECIDE, f"{_LICENSING} 第38条"),
    (Stage.DECIDED, Act.MAKE): Move(Stage.MADE, Duty.MAKE, f"{_LICENSING} 第39条"),
    (Stage.DECIDED, Act.DELIVER): Move(Stage.DELIVERED, Duty.DELIVER, f"{_LICENSING} 第44条"),
    (Stage.MADE, Act.DELIVER): Move(Stage.DELIVERED, Duty.DELIVER, f"{_LICENSING} 第44条"),
    (Stage.DELIVERED, Act.CONCLUDE): Move(Stage.CONCLUDED, Duty.DELIVER, "GB/T 39046-2020 表8"),
    # Law sets no last moment for withdrawing before the decision; after it there is nothing left to withdraw.
    (Stage.RECEIVED, Act.WITHDRAW): Move(Stage.WITHDRAWN, None, "本系统的规定"),
    (Stage.ACCEPTED, Act.WITHDRAW): Move(Stage.WITHDRAWN, None, "本系统的规定"),
    (Stage.REVIEW, Act.WITHDRAW): Move(Stage.WITHDRAWN, None, "本系统的规定"),
}


def move(stage: Stage, act: Act) -> Stage:
    """Return the stage that the act leads to.

    raises  Refusal case.move
    """
    cell = LIFE.get((stage, act))
    if cell is None:
        raise Refusal("case.move", stage=stage.value, act=act.value)
    return cell.to


@dataclass(frozen=True, slots=True)
class Need:
    """What the item itself asks of a case's life: a site check before the decision, a certificate after it."""

    check: bool = False  # 需要查验
    making: bool = False  # 需要制证
    licence: bool = False  # 行政许可(01): the Licensing Law's own rules apply
    promised: bool = False  # 承诺件: who accepts does not decide


@dataclass(frozen=True, slots=True)
class Event:
    """One act in a case's history, as far as its life depends on it."""

    act: Act
    at: datetime
    staff: int | None = None
    good: bool = True  # a check that was not passed is False


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands: the fold of its acts."""

    stage: Stage
    received_at: datetime
    accepted_at: datetime | None = None
    checked_at: datetime | None = None  # the last check that was passed
    decided_at: datetime | None = None
    made_at: datetime | None = None
    delivered_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: Outcome = Outcome.NONE
    accepted_by: int | None = None
    history: tuple[Event, ...] = field(default=())


_NOTES: dict[Act, str] = {
    Act.ACCEPT: "accepted_at",
    Act.MAKE: "made_at",
    Act.DELIVER: "delivered_at",
    Act.APPROVE: "decided_at",
    Act.REFUSE: "decided_at",
    Act.CONCLUDE: "ended_at",
    Act.WITHDRAW: "ended_at",
}
_OUTCOMES = {Act.APPROVE: Outcome.APPROVED, Act.REFUSE: Outcome.REFUSED}


def fold(events: Iterable[Event]) -> State:
    """Return the state that a case's acts make, in the order of their sequence numbers.

    raises  Refusal case.move where the history itself breaks the table
    """
    first, *rest = events
    if first.act is not Act.SUBMIT:
        raise Refusal("case.move", stage="", act=first.act.value)
    state = State(Stage.RECEIVED, first.at, history=(first,))
    for event in rest:
        state = after(state, event)
    return state


def after(state: State, event: Event) -> State:
    """Return the state after one more act.

    raises  Refusal case.move
    """
    history = (*state.history, event)
    if event.act is Act.REDATE:
        return replace(state, history=history)
    changed = replace(state, stage=move(state.stage, event.act), history=history)
    if event.act is Act.CHECK:
        return replace(changed, checked_at=event.at if event.good else None)
    if event.act is Act.ACCEPT:
        changed = replace(changed, accepted_by=event.staff)
    if event.act in _OUTCOMES:
        changed = replace(changed, outcome=_OUTCOMES[event.act])
    if event.act in _NOTES:
        noted: dict[str, Any] = {_NOTES[event.act]: event.at}
        changed = replace(changed, **noted)
    return changed


def obstacle(state: State, act: Act, need: Need, staff: int | None = None) -> Refusal | None:
    """Return why the act is not allowed now, or None: the table first, then what the item and fairness ask.

    staff  who would act; None when only the case itself is looked at
    law    行政许可法 §34, §38, §39; separation of acceptance and decision is our rule (design)
    """
    if (state.stage, act) not in LIFE:
        return Refusal("case.move", stage=state.stage.value, act=act.value)
    return _item_obstacle(state, act, need) or _fairness_obstacle(state, act, need, staff)


def _item_obstacle(state: State, act: Act, need: Need) -> Refusal | None:
    if act is Act.CHECK:
        if not need.check:
            return Refusal("case.check.none")
        if state.checked_at:
            return Refusal("case.check.done")
    if act is Act.APPROVE and need.check and not state.checked_at:
        return Refusal("case.check.missing")
    making = need.making and state.outcome is Outcome.APPROVED
    if act is Act.MAKE and not making:
        return Refusal("case.make.refused" if state.outcome is Outcome.REFUSED else "case.make.none")
    if act is Act.DELIVER and state.stage is Stage.DECIDED and making:
        return Refusal("case.make.missing")
    return None


def _fairness_obstacle(state: State, act: Act, need: Need, staff: int | None) -> Refusal | None:
    deciding = act in (Act.APPROVE, Act.REFUSE)
    if deciding and need.promised and staff is not None and staff == state.accepted_by:
        return Refusal("case.same_person")
    return None
