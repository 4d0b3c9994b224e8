"""The check of the catalogue (事项目录校验): errors stop a load, gaps are said and never filled by invention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from math import ceil

from onewindow.calendars.rules import (
    Compared,
    Cuts,
    Kind,
    Limit,
    Unit,
    WorkCalendar,
    average_cut,
    in_workdays,
    late_promises,
)
from onewindow.catalogue.rules.conditions import Condition, Situation
from onewindow.catalogue.rules.deciding import circles
from onewindow.catalogue.rules.dictionary import Book
from onewindow.catalogue.rules.items import Item, Paper, Way, is_confirmed
from onewindow.catalogue.rules.situations import never_true, questions_of, situations, truths
from onewindow.core.words import Words


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found: where, and what (校验结果)."""

    item: str
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.item} {self.where}: {self.text}" if self.where else f"{self.item}: {self.text}"


@dataclass(frozen=True, slots=True)
class Late:
    """An item whose promise, on some start days, ends after its statute (承诺晚于法定)."""

    item: str
    days: tuple[date, ...]
    of: int


@dataclass(frozen=True, slots=True)
class NamedCuts:
    """The four average cuts of one scope, and what stands beside them."""

    scope: Words
    cuts: Cuts


@dataclass(frozen=True, slots=True)
class Report:
    """What the check says of a whole catalogue."""

    errors: tuple[Finding, ...]
    gaps: tuple[Finding, ...]
    late: tuple[Late, ...]
    cuts: tuple[NamedCuts, ...]


NO_CASES: Mapping[str, int] = {}
APPROVALS = Words(
    "治安、禁毒的行政许可事项；其承诺为凑近文章所称 38% 而选的演示值，不是任何机关的承诺",
    "licences of public order and narcotics control; their promises were chosen to meet the article's 38 %:"
    " demo values, no office's promise",
)
EVERYTHING = Words(
    "全部可比事项；承诺多为演示值，不是任何机关的承诺",
    "all items that can be compared; most promises are demo values, no office's promise",
)
_APPROVAL_THEMES = ("public-order", "narcotics")


def check(
    items: Sequence[Item],
    book: Book,
    calendar: WorkCalendar | None = None,
    cases: Mapping[str, int] = NO_CASES,
) -> Report:
    """Return what is wrong with the items and what they lack (事项目录校验).

    calendar  both clocks are run from every day of its announced years; None: they are not compared
    cases     item → number of its cases, by which two of the average cuts are weighted
    """
    findings = [finding for item in items for finding in _errors(item, book)]
    findings += [Finding(code, "code", "stands twice") for code in _doubles(items)]
    findings += _circles(items)
    late = _late(items, calendar) if calendar else ()
    return Report(tuple(findings), gaps(items), tuple(late), cuts(items, cases))


def gaps(items: Sequence[Item]) -> tuple[Finding, ...]:
    """Return what the items lack, each gap with its item and part (事项缺项)."""
    return (*(finding for item in items for finding in _gaps(item)), *_lost(items))


def mark_counts(item: Item) -> Counter[str]:
    """Return how many values of an item carry each mark: S seen, K known, U unsure, D a demo value (核实程度计数)."""
    return Counter(_marks(item))


def _marks(value: object) -> Iterator[str]:
    if isinstance(value, tuple | list):
        for each in value:
            yield from _marks(each)
    elif is_dataclass(value):
        for part in fields(value):
            held = getattr(value, part.name)
            if part.name in ("mark", "scope_mark", "instead_mark", "confidence") and isinstance(held, str) and held:
                yield held
            else:
                yield from _marks(held)


def _doubles(items: Sequence[Item]) -> list[str]:
    codes = [item.code for item in items]
    return sorted({code for code in codes if codes.count(code) > 1})


def _lost(items: Sequence[Item]) -> Iterator[Finding]:
    codes = {item.code for item in items}
    for item in items:
        for row in item.preconditions:
            for code in row.after:
                if code not in codes:
                    yield Finding(
                        item.code, f"preconditions.{row.key}", f"{code} is no item of this catalogue: no link"
                    )


def _circles(items: Sequence[Item]) -> Iterator[Finding]:
    for circle in circles(items):
        yield Finding(circle[0], "preconditions", f"asks for its own result: {' after '.join((*circle, circle[0]))}")


def _errors(item: Item, book: Book) -> Iterator[Finding]:
    for where, text in _basics(item, book):
        yield Finding(item.code, where, text)
    if item.full:
        walks = (
            _unused_rules,
            _unasked_questions,
            _no_papers,
            _conflicting_limits,
            _doubled_papers,
            _actors,
            _deciding,
        )
        for walk in walks:
            for where, text in walk(item):
                yield Finding(item.code, where, text)


