"""The house's own state (系统自身): provisional years, gaps of the catalogue, jobs that were set aside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.urls import reverse

from onewindow.accounts.rules import Staff
from onewindow.board.forms import AgainForm
from onewindow.board.pages.frame import cases_url, frame
from onewindow.calendars import queries as calendars
from onewindow.calendars.rules import WorkCalendar
from onewindow.cases import queries
from onewindow.catalogue import queries as items
from onewindow.catalogue import rules
from onewindow.core.clock import day_of
from onewindow.core.words import Words

# The calendar


@dataclass(frozen=True, slots=True)
class Year:
    """A year and how far its holiday notice has come (放假通知)."""

    year: int
    announced: bool
    first: date | None  # the first day that is provisional for want of this year's notice
    title: str


WARN_DAYS = 92
"""How long before the first provisional day the board warns: three months (our own measure)."""


def calendar(asker: Staff, at: datetime) -> dict[str, Any]:
    """Return which years lack their notice, and how many open cases that touches.

    raises  NotFound
    """
    found, today = queries.tallies_for(asker, at=at), day_of(at)
    working, known = calendars.work_calendar(), calendars.years()
    titles = {each.year: each.title for each in known if each.status == "published" and each.announced}
    years = [_year(year, working, titles) for year in range(today.year, today.year + 3)]
    first = next((each.first for each in years if each.first), None)
    return {
        **frame(asker, "calendar"),
        "as_of": found.as_of,
        "years": years,
        "proposed": [each for each in known if each.status == "proposed"],
        "first": first,
        "soon": first is not None and (first - today).days <= WARN_DAYS,
        "days_left": (first - today).days if first else 0,
        "count": sum(row.provisional for row in found.rows),
        "url": cases_url(provisional=True),
        "today": today,
    }


def _year(year: int, working: WorkCalendar, titles: dict[int, str]) -> Year:
    announced = year in working.announced
    # The last days of the year before hang on this year's notice too.
    first = None if announced else date(year - 1, 12, 24) if year - 1 in working.announced else date(year, 1, 1)
    return Year(year, announced, first, titles.get(year, ""))


# The catalogue


@dataclass(frozen=True, slots=True)
class Lack:
    """What one item lacks: in which parts, how many gaps, how many values are demo or unconfirmed."""

    code: str
    name: Words
    full: bool
    parts: tuple[tuple[Words, int], ...]
    gaps: int
    demo: int
    unsure: int
    said: tuple[Words, ...]


PARTS = {
    "depth": Words("只列出，未逐项确认", "listed only"),
    "unsure": Words("自己写明的缺口", "gaps that it names itself"),
    "limits": Words("时限未确认", "limits not confirmed"),
    "no_limit": Words("无时限的说明未确认", "why there is no limit"),
    "fees": Words("收费", "fees"),
    "faq": Words("常见问题", "answered questions"),
    "channels": Words("办理渠道", "channels"),
    "steps": Words("流程步骤", "steps"),
    "papers": Words("材料", "papers"),
    "collecting": Words("领取方式", "how it is collected"),
    "results": Words("结果", "results"),
    "actors": Words("谁能代办", "who may act"),
    "deciding": Words("决定层级", "who decides"),
    "delegations": Words("委托下放", "delegations"),
    "notice_periods": Words("提前期", "notice periods"),
    "preconditions": Words("前置条件", "preconditions"),
}
OTHER = Words("其他", "other")


def gap_count() -> int:
    """Return how many gaps the edition in force has; counted once for each edition (1 query)."""
    return sum(each.gaps for each in _lacks(items.current_edition()))


@lru_cache(maxsize=2)
def _lacks(edition: str) -> tuple[Lack, ...]:
    found = items.items(edition)
    gaps: dict[str, list[str]] = {}
    for gap in rules.gaps(found):
        gaps.setdefault(gap.item, []).append(gap.where.partition(".")[0])
    return tuple(_lack(item, gaps.get(item.code, [])) for item in found)


def _lack(item: rules.Item, gaps: list[str]) -> Lack:
    marks = rules.mark_counts(item)
    parts = Counter(PARTS.get(part, OTHER) for part in gaps)
    return Lack(
        item.code, item.name, item.full, tuple(parts.items()), len(gaps), marks["D"], marks["U"], tuple(item.gaps)
    )


def catalogue(asker: Staff) -> dict[str, Any]:
    """Return what the edition in force lacks, the items with most gaps first."""
    edition = items.current_edition()
    lacks = sorted((each for each in _lacks(edition) if each.gaps), key=lambda each: (-each.gaps, each.code))
    return {
        **frame(asker, "catalogue"),
        "edition": edition,
        "lacks": lacks,
        "gaps": sum(each.gaps for each in lacks),
        "demo_values": sum(each.demo for each in _lacks(edition)),
        "unsure_values": sum(each.unsure for each in _lacks(edition)),
        "full": sum(each.full for each in _lacks(edition)),
        "items": len(_lacks(edition)),
    }


# The jobs


JOBS = {
    "notices.tell": Words("通知申请人", "Tell the applicant"),
    "notices.send": Words("发短信", "Send a text message"),
    "cases.letter": Words("制作文书", "Make a letter"),
    "cases.fee_receipt": Words("制作收费收据", "Make a fee receipt"),
    "cases.deem": Words("依法推定（视为受理、逾期）", "What follows by law (silence, lapse)"),
    "cases.redate": Words("按放假通知改期", "New dates after a holiday notice"),
    "journal.root": Words("日志每夜签根", "Sign the journal each night"),
    "files.sweep": Words("清理无主文件", "Clear unused files"),
    "jobs.sweep": Words("清理完成的任务", "Clear finished jobs"),
}


def jobs(asker: Staff, after: str = "") -> dict[str, Any]:
    """Return the jobs that were set aside, each with the way to try it again.

    raises  NotFound
    """
    dead, more = queries.dead_letters_for(asker, after=after)
    here = reverse("board:jobs")
    return {
        **frame(asker, "jobs"),
        "dead": [(each, JOBS.get(each.kind, Words(each.kind, each.kind)), AgainForm()) for each in dead],
        "first_url": here if after else "",
        "next_url": f"{here}?after={more}" if more else "",
    }
