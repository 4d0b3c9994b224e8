"""What follows from the answers beside the papers (办理方案): fields, limits, fees, steps, and the first answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from onewindow.calendars.rules import Kind, Limit, Unit
from onewindow.catalogue.rules.asking import NOTHING_KNOWN, is_decided, kept_answers, next_questions, situation
from onewindow.catalogue.rules.conditions import Answers
from onewindow.catalogue.rules.items import (
    Actor,
    Collecting,
    Fee,
    Field,
    Ground,
    Item,
    LimitRow,
    Precondition,
    Question,
    Result,
    Step,
    Term,
    Unlimited,
    is_confirmed,
)
from onewindow.catalogue.rules.papers import PaperNeed, State, papers, wanted_papers
from onewindow.core.words import Words


def fields(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> tuple[Field, ...]:
    """Return the fields that a person types in this situation (表单字段)."""
    here = situation(item, answers, known)
    return tuple(field for field in item.fields if field.typed and here.truth(field.when) is True)


def derived_values(item: Item, answers: Answers) -> dict[str, str]:
    """Return the fields whose value an answer gave already, key → value (由回答得出的字段)."""
    here = situation(item, answers)
    found = {
        field.key: here.value(field.question)
        for field in item.fields
        if field.question and here.asked(field.question) is True and here.truth(field.when) is True
    }
    return {key: str(value) for key, value in found.items() if value is not None}


def limit_rows(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> tuple[LimitRow, ...]:
    """Return the limits in force in this situation, with their notes (适用时限)."""
    here = situation(item, answers, known)
    return tuple(row for row in item.limits if here.truth(row.when) is True)


def limits(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> tuple[Limit, ...]:
    """Return the limits in force in this situation (适用时限).

    law  each limit names its own
    """
    return tuple(row.limit for row in limit_rows(item, answers, known))


def fees(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> tuple[Fee, ...]:
    """Return the fees of this situation; nothing is collected here yet (收费项目)."""
    here = situation(item, answers, known)
    return tuple(fee for fee in item.fees if here.truth(fee.when) is True)


def steps(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> tuple[Step, ...]:
    """Return the steps of the handling in this situation (办理流程)."""
    here = situation(item, answers, known)
    return tuple(step for step in item.steps if here.truth(step.when) is not False)


def preconditions(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> tuple[Precondition, ...]:
    """Return what must hold in this situation (受理条件), but for what the answers show to hold already."""
    here = situation(item, answers, known)
    return tuple(
        row
        for row in item.preconditions
        if here.truth(row.when) is True and (row.fails_when is None or here.truth(row.fails_when) is not False)
    )


def grounds(item: Item, answers: Answers) -> tuple[Ground, ...]:
    """Return the grounds on which an application in this situation may be refused (不予的情形)."""
    here = situation(item, answers)
    return tuple(ground for ground in item.refusals if here.truth(ground.when) is not False)


def results(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> tuple[Result, ...]:
    """Return the documents that come of the item in this situation (办理结果)."""
    here = situation(item, answers, known)
    return tuple(result for result in item.results if here.truth(result.when) is True)


def actors(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> tuple[Actor, ...]:
    """Return who may act in this situation, and who expressly may not (谁来办)."""
    here = situation(item, answers, known)
    return tuple(actor for actor in item.actors if here.truth(actor.when) is True)


def may_act(item: Item, answers: Answers, basis: str, known: Answers = NOTHING_KNOWN) -> bool | None:
    """Say whether one may act on this basis, as guardian or by a letter (能否代办).

    Returns None where it is not said, or depends on a question that is still open.

    basis  self, guardian, letter, unit or other
    law    each row names its own; 民法典 第161条 lets the law or the nature of an act forbid an agent
    """
    here = situation(item, answers, known)
    rows = [(actor.allowed, here.truth(actor.when)) for actor in item.actors if actor.basis == basis]
    if any(not allowed and truth is True for allowed, truth in rows):
        return False
    if any(allowed and truth is True for allowed, truth in rows):
        return True
    return None if not rows or any(truth is None for _, truth in rows) else False


def collecting(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> tuple[Collecting, ...]:
    """Return the ways in which the result may be collected in this situation (领取方式)."""
    here = situation(item, answers, known)
    return tuple(row for row in item.collecting if here.truth(row.when) is True)


def no_limit(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> tuple[Unlimited, ...]:
    """Return what is said expressly to have no limit in law in this situation (没有法定时限)."""
    here = situation(item, answers, known)
    return tuple(row for row in item.no_limit if here.truth(row.when) is True)


def terms(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> tuple[Term, ...]:
    """Return what the result will say in this situation, such as its validity (有效期规则)."""
    here = situation(item, answers, known)
    return tuple(term for term in item.terms if here.truth(term.when) is True)


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that follows from the answers for an application (情形结果)."""

    open: tuple[Question, ...]  # what is still to be asked; with any, the rest is not final
    kept: Mapping[str, str]
    wanted: tuple[PaperNeed, ...]
    fields: tuple[Field, ...]
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """An item, by identity, and answers: many people apply in the same situation, and it is worked out once."""

    item: Item
    answers: Answers
    told: tuple[tuple[str, str], ...]

    def __hash__(self) -> int:
        return hash((id(self.item), self.told))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.item is other.item and self.told == other.told


