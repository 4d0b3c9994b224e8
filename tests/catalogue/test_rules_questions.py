"""What is asked, and in which order: unknown is the next question, and what is decided stays decided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.catalogue import rules
from onewindow.catalogue.rules import Item, Situation
from tests.catalogue.given import FULL, SMALL_CAR, item, made

CODES = st.sampled_from(FULL)
JUNK = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.lists(st.integers()))


@st.composite
def answered(draw: st.DrawFn, code: str) -> dict[str, str]:
    """Some answers to an item's questions, asked or not, all of them values that the questions allow."""
    chosen = {}
    for question in item(code).questions:
        value = draw(st.one_of(st.none(), st.sampled_from(question.values())))
        if value is not None:
            chosen[question.key] = value
    return chosen


@st.composite
def situations(draw: st.DrawFn) -> tuple[Item, dict[str, str]]:
    code = draw(CODES)
    return item(code), draw(answered(code))


def walk(one: Item, answers: dict[str, str]) -> tuple[list[str], dict[str, str]]:
    """Answer the questions as the portal asks them, from a whole set of answers."""
    asked, given_so_far = [], {}
    while open_questions := rules.next_questions(one, given_so_far):
        asked.append(open_questions[0].key)
        given_so_far[asked[-1]] = answers[asked[-1]]
    return asked, given_so_far


def test_the_first_journey_asks_nine_questions() -> None:
    asked, kept = walk(item("CG04"), SMALL_CAR)
    assert asked[:2] == ["vehicle_class", "traded_at"]
    assert "stage" not in asked  # one stop at the destination
    assert "handed_over" not in asked  # a purchase always has its papers
    assert sorted(asked) == sorted(SMALL_CAR)
    assert rules.is_decided(item("CG04"), kept)
    assert rules.steps_left(item("CG04"), kept) == 0


def test_what_no_longer_matters_is_not_asked() -> None:
    out = {"vehicle_class": "other", "stage": "in"}
    keys = {question.key for question in rules.next_questions(item("CG04"), out)}
    assert keys.isdisjoint({"acquired_by", "customs", "lien"})
    assert keys >= {"owner_kind", "by_agent", "inspection"}


def test_an_unasked_question_matches_nothing_and_its_not_is_true() -> None:
    one = made()
    here = Situation(one.by_key, {"kind": "old", "age": "12"})  # the age was typed before the kind was changed
    child = one.papers[1].when
    assert here.asked("age") is False
    assert here.truth(child) is False
    assert rules.kept_answers(one, {"kind": "old", "age": "12"}) == {"kind": "old"}


def test_a_question_behind_an_open_one_is_unknown() -> None:
    one = made()
    assert Situation(one.by_key, {}).truth(one.papers[1].when) is None
    assert [question.key for question in rules.next_questions(one, {})] == ["kind"]
    # A value that cannot match decides whether the question is asked or not.
    assert Situation(one.by_key, {"age": "30"}).truth(one.papers[1].when) is False
    assert Situation(one.by_key, {"age": "12"}).truth(one.papers[1].when) is None


def test_what_an_office_knows_is_not_asked() -> None:
    one = item("CG04")
    open_keys = [question.key for question in rules.next_questions(one, {}, {"vehicle_class": "motorcycle"})]
    assert open_keys[0] == "traded_at"
    assert "vehicle_class" not in open_keys


@pytest.mark.parametrize("value", ["large_ship", "", None, True, 7])
def test_a_value_that_is_no_answer_leaves_the_question_open(value: object) -> None:
    open_keys = [question.key for question in rules.next_questions(item("CG04"), {"vehicle_class": value})]
    assert open_keys[0] == "vehicle_class"


def test_numbers_are_read_whole_and_within_bounds() -> None:
    age = item("JG01").by_key["age"]
    assert age.read("63") == age.read(63) == 63
    assert all(age.read(raw) is None for raw in ("-1", "121", "63.5", "六十三", "1e2", "٦٣", True, None))


@given(CODES, st.data())
def test_no_answers_break_it(code: str, data: st.DataObject) -> None:
    one = item(code)
    answers = data.draw(st.dictionaries(st.sampled_from([*one.by_key, "nobody"]), JUNK))
    for work in (rules.next_questions, rules.papers, rules.fields, rules.limits, rules.fees, rules.first_answer):
        work(one, answers)
    assert rules.kept_answers(one, answers).keys() <= one.by_key.keys()


@given(situations(), st.data())
def test_answering_never_undoes_what_is_decided(case: tuple[Item, dict[str, str]], data: st.DataObject) -> None:
    one, answers = case
    before = Situation(one.by_key, answers)
    free = [question for question in one.questions if question.key not in answers]
    if not free:
        return
    question = data.draw(st.sampled_from(free))
    after = Situation(one.by_key, {**answers, question.key: data.draw(st.sampled_from(question.values()))})
    for place, condition in one.conditions():
        if before.truth(condition) is not None:
            assert after.truth(condition) is before.truth(condition), place


@given(CODES, st.data())
def test_the_questions_come_to_an_end_and_each_is_asked_once(code: str, data: st.DataObject) -> None:
    one = item(code)
    whole = {question.key: data.draw(st.sampled_from(question.values())) for question in one.questions}
    asked, kept = walk(one, whole)
    assert len(asked) == len(set(asked)) <= len(one.questions)
    here = Situation(one.by_key, kept)
    assert all(here.truth(condition) is not None for _, condition in one.conditions())
    # What was not asked would have changed nothing.
    assert rules.papers(one, kept) == rules.papers(one, {**whole, **kept}) or set(whole) > set(kept)
    assert [need.state for need in rules.papers(one, kept)] == [need.state for need in rules.papers(one, whole)]


@given(situations())
def test_the_order_is_by_weight_then_by_file_and_always_the_same(case: tuple[Item, dict[str, str]]) -> None:
    one, answers = case
    first = rules.next_questions(one, answers)
    assert first == rules.next_questions(one, dict(reversed(answers.items())))
    here = Situation(one.by_key, answers)
    assert all(here.asked(question.key) is True and here.value(question.key) is None for question in first)
    assert len(first) <= rules.steps_left(one, answers)
