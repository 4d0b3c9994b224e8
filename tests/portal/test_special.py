"""Cases out of their common course: halted, lengthened, a hearing, declined, revoked, reopened; and one's own days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.portal import ics
from tests.cases.given import HOUR, MONDAY, go, submit
from tests.cases.test_whole_life import act, field_of, under_review
from tests.cast import HALL, Cast
from tests.portal.conftest import SetClock
from tests.portal.given import Visitor

DAY = timedelta(days=1)


@pytest.fixture
def hotel(cast: Cast, time: SetClock) -> str:
    return submit(cast.applicant, item="ZA14", site=HALL)


def both(cast: Cast, number: str) -> tuple[str, str]:
    """Return the case's page in Chinese and in English."""
    one, other = Visitor(cast.applicant), Visitor(cast.applicant, language="en")
    return one.get(f"/cases/{number}"), other.get(f"/cases/{number}")


def test_a_paused_case_says_why_until_when_and_what_is_left(cast: Cast, hotel: str, time: SetClock) -> None:
    under_review(hotel, cast)
    act(
        "pause", hotel, cast.examiner, MONDAY + 2 * DAY,
        reason="appraisal", expected_on=date(2026, 11, 30), remark="委托鉴定机构鉴定",
    )  # fmt: skip
    time(MONDAY + 4 * DAY)
    chinese, english = both(cast, hotel)
    assert "鉴定，从" in chinese
    assert "委托鉴定机构鉴定" in chinese
    assert "11月30日（周一）" in chinese
    assert "明天恢复的话，到" in chinese
    assert "法定期限还剩" in chinese
    assert ">停<" in chinese
    assert "if it runs again tomorrow" in english
    act("resume", hotel, cast.examiner, MONDAY + 7 * DAY)
    time(MONDAY + 8 * DAY)
    assert "暂停：鉴定" in both(cast, hotel)[0]  # the days that stood still stay explained


def test_an_extension_says_by_whom_how_long_and_why(cast: Cast, hotel: str, time: SetClock) -> None:
    under_review(hotel, cast)
    act("extend", hotel, cast.head, MONDAY + 2 * DAY, limit_number=10, remark="需要进一步核实")
    time(MONDAY + 3 * DAY)
    chinese, english = both(cast, hotel)
    assert "10 个工作日" in chinese
    assert "只能延长一次" in chinese
    assert "需要进一步核实" in chinese
    assert "本行政机关负责人" in chinese
    assert "10 working days" in english


def test_a_hearing_says_how_and_by_when_and_stands_among_the_days(cast: Cast, hotel: str, time: SetClock) -> None:
    under_review(hotel, cast)
    act("offer_hearing", hotel, cast.examiner, MONDAY + 2 * HOUR, remark="涉及周边住户")
    time(MONDAY + 3 * HOUR)
    chinese, _ = both(cast, hotel)
    assert "您可以要求听证，最晚" in chinese
    assert "11月23日（周一）" in chinese
    assert "怎么要求" in chinese
    assert "您不用做什么" not in chinese
    time(MONDAY + 8 * DAY)
    assert "怎么要求" not in both(cast, hotel)[0]  # its day is over
    time(MONDAY + 3 * HOUR)
    assert "要求听证最后一天" in Visitor(cast.applicant).get("/my/deadlines")


def test_declining_names_ground_office_and_remedies(cast: Cast, hotel: str, time: SetClock) -> None:
    act(
        "decline", hotel, cast.clerk, MONDAY + HOUR,
        ground="not_ours", office="140100-market", remark="应向市场监督管理部门申请",
    )  # fmt: skip
    time(MONDAY + 2 * HOUR)
    chinese, english = both(cast, hotel)
    assert "应当找：" in chinese
    assert "应向市场监督管理部门申请" in chinese
    assert "行政复议法第20条" in chinese
    assert "1月15日（周五" in chinese  # sixty days from 16 November
    assert "5月17日（周一" in chinese  # six months: 16 May 2027 is a Sunday
    assert "The right office:" in english


