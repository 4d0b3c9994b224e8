"""Every address that can be opened says all in English and all in Chinese, in every stage of a case (两种语言)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from onewindow.accounts import commands as accounts
from onewindow.accounts.doors import SESSION
from onewindow.accounts.rules import Resident, Staff, System, session_word
from onewindow.cases import queries
from onewindow.cases.rules import Fault
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from onewindow.core import clock
from onewindow.core.clock import SHANGHAI
from onewindow.desk.pages import people
from onewindow.notices.rules import Kind, document
from tests.cases import given as cases
from tests.cases.given import HOUR, MONDAY
from tests.cases.test_whole_life import act
from tests.cast import HALL, LANES, OFFICE, ORDER, Cast
from tests.journeys.given import do_jobs
from tests.notices.given import EXAMPLES
from tests.portal.given import Forms as PortalForms

LAW = System("worker")
DAY = timedelta(days=1)
NOW = datetime(2026, 11, 18, 15, 0, tzinfo=SHANGHAI)
FACES = ("portal", "desk", "board")
LANGUAGES = ("en", "zh-CN")

HAN = re.compile("[㐀-鿿]+")
SENTENCE = re.compile(r"[A-Za-z]{2,}(?:[ ,]+[A-Za-z]{2,}){2,}")  # three words in a row
MASKED = re.compile(r"[\w·]*\*[\w·*]*")
# What people typed, in the language in which they typed it.
TYPED = (
    "材料齐全", "有一起违法未处理", "与证件不一致", "照片看不清", "请一次补齐", "应向市场监督管理部门申请",
    "委托鉴定机构鉴定", "情况复杂", "涉及重大利益", "某复决字〔2026〕1号", "以欺骗手段取得", "更正一个错字", "过户",
)  # fmt: skip


# --- What is read


class Texts(HTMLParser):
    """What a page says, each text with its language."""

    SAID = ("alt", "title", "aria-label", "placeholder", "label")
    VOID = frozenset({"meta", "link", "input", "br", "path", "rect", "img", "hr", "line", "circle", "wbr", "col"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        lang = given.get("lang", self._open[-1][1] if self._open else "")
        self.found += [(given[name], lang) for name in self.SAID if given.get(name)]
        if tag == "input" and given.get("type") in ("submit", "button"):
            self.found.append((given.get("value", ""), lang))
        if tag not in self.VOID:
            self._open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag not in self.VOID:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open and self._open[-1][0] not in ("script", "style"):
            self.found.append((" ".join(data.split()), self._open[-1][1]))


@dataclass
class Reader:
    """Reads pages in one language, and knows what is data on them."""

    language: str
    data: tuple[str, ...]
    faults: dict[str, str] = field(default_factory=dict)

    def read(self, where: str, html: str) -> None:
        for text, lang in Texts(html).found:
            said = self._without_data(text)
            for fault in self._english(said, lang) if self.language == "en" else self._chinese(said, lang):
                self.faults.setdefault(fault, f"{where}: {fault}: {text[:160]!r}")

    def _without_data(self, text: str) -> str:
        text = MASKED.sub("", text)
        for each in self.data:
            text = text.replace(each, "")
        return text

    def _english(self, text: str, lang: str) -> Iterator[str]:
        if HAN.search(text) and not (lang.startswith("zh") and WRITTEN_IN_CHINESE.search(text)):
            yield f"Chinese {'marked as such ' if lang.startswith('zh') else ''}{HAN.findall(text)}"

    def _chinese(self, text: str, lang: str) -> Iterator[str]:
        found = [each for each in SENTENCE.findall(text) if not each.isupper()]  # a secret is in capitals
        if found and lang != "en":
            yield f"English {found}"


# A law or notice that has no English name, the other language's name, examples of what may be typed.
WRITTEN_IN_CHINESE = re.compile(
    r"第[\d一二三四五六七八九十、]+[条款项]|§|法$|办法|规定|条例|〔\d{4}〕|安排的通知|^中文$|^过户$|^身份证丢了$"
)


# --- What is opened


@dataclass
class World:
    """The cast with a case in every stage, and a letter of enrolment."""

    cast: Cast
    numbers: dict[str, str]
    data: tuple[str, ...]


def settled(cast: Cast) -> dict[str, str]:
    """Bring cases to where their pages look different; the names say where."""
    numbers = {name: cases.submit(cast.applicant) for name in ("submit", "check", "refuse", "conclude", "sent_back")}
    for name, acts in {
        "check": ("accept", "check"),
        "refuse": ("accept", "check", "review", "refuse"),
        "conclude": ("accept", "check", "review", "approve", "make", "deliver", "conclude"),
    }.items():
        cases.go(numbers[name], cast, *acts)
    sent_back(numbers["sent_back"], cast)
    hotels = "answered declined lapsed paused extended reopened revoked rectified withdrawn again"
    for name in hotels.split():
        numbers[name] = cases.submit(cast.applicant, item="ZA14", site=HALL)
        HOTELS[name](numbers[name], cast)
    return numbers


def sent_back(number: str, cast: Cast, until_on: date = date(2026, 12, 1)) -> None:
    """Tell of a wrong field, a paper that cannot be read and something else."""
    case = queries.case_for(LAW, number)
    item, form = catalogue.item(case.item, case.edition), queries.form_of(case)
    name = next(name for name in sorted(form.fields) if name.endswith(("phone", "name", "vin")))
    need = next(need for need in items.wanted_papers(item, form.answers) if need.state is not items.State.OPEN)
    faults = [Fault("field", name), Fault("paper", need.key, need.holder)]
    notes = {faults[0].name: "与证件不一致", faults[1].name: "照片看不清"}
    told = {"faults": faults, "until_on": until_on, "notes": notes, "remark": "请一次补齐"}
    act("send_back", number, cast.clerk, MONDAY + HOUR, **told)


def answered(number: str, cast: Cast) -> None:
    case = queries.case_for(LAW, number)
    name, value = next(iter(sorted(queries.form_of(case).fields.items())))
    fault = Fault("field", name)
    told = {"faults": [fault], "until_on": date(2026, 12, 1), "notes": {fault.name: "与证件不一致"}}
    act("send_back", number, cast.clerk, MONDAY + HOUR, **told)
    act("supplement", number, cast.applicant, MONDAY + 2 * HOUR, fields={name: value}, papers=[])


def declined(number: str, cast: Cast) -> None:
    told = {"ground": "not_ours", "remark": "应向市场监督管理部门申请", "office": "140100-market"}
    act("decline", number, cast.clerk, MONDAY + HOUR, **told)


def lapsed(number: str, cast: Cast) -> None:
    sent_back(number, cast, date(2026, 11, 17))


def reviewed(number: str, cast: Cast) -> None:
    act("accept", number, cast.clerk, MONDAY + HOUR)
    act("review", number, cast.examiner, MONDAY + 2 * HOUR, remark="材料齐全")


def paused(number: str, cast: Cast) -> None:
    reviewed(number, cast)
    told = {"reason": "appraisal", "expected_on": date(2026, 11, 30), "remark": "委托鉴定机构鉴定"}
    act("pause", number, cast.examiner, MONDAY + DAY, **told)


def extended(number: str, cast: Cast) -> None:
    reviewed(number, cast)
    act("offer_hearing", number, cast.examiner, MONDAY + 3 * HOUR, remark="涉及重大利益")
    act("extend", number, cast.head, MONDAY + DAY, limit_number=10, remark="情况复杂")


def approved(number: str, cast: Cast) -> None:
    reviewed(number, cast)
    act("approve", number, cast.head, MONDAY + 3 * HOUR)


def reopened(number: str, cast: Cast) -> None:
    approved(number, cast)
    act("reopen", number, cast.head, MONDAY + DAY, ground="review", remark="某复决字〔2026〕1号")


def revoked(number: str, cast: Cast) -> None:
    approved(number, cast)
    act("revoke", number, cast.head, MONDAY + DAY, ground="fraud", remark="以欺骗手段取得")


def rectified(number: str, cast: Cast) -> None:
    approved(number, cast)
    act("rectify", number, cast.head, MONDAY + DAY, remark="更正一个错字")


def withdrawn(number: str, cast: Cast) -> None:
    act("withdraw", number, cast.applicant, MONDAY + HOUR)


def again(number: str, cast: Cast) -> None:
    """Resumed after a pause."""
    paused(number, cast)
    act("resume", number, cast.examiner, MONDAY + DAY + HOUR)


HOTELS = {each.__name__: each for each in (
    answered, declined, lapsed, paused, extended, reopened, revoked, rectified, withdrawn, again,
)}  # fmt: skip


@pytest.fixture
def world(house: Cast, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    numbers = settled(house)
    do_jobs()
    return World(house, numbers, data(house, numbers))


def data(cast: Cast, numbers: dict[str, str]) -> tuple[str, ...]:
    """What stands on pages as someone typed it: names, masked or not, answers in forms, remarks."""
    found = set(TYPED)
    for number in numbers.values():
        found |= set(queries.form_of(queries.case_for(LAW, number)).fields.values())
    names = "李强 刘洋 陈晨 孙浩 王芳 何平 郑凯 钱丽 吴涛 林静 周敏 赵敏 高峰 冯雪 韩冰".split()
    found |= {form for name in names for form in (name, f"{name[0]}*", f"{name[0]}＊", f"{name[0]}某")}
    return tuple(sorted((each for each in found if HAN.search(each)), key=len, reverse=True))


def visitor(language: str, asker: Resident | Staff | None = None) -> Client:
    client = Client(headers={"accept-language": language})
    if asker:
        session = client.session
        session[SESSION] = session_word(asker)
        session.save()
    return client


def routes() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every route of the faces for people: its name, its address with {places}, the names of its places."""
    for part in get_resolver().url_patterns:
        if isinstance(part, URLResolver) and part.app_name in FACES:
            for route in part.url_patterns:
                assert isinstance(route, URLPattern)
                path = f"/{part.pattern}{route.pattern}"
                names = tuple(re.findall(r"<(?:\w+:)?(\w+)>", path))
                yield f"{part.app_name}:{route.name}", re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path), names


