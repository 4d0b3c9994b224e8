"""What is one's own: the case at every stage, its clock, its result, the list, messages, who read one's data."""

import re
from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.accounts import commands as accounts
from onewindow.notices import commands as notices
from tests.cases.given import HOUR, MONDAY, go, submit
from tests.cast import Cast
from tests.portal.conftest import SetClock
from tests.portal.given import ASK, Visitor, begun

DAY = timedelta(days=1)


@pytest.fixture
def number(cast: Cast, time: SetClock) -> str:
    return submit(cast.applicant)


def test_a_received_case_says_whose_turn_it_is(applicant: Visitor, number: str) -> None:
    page = applicant.get(f"/cases/{number}")
    assert "轮到您：把车开到" in page
    assert "受理并查验后" in page
    assert "一次说清" in page
    assert "11月23日（周一）" in page  # five working days to be told, by law


def test_an_accepted_case_waits_for_the_check(cast: Cast, applicant: Visitor, number: str, time: SetClock) -> None:
    go(number, cast, "accept")
    time(MONDAY + 2 * HOUR)
    page = applicant.get(f"/cases/{number}")
    assert "轮到您：把车开到" in page
    assert "2 个工作日" in page


def test_the_clock_is_explained_day_by_day(cast: Cast, applicant: Visitor, number: str, time: SetClock) -> None:
    go(number, cast, "accept", "check", "review")
    time(MONDAY + 1 * DAY)
    page = applicant.get(f"/cases/{number}")
    assert '最晚 <span class="nb">11月18日（周三）</span>' in page
    assert "您不用做什么" in page
    assert 'class="days"' in page
    assert "起算当天不算" in page
    assert "演示值，未确认" in page
    english = Visitor(cast.applicant, language="en").get(f"/cases/{number}")
    assert 'Ready by <span class="nb">Wed 18 Nov</span>' in english
    assert "1 working day left" in english


def test_an_overdue_case_wears_its_light(cast: Cast, applicant: Visitor, number: str, time: SetClock) -> None:
    go(number, cast, "accept", "check")
    time(MONDAY + 14 * DAY)
    assert "法定超时" in applicant.get(f"/cases/{number}")
    assert "法定超时" in applicant.get("/cases")


def test_an_approved_case_comes_to_its_end(cast: Cast, applicant: Visitor, number: str, time: SetClock) -> None:
    go(number, cast, "accept", "check", "review", "approve")
    time(MONDAY + 5 * HOUR)
    assert "决定准予，正在制证" in applicant.get(f"/cases/{number}")
    go(number, cast, "make", "deliver", "conclude", start=MONDAY + 5 * HOUR)
    time(MONDAY + 9 * HOUR)
    page = applicant.get(f"/cases/{number}")
    assert "已办好，结果送达了" in page
    assert "窗口领取" in page
    assert "到窗口带来" not in page
    assert "已办结" in page


def test_a_refusal_gives_reasons_and_remedies(cast: Cast, applicant: Visitor, number: str, time: SetClock) -> None:
    go(number, cast, "accept", "check", "review", "refuse")
    time(MONDAY + 5 * HOUR)
    page = applicant.get(f"/cases/{number}")
    assert "决定不予" in page
    assert "违法或事故没有处理完" in page
    assert "有一起违法未处理" in page
    assert "行政复议法第20条" in page
    assert "行政诉讼法第46条" in page
    assert "撤回申请" not in page


def test_withdrawing_is_asked_once_and_ends_the_case(cast: Cast, applicant: Visitor, number: str) -> None:
    assert f"/cases/{number}/withdraw" in applicant.get(f"/cases/{number}")
    applicant.get(f"/cases/{number}/withdraw")
    form = applicant.form("")
    assert applicant.send(f"/cases/{number}/withdraw", form="") == f"/cases/{number}"
    assert "您撤回了这件申请" in applicant.get(f"/cases/{number}")
    assert applicant.post(f"/cases/{number}/withdraw", form).status_code == 303  # sent twice: the same answer
    assert "不能再撤回" in applicant.get(f"/cases/{number}/withdraw")


