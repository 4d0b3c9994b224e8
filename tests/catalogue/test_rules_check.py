"""The check: nothing wrong in our catalogue, and each kind of wrong is found when it is put in."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from onewindow.catalogue import rules
from onewindow.catalogue.rules import Report
from onewindow.catalogue.rules.situations import never_true, situations, truths
from tests.catalogue.given import FULL, calendar, item, items, made, pair, small, the_book

BODY = small()
PAPERS, LIMIT = BODY["papers"], BODY["limits"][0]


@pytest.fixture(scope="module")
def report() -> Report:
    return rules.check(items(), the_book(), calendar())


@pytest.mark.long
def test_our_catalogue_has_no_error_and_says_its_gaps(report: Report) -> None:
    assert report.errors == ()
    gaps = {(gap.item, gap.where) for gap in report.gaps}
    assert ("CG04", "unsure") in gaps
    assert {code for code, where in gaps if where == "depth"} == {one.code for one in items() if not one.full}


@pytest.mark.long
def test_promises_that_end_after_the_statute(report: Report) -> None:
    assert {late.item: (len(late.days), late.of) for late in report.late} == {"HZ11": (79, 1003), "CJ01": (23, 1003)}
    by_item = {late.item: [day.isoformat() for day in late.days] for late in report.late}
    assert "2024-02-01" in by_item["HZ11"]


@pytest.mark.long
def test_the_four_average_cuts(report: Report) -> None:
    approvals, everything = report.cuts
    assert (approvals.cuts.compared, f"{float(approvals.cuts.items or 0):.2%}") == (16, "38.05%")
    assert (everything.cuts.compared, f"{float(everything.cuts.items or 0):.1%}") == (57, "61.3%")
    without = everything.cuts.items_without_spot or 0
    assert (everything.cuts.compared_without_spot, f"{float(without):.1%}") == (44, "49.9%")
    assert everything.cuts.cases is None  # files hold no cases
    assert "chosen" in approvals.scope.en


def test_cuts_weighted_by_cases() -> None:
    _, everything = rules.cuts([item("CG04"), item("JG01")], {"CG04": 3, "JG01": 1})
    assert everything.cuts.items == Fraction(2, 3)  # of one third and the whole
    assert everything.cuts.cases == Fraction(1, 2)
    assert everything.cuts.cases_without_spot == Fraction(1, 3)


WRONG = [
    ({"theme": "moon"}, "theme: moon is in no dictionary"),
    ({"department": "moon"}, "department: moon is in no dictionary"),
    ({"fields": []}, "fields: no form"),
    ({"refusals": []}, "refusals: a full item that names no ground of refusal"),
    (
        {"channels": {"online": "none", "text": pair("窗口", "counter")}},
        "channels: no visit and no way on line: it cannot be applied for",
    ),
    (
        {"channels": {"online": "full", "text": pair("网", "on line"), "visits_least": 1, "visits_most": 1}},
        "channels: can be done wholly on line, yet at least one visit is asked for",
    ),
    (
        {"limits": [LIMIT, {**LIMIT, "kind": "promised", "number": 21}]},
        "limits: the promise is longer than the statute",
    ),
    (
        {"limits": [LIMIT, {**LIMIT, "kind": "promised", "number": 0, "unit": "spot"}]},
        "spot: on the spot, its promise and its kind of case do not agree",
    ),
    (
        {"limits": [{**LIMIT, "when": {"kind": "new"}}, {**LIMIT, "when": {"age": {"ge": 18}}}]},
        "limits: two statutory limits hold at once: kind = new, age = 18",
    ),
    (
        {"limits": [{**LIMIT, "when": {"kind": "new"}}]},
        "limits: a situation without a statutory limit, where others have one: kind = old",
    ),
    (
        {"papers": [*PAPERS, {**PAPERS[1], "key": "never", "when": {"all": [{"kind": "old"}, {"age": {"lt": 18}}]}}]},
        "papers.never: its condition is true in no situation: the rule is never used",
    ),
    ({"papers": [PAPERS[0], PAPERS[2]]}, "questions.age: no rule waits for it: the question is never asked"),
    ({"papers": PAPERS[1:]}, "papers: a situation without a paper list: kind = new, age = 18"),
    (
        {"papers": [*PAPERS, {**PAPERS[2], "key": "twin", "document": "id_card"}]},
        "papers: id_card and twin are one document of one holder, both wanted: kind = old",
    ),
]


@pytest.mark.parametrize(("changes", "error"), WRONG)
def test_each_kind_of_wrong_is_found(changes: dict[str, Any], error: str) -> None:
    found = rules.check([made(**changes)], the_book())
    assert f"XX01 {error}" in [str(each) for each in found.errors]


def test_the_small_item_itself_is_right() -> None:
    assert rules.check([made()], the_book()).errors == ()
    assert [str(error) for error in rules.check([made(), made()], the_book()).errors] == ["XX01 code: stands twice"]


def test_situations_are_as_short_as_they_can_be() -> None:
    one = made()
    assert list(situations(one, [one.papers[2].when])) == [{"kind": "old"}, {"kind": "new"}]
    child = one.papers[1].when
    assert child is not None
    assert list(situations(one, [child])) == [
        {"kind": "old"},
        *({"kind": "new", "age": age} for age in ("17", "18", "19")),
    ]
    assert truths(one, child) == {True, False}
    assert never_true(one, [child]) == {"kind": "old"}


def test_no_condition_of_a_full_item_takes_the_full_product() -> None:
    for code in FULL:
        one = item(code)
        walks = [sum(1 for _ in situations(one, [condition])) for _, condition in one.conditions()]
        assert max(walks) < 450, code
