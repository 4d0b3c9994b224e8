"""The acts in a real browser: a correction worked from the keyboard, pages open to everyone in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page

from onewindow.cases import commands, queries
from onewindow.core import clock
from tests.browser import OpenPage, axe_faults, width_faults
from tests.cases.given import HOUR, MONDAY, submit
from tests.cases.test_whole_life import LAW, act
from tests.cast import HALL, ORDER, Cast
from tests.desk.test_browser import press, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(transactional_db: None, house: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 4 * HOUR)
    return house


@pytest.fixture
def hotel(cast: Cast) -> str:
    return submit(cast.applicant, item="ZA14", site=HALL)


def sound(page: Page) -> None:
    """Say that the page is open to everyone; folded acts are unfolded for it."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.removeAttribute('name'))")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert axe_faults(page) == []
    assert width_faults(page) == []


@pytest.mark.looks
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_pages_are_open_to_everyone(cast: Cast, hotel: str, open_page: OpenPage, width: int, language: str) -> None:
    page = signed_in(open_page("/sign-in", width=width, language=language), cast.clerk)
    page.goto(f"/desk/work/{HALL}")
    sound(page)
    page.goto(f"/desk/cases/{hotel}")
    sound(page)
    page.locator("form[action$=send-back] button").last.click()
    page.wait_for_selector(".preview")
    sound(page)
    page.get_by_role("button", name="发出告知书" if language == "zh-CN" else "Send the notice").click()
    page.wait_for_selector(".notice.ok")
    sound(page)
    act("supplement", hotel, cast.applicant, MONDAY + 3 * HOUR, fields={}, papers=_all_papers(hotel))
    under_review_late(hotel, cast)
    page = signed_in(open_page("/sign-in", width=width, language=language), cast.examiner)
    page.goto(f"/desk/work/{ORDER}")
    sound(page)
    page.goto(f"/desk/cases/{hotel}")
    sound(page)


def _all_papers(number: str) -> list[commands.Handed]:
    faults = queries.state_of(queries.entries(number)).open_faults
    return [commands.Handed(fault.key, fault.holder) for fault in faults]


def under_review_late(number: str, cast: Cast) -> None:
    """Accept, review and pause it in the fourth hour."""
    at = MONDAY + 4 * HOUR
    act("accept", number, cast.clerk, at)
    act("review", number, cast.examiner, at, remark="材料齐全")
    act("pause", number, cast.examiner, at, reason="testing", expected_on=date(2026, 12, 1), remark="检测")


def test_a_correction_from_the_keyboard(cast: Cast, hotel: str, open_page: OpenPage) -> None:
    page = signed_in(open_page("/sign-in", javascript=False), cast.clerk)
    page.goto(f"/desk/cases/{hotel}")
    press(page, "b")
    assert page.locator("details.act[open] summary").first.inner_text().startswith("一次性补正告知")
    page.keyboard.press("Tab")  # into the list
    page.keyboard.press("Space")
    for _ in range(60):
        focused = page.locator(":focus")
        if focused.count() and focused.get_attribute("name") == "other:1":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("缺公章")
    page.keyboard.press("Enter")
    page.wait_for_selector(".preview")
    assert "缺公章" in page.locator(".preview").inner_text()
    assert queries.case_for(LAW, hotel).stage == "received"
    page.get_by_role("button", name="发出告知书").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice.ok")
    assert queries.case_for(LAW, hotel).stage == "correction"


def test_a_free_case_is_taken_with_one_key(cast: Cast, hotel: str, open_page: OpenPage) -> None:
    page = signed_in(open_page("/sign-in", javascript=False), cast.clerk)
    page.goto(f"/desk/work/{HALL}")
    press(page, "g")
    page.locator("td", has_text="我的").wait_for()
    assert queries.case_for(LAW, hotel).claimed_by == cast.clerk.id
