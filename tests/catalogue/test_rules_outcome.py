"""What follows from the answers, worked out once for all who answer alike: the same as each rule says by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onewindow.catalogue import rules
from onewindow.catalogue.rules import Item
from tests.catalogue.given import SMALL_CAR, item
from tests.catalogue.test_rules_questions import JUNK, situations


@given(situations(), st.dictionaries(st.sampled_from([*SMALL_CAR, "unknown"]), JUNK, max_size=3))
def test_the_outcome_is_what_each_rule_says(situation: tuple[Item, dict[str, str]], junk: dict[str, object]) -> None:
    one, answers = situation
    told: dict[str, object] = {**answers, **junk}
    for _ in range(2):  # worked out, then remembered
        found = rules.outcome(one, told)
        assert found.open == rules.next_questions(one, told)
        assert found.kept == rules.kept_answers(one, told)
        assert found.wanted == rules.wanted_papers(one, told)
        by_name = {(need.key, need.holder): need for need in found.wanted}
        assert by_name == {(need.key, need.holder): need for need in rules.papers(one, told) if need.wanted}
        assert found.fields == rules.fields(one, told)
        assert found.limits == rules.limits(one, told)


def test_two_items_do_not_share_what_follows() -> None:
    assert rules.outcome(item("CG04"), {}).open != rules.outcome(item("CG02"), {}).open


def test_a_number_and_its_text_may_differ_in_what_they_are_never_in_what_follows() -> None:
    as_text, as_number = rules.outcome(item("HZ12"), {"x": "1"}), rules.outcome(item("HZ12"), {"x": 1})
    assert as_text == as_number


def test_what_a_person_receives_follows_from_the_step() -> None:
    one_stop = {result.key for result in rules.results(item("CG04"), SMALL_CAR)}
    out = {"vehicle_class": "other", "traded_at": "elsewhere", "stage": "out"}
    assert one_stop == {"result_1", "result_3", "result_4", "result_5"}  # no temporary plate
    assert {result.key for result in rules.results(item("CG04"), out)} == {"result_1", "result_2"}
