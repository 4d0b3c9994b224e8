"""The portal in a real browser: both languages, wide, narrow and large, open to everyone; from the keyboard alone."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page, expect

from onewindow.accounts.doors import SESSION
from onewindow.accounts.rules import Resident, session_word
from onewindow.cases import commands
from onewindow.core import clock
from tests.browser import OpenPage, axe_faults, width_faults
from tests.cases.given import ANSWERS, HOUR, MONDAY, go, submit
from tests.cast import Cast
from tests.portal.given import ASK

pytestmark = pytest.mark.browser
SIXTY_KB = 60_000


@pytest.fixture
def cast(transactional_db: None, house: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 9 * HOUR)
    return house


def signed_in(page: Page, asker: Resident) -> Page:
    """Give the browser a session, as the sign-in does."""
    session = SessionStore()
    session[SESSION] = session_word(asker)
    session.save()
    page.context.add_cookies([{"name": "onewindow", "value": str(session.session_key), "url": page.url}])
    return page


def pages_of(cast: Cast) -> list[str]:
    """Return the address of each kind of page, with cases behind them that are under way and at their end."""
    running, refused = submit(cast.applicant), submit(cast.applicant)
    go(running, cast, "accept", "check", "review")
    go(refused, cast, "accept", "check", "review", "refuse")
    draft = commands.begin(by=cast.applicant, item="CG04", answers=ANSWERS, at=clock.now()).number
    own = [f"/cases/{running}", f"/cases/{refused}", f"/cases/{running}/receipt", f"/cases/{running}/withdraw"]
    applying = [f"/apply/{draft}/{page}" for page in ("form", "papers", "check", "discard")]
    public = ["/", "/find?q=过户", "/find?q=zzzz", "/items/", "/items/CG04", "/items/CG01", "/items/CG04/ask", ASK]
    return [*public, *applying, *own, "/cases", "/inbox", "/reads", "/sign-in", "/accessibility", "/styleguide"]


@pytest.mark.looks
@pytest.mark.parametrize(("width", "language", "elder"), [(1440, "zh-CN", ""), (390, "en", ""), (390, "zh-CN", "1")])
def test_pages_are_open_to_everyone(cast: Cast, open_page: OpenPage, width: int, language: str, elder: str) -> None:
    page = signed_in(open_page("/sign-in", width=width, language=language), cast.applicant)
    if elder:
        page.context.add_cookies([{"name": "elder", "value": elder, "url": page.url}])
    for path in pages_of(cast):
        response = page.goto(path)
        assert response is not None
        assert (path, response.status) == (path, 200)
        assert len(response.body()) < SIXTY_KB, path
        assert (path, axe_faults(page), width_faults(page)) == (path, [], [])


def test_a_question_is_answered_from_the_keyboard(cast: Cast, open_page: OpenPage) -> None:
    page = open_page("/items/CG04/ask")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("main input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**vehicle_class=small_car**")


def test_a_fault_is_reached_by_its_link(cast: Cast, open_page: OpenPage) -> None:
    page = signed_in(open_page("/sign-in"), cast.applicant)
    draft = commands.begin(by=cast.applicant, item="CG04", answers=ANSWERS, at=clock.now()).number
    page.goto(f"/apply/{draft}/form")
    page.get_by_role("button", name="存好，下一步交材料").click()
    page.get_by_role("link", name="车辆识别代号：还没有填").click()
    expect(page.locator("[name='vehicle.vin']")).to_be_focused()
