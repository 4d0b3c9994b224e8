"""A person at the counter: found or registered, several items in one sitting, one receipt; finding; the day's work."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onewindow.accounts import commands as people
from onewindow.accounts import queries as accounts
from onewindow.accounts.models import Person, ReadLog
from onewindow.accounts.models import Staff as StaffRow
from onewindow.accounts.rules import Proof, credit_digit, identity_number
from onewindow.cases import queries
from onewindow.cases.models import Case, Sitting
from tests.cases.given import HOUR, MONDAY, application, child, key, submit
from tests.cast import LANES, Cast
from tests.core.test_files import picture
from tests.desk.given import Desk

SetClock = Callable[[datetime], None]
BORN = identity_number("149900", date(1991, 4, 5), 24)


def begin(desk: Desk, status: int = 303, **typed: Any) -> str:
    """Begin a sitting and return its number, or the page that says no."""
    desk.get("/desk/counter/")
    told = {"site": LANES, "id_type": "resident_id", "id_number": "149900198805129018", "name": "李强", **typed}
    text = desk.send("/desk/counter/", status, **told)
    return Sitting.objects.latest("id").number if status == 303 else text


def page(number: str, name: str) -> str:
    return f"/desk/counter/{number}/{name}"


def choose(desk: Desk, number: str, *items: str, **typed: Any) -> None:
    desk.get(page(number, "items"))
    desk.send(page(number, "items"), items=[*items], **typed)


def answer_all(desk: Desk, number: str, cast: Cast, *items: str) -> None:
    """Answer what is asked, page by page, as the cast's applications do, until nothing more is asked."""
    whole = {item: application(cast.applicant, item=item)["answers"] for item in items}
    for _ in range(20):
        text = desk.get(page(number, "questions"))
        names = set(re.findall(r'name="(\w+:[A-Z0-9-]+)"', text))
        typed = {name: whole[name.split(":")[1]][name.split(":")[0]] for name in names}
        response = desk.client.post(page(number, "questions"), {**desk.form(page(number, "questions")), **typed})
        assert response.status_code == 303, response.content.decode()[:3000]
        if response.headers["Location"] == page(number, "form"):
            return
    raise AssertionError("the questions never end")


def fill_in(desk: Desk, number: str, cast: Cast, *items: str) -> None:
    typed = {name: text for item in items for name, text in application(cast.applicant, item=item)["fields"].items()}
    text = desk.get(page(number, "form"))
    desk.send(page(number, "form"), **{name: text_ for name, text_ in typed.items() if f'name="{name}"' in text})


def ready(desk: Desk, cast: Cast, *items: str, acts_for: str = "self") -> str:
    """A sitting that lacks only its last button; every original was seen."""
    number = begin(desk)
    standings = [each.key for each in accounts.acting_for(cast.applicant.person, MONDAY.date())]
    choose(desk, number, *items, acts_for=next((each for each in standings if each.startswith(acts_for)), "self"))
    answer_all(desk, number, cast, *items)
    fill_in(desk, number, cast, *items)
    desk.get(page(number, "papers"))
    desk.send(page(number, "papers"), all="1")
    return number


def confirm(desk: Desk, number: str, status: int = 303) -> str:
    text = desk.get(page(number, "check"))
    ticks = dict.fromkeys(re.findall(r'type="checkbox" name="([^"]+)"', text), "on")
    return desk.send(page(number, "check"), status, **ticks)


def test_two_items_are_taken_in_together_and_accepted_by_one_button(clerk: Desk, cast: Cast, time: SetClock) -> None:
    number = ready(clerk, cast, "CG04", "CG05")
    confirm(clerk, number)
    cases = queries.sitting_for(cast.clerk, number).cases.split()
    assert [queries.case_for(cast.clerk, each).item for each in cases] == ["CG04", "CG05"]
    text = clerk.get(page(number, "receipt"))
    assert all(each in text for each in cases)
    assert "材料齐的都受理（2 件）" in text
    assert "受理并查验合格后" in text
    assert "李强" not in text
    time(MONDAY + HOUR)
    clerk.send(page(number, "receipt"))
    assert {queries.case_for(cast.clerk, each).stage for each in cases} == {"accepted"}
    assert "材料齐的都受理" not in clerk.get(page(number, "receipt"))
    assert cases[0] in clerk.get("/desk/counter/")
    told = Desk(cast.applicant).get(f"/cases/{cases[0]}")
    assert "窗口看过原件" in told
    assert "到窗口带来" not in told


