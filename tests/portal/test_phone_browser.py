"""Signing in by a code in a real browser: open to everyone, and without any script."""

import pytest
from playwright.sync_api import Page, expect

from onewindow.accounts import models
from onewindow.accounts.queries.signing import code_of
from onewindow.core import installation
from tests.browser import OpenPage, axe_faults, width_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def ask(page: Page, phone: str) -> str:
    """Ask for a code and return it."""
    page.locator("#id_phone").fill(phone)
    page.locator("form[action='/sign-in/phone'] button").click()
    page.wait_for_url("**/sign-in/code*")
    row = models.PhoneCode.objects.order_by("-asked_at").first()
    assert row is not None
    return code_of(row.pk)


@pytest.mark.looks
@pytest.mark.parametrize(("width", "language", "elder"), [(1440, "zh-CN", ""), (390, "en", ""), (390, "zh-CN", "1")])
def test_the_pages_are_open_to_everyone(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, width: int, language: str, elder: str
) -> None:
    monkeypatch.setattr(installation, "is_demo", lambda: True)
    page = open_page("/sign-in", width=width, language=language)
    if elder:
        page.context.add_cookies([{"name": "elder", "value": elder, "url": page.url}])
        page.reload()
    assert (axe_faults(page), width_faults(page)) == ([], [])
    ask(page, "10000000911")
    assert (axe_faults(page), width_faults(page)) == ([], [])
    page.locator("#id_code").fill("12")
    page.locator("form[action='/sign-in/code'] button").click()
    expect(page.locator("#id_code")).to_have_value("12")
    assert (axe_faults(page), width_faults(page)) == ([], [])


def test_someone_comes_in_without_any_script(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "is_demo", lambda: True)
    page = open_page("/sign-in?next=/inbox", width=390, javascript=False)
    page.locator("#id_code").fill(ask(page, "10000000912"))
    page.locator("form[action='/sign-in/code'] button").click()
    page.wait_for_url("**/inbox")
    expect(page.get_by_text("100****0912")).to_be_visible()
