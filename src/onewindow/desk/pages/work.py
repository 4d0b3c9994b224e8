"""What the desk's pages show: the answers of the rooms put into words, masked; nothing here decides or writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404
from django.urls import reverse

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import ANYWHERE, AT_SITES, IN_OFFICES, Duty, Staff
from onewindow.calendars import queries as calendars
from onewindow.calendars.rules import Light, Unit, WorkCalendar
from onewindow.cases import queries
from onewindow.cases.rules import Outcome, Stage
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue.rules import Item
from onewindow.core.clock import day_of
from onewindow.core.words import Words
from onewindow.look import dates, marks
from onewindow.look.masks import mask_name
from onewindow.look.parts import Link
from onewindow.places import queries as places

SHOWN_FIRST = (Light.VOID, Light.LATE, Light.WARN, Light.OK)
NONE = Words("—", "–")
ONE_DAY = timedelta(days=1)
ON_CASES = AT_SITES | IN_OFFICES | {Duty.SUPERVISE}


def frame(asker: Staff, current: str = "") -> dict[str, Any]:
    """Return what every page of the desk wears: the ways, and who is at the desk (1 query)."""
    ways = [Link(reverse("desk:home"), Words("办件清单", "Work list"), current == "work", "1")]
    if asker.has(Duty.INTAKE) or asker.has(Duty.DELIVER):
        ways.append(Link(reverse("desk:fees"), Words("收款日结", "Day-end list"), current == "fees", "2"))
    return {"nav": ways, "me": accounts.staff_name(asker.id)}


# The work list


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the work list, in words."""

    number: str
    light: Light
    item: Words
    name: str
    stage: Words
    due: Words
    left: Words
    step: Words
    mine: bool


def scopes_of(asker: Staff) -> list[str]:
    """Return the sites and offices whose lists the asker opens: where they belong first, then sites, then offices."""
    named = {scope for duty, scope in asker.duties if duty in ON_CASES and scope != ANYWHERE}
    if asker.office and opens(asker, asker.office):
        named |= {asker.office}
    return sorted(named, key=lambda scope: (scope != asker.office, not is_site(scope), scope))


def opens(asker: Staff, scope: str) -> bool:
    """Say whether the asker holds a duty there that opens cases."""
    return any(asker.may(duty, scope) for duty in ON_CASES)


def is_site(scope: str) -> bool:
    """Say whether a scope is a site's code; else it is an office's."""
    return scope.isdigit()


def scope_name(scope: str) -> Words:
    """Return a site's or office's name (1 query)."""
    return places.site(scope).name if is_site(scope) else places.office(scope).name


def light_of(word: str) -> Light | None:
    """Return the light that an address names, None for all.

    raises  Http404 for a word that is no light of the list
    """
    found = {light.value: light for light in SHOWN_FIRST}
    if word and word not in found:
        raise Http404
    return found.get(word)


def work(asker: Staff, scope: str, light: Light | None, after: str, at: datetime) -> dict[str, Any]:
    """Return the work list of a scope (办件清单).

    raises  NotFound
    """
    today, calendar = day_of(at), calendars.work_calendar()
    works = queries.work_list_for(asker, scope=scope, today=today, light=light, after=after)
    here = reverse("desk:work", args=[scope])
    chosen = f"light={light.value}&" if light else ""
    return {
        **frame(asker, "work"),
        "tabs": [_tab(each, scope) for each in _scopes_and(asker, scope)],
        "lights": [_tally(here, each, works.counts.get(each, 0), each is light) for each in SHOWN_FIRST],
        "chosen": light,
        "all_url": here,
        "lines": [_line(row, asker, scope, today, calendar) for row in works.rows],
        "first_url": f"{here}?{chosen}".rstrip("?&") if after else "",
        "next_url": f"{here}?{chosen}after={works.after}" if works.after else "",
        "today": today,
    }


def _scopes_and(asker: Staff, scope: str) -> list[str]:
    own = scopes_of(asker)
    return own if scope in own else [*own, scope]


def _tab(scope: str, chosen: str) -> Link:
    return Link(reverse("desk:work", args=[scope]), scope_name(scope), scope == chosen)


def _tally(here: str, light: Light, count: int, chosen: bool) -> dict[str, Any]:
    return {
        "light": light,
        "url": f"{here}?light={light.value}",
        "count": f"{queries.CAP - 1}+" if count >= queries.CAP else str(count),
        "chosen": chosen,
    }


