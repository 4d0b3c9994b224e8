"""Sent twice, or sent from a page that time has passed by: one case, and nobody is left in the dark (重复提交)."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Meet
from tests.journeys.given import NUMBER, Person, Way

pytestmark = pytest.mark.browser

CHINESE = Way("zh-CN", 1440)
WITHOUT_SCRIPTS = Way("zh-CN", 390, javascript=False)


@pytest.fixture
def person(meet: Meet, photo: Path) -> Person:
    """李强, about to hand in: everything is filled in and confirmed."""
    person = meet(CHINESE, "李强")
    person.come_to_check(photo)
    return person


def own_cases(person: Person) -> set[str]:
    """Return the numbers on the person's own page."""
    person.page.goto("/cases")
    return set(NUMBER.findall(person.text()))


def in_tab(person: Person, page: Page) -> Person:
    return Person(page, person.way)


def test_a_double_click_makes_one_case(person: Person) -> None:
    person.submit().dblclick(no_wait_after=True)
    number = person.receipt()
    assert own_cases(person) == {number}
    assert "还没提交的" not in person.text()


def test_a_form_that_a_script_sends_twice_makes_one_case(person: Person) -> None:
    posts: list[str] = []
    person.page.on("request", lambda request: posts.append(request.method))
    person.submit().evaluate("button => { button.form.requestSubmit(); button.form.requestSubmit() }")
    number = person.receipt()
    # Chromium drops the first answer and waits for the second; the server got one form or both.
    assert posts.count("POST") >= 1
    assert own_cases(person) == {number}


def test_the_same_form_from_two_tabs_makes_one_case(person: Person) -> None:
    page = person.page.context.new_page()
    page.goto(person.page.url)
    other = in_tab(person, page)
    other.page.get_by_role("checkbox").check()
    person.submit().click()
    number = person.receipt()
    other.submit().click()
    assert other.receipt() == number
    assert own_cases(person) == {number}


@pytest.mark.parametrize("way", [CHINESE, WITHOUT_SCRIPTS], ids=str)
def test_going_back_and_sending_again_makes_one_case(meet: Meet, photo: Path, way: Way) -> None:
    person = meet(way, "李强")
    person.come_to_check(photo)
    person.submit().click()
    number = person.receipt()
    person.page.go_back()
    expect(person.page.get_by_role("heading", level=1)).to_be_visible()
    if person.submit().count():  # the browser kept the page; else it asked, and was led to the receipt
        person.page.get_by_role("checkbox").check()
        person.submit().click()
    assert person.receipt() == number
    person.page.reload()
    assert person.receipt() == number
    assert own_cases(person) == {number}


def test_a_lost_answer_and_a_second_try_make_one_case(person: Person) -> None:
    address = person.page.url
    lost: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.fetch(max_redirects=0).status)  # the server has it, and the line is cut
        route.abort("connectionreset")

    person.page.route("**/check", lose)
    kept = person.page.context.new_page()  # the form as it stood before: what a reader still has on the screen
    kept.goto(address)
    kept.get_by_role("checkbox").check()
    with person.page.expect_event("requestfailed"):
        person.submit().click(no_wait_after=True)
    assert lost == [303]
    again = in_tab(person, kept)
    again.submit().click()
    number = again.receipt()
    person.page.goto(address)
    assert person.receipt() == number
    assert own_cases(again) == {number}


def test_two_tabs_of_one_draft_do_not_write_over_each_other(meet: Meet) -> None:
    one = meet(CHINESE, "李强")
    one.begin()
    page = one.page.context.new_page()
    page.goto(one.page.url)
    other = in_tab(one, page)
    one.fill_in()
    other.page.get_by_role("textbox", name="号牌号码").fill("晋B·99999")
    other.button("先存着，以后再填", "Save for later").click()
    other.sees("这份草稿在别的页面里刚改过", "")
    expect(other.page.get_by_role("textbox", name="号牌号码")).to_have_value("晋B·99999")
    other.link("不要这一页的，看另一页存的", "").click()
    expect(other.page.get_by_role("textbox", name="号牌号码")).to_have_value("晋A·12345")


def test_a_stale_page_of_the_desk_says_what_happened_since(meet: Meet, number: str) -> None:
    one = meet(CHINESE, "王芳")
    one.page.goto(f"/desk/cases/{number}")
    page = one.page.context.new_page()
    page.goto(one.page.url)
    late = in_tab(one, page)
    one.page.get_by_role("button", name="受理，开始计时").click()
    expect(one.page.get_by_role("status").first).to_contain_text("您办了「受理」")
    late.page.get_by_role("button", name="受理，开始计时").click()
    expect(late.page.get_by_role("alert")).to_be_visible()
    late.sees("您看的时候，又有了这些：", "")
    assert late.page.get_by_role("button", name="受理，开始计时").count() == 0
    expect(late.page.get_by_role("region", name="现在能做").get_by_text("查验 C")).to_be_visible()


def test_a_double_click_at_the_desk_is_one_act(meet: Meet, number: str) -> None:
    clerk = meet(CHINESE, "王芳")
    clerk.page.goto(f"/desk/cases/{number}")
    clerk.page.get_by_role("button", name="受理，开始计时").dblclick(no_wait_after=True)
    expect(clerk.page.get_by_role("status").first).to_contain_text("您办了「受理」")
    history = clerk.page.get_by_role("region", name="现在能做").get_by_role("list").last
    assert history.get_by_role("listitem").count() == 2
