"""What a person can do against a decision, and until when (救济途径): review and lawsuit, as dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from onewindow.calendars.rules import Clock, Kind, Limit, Unit, WorkCalendar, reading
from onewindow.cases.rules import Act, Outcome, Stage, State
from onewindow.core.errors import Refusal
from onewindow.core.words import Words

TOLD = "told_of_decision"
REVIEW_LAW, LAWSUIT_LAW = "行政复议法 第20条", "行政诉讼法 第46条"
_LIMITS = {
    REVIEW_LAW: Limit(Kind.OWN, Fraction(60), Unit.DAY, TOLD, "submitted", law=REVIEW_LAW, confidence="S"),
    LAWSUIT_LAW: Limit(Kind.OWN, Fraction(6), Unit.MONTH, TOLD, "submitted", law=LAWSUIT_LAW, confidence="S"),
}
"""What stands in both laws, for an item whose own data do not repeat it."""
_NAMES = {
    REVIEW_LAW: Words("行政复议", "Administrative review"),
    LAWSUIT_LAW: Words("行政诉讼", "Lawsuit"),
}
_SAID = {REVIEW_LAW: "行政复议法第20条", LAWSUIT_LAW: "行政诉讼法第46条"}
_HOW = {
    REVIEW_LAW: Words(
        "收到决定之日起 60 日内，向上一级机关或本级人民政府申请，不收费。",
        "Within 60 days of receiving the decision, ask the body above or the local people's government; there is no"
        " charge.",
    ),
    LAWSUIT_LAW: Words(
        "收到决定之日起 6 个月内，向人民法院起诉。",
        "Within 6 months of receiving the decision, bring it before the people's court.",
    ),
}


class Right(NamedTuple):
    """One way against a decision: its name, how, by which law, and the last day once it runs."""

    key: str
    name: Words
    how: Words
    law: str
    mark: str
    until_on: date | None


def told_at(state: State) -> datetime | None:
    """Return when the person was told of what they may contest; None while nothing was, or nothing is to contest.

    A refusal is told by its delivery; declining and revoking are told with the act itself.

    law  行政复议法 §20, 行政诉讼法 §46: from the day on which one knows of it
    """
    if state.stage in (Stage.DECLINED, Stage.REVOKED):
        act = Act.DECLINE if state.stage is Stage.DECLINED else Act.REVOKE
        return next((event.at for event in reversed(state.history) if event.act is act), None)
    return state.delivered_at if state.outcome is Outcome.REFUSED else None


def may_contest(state: State) -> bool:
    """Say whether the case came to a no against which law gives a remedy."""
    return state.stage in (Stage.DECLINED, Stage.REVOKED) or state.outcome is Outcome.REFUSED


def rights(state: State, limits: Iterable[Limit], calendar: WorkCalendar, at: datetime) -> list[Right]:
    """Return review and lawsuit with their last days (行政复议、行政诉讼); nothing where the case came to no such end.

    limits  of the case: where the item's own data hold these two, theirs are counted
    """
    if not may_contest(state):
        return []
    own = {_law(limit): limit for limit in limits if limit.kind is Kind.OWN and limit.starts == TOLD}
    return [_right(law, own.get(law, limit), told_at(state), calendar, at) for law, limit in _LIMITS.items()]


def _law(limit: Limit) -> str:
    return next((law for law in _LIMITS if limit.law.startswith(law)), "")


def _right(law: str, limit: Limit, since: datetime | None, calendar: WorkCalendar, at: datetime) -> Right:
    until_on = last_day(limit, since, calendar, at) if since else None
    key = "review" if law == REVIEW_LAW else "lawsuit"
    return Right(key, _NAMES[law], _HOW[law], _SAID[law], limit.confidence, until_on)


def last_day(limit: Limit, since: datetime, calendar: WorkCalendar, at: datetime) -> date | None:
    """Return a person's own last day; None where it lies beyond the years whose calendar is known.

    law  民法典 §201–203: the first day is not counted, a day off at the end rolls to a working day
    """
    try:
        return reading(Clock(replace(limit, pauses=frozenset()), since), calendar, at).due_on
    except Refusal:
        return None
