"""A notice is published while cases run across the year: dates move, each with an entry, and no one becomes late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from onewindow.accounts.rules import System
from onewindow.calendars import commands as calendars
from onewindow.calendars.rules import Light, parse_notice
from onewindow.cases import commands, queries
from onewindow.core import journal
from onewindow.core.clock import SHANGHAI
from tests.cases.given import go, submit
from tests.cast import Cast

# Made up: what the notice for 2027 will say is not known.
REST = """
二、春节：2月5日至11日放假，共7天。
三、清明节：4月5日放假。
四、劳动节：5月1日至3日放假。
五、端午节：6月9日放假。
六、中秋节：9月15日放假。
七、国庆节：10月1日至7日放假。"""
LATER = parse_notice("一、元旦：1月1日（周五）至4日（周一）放假，共4天。" + REST, 2027)
EARLIER = parse_notice("一、元旦：1月1日（周五）放假1天，不调休。1月2日（周六）上班。" + REST, 2027)
RECEIVED = datetime(2026, 12, 29, 9, 0, tzinfo=SHANGHAI)
PUBLISHED = datetime(2026, 12, 30, 15, 0, tzinfo=SHANGHAI)
WORKER = System("worker")


def publish(notice: object, cast: Cast) -> None:
    calendars.propose(notice=notice, by=cast.editor, at=PUBLISHED)  # type: ignore[arg-type]  # a Notice
    calendars.publish(year=2027, by=cast.publisher, at=PUBLISHED)


def redate() -> None:
    after = 0
    while after := commands.redate(after=after, by=WORKER, at=PUBLISHED):
        pass


@pytest.fixture
def running(house: Cast) -> str:
    """A case accepted and checked on 30 December: its two working days end on Monday 4 January, provisionally."""
    number = submit(house.applicant, at=RECEIVED)
    case = go(number, house, "accept", "check", start=RECEIVED + timedelta(days=1))
    assert case.promised_on == date(2027, 1, 4)
    page = queries.case_page_for(house.clerk, number, at=PUBLISHED)
    shown = page.clocks.shown(page.state.stage)
    assert shown is not None
    assert shown.reading.provisional
    return number


def test_a_later_day_is_noted_with_both(house: Cast, running: str) -> None:
    publish(LATER, house)
    redate()
    case = queries.case_for(house.clerk, running)
    assert (case.promised_on, case.statute_on) == (date(2027, 1, 5), date(2027, 1, 6))
    entry = queries.entries(running)[-1]
    facts = journal.facts_of(entry)
    assert entry.act == "case.redate"
    assert facts["before"] == ["2027-01-04", "2027-01-04", "2027-01-05"]
    assert facts["dates"]["promised_on"] == "2027-01-05"
    assert not queries.case_page_for(house.clerk, running, at=PUBLISHED).clocks.promised.reading.provisional  # type: ignore[union-attr]


def test_an_earlier_day_makes_no_one_late(house: Cast, running: str) -> None:
    publish(EARLIER, house)
    redate()
    case = queries.case_for(house.clerk, running)
    assert (case.promised_on, case.told_on, case.due_on) == (date(2027, 1, 2), date(2027, 1, 4), date(2027, 1, 4))
    sunday = datetime(2027, 1, 3, 10, 0, tzinfo=SHANGHAI)
    works = queries.work_list_for(house.clerk, scope="14010002", today=sunday.date())
    assert [row.light for row in works.rows] != [Light.LATE]
    promised = queries.case_page_for(house.clerk, running, at=sunday).clocks.promised
    assert promised is not None
    assert not promised.reading.late


def test_a_second_time_nothing_changes(house: Cast, running: str) -> None:
    publish(LATER, house)
    redate()
    version = queries.case_for(house.clerk, running).version
    redate()
    assert queries.case_for(house.clerk, running).version == version
    assert [found for _, found in queries.replay() if found] == []
