"""From a form to a command to a page: what is kept, what is said, and with which status."""

from functools import partial
from typing import Any

import pytest
from django import forms
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from onewindow.core.errors import NotFound, Refusal, expect
from onewindow.core.once import Once
from onewindow.core.words import Words
from onewindow.look.answer import answer, see_other
from onewindow.look.forms import OnceForm, faults, pair
from onewindow.look.parts import Link

pytestmark = pytest.mark.django_db  # the page asks whether the database is a demo


class ActForm(OnceForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    remark = forms.CharField(label=pair("说明", "Remark"), max_length=20)


TOKEN = "a-token-of-the-form"


class Case:
    """Stands in for a row that others change too; the commands below are like those of a room."""

    def __init__(self, version: int = 1) -> None:
        self.version = version
        self.done: list[dict[str, Any]] = []

    def act(self, *, key: Once, version: int, remark: str, by: str = "") -> str:
        if remark == "gone":
            raise NotFound("1")
        expect(self.version, version, "case.stale")
        if remark == "bad":
            raise Refusal("case.remark.long", most=1, fields={"remark": "case.remark.long"})
        if remark == "far":
            raise Refusal("case.papers", missing=2, fields={"identity": "case.paper", "unheard": "case.paper"})
        if remark == "again":
            raise Refusal("once.reused", act="accept")
        if remark == "now":
            raise Refusal("case.move", stage="received", act="approve")
        self.done.append({"key": key, "version": version, "remark": remark, "by": by})
        return "14010001"


def post(case: Case, remark: str, version: str = "1", once: str = TOKEN) -> tuple[HttpResponse, ActForm]:
    request = RequestFactory().post("/desk/", {"once": once, "version": version, "remark": remark})
    form = ActForm(request.POST)
    form.elsewhere = {"identity": Link("/papers#identity", Words("身份证", "Identity card"))}
    command = partial(case.act, by="staff:1")
    return answer(request, form, command, then=lambda number: f"/desk/{number}", template="look/form_page.html"), form


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_success_goes_on_with_303() -> None:
    case = Case()
    response, _ = post(case, "fine")
    assert (response.status_code, response["Location"]) == (303, "/desk/14010001")
    assert case.done == [{"key": Once(TOKEN), "version": 1, "remark": "fine", "by": "staff:1"}]


def test_a_missing_value_is_said_beside_the_field_and_on_top() -> None:
    response, _ = post(Case(), "")
    assert response.status_code == 422
    assert 'href="#id_remark"' in text(response)
    assert text(response).count("还没有填") == 2
    assert 'aria-invalid="true"' in text(response)
    assert f'value="{TOKEN}"' in text(response)


def test_a_refusal_about_a_field_stands_beside_it_and_the_value_is_kept() -> None:
    response, form = post(Case(), "bad")
    assert response.status_code == 422
    assert [fault.target for fault in faults(form)] == ["#id_remark"]
    form["remark"].label = "为什么？"
    assert [fault.label for fault in faults(form)] == ["为什么"]  # a colon stands behind it
    assert 'value="bad"' in text(response)


def test_a_refusal_about_other_pages_links_to_them() -> None:
    response, form = post(Case(), "far")
    assert [(fault.label, fault.target) for fault in faults(form)] == [("", ""), ("身份证", "/papers#identity")]
    assert 'href="/papers#identity"' in text(response)


def test_a_refusal_about_all_stands_on_top() -> None:
    response, _ = post(Case(), "now")
    assert response.status_code == 422
    assert "办件现在是「已收件」，不能「准予」。" in text(response)


def test_a_stale_page_is_a_conflict_and_the_next_sending_is_on_the_new_state() -> None:
    case = Case(version=7)
    response, form = post(case, "fine")
    assert response.status_code == 409
    assert form["version"].value() == "7"
    assert form["once"].value() == TOKEN
    assert case.done == []
    response, _ = post(case, "fine", version="7")
    assert response.status_code == 303


def test_a_key_used_for_something_else_is_exchanged() -> None:
    response, form = post(Case(), "again")
    assert response.status_code == 409
    assert form["once"].value() != TOKEN
    assert str(form["once"].value()) in text(response)


@pytest.mark.parametrize("once", ["", "short", "x" * 65])
def test_a_broken_key_is_refused(once: str) -> None:
    case = Case()
    response, _ = post(case, "fine", once=once)
    assert response.status_code == 422
    assert case.done == []


def test_hidden_and_missing_are_alike() -> None:
    with pytest.raises(Http404):
        post(Case(), "gone")


def test_any_other_exception_is_a_bug_and_passes() -> None:
    request = RequestFactory().post("/", {"once": TOKEN, "version": "1", "remark": "x"})
    with pytest.raises(ZeroDivisionError):
        answer(request, ActForm(request.POST), lambda **_: 1 / 0, then="/", template="look/form_page.html")


def test_english_says_it_in_english() -> None:
    with translation.override("en"):
        response, _ = post(Case(), "")
        assert "Not filled in yet" in text(response)
        assert "1 to mend; what you filled in is kept" in text(response)


def test_each_unbound_form_has_its_own_key() -> None:
    one, other = ActForm(), ActForm()
    assert one["once"].value() != other["once"].value()
    assert len(str(one["once"].value())) >= 22


def test_see_other_takes_a_path() -> None:
    assert see_other("/a")["Location"] == "/a"
