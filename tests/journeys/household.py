"""What the journeys of the household police share: made-up people, and forms filled in by what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random

from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page

from onewindow.accounts import commands as people
from onewindow.accounts import queries as accounts
from onewindow.accounts.doors import SESSION
from onewindow.accounts.rules import Duty, IdType, Resident, identity_number, session_word
from onewindow.cases import commands, queries
from onewindow.catalogue import queries as catalogue
from onewindow.core import clock
from onewindow.jobs.demo_forms import typed
from onewindow.jobs.demo_people import Neighbour
from tests.cases import given as cases
from tests.cast import Cast
from tests.journeys.given import Person

HOUSEHOLD = "140100-household"


def register(cast: Cast, name: str, born: date, serial: int, phone: str = "") -> Resident:
    """Register someone who is nobody, as a clerk does who sees the document."""
    number = identity_number("149900", born, serial)
    more = {"phone": phone} if phone else {}
    person = people.register(
        name=name, id_type=IdType.RESIDENT_ID, id_number=number, by=cast.clerk, at=clock.now(), **more
    )
    return Resident(person, 2)


def office_decides(cast: Cast) -> None:
    """Let 吴涛 examine and decide for the household police too."""
    duties = [(duty, HOUSEHOLD) for duty in (Duty.REVIEW, Duty.DECIDE, Duty.MAKE)]
    people.give(staff=cast.examiner.id, duties=duties, by=[cast.admin, cast.publisher], at=clock.now())


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


def carry(number: str, cast: Cast, *acts: str, way: str = "electronic") -> None:
    """Let the office carry a case through acts: the counter its own, 吴涛 the rest."""
    case = queries.case_for(cast.clerk, number)
    examiner = accounts.staff_asker(cast.examiner.id, clock.day_of(clock.now()))
    for act in acts:
        by = examiner if act in ("review", "approve", "make") else cast.clerk
        at = clock.now()
        if act in ("make", "deliver"):
            cases.settle(number, cast.clerk, at)
        signed = "" if way == "electronic" else "本人"
        more = {"review": {"remark": "已核对系统"}, "deliver": {"way": way, "receipt": signed}}
        case = getattr(commands, act)(
            number=number, by=by, at=at, version=case.version, key=cases.key(), **more.get(act, {})
        )


def is_missing(person: Person, path: str) -> None:
    """Open a page that is not there for this person."""
    answered = person.page.goto(path)
    assert answered is not None
    assert answered.status == 404, path
