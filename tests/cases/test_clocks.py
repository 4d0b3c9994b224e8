"""The clocks of a case on real dates: when they begin, what is shown, what silence does."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from onewindow.calendars.rules import Kind, Light, Limit, Unit
from onewindow.cases.rules import Act, Event, Need, Stage, accepted_by_silence_at, clocks, fold, list_dates, starts_at
from onewindow.cases.rules.clocks import NEVER, Dates, limits_from, limits_text
from tests.calendars.given import CALENDAR

SHANGHAI = ZoneInfo("Asia/Shanghai")
CG04 = (
    Limit(Kind.STATUTORY, Fraction(3), Unit.WORKDAY, "accepted_or_checked_later", "made", law="机动车登记规定 第27条"),
    Limit(Kind.PROMISED, Fraction(2), Unit.WORKDAY, "accepted_or_checked_later", "made", confidence="D"),
)
NEED = Need(check=True, making=True, licence=True, promised=True)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def history(*acts: tuple[Act, str]) -> list[Event]:
    return [Event(act, local(text)) for act, text in acts]


def test_before_the_vehicle_check_the_decision_has_no_day() -> None:
    state = fold(history((Act.SUBMIT, "2024-09-26T09:00"), (Act.ACCEPT, "2024-09-27T10:00")))
    found = clocks(state, CG04, NEED, CALENDAR, local("2024-09-27T11:00"))
    assert found.of_stage(Stage.ACCEPTED) == ()
    assert {limit.kind for limit in found.waiting} == {Kind.PROMISED, Kind.STATUTORY}
    assert list_dates(state, CG04, NEED, CALENDAR, local("2024-09-27T11:00")) == Dates()


@pytest.mark.parametrize(
    ("accepted", "checked", "promised", "statutory"),
    [
        # Friday, then the worked Sunday (调休) and Monday; the third day is after National Day
        ("2024-09-27T10:00", "2024-09-26T10:00", "2024-09-30", "2024-10-08"),
        ("2024-09-26T10:00", "2024-09-27T16:00", "2024-09-30", "2024-10-08"),
        ("2024-09-30T10:00", "2024-09-30T09:30", "2024-10-09", "2024-10-10"),
    ],
)
def test_the_clock_begins_with_the_later_of_acceptance_and_check(
    accepted: str, checked: str, promised: str, statutory: str
) -> None:
    acts = sorted([(accepted, Act.ACCEPT), (checked, Act.CHECK)])
    state = fold(history((Act.SUBMIT, "2024-09-25T09:00"), *((act, at) for at, act in acts)))
    assert starts_at(state, "accepted_or_checked_later") == local(max(accepted, checked))
    found = clocks(state, CG04, NEED, CALENDAR, local("2024-09-30T12:00"))
    assert found.promised is not None
    assert found.statutory is not None
    assert found.promised.reading.due_on == date.fromisoformat(promised)
    assert found.statutory.reading.due_on == date.fromisoformat(statutory)
    assert found.shown(state.stage) == found.promised


def test_while_paused_there_is_no_day_even_of_a_clock_in_hours() -> None:
    acts = (Act.SUBMIT, Act.ACCEPT, Act.REVIEW, Act.PAUSE)
    start = local("2024-10-10T10:00")
    events = [
        Event(act, start + timedelta(minutes=place), 1, facts={"reason": "testing"}) for place, act in enumerate(acts)
    ]
    limits = (Limit(Kind.PROMISED, Fraction(2), Unit.HOUR), Limit(Kind.STATUTORY, Fraction(20), Unit.WORKDAY))
    state = fold(events)
    assert list_dates(state, limits, Need(licence=True), CALENDAR, events[-1].at).as_columns()["promised_on"] is None


def test_silence_becomes_acceptance_after_the_fifth_working_day() -> None:
    state = fold(history((Act.SUBMIT, "2024-09-27T09:00")))
    # 29 and 30 September, 8, 9 and 10 October
    assert accepted_by_silence_at(state, CALENDAR) == local("2024-10-11T00:00")
    dates = list_dates(state, CG04, NEED, CALENDAR, local("2024-09-27T09:00"))
    assert dates.due_on == date(2024, 10, 10)
    assert clocks(state, CG04, Need(), CALENDAR, local("2024-09-27T09:00")).tell is None


def test_the_earlier_of_promise_and_statute_is_shown() -> None:
    """HZ11: nine working days of promise end after fifteen natural days of law around Spring Festival 2024."""
    limits = (
        Limit(Kind.PROMISED, Fraction(9), Unit.WORKDAY),
        Limit(Kind.STATUTORY, Fraction(15), Unit.DAY),
    )
    state = fold(history((Act.SUBMIT, "2024-02-01T09:00"), (Act.ACCEPT, "2024-02-01T09:30")))
    shown = clocks(state, limits, Need(), CALENDAR, local("2024-02-01T10:00")).shown(state.stage)
    assert shown is not None
    assert shown.limit.kind is Kind.STATUTORY


def test_a_decision_stops_the_clock_and_delivery_has_its_own() -> None:
    """行政许可法 §44: ten working days to issue and deliver, where the limit itself ends with the decision."""
    limits = (Limit(Kind.STATUTORY, Fraction(20), Unit.WORKDAY, "accepted", "decided"),)
    state = fold(
        history(
            (Act.SUBMIT, "2024-09-02T09:00"),
            (Act.ACCEPT, "2024-09-02T10:00"),
            (Act.REVIEW, "2024-09-03T10:00"),
            (Act.APPROVE, "2024-09-04T10:00"),
        )
    )
    found = clocks(state, limits, Need(licence=True), CALENDAR, local("2024-09-10T12:00"))
    assert found.statutory is not None
    assert found.statutory.reading.light is Light.DONE
    assert found.issue is not None
    assert found.issue.reading.due_on == date(2024, 9, 19)  # 15–17 September are off, the 14th is worked
    assert found.of_stage(state.stage) == (found.issue,)


def test_a_refusal_ends_a_limit_that_runs_until_made() -> None:
    state = fold(
        history(
            (Act.SUBMIT, "2024-09-02T09:00"),
            (Act.ACCEPT, "2024-09-02T10:00"),
            (Act.CHECK, "2024-09-02T11:00"),
            (Act.REVIEW, "2024-09-03T10:00"),
            (Act.REFUSE, "2024-09-04T10:00"),
        )
    )
    found = clocks(state, CG04, NEED, CALENDAR, local("2024-09-20T12:00"))
    assert found.statutory is not None
    assert found.statutory.reading.light is Light.DONE


def test_a_notice_makes_no_one_late() -> None:
    dates = Dates(date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31), date(2026, 12, 30), date(2026, 12, 30))
    kept = dates.keeping(date(2027, 1, 4))
    assert kept.due_on == date(2027, 1, 4)
    assert kept.told_on == date(2027, 1, 4)
    assert replace(kept, due_on=NEVER).keeping(date(2027, 1, 4)).due_on == NEVER


def test_limits_come_back_from_their_text() -> None:
    assert limits_from(limits_text(CG04)) == CG04
