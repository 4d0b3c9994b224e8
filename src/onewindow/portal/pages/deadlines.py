"""A person's own last days (我的期限): to mend, to ask for a hearing, to go to review or to court."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.urls import reverse

from onewindow.accounts.rules import Applicant
from onewindow.calendars.rules import WorkCalendar
from onewindow.cases.queries.own import Standing, standings_for
from onewindow.cases.rules import Stage
from onewindow.cases.rules.clocks import limits_from
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.portal import ics
from onewindow.portal.pages.own import item_name
from onewindow.portal.pages.remedies import rights
from onewindow.portal.pages.scene import BEFORE_DECISION


class Deadline(NamedTuple):
    """One last day of a person's own: of which case, for what, by which law, and what comes of letting it pass."""

    number: str
    item: Words
    key: str
    name: Words
    on: date
    says: Words
    law: str
    url: str


CORRECTION = Words("补正最后一天", "Last day to mend the application")
HEARING = Words("要求听证最后一天", "Last day to ask for a hearing")
REMEDY = {
    "review": Words("申请行政复议最后一天", "Last day to ask for administrative review"),
    "lawsuit": Words("提起行政诉讼最后一天", "Last day to file a lawsuit"),
}
ENDS = Words(
    "过了这天没有交，这次申请就终止，可以重新申请。", "If nothing comes by then, it ends; you may apply again."
)
NO_HEARING = Words("过了这天就按材料决定。", "After it the case is decided on the papers.")
NO_REMEDY = Words("过了这天，这条路一般就不能走了。", "After it this way is in general closed.")


def deadlines_of(standing: Standing, calendar: WorkCalendar, at: datetime) -> Iterator[Deadline]:
    """Yield a case's days that lie ahead, today among them."""
    state, case = standing.state, standing.case
    item, today = item_name(case.item), day_of(at)
    page = reverse("portal:case", args=[case.number])

    def day(key: str, name: Words, on: date | None, says: Words, law: str, url: str = page) -> Iterator[Deadline]:
        if on is not None and on >= today:
            yield Deadline(case.number, item, key, name, on, says, law, url)

    if state.stage is Stage.CORRECTION:
        mend = reverse("portal:correct", args=[case.number])
        yield from day("correction", CORRECTION, state.closes_on, ENDS, "行政许可法第32条", mend)
    if state.stage in BEFORE_DECISION:
        yield from day("hearing", HEARING, state.hearing_until, NO_HEARING, "行政许可法第47条")
    for right in rights(state, limits_from(case.limits), calendar, at):
        yield from day(right.key, REMEDY[right.key], right.until_on, NO_REMEDY, right.law)


def all_of(asker: Applicant, at: datetime) -> tuple[list[Deadline], WorkCalendar]:
    """Return every day that lies ahead, the nearest first; three queries."""
    standings, calendar = standings_for(asker, at=at)
    found = [deadline for standing in standings for deadline in deadlines_of(standing, calendar, at)]
    return sorted(found, key=lambda deadline: (deadline.on, deadline.number, deadline.key)), calendar


def context(asker: Applicant, at: datetime) -> dict[str, Any]:
    """Return the context of portal/deadlines.html.

    queries  4
    """
    found, calendar = all_of(asker, at)
    return {"deadlines": found, "today": day_of(at), "calendar": calendar}


def calendar_file(asker: Applicant, at: datetime, root: str, number: str = "") -> bytes:
    """Return the days as a calendar file, of one case or of all.

    root    address of this house, for the links
    number  the case's; "" for all
    raises  NotFound where the asker has no such case
    """
    standings, calendar = standings_for(asker, at=at)
    chosen = [standing for standing in standings if number in ("", standing.case.number)]
    if number and not chosen:
        raise NotFound(number)
    days = [_day(each, root) for standing in chosen for each in deadlines_of(standing, calendar, at)]
    return ics.calendar(days, name=here(NAME), at=at)


NAME = Words("我的办事期限", "My deadlines")


def _day(deadline: Deadline, root: str) -> ics.Day:
    return ics.Day(
        uid=f"{deadline.number}-{deadline.key}@onewindow",
        on=deadline.on,
        summary=here(
            Words("{name}：{item}（{number}）", "{name}: {item} ({number})").fill(
                name=deadline.name, item=deadline.item, number=deadline.number
            )
        ),
        text=here(Words(f"{deadline.says.zh}（{deadline.law}）", f"{deadline.says.en} ({deadline.law})")),
        url=f"{root}{deadline.url}",
    )
