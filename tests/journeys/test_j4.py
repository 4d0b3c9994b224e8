"""A boy's first identity card, in a province that is not his own, asked for by his father (旅程 J4).

Whether it can be collected elsewhere than where it was received was not found: the page says so, and nothing offers it.
"""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from onewindow.accounts import commands as people
from onewindow.accounts.rules import Guardianship, Need, Proof, Resident
from onewindow.cases import queries
from onewindow.core import clock
from onewindow.core.words import Words
from onewindow.places import queries as places
from tests.cases.given import key
from tests.cast import HALL, Cast
from tests.journeys.conftest import Meet
from tests.journeys.given import Person, Way, do_jobs
from tests.journeys.household import (
    accepts,
    bring_all,
    fill,
    hand_in,
    hands_over,
    is_missing,
    makes,
    put,
    register,
    reviews_and_approves,
)
from tests.journeys.test_j1 import FOR_STAFF

pytestmark = pytest.mark.browser

WAYS = [Way("zh-CN", 1440, javascript=True), Way("en", 390, javascript=False)]
NAME, SERIAL = "李小乐", 12
ANSWERS = {
    "age": "15",
    "first_kind": "resident",
    "apply_at": "other_province",
    "guardian_shown": "no",
    "guardian_kind": "parent",
    "urgent": "no",
}
AT_HOME = {**ANSWERS, "apply_at": "hukou_place", "guardian_shown": "yes", "guardian_kind": ""}
BOOKLET, FATHERS_CARD = Words("居民户口簿", "Household booklet"), Words("监护人居民身份证", "Guardian's ID card")
BIRTH, LIVES_HERE = (
    Words("出生医学证明", "Birth certificate"),
    Words("就业、就学或居住材料之一", "One proof of work, study or living there"),
)
GAP = Words(
    "能不能在受理点以外的网点领证，没有查到",
    "Whether the card can be collected at a site other than where it was accepted was not found",
)


@pytest.fixture
def boy(cast: Cast) -> Resident:
    """A boy of 15, whose father 李强 is known to guard him."""
    today = clock.day_of(clock.now())
    child = register(cast, NAME, date(today.year - 15, 1, 8), SERIAL)
    people.note_guardian(
        guardian=cast.applicant.person,
        ward=child.person,
        relation=Guardianship.PARENT,
        need=Need.MINOR,
        proof=Proof.BIRTH_CERTIFICATE,
        by=cast.clerk,
        at=clock.now(),
        key=key(),
    )
    return child


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_first_card_from_another_province(meet: Meet, cast: Cast, boy: Resident, way: Way) -> None:
    staff = Way(way.language, FOR_STAFF, way.javascript)
    father = meet(way, "李强")
    the_page_says_what_is_not_known(father)
    the_answers_choose_the_papers(father)
    number = applies(father, boy, cast)
    accepts(clerk := meet(staff, "王芳"), number)
    reviews_and_approves(office := meet(staff, "林静"), number)
    makes(office, number)
    do_jobs()
    is_told_where_to_collect(father, number)
    is_missing(meet(staff, "高峰"), f"/desk/cases/{number}")  # another city's counter knows nothing of it
    hands_over(clerk, number, signed="李强")
    do_jobs()
    father.page.goto(f"/cases/{number}")
    result = father.part("结果", "Result")
    father.sees("决定准予", "approved the application", inside=result)
    father.sees("居民身份证", "resident identity card", inside=result)
    father.sees("窗口领取", "handed over at the counter", inside=father.part("经过", "What happened"))
    with father.page.expect_navigation():
        father.page.locator("form").get_by_role("button", name=father.t("换回本人", "Switch back to myself")).click()
    father.page.goto("/cases")
    assert number not in father.text()  # the boy's, not his own


def the_page_says_what_is_not_known(father: Person) -> None:
    father.page.goto("/items/HZ07")
    father.page.get_by_text(father.t("还没有确认的", "Not yet confirmed"), exact=True).click()
    father.sees(GAP.zh, GAP.en)
    father.sees("在受理点领取", "Where it was accepted")


def the_answers_choose_the_papers(father: Person) -> None:
    """Elsewhere and not in the father's booklet: four papers; at home and in it: two."""
    papers = asked(father, ANSWERS)
    for paper in (BOOKLET, FATHERS_CARD, BIRTH, LIVES_HERE):
        father.sees(paper.zh, paper.en, inside=papers)
    rows = asked(father, AT_HOME).get_by_role("row").all_inner_texts()
    for paper, wanted in ((BOOKLET, True), (FATHERS_CARD, True), (BIRTH, False), (LIVES_HERE, False)):
        (row,) = (row for row in rows if row.lower().startswith(father.say(paper).lower()))
        assert ("因为" in row or "because" in row.lower()) is not wanted, row


def asked(father: Person, answers: dict[str, str]) -> Locator:
    words = "&".join(f"{name}={value}" for name, value in answers.items() if value)
    father.page.goto(f"/items/HZ07/ask?{words}")
    return father.part("要交的材料", "Papers to hand in")


def applies(father: Person, boy: Resident, cast: Cast) -> str:
    """The father applies for the boy; the form begins with the boy's data and the father's phone."""
    page = father.page
    page.goto("/my/agents")
    father.button("代李*乐办", "Act for 李*乐").click()
    expect(page.get_by_text(father.t("正在代李*乐办理", "Acting for 李*乐"))).to_be_visible()
    asked(father, ANSWERS)
    father.button("开始填表", "Start the form").click()
    expect(page.locator('[name="person.name"]')).to_have_value(NAME)
    expect(page.locator('[name="person.phone"]')).to_have_value("100****0901")
    expect(page.locator('[name="guardian.name"]')).to_have_value("李强")
    fill(page, "HZ07", ANSWERS, boy)
    put(page, "site", HALL)
    father.button("存好，下一步交材料", "Save and go on to the papers").click()
    bring_all(father)
    assert "149900" not in father.text()
    number = hand_in(father)
    case = queries.case_for(cast.clerk, number)
    assert (case.person, case.agent, case.basis) == (boy.person, cast.applicant.person, "guardian")
    typed = queries.form_of(case).fields
    assert (typed["person.name"], typed["guardian.name"]) == (NAME, "李强")
    return number


def is_told_where_to_collect(father: Person, number: str) -> None:
    """What is known: the card is handed out where the application was received."""
    hall = places.site(HALL).name
    father.page.goto(f"/cases/{number}")
    father.sees(f"结果好了，可以到{hall.zh}领", f"The result is ready: collect it at {hall.en}")