def test_what_two_items_ask_alike_is_asked_once(clerk: Desk, cast: Cast, time: SetClock) -> None:
    number = begin(clerk)
    choose(clerk, number, "CG04", "CG05")
    answer_all(clerk, number, cast, "CG04", "CG05")
    text = clerk.get(page(number, "form"))
    names = re.findall(r'name="(\w+\.\w+)"', text)
    assert names.count("vehicle.plate") == 1, re.findall(r'<[^>]*name="vehicle.plate"[^>]*>', text)
    assert "1499**" in text or "1499***" in text
    assert "149900198805129018" not in text


def test_a_double_click_and_another_tab_take_in_once(clerk: Desk, cast: Cast, time: SetClock) -> None:
    number = ready(clerk, cast, "CG04")
    clerk.get(page(number, "check"))
    sent = {**clerk.form(page(number, "check")), "truth": "on"}
    sent |= dict.fromkeys(re.findall(r'type="checkbox" name="([^"]+)"', clerk.page), "on")
    for _ in range(2):
        assert clerk.client.post(page(number, "check"), sent).headers["Location"] == page(number, "receipt")
    assert Case.objects.count() == 1
    for name in ("items", "questions", "form", "papers", "check"):
        assert clerk.client.get(page(number, name)).headers["Location"] == page(number, "receipt")


def test_two_tabs_do_not_write_over_each_other(clerk: Desk, cast: Cast, time: SetClock) -> None:
    number = begin(clerk)
    clerk.get(page(number, "items"))
    sent = clerk.form(page(number, "items"))
    choose(clerk, number, "CG04")
    answer = clerk.client.post(page(number, "items"), {**sent, "items": ["CG05"]})
    assert answer.status_code == 409
    assert "在别的页面里刚改过" in answer.content.decode()
    assert queries.taken_of(queries.sitting_for(cast.clerk, number)).items == ("CG04",)


def test_somebody_unknown_is_registered_by_their_document(clerk: Desk, time: SetClock) -> None:
    number = begin(clerk, name="马春花", id_number=BORN, phone="10000000778")
    person = Sitting.objects.get(number=number).person
    assert (accounts.name_of(person), accounts.identity_of(person).level) == ("马春花", 2)
    assert "马*花" in clerk.get(page(number, "items"))


def test_a_wrong_document_is_said_beside_its_field(clerk: Desk, time: SetClock) -> None:
    before = Person.objects.count()
    text = begin(clerk, 422, id_number="149900198805129019", name="1", phone="12")
    assert text.count('class="field bad"') == 3
    assert "证件上的姓名" in begin(clerk, 422, name="李刚") or "姓名" in clerk.page
    assert (Person.objects.count(), Sitting.objects.count()) == (before, 0)


def test_a_guardian_acts_for_the_ward_and_nobody_else_does(clerk: Desk, cast: Cast, time: SetClock) -> None:
    child(cast)
    [standing] = accounts.acting_for(cast.applicant.person, MONDAY.date())
    number = begin(clerk)
    assert "作为监护人，为李*乐" in clerk.get(page(number, "items"))
    clerk.send(page(number, "items"), items=["CG04"], acts_for=standing.key)
    assert queries.taken_of(queries.sitting_for(cast.clerk, number)).acts_for == standing.key
    other = begin(clerk, name="刘洋", id_number="14990019791103902X")
    assert "作为监护人" not in clerk.get(page(other, "items"))
    text = clerk.send(page(other, "items"), 422, items=["CG04"], acts_for=standing.key)
    assert "没有登记过这样的代办关系" in text


def test_a_clerk_takes_nothing_in_for_themselves(clerk: Desk, cast: Cast, time: SetClock) -> None:
    StaffRow.objects.filter(pk=cast.clerk.id).update(person=cast.applicant.person)
    assert "您是这件事的当事人" in begin(clerk, 422)
    assert not Sitting.objects.exists()


