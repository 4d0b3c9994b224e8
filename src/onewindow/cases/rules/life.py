"""The table of a case's life (办件流程): stage and act give the next stage. What is not in the table is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onewindow.accounts.rules import Duty
from onewindow.core.errors import Refusal


class Stage(StrEnum):
    """Where a case stands (办件状态)."""

    RECEIVED = "received"  # 收件
    CORRECTION = "correction"  # 补正
    ACCEPTED = "accepted"  # 受理
    REVIEW = "review"  # 审查
    DECIDED = "decided"  # 决定
    MADE = "made"  # 制证
    DELIVERED = "delivered"  # 送达
    CONCLUDED = "concluded"  # 办结
    WITHDRAWN = "withdrawn"  # 撤回
    DECLINED = "declined"  # 不予受理
    LAPSED = "lapsed"  # 逾期未补正
    REVOKED = "revoked"  # 撤销


class Act(StrEnum):
    """What may be done to a case (办理动作); the journal's act is "case." and this word."""

    SUBMIT = "submit"  # 申请
    SEND_BACK = "send_back"  # 一次性补正告知
    SUPPLEMENT = "supplement"  # 补正
    MEND = "mend"  # 当场更正
    DECLINE = "decline"  # 不予受理
    LAPSE = "lapse"  # 逾期未补正
    ACCEPT = "accept"  # 受理
    CHECK = "check"  # 现场查验、核查
    REVIEW = "review"  # 审查
    PAUSE = "pause"  # 特别程序
    RESUME = "resume"  # 特别程序结束
    EXTEND = "extend"  # 延期
    OFFER_HEARING = "offer_hearing"  # 告知听证权利
    APPROVE = "approve"  # 准予
    REFUSE = "refuse"  # 不予
    MAKE = "make"  # 制证
    DELIVER = "deliver"  # 送达
    CONCLUDE = "conclude"  # 办结
    WITHDRAW = "withdraw"  # 撤回
    RECTIFY = "rectify"  # 更正决定
    REOPEN = "reopen"  # 复议、诉讼后重新办理
    REVOKE = "revoke"  # 撤销
    CLAIM = "claim"  # 领办
    HAND_OVER = "hand_over"  # 移交
    EXPLAIN = "explain"  # 说明超期原因
    REDATE = "redate"  # 改期(放假通知公布)


class Outcome(StrEnum):
    """How a case was decided (审批结果)."""

    NONE = ""
    APPROVED = "approved"  # 准予
    REFUSED = "refused"  # 不予


class Effect(StrEnum):
    """What an act does to the clocks (对时限的影响)."""

    NONE = ""
    START = "start"  # 起算
    STOP = "stop"  # 停止
    PAUSE = "pause"  # 中止
    RESUME = "resume"  # 恢复
    LENGTHEN = "lengthen"  # 延长


DONE = frozenset({Stage.CONCLUDED, Stage.WITHDRAWN, Stage.DECLINED, Stage.LAPSED, Stage.REVOKED})
OPEN = frozenset(Stage) - DONE
SYSTEM = frozenset({Act.LAPSE, Act.REDATE})
"""What the house alone writes down: law or a calendar has done it already."""
POOL = frozenset({Act.CLAIM, Act.HAND_OVER})
"""Who has the work in hand."""
INTERNAL = POOL | {Act.EXPLAIN}
"""The office's own order: nothing of the case itself changes by it, and the applicant is not told."""


class Delay(StrEnum):
    """Why a case is late, as the office that has it says (超期原因). Law names no list: this one is ours."""

    LOAD = "load"  # 办件量大、人手不足
    OTHER_OFFICE = "other_office"  # 等其他机关回复
    APPLICANT = "applicant"  # 等申请人配合
    SYSTEM = "system"  # 系统或网络故障
    OVERSIGHT = "oversight"  # 疏忽漏办
    OTHER = "other"  # 其他


@dataclass(frozen=True, slots=True)
class Move:
    """One cell of the table: the stage after, who may, the article behind it, what it does to the clocks, its letter.

    duty     None: the applicant's own act, or the system's
    counter  under which duty a clerk enters the applicant's own act for a person who stands at the counter
    letter   the document that the act issues (文书): a kind of the letters, "" for none
    """

    to: Stage
    duty: Duty | None
    law: str
    clocks: Effect = Effect.NONE
    letter: str = ""
    counter: Duty | None = None


_LICENSING = "行政许可法"
_OWN = "本系统的规定"
_R, _C, _A, _V, _D = Stage.RECEIVED, Stage.CORRECTION, Stage.ACCEPTED, Stage.REVIEW, Stage.DECIDED
_M, _S, _E = Stage.MADE, Stage.DELIVERED, Stage.CONCLUDED
_HEAD, _INTAKE = Duty.HEAD, Duty.INTAKE


def _same(act: Act, stages: tuple[Stage, ...], like: Move) -> dict[tuple[Stage, Act], Move]:
    """The act in each of the stages; it leads to none other."""
    return {(stage, act): Move(stage, like.duty, like.law, like.clocks, like.letter, like.counter) for stage in stages}


