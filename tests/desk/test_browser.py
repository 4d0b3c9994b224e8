"""The desk in a real browser: both languages, wide and narrow, open to everyone, and worked from the keyboard."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page

from onewindow.accounts.doors import SESSION
from onewindow.accounts.rules import Staff, session_word
from onewindow.cases import queries
from onewindow.core import clock
from tests.browser import OpenPage, axe_faults, width_faults
from tests.cases.given import HOUR, MONDAY, go, submit
from tests.cast import LANES, Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(transactional_db: None, house: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 4 * HOUR)
    return house


def signed_in(page: Page, asker: Staff) -> Page:
    """Give the browser a session, as the sign-in does."""
    session = SessionStore()
    session[SESSION] = session_word(asker)
    session.save()
    page.context.add_cookies([{"name": "onewindow", "value": str(session.session_key), "url": page.url}])
    return page


@pytest.mark.looks
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_pages_are_open_to_everyone(cast: Cast, open_page: OpenPage, width: int, language: str) -> None:
    number = submit(cast.applicant)
    go(number, cast, "accept", "check", "review")
    for asker, path in (
        (cast.clerk, f"/desk/work/{LANES}"),
        (cast.clerk, "/desk/find/?number=1"),
        (cast.reviewer, f"/desk/cases/{number}"),
    ):
        page = signed_in(open_page("/sign-in", width=width, language=language), asker)
        page.goto(path)
        assert axe_faults(page) == []
        assert width_faults(page) == []


def test_a_letter_opens_an_act_and_another_carries_it_out(cast: Cast, open_page: OpenPage) -> None:
    number = submit(cast.applicant)
    page = signed_in(open_page("/sign-in"), cast.clerk)
    page.goto(f"/desk/cases/{number}")
    press(page, "c")
    assert page.locator("details.act[open] summary").inner_text().startswith("现场查验")
    press(page, "a")
    page.wait_for_selector(".notice.ok")
    assert queries.case_for(cast.clerk, number).stage == "accepted"


def press(page: Page, letter: str) -> None:
    """Press an access key as a keyboard does; the driver's own keys do not reach the browser's menu."""
    keyboard = page.context.new_cdp_session(page)
    key = {"modifiers": 1, "key": letter, "unmodifiedText": letter}
    code = {"code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper())}
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key, **code})
    keyboard.send("Input.dispatchKeyEvent", {"type": "char", "text": letter, **key})


def test_without_scripts_a_case_is_decided_in_english(cast: Cast, open_page: OpenPage) -> None:
    number = submit(cast.applicant)
    go(number, cast, "accept", "check", "review")
    page = signed_in(open_page("/sign-in", width=390, language="en", javascript=False), cast.reviewer)
    page.goto(f"/desk/cases/{number}")
    with page.expect_navigation():
        page.get_by_role("button", name="Approve").click()
    assert "You took the step" in page.inner_text("main")
    assert queries.case_for(cast.reviewer, number).outcome == "approved"
