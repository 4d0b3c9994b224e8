"""A form that is sent after the session has ended is not lost: its person finds it again, nobody else does."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from onewindow.accounts import doors
from onewindow.accounts.rules import Resident
from onewindow.cases import queries
from tests.cases.given import HOUR, MONDAY, submit
from tests.cases.test_whole_life import act
from tests.cast import Cast
from tests.portal.conftest import SetClock
from tests.portal.given import TYPED, Visitor, begun, picture
from tests.portal.test_correcting import SEAL, UNTIL, VIN, paper_of

GOOD = "LSVAA4187E2123456"


@pytest.fixture
def number(cast: Cast, time: SetClock) -> str:
    """A case with a correction notice."""
    number = submit(cast.applicant)
    told: dict[str, Any] = {"faults": [VIN, paper_of(number), SEAL], "notes": {SEAL.name: "请到窗口补盖章"}}
    act("send_back", number, cast.clerk, MONDAY + HOUR, until_on=UNTIL, **told)
    time(MONDAY + 2 * HOUR)
    return number


def ended(visitor: Visitor) -> None:
    """The session is over, as after eight hours: the browser has its cookie no more."""
    Session.objects.filter(session_key=visitor.client.session.session_key).delete()
    del visitor.client.cookies["onewindow"]


def entered(visitor: Visitor, asker: Resident) -> None:
    """Begin a session as the doors do, in the browser's own."""
    request: Any = Client().request().wsgi_request
    request.session = visitor.client.session
    doors.sign_in(request, asker)
    request.session.save()
    visitor.client.cookies["onewindow"] = request.session.session_key


def test_a_correction_comes_back_to_its_person(cast: Cast, applicant: Visitor, number: str) -> None:
    path, fault = f"/cases/{number}/correct", paper_of(number)
    applicant.get(path)
    typed = {**applicant.form(path), VIN.key: GOOD, "remark": "已到窗口盖章", fault.name: picture()}
    ended(applicant)
    where = applicant.post(path, typed)["Location"]
    assert where == f"/sign-in?for=resident&next=%2Fcases%2F{number}%2Fcorrect&kept=1"
    assert "您刚填的都留着" in applicant.get(where)
    assert queries.case_for(cast.applicant, number).stage == "correction"
    stored = str([row.get_decoded() for row in Session.objects.all()])
    assert "typed" in stored
    assert GOOD not in stored
    assert "盖章" not in stored
    entered(applicant, cast.applicant)
    page = applicant.get(path)
    assert "登录过期那会儿填的" in page
    assert "请再放一次" in page
    form = applicant.form(path)
    assert (form[VIN.key], form["remark"]) == (GOOD, "已到窗口盖章")
    applicant.get(path)  # looked at again it is still there
    assert applicant.send(path, **{f"bring {fault.name}": "on"}) == f"/cases/{number}/answered"
    assert queries.form_of(queries.case_for(cast.applicant, number)).fields[VIN.key] == GOOD
    assert applicant.client.session.get("typed") == {}


def test_another_who_signs_in_there_finds_nothing(cast: Cast, applicant: Visitor, number: str) -> None:
    path = f"/cases/{number}/correct"
    applicant.get(path)
    typed = {**applicant.form(path), VIN.key: GOOD}
    ended(applicant)
    applicant.post(path, typed)
    entered(applicant, cast.outsider)
    applicant.get(path, 404)
    own = f"/apply/{begun(applicant)}/form"
    assert "登录过期那会儿填的" not in applicant.get(own)
    session = applicant.client.session
    session["typed"] = {own: session["typed"][path]}  # what was sealed for one address opens at no other
    session.save()
    assert "登录过期那会儿填的" not in applicant.get(own)


def test_a_form_of_an_application_comes_back_too(cast: Cast, applicant: Visitor) -> None:
    path = f"/apply/{begun(applicant)}/form"
    applicant.get(path)
    typed = {**applicant.form(path), "vehicle.plate": TYPED["vehicle.plate"], "vehicle.vin": "OOO"}
    ended(applicant)
    applicant.post(path, typed)
    entered(applicant, cast.applicant)
    page = applicant.get(path)
    assert "登录过期那会儿填的" in page
    assert applicant.form(path)["vehicle.plate"] == TYPED["vehicle.plate"]
    assert 'class="oops"' not in page  # nobody has asked yet whether it is right
    assert applicant.send(path, later="1") == "/cases"
    assert "登录过期那会儿填的" not in applicant.get(path)
    assert applicant.form(path)["vehicle.plate"] == TYPED["vehicle.plate"]


def test_what_does_not_say_whose_it_is_is_not_kept(applicant: Visitor, number: str) -> None:
    path = f"/cases/{number}/correct"
    applicant.get(path)
    whole = {**applicant.form(path), VIN.key: GOOD}
    ended(applicant)
    for spoilt in ({"whose": ""}, {"whose": whole["whose"][:-8] + "AAAAAAAA"}, {"remark": "长" * 20_000}):
        assert applicant.post(path, {**whole, **spoilt})["Location"] == "/sign-in?for=resident"
    other = applicant.post(f"/cases/{number}/withdraw", whole)  # made for another address
    assert other["Location"] == "/sign-in?for=resident"
    assert "typed" not in applicant.client.session


def test_a_form_opened_before_signing_in_anew_is_shown_again(cast: Cast, time: SetClock, number: str) -> None:
    visitor = Visitor()
    visitor.client = Client(enforce_csrf_checks=True)
    entered(visitor, cast.applicant)
    path = f"/cases/{number}/correct"
    visitor.get(path)
    old = {**visitor.form(path), VIN.key: GOOD, "csrfmiddlewaretoken": "x" * 64}
    response = visitor.post(path, old)
    assert (response.status_code, response["Location"]) == (302, path)
    visitor.get(path)
    assert visitor.form(path)[VIN.key] == GOOD