def _into(act: Act, stages: tuple[Stage, ...], cell: Move) -> dict[tuple[Stage, Act], Move]:
    return dict.fromkeys([(stage, act) for stage in stages], cell)


LIFE: dict[tuple[Stage, Act], Move] = {
    (_R, Act.SEND_BACK): Move(_C, _INTAKE, f"{_LICENSING} 第32条第1款第4项", Effect.STOP, "correction"),
    (_R, Act.MEND): Move(_R, _INTAKE, f"{_LICENSING} 第32条第1款第3项"),
    (_R, Act.DECLINE): Move(Stage.DECLINED, _INTAKE, f"{_LICENSING} 第32条第1、2项", Effect.STOP, "non_acceptance"),
    (_R, Act.ACCEPT): Move(_A, _INTAKE, f"{_LICENSING} 第32条第1款第5项", Effect.START, "acceptance"),
    (_C, Act.SUPPLEMENT): Move(_R, None, f"{_LICENSING} 第32条第1款第4、5项", Effect.START, "receipt", _INTAKE),
    (_C, Act.LAPSE): Move(Stage.LAPSED, None, _OWN, Effect.STOP),
    **_same(Act.CHECK, (_R, _A, _V), Move(_R, Duty.CHECK, f"{_LICENSING} 第34条")),
    (_A, Act.REVIEW): Move(_V, Duty.REVIEW, f"{_LICENSING} 第34条"),
    **_same(Act.PAUSE, (_A, _V), Move(_A, Duty.REVIEW, f"{_LICENSING} 第45条", Effect.PAUSE, "special_procedure")),
    **_same(Act.RESUME, (_A, _V), Move(_A, Duty.REVIEW, f"{_LICENSING} 第45条", Effect.RESUME)),
    **_same(Act.EXTEND, (_A, _V), Move(_A, _HEAD, f"{_LICENSING} 第42条", Effect.LENGTHEN, "extension")),
    **_same(Act.OFFER_HEARING, (_A, _V), Move(_A, Duty.REVIEW, f"{_LICENSING} 第46、47条", letter="hearing")),
    (_V, Act.APPROVE): Move(_D, Duty.DECIDE, f"{_LICENSING} 第38条", Effect.STOP, "approval"),
    (_V, Act.REFUSE): Move(_D, Duty.DECIDE, f"{_LICENSING} 第38条", Effect.STOP, "refusal"),
    (_D, Act.MAKE): Move(_M, Duty.MAKE, f"{_LICENSING} 第39条"),
    **_into(Act.DELIVER, (_D, _M), Move(_S, Duty.DELIVER, f"{_LICENSING} 第44条", Effect.STOP, "service")),
    (_S, Act.CONCLUDE): Move(_E, Duty.DELIVER, "GB/T 39046-2020 表8"),
    # Law sets no last moment for withdrawing before the decision; after it there is nothing left to withdraw.
    **_into(Act.WITHDRAW, (_R, _C, _A, _V), Move(Stage.WITHDRAWN, None, _OWN, Effect.STOP)),
    # Slips of the pen are put right by who decides; law names the duty for judgments only (民事诉讼法 §157).
    **_same(Act.RECTIFY, (_D, _M, _S, _E), Move(_D, Duty.DECIDE, _OWN, letter="rectification")),
    **_into(Act.REOPEN, (_D, _M, _S, _E), Move(_V, _HEAD, "行政复议法 第64条; 行政诉讼法 第70、71条", Effect.START)),
    (Stage.DECLINED, Act.REOPEN): Move(_R, _HEAD, "行政复议法 第64条; 行政诉讼法 第70、71条", Effect.START),
    **_into(Act.REVOKE, (_D, _M, _S, _E), Move(Stage.REVOKED, _HEAD, f"{_LICENSING} 第69条", letter="revocation")),
    **_same(Act.CLAIM, (_R,), Move(_R, _INTAKE, _OWN)),
    **_same(Act.HAND_OVER, (_R,), Move(_R, _INTAKE, _OWN)),
    **_same(Act.CLAIM, (_A, _V), Move(_A, Duty.REVIEW, _OWN)),
    **_same(Act.HAND_OVER, (_A, _V), Move(_A, Duty.REVIEW, _OWN)),
    **_same(Act.EXPLAIN, (_R,), Move(_R, _INTAKE, _OWN)),
    **_same(Act.EXPLAIN, (_A, _V), Move(_A, Duty.REVIEW, _OWN)),
    **_same(Act.EXPLAIN, (_D,), Move(_D, Duty.MAKE, _OWN)),
    **_same(Act.EXPLAIN, (_M,), Move(_M, Duty.DELIVER, _OWN)),
}


def move(stage: Stage, act: Act) -> Stage:
    """Return the stage that the act leads to.

    raises  Refusal case.move
    """
    cell = LIFE.get((stage, act))
    if cell is None:
        raise Refusal("case.move", stage=stage.value, act=act.value)
    return cell.to


def cell_of(stage: Stage, act: Act) -> Move | None:
    """Return the act's cell at the stage, else one of its cells at another: what it asks for wherever it is done."""
    return LIFE.get((stage, act)) or next((cell for (_, name), cell in LIFE.items() if name is act), None)
