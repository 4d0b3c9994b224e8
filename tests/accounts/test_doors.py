"""Doors: who may enter, what the others see, and what a session holds."""

import re
from datetime import UTC, date, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from onewindow.accounts import commands, doors
from onewindow.accounts.rules import Duty, Public, Resident, Staff

AT = datetime(2024, 9, 30, 2, 0, tzinfo=UTC)
ENTERING: dict[str, Resident | Staff] = {}


@doors.public
def anyone(request):
    return HttpResponse(request.asker.key)


@doors.resident()
def phone_enough(request):
    return HttpResponse(request.asker.key)


@doors.resident(level=2)
def real_name(request, number="", *, more=""):
    return HttpResponse(f"{request.asker.key} {number}{more}")


@doors.staff()
def any_staff(request):
    return HttpResponse(request.asker.key)


@doors.staff(Duty.REVIEW, Duty.DECIDE)
def reviewers(request):
    return HttpResponse(request.asker.key)


@doors.public
def enter(request, who):
    doors.sign_in(request, ENTERING[who])
    return HttpResponse(doors.next_of(request, "/none"))


@doors.public
def leave(request):
    doors.sign_out(request)
    return HttpResponse("")


urlpatterns = [
    path("anyone", anyone),
    path("phone", phone_enough),
    path("name", real_name),
    path("name/<str:number>", real_name, {"more": "!"}),
    path("staff", any_staff),
    path("behind-a-door", any_staff),
    path("reviewers", reviewers),
    path("enter/<str:who>", enter),
    path("leave", leave),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def people(settings, house):
    settings.LOGIN_URL = "/sign-in"
    people = house
    level_one = commands.register_phone(phone="10000000990", by=Public(), at=AT)
    ENTERING.clear()
    ENTERING.update(
        applicant=people.applicant,
        phone=Resident(level_one, 1),
        pretender=Resident(level_one, 2),
        gone=Resident(5, 2),
        clerk=people.clerk,
        reviewer=people.reviewer,
    )
    return people


@pytest.fixture
def visitor(people):
    return Client(raise_request_exception=False)


def test_anyone_enters_a_public_page_without_a_query(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert visitor.get("/anyone").content == b"public"


@pytest.mark.parametrize(
    ("who", "page", "status"),
    [
        ("applicant", "/anyone", 200),
        ("applicant", "/phone", 200),
        ("applicant", "/name", 200),
        ("applicant", "/name/7", 200),
        ("applicant", "/staff", 404),
        ("applicant", "/reviewers", 404),
        ("phone", "/phone", 200),
        ("phone", "/name", 302),
        ("pretender", "/name", 302),
        ("clerk", "/staff", 200),
        ("clerk", "/reviewers", 404),
        ("clerk", "/name", 404),
        ("reviewer", "/reviewers", 200),
        ("gone", "/phone", 302),
        ("gone", "/anyone", 200),
    ],
)
def test_who_may_enter(visitor, who, page, status):
    visitor.get(f"/enter/{who}")
    assert visitor.get(page).status_code == status


def test_the_wrong_door_looks_like_a_missing_page(visitor):
    visitor.get("/enter/applicant")
    wrong, missing = visitor.get("/behind-a-door"), visitor.get("/nothing-here")
    assert wrong.status_code == missing.status_code == 404
    # The form token is masked anew on each page.
    shown = [re.sub(rb'value="\w{64}"', b"", answer.content) for answer in (wrong, missing)]
    assert shown[0].replace(b"behind-a-door", b"nothing-here") == shown[1]


def test_who_is_not_signed_in_is_asked_to_and_comes_back(visitor):
    assert visitor.get("/phone?a=1&b=2")["Location"] == "/sign-in?for=resident&next=%2Fphone%3Fa%3D1%26b%3D2"
    assert visitor.get("/name")["Location"] == "/sign-in?for=resident&level=2&next=%2Fname"
    assert visitor.get("/staff")["Location"] == "/sign-in?for=staff&next=%2Fstaff"
    assert visitor.post("/phone")["Location"] == "/sign-in?for=resident"


def test_a_fragment_makes_the_page_leave(visitor):
    answer = visitor.get("/staff", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/sign-in?for=staff")


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/my/cases?x=1", "/my/cases?x=1"),
        ("https://elsewhere.example/", "/none"),
        ("//elsewhere.example/", "/none"),
        ("javascript:alert(1)", "/none"),
        ("/\\elsewhere.example", "/none"),
        ("", "/none"),
    ],
)
def test_a_sign_in_leads_nowhere_else(visitor, wanted, led):
    assert visitor.post("/enter/clerk", {"next": wanted}).content.decode() == led


def test_a_session_holds_one_word_and_is_made_anew(visitor):
    visitor.get("/enter/applicant")
    first, word = visitor.session.session_key, dict(visitor.session)
    assert word == {"asker": f"{ENTERING['applicant'].key}:2:web"}
    visitor.get("/enter/clerk")
    assert visitor.session.session_key != first
    assert dict(visitor.session) == {"asker": ENTERING["clerk"].key}
    visitor.get("/leave")
    assert dict(visitor.session) == {}
    assert visitor.get("/staff").status_code == 302


def test_who_left_the_office_is_nobody_at_the_next_page(people, visitor):
    visitor.get("/enter/clerk")
    assert visitor.get("/staff").status_code == 200
    commands.remove_staff(staff=people.clerk.id, left_on=date(2024, 9, 30), by=people.admin, at=AT)
    assert visitor.get("/staff").status_code == 302


def test_every_view_behind_a_door_says_which():
    assert (anyone.door.kind, phone_enough.door.level, real_name.door.level) == ("public", 1, 2)
    assert reviewers.door.duties == {Duty.REVIEW, Duty.DECIDE}
