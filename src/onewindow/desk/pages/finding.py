"""What is found (查到的办件) and what the day asks for (今日期限), in words, masked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from onewindow.accounts.rules import Staff
from onewindow.calendars import queries as calendars
from onewindow.calendars.rules import Light, WorkCalendar
from onewindow.cases import queries
from onewindow.catalogue import queries as catalogue
from onewindow.core.clock import day_of
from onewindow.core.words import Words
from onewindow.desk.forms import FindForm
from onewindow.desk.forms.finding import FirmForm, NameForm, PlateForm
from onewindow.desk.pages import work
from onewindow.look import dates, marks
from onewindow.look.forms import PlainForm
from onewindow.look.masks import mask_name
from onewindow.look.parts import Link

NONE = Words("—", "–")


@dataclass(frozen=True, slots=True)
class Found:
    """A line of a list: which case, whose, where it stands, by when, and what is to be done next."""

    number: str
    light: Light
    item: Words
    name: str
    stage: Words
    due: Words
    left: Words
    step: Words
    mine: bool


def lines(
    rows: Iterable[queries.Row], today: date, calendar: WorkCalendar, *, asker: Staff | None = None, scope: str = ""
) -> list[Found]:
    """Return rows in words; for a scope also whether a case waits for the asker."""
    return [_line(row, today, calendar, asker, scope) for row in rows]


def _line(row: queries.Row, today: date, calendar: WorkCalendar, asker: Staff | None, scope: str) -> Found:
    item = catalogue.item(row.item, row.edition)
    return Found(
        number=row.number,
        light=row.light,
        item=item.name,
        name=mask_name(row.name),
        stage=marks.STAGES[row.stage.value],
        due=dates.date_words(row.due_on, calendar, today=today) if row.due_on else NONE,
        left=dates.days_left_words(row.due_on, today, calendar, row.unit) if row.due_on else Words("", ""),
        step=work.step_words(row, item),
        mine=bool(asker and scope and work.is_mine(asker, scope, row, item)),
    )


def find_page(
    asker: Staff,
    at: datetime,
    *,
    form: PlainForm | None = None,
    rows: tuple[queries.Row, ...] | None = None,
) -> dict[str, Any]:
    """Return the page of the four questions, with what one of them found (查办件).

    form  the one that was sent
    rows  what it found; None while nothing was asked
    """
    today = day_of(at)
    kinds: Mapping[str, PlainForm] = {
        "by_number": FindForm(auto_id="number_%s"),
        "by_plate": PlateForm(),
        "by_firm": FirmForm(),
        "by_name": NameForm(today=today),
    }
    asked = {name: form if form is not None and type(form) is type(blank) else blank for name, blank in kinds.items()}
    return {
        **work.frame(asker, "find"),
        **asked,
        "form": form,
        "found": None if rows is None else lines(rows, today, calendars.work_calendar()),
        "by_name_asked": isinstance(form, NameForm),
        "today": today,
    }


def day_page(asker: Staff, scope: str, at: datetime) -> dict[str, Any]:
    """Return what the day asks of a site or an office, the most urgent first (今日期限).

    raises   NotFound
    """
    today, calendar = day_of(at), calendars.work_calendar()
    day = queries.day_list_for(asker, scope=scope, today=today)

    def told(rows: Iterable[queries.Row]) -> list[Found]:
        return lines(rows, today, calendar, asker=asker, scope=scope)

    waiting = told(row for row, _ in day.waiting)
    until = [dates.date_words(day_, calendar, today=today) for _, day_ in day.waiting]
    parts: list[dict[str, Any]] = [
        {"key": "due", "name": Words("今天到期", "Due today"), "lines": told(day.due)},
        {"key": "over", "name": Words("已经过期", "Past their day"), "lines": told(day.over)},
        {"key": "closing", "name": Words("补正今天截止", "Corrections that close today"), "lines": told(day.closing)},
        {
            "key": "waiting",
            "name": Words("暂停超过预计", "Paused longer than expected"),
            "lines": [{"line": line, "until": day_} for line, day_ in zip(waiting, until, strict=True)],
        },
        {"key": "rest", "name": Words("接下来", "Next"), "lines": told(day.rest)},
    ]
    own = work.scopes_of(asker)
    return {
        **work.frame(asker, "day"),
        "tabs": [Link(f"?scope={each}", work.scope_name(each), each == scope) for each in own],
        "parts": parts,
        "urgent": sum(len(part["lines"]) for part in parts[:-1]),
        "scope": scope,
        "today": today,
    }
