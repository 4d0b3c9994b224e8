"""Limits and hours as people write them."""

from fractions import Fraction

import pytest

from onewindow.calendars.rules import Kind, Unit, opening_hours, parse_limit, reading
from onewindow.core.errors import Refusal
from tests.calendars.given import CALENDAR, HALL, clock, day, moment


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("5 workdays", Fraction(5), Unit.WORKDAY),
        ("1 workday", Fraction(1), Unit.WORKDAY),
        ("0.5 workdays", Fraction(1, 2), Unit.WORKDAY),
        ("1.5 working days", Fraction(3, 2), Unit.WORKDAY),
        ("20 个工作日", Fraction(20), Unit.WORKDAY),
        ("5工作日", Fraction(5), Unit.WORKDAY),
        ("15 days", Fraction(15), Unit.DAY),
        ("15日", Fraction(15), Unit.DAY),
        ("2 opening-hours", Fraction(2), Unit.OPENING_HOUR),
        ("4 hours", Fraction(4), Unit.HOUR),
        ("1.25 hours", Fraction(5, 4), Unit.HOUR),
        ("on the spot", Fraction(0), Unit.SPOT),
        ("On-The-Spot", Fraction(0), Unit.SPOT),
        ("当场", Fraction(0), Unit.SPOT),
        ("1 month", Fraction(1), Unit.MONTH),
        ("2 years", Fraction(2), Unit.YEAR),
    ],
)
def test_limits_as_written(text: str, number: Fraction, unit: Unit) -> None:
    found = parse_limit(text)
    assert (found.kind, found.number, found.unit) == (Kind.STATUTORY, number, unit)


def test_a_kind_may_stand_before() -> None:
    assert parse_limit("promised 5 workdays").kind is Kind.PROMISED
    assert parse_limit("own 1 month", Kind.PROMISED).kind is Kind.OWN
    assert parse_limit("5 workdays", Kind.PROMISED).kind is Kind.PROMISED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "workdays",
        "5",
        "-1 workdays",
        "0 workdays",
        "0.3 workdays",
        "1.5 days",
        "0.5 months",
        "5 moons",
        "99999 days",
        "900 days",
        "5 workdays and a half",
        "1e3 days",
        "٣ days",
        "nan days",
        "5 workdays; 6 days",
    ],
)
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as no:
        parse_limit(text)
    assert no.value.code == "calendar.limit"


@pytest.mark.parametrize(
    "data",
    [
        {"weekly": {"monday": ["09:00-12:00"]}},
        {"weekly": {"mon": "09:00-12:00"}},
        {"weekly": {"mon": ["9-12"]}},
        {"weekly": {"mon": ["12:00-09:00"]}},
        {"weekly": {"mon": ["09:00-25:00"]}},
        {"weekly": {"mon": ["09:00-12:00", "11:00-13:00"]}},
        {"weekly": {"mon": ["09:70-12:00"]}},
        {"weekly": []},
        {"dated": {"soon": []}},
    ],
)
def test_hours_that_cannot_be(data: dict[str, object]) -> None:
    with pytest.raises(Refusal) as no:
        opening_hours(data)
    assert no.value.code == "calendar.hours"


def test_hours_on_days_off_and_days_worked() -> None:
    week = {name: ["09:00-12:00"] for name in ("mon", "tue", "wed", "thu", "fri")}
    common = opening_hours({"weekly": week})
    assert common.spans(day("2024-10-01"), CALENDAR) == ()
    assert common.spans(day("2024-10-12"), CALENDAR) == ()
    assert common.spans(day("2024-10-08"), CALENDAR) == ((540, 720),)
    hospital = opening_hours({"weekly": week, "holidays": True, "make_up": ["10:00-11:00"]})
    assert hospital.spans(day("2024-10-01"), CALENDAR) == ((540, 720),)
    assert hospital.spans(day("2024-10-12"), CALENDAR) == ((600, 660),)
    assert HALL.spans(day("2024-10-10"), CALENDAR) == ((540, 720),)
    assert HALL.is_open(moment("2024-10-08T16:59"), CALENDAR)
    assert not HALL.is_open(moment("2024-10-08T17:00"), CALENDAR)


def test_a_site_that_never_opens_is_refused() -> None:
    with pytest.raises(Refusal) as no:
        reading(clock("on the spot", "2024-10-08"), CALENDAR, moment("2024-10-08"), opening_hours({}))
    assert no.value.code == "calendar.never_open"
