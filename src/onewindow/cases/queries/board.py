"""What a supervisor sees of the open cases (督办): figures by place, item and light, and the rows behind each figure.

Counting a whole province is linear in its open cases: the index `cases_board` answers it alone, and the answer is kept
for the minute, with its instant. Lists are asked anew each time; they read the rows of one page only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from onewindow.accounts.rules import ANYWHERE, Duty, Staff
from onewindow.calendars import queries as calendars
from onewindow.calendars.rules import Light, WorkCalendar
from onewindow.cases.models import Case, Remark
from onewindow.cases.queries.lists import LISTED, PAGE, Row, row_of
from onewindow.cases.rules import INTERNAL, POOL, Act
from onewindow.cases.rules.clocks import NEVER
from onewindow.core import journal, keys
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound

LIGHTS = (Light.VOID, Light.LATE, Light.WARN, Light.HOLD, Light.OK)
OVERDUE = frozenset({Light.VOID, Light.LATE})
_DIVISION, _SITE, _OFFICE = re.compile(r"\d{6}"), re.compile(r"\d{8}"), re.compile(r"\d{6}-[a-z-]{2,31}")
_YEARS_AHEAD = 12


@dataclass(frozen=True, slots=True)
class Tally:
    """How many open cases of one item a site and an office have, by light; how many are due on a provisional day."""

    site: str
    office: str
    item: str
    lights: Mapping[Light, int]
    provisional: int


@dataclass(frozen=True, slots=True)
class Tallies:
    """What the asker may count, as it was at an instant of this minute (统计时刻)."""

    rows: tuple[Tally, ...]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which open cases a figure counts: where ("", a division, a site, an office), of which item, by which lights.

    office       at a site or in a division only those that this office decides
    provisional  only those due on a day that a notice may still move (暂定)
    """

    where: str = ""
    item: str = ""
    lights: frozenset[Light] = frozenset()
    provisional: bool = False
    office: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """A page of the rows behind a figure; where each is handled, and where the next page begins."""

    rows: tuple[tuple[Row, str, str], ...]  # with site and office
    after: str


@dataclass(frozen=True, slots=True)
class Overdue:
    """A late case: who has it in hand since when, what was done last, and why it is late as the office says.

    cause        a word of Delay, "" where nobody has said why
    expected_on  by when the office means to be done
    why          its words
    """

    row: Row
    site: str
    office: str
    held_since: datetime | None
    last_act: str
    last_at: datetime
    last_by: int | None
    cause: str = ""
    expected_on: date | None = None
    why: str = ""


_kept: dict[tuple[str, datetime], Tallies] = {}


def forget() -> None:
    """Forget the figures of this minute: of another database, or after a fill."""
    _kept.clear()


def supervised(asker: Staff) -> Q:
    """Return which cases the asker supervises, as a condition (督办范围).

    raises  NotFound where none at all
    """
    scopes = asker.where(Duty.SUPERVISE)
    if not scopes:
        raise NotFound("board")
    return Q() if ANYWHERE in scopes else Q(site__in=scopes) | Q(office__in=scopes)


def tallies_for(asker: Staff, *, at: datetime) -> Tallies:
    """Return the open cases that the asker supervises, counted by site, office, item and light (督办统计).

    raises   NotFound
    queries  2 once a minute and process, else none
    """
    supervised(asker)
    minute = at.replace(second=0, microsecond=0)
    key = (str(connection.settings_dict["NAME"]), minute)
    if key not in _kept:
        _kept.clear()
        _kept[key] = _counted(at)
    scopes, found = asker.where(Duty.SUPERVISE), _kept[key]
    if ANYWHERE in scopes:
        return found
    return Tallies(tuple(each for each in found.rows if each.site in scopes or each.office in scopes), found.as_of)


def _counted(at: datetime) -> Tallies:
    today = day_of(at)
    counts: dict[str, Any] = {light.value: Count("id", filter=_lit(light, today)) for light in LIGHTS}
    rows: Any = (
        Case.objects.filter(ended_at__isnull=True)
        .values("site", "office", "item")
        .annotate(
            **counts,
            provisional=Count("id", filter=_provisional(calendars.work_calendar(), today)),
        )
        .order_by("site", "office", "item")
    )
    found = (
        Tally(
            row["site"],
            row["office"],
            row["item"],
            MappingProxyType({light: row[light.value] for light in LIGHTS}),
            row["provisional"],
        )
        for row in rows
    )
    return Tallies(tuple(found), at)


def _lit(light: Light, today: date) -> Q:
    """The test of a light on an open case's columns; together the five count each case once, as `light_of` does."""
    late = Q(due_on__lt=today)
    return {
        Light.VOID: late & Q(statute_on__lt=today),
        Light.LATE: late & (Q(statute_on__isnull=True) | Q(statute_on__gte=today)),
        Light.WARN: Q(due_on__gte=today, yellow_on__lte=today),
        Light.HOLD: Q(paused_at__isnull=False),
        Light.OK: Q(due_on__gte=today, paused_at__isnull=True) & (Q(yellow_on__isnull=True) | Q(yellow_on__gt=today)),
    }[light]


def _provisional(calendar: WorkCalendar, today: date) -> Q:
    """The test that a case is due on a day that a notice may still move."""
    found = Q(pk__in=())
    for year in range(today.year - 1, today.year + _YEARS_AHEAD):
        days = date(year, 1, 1), date(year, 12, 23), date(year, 12, 24), date(year, 12, 31)
        for first, last in (days[:2], days[2:]):
            if calendar.is_provisional(first):
                found |= Q(due_on__range=(first, last))
    return found & Q(due_on__lt=NEVER)


