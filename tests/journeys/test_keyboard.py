"""The whole matter with Tab, Space, Enter and the letters of the keyboard: no mouse, the focus always seen (键盘)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from onewindow.core import clock
from onewindow.core.words import Words
from tests.journeys.conftest import Meet
from tests.journeys.given import DELIVERED, ID_CARD, INVOICE, LANES, QUESTIONS, SITE, STATEMENT, TYPED, Person, Way

pytestmark = pytest.mark.browser

CHINESE = Way("zh-CN", 1440)
MOST = 150  # steps of Tab that a person may need to come to something, far too many

# What has the focus: its name as it is read out, and whether its ring is drawn within the window.
FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return {name: '', type: '', ring: true};
  const labels = at.labels ? [...at.labels].map(label => label.innerText).join(' ') : '';
  const group = at.closest('fieldset');
  const own = at.matches('input:focus-within:not(:focus)');  // the browser's own button in a date field has its ring
  const holders = [at, at.closest('label'), at.closest('summary'), at.closest('form')].filter(Boolean);
  const ring = own || holders.some(holder => {
    const style = getComputedStyle(holder), box = holder.getBoundingClientRect();
    const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return drawn && box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0;
  });
  return {name: (at.getAttribute('aria-label') || labels || at.innerText || at.value || '').trim(), ring,
          type: at.type || at.localName, group: group ? group.querySelector('legend').innerText.trim() : ''};
}"""


class Keyboard:
    """Hands that hold no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, name: str, *, type: str = "", group: str = "", start: bool = False) -> None:
        """Press Tab until what is so called has the focus; on the way each stop shows where one is."""
        seen = []
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            now = self.page.evaluate(FOCUSED)
            seen.append(now["name"])
            assert now["ring"], f"the focus cannot be seen on {now} of {self.page.url}"
            named = now["name"].startswith(name) if start else now["name"] == name
            if named and type in ("", now["type"]) and group in ("", now.get("group", "")):
                return
        raise AssertionError(f"Tab never comes to {name!r} on {self.page.url}, only to {seen}")

    def tick(self, name: str, *, type: str = "", group: str = "") -> None:
        self.to(name, type=type, group=group)
        self.page.keyboard.press("Space")

    def go(self, name: str, *, start: bool = False) -> None:
        """Come to a link or a button, press Enter and wait for the next page."""
        self.to(name, start=start)
        self.enter()

    def enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, name: str, text: str) -> None:
        self.to(name)
        self.page.keyboard.type(text)


def page_is(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_from_the_search_to_the_receipt(meet: Meet, photo: Path) -> None:
    person = meet(CHINESE)
    page, hands = person.page, Keyboard(person.page)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"] == "跳到正文"
    page.keyboard.press("Enter")
    hands.type("用平常话说要办的事", "过户")
    hands.enter()
    page_is(page, "找「过户」")
    hands.go("机动车转让登记（二手车，跨辖区）")
    page_is(page, "机动车转让登记（二手车，跨辖区）")
    hands.go("开始办理")
    answer(person, hands)
    hands.go("登录后开始")
    hands.go("以李强登录")
    hands.go("开始填表")
    expect(page.get_by_role("button", name="存好，下一步交材料")).to_be_visible()
    fill_in(person, hands)
    page_is(page, "交材料")
    hand_papers(person, hands, photo)
    page_is(page, "核对一遍，再提交")
    hands.tick(STATEMENT.zh)
    hands.go("提交申请")
    page_is(page, "已提交")
    assert person.case_number().startswith(LANES)


def answer(person: Person, hands: Keyboard) -> None:
    """Take each question's answer; here it is always the first, to which Tab comes."""
    answers: dict[str, Words] = {question.zh: chosen for question, chosen in QUESTIONS}
    while answers:
        question = person.page.get_by_role("group").first.locator("legend").inner_text().strip()
        hands.tick(answers.pop(question).zh, type="radio", group=question)
        hands.go("下一步")


def fill_in(person: Person, hands: Keyboard) -> None:
    """Fill the form from the top to the bottom, once through."""
    page, typed = person.page, {label.zh: text for label, text in TYPED}
    labels = page.locator("main form [name]:not([type=hidden])").evaluate_all(LABELS)
    for label in labels:
        if label in typed:
            hands.type(label, typed.pop(label))
        elif label == DELIVERED.zh:
            hands.to(label)
            type_date(person)
        elif label in ("随机", "窗口领取"):
            hands.tick(label, type="radio")
        elif label == SITE.zh:
            hands.to(label)
            page.keyboard.press("ArrowDown")
    assert not typed
    hands.go("存好，下一步交材料")


LABELS = (
    """inputs => inputs.map(input => input.labels && input.labels.length ? input.labels[0].innerText.trim() : '')"""
)


def type_date(person: Person) -> None:
    """Type a date into the browser's own field: its parts stand in the order of the reader's language."""
    on = clock.day_of(clock.now()) - timedelta(days=10)
    field = person.field(DELIVERED)
    for parts in ((f"{on:%Y}", f"{on:%m}", f"{on:%d}"), (f"{on:%m}", f"{on:%d}", f"{on:%Y}")):
        for place, part in enumerate(parts):
            person.page.keyboard.type(part)
            if len(part) == 4 and place < 2:
                person.page.keyboard.press("ArrowRight")
        if field.input_value() == on.isoformat():
            return
        for _ in range(3):
            person.page.keyboard.press("Shift+Tab")
        person.page.keyboard.press("Tab")
    raise AssertionError(field.input_value())


def hand_papers(person: Person, hands: Keyboard, photo: Path) -> None:
    # Awaited from before the way there: the browser must know in time that the test answers for its file chooser.
    with person.page.expect_file_chooser() as chooser:
        hands.to(f"上传「{ID_CARD.zh}」", start=True)
        person.page.keyboard.press("Space")
    chooser.value.set_files(photo)
    hands.tick(f"「{INVOICE.zh}」我到窗口带来")
    hands.go("存好，下一步核对")


def test_the_clerk_accepts(meet: Meet, number: str) -> None:
    clerk = meet(CHINESE, "王芳")
    page, hands = clerk.page, Keyboard(clerk.page)
    page.goto(f"/desk/work/{LANES}")
    hands.go(number)
    expect(page.get_by_role("button", name="受理，开始计时")).to_be_visible()
    hands.go("受理，开始计时", start=True)
    expect(page.get_by_role("status").first).to_contain_text("您办了「受理」")
    hands.tick("合格", type="radio")
    hands.go("登记查验", start=True)
    expect(page.get_by_role("status").first).to_contain_text("您办了「查验合格」")


def test_the_clerk_accepts_by_one_letter(meet: Meet, number: str) -> None:
    clerk = meet(CHINESE, "王芳")
    clerk.page.goto(f"/desk/cases/{number}")
    letter = {"key": "a", "code": "KeyA", "windowsVirtualKeyCode": 65, "text": "a", "unmodifiedText": "a"}
    browser = clerk.page.context.new_cdp_session(clerk.page)  # Playwright's own Alt+a leaves the letter out
    browser.send("Input.dispatchKeyEvent", {"type": "keyDown", "modifiers": 1, **letter})
    expect(clerk.page.get_by_role("status").first).to_contain_text("您办了「受理」")
