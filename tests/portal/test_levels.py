"""Who came in by a phone code alone sees own drafts and what was begun that way; the page says how to see the rest."""

from __future__ import annotations

from typing import Any

import pytest

from onewindow.accounts.rules import Resident
from onewindow.cases import queries
from onewindow.cases.queries.own import standings_for
from onewindow.cases.queries.replay import replay
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound
from tests.cases.given import MONDAY, submit
from tests.cast import Cast
from tests.portal.conftest import SetClock
from tests.portal.given import Visitor, begun
from tests.portal.test_applying import bring_names, confirmed, filled


@pytest.fixture
def by_phone(cast: Cast) -> Resident:
    """李强, signed in by a code to the phone."""
    return Resident(cast.applicant.person, 1)


def finished(visitor: Visitor, draft: str) -> str:
    """Carry a draft on to its case and return the number."""
    filled(visitor, draft)
    path = f"/apply/{draft}/papers"
    visitor.send(path, **dict.fromkeys(bring_names(visitor.get(path)), "on"))
    visitor.get(f"/apply/{draft}/check")
    return visitor.send(f"/apply/{draft}/check", **confirmed(visitor)).split("/")[2]


def test_what_was_begun_by_real_name_is_not_there(
    cast: Cast, time: SetClock, by_phone: Resident, django_assert_num_queries: Any
) -> None:
    number = submit(cast.applicant)
    assert [row.number for row in queries.cases_of_for(cast.applicant, today=day_of(MONDAY)).rows] == [number]
    with django_assert_num_queries(1):
        assert queries.cases_of_for(by_phone, today=day_of(MONDAY)).rows == ()
    with django_assert_num_queries(1), pytest.raises(NotFound):
        queries.case_for(by_phone, number)
    with django_assert_num_queries(2):  # a third where there are cases
        assert standings_for(by_phone, at=MONDAY)[0] == []
    visitor = Visitor(by_phone)
    page = visitor.get("/cases")
    assert number not in page
    assert 'href="/sign-in?for=resident&amp;level=2&amp;next=/cases"' in page
    hidden, missing = visitor.get(f"/cases/{number}", 404), visitor.get(f"/cases/{number[:-1]}9", 404)
    assert "实名登录才看得到" in hidden
    assert hidden[hidden.find("<main") :] == missing[missing.find("<main") :]
    assert "您是用手机验证码登录的" not in Visitor(cast.applicant).get("/cases")


def test_what_was_begun_by_phone_is_there_whoever_handed_it_in(
    cast: Cast, applicant: Visitor, by_phone: Resident
) -> None:
    visitor = Visitor(by_phone)
    draft = begun(visitor)
    visitor.get(f"/apply/{draft}/form")
    number = finished(applicant, draft)
    assert number in visitor.get("/cases")
    page = visitor.get(f"/cases/{number}")
    assert "李强" not in page
    assert "149900198805129018" not in page
    again = finished(applicant, begun(applicant))
    assert again not in visitor.get("/cases")
    assert {name: faults for name, faults in replay() if faults} == {}
    case = queries.case_for(by_phone, number)
    assert case.by_phone
    assert not queries.case_for(cast.applicant, again).by_phone