# --- The walk


@dataclass
class Walk:
    """Opens every address as everyone who may have business there, and reads what comes."""

    world: World
    language: str
    reader: Reader = field(init=False)
    answers: dict[str, set[int]] = field(default_factory=dict)
    no_pages: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.reader = Reader(self.language, self.world.data)

    def everything(self) -> None:
        cast = self.world.cast
        applicant, clerk = self.sits(cast.applicant), self.sits(cast.clerk)
        staff = {name: self.sits(getattr(cast, name)) for name in ("examiner", "head", "supervisor", "admin", "editor")}
        link = accounts.invite_staff(staff=cast.clerk.id, by=cast.admin, at=NOW)
        given: dict[str, list[Any]] = {
            "code": [*full_items(), "SG01"],
            "number": list(self.world.numbers.values()),
            "draft": [self.begin(applicant, code) for code in ("CG04", "ZA14")],
            "scope": [LANES, HALL, OFFICE, ORDER],
            "paper": [1],
            "seq": [2],
            "letter": [1],
            "role": [1],
            "where": ["140100"],
            "kind": ["receipt", "reasons"],
            "language": ["en"],
            "id": [1],
            "link": [link],
            "who": [people.opened_for(cast.clerk, cast.applicant.person, NOW).word],
            "basis": ["letter"],
            "row": [1],
        }
        for name, path, places in routes():
            face = name.partition(":")[0]
            if face == "portal":
                who = [applicant] if {"number", "draft"} & set(places) else [visitor(self.language), applicant]
            else:
                who = [clerk, staff["examiner"], staff["head"]] if places else [clerk, *staff.values()]
            if unknown := set(places) - set(given):
                self.reader.faults[path] = f"{path}: this test has no example of {unknown}"
                continue
            for at in addresses(path, places, given):
                if name in self.no_pages:
                    break
                for each in who:
                    self.open(each, at, name)
        for client, path in (
            (applicant, "/find?q=guohu"),
            (clerk, "/find?q=zzzz"),
            (clerk, f"/desk/work/{LANES}?light=red"),
        ):
            self.open(client, path, "")
        self.questions(applicant)

    def sits(self, asker: Resident | Staff) -> Client:
        return visitor(self.language, asker)

    def open(self, client: Client, path: str, name: str) -> str:
        answer = client.get(path)
        self.answers.setdefault(name, set()).add(answer.status_code)
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code == 405 or (answer.status_code == 200 and not kind.startswith("text/html")):
            self.no_pages.add(name)  # it acts, or hands out a file
        if answer.status_code != 200 or not kind.startswith("text/html"):
            return ""
        html = answer.content.decode()
        self.reader.read(path, html)
        return html

    def begin(self, client: Client, code: str) -> str:
        """Begin an application with the first answer to each question, and return its draft."""
        answers = first_answers(code)
        path = f"/items/{code}/begin?{urlencode(answers)}"
        page = client.get(f"/items/{code}/ask?{urlencode(answers)}").content.decode()
        forms = PortalForms(page).found
        address = next((each for each in forms if each.split("?")[0].endswith("/begin")), path)
        return client.post(address, forms.get(address, {}))["Location"].split("/")[2]

    def questions(self, client: Client) -> None:
        """Every question of every item that is guided in full, and every answer's page."""
        for code in full_items():
            item, answers = catalogue.item(code, catalogue.current_edition()), dict[str, str]()
            while True:
                self.open(client, f"/items/{code}/ask?{urlencode(answers)}", "")
                if not (asked := items.next_questions(item, answers)):
                    break
                answers[asked[0].key] = asked[0].values()[0]
            self.begin_and_read(client, code)

    def begin_and_read(self, client: Client, code: str) -> None:
        try:
            draft = self.begin(client, code)
        except KeyError:
            return
        for page in ("form", "papers", "check"):
            self.open(client, f"/apply/{draft}/{page}", "")


