"""Every page, in both languages, narrow and wide: for everyone, whole, in its own language (每一页)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from onewindow.cases.rules import Act
from onewindow.core import clock
from onewindow.desk import urls as desk
from onewindow.portal import urls as portal
from tests.browser import axe_faults, width_faults
from tests.cases import given as cases
from tests.cast import Cast
from tests.journeys.conftest import Meet
from tests.journeys.given import ID_CARD, LANES, QUERY, Person, Way, do_jobs

pytestmark = [pytest.mark.browser, pytest.mark.looks]

NARROW, WIDE = 390, 1440
SMALL, LARGE = {"width": NARROW, "height": 844}, {"width": WIDE, "height": 900}

# Routes that show no page of their own: they act and lead on, or hand out a file.
NO_PAGES = {
    "portal:styleguide",  # tests/look walks it
    "portal:enrol",  # tests/portal walks it: its address is a secret
    *("portal:acting", "portal:begin", "portal:sign-out", "portal:choose", "portal:draft-paper", "portal:paper"),
    *(f"portal:{name}" for name in ("end-letter", "operator", "end-operator")),
    *(f"portal:{name}" for name in ("letter", "case-ics", "deadlines-ics", "export")),
    # tests/portal/test_browser_own.py walks one's own pages, tests/portal the certificate of a deletion
    *(f"portal:{name}" for name in ("correct", "answered", "deadlines", "mine", "preferences")),
    *(f"portal:{name}" for name in ("erase", "erased", "verify")),
    # tests/portal/test_phone_session.py and tests/accounts walk them: a demo offers neither
    *(f"portal:{name}" for name in ("phone", "code", "code-again", "name", "name-back")),
    *("desk:next", "desk:paper", "desk:letter"),
    *(f"desk:{name}" for name in ("fee-take", "fee-count", "fee-waive", "fee-void", "fee-refund")),
    *(f"desk:{name}" for name in ("fees-close", "fees-reopen")),
    # tests/desk/test_counter_browser.py walks a whole sitting
    *(f"desk:{name}" for name in ("counter", "find-plate", "find-firm", "find-name")),
    *(f"desk:counter-{name}" for name in ("items", "questions", "form", "papers", "check", "receipt", "discard")),
    # tests/desk/test_people.py walks who may act for whom
    *("desk:people", "desk:people-sitting", "desk:person"),
    *(f"desk:person-{name}" for name in ("guardian", "letter", "firm-letter", "legal-rep", "end")),
}
# Their pages are the page of the case: a refused form stands at the act's own address.
ON_THE_CASE = {
    "desk:" + act.value.replace("_", "-") for act in Act if act not in (Act.SUBMIT, Act.WITHDRAW, Act.REDATE)
}

# What a page must never hold, and what it says of itself, asked of the page as the browser has it.
ABOUT = """() => {
  const all = selector => [...document.querySelectorAll(selector)];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), foreign = [];
  for (let node; (node = texts.nextNode());) {
    const told = node.parentElement.closest('[lang]').lang, text = node.data.trim();
    if (text && /\\p{Script=Han}/u.test(text) && !told.startsWith('zh')) foreign.push(text);
  }
  return {
    lang: document.documentElement.lang,
    titles: all('h1').map(title => title.innerText),
    sheets: all('link[rel=stylesheet]').length,
    inline: all('style, script:not([src]), [style], [onclick], [onchange], [onsubmit], [onload]').length,
    foreign, text: document.body.innerText,
  };
}"""
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?()]|[,;!?()][\u4e00-\u9fff]")
BRACES = re.compile(r"\{\w*\}|\bWords\(|%\}")
UNFILLED = re.compile(rf"{BRACES.pattern}|\bNone\b")  # an English answer may be None
IDENTITY = re.compile(r"\b\d{17}[\dX]\b|\b1\d{10}\b")
HAN = re.compile("[\u4e00-\u9fff]")
OPEN_NAMES = ("李强", "刘洋", "陈晨")
# Names of people and places, and words that a person typed, stand on English pages as they are.
NAMES = "一窗|过户|没有这种事|李|强|刘洋|陈晨|孙浩|王芳|何平|郑凯|钱丽|吴涛|林静|周敏|赵敏|高峰|冯雪|韩冰"
WRITTEN = "太原市迎泽区某街 1 号|太原市|晋|小型汽车|非营运|王五|演示街|演示内容|演|容|号|材料齐全|有一起违法未处理"
PROPER = re.compile(f"{NAMES}|{WRITTEN}")


class Walk:
    """A way through pages, with what is wrong on them."""

    def __init__(self, way: Way) -> None:
        self.way, self.seen, self.faults = way, set[str](), list[str]()

    def look(self, person: Person, name: str, address: str = "") -> None:
        """Judge the page at an address, or the one that is open, on both widths."""
        if address:
            person.page.goto(address)
        self.seen.add(name)
        for size in (SMALL, LARGE):
            person.page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height, as it says
            found = [*width_faults(person.page), *axe_faults(person.page)]
            self.faults += [f"{name} {self.way.language} {size['width']}: {fault}" for fault in found]
        self.faults += [f"{name} {self.way.language}: {fault}" for fault in self.told(person.page, name)]

    def told(self, page: Page, name: str) -> Iterator[str]:
        about = page.evaluate(ABOUT)
        text, chinese = str(about["text"]), self.way.language.startswith("zh")
        if about["lang"] != ("zh-Hans" if chinese else "en"):
            yield f"its language is {about['lang']!r}"
        if len(about["titles"]) != 1 or not about["titles"][0].strip():
            yield f"its headings are {about['titles']}"
        if about["inline"]:
            yield f"{about['inline']} inline styles or scripts"
        if name.startswith("portal:") and about["sheets"] != 1:
            yield f"{about['sheets']} style sheets"
        yield from (f"not filled in: {found[0]}" for found in (UNFILLED if chinese else BRACES).finditer(text))
        yield from (f"in full: {found[0]}" for found in IDENTITY.finditer(text))
        if chinese:
            yield from (
                f"half-width: {text[max(0, f.start() - 12) : f.end() + 12]!r}" for f in HALF_WIDTH.finditer(text)
            )
        else:
            yield from (f"Chinese: {piece}" for piece in about["foreign"] if HAN.search(PROPER.sub("", piece)))
        if name.startswith("desk:") and name != "desk:letter-page":  # which is noted as read
            yield from (f"unmasked: {open_name}" for open_name in OPEN_NAMES if open_name in text)


@pytest.fixture
def lived(cast: Cast) -> dict[str, str]:
    """Cases of 李强 in the stages that look different; the names are the last acts."""
    at, life = clock.now() - timedelta(minutes=30), ("accept", "check", "review")
    lives = {
        "submit": (),
        "check": ("accept", "check"),
        "review": life,
        "refuse": (*life, "refuse"),
        "conclude": (*life, "approve", "make", "deliver", "conclude"),
    }
    numbers = {}
    for name, acts in lives.items():
        numbers[name] = cases.submit(cast.applicant, at=at)
        cases.go(numbers[name], cast, *acts, start=at + timedelta(minutes=10), step=timedelta(minutes=1))
    do_jobs()
    return numbers


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_pages_for_everyone(meet: Meet, language: str) -> None:
    walk = Walk(Way(language, WIDE))
    person = meet(walk.way)
    walk.look(person, "portal:sign-in")
    walk.look(person, "portal:staff-sign-in", "/sign-in/staff")
    for name, address in PUBLIC:
        walk.look(person, f"portal:{name}", address)
    assert not walk.faults, "\n".join(walk.faults)


PUBLIC = (
    ("home", "/"),
    ("find", "/find?q=过户"),
    ("find", "/find?q=没有这种事"),
    ("items", "/items/"),
    ("item", "/items/CG04"),
    ("item", "/items/SG01"),
    ("ask", "/items/CG04/ask?asked=vehicle_class"),
    ("ask", f"/items/CG04/ask?{QUERY}"),
    ("accessibility", "/accessibility"),
    ("missing", "/items/XX99"),
)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_pages_of_ones_own(meet: Meet, photo: Path, lived: dict[str, str], language: str) -> None:
    walk = Walk(Way(language, WIDE))
    person = meet(walk.way, "李强")
    applying(walk, person, photo)
    for name, address in OWN:
        walk.look(person, f"portal:{name}", address)
    for name in ("submit", "check", "refuse", "conclude"):
        walk.look(person, "portal:case", f"/cases/{lived[name]}")
    walk.look(person, "portal:letter-page", f"/cases/{lived['conclude']}/letters/2/acceptance/{language[:2]}")
    walk.look(person, "portal:receipt", f"/cases/{lived['submit']}/receipt")
    walk.look(person, "portal:withdraw", f"/cases/{lived['check']}/withdraw")
    assert not walk.faults, "\n".join(walk.faults)


OWN = (
    ("home", "/"),
    ("cases", "/cases"),
    ("inbox", "/inbox"),
    ("reads", "/reads"),
    ("agents", "/my/agents"),
    ("give-letter", "/my/agents/give"),
)


def applying(walk: Walk, person: Person, photo: Path) -> None:
    person.begin()
    walk.look(person, "portal:form")
    person.button("存好，下一步交材料", "Save and go on to the papers").click()
    walk.look(person, "portal:form")
    person.fill_in()
    person.upload(ID_CARD).set_input_files(photo)
    person.button("只上传，留在这页", "Upload only, stay here").click()
    walk.look(person, "portal:papers")
    person.button("存好，下一步核对", "Save and check everything").click()
    with person.page.expect_navigation():
        person.submit().click()
    walk.look(person, "portal:check")
    walk.look(person, "portal:discard", person.page.url.replace("/check", "/discard"))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_pages_of_the_desk(meet: Meet, lived: dict[str, str], language: str) -> None:
    walk = Walk(Way(language, WIDE))
    clerk, reviewer = meet(walk.way, "王芳"), meet(walk.way, "何平")
    walk.look(clerk, "desk:home", "/desk/")
    walk.look(clerk, "desk:work", f"/desk/work/{LANES}")
    walk.look(clerk, "desk:work", f"/desk/work/{LANES}?light=red")
    walk.look(clerk, "desk:find", "/desk/find/?number=1")
    walk.look(clerk, "desk:letter-page", f"/desk/cases/{lived['conclude']}/letters/2/acceptance/{language[:2]}")
    for number in (lived["submit"], lived["conclude"]):
        walk.look(clerk, "desk:case", f"/desk/cases/{number}")
    for number in (lived["check"], lived["review"]):
        walk.look(reviewer, "desk:case", f"/desk/cases/{number}")
    unmask(walk, clerk, lived["check"])
    walk.look(clerk, "desk:fees", "/desk/fees/")
    walk.look(clerk, "desk:fee", f"/desk/fees/{lived['conclude']}")
    walk.look(reviewer, "desk:missing", "/desk/cases/14010002-20200101-00001")
    walk.look(meet(walk.way, "冯雪"), "desk:no-work", "/desk/")
    assert not walk.faults, "\n".join(walk.faults)


def unmask(walk: Walk, clerk: Person, number: str) -> None:
    """Ask to see what is masked without a reason, and get the page again."""
    clerk.page.goto(f"/desk/cases/{number}")
    clerk.page.get_by_text(clerk.t("显示全文（须写理由，本人会看到）", "Show in full")).click()
    clerk.button("记下理由并显示", "Write the reason down and show").click()
    walk.look(clerk, "desk:unmask")


def test_no_page_is_forgotten() -> None:
    """A route that comes later is walked by these tests too, or said to show no page."""
    routes = {f"{face.app_name}:{route.name}" for face in (portal, desk) for route in face.urlpatterns}
    source = Path(__file__).read_text()
    walked = {route for route in routes if f'"{route}"' in source or f'("{route.partition(":")[2]}", "/' in source}
    assert routes - walked - NO_PAGES - ON_THE_CASE == set()
