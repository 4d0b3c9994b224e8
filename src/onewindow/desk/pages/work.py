"""What the desk's pages show: the answers of the rooms put into words, masked; nothing here decides or writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import ANYWHERE, AT_SITES, IN_OFFICES, Duty, Staff
from onewindow.calendars import queries as calendars
from onewindow.calendars.rules import Light, WorkCalendar
from onewindow.cases import queries
from onewindow.cases.rules import LIFE, Act, Outcome, Stage
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue.rules import Item
from onewindow.core.clock import day_of
from onewindow.core.words import Words
from onewindow.desk.forms import ClaimForm
from onewindow.look import dates, marks
from onewindow.look.masks import mask_name
from onewindow.look.parts import Link
from onewindow.places import queries as places

SHOWN_FIRST = (Light.VOID, Light.LATE, Light.WARN, Light.OK)
NONE = Words("—", "–")
ON_CASES = AT_SITES | IN_OFFICES | {Duty.SUPERVISE}


def frame(asker: Staff, current: str = "") -> dict[str, Any]:
    """Return what every page of the desk wears: the ways, and who is at the desk (1 query)."""
    ways = [Link(reverse("desk:home"), Words("今天", "Today"), current == "day", "1")]
    if scopes := scopes_of(asker):
        ways.append(Link(reverse("desk:work", args=scopes[:1]), Words("办件清单", "Work list"), current == "work", "2"))
    if asker.has(Duty.INTAKE):
        ways.append(Link(reverse("desk:counter"), Words("窗口收件", "Counter"), current == "counter", "3"))
    if asker.has(Duty.INTAKE) or asker.has(Duty.DELIVER):
        ways.append(Link(reverse("desk:fees"), Words("收款日结", "Day-end list"), current == "fees", "4"))
    ways.append(Link(reverse("desk:find"), Words("查办件", "Find"), current == "find", "5"))
    if asker.has(Duty.SUPERVISE):
        ways.append(Link(reverse("board:home"), Words("督办看板", "Board"), key="6"))
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
    hands: Words  # who has it in hand
    others: bool  # it waits for a colleague, not for time or for the applicant
    claim: ClaimForm | None  # the form by which the asker takes it in hand


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an address asks of a list: one light, what is mine or free, from where on."""

    light: Light | None = None
    whose: str = ""
    after: str = ""

    def url(self, scope: str, **other: Any) -> str:
        """Return the address of a list with this choice; what is given as `other` is chosen instead."""
        now = replace(self, **{"after": "", **other})
        told = {"light": now.light.value if now.light else "", "whose": now.whose, "after": now.after}
        query = urlencode({name: text for name, text in told.items() if text}, safe=":")
        here = reverse("desk:work", args=[scope])
        return f"{here}?{query}" if query else here


WHOSE = {"": Words("全部", "All"), "mine": Words("我的", "Mine"), "free": Words("待领", "Free")}


def chosen(query: Mapping[str, str]) -> Chosen:
    """Return what an address asks for.

    raises  Http404 for a word that is none of the list
    """
    if query.get("whose", "") not in WHOSE:
        raise Http404
    return Chosen(light_of(query.get("light", "")), query.get("whose", ""), query.get("after", ""))


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


def work(asker: Staff, scope: str, asked: Chosen, at: datetime) -> dict[str, Any]:
    """Return the work list of a scope (办件清单).

    raises  NotFound
    """
    today, calendar = day_of(at), calendars.work_calendar()
    works = queries.work_list_for(
        asker, scope=scope, today=today, light=asked.light, whose=asked.whose, after=asked.after
    )
    names = accounts.staff_names({row.claimed_by for row in works.rows if row.claimed_by})
    lines = [_line(row, asker, scope, today, calendar, names) for row in works.rows]
    return {
        **frame(asker, "work"),
        "tabs": [_tab(each, scope) for each in _scopes_and(asker, scope)],
        "lights": [_tally(asked, scope, each, works) for each in SHOWN_FIRST],
        "whose": [
            Link(asked.url(scope, whose=whose), name, whose == asked.whose, key)
            for (whose, name), key in zip(WHOSE.items(), "890", strict=True)
        ],
        "chosen": asked.light,
        "narrowed": bool(asked.light or asked.whose),
        "scope": scope,
        "any_light_url": asked.url(scope, light=None),
        "all_url": Chosen().url(scope),
        "lines": lines,
        "first_free": next((line.number for line in lines if line.claim and line.mine), ""),
        "first_url": asked.url(scope) if asked.after else "",
        "next_url": asked.url(scope, after=works.after) if works.after else "",
        "today": today,
    }


