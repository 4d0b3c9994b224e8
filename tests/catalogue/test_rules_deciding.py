"""Before anything is typed: early enough, the right applicant, the right level; and items after other items."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.catalogue import rules
from onewindow.core.errors import Refusal
from onewindow.core.words import Words
from tests.catalogue.given import items, made, pair, small, the_book

DAY = {
    "key": "event_on",
    "text": pair("哪天举办?", "On which day?"),
    "why": pair("要提前", "early enough"),
    "day": True,
    "mark": "S",
}
AHEAD = {
    "key": "ahead",
    "text": pair("提前二十日", "20 days before"),
    "question": "event_on",
    "days": 20,
    "late": "refused",
    "otherwise": pair("改期", "another day"),
    "law": "行政许可法 第1条",
    "mark": "S",
}
NEW_CITY = {"key": "city", "level": 3, "text": pair("市里", "the city"), "when": {"kind": "new"}, "mark": "S"}
COUNTY = {"key": "county", "level": 4, "text": pair("县里", "the county"), "mark": "D", "law": "行政许可法 第2条"}
# An example for the test only: nothing of the kind was found, so the catalogue holds no such row.
HANDED = {
    "key": "handed_down",
    "from": 3,
    "to": 4,
    "since": "2026-03-01",
    "text": pair("三月起归县里", "the county since March"),
    "law": "行政许可法 第24条",
    "mark": "U",
}


def with_day(**changes: Any) -> Any:
    questions = [*small()["questions"], {**DAY, **changes.pop("question", {})}]
    return made(questions=questions, **{"notice_periods": [AHEAD], **changes})


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 60))
def test_a_notice_period_is_counted_back_in_plain_days_and_never_rolls(today: date, left: int) -> None:
    one = with_day()
    [told] = rules.notice_periods(one, {"event_on": str(today + timedelta(days=left))}, today)
    assert (told.left, told.kept, told.refused) == (left, left >= 20, left < 20)
    assert (told.last, told.earliest) == (today + timedelta(days=left - 20), today + timedelta(days=20))


def test_a_day_is_asked_for_and_said() -> None:
    one = with_day()
    assert rules.next_questions(one, {})[0].key == "event_on"  # it may end it all
    assert rules.notice_periods(one, {}, date(2026, 1, 1)) == ()
    for wrong in ("2026-2-1", "2026-02-30", "tomorrow", "20260201", ""):
        assert rules.kept_answers(one, {"event_on": wrong}) == {}
    assert rules.kept_answers(one, {"event_on": "2026-10-01"}) == {"event_on": "2026-10-01"}
    assert one.by_key["event_on"].say("2026-10-01") == Words("2026年10月1日（周四）", "Thu 1 Oct 2026")
    assert "event_on" not in {question.key for question in rules.next_questions(one, {"event_on": "2026-10-01"})}
    assert rules.check([one], the_book()).errors == ()


def test_where_lateness_is_only_told_it_is_not_refused() -> None:
    one = with_day(notice_periods=[{**AHEAD, "late": "told"}])
    [told] = rules.notice_periods(one, {"event_on": "2026-10-01"}, date(2026, 9, 30))
    assert (told.kept, told.refused) == (False, False)
    rules.insist(one, {"event_on": "2026-10-01"}, date(2026, 9, 30))


def test_too_late_is_refused_with_the_days() -> None:
    one = with_day()
    with pytest.raises(Refusal) as refused:
        rules.insist(one, {"event_on": "2026-10-01"}, date(2026, 9, 12))
    assert refused.value.code == "catalogue.too_late"
    facts = refused.value.facts
    assert (facts["days"], facts["left"]) == (20, 19)
    assert (facts["last"], facts["earliest"]) == (date(2026, 9, 11), date(2026, 10, 2))
    rules.insist(one, {"event_on": "2026-10-01"}, date(2026, 9, 11))


def test_a_stopping_precondition_ends_it_and_one_that_holds_is_not_shown() -> None:
    must = {
        "key": "adult",
        "text": pair("成年", "of age"),
        "checked_by": pair("系统", "the system"),
        "otherwise": pair("不用办", "not needed"),
        "fails_when": {"age": {"lt": 18}},
        "stops": True,
        "law": "行政许可法 第1条",
        "mark": "S",
    }
    one, child, adult = made(preconditions=[must]), {"kind": "new", "age": "17"}, {"kind": "new", "age": "18"}
    assert [row.key for row in rules.failed(one, child)] == ["adult"]
    assert rules.failed(one, adult) == rules.failed(one, {}) == rules.failed(one, {"kind": "old"}) == ()
    assert [row.key for row in rules.preconditions(one, {})] == ["adult"]
    assert rules.preconditions(one, adult) == ()
    with pytest.raises(Refusal) as refused:
        rules.insist(one, child, date(2026, 1, 1))
    assert (refused.value.code, refused.value.facts["law"]) == ("catalogue.not_met", "行政许可法 第1条")
    assert rules.may_hand_in(one, adult, date(2026, 1, 1))
    told = made(preconditions=[{**must, "stops": False}])
    rules.insist(told, child, date(2026, 1, 1))
    assert [row.key for row in rules.failed(told, child)] == ["adult"]


def test_the_first_row_that_holds_names_the_level() -> None:
    one, day = made(levels=[3, 4], deciding=[NEW_CITY, COUNTY]), date(2026, 1, 1)
    assert rules.decider(one, {}, day) is None  # the first row is still open
    assert rules.deciding_level(one, {"kind": "new"}, day) == "city"
    assert rules.deciding_level(one, {"kind": "old"}, day) == "county"
    assert rules.deciding_level(made(), {"kind": "old"}, day) == ""  # nothing is said: the nearest office
    same = made(deciding=[{**COUNTY, "level": 0}])
    assert rules.deciding_level(same, {}, day) == ""
    assert rules.check([one], the_book()).errors == ()


def test_for_the_ministry_nothing_is_taken_in() -> None:
    one = made(levels=[1, 4], deciding=[{**NEW_CITY, "level": 1}, COUNTY])
    with pytest.raises(Refusal, match=r"catalogue\.ministry"):
        rules.insist(one, {"kind": "new"}, date(2026, 1, 1))
    rules.insist(one, {"kind": "old"}, date(2026, 1, 1))


def test_what_was_handed_down_follows_the_day_of_receipt() -> None:
    one = made(levels=[3, 4], deciding=[NEW_CITY, COUNTY], delegations=[HANDED])
    new = {"kind": "new"}
    assert rules.deciding_level(one, new, date(2026, 2, 28)) == "city"
    assert rules.deciding_level(one, new, date(2026, 3, 1)) == "county"
    found = rules.decider(one, new, date(2026, 3, 1))
    assert found is not None
    assert (found.text, found.mark, found.law) == (
        Words("三月起归县里", "the county since March"),
        "U",
        HANDED["law"],
    )
    ended = made(levels=[3, 4], deciding=[NEW_CITY, COUNTY], delegations=[{**HANDED, "until": "2026-06-30"}])
    levels = [rules.deciding_level(ended, new, day) for day in (date(2026, 6, 30), date(2026, 7, 1))]
    assert levels == ["county", "city"]


MUST = {"key": "first", "text": pair("先办", "first"), "checked_by": pair("系统", "us"), "mark": "S"}


def after(*codes: str) -> list[dict[str, Any]]:
    return [{**MUST, "otherwise": pair("先办那个", "that first"), "after": list(codes)}]


def test_items_that_come_after_others_are_linked_and_never_in_a_circle() -> None:
    one, two = made(code="XX01", preconditions=after("XX02")), made(code="XX02")
    assert rules.check([one, two], the_book()).errors == ()
    lost = "XX01 preconditions.first: XX02 is no item of this catalogue: no link"
    assert lost in [str(gap) for gap in rules.check([one], the_book()).gaps]
    codes = {each.code for each in items()}
    assert {code for each in items() for row in each.preconditions for code in row.after} <= codes
    back = made(code="XX02", preconditions=after("XX01"))
    [circle] = rules.check([one, back], the_book()).errors
    assert str(circle) == "XX01 preconditions: asks for its own result: XX01 after XX02 after XX01"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"deciding": [NEW_CITY]}, "deciding: decided at level 3, which is not among its levels"),
        ({"delegations": [HANDED]}, "delegations: handed on from a level, and no row of deciding names one"),
        (
            {"levels": [3, 4], "deciding": [NEW_CITY], "delegations": [HANDED, {**HANDED, "key": "again"}]},
            "delegations: handed_down and again hand on the same at once",
        ),
        (
            {"no_limit": [{"key": "none", "text": pair("没有", "none"), "when": {"kind": "new"}, "mark": "S"}]},
            "no_limit: no limit is said where a statutory limit stands",
        ),
    ],
)
def test_what_does_not_agree_is_found(changes: dict[str, Any], error: str) -> None:
    assert f"XX01 {error}" in [str(each) for each in rules.check([made(**changes)], the_book()).errors]


def test_no_limit_said_expressly_is_no_error() -> None:
    said = {
        "key": "none",
        "text": pair("没有", "none"),
        "when": {"kind": "old"},
        "law": "行政许可法 第1条",
        "mark": "S",
    }
    limit = small()["limits"][0]
    one = made(limits=[{**limit, "when": {"kind": "new"}}], no_limit=[said])
    assert rules.check([one], the_book()).errors == ()
    assert [row.key for row in rules.no_limit(one, {"kind": "old"})] == ["none"]
    assert rules.no_limit(one, {"kind": "new"}) == ()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"notice_periods": [{**AHEAD, "question": "kind"}]}, "kind is not answered by a day"),
        ({"notice_periods": [{**AHEAD, "late": "maybe"}]}, "must be one of refused, told"),
        ({"delegations": [{**HANDED, "since": "March"}]}, "must be a day like 2026-01-31"),
        ({"delegations": [{**HANDED, "to": 3}]}, "a delegation goes from one level to another"),
        ({"delegations": [{**HANDED, "until": "2026-01-01"}]}, "lies before since"),
        ({"deciding": [{**COUNTY, "level": 9}]}, "must be 1 ministry, 2 province, 3 city, 4 county or 0"),
        ({"questions": [{**DAY, "number": small()["questions"][1]["number"]}]}, "needs either options, a number or a"),
    ],
)
def test_a_wrong_row_is_named_with_its_place(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(Refusal) as refused:
        made(**changes)
    assert any(fault in each for each in refused.value.facts["faults"])
