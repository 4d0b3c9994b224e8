"""Told before anything is typed (申请前告知): early enough or too late, not possible like this, and who decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules
from onewindow.catalogue.rules import Item, Notice, Precondition
from onewindow.core.errors import NotFound
from onewindow.core.words import Words
from onewindow.look.dates import date_words
from onewindow.look.sentences import capital


class Linked(NamedTuple):
    """An item that comes first, with its name (前置事项)."""

    code: str
    name: Words


class Told(NamedTuple):
    """One thing to know now: what it is, what it means, by which law; `stops` where nothing can be handed in."""

    head: Words
    says: Words
    law: str
    mark: str
    stops: bool


def told(item: Item, answers: Mapping[str, str], today: date) -> list[Told]:
    """Return what the answers so far already say, the obstacles first (申请前告知)."""
    found = [*_failed(item, answers), *(_notice(each) for each in rules.notice_periods(item, answers, today))]
    found += _decider(item, answers, today)
    return sorted(found, key=lambda each: not each.stops)


def first(row: Precondition) -> list[Linked]:
    """Return the items whose result comes before this one, as far as the edition has them."""
    return [Linked(code, name) for code in row.after if (name := _name(code))]


def _name(code: str) -> Words | None:
    try:
        return catalogue.item(code).name
    except NotFound:
        return None


def _failed(item: Item, answers: Mapping[str, str]) -> Iterator[Told]:
    for row in rules.failed(item, answers):
        head = Words("要{m}", "It must hold: {m}").fill(m=row.text)
        yield Told(head, capital(row.otherwise), row.law, row.mark, row.stops)


def _notice(notice: Notice) -> Told:
    period = notice.period
    facts = {
        "days": period.days,
        "left": abs(notice.left),
        "on": date_words(notice.on),
        "last": date_words(notice.last),
        "earliest": date_words(notice.earliest),
        "otherwise": period.otherwise,
    }
    if notice.kept:
        says = Words(
            "来得及：离{on}还有 {left} 日，最晚 {last}提出。",
            "In time: {left} days are left until {on}; apply by {last}.",
        )
    elif period.days == 0:
        says = Words("{on}已经过去。{otherwise}。", "{on} has passed. Instead: {otherwise}.")
    elif notice.left < 0:
        says = Words(
            "{on}已经过去。现在提出的，最早能定在 {earliest}。{otherwise}。",
            "{on} has passed. Asked for now, the earliest possible day is {earliest}. {otherwise}.",
        )
    else:
        says = Words(
            "要提前 {days} 日，离{on}只有 {left} 日。这一天最晚要在 {last}提出；现在提出的，最早能定在 {earliest}。"
            "{otherwise}。",
            "{days} days are required and only {left} are left until {on}. For that day the last day to apply was"
            " {last}; asked for now, the earliest possible day is {earliest}. Please: {otherwise}.",
        )
        if not period.refuses:
            says = Words(
                "应当提前 {days} 日，离{on}只有 {left} 日；最晚本应在 {last}提出。{otherwise}。",
                "{days} days are required and only {left} are left until {on}; the last day was {last}. {otherwise}.",
            )
    return Told(capital(period.text), says.fill(**facts), period.law, period.mark, notice.refused)


def _decider(item: Item, answers: Mapping[str, str], today: date) -> Iterator[Told]:
    found = rules.decider(item, answers, today)
    if found is not None:
        head = Words("由谁决定：{o}", "Who decides: {o}").fill(o=found.text)
        outside = Words("不由本省决定，请向那里申请。", "Not decided in this province; apply there.")
        says = outside if found.level == 1 else Words("", "")
        yield Told(head, says, found.law, found.mark, found.level == 1)