def _scopes_and(asker: Staff, scope: str) -> list[str]:
    own = scopes_of(asker)
    return own if scope in own else [*own, scope]


def _tab(scope: str, chosen: str) -> Link:
    return Link(reverse("desk:work", args=[scope]), scope_name(scope), scope == chosen)


def _tally(asked: Chosen, scope: str, light: Light, works: queries.Works) -> dict[str, Any]:
    count = works.counts.get(light, 0)
    return {
        "light": light,
        "url": asked.url(scope, light=light),
        "count": f"{queries.CAP - 1}+" if count >= queries.CAP else f"{count}{'+' if light in works.least else ''}",
        "chosen": light is asked.light,
    }


def _line(
    row: queries.Row, asker: Staff, scope: str, today: date, calendar: WorkCalendar, names: Mapping[int, str]
) -> Line:
    item = catalogue.item(row.item, row.edition)
    mine = is_mine(asker, scope, row, item)
    return Line(
        number=row.number,
        light=row.light,
        item=item.name,
        name=mask_name(row.name),
        stage=marks.STAGES[row.stage.value],
        due=dates.date_words(row.due_on, calendar, today=today) if row.due_on else _no_day(row, today, calendar),
        left=dates.days_left_words(row.due_on, today, calendar, row.unit) if row.due_on else Words("", ""),
        step=step_words(row, item),
        mine=mine,
        hands=_hands(row, asker, names),
        others=not (mine or row.paused or row.stage is Stage.CORRECTION),
        claim=_claim(row, asker, scope),
    )


def _no_day(row: queries.Row, today: date, calendar: WorkCalendar) -> Words:
    """Why no day is due: the clock stands still, it is the person's turn, or nothing has begun."""
    if row.paused:
        return Words("停表", "clock stopped")
    if row.closes_on:
        day = dates.date_words(row.closes_on, calendar, today=today)
        return Words(f"补正到 {day.zh}", f"mend by {day.en}")
    return Words("没有起算", "not begun")


def _hands(row: queries.Row, asker: Staff, names: Mapping[int, str]) -> Words:
    if row.claimed_by is None:
        return WHOSE["free"] if row.stage in _POOL else NONE
    name = names.get(row.claimed_by, "")
    return WHOSE["mine"] if row.claimed_by == asker.id else Words(name, name)


def _claim(row: queries.Row, asker: Staff, scope: str) -> ClaimForm | None:
    duty = _POOL.get(row.stage)
    if row.claimed_by is not None or duty is None or not asker.may(duty, scope):
        return None
    return ClaimForm(version=row.version, auto_id=False)


_POOL = {stage: cell.duty for (stage, act), cell in LIFE.items() if act is Act.CLAIM and cell.duty}


def step_words(row: queries.Row, item: Item) -> Words:
    """Say what is to be done next with a case (下一步)."""
    if row.paused:
        return Words("等特别程序结束", "Wait for the special procedure")
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
    Stage.CORRECTION: Words("等申请人补正", "Wait for the applicant"),
    Stage.ACCEPTED: Words("审查", "Review"),
    Stage.REVIEW: Words("决定", "Decide"),
    Stage.MADE: Words("送达", "Deliver"),
    Stage.DELIVERED: Words("办结", "Conclude"),
}


def is_mine(asker: Staff, scope: str, row: queries.Row, item: Item) -> bool:
    """Say whether the case waits for a duty that the asker holds here, and for no colleague's hand (轮到我)."""
    if row.paused or row.claimed_by not in (None, asker.id):
        return False
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
