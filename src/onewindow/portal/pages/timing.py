"""The clock of a case, explained (时限说明): its facts, its days, and what has not begun yet."""

from __future__ import annotations

from typing import Any

from onewindow.calendars.rules import Light, Limit, OpeningHours, Reading, Row, WorkCalendar, explanation
from onewindow.cases.rules import Running, Stage
from onewindow.catalogue import queries as catalogue
from onewindow.core.clock import day_of
from onewindow.core.words import Words
from onewindow.look import days
from onewindow.look.dates import clock_words, date_words, left_words, limit_words
from onewindow.look.parts import NOTHING
from onewindow.portal.pages.scene import Scene


def clock_section(scene: Scene) -> dict[str, Any] | None:
    """Return the explained clock with its four facts: of the decision, before acceptance of the telling (时限说明)."""
    clocks = scene.page.clocks
    main = clocks.promised or clocks.statutory
    if main is None:
        main = clocks.tell if scene.page.state.stage is Stage.RECEIVED else None
    if main is None:
        return None
    statutory = clocks.statutory if main is not clocks.tell else clocks.tell
    first = earlier(main, statutory)
    other = statutory if first is main else main
    hours = _hours(scene, (first, other))
    view = days.clock_view(
        _rows(first, scene, hours),
        today=day_of(scene.at),
        promised_on=clocks.promised.reading.due_on if clocks.promised else None,
        statute_on=statutory.reading.due_on if statutory else None,
        other_rows=_rows(other, scene, hours) if other and other is not first else (),
        cite=catalogue.law,
    )
    return {
        "view": view,
        "promised": clocks.promised,
        "statutory": statutory,
        "first": first,
        "now": now_words(first.reading, scene.page.calendar),
        "tells": main is clocks.tell,
        "both_run": bool(clocks.promised and clocks.statutory) and first.clock.stopped_at is None,
    }


def _rows(running: Running, scene: Scene, hours: OpeningHours | None) -> tuple[Row, ...]:
    """Return the clock's days; after the act that ended it no day counts any more, so none is told."""
    rows = explanation(running.clock, scene.page.calendar, scene.at, hours)
    stopped_at = running.clock.stopped_at
    if stopped_at is None or stopped_at > scene.at:
        return rows
    return tuple(row for row in rows if row.on <= day_of(stopped_at)) or rows[:1]


def due_words(reading: Reading, calendar: WorkCalendar) -> Words:
    """Say the last day, and where hours count the hour: 11月25日（周三）17:00 (到期)."""
    if reading.due_on is None or reading.due_at is None:
        return NOTHING
    day = date_words(reading.due_on, calendar)
    if reading.unit.in_days:
        return day
    hour = clock_words(reading.due_at)
    return Words(f"{day.zh}{hour.zh}", f"{day.en}, {hour.en}")


def now_words(reading: Reading, calendar: WorkCalendar) -> Words:
    """Say how a clock stands: what is left, or until when where hours count (余时)."""
    if reading.unit.in_days or reading.late or reading.light is Light.DONE:
        return left_words(reading)
    due = due_words(reading, calendar)
    return Words(f"到 {due.zh}", f"until {due.en}")


def earlier(one: Running, other: Running | None) -> Running:
    """Return the clock that is due first (clock-rules §5)."""
    if other is None or other.reading.due_at is None:
        return one
    if one.reading.due_at is None:
        return other
    return one if one.reading.due_at <= other.reading.due_at else other


def _hours(scene: Scene, running: tuple[Running | None, ...]) -> OpeningHours | None:
    whole = all(each is None or (each.limit.unit.in_days and each.limit.number.denominator == 1) for each in running)
    return None if whole else scene.site.opening()


FROM_BOTH = "accepted_or_checked_later"
STARTS = {
    FROM_BOTH: Words("受理并查验后", "after acceptance and the vehicle check"),
    "accepted": Words("受理后", "after acceptance"),
    "checked": Words("查验后", "after the vehicle check"),
    "submitted": Words("提交后", "after handing in"),
    "received": Words("收件后", "after receipt"),
    "decided": Words("决定后", "after the decision"),
}
PROMISED, BY_LAW = Words("我们承诺", "We promise"), Words("法律规定", "By law")


def after_words(limit: Limit) -> Words:
    """Say a limit from what it counts: 查验后 2 个工作日 (起算说法)."""
    after, amount = STARTS.get(limit.starts, NOTHING), limit_words(limit)
    return Words(f"{after.zh} {amount.zh}".strip(), f"{amount.en} {after.en}".strip())


def waiting_words(limit: Limit) -> dict[str, Any]:
    """Return how a limit that has not begun is told."""
    return {"name": BY_LAW if limit.kind.by_law else PROMISED, "says": after_words(limit), "mark": limit.confidence}
