"""Told before anything is typed: how early, who decides, which item comes first (journey 5)."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from onewindow.accounts.rules import Resident
from onewindow.cases import commands
from onewindow.cases.models import Case
from onewindow.catalogue import rules
from onewindow.core import clock
from onewindow.core.errors import Refusal
from onewindow.core.once import Once
from onewindow.places.queries import Reception
from tests import cast
from tests.catalogue.given import item
from tests.catalogue.test_rules_public_order import BUYER, CONSIGNEE, EVENT
from tests.portal.given import Visitor

NOW = ("request", "organiser_kind", "public_facing", "daily_business", "attendance", "event_date")


def event(days: int, **changes: str) -> dict[str, str]:
    day = clock.day_of(clock.now()) + timedelta(days=days)
    return {**EVENT, "event_date": str(day), **changes}


def asked(answers: dict[str, str], *keys: str) -> str:
    return f"/items/ZA02/ask?{urlencode({key: answers[key] for key in keys or answers})}"


def test_an_event_19_days_ahead_is_told_while_the_questions_are_answered(nobody: Visitor) -> None:
    page = nobody.get(asked(event(19), *NOW))
    assert "现在不能这样提交" in page
    assert "要提前 20 日" in page
    assert "只有 19 日" in page
    assert "大型群众性活动安全管理条例 第13条" in page
    english = Visitor(language="en").get(asked(event(19), *NOW))
    assert "20 days are required and only 19 are left" in english
    assert "Large Events Safety Regulation art. 13" in english


def test_who_decides_is_told_and_too_late_has_no_button(nobody: Visitor) -> None:
    late, early = nobody.get(asked(event(19))), nobody.get(asked(event(20)))
    assert "由谁决定：设区的市级公安机关" in late
    assert "/items/ZA02/begin" not in late
    assert "来得及" in early
    assert "/items/ZA02/begin" in early
    assert "由谁决定：活动所在地县级公安机关" in nobody.get(asked(event(20, attendance="1000")))


def test_a_person_is_told_that_no_permit_is_needed(nobody: Visitor) -> None:
    page = nobody.get(asked({**event(30), "attendance": "999"}))
    assert "国家规定不需要许可" in page
    assert "/items/ZA02/begin" not in page


def test_the_day_is_asked_for_by_a_day(nobody: Visitor) -> None:
    page = nobody.get(asked(EVENT, *NOW[:-1]))
    assert 'type="date"' in page
    assert "首场哪天举办" in page
    nobody.get(f"{asked(EVENT, *NOW[:-1])}&asked=event_date&event_date=soon", 422)


def test_what_comes_first_has_a_link(nobody: Visitor) -> None:
    assert 'href="/items/ZA05"' in nobody.get("/items/ZA03")
    assert 'href="/items/ZA05"' in nobody.get(f"/items/ZA03/ask?{urlencode(BUYER)}")
    assert 'href="/items/ZA03"' in nobody.get(f"/items/ZA04/ask?{urlencode(CONSIGNEE)}")


@pytest.mark.parametrize("code", ["ZA02", "ZA03", "ZA04", "ZA05", "ZA14"])
def test_guide_pages_say_all_in_both_languages(nobody: Visitor, code: str) -> None:
    for visitor in (nobody, Visitor(language="en")):
        page = visitor.get(f"/items/{code}")
        assert "Words(" not in page
        assert "{" not in page.split("<main")[1].split("</main>")[0]


def test_the_guide_of_an_event_says_how_early_and_who_decides(nobody: Visitor) -> None:
    page = nobody.get("/items/ZA02")
    assert "要多早申请" in page
    assert "由谁决定" in page
    assert "国务院公安部门" in page


def submit(who: Resident, days: int, **changes: str) -> str:
    return commands.submit(
        by=who,
        item="ZA02",
        site=cast.HALL,
        answers=event(days, **changes),
        fields={},
        papers=[],
        at=clock.now(),
        key=Once(f"event-{days}-{len(changes)}"),
    )


def test_submit_refuses_what_comes_too_late(house: cast.Cast) -> None:
    with pytest.raises(Refusal) as refused:
        submit(house.applicant, 19)
    assert (refused.value.code, refused.value.facts["left"]) == ("catalogue.too_late", 19)
    with pytest.raises(Refusal, match=r"case\.fields"):  # early enough: now the form is looked at
        submit(house.applicant, 20)
    with pytest.raises(Refusal, match=r"catalogue\.ministry"):
        submit(house.applicant, 20, spread="cross_province")
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("people", "office"),
    [("4999", "140105-public-order"), ("5000", "140100-public-order"), ("", "140105-public-order")],
)
def test_the_number_of_people_chooses_the_office(people: str, office: str) -> None:
    """Handed in at a county's site the case of a large event goes to the city all the same."""
    codes = frozenset(f"{division}-public-order" for division in ("140105", "140100", "140000"))
    site = Reception("140105", ("police-public-order",), codes)
    day = clock.day_of(clock.now())
    level = rules.deciding_level(item("ZA02"), event(20, attendance=people), day) if people else ""
    assert site.office_for("police-public-order", level) == office
    assert site.office_for("police-public-order", "province") == "140000-public-order"