def _basics(item: Item, book: Book) -> Iterator[tuple[str, str]]:
    channels = item.channels
    tests: Sequence[tuple[bool, str, str]] = (
        (item.department not in book.departments, "department", f"{item.department} is in no dictionary"),
        (item.theme not in book.themes, "theme", f"{item.theme} is in no dictionary"),
        (channels.visits_least > channels.visits_most, "channels", "the least number of visits is above the most"),
        (
            channels.online == "full" and channels.visits_least > 0,
            "channels",
            "can be done wholly on line, yet at least one visit is asked for",
        ),
        (
            channels.visits_most == 0 and channels.online == "none",
            "channels",
            "no visit and no way on line: it cannot be applied for",
        ),
        (not item.fields, "fields", "no form"),
        (item.full and not item.papers, "papers", "a full item without papers"),
        (item.full and not item.refusals, "refusals", "a full item that names no ground of refusal"),
    )
    yield from ((where, text) for fails, where, text in tests if fails)
    promised = [row.limit for row in item.limits if row.limit.kind is Kind.PROMISED]
    if promised and item.spot != (promised[0].unit is Unit.SPOT):  # the first is what the item promises as a rule
        yield "spot", "on the spot, its promise and its kind of case do not agree"
    yield from _promise_above_statute(item)


def _promise_above_statute(item: Item) -> Iterator[tuple[str, str]]:
    promise, statute = _representative(item, Kind.PROMISED), _representative(item, Kind.STATUTORY)
    if promise is None or statute is None:
        return
    length, most = in_workdays(promise), in_workdays(statute)
    if length is not None and most is not None and length > most:
        yield "limits", "the promise is longer than the statute"


def _unused_rules(item: Item) -> Iterator[tuple[str, str]]:
    for where, condition in item.conditions():
        if True not in truths(item, condition):
            yield where, "its condition is true in no situation: the rule is never used"


def _unasked_questions(item: Item) -> Iterator[tuple[str, str]]:
    needed = {key for _, condition in item.conditions() for key in questions_of(item, condition)}
    for question in item.questions:
        if question.key not in needed:
            yield f"questions.{question.key}", "no rule waits for it: the question is never asked"
        elif question.ask_when is not None and True not in truths(item, question.ask_when):
            yield f"questions.{question.key}", "its ask_when is true in no situation: the question is never asked"


def _no_papers(item: Item) -> Iterator[tuple[str, str]]:
    if any(paper.when is None for paper in item.papers):
        return
    ends = [row.fails_when for row in item.preconditions if row.stops and row.fails_when is not None]
    answers = never_true(item, [*(paper.when for paper in item.papers if paper.when is not None), *ends])
    if answers is not None:
        yield "papers", f"a situation without a paper list: {_shown(answers)}"


def _conflicting_limits(item: Item) -> Iterator[tuple[str, str]]:
    for one, other in combinations(item.limits, 2):
        if one.limit.kind is not other.limit.kind or one.limit.kind in (Kind.OWN, Kind.INNER, Kind.REVIEW):
            continue
        both = _both(item, one.when, other.when)
        if both is not None:
            yield "limits", f"two {one.limit.kind.value} limits hold at once: {_shown(both)}"
    limited = [row.when for row in item.limits if row.limit.kind is Kind.STATUTORY]
    said = [*limited, *(row.when for row in item.no_limit)]
    for answers in situations(item, said):
        here = Situation(item.by_key, answers)
        if limited and not any(here.truth(when) for when in said):
            yield "limits", f"a situation without a statutory limit, where others have one: {_shown(answers)}"
            return


def _both(item: Item, one: Condition | None, other: Condition | None) -> Mapping[str, str] | None:
    pair = [condition for condition in (one, other) if condition is not None]
    for answers in situations(item, pair):
        here = Situation(item.by_key, answers)
        if all(here.truth(condition) is True for condition in pair):
            return answers
    return None


def _doubled_papers(item: Item) -> Iterator[tuple[str, str]]:
    for one, other in combinations(item.papers, 2):
        alike = (one.document, one.holder) == (other.document, other.holder)
        if alike and one.name != other.name and (both := _both(item, one.when, other.when)) is not None:
            yield "papers", f"{one.key} and {other.key} are one document of one holder, both wanted: {_shown(both)}"


def _actors(item: Item) -> Iterator[tuple[str, str]]:
    for one, other in combinations(item.actors, 2):
        if one.basis == other.basis and one.allowed != other.allowed:
            both = _both(item, one.when, other.when)
            if both is not None:
                yield "actors", f"{one.key} and {other.key} allow and forbid the same at once: {_shown(both)}"
    refused = [actor for actor in item.actors if actor.basis == "letter" and not actor.allowed]
    for paper in item.papers:
        letter = paper.document == "power_of_attorney"
        if letter and any(_both(item, paper.when, actor.when) is not None for actor in refused):
            yield f"papers.{paper.key}", "a letter of authority is asked for where nobody may act by one"


def _deciding(item: Item) -> Iterator[tuple[str, str]]:
    if item.delegations and not item.deciding:
        yield "delegations", "handed on from a level, and no row of deciding names one"
    levels = {row.level for row in item.deciding} - {0} | {row.target for row in item.delegations}
    strange = levels - set(item.levels)
    if strange:
        yield "deciding", f"decided at level {', '.join(map(str, sorted(strange)))}, which is not among its levels"
    for one, other in combinations(item.delegations, 2):
        together = one.since <= (other.until or date.max) and other.since <= (one.until or date.max)
        if one.source == other.source and together and _both(item, one.when, other.when) is not None:
            yield "delegations", f"{one.key} and {other.key} hand on the same at once"
    for row in item.limits:
        if row.limit.kind is Kind.STATUTORY and any(_both(item, row.when, said.when) for said in item.no_limit):
            yield "no_limit", "no limit is said where a statutory limit stands"