def chosen_rows(asker: Staff, chosen: Chosen, today: date) -> Q:
    """Return which open cases a figure counts, as a condition (数字所指的办件).

    raises  NotFound for a place that is none
    """
    test = supervised(asker) & Q(ended_at__isnull=True) & _at(chosen.where)
    if chosen.item:
        test &= Q(item=chosen.item)
    if chosen.office:
        test &= Q(office=chosen.office)
    if chosen.lights:
        lit = Q(pk__in=())
        for light in chosen.lights:
            lit |= _lit(light, today)
        test &= lit
    return test & _provisional(calendars.work_calendar(), today) if chosen.provisional else test


def inside(where: str, site: str, office: str) -> bool:
    """Say whether a site or its office lies in a place: in a division, or is it itself (是否在内)."""
    if _DIVISION.fullmatch(where):
        return site.startswith(_stem(where))
    return where in ("", site, office)


def _at(where: str) -> Q:
    if not where:
        return Q()
    if _DIVISION.fullmatch(where):
        stem = _stem(where)
        return Q(site__gte=stem.ljust(8, "0"), site__lte=stem.ljust(8, "9"))
    if _SITE.fullmatch(where):
        return Q(site=where)
    if _OFFICE.fullmatch(where):
        return Q(office=where)
    raise NotFound(where)


def _stem(division: str) -> str:
    """The digits that the codes of all sites in a county, city or province begin with."""
    return division.removesuffix("00").removesuffix("00") if division.endswith("00") else division


def behind_for(asker: Staff, chosen: Chosen, *, today: date, after: str = "", size: int = PAGE) -> Behind:
    """Return the open cases that a figure counts, the earliest due first (数字背后的办件).

    after    "date:id" as the page before gave it
    raises   NotFound
    queries  2: which rows, from the index; and those of this page. 1 more for provisional ones
    """
    rows, more = _page(asker, chosen, today, after, size)
    return Behind(tuple((row_of(row, today), row["site"], row["office"]) for row in rows), more)


def overdue_for(
    asker: Staff, *, where: str = "", today: date, after: str = "", size: int = PAGE
) -> tuple[tuple[Overdue, ...], str]:
    """Return the late cases with what was done last, who has them and why, the longest overdue first (超期办件).

    raises   NotFound
    queries  4
    """
    rows, more = _page(asker, Chosen(where, lights=OVERDUE), today, after, size)
    lives: dict[str, list[journal.Entry]] = {row["number"]: [] for row in rows}
    for entry in journal.Entry.objects.filter(kind="case", subject__in=list(lives)).order_by("subject", "seq"):
        lives[entry.subject].append(entry)
    told = {row["number"]: _explained(row, lives[row["number"]]) for row in rows}
    asked = {entry.seq for entry in told.values() if entry}
    texts = {
        (each.case_id, each.seq): bytes(each.text)
        for each in Remark.objects.filter(case__in=[row["id"] for row in rows], seq__in=asked)
    }
    return tuple(_overdue(row, lives[row["number"]], told[row["number"]], texts, today) for row in rows), more


_HANDS = frozenset(f"case.{act.value}" for act in POOL)
_INTERNAL = frozenset(f"case.{act.value}" for act in INTERNAL)
_EXPLAIN = f"case.{Act.EXPLAIN.value}"


def _explained(row: dict[str, Any], life: Collection[journal.Entry]) -> journal.Entry | None:
    """The last entry that says why the case is late; what was said of a day before this one no longer counts."""
    said = [entry for entry in life if entry.act == _EXPLAIN and day_of(entry.at) > row["due_on"]]
    return said[-1] if said else None


def _overdue(
    row: dict[str, Any],
    life: Collection[journal.Entry],
    said: journal.Entry | None,
    texts: Mapping[tuple[int, int], bytes],
    today: date,
) -> Overdue:
    done = [entry for entry in life if entry.act not in _INTERNAL]
    hands = [entry for entry in life if entry.act in _HANDS]
    return Overdue(
        row=row_of(row, today),
        site=row["site"],
        office=row["office"],
        held_since=hands[-1].at if hands and row["claimed_by"] else None,
        last_act=done[-1].act,
        last_at=done[-1].at,
        last_by=done[-1].staff,
        **(_reason(row, said, texts) if said else {}),
    )


def _reason(row: dict[str, Any], said: journal.Entry, texts: Mapping[tuple[int, int], bytes]) -> dict[str, Any]:
    facts = journal.facts_of(said)
    text = keys.unseal("cases_remark", "text", f"{row['number']}:{said.seq}", texts[row["id"], said.seq])
    return {"cause": facts["cause"], "expected_on": date.fromisoformat(facts["expected_on"]), "why": text}


def _page(asker: Staff, chosen: Chosen, today: date, after: str, size: int) -> tuple[list[dict[str, Any]], str]:
    """The rows of a page and where the next begins: which ones the index says, then only those are read."""
    cases = Case.objects.filter(chosen_rows(asker, chosen, today))
    if after:
        cases = cases.filter(_beyond(after))
    keys = list(cases.order_by("due_on", "id").values_list("due_on", "id")[: size + 1])
    here = [key for _, key in keys[:size]]
    rows = Case.objects.filter(pk__in=here).order_by("due_on", "id").values(*LISTED, "site", "office")
    more = f"{keys[size - 1][0]}:{keys[size - 1][1]}" if len(keys) > size else ""
    return list(rows), more


def _beyond(after: str) -> Q:
    day, _, last = after.partition(":")
    try:
        due_on, row = date.fromisoformat(day), int(last)
    except ValueError as error:
        raise NotFound(after) from error
    return Q(due_on__gte=due_on) & (Q(due_on__gt=due_on) | Q(id__gt=row))
