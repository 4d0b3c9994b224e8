"""What the journeys share: a person at a browser, who sees words and roles, and the words of both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

from onewindow.core import clock, jobs
from onewindow.core.words import Words

NUMBER = re.compile(r"\d{8}-\d{8}-\d{5}")
QUERY = (
    "vehicle_class=small_car&traded_at=destination&acquired_by=purchase&owner_kind=resident_local"
    "&owner_capacity=adult&inspection=valid&customs=free&lien=none&by_agent=self"
)

QUESTIONS = (
    (Words("是哪类车？", "What kind of vehicle is it?"), Words("小型、微型载客汽车", "Small or mini passenger car")),
    (
        Words("车在哪里成交（开票）？", "Where was the vehicle traded (invoiced)?"),
        Words("车要落户的地方", "The place where it will be registered"),
    ),
    (
        Words("车是怎么得来的？", "How did you get the vehicle?"),
        Words("买来的（有二手车发票）", "Bought (used-vehicle invoice)"),
    ),
    (
        Words("新车主是谁？", "Who is the new owner?"),
        Words("户籍地居民（住址在受理地）", "Resident whose household is where the office is"),
    ),
    (
        Words("新车主能自己签字吗？", "Can the new owner act for himself?"),
        Words("成年且有行为能力", "Adult with full capacity"),
    ),
    (Words("检验有效期过了吗？", "Has the inspection period run out?"), Words("没过", "No")),
    (Words("是海关监管的车吗？", "Is the vehicle under customs supervision?"), Words("不是", "No")),
    (Words("车有抵押登记或质押备案吗？", "Is a mortgage or pledge recorded?"), Words("没有", "None")),
    (Words("谁来办？", "Who comes?"), Words("本人（单位经办人）", "The owner, or the person sent by the unit")),
)
TYPED = (
    (Words("住所地址", "Address of residence"), "太原市迎泽区某街 1 号"),
    (Words("邮寄地址", "Mailing address"), "太原市迎泽区某街 1 号"),
    (Words("号牌种类", "Plate kind"), "小型汽车"),
    (Words("号牌号码", "Plate number"), "晋A·12345"),
    (Words("车辆识别代号", "VIN"), "LSVAA4187E2123456"),
    (Words("登记证书编号", "Registration certificate number"), "140012345678"),
    (Words("使用性质", "Nature of use"), "非营运"),
    (Words("交易地", "Place of the trade"), "太原市"),
    (Words("原机动车所有人", "Former owner"), "王五"),
)
DELIVERED = Words("交付日期", "Date of delivery")
PICKS = (Words("随机", "At random"), Words("窗口领取", "Collect at the counter"))
SITE = Words("在哪个网点办", "Where it is handled")
LANES = "14010002"
ID_CARD = Words("现机动车所有人居民身份证或临时居民身份证", "Resident ID card or temporary ID card of the new owner")
INVOICE = Words("二手车交易发票（二手车销售统一发票）", "Used-vehicle invoice")
STATEMENT = Words(
    "以上内容真实，材料和原件一致。我知道隐瞒情况或提供虚假材料的后果。",
    "What I have stated is true and the papers match their originals. I know that hiding facts or giving false papers"
    " has consequences.",
)


@dataclass(frozen=True, slots=True)
class Way:
    """How a person reads: language, width of the window, with scripts or without."""

    language: str = "zh-CN"
    width: int = 1440
    javascript: bool = True

    def pick(self, zh: str, en: str) -> str:
        return zh if self.language.startswith("zh") else en

    def __str__(self) -> str:
        return f"{self.language}-{self.width}{'' if self.javascript else '-no-script'}"


class Person:
    """Someone at a browser, who acts on what can be read on the page."""

    def __init__(self, page: Page, way: Way) -> None:
        self.page, self.way, self.t = page, way, way.pick

    def say(self, words: Words) -> str:
        return words.pick("zh-hans" if self.way.language.startswith("zh") else "en")

    # finding

    def button(self, zh: str, en: str) -> Locator:
        return self.page.get_by_role("button", name=self.t(zh, en), exact=True)

    def link(self, zh: str, en: str, *, exact: bool = True) -> Locator:
        return self.page.get_by_role("link", name=self.t(zh, en), exact=exact).first

    def field(self, words: Words) -> Locator:
        return self.page.get_by_label(self.say(words), exact=True)

    def part(self, zh: str, en: str) -> Locator:
        return self.page.get_by_role("region", name=self.t(zh, en), exact=True)

    # seeing

    def sees(self, zh: str, en: str, *, inside: Locator | None = None) -> None:
        """Wait until the words stand where they can be seen."""
        place = inside or self.page.get_by_role("main")
        expect(place.get_by_text(self.t(zh, en)).filter(visible=True).first).to_be_visible()

    def heading(self, zh: str, en: str) -> None:
        """Wait until this is the page's heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.t(zh, en))

    def text(self) -> str:
        return self.page.get_by_role("main").inner_text()

    def case_number(self) -> str:
        """Read the number of the case from the page."""
        found = NUMBER.search(self.text())
        assert found, self.text()
        return found[0]

    # acting

    def go_on(self, zh: str, en: str) -> None:
        """Press the button and wait for the page that follows."""
        with self.page.expect_navigation():
            self.button(zh, en).click()

    def sign_in(self, name: str) -> None:
        if "/sign-in" not in self.page.url:
            self.page.goto("/sign-in")
        self.button(f"以{name}登录", f"Sign in as {name}").click()
        expect(self.page.get_by_role("button", name=re.compile("^(退出|Sign out)$"))).to_be_visible()

    def answer_all(self) -> None:
        """Answer the guided questions, in the order in which they are asked."""
        answers = {self.say(question): self.say(chosen) for question, chosen in QUESTIONS}
        while answers:
            group = self.page.get_by_role("group").first
            question = group.locator("legend").inner_text().strip()
            group.get_by_role("radio", name=answers.pop(question), exact=True).check()
            self.go_on("下一步", "Next")

    def begin(self) -> None:
        """Go from the answers to the form."""
        self.page.goto(f"/items/CG04/ask?{QUERY}")
        self.button("开始填表", "Start the form").click()

    def fill_in(self) -> None:
        """Fill in the form and save it."""
        for field, text in TYPED:
            self.field(field).fill(text)
        self.field(DELIVERED).fill((clock.day_of(clock.now()) - timedelta(days=10)).isoformat())
        for pick in PICKS:
            self.page.get_by_role("radio", name=self.say(pick), exact=True).check()
        self.field(SITE).select_option(LANES)
        self.button("存好，下一步交材料", "Save and go on to the papers").click()
        self.heading("交材料", "The papers")

    def hand_papers(self, photo: Path) -> None:
        """Upload a picture of the identity card, bring the invoice, and save."""
        self.upload(ID_CARD).set_input_files(photo)
        self.brings(INVOICE).check()
        self.button("存好，下一步核对", "Save and check everything").click()
        self.heading("核对一遍，再提交", "Check once more, then hand in")

    def upload(self, paper: Words) -> Locator:
        return self.field(Words("上传「{n}」", "Upload: {n}").fill(n=paper))

    def brings(self, paper: Words) -> Locator:
        return self.field(Words("「{n}」我到窗口带来", "I bring it to the counter: {n}").fill(n=paper))

    def come_to_check(self, photo: Path) -> None:
        """Fill in everything up to the page on which all is checked once more."""
        self.begin()
        self.fill_in()
        self.hand_papers(photo)
        self.field(STATEMENT).check()

    def submit(self) -> Locator:
        return self.button("提交申请", "Hand in the application")

    def receipt(self) -> str:
        """Wait for the receipt and return the case's number."""
        self.heading("已提交", "Handed in")
        return self.case_number()


def picture(path: Path) -> Path:
    """Paint a picture like one that a telephone takes of a card."""
    card = Image.new("RGB", (856, 540), (223, 229, 235))
    draw = ImageDraw.Draw(card)
    draw.rounded_rectangle((20, 20, 836, 520), radius=30, outline=(60, 80, 130), width=6)
    draw.rectangle((600, 90, 780, 320), fill=(180, 190, 200))
    card.save(path, "JPEG", quality=85)
    return path


def do_jobs() -> None:
    """Do every background job that is due, as the worker beside the server would."""
    while jobs.work_once(worker="tests", lease_seconds=60):
        pass
