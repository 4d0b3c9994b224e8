"""What is owed, which act leads where, and sums that add up: values only."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.catalogue.rules import Fee
from onewindow.core.errors import Refusal
from onewindow.core.words import Words
from onewindow.payments.rules import (
    BASIS,
    BY_A_SECOND,
    MOVES,
    SETTLED,
    Act,
    Ground,
    Line,
    Posting,
    Status,
    Tally,
    Waiver,
    Way,
    check_lines,
    counted,
    lines_facts,
    lines_from,
    lines_of,
    money,
    move,
    receipt_number,
    tallies,
    total_cents,
)
from tests.payments.given import CARD, MONDAY, PLATES, UNSURE

DAY = MONDAY.date()


@pytest.mark.parametrize(("status", "act"), list(product([None, *Status], Act)))
def test_every_status_and_act_leads_somewhere_or_is_refused(status: Status | None, act: Act) -> None:
    if (status, act) in MOVES:
        assert move(status, act) in Status
        return
    with pytest.raises(Refusal) as refused:
        move(status, act)
    assert (refused.value.code, refused.value.facts) == ("payments.move", {"fault": status or "none"})


def test_a_given_back_fee_is_over_and_an_undone_one_is_owed_again() -> None:
    assert not [act for status, act in MOVES if status is Status.REFUNDED]
    assert Status.VOID not in SETTLED
    assert {act for status, act in MOVES if status is Status.VOID} >= {Act.TAKE, Act.WAIVE}


def test_what_is_not_confirmed_is_shown_and_never_collected() -> None:
    unknown = replace(CARD, cents=None)
    assert total_cents((PLATES, UNSURE, unknown)) == 10000
    assert [line.confirmed for line in (PLATES, UNSURE, unknown, replace(CARD, mark="D"))] == [
        True,
        False,
        False,
        False,
    ]


def test_an_items_fees_become_lines() -> None:
    fee = Fee("plates", PLATES.name, 10000, PLATES.per, Words("", ""), None, "某规定 第1条", "K")
    assert lines_of([fee]) == (replace(PLATES, law="某规定 第1条", mark="K"),)


@pytest.mark.parametrize(
    "lines",
    [(PLATES, PLATES), (replace(PLATES, cents=-1),), (replace(PLATES, count=-1),), (replace(PLATES, count=100),)],
)
def test_lines_that_cannot_be_charged(lines: tuple[Line, ...]) -> None:
    with pytest.raises(Refusal, match=r"payments\.lines"):
        check_lines(lines)


def test_counting_changes_numbers_and_keeps_the_rest() -> None:
    found = counted((PLATES, CARD), {"plates": 0, "card": 3})
    assert (total_cents(found), [line.count for line in found]) == (3000, [0, 3])
    assert counted((PLATES, CARD), {}) == (PLATES, CARD)


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ({"plates": 0, "card": 0}, "payments.nothing"),
        ({"other": 1}, "payments.lines"),
        ({"card": 100}, "payments.lines"),
    ],
)
def test_a_count_that_is_refused(counts: dict[str, int], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        counted((PLATES, CARD), counts)
    assert refused.value.code == code


def test_a_waiver_names_its_law() -> None:
    assert Waiver(Ground.NO_BASIS).named() == BASIS
    assert Waiver(Ground.EXEMPT, " 某某条例 第九条 ").named() == "某某条例 第九条"
    assert Waiver(Ground.OFFICE_FAULT, "某办发〔2020〕42号").named() == "某办发〔2020〕42号"
    assert Waiver(Ground.EXEMPT, "Some Act, art. 12").named() == "Some Act, art. 12"


@pytest.mark.parametrize("law", ["", "领导同意", "情况特殊，建议免收", "第9条", "某条例 第1条" * 30])
def test_a_waiver_without_a_law_is_refused(law: str) -> None:
    with pytest.raises(Refusal, match=r"payments\.law"):
        Waiver(Ground.EXEMPT, law).named()


def test_a_receipts_number_sorts_within_its_day() -> None:
    numbers = [receipt_number("14010002", DAY, serial) for serial in (1, 2, 10, 99999)]
    assert numbers == sorted(numbers)
    assert numbers[0] == "14010002-20261116-F00001"


words = st.builds(Words, st.text(max_size=8), st.text(max_size=8))
some_lines = st.builds(
    Line,
    key=st.text(min_size=1, max_size=8),
    name=words,
    cents=st.none() | st.integers(0, 10**7),
    count=st.integers(0, 99),
    per=words,
    note=words,
    law=st.text(max_size=8),
    mark=st.sampled_from("SKUD"),
)


@given(st.lists(some_lines, max_size=5))
def test_lines_come_back_from_plain_values(lines: list[Line]) -> None:
    assert lines_from(lines_facts(lines)) == tuple(lines)
    assert total_cents(lines) >= 0


postings = st.builds(
    Posting,
    subject=st.just("a"),
    seq=st.just(1),
    site=st.just("14010002"),
    day=st.just(DAY),
    clerk=st.integers(1, 3),
    act=st.sampled_from([Act.TAKE, Act.WAIVE, Act.VOID, Act.REFUND]),
    way=st.sampled_from([*Way, None]),
    receipt=st.just(""),
    cents=st.integers(1, 10**6),
    at=st.just(MONDAY),
)


@given(st.lists(postings))
def test_the_sums_of_a_list_are_the_sums_of_its_lines(lines: list[Posting]) -> None:
    rows = tallies(lines)
    assert [row.way for row in rows] == [Way.CASH, Way.POS, None]
    assert sum(row.net_cents for row in rows) == sum(line.signed_cents for line in lines)
    assert sum(row.count + row.undone for row in rows) == len(lines)
    assert sum(row.undone for row in rows) == sum(line.act in BY_A_SECOND for line in lines)
    assert money(rows).net_cents == sum(line.signed_cents for line in lines if line.way)


def test_an_empty_list_has_all_its_rows() -> None:
    assert tallies([]) == (Tally(Way.CASH), Tally(Way.POS), Tally(None))
