"""Dates, times and limits in the reader's words."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.calendars.rules import Clock, Kind, Limit, Pause, Reason, Unit, reading
from onewindow.core.clock import SHANGHAI
from onewindow.core.words import Words
from onewindow.look import dates
from onewindow.look.styleguide import CALENDAR

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        ("2024-10-12", "10月12日（周六，调休上班日）", "Sat 12 Oct (make-up working day)"),
        ("2024-10-08", "10月8日（周二）", "Tue 8 Oct"),
        ("2026-03-02", "3月2日（周一，暂定）", "Mon 2 Mar (provisional)"),
    ],
)
def test_date_with_calendar(day: str, zh: str, en: str) -> None:
    assert dates.date_words(date.fromisoformat(day), CALENDAR) == Words(zh, en)


def test_another_year_is_said() -> None:
    day = date(2024, 10, 8)
    assert dates.date_words(day, today=date(2024, 1, 1)).zh == "10月8日（周二）"
    assert dates.date_words(day, today=date(2026, 11, 24)) == Words("2024年10月8日（周二）", "Tue 8 Oct 2024")


@given(DAYS)
def test_every_date_has_its_weekday_and_no_blank_before_punctuation(day: date) -> None:
    words = dates.date_words(day, today=date(2024, 1, 1))
    assert f"周{'一二三四五六日'[day.weekday()]}" in words.zh
    assert f"{day.month}月{day.day}日" in words.zh
    assert " " not in words.zh
    assert datetime.strptime(words.en.split(" ", 1)[1].replace(f" {day.year}", ""), "%d %b").replace(  # noqa: DTZ007
        year=2000
    ).date() == day.replace(year=2000)


def test_long_and_short() -> None:
    day = date(2026, 10, 2)
    assert dates.long_date_words(day) == Words("2026年10月2日", "2 Oct 2026")
    assert dates.short_date_words(day) == Words("10月2日 周五", "Fri 2 Oct")


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        ("2024-09-16", "2024-09-16", "9月16日 周一", "Mon 16 Sep"),
        ("2024-09-16", "2024-09-18", "9月16–18日", "16–18 Sep"),
        ("2024-09-28", "2024-10-02", "9月28日–10月2日", "28 Sep – 2 Oct"),
        ("2024-12-31", "2025-01-01", "12月31日–1月1日", "31 Dec – 1 Jan"),
        ("2023-10-01", "2024-10-02", "10月1日–10月2日", "1 Oct – 2 Oct"),
    ],
)
def test_spans(first: str, last: str, zh: str, en: str) -> None:
    assert dates.span_words(date.fromisoformat(first), date.fromisoformat(last)) == Words(zh, en)


def test_times_are_those_of_the_office() -> None:
    at = datetime(2026, 9, 29, 0, 5, tzinfo=UTC)
    assert dates.time_words(at) == Words("9月29日 周二 8:05", "Tue 29 Sep, 8:05")
    assert dates.clock_words(at) == Words("8:05", "8:05")


@pytest.mark.parametrize(
    ("number", "unit", "zh", "en"),
    [
        (2, Unit.WORKDAY, "2 个工作日", "2 working days"),
        (1, Unit.WORKDAY, "1 个工作日", "1 working day"),
        (Fraction(1, 2), Unit.WORKDAY, "半个工作日", "half a working day"),
        (Fraction(3, 2), Unit.WORKDAY, "1.5 个工作日", "1.5 working days"),
        (15, Unit.DAY, "15 天", "15 days"),
        (2, Unit.OPENING_HOUR, "2 个办公小时", "2 opening hours"),
        (Fraction(34, 5), Unit.HOUR, "6 小时 48 分钟", "6 h 48 min"),
        (Fraction(1, 4), Unit.OPENING_HOUR, "15 分钟", "15 min"),
        (1, Unit.MONTH, "1 个月", "1 month"),
        (3, Unit.YEAR, "3 年", "3 years"),
        (0, Unit.SPOT, "当场", "on the spot"),
    ],
)
def test_amounts(number: Fraction, unit: Unit, zh: str, en: str) -> None:
    assert dates.limit_words(Limit(Kind.STATUTORY, Fraction(number), unit)) == Words(zh, en)


def test_a_limit_without_number_speaks_in_the_law_s_words() -> None:
    words = Words("活动举办前", "before the event")
    assert dates.limit_words(Limit(Kind.OWN, Fraction(0), Unit.BEFORE, text=words)) == words


def left(days: int, **more: object) -> Words:
    """What is left of 5 working days from 2024-09-23 (Monday), so many days on; due on 2024-09-29, a worked Sunday."""
    started_at = datetime(2024, 9, 23, 10, tzinfo=SHANGHAI)
    clock = Clock(Limit(Kind.PROMISED, Fraction(5), Unit.WORKDAY), started_at, **more)  # type: ignore[arg-type]
    return dates.left_words(reading(clock, CALENDAR, started_at + timedelta(days=days)))


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        (0, "还剩 5 个工作日", "5 working days left"),
        (4, "还剩 1 个工作日", "1 working day left"),
        (6, "今天到期", "due today"),
        (7, "超 1 个工作日", "1 working day over"),
        (8, "超 1 个工作日", "1 working day over"),
    ],
)
def test_left(days: int, zh: str, en: str) -> None:
    assert left(days) == Words(zh, en)


def test_paused_and_done_are_said() -> None:
    assert left(2, pauses=(Pause(date(2024, 9, 24), None, Reason.TESTING),)).zh == "暂停，还剩 5 个工作日"
    assert left(3, stopped_at=datetime(2024, 9, 25, 9, tzinfo=SHANGHAI)).en == "took 2 working days"
