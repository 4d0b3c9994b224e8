"""The main job, from the word that one searches for to a checked result (旅程 J1)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from onewindow.accounts import queries as accounts
from onewindow.calendars import queries as calendars
from onewindow.calendars import rules as clocks
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from onewindow.core import clock
from onewindow.look.dates import date_words, short_date_words
from tests.cases import given as cases
from tests.cases.given import ANSWERS, settle
from tests.cast import Cast
from tests.journeys.conftest import Meet
from tests.journeys.given import LANES, Person, Way, do_jobs

pytestmark = pytest.mark.browser

WAYS = [Way("zh-CN", 1440, javascript=True), Way("en", 390, javascript=False)]
FOR_STAFF = 1440
MINUTES = timedelta(minutes=10)
FACTS = "2026 年 9 月 3 日闯红灯一起未处理"


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_from_the_search_word_to_the_result(meet: Meet, cast: Cast, photo: Path, way: Way) -> None:
    resident, staff = meet(way), Way(way.language, FOR_STAFF, way.javascript)
    number = apply(resident, photo)

    accept_and_check(clerk := meet(staff, "王芳"), number)
    refused = cases.submit(cast.second, at=clock.now() - MINUTES)
    cases.go(refused, cast, "accept", "check", start=clock.now(), step=timedelta())
    do_jobs()
    sees_the_clock(resident, number)

    decide(reviewer := meet(staff, "何平"), number, refused)
    deliver(clerk, number, refused)
    do_jobs()
    sees_the_result(resident, number)
    sees_the_refusal(meet(way, "刘洋"), refused)
    assert not open_acts(reviewer, number)


def apply(person: Person, photo: Path) -> str:
    """Find the item, answer its questions, sign in, fill in, check and hand in; return the number."""
    find(person)
    person.answer_all()
    first_answer(person)
    person.link("登录后开始", "Sign in and start").click()
    person.sign_in("李强")
    first_answer(person)
    person.button("开始填表", "Start the form").click()
    expect(person.page.get_by_label(person.t("证件号码", "ID number"), exact=True)).to_have_value("1499************18")
    person.fill_in()
    person.hand_papers(photo)
    check(person)
    person.submit().click()
    return sees_the_receipt(person)


def find(person: Person) -> None:
    person.page.goto("/")
    person.heading("您想办什么事？", "What do you want to do?")
    person.page.get_by_role("searchbox", name=person.t("用平常话说要办的事", "Say it in everyday words")).fill("过户")
    person.button("查一查", "Search").click()
    person.heading("找「过户」", "Results for “过户”")
    person.link("机动车转让登记（二手车，跨辖区）", "Transfer of registration across districts").click()
    person.heading("机动车转让登记（二手车，跨辖区）", "Transfer of registration across districts")
    person.sees("机动车登记规定", "Motor Vehicle Registration Rules")
    person.link("开始办理", "Start").click()


def first_answer(person: Person) -> None:
    person.heading(
        "材料网上交，车开来查验一次，查验后 2 个工作日办好。",
        "Papers on line, one visit for the vehicle check, 2 working days after the check.",
    )
    due = date_words(due_of(promised(), clock.now()), calendars.work_calendar())
    person.sees(f"最晚 {due.zh}办好", f"it is ready by {due.en}")
    papers = person.part("要交的材料", "Papers to hand in")
    for zh, en in [("机动车登记证书", "Registration certificate"), ("原号牌（交回）", "Old plates, handed back")]:
        person.sees(zh, en, inside=papers)


def check(person: Person) -> None:
    """Everything that was given stands there once more; without the statement nothing is handed in."""
    text = person.text()
    for given in ("晋A·12345", "LSVAA4187E2123456", "140012345678"):
        assert given in text
    assert "149900198805129018" not in text
    person.submit().click()
    person.sees("提交前请确认这一条", "Please confirm before handing in")
    person.page.get_by_role("checkbox").check()


def sees_the_receipt(person: Person) -> str:
    number = person.receipt()
    told = due_of(limit_of(clocks.Kind.TELL), clock.now())
    tell_on = date_words(told, calendars.work_calendar())
    assert number.startswith(f"{LANES}-{clock.day_of(clock.now()):%Y%m%d}-")
    receipt = person.part("收件凭证", "Receipt")
    person.sees(tell_on.zh, tell_on.en, inside=receipt)
    person.sees(short_date_words(clock.day_of(clock.now())).zh, short_date_words(clock.day_of(clock.now())).en)
    person.sees("李*强" if "李*强" in person.text() else "李*", "李*", inside=receipt)
    person.sees("受理并查验后 2 个工作日", "2 working days after acceptance and the vehicle check", inside=receipt)
    return number


# The office


def act_of(clerk: Person, number: str, zh: str, en: str) -> None:
    """Press an act's button on the page of a case and see that it is done."""
    if number not in clerk.page.url:
        clerk.page.goto(f"/desk/cases/{number}")
    clerk.page.get_by_role("button", name=clerk.t(zh, en)).click()
    expect(clerk.page.get_by_role("status").first).to_contain_text(clerk.t("您办了", "You took the step"))


