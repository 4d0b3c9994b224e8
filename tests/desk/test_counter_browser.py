"""A sitting at the counter in a real browser: both languages, wide and narrow, without scripts too."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from onewindow.cases import queries
from onewindow.cases.models import Sitting
from tests.browser import OpenPage, axe_faults, width_faults
from tests.cases.given import application, child, submit
from tests.cast import Cast
from tests.desk.test_browser import cast, signed_in

__all__ = ["cast"]
pytestmark = pytest.mark.browser
LOOK = os.environ.get("ONEWINDOW_LOOK", "")
"""A folder in which each page is kept as a picture, to be looked at; none is made without it."""


def look(page: Page, name: str) -> None:
    """Check what is open on the screen, and keep a picture of it where that is asked for."""
    if LOOK:
        page.screenshot(path=str(Path(LOOK) / f"{name}.png"), full_page=True)
    assert axe_faults(page) == []
    assert width_faults(page) == []


def fill(page: Page, cast: Cast, *items: str) -> None:
    """Fill in the joint form as the cast's applications do."""
    values = {name: text for item in items for name, text in application(cast.applicant, item=item)["fields"].items()}
    for name, text in values.items():
        field = page.locator(f'[name="{name}"]')
        if field.count() == 0:
            continue
        kind = field.first.evaluate("each => each.type || each.tagName")
        if kind == "select-one":
            field.select_option(text)
        elif kind in ("radio", "checkbox"):
            for word in text.split():
                page.locator(f'[name="{name}"][value="{word}"]').check()
        else:
            field.fill(text)


def answer(page: Page, cast: Cast, *items: str) -> None:
    whole = {item: application(cast.applicant, item=item)["answers"] for item in items}
    while page.url.endswith("/questions"):
        names = page.eval_on_selector_all(".asks input", "all => [...new Set(all.map(each => each.name))]")
        for name in names:
            question, item = name.split(":")
            page.locator(f'[name="{name}"][value="{whole[item][question]}"]').check()
        page.locator("main button.btn").first.click()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_sitting_from_the_document_to_the_receipt(cast: Cast, open_page: OpenPage, width: int, language: str) -> None:
    child(cast)
    mark = f"{language[:2]}-{width}"
    page = signed_in(open_page("/sign-in", width=width, language=language), cast.clerk)
    page.goto("/desk/counter/")
    look(page, f"1-begin-{mark}")
    page.locator("main button.btn").first.click()
    look(page, f"1-faults-{mark}")
    page.locator('[name="id_number"]').fill("149900198805129018")
    page.locator('main [name="name"]').fill("李强")
    page.locator("main button.btn").first.click()
    look(page, f"2-items-{mark}")
    for item in ("CG04", "CG05"):
        page.locator(f'[name="items"][value="{item}"]').check()
    page.keyboard.press("Tab")
    page.locator("main button.btn:not(.quiet)").click()
    look(page, f"3-questions-{mark}")
    answer(page, cast, "CG04", "CG05")
    look(page, f"4-form-{mark}")
    fill(page, cast, "CG04", "CG05")
    page.locator("main button.btn:not(.quiet)").click()
    look(page, f"5-papers-{mark}")
    page.locator('main button[name="all"]').click()
    look(page, f"6-check-{mark}")
    for box in page.locator('main input[type="checkbox"]').all():
        box.check()
    page.locator("main button.btn:not(.quiet)").click()
    page.wait_for_url("**/receipt")
    look(page, f"7-receipt-{mark}")
    page.emulate_media(media="print")
    assert page.locator(".sign").is_visible()
    look(page, f"7-printed-{mark}")
    page.emulate_media(media="screen")
    with page.expect_navigation():
        page.locator("main button.btn").first.click()
    assert {queries.case_for(cast.clerk, each).stage for each in Sitting.objects.get().cases.split()} == {"accepted"}
    page.goto("/desk/counter/")
    look(page, f"8-again-{mark}")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_finding_and_the_day(cast: Cast, open_page: OpenPage, width: int, language: str) -> None:
    submit(cast.applicant)
    submit(cast.second)
    mark = f"{language[:2]}-{width}"
    page = signed_in(open_page("/sign-in", width=width, language=language), cast.clerk)
    page.goto("/desk/")
    look(page, f"day-{mark}")
    page.goto("/desk/find/")
    look(page, f"find-{mark}")
    page.locator("#name_name").fill("李强")
    page.locator("#name_born_in").fill("1988")
    page.locator("#name_why").fill("本人来窗口问进度")
    page.locator("section", has=page.locator("#name_name")).locator("button").click()
    look(page, f"found-{mark}")


def test_without_scripts_a_person_is_registered_from_the_keyboard(cast: Cast, open_page: OpenPage) -> None:
    page = signed_in(open_page("/sign-in", width=390, javascript=False), cast.clerk)
    page.goto("/desk/counter/")
    page.locator('[name="id_number"]').focus()
    page.keyboard.type("149900198805129018")
    page.keyboard.press("Tab")
    page.keyboard.type("李强")
    page.keyboard.press("Enter")
    page.wait_for_url("**/items")
    assert "李*" in page.inner_text("h1")
