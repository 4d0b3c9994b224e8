"""The cases behind a figure, and the late ones with what was done last (数字背后的办件、超期办件)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Staff
from onewindow.board.pages.frame import Names, cases_url, frame, names
from onewindow.calendars import queries as calendars
from onewindow.calendars.rules import Light, WorkCalendar
from onewindow.cases import queries
from onewindow.core.clock import day_of
from onewindow.core.words import Words
from onewindow.look import dates, marks
from onewindow.look.masks import mask_name

NOBODY = Words("没有人领办", "nobody has taken it")
THE_HOUSE = Words("系统或申请人", "the system or the applicant")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list of cases, in words; the name is masked."""

    number: str
    light: Light
    item: Words
    name: str
    site: Words
    office: Words
    stage: Words
    due: date | None
    left: Words


@dataclass(frozen=True, slots=True)
class Late:
    """What stands beside a late case: in whose hands, what was done last, why it is late."""

    line: Line
    hands: Words
    held_since: datetime | None
    last: Words
    last_at: datetime
    last_by: Words
    cause: Words | None
    expected_on: date | None
    why: str


def chosen(query: Mapping[str, str]) -> queries.Chosen:
    """Return what an address asks for.

    raises  Http404 for a light that is none
    """
    words = [word for word in query.get("light", "").split(",") if word]
    known = {light.value: light for light in queries.LIGHTS}
    if not set(words) <= known.keys():
        raise Http404
    return queries.Chosen(
        query.get("where", ""),
        query.get("item", ""),
        frozenset(known[word] for word in words),
        query.get("provisional") == "1",
        query.get("office", ""),
    )


def cases(asker: Staff, query: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """Return a page of the cases behind a figure.

    raises  NotFound, Http404
    """
    asked, today, after = chosen(query), day_of(at), query.get("after", "")
    behind = queries.behind_for(asker, asked, today=today, after=after)
    calendar, known = calendars.work_calendar(), names()
    _check_place(asked.where, known)
    _check_place(asked.office, known)
    here = cases_url(asked.where, asked.item, asked.lights, provisional=asked.provisional, office=asked.office)
    return {
        **frame(asker, "cases"),
        "lines": [_line(row, site, office, today, calendar, known) for row, site, office in behind.rows],
        "where": known.place(asked.where) if asked.where else None,
        "where_url": reverse("board:place", args=[asked.where]) if asked.where else "",
        "office": known.place(asked.office) if asked.office else None,
        "item": known.item(asked.item) if asked.item else None,
        "lights": [light for light in queries.LIGHTS if light in asked.lights],
        "provisional": asked.provisional,
        "first_url": here if after else "",
        "next_url": _onward(here, behind.after),
        "calendar": calendar,
        "today": today,
        "at": at,
    }


def overdue(asker: Staff, query: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """Return a page of the late cases with how each stands.

    raises  NotFound, Http404
    """
    where, today, after = query.get("where", ""), day_of(at), query.get("after", "")
    found, more = queries.overdue_for(asker, where=where, today=today, after=after)
    calendar, known = calendars.work_calendar(), names()
    _check_place(where, known)
    people = accounts.staff_names({who for each in found for who in (each.row.claimed_by, each.last_by) if who})
    here = reverse("board:overdue") + (f"?{urlencode({'where': where})}" if where else "")
    return {
        **frame(asker, "overdue"),
        "lines": [_late(each, people, today, calendar, known) for each in found],
        "where": known.place(where) if where else None,
        "first_url": here if after else "",
        "next_url": _onward(here, more),
        "calendar": calendar,
        "today": today,
        "at": at,
    }


def _check_place(where: str, known: Names) -> None:
    if where and where not in known.places:
        raise Http404


def _onward(here: str, after: str) -> str:
    joint = "&" if "?" in here else "?"
    return f"{here}{joint}{urlencode({'after': after}, safe=':')}" if after else ""


def _line(row: queries.Row, site: str, office: str, today: date, calendar: WorkCalendar, known: Names) -> Line:
    return Line(
        number=row.number,
        light=row.light,
        item=known.item(row.item),
        name=mask_name(row.name),
        site=known.place(site),
        office=known.place(office),
        stage=marks.STAGES[row.stage.value],
        due=row.due_on,
        left=left_words(row, today, calendar),
    )


def _late(each: queries.Overdue, people: Mapping[int, str], today: date, calendar: WorkCalendar, known: Names) -> Late:
    return Late(
        line=_line(each.row, each.site, each.office, today, calendar, known),
        hands=_person(each.row.claimed_by, people, NOBODY),
        held_since=each.held_since,
        last=marks.ACTS[each.last_act.removeprefix("case.")],
        last_at=each.last_at,
        last_by=_person(each.last_by, people, THE_HOUSE),
        cause=marks.DELAYS[each.cause] if each.cause else None,
        expected_on=each.expected_on,
        why=each.why,
    )


def _person(staff: int | None, people: Mapping[int, str], otherwise: Words) -> Words:
    name = people.get(staff, "") if staff else ""
    return Words(name, name) if name else otherwise


def left_words(row: queries.Row, today: date, calendar: WorkCalendar) -> Words:
    """Say how far off the day is, or why there is none (余时)."""
    if row.due_on is None:
        return Words("停表", "clock stopped") if row.paused else Words("没有期限在走", "no clock runs")
    return dates.days_left_words(row.due_on, today, calendar, row.unit)