def _shown(answers: Mapping[str, str]) -> str:
    return ", ".join(f"{key} = {value}" for key, value in answers.items()) or "always"


_LIFE_STEPS = 5  # 受理, 审核, 审批, 办结, 送达


def _gaps(item: Item) -> Iterator[Finding]:
    def gap(where: str, text: str) -> Finding:
        return Finding(item.code, where, text)

    tests: Sequence[tuple[bool, str, str]] = (
        (not item.full, "depth", "listed only: questions and conditions of its papers are not yet confirmed"),
        (item.channels.visits_most > 0 and not item.channels.why_visit.zh, "channels", "no reason given for the visit"),
        (not item.channels.scope.zh, "channels", "where it can be done beyond the district is not known"),
        (item.is_licence and len(item.steps) < _LIFE_STEPS, "steps", "a licence with fewer than five steps"),
        (item.full and not item.actors, "actors", "who may act for the applicant is not said row by row"),
        (
            item.full and item.makes_certificate and not item.collecting,
            "collecting",
            "how the result is collected is not known",
        ),
        (not item.faq, "faq", "no answered question"),
        (not item.results, "results", "no result named"),
        (any(fee.cents is None for fee in item.fees), "fees", "a fee without a sum"),
        (any(fee.cents and not fee.law for fee in item.fees), "fees", "a fee without its basis"),
    )
    yield from (gap(where, text) for fails, where, text in tests if fails)
    yield from (
        gap(f"papers.{paper.key}", "neither basis nor issuer is named") for paper in item.papers if _bare(paper)
    )
    yield from (gap("unsure", text.en) for text in item.gaps)
    for part in _MARKED:
        rows = enumerate(getattr(item, part))
        unsure = [str(getattr(row, "key", place)) for place, row in rows if not is_confirmed(row.mark)]
        if unsure:
            yield gap(part, f"not yet confirmed: {', '.join(unsure)}")


def _bare(paper: Paper) -> bool:
    by_house = paper.way in (Way.FORM, Way.ON_SITE, Way.SYSTEM)
    return paper.required and not by_house and not paper.law and not paper.issuer.zh


_MARKED = (
    "papers",
    "limits",
    "no_limit",
    "fees",
    "results",
    "actors",
    "collecting",
    "notice_periods",
    "deciding",
    "delegations",
)


def _representative(item: Item, kind: Kind) -> Limit | None:
    return next((row.limit for row in item.limits if row.limit.kind is kind), None)


def _late(items: Sequence[Item], calendar: WorkCalendar) -> Iterator[Late]:
    if not calendar.announced:
        return
    first, last = _start_days(items, calendar)
    for item in items:
        promise, statute = _representative(item, Kind.PROMISED), _representative(item, Kind.STATUTORY)
        days = late_promises(promise, statute, calendar, first, last) if promise and statute else ()
        if days:
            yield Late(item.code, days, (last - first).days + 1)


_ROLLING_DAYS = 3  # a period of natural days that ends on a day off may end a few days later


def _start_days(items: Sequence[Item], calendar: WorkCalendar) -> tuple[date, date]:
    """Return the first and last start day from which every limit, extended too, ends inside the announced years."""
    limits = [row.limit for item in items for row in item.limits if row.limit.kind in (Kind.PROMISED, Kind.STATUTORY)]
    longest = max((_most_days(limit) for limit in limits), default=0)
    end = date(max(calendar.announced), 12, 31)
    return date(min(calendar.announced), 1, 1), end - timedelta(days=longest + _ROLLING_DAYS)


def _most_days(limit: Limit) -> int:
    extension = limit.extension
    number = max(limit.number + extension.by, Fraction(extension.to)) if extension else limit.number
    rate = {Unit.DAY: Fraction(1), Unit.WORKDAY: Fraction(7, 5)}.get(limit.unit, Fraction(0))
    return ceil(number * rate)


def cuts(items: Sequence[Item], cases: Mapping[str, int] = NO_CASES) -> tuple[NamedCuts, ...]:
    """Return the average cuts of the promises, each scope with its words (压缩率).

    Nothing here reproduces the article's figure: the promises were chosen.
    """
    approvals = [item for item in items if item.is_licence and item.theme in _APPROVAL_THEMES]
    return tuple(
        NamedCuts(scope, average_cut(compared for item in chosen for compared in _compared(item, cases)))
        for scope, chosen in ((APPROVALS, approvals), (EVERYTHING, items))
    )


def _compared(item: Item, cases: Mapping[str, int]) -> Iterator[Compared]:
    promise = _representative(item, Kind.PROMISED)
    if promise is not None:
        yield Compared(promise, _representative(item, Kind.STATUTORY), cases.get(item.code, 0))
