"""What the journeys of the household police share: made-up people, forms, and the office at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random

from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page

from onewindow.accounts import commands as people
from onewindow.accounts import queries as accounts
from onewindow.accounts.doors import SESSION
from onewindow.accounts.rules import IdType, Resident, identity_number, session_word
from onewindow.catalogue import queries as catalogue
from onewindow.core import clock
from onewindow.jobs.demo_forms import typed
from onewindow.jobs.demo_people import Neighbour
from tests.cast import HOUSEHOLD, Cast
from tests.journeys.given import Person
from tests.journeys.test_j1 import SIGNED, act_of, unfold

NOTHING = ("这件办件现在没有您要做的", "Nothing on this case is for you")
ELECTRONIC = ("电子送达，申请人已同意", "Electronically, as the applicant agreed")


def register(cast: Cast, name: str, born: date, serial: int, phone: str = "") -> Resident:
    """Register someone who is nobody, as a clerk does who sees the document."""
    number = identity_number("149900", born, serial)
    more = {"phone": phone} if phone else {}
    person = people.register(
        name=name, id_type=IdType.RESIDENT_ID, id_number=number, by=cast.clerk, at=clock.now(), **more
    )
    return Resident(person, 2)


def come_in(person: Person, asker: Resident) -> None:
    """Begin a session for someone whom the demo's sign-in does not offer."""
    session = SessionStore()
    session[SESSION] = session_word(asker)
    session.save()
    cookie = {"name": "onewindow", "value": str(session.session_key), "url": person.page.url}
    person.page.context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie as it says


def answer(page: Page, answers: Mapping[str, str]) -> None:
    """Answer what a page of the counter asks, as often as answers open further questions."""
    while page.url.endswith("/questions"):
        for name in page.eval_on_selector_all(".asks input", "all => [...new Set(all.map(each => each.name))]"):
            put(page, name, answers[name.partition(":")[0]])
        page.locator("main button.btn:not(.quiet)").first.click()


def fill(page: Page, code: str, answers: Mapping[str, str], who: Resident, **own: str) -> None:
    """Fill in what the account has not filled in already."""
    known = accounts.identity_of(who.person)
    neighbour = Neighbour(known.person, known.name, known.id_type, known.id_number, known.phone or "10000000901")
    found = typed(catalogue.item(code), dict(answers), neighbour, Random(1), clock.now())
    for name, text in {**found, **own}.items():
        field = page.locator(f'main [name="{name}"]')
        if field.count() and not (field.first.get_attribute("type") in (None, "text") and field.first.input_value()):
            put(page, name, text)


def put(page: Page, name: str, text: str) -> None:
    field = page.locator(f'main [name="{name}"]')
    kind = field.first.evaluate("each => each.type || each.tagName")
    if kind == "select-one":
        field.select_option(text)
    elif kind == "checkbox" and text == "yes":
        field.check()
    elif kind in ("radio", "checkbox"):
        for word in text.split():
            page.locator(f'main [name="{name}"][value="{word}"]').check()
    else:
        field.fill(text)


def bring_all(person: Person) -> None:
    """Say of every paper that may be uploaded that one brings it, and go on."""
    for box in person.page.locator('main input[type="checkbox"][name^="bring "]').all():
        box.check()
    person.button("存好，下一步核对", "Save and check everything").click()
    person.heading("核对一遍，再提交", "Check once more, then hand in")


def hand_in(person: Person) -> str:
    for box in person.page.locator('main input[type="checkbox"]').all():
        box.check()
    person.submit().click()
    return person.receipt()


def is_missing(person: Person, path: str) -> None:
    """Open a page that is not there for this person."""
    answered = person.page.goto(path)
    assert answered is not None
    assert answered.status == 404, path


# The office, at the desk


def accepts(clerk: Person, number: str) -> None:
    """Accept the case; who accepts it is offered nothing more."""
    act_of(clerk, number, "受理，开始计时", "Accept and start the clock")
    clerk.sees(*NOTHING)


def reviews_and_approves(registrar: Person, number: str) -> None:
    """Find the case on the office's list, review it and approve."""
    registrar.page.goto(f"/desk/work/{HOUSEHOLD}")
    with registrar.page.expect_navigation():
        registrar.page.get_by_role("link", name=number).click()
    unfold(registrar, "审查", "Review")
    registrar.page.get_by_role("textbox", name=registrar.t("审查意见", "Opinion")).fill("已核对系统，与档案一致")
    act_of(registrar, number, "写入审查意见", "Enter the opinion")
    unfold(registrar, "准予", "Approve")
    act_of(registrar, number, "准予", "Approve")


def makes(registrar: Person, number: str) -> None:
    """Say on the page of the approved case that the document is made."""
    act_of(registrar, number, "证件已制好", "The certificate is made")


def takes_the_fee(clerk: Person, number: str, zh: str, en: str) -> None:
    """Go from the case, which waits for its fee, to the fee; take it in cash and give the receipt."""
    clerk.page.goto(f"/desk/cases/{number}")
    clerk.link("收费，结果等着", "Take the fee: the result waits for it").click()
    clerk.heading("办件收费", "Fee of a case")
    clerk.sees(zh, en)
    clerk.page.get_by_role("radio", name=clerk.t("现金", "Cash"), exact=True).check()
    clerk.go_on("收款，开收据", "Take it and give a receipt")
    clerk.sees("收据", "Receipt")
    clerk.sees("已缴", "Paid")


def hands_over(clerk: Person, number: str, signed: str = "") -> None:
    """Hand the result over to who signs for it, or electronically where nobody does, and conclude."""
    clerk.page.goto(f"/desk/cases/{number}")
    way = ("窗口领取，已核对本人", "At the counter, identity checked") if signed else ELECTRONIC
    clerk.page.get_by_role("radio", name=clerk.t(*way), exact=True).check()
    clerk.page.get_by_role("textbox", name=clerk.t(*SIGNED)).fill(signed)
    act_of(clerk, number, "登记送达", "Enter the delivery")
    act_of(clerk, number, "办结", "Conclude")
    clerk.sees(*NOTHING)
