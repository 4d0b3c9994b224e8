"""The elder version (长辈版) measured on the portal's pages on a telephone and on those of staff; targets of the other.

The measures: text of 18 and more, the largest of 30 and more, lines 1.3 apart, targets of 60 by 60, elsewhere 44 by 44
(工信部《移动互联网应用适老化通用设计规范》2021). A link inside running text is no target of its own (WCAG 2.5.8).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from onewindow.core import clock
from onewindow.portal import urls as portal
from tests.browser import OpenPage, axe_faults, width_faults
from tests.cast import LANES, Cast
from tests.journeys.conftest import Meet
from tests.journeys.given import Way
from tests.journeys.test_both_languages import NOW, settled
from tests.journeys.test_pages import OWN, PUBLIC, Walk, applying, lived

pytestmark = [pytest.mark.browser, pytest.mark.looks]
assert lived  # a fixture

LEAST_TEXT, LARGEST_TEXT, LEAST_LINE = 18, 30, 1.3
ELDER, PLAIN = 60, 44

CLERK = ("/desk/", f"/desk/work/{LANES}", "/desk/find/", "/desk/counter/", "/desk/fees/")
SUPERVISOR = ("/board/", "/board/overdue", "/board/waits/accept", "/board/calendar", "/board/catalogue", "/board/jobs")

MEASURES = """least => {
  const shown = each => {
    const box = each.getBoundingClientRect(), style = getComputedStyle(each);
    return box.width > 1 && box.height > 1 && style.visibility !== 'hidden' && !each.closest('.vh, .skip, [hidden]');
  };
  const said = each => (each.innerText || each.name || '').trim().replace(/\\s+/g, ' ').slice(0, 30);
  const name = each => `${each.tagName.toLowerCase()}.${each.className} “${said(each)}”`;
  const faults = [], sizes = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode());) {
    const each = node.parentElement, style = getComputedStyle(each);
    if (!node.data.trim() || !shown(each) || each.closest('option, script, svg')) continue;
    const size = parseFloat(style.fontSize), line = parseFloat(style.lineHeight);
    sizes.push(size);
    if (size < least.text) faults.push(`text of ${size} px: ${name(each)}`);
    // one line in a box of its own has no lines to keep apart
    const lines = each.getClientRects().length > 1 || each.getBoundingClientRect().height > 1.9 * size;
    if (lines && line / size < least.line) faults.push(`lines ${(line / size).toFixed(2)} apart: ${name(each)}`);
  }
  if (Math.max(...sizes) < least.largest) faults.push(`the largest text has ${Math.max(...sizes)} px`);
  const running = each => each.tagName === 'A' && getComputedStyle(each).display === 'inline'
    && [...each.closest('p, li, dd, td, th, caption, span, div').childNodes]
         .some(other => other !== each && !other.contains?.(each) && other.textContent.trim().length > 1);
  const targets = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  for (const each of document.querySelectorAll(targets)) {
    if (!shown(each) || running(each)) continue;
    const boxes = [each, ...(each.labels || [])].map(one => one.getBoundingClientRect());
    const [wide, tall] = [Math.max(...boxes.map(b => b.width)), Math.max(...boxes.map(b => b.height))];
    if (wide < least.target - 0.5 || tall < least.target - 0.5)
      faults.push(`target of ${Math.round(wide)} × ${Math.round(tall)}: ${name(each)}`);
  }
  return faults;
}"""


def measured(page: Page, *, elder: bool) -> list[str]:
    """What on the page is smaller or closer than it may be."""
    text, largest, line = (LEAST_TEXT, LARGEST_TEXT, LEAST_LINE) if elder else (0, 0, 0)
    least = {"text": text, "largest": largest, "line": line, "target": ELDER if elder else PLAIN}
    found: list[str] = page.evaluate(MEASURES, least)
    return found


class Measure(Walk):
    """A walk that measures, in the elder version or the other."""

    def __init__(self, way: Way, *, elder: bool) -> None:
        super().__init__(way)
        self.elder, self.known = elder, set[str]()

    def look(self, person: object, name: str, address: str = "") -> None:
        page: Page = person.page  # type: ignore[attr-defined]
        if address:
            page.goto(address)
        self.seen.add(name)
        assert (page.locator("html").get_attribute("class") == "elder") == self.elder
        found = [*width_faults(page), *measured(page, elder=self.elder), *(axe_faults(page) if self.elder else ())]
        fresh = [fault for fault in dict.fromkeys(found) if fault not in self.known]
        self.known |= set(fresh)
        self.faults += [f"{name}: {fault}" for fault in fresh]


WAYS = pytest.mark.parametrize(("language", "elder"), [("zh-CN", True), ("en", True), ("zh-CN", False)])


def turned(page: Page, language: str, *, elder: bool) -> None:
    """Turn to the elder version by its entry in the head of the page, as a person does."""
    if elder:
        page.goto("/")
        page.locator(".bar").get_by_role("button", name="长辈版" if language == "zh-CN" else "Large text").click()
        expect(page.locator("html")).to_have_class("elder")


@WAYS
def test_pages_for_everyone(meet: Meet, language: str, elder: bool) -> None:
    walk = Measure(Way(language, 390), elder=elder)
    person = meet(walk.way)
    turned(person.page, language, elder=elder)
    for name, address in (("sign-in", "/sign-in"), ("staff-sign-in", "/sign-in/staff"), *PUBLIC):
        walk.look(person, name, address)
    assert not walk.faults, "\n".join(walk.faults)


@WAYS
def test_pages_of_ones_own(meet: Meet, photo: Path, lived: dict[str, str], language: str, elder: bool) -> None:
    walk = Measure(Way(language, 390), elder=elder)
    person = meet(walk.way, "李强")
    turned(person.page, language, elder=elder)
    applying(walk, person, photo)
    for name, address in OWN:
        walk.look(person, name, address)
    for name in ("submit", "check", "refuse", "conclude"):
        walk.look(person, "case", f"/cases/{lived[name]}")
    walk.look(person, "receipt", f"/cases/{lived['submit']}/receipt")
    walk.look(person, "withdraw", f"/cases/{lived['check']}/withdraw")
    assert not walk.faults, "\n".join(walk.faults)


@pytest.mark.parametrize("elder", [True, False])
def test_pages_of_every_course(meet: Meet, cast: Cast, monkeypatch: pytest.MonkeyPatch, elder: bool) -> None:
    """Whatever the portal has without an argument, and a case in each of its courses."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    numbers = settled(cast)
    walk = Measure(Way("zh-CN", 390), elder=elder)
    person = meet(walk.way, "李强")
    turned(person.page, "zh-CN", elder=elder)
    plain = [f"/{route.pattern}" for route in portal.urlpatterns if "<" not in str(route.pattern)]
    for address in [*plain, *(f"/cases/{each}" for each in numbers.values()), f"/cases/{numbers['sent_back']}/correct"]:
        answer = person.page.request.get(address, max_redirects=0)
        if answer.status == 200 and answer.headers["content-type"].startswith("text/html"):
            walk.look(person, address, address)
    assert len(walk.seen) >= 20
    assert not walk.faults, "\n".join(walk.faults)