def unfold(clerk: Person, zh: str, en: str) -> None:
    """Open an act's form unless it stands open."""
    summary = clerk.page.locator("summary").filter(has_text=re.compile(rf"^\s*{clerk.t(zh, en)}\s"))
    if not summary.locator("xpath=..").evaluate("act => act.open"):
        summary.click()


def accept_and_check(clerk: Person, number: str) -> None:
    assert clerk.t("今天", "Today") in clerk.text()
    clerk.page.goto(f"/desk/work/{LANES}")
    with clerk.page.expect_navigation():
        clerk.page.get_by_role("link", name=number).click()
    assert "李强" not in clerk.text()
    assert "149900198805129018" not in clerk.text()
    act_of(clerk, number, "受理，开始计时", "Accept and start the clock")
    clerk.page.get_by_role("radio", name=clerk.t("合格", "Passed"), exact=True).check()
    act_of(clerk, number, "登记查验", "Enter the check")
    assert not open_acts(clerk, number)


def pay(number: str) -> None:
    """The result waits for its fee: the clerk takes it."""
    at = clock.now()
    settle(number, accounts.staff_asker(accounts.staff_id("wang.fang"), clock.day_of(at)), at)


def decide(reviewer: Person, number: str, refused: str) -> None:
    for each in (number, refused):
        reviewer.page.goto(f"/desk/cases/{each}")
        reviewer.page.get_by_role("textbox", name=reviewer.t("审查意见", "Opinion")).fill("已核对登记系统和违法系统")
        act_of(reviewer, each, "写入审查意见", "Enter the opinion")
    reviewer.page.goto(f"/desk/cases/{refused}")
    refuse(reviewer, refused)
    reviewer.page.goto(f"/desk/cases/{number}")
    unfold(reviewer, "准予", "Approve")
    act_of(reviewer, number, "准予", "Approve")
    pay(number)
    reviewer.page.goto(f"/desk/cases/{number}")
    act_of(reviewer, number, "证件已制好", "The certificate is made")


def refuse(reviewer: Person, number: str) -> None:
    unfold(reviewer, "不予", "Refuse")
    ground = reviewer.t("违法或事故没有处理完", "Open violations or accidents")
    reviewer.page.get_by_role("checkbox", name=ground).check()
    reviewer.page.get_by_role("textbox", name=reviewer.t("说明这件办件里的事实", "The facts in this case")).fill(FACTS)
    act_of(reviewer, number, "不予，并告知救济途径", "Refuse, and tell the ways of review")


SIGNED = ("签收人，或邮件号", "Who signed for it, or the parcel's number")


def deliver(clerk: Person, number: str, refused: str) -> None:
    counter, post = ("窗口领取，已核对本人", "At the counter, identity checked"), ("邮寄，已交邮", "By post, handed in")
    for each, way in ((number, counter), (refused, post)):
        clerk.page.goto(f"/desk/cases/{each}")
        clerk.page.get_by_role("radio", name=clerk.t(*way), exact=True).check()
        clerk.page.get_by_role("textbox", name=clerk.t(*SIGNED)).fill("李强" if way is counter else "XA123456789CN")
        act_of(clerk, each, "登记送达", "Enter the delivery")
        act_of(clerk, each, "办结", "Conclude")