def _line(row: queries.Row, asker: Staff, scope: str, today: date, calendar: WorkCalendar) -> Line:
    item = catalogue.item(row.item, row.edition)
    return Line(
        number=row.number,
        light=row.light,
        item=item.name,
        name=mask_name(row.name),
        stage=marks.STAGES[row.stage.value],
        due=dates.date_words(row.due_on, calendar, today=today) if row.due_on else NONE,
        left=left_words(row.due_on, today, calendar),
        step=step_words(row, item),
        mine=is_mine(asker, scope, row, item),
    )


def left_words(due_on: date | None, today: date, calendar: WorkCalendar) -> Words:
    """Say how far off a day is, in working days; in days where none of these is a working day (余时)."""
    if due_on is None:
        return NONE
    if due_on < today:
        over = calendar.working_days(due_on + ONE_DAY, today)
        return _OVER.fill(count=_working(over) if over else _days((today - due_on).days))
    if due_on == today:
        return Words("今天到期", "due today")
    left = calendar.working_days(today + ONE_DAY, due_on)
    return _LEFT.fill(count=_working(left) if left else _days((due_on - today).days))


_OVER, _LEFT = Words("超 {count}", "{count} over"), Words("还剩 {count}", "{count} left")


def _working(number: int) -> Words:
    return dates.amount_words(number, Unit.WORKDAY)


def _days(number: int) -> Words:
    return dates.amount_words(number, Unit.DAY)


def step_words(row: queries.Row, item: Item) -> Words:
    """Say what is to be done next with a case (下一步)."""
    if item.needs_check and not row.checked and row.stage in _CHECKED:
        return _CHECKED[row.stage]
    if row.stage is Stage.DECIDED:
        if row.outcome is Outcome.REFUSED:
            return Words("送达决定书", "Serve the decision")
        return Words("制证", "Make the certificate") if item.makes_certificate else Words("送达", "Deliver")
    return _STEPS.get(row.stage, NONE)


_CHECKED = {
    Stage.ACCEPTED: Words("查验、审查", "Vehicle check, review"),
    Stage.REVIEW: Words("查验", "Vehicle check"),
}
_STEPS = {
    Stage.RECEIVED: Words("受理", "Accept"),
    Stage.ACCEPTED: Words("审查", "Review"),
    Stage.REVIEW: Words("决定", "Decide"),
    Stage.MADE: Words("送达", "Deliver"),
    Stage.DELIVERED: Words("办结", "Conclude"),
}


def is_mine(asker: Staff, scope: str, row: queries.Row, item: Item) -> bool:
    """Say whether the case waits for a duty that the asker holds here (轮到我)."""
    checking = item.needs_check and not row.checked
    making = item.makes_certificate and row.outcome is Outcome.APPROVED
    waits_for = {
        Stage.RECEIVED: (Duty.INTAKE,),
        Stage.ACCEPTED: (Duty.CHECK, Duty.REVIEW) if checking else (Duty.REVIEW,),
        Stage.REVIEW: (Duty.CHECK,) if checking else (Duty.DECIDE,),
        Stage.DECIDED: (Duty.MAKE,) if making else (Duty.DELIVER,),
        Stage.MADE: (Duty.DELIVER,),
        Stage.DELIVERED: (Duty.DELIVER,),
    }
    return any(asker.may(duty, scope) for duty in waits_for.get(row.stage, ()))


def next_number(asker: Staff, number: str, at: datetime) -> str | None:
    """Return the most urgent case behind this one, or in all the list, that waits for the asker; None where none does.

    raises  NotFound
    """
    page = queries.case_page_for(asker, number, at=at)
    case, row, today = page.case, page.row, day_of(at)
    scope = case.site if opens(asker, case.site) else case.office
    waits = is_mine(asker, scope, row, catalogue.item(row.item, row.edition))
    behind = f"{case.due_on}:{case.pk}" if waits else ""
    for after in dict.fromkeys((behind, "")):
        works = queries.work_list_for(asker, scope=scope, today=today, after=after)
        for each in works.rows:
            if each.number != number and is_mine(asker, scope, each, catalogue.item(each.item, each.edition)):
                return each.number
    return None
