"""A case through its whole life at the desk, by the forms that stand on its page."""

from datetime import timedelta

import pytest

from onewindow.cases import commands, queries
from onewindow.core import journal
from tests.cases.given import HOUR, MONDAY, go, key, settle
from tests.cast import Cast
from tests.desk.conftest import SetClock
from tests.desk.given import Desk


def acts(number: str) -> list[str]:
    return [entry.act.removeprefix("case.") for entry in queries.entries(number)]


def test_from_acceptance_to_the_end(number: str, cast: Cast, clerk: Desk, reviewer: Desk, time: SetClock) -> None:
    time(MONDAY + HOUR)
    assert "已受理" in clerk.act(number, "accept")
    assert "您办了「受理」" in clerk.page
    assert "查验合格后起算" in clerk.page
    time(MONDAY + 2 * HOUR)
    assert "查验合格" in clerk.act(number, "check", passed="yes")
    time(MONDAY + 3 * HOUR)
    assert "材料齐全" in reviewer.act(number, "review", remark="材料齐全，车辆与档案一致")
    assert "已决定准予" in reviewer.act(number, "approve")
    assert "费用还没有缴清" in reviewer.page  # the result waits for its fee
    settle(number, cast.clerk, MONDAY + 4 * HOUR)
    reviewer.get(f"/desk/cases/{number}")
    assert "证件已制好" in reviewer.act(number, "make")
    assert "窗口领取" in clerk.act(number, "deliver", way="counter", receipt="李强")
    assert "已办结，结果是准予" in clerk.act(number, "conclude")
    assert acts(number) == ["submit", "accept", "check", "review", "approve", "make", "deliver", "conclude"]
    assert list(journal.verify()) == []


def test_refused_with_its_grounds(number: str, cast: Cast, clerk: Desk, reviewer: Desk, time: SetClock) -> None:
    go(number, cast, "accept", "check", "review")
    time(MONDAY + 4 * HOUR)
    page = reviewer.get(f"/desk/cases/{number}")
    assert "机动车登记规定 第25条" in page
    told = reviewer.act(number, "refuse", reasons=["unsettled"], remark="有一起违法未处理")
    assert "已决定不予" in told
    assert "有一起违法未处理" in told
    assert "决定是不予，没有证件要制。" in told
    assert "已办结，结果是不予" in clerk.act(number, "deliver", way="post", receipt="EX123456789CN") + clerk.act(
        number, "conclude"
    )
    assert acts(number)[-3:] == ["refuse", "deliver", "conclude"]


def test_a_refusal_needs_a_ground(number: str, cast: Cast, reviewer: Desk, time: SetClock) -> None:
    go(number, cast, "accept", "check", "review")
    time(MONDAY + 4 * HOUR)
    page = reviewer.act(number, "refuse", 422, remark="说不清")
    assert "还没有选" in page
    assert reviewer.form(f"/desk/cases/{number}/refuse")["remark"] == "说不清"
    assert acts(number)[-1] == "review"


def test_a_check_that_was_not_passed_says_why_and_can_be_held_again(
    number: str, cast: Cast, clerk: Desk, time: SetClock
) -> None:
    go(number, cast, "accept")
    time(MONDAY + 2 * HOUR)
    assert "请写明理由" in clerk.act(number, "check", 422, passed="no")
    assert "灯光不合格" in clerk.act(number, "check", passed="no", remark="灯光不合格")
    assert "查验不合格" in clerk.page
    time(MONDAY + 3 * HOUR)
    assert "查验合格" in clerk.act(number, "check", passed="yes", held_at="2026-11-16T12:30")
    assert queries.case_for(cast.clerk, number).checked_at == MONDAY + timedelta(hours=2, minutes=30)


def test_a_check_lies_between_receipt_and_now(number: str, cast: Cast, clerk: Desk, time: SetClock) -> None:
    go(number, cast, "accept")
    time(MONDAY + 2 * HOUR)
    for held_at in ("2026-11-16T09:59", "2026-11-16T12:01"):
        assert "不能早于收件" in clerk.act(number, "check", 422, passed="yes", held_at=held_at)
    assert acts(number) == ["submit", "accept"]


def test_a_check_in_the_minute_of_the_receipt(cast: Cast, clerk: Desk, number: str, time: SetClock) -> None:
    """The page shows minutes; the instant that it means is the one at which it was made."""
    time(MONDAY + timedelta(seconds=20))
    clerk.get(f"/desk/cases/{number}")
    time(MONDAY + timedelta(seconds=40))
    clerk.send(f"/desk/cases/{number}/check", passed="yes")
    assert queries.case_for(cast.clerk, number).checked_at == MONDAY + timedelta(seconds=20)


