"""The guide of an item (办事指南): what it is, how long, what to bring, what it costs, how it goes, by which law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from onewindow.calendars.queries import work_calendar
from onewindow.calendars.rules import Kind, Limit, Unit
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules
from onewindow.catalogue.rules import Item, LimitRow, State
from onewindow.core.clock import day_of
from onewindow.core.words import Words
from onewindow.look import parts
from onewindow.look.dates import limit_words
from onewindow.look.sentences import capital, joined
from onewindow.portal.pages import ahead, said
from onewindow.portal.pages.places import Place, open_now, sites_of

MOST_BARS = 30


class Fact(NamedTuple):
    """One of the four answers at the top: the question, the answer, and what is to know about it."""

    name: Words
    answer: Words
    more: Words
    mark: str


def context(code: str, place: Place, at: datetime) -> dict[str, Any]:
    """Return the context of portal/item.html.

    raises   NotFound
    queries  4: the edition, the sites, the calendar twice
    """
    item = catalogue.item(code)
    needs = rules.papers(item, {})
    shown = shown_limit(item)
    sites = sites_of(item, place.code)
    return {
        "item": item,
        "theme": catalogue.theme(item.theme),
        "tags": [capital(tag) for tag in _tags(item)],
        "facts": [_time_fact(item, shown), _papers_fact(item), _visits_fact(item), _fee_fact(item)],
        "papers": [said.paper(item, need) for need in needs if need.state is not State.OPEN],
        "maybe": [said.paper(item, need) for need in needs if need.state is State.OPEN],
        "who": [said.actor(actor, said.condition_words(item, actor.when)) for actor in item.actors],
        "also": [
            text for text in (item.applicants.agent, item.applicants.guardian, item.applicants.presence) if text.zh
        ],
        "ways": [(row, said.condition_words(item, row.when)) for row in item.collecting],
        "results": [(row, said.condition_words(item, row.when)) for row in item.results],
        "terms": [(row, said.condition_words(item, row.when)) for row in item.terms],
        "checks": [(row, said.condition_words(item, row.when), ahead.first(row)) for row in item.preconditions],
        "periods": item.notice_periods,
        "deciders": [
            *((row, said.condition_words(item, row.when)) for row in item.deciding),
            *((row, said.condition_words(item, row.when)) for row in item.delegations),
        ],
        "no_limit": [(row, said.condition_words(item, row.when)) for row in item.no_limit],
        "limits": [_limit_line(item, row) for row in item.limits if row.limit.kind in _MAIN],
        "other_limits": [_limit_line(item, row) for row in item.limits if row.limit.kind not in _MAIN],
        "bars": _bars(item, shown),
        "example": said.example(shown.limit, work_calendar(), at) if shown else None,
        "at_once": item.spot and len(_promises(item)) == 1,
        "charges": [said.charge(item, fee, with_condition=True) for fee in item.fees],
        "steps": [(step, said.condition_words(item, step.when)) for step in item.steps],
        "questions": len(item.questions),
        "sites": open_now(sites[:3], at),
        "more_sites": max(0, len(sites) - 3),
        "here": place,
        "today": day_of(at),
    }


def _tags(item: Item) -> Iterator[Words]:
    yield Words("当场办", "On the spot") if item.spot else Words("承诺件", "With a promised day")
    if item.channels.scope.zh:
        yield item.channels.scope
    if item.channels.one_id:
        yield Words("一证通办", "Identity card alone")


def shown_limit(item: Item) -> LimitRow | None:
    """Return the limit that the page leads with: the promise, else the law's."""
    by_kind = {row.limit.kind: row for row in reversed(item.limits)}
    return by_kind.get(Kind.PROMISED) or by_kind.get(Kind.STATUTORY)


UNKNOWN = Words("尚未确认", "Not yet confirmed")


def _time_fact(item: Item, shown: LimitRow | None) -> Fact:
    name = Words("最晚多久办好", "Ready at the latest in")
    if shown is None:
        return Fact(name, UNKNOWN, parts.NOTHING, "S")
    promises = _promises(item)
    if len(promises) > 1:
        told = joined([limit_words(limit) for limit in promises], " 或 ", " or ")
        return Fact(name, told, Words("看您的情况", "depends on you"), _worst({row.confidence for row in promises}))
    law = next((row.limit for row in item.limits if row.limit.kind is Kind.STATUTORY), None)
    more = parts.NOTHING
    if law is not None and law is not shown.limit:
        more = Words("法定 {n}", "by law {n}").fill(n=said.told_limit(law))
    return Fact(name, limit_words(shown.limit), more, shown.limit.confidence)


