"""What the browser tests call broken is seen when it is there, and an honest page passes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import OpenPage, axe_faults, watch, width_faults

pytestmark = pytest.mark.browser

HONEST = (
    '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>一窗</title></head>'
    '<body><main><h1>过户</h1><label>车牌 <input name="plate"></label></main></body></html>'
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def test_an_honest_page_passes(page: Page) -> None:
    faults: list[str] = []
    watch(page, "localhost", faults)
    page.set_content(HONEST)
    assert [*faults, *axe_faults(page), *width_faults(page)] == []


@pytest.mark.parametrize(
    ("piece", "fault"),
    [
        ("<script>console.error('broken')</script>", "console error"),
        ("<script>nothing.at.all()</script>", "script failed"),
        ('<img alt="" src="http://elsewhere.invalid/x.png">', "foreign host"),
    ],
)
def test_what_breaks_on_a_page_is_seen(page: Page, piece: str, fault: str) -> None:
    faults: list[str] = []
    watch(page, "localhost", faults)
    page.set_content(HONEST.replace("</main>", f"{piece}</main>"), wait_until="load")
    assert any(fault in line for line in faults)


@pytest.mark.parametrize(
    ("piece", "fault"),
    [
        ('<img src="data:,">', "image-alt"),
        ('<a href="/x"></a>', "link-name"),
        ('<p style="color:#ccc;background:#fff">太浅的字</p>', "color-contrast"),
        ("<label></label><input>", "label"),
    ],
)
def test_what_shuts_people_out_is_seen(page: Page, piece: str, fault: str) -> None:
    page.set_content(HONEST.replace("</main>", f"{piece}</main>"))
    assert any(line.startswith(f"{fault} ") for line in axe_faults(page))


def test_a_page_that_scrolls_sideways_is_seen(page: Page) -> None:
    page.set_content(HONEST.replace("</main>", '<div style="width:600px">宽</div></main>'))
    assert width_faults(page)


def test_chinese_is_drawn_by_a_font_that_has_it(page: Page) -> None:
    page.set_content(HONEST.replace("过户", '<span id="a">过</span><span id="b">户</span><span id="c">\ue000</span>'))
    sizes = [page.locator(f"#{name}").bounding_box() for name in "ab"]
    assert all(box and box["width"] > 20 for box in sizes)


def test_a_missing_page_of_the_site_is_an_answer_not_a_fault(open_page: OpenPage) -> None:
    page = open_page("/no-such-page", language="en-GB", javascript=False)
    assert page.evaluate("1 + 1") == 2
