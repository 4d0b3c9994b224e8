"""A large event asked for too late: told while the questions are answered, and no way around it (旅程 J5)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from onewindow.accounts import commands as people
from onewindow.accounts.rules import System
from onewindow.cases.models import Case
from onewindow.core import clock
from onewindow.core.clock import SHANGHAI
from onewindow.core.words import Words
from onewindow.look.dates import date_words
from tests.cast import HALL, Cast
from tests.journeys.conftest import Meet
from tests.journeys.given import Person, Way

pytestmark = pytest.mark.browser

WAYS = [Way("zh-CN", 1440, javascript=True), Way("en", 390, javascript=False)]
# A Friday before the National Day holiday: days are counted back across it and never move for it.
TODAY = datetime(2026, 9, 18, 10, 0, tzinfo=SHANGHAI)
EVENT, IN_TIME, AFTER_HOLIDAY = date(2026, 10, 7), date(2026, 10, 8), date(2026, 10, 25)
PEOPLE = Words("每场次预计参加人数？", "Expected number of people at one session?")
DAY = Words("首场哪天举办？", "On which day is the first session?")
CHOSEN = {
    Words("您要办什么？", "What do you want to do?"): Words("首次申请", "New"),
    Words("谁来承办？", "Who organises?"): Words("企业", "Company"),
    Words("是否面向社会公众？", "Is it open to the public?"): Words("是", "Yes"),
    Words(
        "是否属于影剧院、音乐厅、公园、娱乐场所等的日常业务？",
        "Is it daily business of a cinema, concert hall, park or place of entertainment?",
    ): Words("否", "No"),
    Words("活动在什么范围内举办？", "Where does it take place?"): Words(
        "一个县（市、区）内", "Inside one county or district"
    ),
    Words("活动类型？", "Kind of event?"): Words("演唱会、音乐会等演出", "Concerts and shows"),
    Words("是不是营业性演出？", "Is it a commercial performance?"): Words("是", "Yes"),
    Words("是否两个以上承办者共同承办？", "Two or more organisers?"): Words("否", "No"),
    Words("场地是否由承办者自己管理？", "Does the organiser manage the venue itself?"): Words("否", "No"),
    Words("是否临时搭建舞台、看台等设施？", "Are stages, stands or other structures put up for the event?"): Words(
        "是", "Yes"
    ),
    Words("是否燃放焰火？", "Are fireworks shown?"): Words("否", "No"),
    Words("是否委托他人办理？", "Does someone else apply for you?"): Words("否", "No"),
}
ANSWERS = {
    "request": "new",
    "organiser_kind": "enterprise",
    "public_facing": "yes",
    "daily_business": "no",
    "attendance": "6000",
    "event_date": str(EVENT),
    "spread": "one_county",
    "event_kind": "performance",
    "commercial_performance": "yes",
    "joint": "no",
    "venue_self": "no",
    "temp_structures": "yes",
    "fireworks": "no",
    "agent": "no",
}
LAW = ("大型群众性活动安全管理条例 第13条", "Large Events Safety Regulation art. 13")
CITY = ("由谁决定：设区的市级公安机关", "Who decides: the city police")
STOPPED = ("现在不能这样提交", "Not possible like this")
SetClock = Callable[[datetime], None]


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """The clock on the wall, for the server of the test too."""

    def turn_to(at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)

    turn_to(TODAY)
    return turn_to


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_told_while_answering_that_it_is_too_late_and_what_is_possible(meet: Meet, time: SetClock, way: Way) -> None:
    person = meet(way)
    find(person)
    answer_until(person, DAY)
    assert person.t(*STOPPED) not in person.text()
    give_day(person, EVENT)
    question = person.page.get_by_role("group").first
    expect(question).to_be_visible()  # there are questions left: this is told at once
    told(person)
    assert person.t(*CITY) not in person.text()  # whether it goes over several provinces is not known yet
    answer_until(person, Words("活动类型？", "Kind of event?"))
    person.sees(*CITY)
    answer_until(person, None)
    told(person)
    person.sees(*CITY)
    no_way_on(person)
    late = person.page.url

    person.sign_in("李强")
    person.page.goto(late)
    no_way_on(person)

    person.page.goto(late.replace(str(EVENT), str(IN_TIME)))
    assert person.t(*STOPPED) not in person.text()
    person.sees("来得及", "In time")
    last = date_words(TODAY.date())
    person.sees(f"最晚 {last.zh}提出", f"apply by {last.en}")
    person.button("开始填表", "Start the form").click()
    expect(person.field(Words("活动名称", "Name of the event"))).to_be_visible()


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_last_day_stays_where_it_is_in_a_holiday(meet: Meet, time: SetClock, way: Way) -> None:
    """20 days before 25 October is 5 October, a day off: a period that is counted back never rolls."""
    person = meet(way, "李强")
    page = address(AFTER_HOLIDAY)
    last = date_words(date(2026, 10, 5))
    person.page.goto(page)
    person.sees(f"最晚 {last.zh}提出", f"apply by {last.en}")
    time(datetime(2026, 10, 5, 23, 59, tzinfo=SHANGHAI))
    person.page.goto(page)
    expect(person.button("开始填表", "Start the form")).to_be_visible()
    time(datetime(2026, 10, 6, 0, 0, tzinfo=SHANGHAI))
    person.page.goto(page)
    no_way_on(person)
    earliest = date_words(date(2026, 10, 26))
    person.sees(
        f"这一天最晚要在 {last.zh}提出；现在提出的，最早能定在 {earliest.zh}。",
        f"For that day the last day to apply was {last.en}; asked for now, the earliest possible day is {earliest.en}.",
    )


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_form_sent_past_the_pages_is_refused_by_name(meet: Meet, cast: Cast, time: SetClock, way: Way) -> None:
    person = meet(way)
    issued = people.issue_token(
        label="J5",
        scopes=["cases:submit", "cases:read", "files:upload"],
        expires_at=TODAY + timedelta(days=1),
        by=System("tests"),
        at=TODAY,
        person=cast.applicant.person,
    )
    headers = {
        "Authorization": f"Bearer {issued.text}",
        "Content-Type": "application/json",
        "Idempotency-Key": "j5-too-late-000001",
        "Accept-Language": way.language,
    }
    body = {"item": "ZA02", "site": HALL, "answers": ANSWERS, "fields": {}, "papers": []}
    answer = person.page.request.post("/api/v1/cases", headers=headers, data=json.dumps(body))
    said = answer.json()
    assert (answer.status, said["code"]) == (422, "catalogue.too_late")
    assert said["facts"]["left"] == 19
    assert not Case.objects.exists()


def address(day: date) -> str:
    """Return the page on which all is answered, for an event on the day."""
    query = "&".join(f"{key}={value}" for key, value in {**ANSWERS, "event_date": str(day)}.items())
    return f"/items/ZA02/ask?{query}"


def find(person: Person) -> None:
    person.page.goto("/")
    person.page.get_by_role("searchbox", name=person.t("用平常话说要办的事", "Say it in everyday words")).fill(
        "办演唱会"
    )
    person.button("查一查", "Search").click()
    person.link("大型群众性活动安全许可", "Safety permit for large public events").click()
    person.link("开始办理", "Start").click()


def answer_until(person: Person, stop: Words | None) -> None:
    """Answer the questions as they come until the one that is named, or until none is left."""
    answers = {person.say(question): person.say(chosen) for question, chosen in CHOSEN.items()}
    while person.button("下一步", "Next").count():
        asked = person.page.get_by_role("group").first
        if not asked.count():
            if stop is not None and person.field(stop).count():
                return
            person.field(PEOPLE).fill("6000")
        else:
            question = asked.locator("legend").inner_text().strip()
            if stop is not None and question == person.say(stop):
                return
            asked.get_by_role("radio", name=answers[question], exact=True).check()
        person.go_on("下一步", "Next")


def give_day(person: Person, day: date) -> None:
    person.field(DAY).fill(day.isoformat())
    person.go_on("下一步", "Next")


def told(person: Person) -> None:
    """Everything that can be known stands there: days, the last day, the earliest day, the article."""
    on, last, earliest = (date_words(day) for day in (EVENT, date(2026, 9, 17), IN_TIME))
    place = person.page.get_by_role("alert", name=person.t(*STOPPED))
    for zh, en in [
        (f"要提前 20 日，离{on.zh}只有 19 日。", f"20 days are required and only 19 are left until {on.en}."),
        (f"这一天最晚要在 {last.zh}提出", f"the last day to apply was {last.en}"),
        (f"最早能定在 {earliest.zh}", f"the earliest possible day is {earliest.en}"),
        LAW,
    ]:
        expect(place).to_contain_text(person.t(zh, en))


def no_way_on(person: Person) -> None:
    person.sees(*STOPPED)
    assert person.button("开始填表", "Start the form").count() == 0
    assert person.page.get_by_role("link", name=person.t("登录后开始", "Sign in and start"), exact=True).count() == 0
    assert person.page.locator("form[action*='/begin']").count() == 0
