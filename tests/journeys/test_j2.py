"""An old man's lost card at the counter with a helper, and a certificate that his agent asks for on line (旅程 J2).

Everyone acts in the browser: he and his agent, the clerk at the counter, and the office that decides.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from onewindow.accounts.queries import person_of_identity
from onewindow.accounts.rules import IdType, Resident, identity_number
from onewindow.cases import queries
from onewindow.core import clock
from tests.browser import axe_faults, width_faults
from tests.cast import HALL, Cast
from tests.journeys.conftest import Meet
from tests.journeys.given import Person, Way, do_jobs
from tests.journeys.household import (
    accepts,
    answer,
    bring_all,
    come_in,
    fill,
    hand_in,
    hands_over,
    is_missing,
    makes,
    put,
    register,
    reviews_and_approves,
    takes_the_fee,
)
from tests.journeys.test_j1 import FOR_STAFF

pytestmark = pytest.mark.browser

WAYS = [Way("zh-CN", 1440, javascript=True), Way("en", 390, javascript=False)]
CARD = {
    "age": "78",
    "lost_how": "lost",
    "reported": "no",
    "apply_at": "hukou_place",
    "proof_at_hand": "booklet",
    "urgent": "no",
}
CERTIFICATE = {
    "asker": "agent",
    "subject_kind": "mainland",
    "apply_place": "hukou",
    "times_this_year": "1",
    "purpose": "job",
}
NAME, BORN, SERIAL = "周福安", date(1948, 3, 5), 31


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_an_old_man_a_helper_and_an_agent(meet: Meet, cast: Cast, way: Way) -> None:
    staff = Way(way.language, FOR_STAFF, way.javascript)
    old = register(cast, NAME, BORN, SERIAL, "10000000931")
    clerk = meet(staff, "王芳")
    card = at_the_counter(clerk)
    case = queries.case_for(cast.clerk, card)
    assert (case.person, case.helper, case.agent, case.stage) == (old.person, cast.officer.id, None, "accepted")
    do_jobs()

    man = meet(way)
    come_in(man, old)
    looks_in_large_text(man, card)
    reviews_and_approves(office := meet(staff, "林静"), card)
    takes_the_fee(clerk, card, "40.00 元", "40.00 yuan")
    office.page.reload()  # what it waited for is paid
    makes(office, card)
    hands_over(clerk, card, signed=NAME)
    do_jobs()
    sees_the_card(man, card)

    gives_a_letter(man)
    agent = meet(way, "刘洋")
    acts_for(agent)
    number = applies(agent, old, cast)
    accepts(clerk, number)
    reviews_and_approves(office, number)
    makes(office, number)
    hands_over(clerk, number)
    do_jobs()
    for person in (man, agent):
        sees_the_result(person, number)
    is_missing(agent, f"/cases/{card}")
    agent.page.goto("/cases")
    assert number in agent.text()
    assert card not in agent.text()

    kept = begun(agent)
    ends_the_letter(man, number)
    is_missing(agent, kept)
    is_missing(agent, f"/cases/{number}")
    agent.page.goto("/my/agents")
    assert agent.page.get_by_role("button", name=agent.t("代周*安办", "Act for 周*安")).count() == 0


def at_the_counter(clerk: Person) -> str:
    """Take him in by his household booklet's number, with 郑凯 as helper, and accept."""
    page = clerk.page
    page.goto("/desk/counter/")
    put(page, "site", HALL)
    put(page, "id_number", number_of())
    put(page, "name", NAME)
    page.locator("main button.btn").first.click()
    page.wait_for_url("**/items*")
    page.goto(page.url.partition("?")[0] + "?q=HZ09")
    page.get_by_label(clerk.t("帮办", "Helper")).select_option(label="郑凯")
    page.locator('main [name="items"][value="HZ09"]').check()
    page.locator("main button.btn:not(.quiet)").first.click()
    answer(page, CARD)
    fill(page, "HZ09", CARD, Resident(_person(), 2))
    page.locator("main button.btn:not(.quiet)").first.click()
    page.locator('main button[name="all"]').click()
    clerk.sees("郑凯", "郑凯")
    for box in page.locator('main input[type="checkbox"]').all():
        box.check()
    page.locator("main button.btn:not(.quiet)").first.click()
    page.wait_for_url("**/receipt")
    clerk.sees("周*安", "周*安")
    assert NAME not in clerk.text()
    number = clerk.case_number()
    page.get_by_role("button", name=clerk.t("材料齐的都受理（1 件）", "Accept all that are complete (1)")).click()
    page.wait_for_url("**/receipt")
    return number


