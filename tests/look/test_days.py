"""The explained clock: whole weeks, each day once, and the table says what the band shows."""

import re
from datetime import date, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from onewindow.calendars.rules import Clock, Kind, Limit, Unit, explanation, reading
from onewindow.core.clock import SHANGHAI
from onewindow.look.days import ClockView, clock_view
from onewindow.look.styleguide import CALENDAR, page


def view(start: date, workdays: int, by_law: int, seen: date, unit: Unit = Unit.WORKDAY) -> ClockView:
    started_at, at = (datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI) for day in (start, seen))
    promise = Clock(Limit(Kind.PROMISED, Fraction(workdays), unit), started_at)
    statute = Clock(Limit(Kind.STATUTORY, Fraction(by_law), unit), started_at)
    return clock_view(
        explanation(promise, CALENDAR, at),
        today=seen,
        promised_on=reading(promise, CALENDAR, at).due_on,
        statute_on=reading(statute, CALENDAR, at).due_on,
        other_rows=explanation(statute, CALENDAR, at),
    )


@given(
    start=st.dates(date(2024, 1, 2), date(2025, 6, 1)),
    workdays=st.integers(1, 15),
    more=st.integers(0, 20),
    seen=st.integers(0, 60),
    unit=st.sampled_from([Unit.WORKDAY, Unit.DAY]),
)
def test_whole_weeks_and_every_day_once(start: date, workdays: int, more: int, seen: int, unit: Unit) -> None:
    shown = view(start, workdays, workdays + more, start + timedelta(days=seen), unit)
    days = [cell.on for cell in shown.cells]
    assert days[0].weekday() == 0
    assert len(days) % 7 == 0
    assert days == [days[0] + timedelta(days=step) for step in range(len(days))]
    styles = [cell.style.split() for cell in shown.cells]
    assert sum("due" in style for style in styles) == 1
    assert sum("max" in style for style in styles) == 1
    assert all(cell.sign.zh and cell.sign.en and cell.said.zh and cell.said.en for cell in shown.cells)


@given(start=st.dates(date(2024, 1, 2), date(2025, 6, 1)), workdays=st.integers(1, 15))
def test_band_and_table_count_alike(start: date, workdays: int) -> None:
    shown = view(start, workdays, workdays, start)
    counted = [cell for cell in shown.cells if {"in", "on"} & set(cell.style.split())]
    assert len(counted) == workdays
    assert [cell.sign.zh for cell in counted] == [str(number) for number in range(1, workdays + 1)]
    told = [int(number) for line in shown.lines for number in re.findall(r"算 (\d+) 天", line.counts.zh)]
    assert sum(told) == workdays


def test_national_day_2024() -> None:
    """Accepted on Tuesday 24 September, seen on the 30th, two days of it paused: as on the style guide."""
    shown: ClockView = page()["clock"]
    by_day = {cell.on: cell for cell in shown.cells}
    assert by_day[date(2024, 9, 24)].sign.zh == "起算"
    assert by_day[date(2024, 9, 26)].style == "hold"
    assert by_day[date(2024, 9, 29)].style == "in shift"
    assert by_day[date(2024, 9, 29)].said.zh.startswith("9月29日 周日，调休上班，第 2 天")
    assert by_day[date(2024, 9, 30)].style == "in today"
    assert by_day[date(2024, 10, 1)].sign == ("国庆", "hol.")
    assert by_day[date(2024, 10, 1)].top == ("10/1", "1 Oct")
    assert by_day[date(2024, 10, 9)].style == "on due"
    assert by_day[date(2024, 10, 9)].said.zh.endswith("承诺最后一天")
    assert by_day[date(2024, 10, 15)].style == "on max"
    last = shown.lines[-1]
    assert (last.when.zh, last.counts.zh, last.note.zh) == ("10月8–9日", "算 2 天", "第 5 天，承诺最后一天")
    assert last.note.en == "Day 5, last promised day"
    assert not shown.provisional


def test_a_year_without_notice_is_provisional() -> None:
    shown = view(date(2025, 12, 22), 5, 5, date(2025, 12, 22))
    assert shown.provisional
    assert shown.lines[-1].note.zh.endswith("暂定")