def test_a_sitting_is_its_clerks_alone(clerk: Desk, cast: Cast, time: SetClock) -> None:
    number = begin(clerk)
    officer = Desk(cast.officer)
    for name in ("items", "questions", "form", "papers", "check", "receipt"):
        officer.get(page(number, name), 404)
    assert Desk(cast.reviewer).client.get("/desk/counter/").status_code == 404
    assert officer.client.post(page(number, "discard"), {}).status_code == 404
    clerk.get("/desk/counter/")
    clerk.send(page(number, "discard"))
    assert not Sitting.objects.exists()


def test_what_is_missing_stands_on_the_receipt(clerk: Desk, cast: Cast, time: SetClock) -> None:
    number = ready(clerk, cast, "CG04")
    clerk.get(page(number, "papers"))
    names = re.findall(r'name="is ([^"]+)" value="missing"', clerk.page)
    clerk.send(page(number, "papers"), **{f"is {name}": "missing" for name in names})
    assert "还缺：" in clerk.get(page(number, "check"))
    confirm(clerk, number)
    text = clerk.get(page(number, "receipt"))
    assert "没有材料齐的" in text
    assert f"{page(number, 'receipt')}" not in re.findall(r'action="([^"]+)"', text)


def test_a_scan_is_kept_and_a_bad_one_is_said(clerk: Desk, cast: Cast, time: SetClock) -> None:
    number = ready(clerk, cast, "CG04")
    text = clerk.get(page(number, "papers"))
    name = re.findall(r'type="file" name="([^"]+)"', text)[0]
    bad = SimpleUploadedFile("a.jpg", b"no picture")
    said = clerk.send(page(number, "papers"), 422, **{name: bad})
    assert 'class="field bad"' in said
    good = SimpleUploadedFile("a.jpg", picture("JPEG"), content_type="image/jpeg")
    clerk.send(page(number, "papers"), **{name: good})
    assert "已收扫描件" in clerk.get(page(number, "papers"))
    confirm(clerk, number)
    [case] = queries.sitting_for(cast.clerk, number).cases.split()
    states = {paper.key: paper.state for paper in queries.papers_of(queries.case_for(cast.clerk, case))}
    assert states[name.split(":")[0]] == "file"


def test_an_unfinished_form_is_kept_for_later(clerk: Desk, cast: Cast, time: SetClock) -> None:
    number = begin(clerk)
    choose(clerk, number, "CG04")
    answer_all(clerk, number, cast, "CG04")
    clerk.get(page(number, "form"))
    clerk.send(page(number, "form"), later="1", **{"vehicle.plate": "晋A1"})
    assert "接着收" in clerk.get("/desk/counter/")
    assert "晋A1" in clerk.get(page(number, "form"))
    assert "表里还有" in clerk.get(page(number, "check"))
    text = confirm(clerk, number, 422)
    assert f"{page(number, 'form')}#id_vehicle.plate" in text


def test_items_are_looked_for_without_losing_those_chosen(clerk: Desk, cast: Cast, time: SetClock) -> None:
    number = begin(clerk)
    clerk.get(page(number, "items"))
    sent = {**clerk.form(page(number, "items")), "items": ["CG04"], "q": "补领", "search": "1"}
    there = clerk.client.post(page(number, "items"), sent).headers["Location"]
    text = clerk.get(there)
    assert "CG04" in clerk.form(page(number, "items"))["items"]
    every = clerk.get(page(number, "items")).count('type="checkbox"')
    assert text.count('type="checkbox"') < every
    assert clerk.get(f"{there}&all=1").count('type="checkbox"') == every


# Finding