def open_acts(person: Person, number: str) -> bool:
    """Say whether the desk offers this person anything to do on the case."""
    person.page.goto(f"/desk/cases/{number}")
    return "这件办件现在没有您要做的" not in person.text() and "Nothing on this case is for you" not in person.text()


# The result


def sees_the_clock(person: Person, number: str) -> None:
    """Both clocks count from today's acceptance and check: each day has its row, and the last one is the due day."""
    person.page.goto(f"/cases/{number}")
    calendar, at = calendars.work_calendar(), clock.now()
    due_on, by_law = due_of(promised(), at), due_of(limit_of(clocks.Kind.STATUTORY), at)
    due = date_words(due_on, calendar)
    person.sees(f"最晚 {due.zh}办好", f"Ready by {due.en}")
    rows = clocks.explanation(clocks.Clock(promised(), at), calendar, at)
    assert rows[-1].on == due_on
    assert [row.on.toordinal() for row in rows] == list(range(rows[0].on.toordinal(), due_on.toordinal() + 1))
    clock_part = person.part("时间怎么算的", "How the time is counted")
    days = clock_part.get_by_role("list").get_by_role("listitem").all_inner_texts()
    for row in rows:
        (cell,) = (day for day in days if day_words(person, row.on) in day)
        number_of_day = person.t(f"第 {row.count} 天", f"day {row.count}")
        assert (number_of_day in cell) == row.counted
    assert any(
        person.t("承诺最后一天", "last promised day") in day and day_words(person, due_on) in day for day in days
    )
    assert any(person.t("法定最后一天", "last day by law") in day and day_words(person, by_law) in day for day in days)
    table = clock_part.get_by_role("table")
    for zh, en in [("起算当天不算", "The starting day does not count"), ("工作日", "Working day")]:
        person.sees(zh, en, inside=table)


def day_words(person: Person, on: date) -> str:
    return person.say(short_date_words(on))


def sees_the_result(person: Person, number: str) -> None:
    person.page.goto("/inbox")
    person.sees(f"办件 {number} 已办结。", f"Case {number} is closed.")
    person.page.goto(f"/cases/{number}")
    result = person.part("结果", "Result")
    person.sees("决定准予", "approved the application", inside=result)
    person.sees("机动车行驶证", "Vehicle licence", inside=result)
    history = person.part("经过", "What happened")
    for zh, en in [
        ("提交申请", "Handed in"),
        ("受理", "Accepted"),
        ("现场查验", "Check on the spot"),
        ("审查", "Reviewed"),
        ("决定：准予", "Decided: approved"),
        ("证件做好", "Document made"),
        ("送达", "Delivered"),
        ("办结", "Concluded"),
    ]:
        expect(history.get_by_text(person.t(zh, en), exact=True)).to_be_visible()
    today = short_date_words(clock.day_of(clock.now()))
    person.sees(today.zh, today.en, inside=history)


def sees_the_refusal(person: Person, number: str) -> None:
    person.page.goto(f"/cases/{number}")
    result = person.part("结果", "Result")
    reasons = [
        ("决定不予办理", "refused the application"),
        ("违法或事故没有处理完", "Open violations or accidents"),
        (FACTS, FACTS),
    ]
    for zh, en in reasons:
        person.sees(zh, en, inside=result)
    ways = person.part("不同意怎么办", "If you disagree")
    remedies = [
        ("行政复议", "Administrative review"),
        ("60 日内", "Within 60 days"),
        ("行政诉讼", "Lawsuit"),
        ("6 个月内", "Within 6 months"),
    ]
    for zh, en in remedies:
        person.sees(zh, en, inside=ways)
    person.sees("邮寄", "sent by post", inside=person.part("经过", "What happened"))


# What the law and the catalogue say today


def limit_of(kind: clocks.Kind) -> clocks.Limit:
    found = items.limits(catalogue.item("CG04", catalogue.current_edition()), ANSWERS)
    (limit,) = (limit for limit in found if limit.kind is kind)
    return limit


def promised() -> clocks.Limit:
    return limit_of(clocks.Kind.PROMISED)


def due_of(limit: clocks.Limit, at: datetime) -> date:
    due_on = clocks.reading(clocks.Clock(limit, at), calendars.work_calendar(), at).due_on
    assert due_on is not None
    return due_on