def _promises(item: Item) -> list[Limit]:
    """Return the promises that differ in length: with more than one, the situation decides."""
    rows = [row.limit for row in item.limits if row.limit.kind is Kind.PROMISED]
    return list({(limit.number, limit.unit): limit for limit in reversed(rows)}.values())[::-1]


def _worst(marks: set[str]) -> str:
    return "U" if "U" in marks else "D" if "D" in marks else "S"


def _papers_fact(item: Item) -> Fact:
    name, needs = Words("材料", "Papers"), rules.papers(item, {})
    if any(need.state is State.OPEN for need in needs):
        return Fact(
            name,
            Words("看您的情况", "Depends on you"),
            Words("回答几个问题就知道", "answer a few questions to know"),
            "S",
        )
    count = sum(need.wanted for need in needs)
    if not count and not item.full:
        return Fact(name, UNKNOWN, parts.NOTHING, "S")
    return Fact(name, Words(f"{count} 样", str(count)), parts.NOTHING, item.mark)


def _visits_fact(item: Item) -> Fact:
    ways, name = item.channels, Words("要跑几次", "Visits")
    least, most = ways.visits_least, ways.visits_most
    count = str(most) if least == most else f"{least}–{most}"
    return Fact(name, Words(f"{count} 次", count), ways.why_visit, ways.scope_mark if most else "S")


def _fee_fact(item: Item) -> Fact:
    name = Words("费用", "Fees")
    if not item.fees:
        return Fact(name, UNKNOWN, parts.NOTHING, "S")
    known = [fee.cents for fee in item.fees if fee.cents is not None]
    mark = _worst({fee.mark for fee in item.fees})
    if len(known) == len(item.fees) and not any(known):
        return Fact(name, Words("不收费", "Free"), parts.NOTHING, mark)
    if len(item.fees) == 1:
        return Fact(name, said.money_words(item.fees[0].cents), item.fees[0].per, mark)
    return Fact(
        name,
        Words(f"{len(item.fees)} 种，看情况", f"{len(item.fees)} kinds, depending"),
        Words("现在不在网上收", "not collected here yet"),
        mark,
    )


class LimitLine(NamedTuple):
    """A limit as the guide tells it."""

    name: Words
    says: Words
    when: Words
    law: str
    mark: str


_MAIN = (Kind.PROMISED, Kind.STATUTORY)
_KINDS = {
    Kind.PROMISED: Words("我们承诺", "We promise"),
    Kind.STATUTORY: Words("法律规定", "By law"),
    Kind.TELL: Words("一次说清缺什么", "Telling what is missing"),
    Kind.ISSUE: Words("颁发送达", "Issue and delivery"),
    Kind.INNER: Words("部门之间", "Between offices"),
    Kind.REVIEW: Words("复查复核", "Review"),
    Kind.OWN: Words("您自己的期限", "Your own time limit"),
}


def _limit_line(item: Item, row: LimitRow) -> LimitLine:
    limit = row.limit
    text = limit.text if limit.text.zh else limit_words(limit)
    if row.note.zh:
        text = Words(f"{text.zh}（{row.note.zh}）", f"{text.en} ({row.note.en})")
    return LimitLine(
        _KINDS[limit.kind], capital(text), said.condition_words(item, row.when), limit.law, limit.confidence
    )


def _bars(item: Item, shown: LimitRow | None) -> dict[str, Any] | None:
    """Return the two bars of promise and law, where both are a few working days."""
    law = next((row.limit for row in item.limits if row.limit.kind is Kind.STATUTORY), None)
    if shown is None or law is None or shown.limit.kind is not Kind.PROMISED:
        return None
    if not all(_drawable(limit) for limit in (shown.limit, law)):
        return None
    return {
        "promised": shown.limit,
        "law": law,
        "promised_days": range(int(shown.limit.number)),
        "law_days": range(int(law.number)),
    }


def _drawable(limit: Limit) -> bool:
    return limit.unit is Unit.WORKDAY and limit.number.denominator == 1 and 0 < limit.number <= MOST_BARS