def test_a_name_is_found_once_why_is_said_and_the_person_sees_it(clerk: Desk, cast: Cast, number: str) -> None:
    clerk.get("/desk/find/")
    text = clerk.send("/desk/find/name", 200, name="李强", born_in="1988", why="本人来问进度")
    assert number in text
    assert "李*" in text
    assert "李强" not in re.sub(r'value="李强"', "", text)
    [read] = accounts.reads_of_for(cast.applicant)
    assert (read.what, read.why) == ("search", "本人来问进度")
    assert "按姓名查到的办件" in Desk(cast.applicant).get("/reads")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"why": ""}, "还没有填"),
        ({"why": "查"}, "理由"),
        ({"born_in": ""}, "区划和出生年至少写一项"),
        ({"name": ""}, "还没有填"),
        ({"division": "14"}, "写法不对"),
    ],
)
def test_a_name_alone_or_without_a_reason_finds_nothing(
    clerk: Desk, number: str, typed: dict[str, str], said: str
) -> None:
    clerk.get("/desk/find/")
    whole = {"name": "李强", "born_in": "1988", "why": "本人来问进度", **typed}
    text = clerk.send("/desk/find/name", 422, **whole)
    assert said in text
    assert number not in text
    assert not ReadLog.objects.exists()


def test_hidden_and_missing_look_the_same(clerk: Desk, cast: Cast, number: str) -> None:
    pages = []
    for asker, name in ((Desk(cast.stranger), "李强"), (Desk(cast.stranger), "王没有")):
        asker.get("/desk/find/")
        text = asker.send("/desk/find/name", 200, name=name, born_in="1988", why="本人来问进度")
        pages.append(re.sub(r'(value="[^"]*"|nonce-\S+)', "", text))
    assert pages[0] == pages[1]
    assert "没有找到" in pages[0]
    assert not ReadLog.objects.exists()
    assert clerk.client.get("/desk/find/name").headers["Location"] == "/desk/find/"


def test_a_plate_and_a_firm_are_found_at_ones_own_site(clerk: Desk, cast: Cast, number: str) -> None:
    plate = queries.form_of(queries.case_for(cast.clerk, number)).fields["vehicle.plate"]
    clerk.get("/desk/find/")
    assert number in clerk.send("/desk/find/plate", 200, plate=f"{plate[:2]}·{plate[2:]}")
    assert "没有找到" in clerk.send("/desk/find/firm", 200, firm="没有这家公司")
    clerk.get("/desk/find/")
    assert 'class="field bad"' in clerk.send("/desk/find/plate", 422, plate="A")
    stranger = Desk(cast.stranger)
    stranger.get("/desk/find/")
    assert "没有找到" in stranger.send("/desk/find/plate", 200, plate=plate)


def test_a_firm_is_found_by_its_name_and_by_its_code(clerk: Desk, cast: Cast, time: SetClock) -> None:
    seventeen = "91149900MA0K0000X"
    firm = people.register_firm(
        name="晋示例运输有限公司", code=seventeen + credit_digit(seventeen), by=cast.clerk, at=MONDAY
    )
    people.note_legal_rep(
        firm=firm.code,
        person=cast.applicant.person,
        proof=Proof.BUSINESS_LICENCE,
        by=cast.clerk,
        at=MONDAY,
        key=key(),
    )
    number = ready(clerk, cast, "CG05", acts_for="legal_rep")
    confirm(clerk, number)
    [case] = queries.sitting_for(cast.clerk, number).cases.split()
    row = queries.case_for(cast.clerk, case)
    assert (row.firm, row.person, row.agent, row.basis) == (
        firm.code,
        cast.applicant.person,
        cast.applicant.person,
        "legal_rep",
    )
    assert queries.name_of(row) == "晋示例运输有限公司"
    for text in ("示例运输", firm.code):
        clerk.get("/desk/find/")
        assert case in clerk.send("/desk/find/firm", 200, firm=text)


# The day


def test_the_day_begins_with_what_is_due(
    clerk: Desk, cast: Cast, number: str, time: SetClock, django_assert_num_queries: Any
) -> None:
    text = clerk.get("/desk/")
    assert "今天没有到期" in text
    assert number in text
    due_on = queries.case_for(cast.clerk, number).due_on
    time(datetime.combine(due_on, MONDAY.timetz()))
    assert "今天到期" in clerk.get("/desk/")
    time(datetime.combine(due_on + timedelta(days=1), MONDAY.timetz()))
    later = submit(cast.second, at=MONDAY + HOUR)
    assert later in clerk.get("/desk/")
    with django_assert_num_queries(11):
        clerk.get("/desk/")
    clerk.get("/desk/?scope=14020001", 404)
