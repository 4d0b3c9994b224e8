"""What is one's own, as lists (我的办件、消息、查阅记录)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse

from onewindow.accounts.rules import Resident
from onewindow.calendars.queries import work_calendar
from onewindow.calendars.rules import Light, WorkCalendar
from onewindow.cases import queries
from onewindow.cases.queries import Row
from onewindow.cases.rules import Outcome, Stage
from onewindow.catalogue import queries as catalogue
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound
from onewindow.core.words import Words
from onewindow.look.dates import date_words
from onewindow.look.marks import STAGES
from onewindow.notices import queries as notices
from onewindow.portal.forms import WithdrawForm

OUTCOMES = {Outcome.APPROVED: Words("准予", "approved"), Outcome.REFUSED: Words("不予", "refused")}


class Line(NamedTuple):
    """A case in a list of one's own."""

    number: str
    item: Words
    light: Light
    state: Words
    says: Words


def lines(rows: Iterable[Row], at: datetime) -> list[Line]:
    """Return cases as lines: the light, where it stands, by when; one query for the calendar."""
    calendar = work_calendar()
    return [_line(row, calendar) for row in rows]


def _line(row: Row, calendar: WorkCalendar) -> Line:
    state = STAGES[row.stage.value]
    if row.outcome in OUTCOMES:
        told = OUTCOMES[row.outcome]
        state = Words(f"{state.zh}（{told.zh}）", f"{state.en} ({told.en})")
    return Line(row.number, item_name(row.item), row.light, state, _says(row, calendar))


def _says(row: Row, calendar: WorkCalendar) -> Words:
    if row.due_on is None:
        return Words("{d}提交", "Handed in {d}").fill(d=date_words(day_of(row.received_at), calendar))
    due = date_words(row.due_on, calendar)
    if row.stage is Stage.RECEIVED:
        return Words("最晚 {d}答复是否受理", "an answer on acceptance by {d}").fill(d=due)
    if row.stage in (Stage.ACCEPTED, Stage.REVIEW):
        return Words("最晚 {d}办好", "ready by {d}").fill(d=due)
    return Words("最晚 {d}送达", "delivered by {d}").fill(d=due)


def item_name(code: str) -> Words:
    """Return an item's name, its code where the catalogue has it no more."""
    try:
        return catalogue.item(code).name
    except NotFound:
        return Words(code, code)


def cases(asker: Resident, at: datetime, after: str) -> dict[str, Any]:
    """Return the context of portal/cases.html.

    queries  3
    """
    works = queries.cases_of_for(asker, today=day_of(at), after=after)
    drafts = [] if after else queries.drafts_for(asker)
    return {
        "drafts": [(draft, item_name(draft.item)) for draft in drafts],
        "lines": lines(works.rows, at),
        "next_url": f"{reverse('portal:cases')}?after={works.after}" if works.after else "",
        "first_url": reverse("portal:cases") if after else "",
        "by_phone": asker.level < 2,
    }


def withdrawing(asker: Resident, number: str, at: datetime) -> dict[str, Any]:
    """Return the context of portal/withdraw.html.

    raises  NotFound
    """
    page = queries.case_page_for(asker, number, at=at)
    refusal = next((allowed.refusal for allowed in page.acts if allowed.act.value == "withdraw"), None)
    return {
        "number": number,
        "name": item_name(page.case.item),
        "form": WithdrawForm(initial={"version": page.case.version}),
        "may": refusal is None,
        "stage": page.state.stage,
    }


def inbox(asker: Resident, after: str) -> dict[str, Any]:
    """Return the context of portal/inbox.html.

    queries  1
    """
    messages, more = notices.inbox_for(asker, after=after)
    return {
        "messages": messages,
        "unread": any(not message.read for message in messages),
        "next_url": f"{reverse('portal:inbox')}?after={more}" if more else "",
        "first_url": reverse("portal:inbox") if after else "",
    }


# What of a person's data was opened, said to them.
WHAT = {
    "name": Words("姓名", "name"),
    "id_number": Words("证件号码", "identity number"),
    "phone": Words("电话", "telephone number"),
    "document": Words("出示的证件", "the document shown"),
    "paper": Words("一份材料", "a paper"),
    "letter": Words("一份文书", "a letter"),
    "standing": Words("能为谁代办、谁能代办", "for whom you may act, and who for you"),
    "search": Words("按姓名查到的办件", "cases found by name"),
    "export": Words("全部（一份副本）", "all of it (a copy)"),
}
