"""The board in a real browser: both languages, wide and narrow, open to everyone, and without scripts."""

from datetime import timedelta

import pytest

from onewindow.cases import queries
from onewindow.core import clock, jobs
from tests.board.given import LATER, lights
from tests.browser import OpenPage, axe_faults, width_faults
from tests.cases.given import MONDAY, submit
from tests.cast import Cast
from tests.desk.test_browser import signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(transactional_db: None, house: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    queries.forget()
    lights(house)
    for place in range(3):
        submit(house.applicant, at=MONDAY + timedelta(days=27, minutes=place))
    jobs.put(kind="cases.letter", payload={"subject": "14010002-20261116-00001", "seq": 1}, run_at=MONDAY)
    jobs.Job.objects.filter(kind="cases.letter").update(attempts=jobs.MAX_ATTEMPTS, dead_at=MONDAY, error="NoFont")
    return house


@pytest.mark.looks
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_pages_are_open_to_everyone(cast: Cast, open_page: OpenPage, width: int, language: str) -> None:
    page = signed_in(open_page("/sign-in", width=width, language=language), cast.supervisor)
    for path in (
        "/board/",
        "/board/places/140100",
        "/board/cases",
        "/board/overdue",
        "/board/waits/pauses",
        "/board/calendar",
        "/board/catalogue",
        "/board/jobs",
    ):
        page.goto(path)
        assert axe_faults(page) == [], path
        assert width_faults(page) == [], path


def test_a_figure_is_followed_to_a_case_without_scripts(cast: Cast, open_page: OpenPage) -> None:
    page = signed_in(open_page("/sign-in", javascript=False), cast.supervisor)
    page.goto("/board/")
    page.locator(".b-lights a.void").click()
    page.locator("tbody th a").first.click()
    assert "/desk/cases/" in page.url