def test_a_stale_withdrawal_shows_the_latest(cast: Cast, applicant: Visitor, number: str, time: SetClock) -> None:
    applicant.get(f"/cases/{number}/withdraw")
    form = applicant.form("")
    go(number, cast, "accept")
    time(MONDAY + 2 * HOUR)
    response = applicant.post(f"/cases/{number}/withdraw", form)
    assert response.status_code == 409
    assert "已受理" in response.content.decode()


def test_another_ones_case_is_as_missing_as_none(cast: Cast, outsider: Visitor, number: str) -> None:
    for page in ("", "/receipt", "/withdraw", "/papers/1"):
        foreign = outsider.client.get(f"/cases/{number}{page}")
        missing = outsider.client.get(f"/cases/{number[:-1]}9{page}")
        assert (foreign.status_code, missing.status_code) == (404, 404)
    form = {"once": "a-token-of-24-characters", "version": "1"}
    assert outsider.post(f"/cases/{number}/withdraw", form).status_code == 404
    assert number not in outsider.get("/cases")


def test_who_is_not_signed_in_is_asked_to_and_comes_back(nobody: Visitor, number: str) -> None:
    for path in ("/cases", f"/cases/{number}", "/inbox", "/reads"):
        response = nobody.client.get(path)
        assert response.status_code == 302
        assert path.replace("/", "%2F") in response["Location"]


def test_messages_are_listed_and_read(cast: Cast, applicant: Visitor, outsider: Visitor, number: str) -> None:
    notices.tell(person=cast.applicant.person, subject=number, seq=1, act="case.submit", at=MONDAY)
    assert "您的申请收到了" in applicant.get("/inbox")
    assert applicant.send("/inbox", form="") == "/inbox"
    assert "都看过了" not in applicant.get("/inbox")
    assert number not in outsider.get("/inbox")


def test_who_read_my_data(cast: Cast, applicant: Visitor, number: str) -> None:
    assert "还没有人打开过" in applicant.get("/reads")
    accounts.unmask(
        by=cast.clerk, person=cast.applicant.person, what="phone", why="通知本人补签", at=MONDAY, subject=number
    )
    page = applicant.get("/reads")
    assert "通知本人补签" in page
    assert "电话" in page
    assert "被查看 1 次" in applicant.get(f"/cases/{number}")


def test_the_queries_of_each_page_are_counted(
    cast: Cast, applicant: Visitor, nobody: Visitor, number: str, time: SetClock
) -> None:
    go(number, cast, "accept", "check")
    time(MONDAY + 3 * HOUR)
    submit(cast.applicant)
    draft = begun(applicant)
    public = {"/": 4, "/find?q=过户": 1, "/items/": 1, "/items/CG04": 5, "/items/CG04/ask": 2, ASK: 5}
    own = {"/": 9, "/cases": 6, f"/cases/{number}": 11, f"/cases/{number}/receipt": 9, "/inbox": 3, "/reads": 3}
    applying = {f"/apply/{draft}/form": 7, f"/apply/{draft}/papers": 5, f"/apply/{draft}/check": 5}
    assert queries_of(nobody, public) == public
    assert queries_of(applicant, {**own, **applying}) == {**own, **applying}


def queries_of(visitor: Visitor, paths: Iterable[str]) -> dict[str, int]:
    """Return how many queries each page takes, once what never changes is known."""
    found = {}
    for path in paths:
        visitor.get(path)
        with CaptureQueriesContext(connection) as asked:
            visitor.get(path)
        found[path] = len(asked)
    return found


@pytest.mark.parametrize(("item", "site"), [("CG02", "14010002"), ("JG01", "14010002"), ("HZ12", "14010001")])
def test_clocks_of_hours_and_of_the_spot_are_explained(
    cast: Cast, applicant: Visitor, time: SetClock, item: str, site: str
) -> None:
    number = submit(cast.applicant, item=item, site=site)
    acts = ("accept", "check") if item == "CG02" else ("accept",)
    go(number, cast, *acts)
    time(MONDAY + 3 * HOUR)
    for visitor in (applicant, Visitor(cast.applicant, language="en")):
        page = visitor.get(f"/cases/{number}")
        assert 'class="days"' in page
        assert "None" not in page
        assert not re.search(r">[a-z_]+_[a-z]+ <span class=\"tag bring\">", page)  # no key stands where a name belongs
