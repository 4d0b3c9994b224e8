"""The work list: bounded counts, natural days, who has a case in hand; and the library of ready texts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from onewindow.accounts.rules import Duty
from onewindow.calendars.rules import Light, Unit, WorkCalendar
from onewindow.cases import queries
from onewindow.cases.queries import lists
from onewindow.catalogue import queries as catalogue
from onewindow.core.words import Words
from onewindow.desk.phrases import library
from onewindow.look.dates import days_left_words
from tests.cases.given import MONDAY, submit
from tests.cast import HALL, LANES, Cast
from tests.desk.conftest import SetClock
from tests.desk.given import Desk

PLAIN = WorkCalendar(announced=frozenset({2026}), rest=frozenset(), work=frozenset())


def test_natural_days_are_said_as_such() -> None:
    friday = date(2026, 11, 20)
    assert days_left_words(date(2026, 11, 23), friday, PLAIN, Unit.DAY) == Words("还剩 3 天", "3 days left")
    assert days_left_words(date(2026, 11, 23), friday, PLAIN) == Words("还剩 1 个工作日", "1 working day left")
    assert days_left_words(date(2026, 11, 15), friday, PLAIN, Unit.DAY) == Words("超 5 天", "5 days over")


def test_a_count_that_was_not_counted_out_says_so(
    cast: Cast, clerk: Desk, time: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in range(3):
        submit(cast.applicant, at=MONDAY + timedelta(minutes=place))
    monkeypatch.setattr(lists, "WINDOW", 2)
    works = queries.work_list_for(cast.clerk, scope=LANES, today=MONDAY.date())
    assert works.counts[Light.OK] == 2
    assert works.least == {Light.OK, Light.WARN}
    assert "<b>2+</b>" in clerk.get(f"/desk/work/{LANES}")


def test_colleagues_are_told_by_name_and_duty(cast: Cast) -> None:
    from onewindow.accounts import queries as accounts

    found = accounts.holders(Duty.CHECK, (HALL,), MONDAY.date())
    assert {cast.officer.id, cast.partner.id} <= found.keys()
    assert found[cast.officer.id] == "郑凯"
    assert accounts.holders(Duty.CHECK, (HALL,), date(2023, 1, 1)) == {}
    assert accounts.staff_names([cast.clerk.id, 0]) == {cast.clerk.id: "王芳"}


def test_every_ready_text_names_a_law_in_both_languages(cast: Cast) -> None:
    for found in library(Path(settings.DATA_DIR) / "desk" / "phrases.yaml").values():
        assert len({phrase.key for phrase in found}) == len(found)
        for phrase in found:
            law = catalogue.law(phrase.law)
            assert phrase.text.zh
            assert phrase.text.en
            assert law.en != law.zh, phrase.law
