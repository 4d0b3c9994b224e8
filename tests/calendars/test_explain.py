"""The explained clock: one row a day, one reason a row, and the sum is the due date."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onewindow.calendars.rules import (
    Clock,
    Extension,
    Kind,
    Limit,
    Pause,
    Reason,
    Row,
    Unit,
    Why,
    explanation,
    extend,
    reading,
    row_words,
    sentence,
)
from tests.calendars.given import CALENDAR, HALL, clock, day, moment
from tests.calendars.test_clocks import PAUSES, STARTS, UNITS, days_clock, pauses_of


def rows(limit: str, started: str, at: str | None = None, **more: object) -> tuple[Row, ...]:
    return explanation(clock(limit, started, **more), CALENDAR, moment(at or started), HALL)


def short(found: tuple[Row, ...]) -> list[tuple[str, str, int]]:
    return [(f"{row.on:%m-%d}", row.why.value, int(row.count)) for row in found]


def test_working_days_over_the_holiday() -> None:
    found = rows("5 workdays", "2024-09-30")
    assert short(found) == [
        ("09-30", "start", 0),
        *((f"10-0{each}", "holiday", 0) for each in range(1, 8)),
        ("10-08", "workday", 1),
        ("10-09", "workday", 2),
        ("10-10", "workday", 3),
        ("10-11", "workday", 4),
        ("10-12", "make_up", 5),
    ]
    assert found[1].law == "国办发明电〔2023〕7号"
    assert found[1].name is not None
    assert found[1].name.en == "National Day"
    assert found[0].law == "民法典 第201条"
    assert row_words(found[1]).zh == "国庆节放假，不计（国办发明电〔2023〕7号）"
    assert row_words(found[-1]).en == "make-up working day (国办发明电〔2023〕7号), counted: 5"
    assert sentence(found).zh == "9月30日（周一）起算，休息 7 天不计，至 10月12日（周六）"
    assert sentence(found).en == "counted from Mon 30 Sep 2024, 7 days off left out, to Sat 12 Oct 2024"


def test_weekends_are_weekends() -> None:
    found = rows("2 workdays", "2024-10-18")
    assert short(found) == [
        ("10-18", "start", 0),
        ("10-19", "weekend", 0),
        ("10-20", "weekend", 0),
        ("10-21", "workday", 1),
        ("10-22", "workday", 2),
    ]


def test_natural_days_count_every_day_and_roll_once() -> None:
    found = rows("3 days", "2024-09-30")
    assert short(found) == [
        ("09-30", "start", 0),
        ("10-01", "day", 1),
        ("10-02", "day", 2),
        ("10-03", "day", 3),
        ("10-04", "holiday", 3),
        ("10-05", "holiday", 3),
        ("10-06", "holiday", 3),
        ("10-07", "holiday", 3),
        ("10-08", "rolled", 3),
    ]
    assert row_words(found[-1]).zh == "最后一日由 10月3日（周四）顺延至此（民法典 第203条）"
    assert "最后一日由 10月3日（周四）顺延" in sentence(found).zh


def test_a_pause_names_its_reason_and_law() -> None:
    pause = Pause(day("2024-10-09"), day("2024-10-11"), Reason.EXPERTS)
    found = rows("3 workdays", "2024-10-08", "2024-10-20", pauses=(pause,))
    assert short(found) == [
        ("10-08", "start", 0),
        ("10-09", "paused", 0),
        ("10-10", "paused", 0),
        ("10-11", "workday", 1),
        ("10-12", "make_up", 2),
        ("10-13", "weekend", 2),
        ("10-14", "workday", 3),
    ]
    assert row_words(found[1]) == (
        "因专家评审中止，不计（行政许可法 第45条）",
        "paused for expert review (行政许可法 第45条), not counted",
    )
    assert "中止 2 天不计" in sentence(found).zh


def test_a_weekend_in_a_pause_is_a_weekend_to_working_days_and_paused_to_natural_days() -> None:
    pause = (Pause(day("2024-10-18"), day("2024-10-22")),)
    assert {row.on: row.why for row in rows("3 workdays", "2024-10-17", "2024-11-01", pauses=pause)}[
        day("2024-10-19")
    ] is Why.WEEKEND
    assert {row.on: row.why for row in rows("3 days", "2024-10-17", "2024-11-01", pauses=pause)}[
        day("2024-10-19")
    ] is Why.PAUSED


def test_while_paused_the_rows_end_today() -> None:
    found = rows("3 workdays", "2024-10-08", "2024-10-10", pauses=(Pause(day("2024-10-09")),))
    assert short(found) == [("10-08", "start", 0), ("10-09", "paused", 0), ("10-10", "paused", 0)]


def test_a_clock_stopped_in_a_pause_is_explained_up_to_its_stop() -> None:
    pause = (Pause(day("2024-10-09")),)
    found = rows("3 workdays", "2024-10-08", "2024-12-01", pauses=pause, stopped_at=moment("2024-10-10"))
    assert short(found) == [("10-08", "start", 0), ("10-09", "paused", 0), ("10-10", "paused", 0)]


def test_extended_days_stand_under_the_law_of_the_extension() -> None:
    limit = Limit(Kind.STATUTORY, Fraction(3), Unit.WORKDAY, extension=Extension(by=2, law="许可法 §42"), law="规定 §9")
    longer = extend(Clock(limit, moment("2024-10-14")), CALENDAR, moment("2024-10-15"), 2)
    found = explanation(longer, CALENDAR, moment("2024-10-15"))
    assert [row.law for row in found] == [
        "民法典 第201条",
        "规定 §9",
        "规定 §9",
        "规定 §9",
        "许可法 §42",
        "国务院关于职工工作时间的规定 第7条",
        "国务院关于职工工作时间的规定 第7条",
        "许可法 §42",
    ]


def test_half_a_working_day_and_one_and_a_half() -> None:
    half = rows("0.5 workdays", "2024-09-30T15:00")
    assert (half[0].why, half[0].minutes, half[-1].minutes) == (Why.HALF, 120, 75)
    assert half[-1].count == Fraction(1, 2)
    more = rows("1.5 workdays", "2024-10-11")
    assert short(more) == [
        ("10-11", "start", 0),
        ("10-12", "make_up", 1),
        ("10-13", "weekend", 1),
        ("10-14", "half", 1),
    ]
    assert (more[-1].count, more[-1].minutes) == (Fraction(3, 2), 195)
    shut = rows("1.5 workdays", "2024-10-10")  # counted on Friday; the hall is shut on the worked Saturday
    assert short(shut)[1:] == [
        ("10-11", "workday", 1),
        ("10-12", "closed", 1),
        ("10-13", "weekend", 1),
        ("10-14", "half", 1),
    ]


def test_opening_hours_by_the_day() -> None:
    found = rows("2 opening-hours", "2024-10-11T16:30")
    assert [(row.why, row.minutes, row.count) for row in found] == [
        (Why.OPEN, 30, Fraction(1, 2)),
        (Why.CLOSED, 0, Fraction(1, 2)),  # a worked Saturday on which the hall stays shut
        (Why.WEEKEND, 0, Fraction(1, 2)),
        (Why.OPEN, 90, Fraction(2)),
    ]
    assert row_words(found[0]).en == "30 opening minutes counted"
    wall = rows("4 hours", "2024-10-06T22:00")
    assert [(row.why, row.minutes, row.count) for row in wall] == [(Why.HOURS, 120, 2), (Why.HOURS, 120, 4)]
    spot = rows("on the spot", "2024-09-30T17:30")
    assert [row.why.value for row in spot] == ["closed", *["holiday"] * 7, "open"]


def test_months_are_explained_in_days() -> None:
    found = rows("1 month", "2024-01-31")
    assert (found[-1].on, found[-1].why, found[-1].count) == (day("2024-02-29"), Why.DAY, 29)


def test_provisional_days_say_so() -> None:
    found = rows("6 workdays", "2026-12-18")
    assert [row.provisional for row in found if row.on >= day("2026-12-24")] == [True, True, True, True, True]
    assert not any(row.provisional for row in found if row.on < day("2026-12-24"))
    assert sentence(found).en.endswith(", provisional")
    eve = rows("10 days", "2027-02-01")
    assert {row.law for row in rows("3 workdays", "2027-02-03") if row.why is Why.HOLIDAY} == {
        "全国年节及纪念日放假办法（2027 年通知未发布）"
    }
    assert eve[-1].provisional


@given(STARTS, st.integers(1, 45), UNITS, PAUSES)
def test_the_rows_are_the_reading(start: date, number: int, unit: Unit, spans: list[tuple[int, int]]) -> None:
    pauses, _ = pauses_of(start, spans)
    each, at = days_clock(start, number, unit, pauses), moment("2026-12-20")
    found, read = explanation(each, CALENDAR, at), reading(each, CALENDAR, at)
    assert found[0].on == start
    assert found[-1].on == read.due_on
    assert all(latter.on - former.on == timedelta(days=1) for former, latter in pairwise(found))
    assert sum(row.counted for row in found) == number
    assert found[-1].count == number
    assert all(latter.count - former.count == latter.counted for former, latter in pairwise(found))
    assert all(row_words(row).zh for row in found)


@given(STARTS, st.integers(0, 24 * 60 - 1), st.integers(1, 80))
def test_the_rows_of_hours_are_the_reading(start: date, minute: int, quarters: int) -> None:
    limit = Limit(Kind.PROMISED, Fraction(quarters, 4), Unit.OPENING_HOUR)
    each = Clock(limit, moment(start.isoformat() + "T00:00") + timedelta(minutes=minute))
    found, read = explanation(each, CALENDAR, each.started_at, HALL), reading(each, CALENDAR, each.started_at, HALL)
    assert sum(row.minutes for row in found) == quarters * 15
    assert (found[-1].on, found[-1].count) == (read.due_on, limit.number)
