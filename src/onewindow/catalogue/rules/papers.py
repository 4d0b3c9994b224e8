"""Which papers a person needs (材料清单): each once, how it comes, and why another is not needed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from onewindow.catalogue.rules.asking import NOTHING_KNOWN, situation
from onewindow.catalogue.rules.conditions import Answers, AnyOf, Situation
from onewindow.catalogue.rules.items import NOTHING, Item, Paper, Way
from onewindow.core.words import Words


class State(StrEnum):
    """How a paper stands for this person (材料状态)."""

    BRING = "bring"  # 带原件
    UPLOAD = "upload"  # 网上传
    IF = "if"  # 符合条件才要: the condition is only text yet
    LICENCE = "licence"  # 用电子证照
    SHARED = "shared"  # 系统核查、共享数据
    FORM = "form"  # 由表单生成
    ON_SITE = "on_site"  # 现场采集
    OPEN = "open"  # 还要看回答
    NOT_NEEDED = "not_needed"  # 不需要


_BY_WAY = {
    Way.BRING: State.BRING,
    Way.UPLOAD: State.UPLOAD,
    Way.SYSTEM: State.SHARED,
    Way.FORM: State.FORM,
    Way.ON_SITE: State.ON_SITE,
}
_ORDER = list(State)
_WANTED = (State.BRING, State.UPLOAD, State.IF)


@dataclass(frozen=True, slots=True)
class PaperNeed:
    """A paper with its state for this person (材料需求); one for each document and holder.

    key      of the document in the dictionary; with `holder` it names the paper in a case
    reason   why it stands so, "" where the name says enough
    instead  the e-licence or shared data that could replace it, with its mark; "" for none
    """

    key: str
    holder: str
    name: Words
    state: State
    reason: Words
    required: bool
    one_of: str
    paper: Paper

    @property
    def wanted(self) -> bool:
        """Whether it is to be handed in: a file, or the thing itself."""
        return self.state in _WANTED

    @property
    def instead(self) -> Words:
        return self.paper.instead

    @property
    def instead_mark(self) -> str:
        return self.paper.instead_mark

    @property
    def mark(self) -> str:
        return self.paper.mark

    @property
    def law(self) -> str:
        return self.paper.law


def papers(
    item: Item, answers: Answers, known: Answers = NOTHING_KNOWN, held: Collection[str] = ()
) -> tuple[PaperNeed, ...]:
    """Return every paper of the item with its state, those to hand in first as the file has them (材料清单).

    held  keys of documents that an e-licence or shared data already give for this person
    """
    return _merged(situation(item, answers, known), item.papers, held)


def _merged(here: Situation, rows: Iterable[Paper], held: Collection[str]) -> tuple[PaperNeed, ...]:
    merged: dict[tuple[str, str], list[PaperNeed]] = {}
    for paper in rows:
        merged.setdefault((paper.document, paper.holder), []).append(_need(here, paper, held))
    return tuple(_one(needs) for needs in merged.values())


def wanted_papers(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> tuple[PaperNeed, ...]:
    """Return the papers to hand in or bring (需提交的材料)."""
    here = situation(item, answers, known)
    # Of rows that merge the most wanted counts, so rows that do not hold change nothing here.
    certain = (paper for paper in item.papers if here.truth(paper.when) is True)
    return tuple(need for need in _merged(here, certain, ()) if need.wanted)


def missing_papers(needs: Iterable[PaperNeed], given: Collection[tuple[str, str]]) -> tuple[PaperNeed, ...]:
    """Return the required papers that are not among those given; of papers "one of" a kind one is enough (缺件).

    given  (key, holder) of each paper handed in or promised to be brought
    """
    wanted = [need for need in needs if need.wanted and need.required]
    settled = {need.one_of for need in wanted if need.one_of and (need.key, need.holder) in given}
    return tuple(need for need in wanted if (need.key, need.holder) not in given and need.one_of not in settled)


def _need(here: Situation, paper: Paper, held: Collection[str]) -> PaperNeed:
    state, reason = _state(here, paper, held)
    return PaperNeed(
        key=paper.document,
        holder=paper.holder,
        name=paper.name,
        state=state,
        reason=reason,
        required=paper.required and not paper.only_if.zh,
        one_of=paper.one_of,
        paper=paper,
    )


def _state(here: Situation, paper: Paper, held: Collection[str]) -> tuple[State, Words]:
    truth = here.truth(paper.when)
    if truth is False:
        return State.NOT_NEEDED, _because(here, here.why_not(paper.when))
    if truth is None:
        return State.OPEN, _depends(here, next(here.waits_for(paper.when), None))
    if paper.only_if.zh:
        return State.IF, paper.only_if
    if paper.instead_kind and paper.document in held:
        return (State.LICENCE if paper.instead_kind == "licence" else State.SHARED), paper.instead
    pictured = paper.upload_when is not None and here.truth(paper.upload_when) is True
    way = Way.UPLOAD if pictured else paper.way
    return _BY_WAY[way], _REASONS[way]


_REASONS: Mapping[Way, Words] = {
    Way.BRING: Words("要带原件", "bring the original"),
    Way.UPLOAD: NOTHING,
    Way.SYSTEM: Words("由经办机关核查，不用交", "the office looks it up; nothing to hand in"),
    Way.FORM: Words("由所填内容生成，不用另交", "made from what you type; nothing to hand in"),
    Way.ON_SITE: Words("到窗口当场采集", "taken at the counter"),
}


def _because(here: Situation, key: str | None) -> Words:
    if key is None:
        return Words("您的情形不需要", "not needed in your case")
    question = here.questions[key]
    answer = question.say(here.value(key))
    return Words(
        f"因为「{question.text.zh}」答的是「{answer.zh}」",
        f"because you answered “{answer.en}” to “{question.text.en}”",
    )


def _depends(here: Situation, key: str | None) -> Words:
    if key is None:
        return Words("要看后面的回答", "depends on your answers")
    text = here.questions[key].text
    return Words(f"要看「{text.zh}」的回答", f"depends on your answer to “{text.en}”")


def _one(needs: list[PaperNeed]) -> PaperNeed:
    """Return what stands for all rows of one document and holder: the one most wanted, under a name that fits."""
    best = min(needs, key=lambda need: _ORDER.index(need.state))
    alike = [need for need in needs if need.state is best.state]
    if best.state is State.OPEN and len(alike) > 1:
        whens = tuple(need.paper.when for need in alike if need.paper.when is not None)
        best = replace(best, paper=replace(best.paper, when=AnyOf(whens)))
    if best.state in (State.OPEN, State.NOT_NEEDED) and len({need.name for need in alike}) > 1:
        return replace(best, name=best.paper.general)
    return best
