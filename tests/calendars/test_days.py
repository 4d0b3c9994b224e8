"""Which days count: both public oracles day by day, and the arithmetic on them."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.calendars.rules import (
    WorkCalendar,
    due_date,
    later,
    latest_before,
    months_later,
    tell_by,
)
from onewindow.core.errors import Refusal
from tests.calendars.given import CALENDAR, NOTICES, day, days, works

AUTUMN_2024 = WorkCalendar(
    announced=frozenset({2024}),
    rest=frozenset(days("2024-10-01", "2024-10-07")),
    work=frozenset({date(2024, 9, 29), date(2024, 10, 12)}),
)


@pytest.mark.parametrize(
    ("start", "workdays", "due"),
    [
        ("2024-09-27", 1, "2024-09-29"),  # Friday, then the worked Sunday (调休)
        ("2024-09-30", 1, "2024-10-08"),  # over National Day (国庆)
        ("2024-09-30", 5, "2024-10-12"),  # ends on the worked Saturday
    ],
)
def test_due_date(start: str, workdays: int, due: str) -> None:
    assert due_date(date.fromisoformat(start), workdays, AUTUMN_2024) == date.fromisoformat(due)


def test_every_day_of_three_years_as_chinesecalendar_says() -> None:
    for each in days("2024-01-01", "2026-12-31"):
        assert CALENDAR.counts(each) == chinese_calendar.is_workday(each), each


def test_every_day_of_three_years_as_holidays_says() -> None:
    china = holidays.country_holidays("CN", years=range(2024, 2027))
    for each in days("2024-01-01", "2026-12-31"):
        assert CALENDAR.counts(each) == china.is_working_day(each), each


def test_every_day_as_the_table_of_exceptions_says() -> None:
    for each in days("2024-01-01", "2026-12-31"):
        assert CALENDAR.counts(each) == works(each), each


@pytest.mark.parametrize(("year", "workdays"), [(2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_year(year: int, workdays: int) -> None:
    assert CALENDAR.working_days(date(year, 1, 1), date(year, 12, 31)) == workdays


def test_a_year_without_notice_is_provisional_and_so_is_the_week_before_it() -> None:
    assert not CALENDAR.is_provisional(day("2026-12-23"))
    assert CALENDAR.is_provisional(day("2026-12-24"))
    assert CALENDAR.is_provisional(day("2026-12-31"))
    assert CALENDAR.is_provisional(day("2027-03-01"))
    assert not CALENDAR.is_provisional(day("2025-12-31"))


def test_a_provisional_year_counts_by_the_days_off_by_law_alone() -> None:
    assert not CALENDAR.counts(day("2027-02-08"))  # the third day of the Spring Festival
    assert CALENDAR.counts(day("2027-02-09"))  # the notice may give it; nothing is guessed
    assert CALENDAR.counts(day("2027-10-04"))


@pytest.mark.parametrize(
    ("start", "workdays"), [("2023-12-29", 1), ("2027-12-30", 5), ("2028-01-03", 1), ("2019-01-01", 3)]
)
def test_a_year_of_which_nothing_is_known_is_refused(start: str, workdays: int) -> None:
    with pytest.raises(Refusal) as no:
        due_date(day(start), workdays, CALENDAR)
    assert no.value.code == "calendar.unknown"


def test_a_gap_between_known_years_is_refused() -> None:
    gap = WorkCalendar(frozenset({2024, 2026}), frozenset(), frozenset())
    with pytest.raises(Refusal):
        due_date(day("2024-12-20"), 30, gap)
    with pytest.raises(Refusal):
        due_date(day("2024-12-20"), 300, gap)
    assert due_date(day("2024-12-20"), 1, gap) == day("2024-12-23")


def test_a_calendar_without_years_knows_nothing() -> None:
    with pytest.raises(Refusal):
        due_date(day("2024-01-05"), 1, WorkCalendar(frozenset(), frozenset(), frozenset()))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-01-31", 1, "2024-02-29"),  # no such day: the month's last (民法典 §202)
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-11-30", 3, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-03-31", 24, "2026-03-31"),
    ],
)
def test_months(start: str, months: int, end: str) -> None:
    assert months_later(day(start), months) == day(end)


def test_backward_periods_never_roll() -> None:
    assert latest_before(day("2024-10-26"), 20) == day("2024-10-06")  # within the holiday, and stays there
    assert latest_before(day("2025-03-01"), 30) == day("2025-01-30")
    assert latest_before(day("2024-10-12"), 5, CALENDAR) == day("2024-09-30")
    with pytest.raises(Refusal):
        latest_before(day("2024-01-05"), 20, CALENDAR)


@given(st.dates(date(2024, 3, 1), date(2026, 12, 20)), st.integers(1, 30))
def test_backward_working_days_are_the_forward_ones(event: date, number: int) -> None:
    start = latest_before(event, number, CALENDAR)
    assert CALENDAR.working_days(start, event - timedelta(days=1)) == number
    assert CALENDAR.counts(start)


@pytest.mark.parametrize(
    ("received", "last"),
    [
        ("2024-09-27", "2024-10-10"),  # the worked Sunday and Monday, then 8, 9, 10 October
        ("2024-09-30", "2024-10-12"),
        ("2024-10-08", "2024-10-14"),
    ],
)
def test_tell_by(received: str, last: str) -> None:
    assert tell_by(day(received), CALENDAR) == day(last)


@given(st.dates(date(2024, 1, 1), date(2026, 9, 1)), st.integers(1, 60))
def test_exactly_so_many_working_days_count(start: date, workdays: int) -> None:
    due = due_date(start, workdays, CALENDAR)
    span = [start + timedelta(days=place + 1) for place in range((due - start).days)]
    assert sum(works(each) for each in span) == workdays
    assert works(due)


@given(st.dates(date(2024, 1, 1), date(2026, 9, 1)), st.integers(1, 60), st.integers(1, 40))
def test_a_later_start_is_never_due_earlier(start: date, workdays: int, more: int) -> None:
    assert due_date(start, workdays, CALENDAR) <= due_date(start + timedelta(days=more), workdays, CALENDAR)


def test_the_later_of_told_and_new_judges() -> None:
    assert later(day("2027-02-10"), day("2027-02-08")) == day("2027-02-10")
    assert later(day("2027-02-10"), day("2027-02-12")) == day("2027-02-12")
    assert later(None, day("2027-02-12")) == day("2027-02-12")
    assert later(day("2027-02-10"), None) == day("2027-02-10")
    assert later(None, None) is None


def test_marks_name_the_holiday_and_its_notice() -> None:
    assert CALENDAR.marks[day("2024-10-01")].name == "国庆节"
    assert CALENDAR.marks[day("2024-10-12")].notice == "国办发明电〔2023〕7号"
    assert CALENDAR.marks[day("2025-10-06")].name == "国庆节、中秋节"
    assert "文号待核" in CALENDAR.marks[day("2026-10-10")].notice
    assert [notice.number for notice in NOTICES] == ["国办发明电〔2023〕7号", "国办发明电〔2024〕12号", ""]
