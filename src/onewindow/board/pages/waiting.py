"""What waits for somebody (等着处理), in figures and in lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404
from django.urls import reverse

from onewindow.accounts.rules import Staff
from onewindow.board.pages import house
from onewindow.board.pages.frame import Names, cases_url, frame, names
from onewindow.calendars.rules import Light
from onewindow.cases import queries
from onewindow.core.clock import day_of, local
from onewindow.core.words import Words

NEAR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of waiting: its heading, why it matters with its law, what the day of a line means, what is found."""

    title: Words
    why: Words
    day: Words
    find: Callable[[Staff, datetime], tuple[queries.Waiting, ...]]


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure of what waits, and the way to its rows."""

    name: Words
    count: int
    url: str
    light: Light
    more: bool = False


def _month(at: datetime) -> datetime:
    return local(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


KINDS = {
    "corrections": Kind(
        Words("补正三天内到期", "Corrections due within three days"),
        Words(
            "到期没有交来的，申请按约定的日子失效；该提醒申请人。（行政许可法第32条；期日的后果是本系统的规定）",
            "What is not handed in by the day lapses; remind the applicant. (Licensing Law, art. 32; what follows the"
            " day is this system's own rule)",
        ),
        Words("最晚", "By"),
        lambda asker, at: queries.corrections_for(asker, until=day_of(at) + NEAR),
    ),
    "pauses": Kind(
        Words("暂停超过预计日期", "Paused past the expected day"),
        Words(
            "特别程序所需时间已经书面告知申请人，现在过了这一天。（行政许可法第45条）",
            "The applicant was told in writing how long it takes, and that day is over. (Licensing Law, art. 45)",
        ),
        Words("预计结束", "Expected end"),
        lambda asker, at: queries.pauses_for(asker, today=day_of(at)),
    ),
    "silences": Kind(
        Words("本月视为受理", "Accepted by silence this month"),
        Words(
            "五个工作日内没有告知，自收到申请材料之日起即为受理。（行政许可法第32条第1款第4项）",
            "Nothing was said within five working days, so it counts as accepted from the day of receipt."
            " (Licensing Law, art. 32 (1) no. 4)",
        ),
        Words("记录时间", "Written down"),
        lambda asker, at: queries.silences_for(asker, since=_month(at)),
    ),
    "letters": Kind(
        Words("文书待制或失败", "Letters that wait or failed"),
        Words(
            "文书由后台任务制作；失败的会再试，试尽的进后台任务。",
            "Jobs make the letters; what fails is tried again, and at last set aside under Jobs.",
        ),
        Words("时间", "Time"),
        lambda asker, at: queries.letters_waiting_for(asker, at=at),
    ),
}
LETTER_WORDS = {
    "waits": Words("等着制作", "waits to be made"),
    "failed": Words("失败，还会再试", "failed, to be tried again"),
    "dead": Words("试尽，已搁置", "set aside after all attempts"),
}


def summary(asker: Staff, found: queries.Tallies, at: datetime) -> list[Sum]:
    """Return all that waits for somebody, in figures."""
    sums = [_late(found)]
    for kind, each in KINDS.items():
        count = len(each.find(asker, at))
        sums.append(
            Sum(each.title, count, reverse("board:waits", args=[kind]), Light.WARN, count >= queries.MOST_WAITING)
        )
    provisional = sum(row.provisional for row in found.rows)
    sums.append(
        Sum(
            Words("到期日暂定的办件", "Cases with a provisional due day"),
            provisional,
            cases_url(provisional=True),
            Light.WARN,
        )
    )
    lacking = house.gap_count()
    sums.append(Sum(Words("事项目录的缺项", "Gaps of the catalogue"), lacking, reverse("board:catalogue"), Light.WARN))
    if queries.runs_house(asker):
        dead = queries.dead_count_for(asker)
        sums.append(Sum(Words("搁置的后台任务", "Jobs set aside"), dead, reverse("board:jobs"), Light.LATE))
    return sums


def _late(found: queries.Tallies) -> Sum:
    count = sum(row.lights[light] for row in found.rows for light in queries.OVERDUE)
    return Sum(Words("超期办件", "Overdue cases"), count, reverse("board:overdue"), Light.LATE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of what waits."""

    number: str
    item: Words
    site: Words
    office: Words
    day: date | None
    at: datetime | None
    word: Words


def waits(asker: Staff, kind: str, at: datetime) -> dict[str, Any]:
    """Return the list of one kind of what waits.

    raises  NotFound; Http404 for a kind that is none
    """
    if kind not in KINDS:
        raise Http404
    each, known = KINDS[kind], names()
    found = each.find(asker, at)
    return {
        **frame(asker, "waits"),
        "kind": each,
        "lines": [_line(row, known) for row in found],
        "most": queries.MOST_WAITING if len(found) >= queries.MOST_WAITING else 0,
        "today": day_of(at),
        "at": at,
    }


def _line(row: queries.Waiting, known: Names) -> Line:
    word = LETTER_WORDS.get(row.word, Words("", ""))
    return Line(row.number, known.item(row.item), known.place(row.site), known.place(row.office), row.day, row.at, word)
