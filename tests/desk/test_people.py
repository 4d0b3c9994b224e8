"""Who may act for whom, noted at the counter: guardians, letters on paper, legal representatives; each no in place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from onewindow.accounts import commands as accounts
from onewindow.accounts import queries
from onewindow.accounts.models import Authority, Firm, FirmRole, Guardianship, Person, ReadLog
from onewindow.accounts.models import Staff as StaffRow
from onewindow.accounts.queries.noted import State, noted_of_for
from onewindow.accounts.rules import Basis, credit_digit, identity_number
from onewindow.core.errors import NotFound
from tests.browser import OpenPage, axe_faults, width_faults
from tests.cases.given import HOUR, MONDAY, key
from tests.cast import Cast
from tests.desk.given import Desk
from tests.desk.test_browser import signed_in
from tests.desk.test_counter import begin
from tests.desk.test_counter_browser import look

SetClock = Callable[[datetime], None]
FIND = "/desk/people/"
TODAY = MONDAY.date()
CHILD = {"id_type": "resident_id", "id_number": identity_number("149900", date(2015, 6, 1), 12), "name": "李小乐"}
GUARDS = {**CHILD, "relation": "parent", "need": "minor", "proof": "household_booklet"}
SECOND = {"id_type": "resident_id", "id_number": "14990019791103902X", "name": "刘洋"}
CODE = "91149900MA0000001"
FIRM = {"code": CODE + credit_digit(CODE), "firm_name": "演示二号运输有限公司"}
LETTER = {"items": ["CG04"], "from_on": "2026-11-16", "until_on": "2026-12-31", "seen": "on"}


def opened(desk: Desk, **typed: Any) -> str:
    """Open the person whose document is shown, and return the address of their page."""
    desk.get(FIND)
    told = {"id_type": "resident_id", "id_number": "149900198805129018", "name": "李强", **typed}
    response = desk.client.post(FIND, {**desk.form(FIND), **told})
    assert response.status_code == 303, response.content.decode()[:3000]
    return str(response.headers["Location"])


def note(desk: Desk, path: str, word: str, status: int = 303, **typed: Any) -> str:
    desk.get(path)
    text = desk.send(f"{path}/{word}", status, **typed)
    return desk.get(path) if status == 303 else text


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))


def test_a_guardianship_is_noted_from_both_documents_and_ended(clerk: Desk, cast: Cast, time: SetClock) -> None:
    path = opened(clerk)
    assert "没有登记过" in clerk.get(path)
    text = note(clerk, path, "guardian", **GUARDS)
    assert "李*乐" in text
    assert "李小乐" not in text
    assert "居民户口簿" in text
    assert "到满 18 周岁" in text
    [mandate] = queries.acting_for(cast.applicant.person or 0, TODAY)
    end = f"{path}/end/guardian/{mandate.ground}"
    clerk.send(end)
    assert "已终止" in clerk.get(path)
    assert end not in clerk.page
    assert queries.acting_for(cast.applicant.person or 0, TODAY) == ()


def test_a_childs_birth_certificate_asks_for_the_day_of_birth(clerk: Desk, cast: Cast, time: SetClock) -> None:
    path = opened(clerk)
    papers = {**GUARDS, "id_type": "birth_certificate", "id_number": "M140000001", "proof": "birth_certificate"}
    text = note(clerk, path, "guardian", 422, **papers)
    assert "没有出生日期的证件" in text
    assert 'href="#guardian_ward_born_on"' in text
    assert Person.objects.filter(id_type="birth_certificate").count() == 0
    note(clerk, path, "guardian", **papers, ward_born_on="2025-01-02")
    assert Guardianship.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"relation": "child"}, "relation", "法律没有让这种关系的人当监护人"),
        ({"id_number": "149900201506010120"}, "id_number", "号码有一位抄错了"),
        ({"name": ""}, "name", "还没有填"),
        ({"proof": ""}, "proof", "还没有选"),
        ({**SECOND}, "ward_born_on", "被监护人的年龄和原因不符"),
        ({**SECOND, "name": "刘示"}, "name", "姓名和这个证件号码登记的不一样"),
    ],
)
def test_a_no_stands_beside_its_field_and_leaves_nothing(
    clerk: Desk, cast: Cast, time: SetClock, changed: dict[str, str], field: str, said: str
) -> None:
    path, known = opened(clerk), Person.objects.count()
    text = note(clerk, path, "guardian", 422, **{**GUARDS, **changed})
    assert f'href="#guardian_{field}"' in text
    assert said in text
    assert (Guardianship.objects.count(), Person.objects.count()) == (0, known)


def test_the_same_guardianship_is_noted_once(clerk: Desk, cast: Cast, time: SetClock) -> None:
    path = opened(clerk)
    clerk.get(path)
    sent = {**clerk.form(f"{path}/guardian"), **GUARDS}
    for _ in range(2):
        assert clerk.client.post(f"{path}/guardian", sent).status_code == 303
    assert Guardianship.objects.count() == 1
    assert "这段监护关系已经登记过" in note(clerk, path, "guardian", 422, **GUARDS)


def test_a_letter_on_paper_is_noted_and_the_principal_revokes_it(clerk: Desk, cast: Cast, time: SetClock) -> None:
    path = opened(clerk)
    text = note(clerk, path, "letter", **SECOND, **LETTER)
    assert "刘*" in text
    assert "2026年12月31日" in text
    [mandate] = queries.acting_for(cast.applicant.person or 0, TODAY)
    assert (mandate.basis, mandate.items, mandate.until_on) == (Basis.LETTER, {"CG04"}, date(2027, 1, 1))
    assert Authority.objects.get().on_paper
    principal = opened(clerk, **SECOND)
    assert "谁可以为本人或本单位办" in clerk.get(principal)
    clerk.send(f"{principal}/end/letter/{mandate.ground}")
    assert queries.acting_for(cast.applicant.person or 0, TODAY) == ()


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"until_on": "2026-11-15", "from_on": "2026-11-01"}, "until_on", "这份委托书已经过期"),
        ({"until_on": "2026-11-20", "from_on": "2026-11-21"}, "until_on", "结束的日子早于开始"),
        ({"seen": ""}, "seen", "还没有填"),
        ({"id_number": "149900198805129018", "name": "李强"}, "id_number", "不用委托自己"),
        ({"items": ["no such"]}, "", "委托的事项写得不对"),
    ],
)
def test_a_letter_that_does_not_hold_is_not_noted(
    clerk: Desk, cast: Cast, time: SetClock, changed: dict[str, str], field: str, said: str
) -> None:
    typed = {**SECOND, **LETTER, **changed}
    text = note(clerk, opened(clerk), "letter", 422, **{name: value for name, value in typed.items() if value})
    assert said in text
    assert not field or f'href="#letter_{field}"' in text
    assert not Authority.objects.exists()


def test_a_legal_representative_is_noted_replaced_and_ended(clerk: Desk, cast: Cast, time: SetClock) -> None:
    first = opened(clerk)
    text = note(clerk, first, "legal-rep", **FIRM, seen="on")
    assert FIRM["firm_name"] in text
    second = opened(clerk, **SECOND)
    note(clerk, second, "legal-rep", **FIRM, seen="on")
    assert "已终止" in clerk.get(first)
    role = FirmRole.objects.get(ended_at__isnull=True)
    clerk.get(second)
    clerk.send(f"{second}/end/legal_rep/{role.pk}")
    assert not FirmRole.objects.filter(ended_at__isnull=True).exists()
    assert Firm.objects.count() == 1


def test_a_firm_needs_a_right_code_and_a_licence_seen(clerk: Desk, cast: Cast, time: SetClock) -> None:
    text = note(clerk, opened(clerk), "legal-rep", 422, code="91149900MA00000011", firm_name="演示")
    assert 'href="#legal-rep_code"' in text
    assert 'href="#legal-rep_seen"' in text
    assert not Firm.objects.exists()


def test_a_firms_representative_sees_and_ends_its_letters(clerk: Desk, cast: Cast, time: SetClock) -> None:
    agent = opened(clerk, **SECOND)
    note(clerk, agent, "firm-letter", **FIRM, **LETTER)
    path = opened(clerk)
    note(clerk, path, "legal-rep", **FIRM, seen="on")
    text = clerk.get(path)
    assert "刘*" in text
    clerk.send(f"{path}/end/letter/{Authority.objects.get().pk}")
    assert Authority.objects.get().ended_at is not None


def test_what_a_colleague_has_ended_meanwhile_is_shown_as_it_is_now(clerk: Desk, cast: Cast, time: SetClock) -> None:
    path = opened(clerk)
    note(clerk, path, "guardian", **GUARDS)
    end = f"{path}/end/guardian/{Guardianship.objects.get().pk}"
    assert "李*乐" in clerk.send(end, 409, version=2)
    assert Guardianship.objects.get().ended_at is None
    clerk.get(path)
    sent = clerk.form(end)
    officer = Desk(cast.officer)
    theirs = opened(officer)
    officer.get(theirs)
    officer.send(f"{theirs}/end/guardian/{Guardianship.objects.get().pk}")
    response = clerk.client.post(end, sent)
    assert response.status_code == 409
    assert "已终止" in response.content.decode()


def test_an_opened_person_is_one_clerks_for_one_day(clerk: Desk, cast: Cast, time: SetClock) -> None:
    path = opened(clerk)
    note(clerk, path, "guardian", **GUARDS)
    row = Guardianship.objects.get().pk
    officer = Desk(cast.officer)
    officer.get(path, 404)
    for address in (path, FIND):
        Desk(cast.reviewer).get(address, 404)
    clerk.get(f"{FIND}someone", 404)
    other = opened(clerk, **SECOND)
    assert clerk.client.post(f"{other}/end/guardian/{row}", {"once": "x" * 12, "version": 1}).status_code == 404
    assert officer.client.post(f"{path}/end/guardian/{row}", {}).status_code == 404
    time(MONDAY + timedelta(days=1))
    clerk.get(path, 404)
    assert Guardianship.objects.get().ended_at is None


def test_nobody_notes_their_own(clerk: Desk, cast: Cast, time: SetClock) -> None:
    path = opened(clerk)
    StaffRow.objects.filter(pk=cast.clerk.id).update(person=cast.applicant.person)
    clerk.get(path, 404)
    clerk.get(FIND)
    typed = {"id_type": "resident_id", "id_number": "149900198805129018", "name": "李强"}
    assert "自己的证件要由另一位同事核验" in clerk.send(FIND, 422, **typed)
    other = opened(clerk, **SECOND)
    text = note(clerk, other, "guardian", 422, **{**GUARDS, **typed})
    assert "自己的证件要由另一位同事核验" in text


def test_each_opening_is_written_down_and_read_by_the_person(clerk: Desk, cast: Cast, time: SetClock) -> None:
    path = opened(clerk)
    before = ReadLog.objects.filter(what="standing").count()
    clerk.get(path)
    read = ReadLog.objects.filter(person=cast.applicant.person, what="standing")
    assert (before, read.count()) == (0, 1)
    assert "能为谁代办、谁能代办" in Desk(cast.applicant).get("/reads")
    assert "noting at the counter who may act for whom" in Desk(cast.applicant, "en").get("/reads")


def test_the_counter_leads_here_and_back(clerk: Desk, cast: Cast, time: SetClock) -> None:
    number = begin(clerk)
    text = clerk.get(f"/desk/counter/{number}/items")
    assert "先登记" in text
    [link] = re.findall(r'href="(/desk/people/sitting/[^"]+)"', text)
    path = clerk.client.get(link).headers["Location"]
    note(clerk, path, "guardian", **GUARDS)
    assert f'href="/desk/counter/{number}/items"' in clerk.page
    assert "作为监护人，为李*乐" in clerk.get(f"/desk/counter/{number}/items")
    Desk(cast.officer).get(link, 404)


def test_it_is_said_in_english(cast: Cast, time: SetClock) -> None:
    desk = Desk(cast.clerk, language="en")
    path = opened(desk)
    text = plain(note(desk, path, "guardian", **GUARDS))
    assert "Until the 18th birthday" in text
    assert "Civil Code, arts. 36, 39" in text


def test_what_is_noted_of_a_person_and_its_state(cast: Cast, time: SetClock) -> None:
    me, other = cast.applicant.person or 0, cast.second.person or 0
    spans = {State.GOOD: (0, 9), State.LATER: (3, 9), State.OVER: (-9, 1)}
    for first, last in spans.values():
        accounts.give_letter(
            agent=me,
            principal=other,
            items=[],
            from_on=TODAY + timedelta(days=first),
            until_on=TODAY + timedelta(days=last),
            by=cast.clerk,
            at=MONDAY,
            key=key(),
        )
    later = TODAY + timedelta(days=2)
    assert [each.state for each in noted_of_for(cast.clerk, me, later)] == [State.GOOD, State.LATER, State.OVER]
    assert {each.principal_name for each in noted_of_for(cast.clerk, other, later)} == {"刘洋"}
    for stranger in (cast.reviewer, cast.supervisor):
        with pytest.raises(NotFound):
            noted_of_for(stranger, me, later)


@pytest.fixture
def people(transactional_db: None, house: Cast, time: SetClock) -> Cast:
    time(MONDAY + 4 * HOUR)
    return house


@pytest.mark.looks
@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_pages_are_open_to_everyone(people: Cast, open_page: OpenPage, width: int, language: str) -> None:
    mark = f"{language[:2]}-{width}"
    page: Page = signed_in(open_page("/sign-in", width=width, language=language), people.clerk)
    page.goto(FIND)
    look(page, f"people-1-find-{mark}")
    page.locator("main button.btn").click()
    look(page, f"people-2-faults-{mark}")
    page.locator('[name="id_number"]').fill("149900198805129018")
    page.locator('main [name="name"]').fill("李强")
    page.locator("main button.btn").click()
    look(page, f"people-3-empty-{mark}")
    page.locator("details.act > summary").first.click()
    page.locator("details.act[open] button.btn").click()
    look(page, f"people-4-no-{mark}")
    within = page.locator("details.act[open]")
    for name in ("id_number", "name"):
        within.locator(f'[name="{name}"]').fill(GUARDS[name])
    for name in ("relation", "need", "proof"):
        within.locator(f'[name="{name}"]').select_option(GUARDS[name])
    within.locator("button.btn").click()
    page.locator("details.act > summary").nth(3).click()
    within = page.locator("details.act[open]")
    for name, text in FIRM.items():
        within.locator(f'[name="{name}"]').fill(text)
    within.locator('[name="seen"]').check()
    within.locator("button.btn").click()
    page.wait_for_selector("table.cards tbody tr:nth-child(2)")
    page.locator("table.cards details summary").first.click()
    look(page, f"people-5-noted-{mark}")
    page.locator("details.act > summary").nth(1).click()
    page.locator("details.act[open] details > summary").click()
    look(page, f"people-6-letter-{mark}")
    assert axe_faults(page) == []
    assert width_faults(page) == []
