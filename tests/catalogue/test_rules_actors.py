"""Who may act for whom, who must come, and how the result is collected: said row by row, and checked."""

from __future__ import annotations

from typing import Any

import pytest

from onewindow.catalogue import rules
from onewindow.catalogue.rules import Collected
from tests.catalogue.given import made, pair, small, the_book

ADULT = {"all": [{"kind": "new"}, {"age": {"ge": 18}}]}
SELF = {"key": "self", "basis": "self", "text": pair("成年人本人", "an adult"), "when": ADULT, "mark": "S"}
GUARDIAN = {
    "key": "guardian",
    "basis": "guardian",
    "text": pair("监护人", "a guardian"),
    "comes": "both",
    "presence": pair("孩子一起来", "the child comes along"),
    "when": {"age": {"lt": 18}},
    "mark": "S",
}
NO_AGENT = {
    "key": "no_agent",
    "basis": "letter",
    "allowed": False,
    "text": pair("不能代办", "no agent"),
    "when": {"kind": "new"},
    "mark": "S",
}
POST = {"key": "post", "way": "post", "text": pair("邮寄", "by post"), "when": {"kind": "new"}, "mark": "S"}


def test_who_may_act_follows_from_the_answers() -> None:
    one = made(actors=[SELF, GUARDIAN, NO_AGENT], collecting=[POST])
    child, adult = {"kind": "new", "age": "17"}, {"kind": "new", "age": "18"}
    assert [actor.key for actor in rules.actors(one, child)] == ["guardian", "no_agent"]
    assert [actor.key for actor in rules.actors(one, adult)] == ["self", "no_agent"]
    assert [rules.may_act(one, child, basis) for basis in ("self", "guardian", "letter")] == [False, True, False]
    assert [rules.may_act(one, adult, basis) for basis in ("self", "guardian", "letter")] == [True, False, False]
    assert rules.may_act(one, adult, "unit") is None  # nothing is said of units
    assert rules.may_act(one, {}, "self") is rules.may_act(one, {}, "letter") is None  # still open
    assert rules.may_act(one, {"kind": "old"}, "letter") is False  # the rows name it, and none allows it here
    assert [row.way for row in rules.collecting(one, adult)] == [Collected.POST]
    assert rules.collecting(one, {"kind": "old"}) == ()
    assert rules.check([one], the_book()).errors == ()


LETTER = {**small()["papers"][0], "key": "letter", "document": "power_of_attorney", "when": {"age": {"ge": 18}}}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        (
            {"actors": [NO_AGENT, {**NO_AGENT, "key": "agent", "allowed": True, "when": ADULT}]},
            "actors: no_agent and agent allow and forbid the same at once: kind = new, age = 18",
        ),
        (
            {"actors": [NO_AGENT], "papers": [*small()["papers"], LETTER]},
            "papers.letter: a letter of authority is asked for where nobody may act by one",
        ),
        (
            {"actors": [{**SELF, "when": {"all": [{"kind": "old"}, {"age": {"lt": 18}}]}}]},
            "actors.self: its condition is true in no situation: the rule is never used",
        ),
    ],
)
def test_what_does_not_agree_is_found(changes: dict[str, Any], error: str) -> None:
    found = rules.check([made(**changes)], the_book())
    assert f"XX01 {error}" in [str(each) for each in found.errors]


def test_what_is_not_said_is_a_gap() -> None:
    told = {str(gap) for gap in rules.check([made(certificate=True)], the_book()).gaps}
    assert "XX01 actors: who may act for the applicant is not said row by row" in told
    assert "XX01 collecting: how the result is collected is not known" in told
    told = {str(gap) for gap in rules.check([made(actors=[{**SELF, "mark": "D"}])], the_book()).gaps}
    assert "XX01 actors: not yet confirmed: self" in told
