"""Before anything is typed (申请前): is it early enough, may it be handed in at all, and which level decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from onewindow.calendars.rules import latest_before
from onewindow.catalogue.rules.asking import NOTHING_KNOWN, situation
from onewindow.catalogue.rules.conditions import Answers
from onewindow.catalogue.rules.items import Deciding, Delegation, Item, NoticePeriod, Precondition
from onewindow.core.errors import Refusal
from onewindow.core.words import Words


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice period reckoned for a day (提前期限).

    on        the day that was told, such as that of the event
    last      the last day on which it can still be asked for
    earliest  the earliest such day for which it can still be asked today
    left      days from today to the day that was told
    """

    period: NoticePeriod
    on: date
    last: date
    earliest: date
    left: int

    @property
    def kept(self) -> bool:
        return self.left >= self.period.days

    @property
    def refused(self) -> bool:
        return not self.kept and self.period.refuses


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides (审批层级): the row of the item, and the delegations in force that handed it on."""

    level: int
    text: Words
    row: Deciding
    delegations: tuple[Delegation, ...]

    @property
    def law(self) -> str:
        return "；".join(each for each in (self.row.law, *(each.law for each in self.delegations)) if each)

    @property
    def mark(self) -> str:
        return max((self.row.mark, *(each.mark for each in self.delegations)), key="SKUD".index)


def notice_periods(item: Item, answers: Answers, today: date) -> tuple[Notice, ...]:
    """Return the notice periods of this situation, reckoned from today (提前申请期限).

    They are counted back in natural days and never roll, whatever day they end on.

    law  each row names its own: 大型群众性活动安全管理条例 第13条 (20 days), 行政许可法 第50条 (30 days)
    """
    here = situation(item, answers)
    found = []
    for period in item.notice_periods:
        told = here.value(period.question)
        if here.truth(period.when) is True and isinstance(told, str):
            on = date.fromisoformat(told)
            found.append(
                Notice(
                    period=period,
                    on=on,
                    last=latest_before(on, period.days) if on.toordinal() > period.days else date.min,
                    earliest=today + timedelta(days=period.days),
                    left=(on - today).days,
                )
            )
    return tuple(found)


def failed(item: Item, answers: Answers) -> tuple[Precondition, ...]:
    """Return the preconditions that the answers show not to hold (不符合的条件)."""
    here = situation(item, answers)
    return tuple(
        row
        for row in item.preconditions
        if row.fails_when is not None and here.truth(row.when) is True and here.truth(row.fails_when) is True
    )


def decider(item: Item, answers: Answers, day: date, known: Answers = NOTHING_KNOWN) -> Decider | None:
    """Return who decides what is received on that day (审批层级); None where the item says nothing, or not yet.

    day  the day of receipt: what was handed down since then stays where it was
    law  each row names its own; 大型群众性活动安全管理条例 第12条
    """
    here = situation(item, answers, known)
    row = None
    for each in item.deciding:
        truth = here.truth(each.when)
        if truth is None:
            return None
        if truth:
            row = each
            break
    if row is None:
        return None
    level, text, passed = row.level, row.text, []
    for handed in sorted(item.delegations, key=lambda each: each.since):
        in_force = handed.since <= day and (handed.until is None or day <= handed.until)
        if in_force and handed.source == level and here.truth(handed.when) is True:
            level, text = handed.target, handed.text
            passed.append(handed)
    return Decider(level, text, row, tuple(passed))


_NAMES = {2: "province", 3: "city", 4: "county"}


def deciding_level(item: Item, answers: Answers, day: date) -> str:
    """Return the level whose office decides, as places name it: province, city, county; "" for the nearest office."""
    found = decider(item, answers, day)
    return _NAMES.get(found.level, "") if found else ""


def insist(item: Item, answers: Answers, today: date) -> None:
    """Refuse what cannot be handed in: the wrong applicant or matter, too late, or for the ministry (不能提交的情形).

    raises  Refusal catalogue.not_met, catalogue.too_late, catalogue.ministry
    law     each row names its own
    """
    stopping = next((row for row in failed(item, answers) if row.stops), None)
    if stopping is not None:
        raise Refusal("catalogue.not_met", must=stopping.text, otherwise=stopping.otherwise, law=stopping.law)
    late = next((notice for notice in notice_periods(item, answers, today) if notice.refused), None)
    if late is not None:
        raise Refusal(
            "catalogue.too_late",
            rule=late.period.text,
            days=late.period.days,
            left=max(late.left, 0),
            last=late.last,
            earliest=late.earliest,
            law=late.period.law,
        )
    found = decider(item, answers, today)
    if found is not None and found.level == 1:
        raise Refusal("catalogue.ministry", office=found.text, law=found.law)


def may_hand_in(item: Item, answers: Answers, today: date) -> bool:
    """Say whether nothing stands in the way of handing in, as `insist` judges it."""
    try:
        insist(item, answers, today)
    except Refusal:
        return False
    return True


def circles(items: Iterable[Item]) -> tuple[tuple[str, ...], ...]:
    """Return the items that ask for their own result by way of others, each circle once (前置事项循环)."""
    after = {item.code: sorted({code for row in item.preconditions for code in row.after}) for item in items}
    found: set[tuple[str, ...]] = set()

    def walk(path: tuple[str, ...]) -> None:
        for code in after.get(path[-1], ()):
            if code in path:
                circle = path[path.index(code) :]
                start = circle.index(min(circle))
                found.add(circle[start:] + circle[:start])
            else:
                walk((*path, code))

    for code in after:
        walk((code,))
    return tuple(sorted(found))