@pytest.mark.parametrize("act", ["make", "deliver", "conclude"])
def test_what_the_stage_does_not_allow_is_not_offered(number: str, clerk: Desk, act: str) -> None:
    page = clerk.get(f"/desk/cases/{number}")
    assert f"/desk/cases/{number}/{act}" not in page
    assert "现在不能做，因为" in page
    assert "办件现在是「已收件」，不能办这些。" in page


def test_an_act_that_the_stage_does_not_allow_is_refused(number: str, clerk: Desk) -> None:
    clerk.get(f"/desk/cases/{number}")
    accept = clerk.form(f"/desk/cases/{number}/accept")
    answer = clerk.client.post(f"/desk/cases/{number}/conclude", accept)
    assert answer.status_code == 422
    assert "办件现在是「已收件」，不能「办结」。" in answer.content.decode()
    assert acts(number) == ["submit"]


def test_a_duty_that_is_not_held_makes_the_address_missing(number: str, clerk: Desk, reviewer: Desk) -> None:
    clerk.get(f"/desk/cases/{number}")
    accept = clerk.form(f"/desk/cases/{number}/accept")
    assert reviewer.client.post(f"/desk/cases/{number}/accept", accept).status_code == 404
    assert "不是您这个岗位的事。" in reviewer.get(f"/desk/cases/{number}")


def test_sent_twice_is_done_once(number: str, clerk: Desk, time: SetClock) -> None:
    clerk.get(f"/desk/cases/{number}")
    sent = clerk.form(f"/desk/cases/{number}/accept")
    for minutes in (1, 2):
        time(MONDAY + timedelta(minutes=minutes))
        assert clerk.client.post(f"/desk/cases/{number}/accept", sent).status_code == 303
    assert acts(number) == ["submit", "accept"]


def test_two_clerks_on_one_case(number: str, cast: Cast, clerk: Desk, time: SetClock) -> None:
    clerk.get(f"/desk/cases/{number}")
    time(MONDAY + HOUR)
    Desk(cast.clerk).act(number, "accept")
    page = clerk.send(f"/desk/cases/{number}/accept", 409)
    assert "这件办件刚被别人办了一步" in page
    assert "您看的时候，又有了这些" in page
    assert f'action="/desk/cases/{number}/accept"' not in page
    assert acts(number) == ["submit", "accept"]


def test_a_stale_page_keeps_the_words_and_can_be_sent_again(
    number: str, cast: Cast, clerk: Desk, reviewer: Desk, time: SetClock
) -> None:
    go(number, cast, "accept")
    time(MONDAY + 2 * HOUR)
    reviewer.get(f"/desk/cases/{number}")
    clerk.act(number, "check", passed="yes")
    page = reviewer.send(f"/desk/cases/{number}/review", 409, remark="材料齐全")
    assert "查验合格" in page.split("您看的时候，又有了这些")[1]
    assert acts(number)[-1] == "check"
    assert reviewer.form(f"/desk/cases/{number}/review")["remark"] == "材料齐全"
    reviewer.send(f"/desk/cases/{number}/review")
    assert acts(number)[-1] == "review"


def test_words_that_came_too_late_are_given_back(number: str, cast: Cast, reviewer: Desk, time: SetClock) -> None:
    go(number, cast, "accept")
    time(MONDAY + 3 * HOUR)
    reviewer.get(f"/desk/cases/{number}")
    Desk(cast.reviewer).act(number, "review", remark="先写的")
    assert "<blockquote" in reviewer.send(f"/desk/cases/{number}/review", 409, remark="后写的")
    assert "后写的" in reviewer.page


def test_the_address_of_an_act_opened_by_hand_leads_to_the_case(number: str, clerk: Desk) -> None:
    assert clerk.client.get(f"/desk/cases/{number}/accept").headers["Location"] == f"/desk/cases/{number}"


def test_withdrawn_by_the_applicant(number: str, cast: Cast, clerk: Desk, time: SetClock) -> None:
    commands.withdraw(number=number, by=cast.applicant, at=MONDAY + HOUR, version=1, key=key())
    time(MONDAY + 2 * HOUR)
    page = clerk.get(f"/desk/cases/{number}")
    assert "申请人撤回了，不用再办。" in page
    assert "这件办件现在没有您要做的。" in page
