"""Two hours that begin late on a Friday before a worked Saturday: counted while the site is open (旅程 J6)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from playwright.sync_api import expect

from onewindow.calendars import queries as calendars
from onewindow.calendars.rules import Unit, explanation
from onewindow.cases import queries
from onewindow.core import clock
from onewindow.core.clock import SHANGHAI
from onewindow.look.dates import date_words, short_date_words
from onewindow.places import queries as places
from onewindow.places.models import Site
from tests.cases import given as cases
from tests.cast import LANES, Cast
from tests.journeys.conftest import Meet
from tests.journeys.given import Person, Way

WAYS = [Way("zh-CN", 1440, javascript=True), Way("en", 390, javascript=False)]
FOR_STAFF = 1440
# The notice for 2026: Saturday 10 October is worked for the National Day holiday. The lanes close at 17:30.
FRIDAY, SATURDAY, MONDAY = date(2026, 10, 9), date(2026, 10, 10), date(2026, 10, 12)
NOW = timedelta()
SetClock = Callable[[datetime], None]


def at(day: date, hour: int, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def registered(cast: Cast, moment: datetime) -> str:
    """A taxi whose papers are accepted and whose registration is decided at that moment."""
    number = cases.submit(cast.applicant, item="CG02", at=moment - timedelta(hours=2))
    cases.go(number, cast, "accept", "check", "review", "approve", start=moment, step=NOW)
    return number


def rows_of(number: str, cast: Cast, moment: datetime) -> tuple[datetime | None, list[tuple[date, Any]]]:
    """Return when the two hours end, and how many of them have run at the end of each day."""
    page = queries.case_page_for(cast.clerk, number, at=moment)
    promised = page.clocks.promised
    assert promised is not None
    assert promised.limit.unit is Unit.OPENING_HOUR
    rows = explanation(promised.clock, page.calendar, moment, places.opening(LANES))
    return promised.reading.due_at, [(row.on, row.count) for row in rows]


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """The clock on the wall, for the server of the test too."""

    def turn_to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return turn_to


@pytest.mark.browser
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_both_sides_see_when_it_ends_and_why(meet: Meet, cast: Cast, time: SetClock, way: Way) -> None:
    number = registered(cast, at(FRIDAY, 17, 10))
    time(at(FRIDAY, 17, 20))
    person = meet(way, "李强")
    person.page.goto(f"/cases/{number}")
    part = person.part("时间怎么算的", "How the time is counted")
    due = date_words(SATURDAY, calendars.work_calendar())
    assert "调休上班日" in due.zh
    for zh, en in [
        ("2 个办公小时", "2 opening hours"),
        (f"到 {due.zh}10:10", f"until {due.en}, 10:10"),
        ("120 分钟", "120 min count"),
        ("按办公时间算", "Counted by opening time"),
    ]:
        expect(part).to_contain_text(person.t(zh, en))
    days = part.get_by_role("list").get_by_role("listitem").all_inner_texts()
    assert [minutes_of(person, days, day) for day in (FRIDAY, SATURDAY)] == [20, 100]
    by_law = date_words(MONDAY)  # two working days: the worked Saturday is the first
    expect(part).to_contain_text(person.t(f"到 {by_law.zh}", f"until {by_law.en}"))

    staff = meet(Way(way.language, FOR_STAFF, way.javascript), "何平")
    staff.page.goto(f"/desk/cases/{number}")
    staff.sees(f"承诺最晚 {due.zh}10:10", f"Promised by {due.en}, 10:10")
    staff.sees("还剩 1 办公小时 50 分钟", "1 opening h 50 min left")
    days = staff.page.get_by_role("main").get_by_role("list").get_by_role("listitem").all_inner_texts()
    assert [minutes_of(staff, days, day) for day in (FRIDAY, SATURDAY)] == [20, 100]


def minutes_of(person: Person, days: list[str], day: date) -> int:
    """Read from the day grid how many minutes of the day count."""
    words = person.say(short_date_words(day))
    pattern = person.t(r"算 (\d+) 分钟", r"(\d+) minutes count")
    (found,) = {match[1] for text in days if words in text and (match := re.search(pattern, text))}
    return int(found)


class TestWhereTheSiteOpens:
    """The worked Saturday counts by the hours that this site keeps on it, or not at all."""

    @pytest.fixture
    def cast(self, house: Cast) -> Cast:
        return house

    def test_it_opens_as_on_a_weekday(self, cast: Cast) -> None:
        due_at, rows = rows_of(registered(cast, at(FRIDAY, 17, 10)), cast, at(FRIDAY, 17, 20))
        assert due_at == at(SATURDAY, 10, 10)  # 20 minutes until 17:30, 100 from 8:30
        assert rows == [(FRIDAY, Fraction(1, 3)), (SATURDAY, Fraction(2))]

    def test_a_plain_saturday_has_its_own_hours(self, cast: Cast) -> None:
        friday, saturday = date(2026, 10, 16), date(2026, 10, 17)
        due_at, _ = rows_of(registered(cast, at(friday, 17, 10)), cast, at(friday, 17, 20))
        assert due_at == at(saturday, 10, 40)  # it opens at 9

    def test_a_site_that_stays_shut_on_it(self, cast: Cast) -> None:
        self.keep(dated={SATURDAY.isoformat(): []})
        number = registered(cast, at(FRIDAY, 17, 10))
        due_at, rows = rows_of(number, cast, at(FRIDAY, 17, 20))
        assert due_at == at(MONDAY, 10, 10)
        case = queries.case_for(cast.clerk, number)
        assert case.promised_on == MONDAY
        assert case.statute_on == MONDAY  # by law it is a working day, whoever opens: Saturday is the first of two
        assert rows[-1] == (MONDAY, Fraction(2))
        assert {hours for _, hours in rows[:-1]} == {Fraction(1, 3)}  # neither Saturday nor Sunday adds to Friday's

    def test_shorter_hours_on_it(self, cast: Cast) -> None:
        self.keep(make_up=["09:00-10:00"])
        due_at, _ = rows_of(registered(cast, at(FRIDAY, 17, 10)), cast, at(FRIDAY, 17, 20))
        assert due_at == at(MONDAY, 9, 10)  # 20 minutes, an hour, and 40 minutes from 8:30

    def test_one_minute_after_the_end_it_is_late(self, cast: Cast) -> None:
        number = registered(cast, at(FRIDAY, 17, 10))
        for moment, late in ((at(SATURDAY, 10, 10), False), (at(SATURDAY, 10, 11), True)):
            promised = queries.case_page_for(cast.clerk, number, at=moment).clocks.promised
            assert promised is not None
            assert promised.reading.late is late

    def keep(self, **changes: Any) -> None:
        """Let the lanes keep other hours."""
        site = Site.objects.get(pk=LANES)
        site.hours = {**site.hours, **changes}
        site.save()
