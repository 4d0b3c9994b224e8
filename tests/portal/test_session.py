"""Signing in as a persona: only in a demo, back to where one was, never out of the house."""

import pytest

from onewindow.core import installation
from tests.portal.given import Visitor


def test_a_persona_signs_in_and_comes_back(nobody: Visitor) -> None:
    nobody.get("/sign-in?next=/items/CG04")
    assert nobody.send("/sign-in", who="applicant", next="/items/CG04") == "/items/CG04"
    page = nobody.get("/cases")
    assert "李*" in page
    assert "李强" not in page
    nobody.send("/sign-out")
    assert nobody.client.get("/cases")["Location"].startswith("/sign-in")


def test_staff_begin_at_the_desk(nobody: Visitor) -> None:
    nobody.get("/sign-in?for=staff")
    assert nobody.send("/sign-in", who="clerk", next="") == "/desk/"


def test_who_is_not_in_the_cast_is_missing(nobody: Visitor) -> None:
    nobody.get("/sign-in")
    nobody.send("/sign-in", 404, who="mallory")


def test_no_way_out_of_the_house(nobody: Visitor) -> None:
    nobody.get("/sign-in")
    assert nobody.send("/sign-in", who="applicant", next="https://elsewhere.invalid/") == "/cases"


def test_no_persona_in_a_real_office(nobody: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "is_demo", lambda: False)
    assert "李强" not in nobody.get("/sign-in")
    assert nobody.post("/sign-in", {"who": "applicant"}).status_code == 404