def number_of() -> str:
    return identity_number("149900", BORN, SERIAL)


def _person() -> int:
    found = person_of_identity(IdType.RESIDENT_ID, number_of())
    assert found is not None
    return found


def looks_in_large_text(man: Person, number: str) -> None:
    """He looks at his case in the elder version: larger, whole, and it says by when."""
    man.page.goto(f"/cases/{number}")
    before = man.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    man.go_on("长辈版", "Large text")
    man.page.goto(f"/cases/{number}")
    expect(man.button("标准版", "Standard text")).to_be_visible()
    assert man.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > before
    man.sees("最晚", "by")
    assert width_faults(man.page) == []
    if man.way.javascript:
        assert axe_faults(man.page) == []


def sees_the_card(man: Person, number: str) -> None:
    man.page.goto(f"/cases/{number}")
    result = man.part("结果", "Result")
    man.sees("决定准予", "approved the application", inside=result)
    man.sees("居民身份证", "resident identity card", inside=result)
    man.sees("窗口领取", "handed over at the counter", inside=man.part("经过", "What happened"))


def gives_a_letter(man: Person) -> None:
    man.page.goto("/my/")
    man.link("委托和代办", "Acting for another").click()
    man.link("出具委托书", "Give a letter of authority").click()
    page = man.page
    put(page, "agent_name", "刘洋")
    put(page, "agent_id_number", "14990019791103902X")
    put(page, "scope", "listed")
    put(page, "q", man.t("无犯罪记录", "no criminal record"))
    man.button("找", "Look").click()
    put(page, "items", "HZ12")
    put(page, "last_day", (clock.day_of(clock.now()) + timedelta(days=20)).isoformat())
    page.get_by_role("checkbox", name=man.t("我委托这个人", "I let this person")).check()
    assert width_faults(page) == []
    man.button("出具", "Give it").click()
    man.heading("委托和代办", "Acting for another")
    man.sees("刘*", "刘*")
    man.sees("有效", "in force")
    assert width_faults(page) == []


def acts_for(agent: Person) -> None:
    agent.page.goto("/my/agents")
    assert NAME not in agent.text()
    agent.button("代周*安办", "Act for 周*安").click()
    expect(agent.page.get_by_text(agent.t("正在代周*安办理", "Acting for 周*安"))).to_be_visible()


def begun(agent: Person) -> str:
    """Begin an application for the certificate and return the form's address."""
    agent.page.goto("/items/HZ12/ask?" + "&".join(f"{key}={value}" for key, value in CERTIFICATE.items()))
    agent.button("开始填表", "Start the form").click()
    agent.page.wait_for_url("**/form")
    return agent.page.url


def applies(agent: Person, old: Resident, cast: Cast) -> str:
    """The form begins with the principal's data, and with the agent's where it asks for the agent."""
    begun(agent)
    page = agent.page
    expect(page.locator('[name="person.name"]')).to_have_value(NAME)
    expect(page.locator('[name="person.id_number"]')).to_have_value("1499************" + number_of()[-2:])
    expect(page.locator('[name="agent.name"]')).to_have_value("刘洋")
    fill(page, "HZ12", CERTIFICATE, old, site=HALL)
    put(page, "site", HALL)
    agent.button("存好，下一步交材料", "Save and go on to the papers").click()
    bring_all(agent)
    number = hand_in(agent)
    case = queries.case_for(cast.clerk, number)
    assert (case.person, case.agent, case.basis) == (old.person, cast.second.person, "letter")
    return number


def sees_the_result(person: Person, number: str) -> None:
    person.page.goto(f"/cases/{number}")
    result = person.part("结果", "Result")
    person.sees("决定准予", "approved the application", inside=result)
    person.sees("无犯罪记录证明", "certificate of no record", inside=result)
    person.sees("电子送达", "delivered electronically", inside=person.part("经过", "What happened"))


def ends_the_letter(man: Person, number: str) -> None:
    """He sees what was done by the letter, and ends it."""
    man.page.goto("/my/agents")
    man.sees(number, number)
    man.page.get_by_role("button", name=man.t("撤销委托", "End it")).click()
    man.sees("已终止", "ended")