def test_a_refusal_runs_from_its_delivery(cast: Cast, applicant: Visitor, time: SetClock) -> None:
    number = submit(cast.applicant)
    go(number, cast, "accept", "check", "review", "refuse")
    time(MONDAY + 5 * HOUR)
    assert "行政复议" not in applicant.get("/my/deadlines")
    go(number, cast, "deliver", start=MONDAY + 5 * HOUR)
    time(MONDAY + 7 * HOUR)
    assert "申请行政复议最后一天" in applicant.get("/my/deadlines")
    assert "最晚 " in applicant.get(f"/cases/{number}")


def test_revoked_and_reopened_give_their_grounds(cast: Cast, applicant: Visitor, time: SetClock) -> None:
    one, other = submit(cast.applicant, item="ZA14", site=HALL), submit(cast.applicant, item="ZA14", site=HALL)
    for number in (one, other):
        under_review(number, cast)
        act("approve", number, cast.head, MONDAY + 3 * HOUR)
    act("revoke", one, cast.head, MONDAY + 4 * HOUR, ground="unqualified", remark="房屋不符合条件")
    act("reopen", other, cast.head, MONDAY + 4 * HOUR, ground="review", remark="某复决字〔2026〕1号")
    time(MONDAY + 5 * HOUR)
    page = applicant.get(f"/cases/{one}")
    assert "撤销了原来的准予" in page
    assert "房屋不符合条件" in page
    assert "决定准予" not in page
    assert "行政诉讼法第46条" in page
    page = applicant.get(f"/cases/{other}")
    assert "行政复议之后" in page
    assert "某复决字〔2026〕1号" in page


class TestCalendarFile:
    @pytest.fixture
    def sent_back(self, cast: Cast, hotel: str, time: SetClock) -> str:
        act("send_back", hotel, cast.clerk, MONDAY + HOUR, faults=[field_of(hotel)], until_on=date(2026, 12, 1))
        time(MONDAY + 2 * HOUR)
        return hotel

    def test_days_are_dates_with_a_stable_name_and_nobodys_data(
        self, cast: Cast, applicant: Visitor, sent_back: str
    ) -> None:
        assert "补正最后一天" in applicant.get("/my/deadlines")
        response = applicant.client.get("/my/deadlines.ics")
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        text = response.content.decode()
        unfolded = text.replace("\r\n ", "")
        assert "DTSTART;VALUE=DATE:20261201\r\n" in text
        assert "DTEND;VALUE=DATE:20261202\r\n" in text
        assert f"UID:{sent_back}-correction@onewindow\r\n" in text
        assert "DTSTAMP:20261116T040000Z\r\n" in text
        assert "SUMMARY:补正最后一天：" in unfolded
        assert f"/cases/{sent_back}/correct\r\n" in unfolded
        assert "李强" not in text
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        assert text.endswith("END:VCALENDAR\r\n")
        assert applicant.client.get(f"/cases/{sent_back}/deadlines.ics").content == response.content

    def test_another_ones_days_are_as_missing_as_none(self, outsider: Visitor, sent_back: str) -> None:
        assert outsider.client.get(f"/cases/{sent_back}/deadlines.ics").status_code == 404
        assert sent_back not in outsider.client.get("/my/deadlines.ics").content.decode()
        assert "现在没有轮到您的日子" in outsider.get("/my/deadlines")

    def test_the_queries_do_not_grow_with_the_cases(self, cast: Cast, applicant: Visitor, sent_back: str) -> None:
        def asked() -> int:
            applicant.get("/my/deadlines")
            with CaptureQueriesContext(connection) as found:
                applicant.get("/my/deadlines")
            return len(found)

        assert asked() == 6
        submit(cast.applicant)
        assert asked() == 6


def test_lines_are_folded_between_signs_and_text_is_escaped() -> None:
    line = "SUMMARY:" + "补正，" * 40
    folded = ics.folded(line)
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == line
    assert ics.folded("x" * 75) == "x" * 75
    assert ics.escaped("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne"