def outcome(item: Item, answers: Answers) -> Outcome:
    """Return what follows from the answers, kept in memory for those who answer alike (情形结果).

    answers  without an office's own data
    """
    told = tuple(sorted((key, f"{type(value).__name__} {value}") for key, value in answers.items()))
    return _outcome(_Asked(item, dict(answers), told))


@lru_cache(maxsize=512)
def _outcome(asked: _Asked) -> Outcome:
    item, answers = asked.item, asked.answers
    return Outcome(
        open=next_questions(item, answers),
        kept=kept_answers(item, answers),
        wanted=wanted_papers(item, answers),
        fields=fields(item, answers),
        limits=limits(item, answers),
    )


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """What a person wants to know first (一句话答复): papers where, how many visits, how long.

    upload, bring  how many papers each way, as far as decided
    promised       the promise; None where it depends on an open question or there is none
    confirmed      whether every number in the sentence was seen or is known; else the page says not yet confirmed
    decided        whether nothing is left to ask
    """

    online: str
    upload: int
    bring: int
    visits_least: int
    visits_most: int
    check: bool
    promised: Limit | None
    statutory: Limit | None
    confirmed: bool
    decided: bool
    sentence: Words


def first_answer(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> FirstAnswer:
    """Return the first answer (一句话答复): papers on line, one visit for the check, 2 working days after it."""
    states = [need.state for need in papers(item, answers, known)]
    by_kind = {limit.kind: limit for limit in reversed(limits(item, answers, known))}
    promised, statutory = by_kind.get(Kind.PROMISED), by_kind.get(Kind.STATUTORY)
    shown = promised or statutory
    parts = [_papers_part(item), _visits_part(item)]
    if shown is not None:
        parts.append(length_words(shown))
    return FirstAnswer(
        online=item.channels.online,
        upload=states.count(State.UPLOAD),
        bring=states.count(State.BRING),
        visits_least=item.channels.visits_least,
        visits_most=item.channels.visits_most,
        check=item.needs_check,
        promised=promised,
        statutory=statutory,
        confirmed=shown is None or is_confirmed(shown.confidence),
        decided=is_decided(item, answers, known),
        sentence=_sentence(parts),
    )


def _sentence(parts: list[Words]) -> Words:
    english = ", ".join(part.en for part in parts)
    return Words("，".join(part.zh for part in parts) + "。", english[:1].upper() + english[1:] + ".")


def _papers_part(item: Item) -> Words:
    if item.channels.online in ("full", "apply"):
        return Words("材料网上交", "papers on line")
    if item.channels.online == "book":
        return Words("先在网上预约，材料带到窗口", "book on line and bring the papers")
    if item.channels.online == "inside":
        return item.channels.text
    return Words("材料带到窗口", "papers at the counter")


def _visits_part(item: Item) -> Words:
    least, most = item.channels.visits_least, item.channels.visits_most
    if item.needs_check and most == 1:
        return Words("车开来查验一次", "one visit for the vehicle check")
    if most == 0:
        return Words("不用跑", "no visit")
    if least == most:
        return Words(f"跑 {most} 次", "one visit" if most == 1 else f"{most} visits")
    return Words(f"最多跑 {most} 次", "at most one visit" if most == 1 else f"at most {most} visits")


_UNIT_WORDS = {
    Unit.WORKDAY: Words("{n} 个工作日", "{n} working day"),
    Unit.DAY: Words("{n} 日", "{n} day"),
    Unit.HOUR: Words("{n} 小时", "{n} hour"),
    Unit.OPENING_HOUR: Words("{n} 个办公小时", "{n} opening hour"),
    Unit.MONTH: Words("{n} 个月", "{n} month"),
    Unit.YEAR: Words("{n} 年", "{n} year"),
}
_AFTER = {
    "accepted": Words("受理后", "after acceptance"),
    "accepted_or_checked_later": Words("查验后", "after the check"),
    "received": Words("收件后", "after receipt"),
    "submitted": Words("提交后", "after handing in"),
    "decided": Words("决定后", "after the decision"),
    "registered": Words("登记后", "after registration"),
}


def number_words(limit: Limit) -> Words:
    """Return how long a limit is: 2 个工作日 / 2 working days (时限)."""
    if limit.unit is Unit.SPOT:
        return Words("当场", "on the spot")
    number = f"{float(limit.number):g}"
    pair = _UNIT_WORDS.get(limit.unit, Words("{n} 日前", "{n} day before")).fill(n=number)
    plural = pair.en if limit.number <= 1 else pair.en.replace(" day", " days").replace("hour", "hours")
    if limit.unit in (Unit.MONTH, Unit.YEAR) and limit.number > 1:
        plural = f"{pair.en}s"
    return Words(pair.zh, plural)


def length_words(limit: Limit) -> Words:
    """Return how long and from when: 查验后 2 个工作日办好 / 2 working days after the check (时限)."""
    number = number_words(limit)
    if limit.unit is Unit.SPOT:
        return Words("当场办好", "done on the spot")
    after = _AFTER.get(limit.starts, _AFTER["accepted"])
    return Words(f"{after.zh} {number.zh}办好", f"{number.en} {after.en}")
