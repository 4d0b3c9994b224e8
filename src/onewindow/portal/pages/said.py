"""Parts of an item said in words (事项的说法): conditions, papers, fees, limits with an example of a date."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from onewindow.calendars.rules import Clock, Limit, Unit, WorkCalendar, reading
from onewindow.catalogue.rules import Actor, All, Compare, Condition, Fee, Is, Item, Not, PaperNeed, State, Told
from onewindow.core.clock import day_of
from onewindow.core.errors import Refusal
from onewindow.core.words import Words
from onewindow.look import parts
from onewindow.look.dates import date_words, limit_words
from onewindow.look.sentences import NOTHING, capital, ended, joined

FEE = Words("费用", "Fee")
UNCONFIRMED = Words("尚未确认", "not yet confirmed")

# The state of a paper by the names of the look.
LOOKS = {
    State.BRING: "bring",
    State.UPLOAD: "upload",
    State.IF: "maybe",
    State.LICENCE: "held",
    State.SHARED: "shared",
    State.FORM: "produced",
    State.ON_SITE: "produced",
    State.OPEN: "maybe",
    State.NOT_NEEDED: "none",
}
_OPS = {
    "lt": Words("小于 {n}", "less than {n}"),
    "le": Words("不大于 {n}", "at most {n}"),
    "gt": Words("大于 {n}", "more than {n}"),
    "ge": Words("不小于 {n}", "at least {n}"),
    "eq": Words("等于 {n}", "exactly {n}"),
}


def condition_words(item: Item, condition: Condition | None, *, but: bool = False) -> Words:
    """Say a condition in words: 「是哪类车」选「摩托车」 (适用条件的说法).

    but  say its opposite
    """
    if condition is None:
        return NOTHING
    if isinstance(condition, Is):
        question = item.by_key[condition.question]
        values = joined(
            (option.text for option in question.options if option.value in condition.values), "」或「", "” or “"
        )
        frame = Words("「{q}」不选「{v}」", "“{q}”: not “{v}”") if but else Words("「{q}」选「{v}」", "“{q}”: “{v}”")
        return frame.fill(q=question.text, v=values)
    if isinstance(condition, Compare):
        question, number = item.by_key[condition.question], f"{float(condition.number):g}"
        told = _OPS[condition.op].fill(n=number)
        said = Words(f"「{question.text.zh}」{told.zh}", f"“{question.text.en}”: {told.en}")
        return Words(f"不是{said.zh}", f"not {said.en}") if but else said
    if isinstance(condition, Told):
        question = item.by_key[condition.question]
        frame = Words("没有答「{q}」", "“{q}” not answered") if but else Words("答了「{q}」", "“{q}” answered")
        return frame.fill(q=question.text)
    if isinstance(condition, Not):
        return condition_words(item, condition.part, but=not but)
    together = isinstance(condition, All) != but
    inner = [condition_words(item, part, but=but) for part in condition.parts]
    return joined(inner, "，并且" if together else "，或者", "; and " if together else "; or ")


def paper(item: Item, need: PaperNeed) -> parts.Paper:
    """Return a line of the list of papers: what, how, and why (材料)."""
    reasons = [need.reason] if need.state is not State.OPEN else [_when(item, need)]
    reasons += [need.paper.note, need.paper.per]
    if need.wanted and need.instead.zh:
        reasons.append(
            Words("可用「{i}」代替{m}", "“{i}” may replace it{m}").fill(i=need.instead, m=_unsure(need.instead_mark))
        )
    if need.one_of and need.wanted:
        reasons.append(Words("同类材料有一样就行", "one paper of this kind is enough"))
    if not need.required and need.wanted:
        reasons.append(Words("有就带，没有也能办", "if you have it; not required"))
    said = joined((ended(each) for each in reasons if each.zh), "", " ")
    mark = _unsure(need.mark)
    return parts.Paper(capital(Words(f"{need.name.zh}{mark.zh}", f"{need.name.en}{mark.en}")), LOOKS[need.state], said)


def _when(item: Item, need: PaperNeed) -> Words:
    told = condition_words(item, need.paper.when)
    return Words(f"要的情形：{told.zh}", f"Needed if {told.en}")


def _unsure(mark: str) -> Words:
    return NOTHING if mark in ("S", "K") else Words(f"（{UNCONFIRMED.zh}）", f" ({UNCONFIRMED.en})")


_SHORT_MARKS = {"D": Words("演示值", "demo value"), "U": Words("待核", "not yet confirmed")}


def told_limit(limit: Limit) -> Words:
    """Say how long a limit is, and in the same breath that it is a demo value or not confirmed yet (时限)."""
    words, mark = limit_words(limit), _SHORT_MARKS.get(limit.confidence)
    return Words(f"{words.zh}（{mark.zh}）", f"{words.en} ({mark.en})") if mark else words


class Who(NamedTuple):
    """Someone who may act, or may not, as it is shown."""

    allowed: bool
    text: Words
    comes: Words
    when: Words
    law: str
    mark: str


_COMES = {
    "none": Words("不用到场", "nobody has to come"),
    "applicant": Words("本人要到场", "the person comes"),
    "actor": Words("来办的人要到场", "whoever applies comes"),
    "both": Words("两个人都要到场", "both come"),
    "": NOTHING,
}


def actor(row: Actor, when: Words = NOTHING) -> Who:
    """Return who may act, and who must come, as it is shown (谁来办)."""
    return Who(
        row.allowed, capital(row.text), row.presence if row.presence.zh else _COMES[row.comes], when, row.law, row.mark
    )


class Charge(NamedTuple):
    """A fee as it is shown."""

    name: Words
    sum: Words
    note: Words
    mark: str


def charge(item: Item, fee: Fee, *, with_condition: bool) -> Charge:
    """Return a fee as it is shown: nothing is collected here yet (收费)."""
    notes = [fee.note]
    if with_condition and fee.when is not None:
        told = condition_words(item, fee.when)
        notes.append(Words(f"收的情形：{told.zh}", f"Charged if {told.en}"))
    money = money_words(fee.cents, fee.per)
    return Charge(
        FEE if fee.name.zh == money.zh else capital(fee.name),
        money,
        capital(joined([n for n in notes if n.zh], "；", "; ")),
        fee.mark,
    )


def money_words(cents: int | None, per: Words = NOTHING) -> Words:
    """Say a sum: 100 元 / 副 (金额); one that is not known is said so."""
    if cents is None:
        return UNCONFIRMED
    if cents == 0:
        return Words("不收费", "free")
    yuan = f"{cents / 100:g}"
    tail = Words(f" / {per.zh}", f" / {per.en}") if per.zh else NOTHING
    return Words(f"{yuan} 元{tail.zh}", f"{yuan} yuan{tail.en}")


class Example(NamedTuple):
    """When it would be ready if it began today."""

    begun: Words
    due: Words


BEGUN = {
    "accepted": Words("今天 {d}受理", "accepted today, {d}"),
    "accepted_or_checked_later": Words("今天 {d}受理并查验", "accepted and checked today, {d}"),
    "submitted": Words("今天 {d}提交", "handed in today, {d}"),
    "received": Words("今天 {d}收件", "received today, {d}"),
}


def example(limit: Limit, calendar: WorkCalendar, at: datetime) -> Example | None:
    """Return the due day if the clock began now; none for hours, or past the loaded years (举例日期)."""
    begun = BEGUN.get(limit.starts)
    if begun is None or limit.unit is Unit.SPOT or not limit.unit.in_days or limit.number.denominator != 1:
        return None
    try:
        due_on = reading(Clock(limit, at), calendar, at).due_on
    except Refusal:
        return None
    if due_on is None:
        return None
    return Example(begun.fill(d=date_words(day_of(at))), date_words(due_on, calendar))
