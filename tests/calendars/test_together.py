"""Promise and statute side by side, what lists keep, chains, and the four figures of the average cut."""

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.calendars.rules import (
    Compared,
    Kind,
    Light,
    Pause,
    average_cut,
    chain_due,
    cut,
    late_promises,
    list_dates,
    parse_limit,
    reading,
    shown,
    worst,
)
from tests.calendars.given import CALENDAR, HALL, clock, day, moment

FIRST, LAST = date(2024, 1, 1), date(2026, 9, 29)
"""1,003 start days."""


@pytest.mark.parametrize(("promise", "days"), [("9 workdays", 79), ("7 workdays", 23)])  # HZ11 and CJ01
def test_a_shorter_promise_can_end_after_the_statute(promise: str, days: int) -> None:
    found = late_promises(parse_limit(promise), parse_limit("15 days"), CALENDAR, FIRST, LAST)
    assert (LAST - FIRST).days + 1 == 1003
    assert len(found) == days


def test_the_earlier_of_both_is_shown_and_says_which_it_is() -> None:
    at = moment("2024-02-01")
    promise = reading(clock("promised 9 workdays", "2024-02-01"), CALENDAR, at)
    statute = reading(clock("statutory 15 days", "2024-02-01"), CALENDAR, at)
    assert (promise.due_on, statute.due_on) == (day("2024-02-19"), day("2024-02-18"))
    found = shown(promise, statute)
    assert found is not None
    assert (found.reading, found.by) == (statute, Kind.STATUTORY)
    dates = list_dates(promise, statute)
    assert dates == (statute.yellow_on, promise.due_on, statute.due_on)


def test_the_promise_is_shown_where_both_are_alike_or_it_is_alone() -> None:
    at = moment("2024-10-08")
    promise = reading(clock("promised 3 workdays", "2024-10-08"), CALENDAR, at)
    statute = reading(clock("statutory 3 workdays", "2024-10-08"), CALENDAR, at)
    both, alone, only, none = (
        shown(promise, statute),
        shown(promise, None),
        shown(None, statute),
        shown(None, None),
    )
    assert both and alone and only  # noqa: PT018  # three narrowings at once for the type checker
    assert (both.by, alone.by, only.by, none) == (Kind.PROMISED, Kind.PROMISED, Kind.STATUTORY, None)


def test_while_paused_lists_keep_nothing() -> None:
    at, pause = moment("2024-10-10"), (Pause(day("2024-10-09")),)
    promise = reading(clock("promised 3 workdays", "2024-10-08", pauses=pause), CALENDAR, at)
    statute = reading(clock("statutory 5 workdays", "2024-10-08", pauses=pause), CALENDAR, at)
    assert list_dates(promise, statute) == (None, None, None)
    found = shown(promise, statute)
    assert found is not None
    assert found.by is Kind.PROMISED
    assert list_dates(None, None) == (None, None, None)


def test_without_statute_there_is_no_statute_day() -> None:
    promise = reading(clock("promised 3 workdays", "2024-10-08"), CALENDAR, moment("2024-10-08"))
    assert list_dates(promise, None) == (day("2024-10-11"), day("2024-10-11"), None)


def test_the_worst_light_is_shown() -> None:
    assert worst([Light.OK, Light.WARN]) is Light.WARN
    assert worst([Light.LATE, Light.VOID, Light.OK]) is Light.VOID
    assert worst([Light.HOLD, Light.OK]) is Light.OK
    assert worst([Light.HOLD, Light.DONE]) is Light.HOLD
    assert worst([]) is Light.DONE


def test_red_after_the_promise_black_after_the_statute() -> None:
    at = moment("2024-10-12")
    promise = reading(clock("promised 3 workdays", "2024-10-08"), CALENDAR, at)
    statute = reading(clock("statutory 3 workdays", "2024-10-08"), CALENDAR, at)
    assert (promise.light, statute.light) == (Light.LATE, Light.VOID)


def test_a_successor_begins_on_the_day_of_its_last_input() -> None:
    limits = [parse_limit("2 workdays"), parse_limit("3 days"), parse_limit("on the spot")]
    dues = chain_due(limits, moment("2024-09-27"), CALENDAR, HALL)
    assert [due.date() for due in dues] == [day("2024-09-30"), day("2024-10-08"), day("2024-10-09")]


@given(st.dates(FIRST, date(2026, 6, 1)), st.lists(st.integers(1, 10), min_size=1, max_size=6))
def test_a_chain_of_working_days_is_their_sum(start: date, numbers: list[int]) -> None:
    limits = [parse_limit(f"{number} workdays") for number in numbers]
    dues = chain_due(limits, moment(start.isoformat()), CALENDAR)
    whole = reading(clock(f"{sum(numbers)} workdays", start.isoformat()), CALENDAR, moment(start.isoformat()))
    assert dues[-1] == whole.due_at


# Average cut


def rows() -> dict[str, Compared]:
    lines = (Path(__file__).parent / "data" / "limits.csv").read_text().splitlines()
    return {
        row["code"]: Compared(
            parse_limit(row["promise"], Kind.PROMISED), parse_limit(row["statute"]) if row["statute"] else None
        )
        for row in csv.DictReader(line for line in lines if not line.startswith("#"))
    }


def test_four_numbers_over_all_items() -> None:
    found = average_cut(rows().values())
    assert (found.compared, found.compared_without_spot, found.left_out) == (57, 44, 18)
    assert found.items is not None
    assert found.items_without_spot is not None
    assert round(float(found.items) * 100, 1) == 61.3
    assert round(float(found.items_without_spot) * 100, 1) == 49.9
    assert found.cases is None  # no cases yet


def test_the_sixteen_approval_items() -> None:
    codes = [f"ZA{number:02}" for number in range(2, 15)] + ["JD01", "JD03", "JD04"]
    found = average_cut(rows()[code] for code in codes)
    assert found.items is not None
    assert round(float(found.items) * 100, 2) == 38.05


def test_cases_weigh() -> None:
    half = Compared(parse_limit("5 workdays"), parse_limit("10 workdays"), 3)
    spot = Compared(parse_limit("on the spot"), parse_limit("1 workday"), 1)
    found = average_cut([half, spot])
    assert (found.items, found.items_without_spot) == (Fraction(3, 4), Fraction(1, 2))
    assert (found.cases, found.cases_without_spot) == (Fraction(5, 8), Fraction(1, 2))


@pytest.mark.parametrize(
    ("promise", "statute", "share"),
    [
        ("5 workdays", "7 days", Fraction(0)),
        ("4 opening-hours", "1 workday", Fraction(1, 2)),
        ("on the spot", "15 days", Fraction(1)),
        ("1 workday", "on the spot", None),
        ("1 workday", "1 month", None),
        ("1 workday", None, None),
    ],
)
def test_units_are_made_equal(promise: str, statute: str | None, share: Fraction | None) -> None:
    assert cut(Compared(parse_limit(promise), parse_limit(statute) if statute else None)) == share


def test_limits_within_a_day_are_not_compared() -> None:
    assert late_promises(parse_limit("on the spot"), parse_limit("1 day"), CALENDAR, FIRST, LAST) == ()
    assert late_promises(parse_limit("1.5 workdays"), parse_limit("1 day"), CALENDAR, FIRST, LAST) == ()