def full_items() -> list[str]:
    edition = catalogue.current_edition()
    return [each.code for each in catalogue.items(edition) if each.depth is items.Depth.FULL]


def first_answers(code: str) -> dict[str, str]:
    found = catalogue.item(code, catalogue.current_edition())
    answers = dict(cases.ANSWERS) if code == "CG04" else {}
    while asked := items.next_questions(found, answers):
        answers[asked[0].key] = asked[0].values()[0]
    return answers


def addresses(path: str, places: tuple[str, ...], given: dict[str, list[Any]]) -> Iterator[str]:
    """Fill the places of an address with all that they may be."""
    if not places:
        yield path
        return
    for value in given[places[0]]:
        yield from addresses(path.replace(f"{{{places[0]}}}", str(value), 1), places[1:], given)


@pytest.mark.long
@pytest.mark.looks
def test_every_address_speaks_the_readers_language(world: World) -> None:
    found: list[str] = []
    for language in LANGUAGES:
        walk = Walk(world, language)
        walk.everything()
        found += walk.reader.faults.values()
    assert not found, "\n".join(found)
    # That no address is forgotten, test_pages.py sees to; here each face must have been heard.
    spoken = {name for name, seen in walk.answers.items() if 200 in seen}
    assert {"portal:case", "portal:correct", "portal:form", "desk:case", "desk:work", "board:home"} <= spoken


# --- Letters: a seal is cut in Chinese, and a receipt says its sum in capitals.


def said(value: Any) -> Iterator[str]:
    """Yield every text of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from said(each)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_letter_speaks_both_languages(kind: Kind) -> None:
    english, chinese = (document(EXAMPLES[kind](), language) for language in ("en", "zh"))
    plain = re.compile(r"\([零壹贰叁肆伍陆柒捌玖拾佰仟万元角分整]+\)$")
    texts = [plain.sub("", text) for key, value in english.items() if key != "seal" for text in said(value)]
    assert [text for text in texts if HAN.search(text)] == []
    assert [text for value in chinese.values() for text in said(value) if SENTENCE.search(text)] == []
    assert [len(list(said(value))) for value in english.values()] == [len(list(said(v))) for v in chinese.values()]
