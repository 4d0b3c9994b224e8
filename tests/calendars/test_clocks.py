"""The clocks, case by case as the law has them, and against a walk of the days that shares no line with them."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.calendars.rules import (
    LICENSING_45,
    Clock,
    Extension,
    Kind,
    Light,
    Limit,
    Pause,
    Reading,
    Reason,
    Unit,
    deemed_at,
    extend,
    parse_limit,
    pause_for,
    reading,
)
from onewindow.core.errors import Refusal
from tests.calendars.given import CALENDAR, HALL, ONE_DAY, clock, day, moment, works

PASSPORT = Limit(Kind.STATUTORY, Fraction(15), Unit.DAY, extension=Extension(to=30, law="护照法 §6"), law="护照法 §6")
ID_CARD = Limit(Kind.STATUTORY, Fraction(60), Unit.DAY, extension=Extension(by=30), law="居民身份证法 §12")
LICENCE = Limit(
    Kind.STATUTORY, Fraction(20), Unit.WORKDAY, pauses=LICENSING_45, extension=Extension(by=10), law="行政许可法 §42"
)


def read(limit: str, started: str, at: str | None = None, **more: object) -> Reading:
    return reading(clock(limit, started, **more), CALENDAR, moment(at or started), HALL)


# Days


@pytest.mark.parametrize(
    ("limit", "started", "due"),
    [
        ("1 workday", "2024-09-27", "2024-09-29"),
        ("5 workdays", "2024-09-30", "2024-10-12"),
        ("1 workday", "2024-09-28", "2024-09-29"),  # accepted on a Saturday
        ("3 days", "2024-09-27", "2024-09-30"),
        ("3 days", "2024-09-30", "2024-10-08"),  # ends on 3 October, rolls once over the holiday
        ("2 days", "2024-09-27", "2024-09-29"),  # a worked Sunday is no day off
        ("7 days", "2024-10-05", "2024-10-12"),
        ("1 month", "2024-01-31", "2024-02-29"),
        ("1 month", "2024-09-01", "2024-10-08"),  # 1 October rolls
        ("1 year", "2024-02-29", "2025-02-28"),
    ],
)
def test_due(limit: str, started: str, due: str) -> None:
    found = read(limit, started)
    assert found.due_on == day(due)
    assert found.due_at is not None
    assert found.due_at.isoformat() == f"{due}T23:59:59+08:00"


def test_the_starting_day_is_local() -> None:
    # 16:30 UTC on Friday is Saturday in Shanghai.
    started_at = moment("2024-10-12T00:30").astimezone(tz=None)
    found = reading(Clock(parse_limit("1 workday"), started_at), CALENDAR, started_at)
    assert found.due_on == day("2024-10-14")


def test_used_and_left_on_the_way() -> None:
    told = [
        (at, int(found.used), int(found.left), found.light.value, found.late_days)
        for at in (
            "2024-09-30T11:00",
            "2024-10-07",
            "2024-10-08",
            "2024-10-11",
            "2024-10-12",
            "2024-10-13",
            "2024-10-15",
        )
        for found in [read("promised 5 workdays", "2024-09-30", at)]
    ]
    assert told == [
        ("2024-09-30T11:00", 0, 5, "ok", 0),
        ("2024-10-07", 0, 5, "ok", 0),
        ("2024-10-08", 1, 4, "ok", 0),
        ("2024-10-11", 4, 1, "warn", 0),
        ("2024-10-12", 5, 0, "warn", 0),
        ("2024-10-13", 5, 0, "late", 0),
        ("2024-10-15", 5, 0, "late", 2),
    ]


def test_a_period_ends_at_midnight_and_not_before() -> None:
    assert read("statutory 1 workday", "2024-10-08", "2024-10-09T23:59:59").light is Light.WARN
    late = read("statutory 1 workday", "2024-10-08", "2024-10-10T00:00")
    assert late.light is Light.VOID
    assert late.late


def test_before_the_start_nothing_is_used() -> None:
    found = read("5 workdays", "2024-09-30", "2024-09-20")
    assert (found.used, found.left, found.light) == (0, 5, Light.OK)


def test_a_stopped_clock_keeps_what_it_said() -> None:
    on_time = read("5 workdays", "2024-09-30", "2024-11-01", stopped_at=moment("2024-10-12T23:59"))
    assert (on_time.light, on_time.late, on_time.used) == (Light.DONE, False, 5)
    early = read("5 workdays", "2024-09-30", "2024-11-01", stopped_at=moment("2024-10-09"))
    assert (early.light, early.late, early.used, early.left) == (Light.DONE, False, 2, 3)
    late = read("5 workdays", "2024-09-30", "2024-11-01", stopped_at=moment("2024-10-14T08:00"))
    assert (late.light, late.late, late.late_days) == (Light.DONE, True, 1)
    not_yet = read("5 workdays", "2024-09-30", "2024-10-09", stopped_at=moment("2024-10-14T08:00"))
    assert (not_yet.light, not_yet.used) == (Light.OK, 2)


def test_yellow_from_a_fifth_that_is_left() -> None:
    assert read("20 workdays", "2024-10-08").yellow_on == day("2024-10-29")  # 16 used, 4 left
    assert read("3 workdays", "2024-10-08").yellow_on == day("2024-10-11")  # ⌊3/5⌋ = 0: the due day
    assert read("3 days", "2024-09-30").yellow_on == day("2024-10-03")  # nothing is left, though it rolls
    assert read("1 month", "2024-01-31").yellow_on == day("2024-02-24")


def test_a_wish_without_number_has_no_due() -> None:
    limit = Limit(Kind.OWN, Fraction(0), Unit.BEFORE)
    assert not limit.runs
    with pytest.raises(Refusal) as no:
        reading(Clock(limit, moment("2024-09-30")), CALENDAR, moment("2024-09-30"))
    assert no.value.code == "calendar.no_due"


# Opening hours, half days, on the spot


@pytest.mark.parametrize(
    ("limit", "started", "due_at"),
    [
        ("2 opening-hours", "2024-09-30T10:00", "2024-09-30T12:00:00+08:00"),
        ("2 opening-hours", "2024-09-30T11:00", "2024-09-30T14:30:00+08:00"),  # the break does not count
        ("2 opening-hours", "2024-09-30T16:00", "2024-10-08T10:00:00+08:00"),  # over the holiday
        ("2 opening-hours", "2024-10-06T09:30", "2024-10-08T11:00:00+08:00"),  # begins at the next opening
        (
            "2 opening-hours",
            "2024-10-11T16:30",
            "2024-10-14T10:30:00+08:00",
        ),  # this hall stays shut on the worked Saturday
        ("4 hours", "2024-10-06T22:00", "2024-10-07T02:00:00+08:00"),  # by the clock on the wall
        ("on the spot", "2024-09-30T10:00", "2024-09-30T17:00:00+08:00"),
        ("on the spot", "2024-09-30T12:30", "2024-09-30T17:00:00+08:00"),  # a break is no closing
        ("on the spot", "2024-09-30T17:30", "2024-10-08T17:00:00+08:00"),
        ("on the spot", "2024-10-09T20:00", "2024-10-10T12:00:00+08:00"),  # the hall's short Thursday
        ("0.5 workdays", "2024-09-30T09:00", "2024-09-30T13:45:00+08:00"),  # 3 h 15 min of six and a half
        ("0.5 workdays", "2024-09-30T15:00", "2024-10-08T10:15:00+08:00"),
        ("0.5 workdays", "2024-09-30T18:00", "2024-10-08T13:45:00+08:00"),  # half of the day on which it begins
        ("0.5 workdays", "2024-10-09T18:00", "2024-10-10T10:30:00+08:00"),  # half of a short day
        ("1.5 workdays", "2024-09-30T10:00", "2024-10-09T13:45:00+08:00"),
        ("1.5 workdays", "2024-10-11T10:00", "2024-10-14T13:45:00+08:00"),  # the worked Saturday, then an open day
    ],
)
def test_due_in_hours(limit: str, started: str, due_at: str) -> None:
    found = read(limit, started)
    assert found.due_at is not None
    assert found.due_at.isoformat() == due_at


def test_hours_used_and_left() -> None:
    found = read("2 opening-hours", "2024-09-30T11:00", "2024-09-30T13:45")
    assert (found.used, found.left, found.light) == (Fraction(5, 4), Fraction(3, 4), Light.OK)
    last_fifth = read("2 opening-hours", "2024-09-30T11:00", "2024-09-30T14:06")
    assert last_fifth.light is Light.WARN
    assert read("2 opening-hours", "2024-09-30T11:00", "2024-09-30T14:30").light is Light.WARN
    late = read("promised 2 opening-hours", "2024-09-30T11:00", "2024-09-30T14:31")
    assert (late.used, late.left, late.light) == (2, 0, Light.LATE)
    half = read("0.5 workdays", "2024-09-30T09:00", "2024-09-30T10:37:30")
    assert (half.used, half.left) == (Fraction(1, 4), Fraction(1, 4))
    more = read("1.5 workdays", "2024-09-30T10:00", "2024-10-09T13:00")
    assert (more.used, more.left) == (1 + Fraction(12, 13) / 2, Fraction(1, 26))
    spot = read("promised on the spot", "2024-09-30T10:00", "2024-09-30T17:01")
    assert (spot.number, spot.light) == (0, Light.LATE)
    wall = read("4 hours", "2024-10-06T22:00", "2024-10-06T23:30")
    assert (wall.used, wall.left) == (Fraction(3, 2), Fraction(5, 2))


def test_hours_are_never_paused() -> None:
    pause = (Pause(day("2024-09-30")),)
    for limit in ("2 opening-hours", "4 hours", "on the spot", "0.5 workdays"):
        assert read(limit, "2024-09-30", pauses=pause).due_at == read(limit, "2024-09-30").due_at


def test_opening_hours_must_be_known() -> None:
    for limit in ("2 opening-hours", "on the spot", "0.5 workdays", "2.5 workdays"):
        with pytest.raises(Refusal) as no:
            reading(clock(limit, "2024-09-30"), CALENDAR, moment("2024-09-30"))
        assert no.value.code == "calendar.hours_needed"


def test_a_persons_own_last_day_ends_when_the_site_closes() -> None:
    found = read("own 3 days", "2024-10-11", "2024-10-14T17:01")
    assert found.due_at == moment("2024-10-14T17:00")
    assert found.light is Light.LATE
    assert read("own 3 days", "2024-10-11", "2024-10-14T17:00").light is Light.WARN
    assert read("own 1 day", "2024-10-11").due_at == moment("2024-10-12T23:59:59")  # not open on the worked Saturday


# Pauses


def test_a_pause_takes_out_its_first_day_and_not_the_day_of_resuming() -> None:
    found = read("5 workdays", "2024-09-30", "2024-10-20", pauses=(Pause(day("2024-10-08"), day("2024-10-10")),))
    assert found.due_on == day("2024-10-15")  # 10, 11, 12, 14, 15
    same = read("5 workdays", "2024-09-30", "2024-10-20", pauses=(Pause(day("2024-10-08"), day("2024-10-08")),))
    assert same.due_on == day("2024-10-12")


def test_overlapping_pauses_are_one() -> None:
    two = (Pause(day("2024-10-08"), day("2024-10-10")), Pause(day("2024-10-09"), day("2024-10-11")))
    one = (Pause(day("2024-10-08"), day("2024-10-11")),)
    at = "2024-10-20"
    assert (
        read("5 workdays", "2024-09-30", at, pauses=two).due_on
        == read("5 workdays", "2024-09-30", at, pauses=one).due_on
    )


def test_while_paused_there_is_no_due_date() -> None:
    found = read("5 workdays", "2024-09-30", "2024-10-10", pauses=(Pause(day("2024-10-09")),))
    assert (found.due_on, found.due_at, found.yellow_on) == (None, None, None)
    assert (found.paused, found.light, found.used, found.left) == (True, Light.HOLD, 1, 4)
    assert found.if_resumed_due_on == day("2024-10-15")  # resumed on the 11th: 11, 12, 14, 15


def test_an_expected_end_does_not_end_a_pause_before_its_time() -> None:
    pause = (Pause(day("2024-10-08"), day("2024-10-10")),)
    assert read("5 workdays", "2024-09-30", "2024-10-09", pauses=pause).paused
    assert not read("5 workdays", "2024-09-30", "2024-10-10", pauses=pause).paused


def test_a_clock_that_ran_out_before_the_pause_stays_late() -> None:
    found = read("promised 1 workday", "2024-10-08", "2024-10-11", pauses=(Pause(day("2024-10-10")),))
    assert (found.due_on, found.paused, found.light) == (day("2024-10-09"), False, Light.LATE)


def test_natural_days_pause_and_roll_past_paused_days() -> None:
    found = read("3 days", "2024-10-08", "2024-10-20", pauses=(Pause(day("2024-10-12"), day("2024-10-15")),))
    assert found.due_on == day("2024-10-11")
    # 9, 10 … paused 11 and 12; the third day is Sunday the 13th; Monday is paused too, so it rolls to Tuesday
    two = (Pause(day("2024-10-11"), day("2024-10-13")), Pause(day("2024-10-14"), day("2024-10-15")))
    rolled = read("3 days", "2024-10-08", "2024-10-20", pauses=two)
    assert (rolled.unrolled_on, rolled.due_on) == (day("2024-10-13"), day("2024-10-15"))
    assert read("3 days", "2024-10-10", "2024-10-14", pauses=(Pause(day("2024-10-14")),)).paused


def test_only_the_reasons_of_the_law_pause() -> None:
    assert pause_for(LICENCE, Reason.HEARING, day("2024-10-08")).law == "行政许可法 第45条"
    with pytest.raises(Refusal) as no:
        pause_for(ID_CARD, Reason.HEARING, day("2024-10-08"))
    assert (no.value.code, no.value.facts) == ("calendar.pause", {"reason": "hearing"})
    assert len(LICENSING_45) == 8


# Extension


def test_an_extension_counts_from_the_unrolled_end() -> None:
    base = Clock(PASSPORT, moment("2024-09-20"))  # 15 days end on 5 October and roll to the 8th
    found = reading(base, CALENDAR, moment("2024-09-20"))
    assert (found.unrolled_on, found.due_on) == (day("2024-10-05"), day("2024-10-08"))
    longer = extend(base, CALENDAR, moment("2024-10-08T16:00"), 30)  # still within the rolled day
    assert reading(longer, CALENDAR, moment("2024-10-08")).due_on == day("2024-10-21")  # 30 days: 20 October, a Sunday
    assert longer.extension is not None
    assert longer.extension.granted_on == day("2024-10-08")


def test_an_extension_by_working_days() -> None:
    longer = extend(Clock(LICENCE, moment("2024-09-30")), CALENDAR, moment("2024-10-09"), 10)
    found = reading(longer, CALENDAR, moment("2024-10-09"))
    assert (found.number, found.used + found.left) == (30, 30)
    assert found.due_on == reading(clock("30 workdays", "2024-09-30"), CALENDAR, moment("2024-10-09")).due_on


def test_an_extension_during_a_pause() -> None:
    paused = Clock(LICENCE, moment("2024-09-30"), (Pause(day("2024-10-09")),))
    longer = extend(paused, CALENDAR, moment("2024-12-20"), 10)
    assert reading(longer, CALENDAR, moment("2024-12-20")).left == 29


@pytest.mark.parametrize(
    ("limit", "number", "at", "fault"),
    [
        (parse_limit("20 workdays"), 10, "2024-10-09", "none"),
        (LICENCE, 11, "2024-10-09", "long"),
        (LICENCE, 0, "2024-10-09", "long"),
        (PASSPORT, 31, "2024-10-09", "long"),
        (PASSPORT, 15, "2024-10-09", "long"),  # "to" what it is already
        (LICENCE, 10, "2024-11-02", "late"),  # the day after its last,
    ],
)
def test_an_extension_refused(limit: Limit, number: int, at: str, fault: str) -> None:
    with pytest.raises(Refusal) as no:
        extend(Clock(limit, moment("2024-09-30")), CALENDAR, moment(at), number)
    assert (no.value.code, no.value.facts["fault"]) == ("calendar.extension", fault)


def test_an_extension_only_once() -> None:
    longer = extend(Clock(LICENCE, moment("2024-09-30")), CALENDAR, moment("2024-10-09"), 5)
    with pytest.raises(Refusal) as no:
        extend(longer, CALENDAR, moment("2024-10-09"), 5)
    assert no.value.facts["fault"] == "twice"


# Acceptance by silence


def test_telling_on_the_fifth_working_day_is_in_time() -> None:
    silent_from = deemed_at(day("2024-09-30"), CALENDAR)
    assert silent_from == moment("2024-10-13T00:00")
    assert moment("2024-10-12T23:59:59") < silent_from


# Years


def test_a_date_that_a_notice_may_move_is_provisional() -> None:
    assert not read("5 workdays", "2026-12-16").provisional  # due on the 23rd
    assert read("6 workdays", "2026-12-16").provisional  # due on the 24th
    assert read("10 workdays", "2026-12-21").provisional
    assert read("60 days", "2026-12-01").provisional
    assert not read("5 days", "2026-12-16").provisional
    paused = read("6 workdays", "2026-12-16", "2026-12-20", pauses=(Pause(day("2026-12-18")),))
    assert paused.provisional  # so is the date that it would have if resumed tomorrow


def test_a_date_beyond_what_is_known_is_refused() -> None:
    for limit, started in (
        ("5 workdays", "2023-12-28"),
        ("5 days", "2023-12-30"),
        ("5 workdays", "2027-12-30"),
        ("90 days", "2027-12-01"),
        ("2 opening-hours", "2028-03-01"),
        ("1 year", "2027-03-01"),
    ):
        with pytest.raises(Refusal) as no:
            read(limit, started)
        assert no.value.code == "calendar.unknown"


def test_a_late_case_can_be_read_long_after_the_last_known_year() -> None:
    assert read("promised 5 workdays", "2024-09-30", "2031-05-05").light is Light.LATE


def test_no_case_becomes_late_by_loading_a_file() -> None:
    found = read("promised 5 workdays", "2024-09-30", "2024-10-14", told_on=day("2024-10-15"))
    assert (found.due_on, found.judged_on, found.late, found.light) == (
        day("2024-10-12"),
        day("2024-10-15"),
        False,
        Light.WARN,
    )
    assert read("promised 5 workdays", "2024-09-30", "2024-10-16", told_on=day("2024-10-15")).late
    assert read("promised 5 workdays", "2024-09-30", "2024-10-13", told_on=day("2024-10-10")).late


# Against a walk of the days

STARTS = st.dates(date(2024, 1, 1), date(2026, 7, 31))
PAUSES = st.lists(st.tuples(st.integers(-3, 50), st.integers(0, 15)), max_size=4)
UNITS = st.sampled_from([Unit.WORKDAY, Unit.DAY])


def walked(start: date, number: int, unit: Unit, paused: set[date]) -> date:
    """Walk day by day, as one would with a finger on a wall calendar."""
    each, left = start, number
    while left:
        each += ONE_DAY
        left -= each not in paused and (unit is Unit.DAY or works(each))
    while unit is Unit.DAY and (each in paused or not works(each)):
        each += ONE_DAY
    return each


def pauses_of(start: date, spans: list[tuple[int, int]]) -> tuple[tuple[Pause, ...], set[date]]:
    pauses = tuple(
        Pause(start + timedelta(days=after), start + timedelta(days=after + length)) for after, length in spans
    )
    paused = {
        pause.start + timedelta(days=place)
        for pause in pauses
        for place in range((pause.end - pause.start).days if pause.end else 0)
    }
    return pauses, paused


def days_clock(start: date, number: int, unit: Unit, pauses: tuple[Pause, ...] = ()) -> Clock:
    return Clock(Limit(Kind.STATUTORY, Fraction(number), unit), moment(start.isoformat()), pauses)


@given(STARTS, st.integers(1, 45), UNITS, PAUSES)
def test_the_due_is_where_the_walk_ends(start: date, number: int, unit: Unit, spans: list[tuple[int, int]]) -> None:
    pauses, paused = pauses_of(start, spans)
    at = moment("2026-12-20")
    assert reading(days_clock(start, number, unit, pauses), CALENDAR, at).due_on == walked(start, number, unit, paused)


@given(STARTS, st.integers(1, 45), UNITS, PAUSES, st.integers(-5, 120))
def test_used_and_left_are_the_whole(
    start: date, number: int, unit: Unit, spans: list[tuple[int, int]], after: int
) -> None:
    pauses, _ = pauses_of(start, spans)
    found = reading(
        days_clock(start, number, unit, pauses), CALENDAR, moment((start + timedelta(days=after)).isoformat())
    )
    assert found.used + found.left == number
    assert found.used >= 0
    assert found.left >= 0
    if found.due_on is not None and start + timedelta(days=after) >= found.due_on:
        assert found.left == 0


@given(STARTS, st.integers(1, 45), UNITS, PAUSES, st.integers(0, 120))
def test_used_is_what_the_walk_has_counted(
    start: date, number: int, unit: Unit, spans: list[tuple[int, int]], after: int
) -> None:
    pauses, paused = pauses_of(start, spans)
    today = start + timedelta(days=after)
    passed = [start + timedelta(days=place + 1) for place in range(after)]
    counted = sum(each not in paused and (unit is Unit.DAY or works(each)) for each in passed)
    found = reading(days_clock(start, number, unit, pauses), CALENDAR, moment(today.isoformat()))
    assert found.used == min(counted, number)


@given(STARTS, st.integers(1, 45), UNITS, st.integers(1, 60))
def test_the_due_never_falls_with_a_later_start(start: date, number: int, unit: Unit, more: int) -> None:
    first = reading(days_clock(start, number, unit), CALENDAR, moment(start.isoformat())).due_on
    second = reading(days_clock(start + timedelta(days=more), number, unit), CALENDAR, moment(start.isoformat())).due_on
    assert first is not None
    assert second is not None
    assert first <= second


@given(STARTS, st.integers(1, 30), st.integers(1, 20), st.integers(0, 20))
def test_a_pause_of_so_many_counted_days_moves_the_due_by_as_many(
    start: date, number: int, length: int, after: int
) -> None:
    free = reading(days_clock(start, number, Unit.WORKDAY), CALENDAR, moment("2026-12-20")).due_on
    assert free is not None
    pause = Pause(start + timedelta(days=after + 1), start + timedelta(days=after + 1 + length))
    found = reading(days_clock(start, number, Unit.WORKDAY, (pause,)), CALENDAR, moment("2026-12-20")).due_on
    assert found is not None
    out = [pause.start + timedelta(days=place) for place in range(length)]
    if pause.start <= free:
        assert CALENDAR.working_days(start + ONE_DAY, found) == number + sum(works(each) for each in out)
    else:
        assert found == free


@given(STARTS, st.integers(1, 90))
def test_natural_days_roll_to_the_next_working_day_and_no_further(start: date, number: int) -> None:
    found = reading(days_clock(start, number, Unit.DAY), CALENDAR, moment(start.isoformat()))
    end = start + timedelta(days=number)
    assert found.due_on is not None
    assert works(found.due_on)
    assert found.due_on >= end
    assert not any(works(end + timedelta(days=place)) for place in range((found.due_on - end).days))
    assert found.unrolled_on == (None if found.due_on == end else end)


@given(STARTS, st.integers(1, 90), UNITS)
def test_lights_only_get_worse(start: date, number: int, unit: Unit) -> None:
    order = [Light.OK, Light.WARN, Light.VOID]
    seen = [
        order.index(
            reading(days_clock(start, number, unit), CALENDAR, moment(start.isoformat()) + after * ONE_DAY).light
        )
        for after in range(0, 100, 3)
    ]
    assert seen == sorted(seen)


@given(
    st.datetimes(moment("2024-01-02").replace(tzinfo=None), moment("2026-11-01").replace(tzinfo=None)),
    st.integers(1, 80),
    st.integers(0, 60 * 24 * 8),
)
def test_opening_hours_by_the_minute(started: object, quarters: int, after: int) -> None:
    begun = moment(str(started).replace(" ", "T")[:16])
    limit = Limit(Kind.PROMISED, Fraction(quarters, 4), Unit.OPENING_HOUR)
    found = reading(Clock(limit, begun), CALENDAR, begun + timedelta(minutes=after), HALL)
    assert found.used + found.left == found.number
    assert found.due_at is not None
    minutes, at = quarters * 15, begun
    while minutes:
        minutes -= HALL.is_open(at, CALENDAR)
        at += timedelta(minutes=1)
    assert found.due_at == at