def test_its_entry_stands_on_every_page(cast: Cast, open_page: OpenPage) -> None:
    page = open_page("/", width=390)
    for address in ("/", "/items/", "/items/CG04", "/sign-in", "/accessibility"):
        page.goto(address)
        entry = page.locator("header").get_by_role("button", name="长辈版", exact=True)
        expect(entry).to_be_visible()
        with page.expect_navigation():
            entry.click()
        assert page.url.endswith(address)
        expect(page.locator("html")).to_have_class("elder")
        page.locator("header").get_by_role("button", name="标准版", exact=True).click()
        expect(page.locator("html")).not_to_have_class("elder")


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 1440), ("en", 390)])
def test_pages_of_staff(meet: Meet, lived: dict[str, str], language: str, width: int) -> None:
    """Desk and board have the same entry and keep the same measures; without it they are dense by design."""
    walk = Measure(Way(language, width), elder=True)
    clerk, supervisor = meet(walk.way, "王芳"), meet(walk.way, "赵敏")
    for person, addresses in ((clerk, CLERK), (supervisor, SUPERVISOR)):
        person.page.goto(addresses[0])
        person.page.locator(".bar").get_by_role("button", name=person.t("长辈版", "Large text")).click()
        expect(person.page.locator("html")).to_have_class("elder")
        for address in addresses:
            walk.look(person, address, address)
    for name in ("submit", "check", "refuse"):
        walk.look(clerk, "case", f"/desk/cases/{lived[name]}")
    assert not walk.faults, "\n".join(walk.faults)
