"""What letters say, without a press: each kind in both languages, what a letter may not lack, sums in capitals."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from onewindow.core.words import Words
from onewindow.notices.rules import HEADINGS, Kind, capital_yuan, day_words, document, places, snapshot
from tests.notices.given import CODE, EXAMPLES, acceptance, fee_receipt, non_acceptance, receipt, refusal, revocation

VALUES = dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True))
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def test_there_is_an_example_of_each_kind() -> None:
    assert set(EXAMPLES) == set(Kind) == set(HEADINGS)


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_whole_in_both_languages(kind: Kind) -> None:
    letter = EXAMPLES[kind]()
    zh, en = document(letter, "zh"), document(letter, "en")
    assert zh["title"] != en["title"]
    assert en["title"].isascii()
    for part in ("opening", "closing", "rows", "table", "reasons", "rights", "signs"):
        assert len(zh[part]) == len(en[part])
    assert zh["opening"]
    assert "{" not in json.dumps([zh["opening"], zh["closing"], en["opening"], en["closing"]])


@pytest.mark.parametrize("kind", Kind)
def test_sentences_ask_only_for_facts_that_the_kind_needs(kind: Kind) -> None:
    form = HEADINGS[kind]
    always = form.facts | {"item", "site", "basis"}
    for sentence in (*form.opening, *form.closing):
        own = form.variants[sentence.variant] if sentence.variant else frozenset()
        assert places(sentence) <= always | own
        assert sentence.variant is None or sentence.variant in form.variants
    said = {name for sentence in (*form.opening, *form.closing) for name in places(sentence)}
    assert form.facts <= said


def test_every_variant_says_something() -> None:
    for form in HEADINGS.values():
        for variant in form.variants:
            assert any(sentence.variant in (None, variant) for sentence in form.opening)


def test_the_licensing_law_is_cited_for_licences_alone() -> None:
    licence, other = acceptance(), replace(acceptance(), licence=False)
    assert "行政许可法》第三十二条" in "".join(document(licence, "zh")["opening"])
    assert "Article 45" in "".join(document(licence, "en")["closing"])
    for language in ("zh", "en"):
        text = json.dumps(document(other, language), ensure_ascii=False)
        assert "行政许可法" not in text
        assert "Licensing Law" not in text
    assert document(replace(refusal(), licence=False), "zh")["title"] == "不予决定书"
    assert document(refusal(), "zh")["title"] == "不予行政许可决定书"


def test_another_law_takes_the_place_of_the_licensing_law() -> None:
    law = Words("《机动车登记规定》第五条", "Provisions on Motor Vehicle Registration, Article 5")
    other = document(replace(acceptance(), law=law, licence=False), "zh")
    assert "依照《机动车登记规定》第五条，自" in other["opening"][0]


def test_silence_has_its_own_sentence() -> None:
    silent = document(replace(acceptance(), variant="deemed"), "zh")["opening"]
    assert len(silent) == 1
    assert "第（四）项" in silent[0]


@pytest.mark.parametrize(
    ("make", "change", "fault"),
    [
        (refusal, {"rights": ()}, "review and lawsuit"),
        (refusal, {"reasons": ()}, "reasons are missing"),
        (revocation, {"variant": ""}, "no variant"),
        (non_acceptance, {"facts": {"received_on": date(2026, 11, 16)}}, "right_office"),
        (acceptance, {"facts": {}}, "accepted_on, due_on, received_on"),
        (acceptance, {"facts": {**acceptance().facts, "more": Words("多", "")}}, "one language"),
        (acceptance, {"addressee": Words("", "")}, "a name is missing"),
        (acceptance, {"code": "8K4M"}, "code"),
        (acceptance, {"subject": "a:b"}, "case number"),
        (acceptance, {"seq": 0}, "entry"),
        (acceptance, {"cents": 100}, "sum"),
        (fee_receipt, {"cents": None}, "sum"),
        (receipt, {"table": replace(receipt().table, lines=((Words("一", "one"),),))}, "cells"),  # type: ignore[type-var]  # it has one
    ],
)
def test_a_letter_with_a_gap_is_none(make: Any, change: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        replace(make(), **change)


def test_a_snapshot_is_the_same_text_each_time_and_tells_letters_apart() -> None:
    assert snapshot(refusal()) == snapshot(refusal())
    assert snapshot(refusal()) != snapshot(replace(refusal(), code=CODE[:-1] + "D"))
    assert json.loads(snapshot(acceptance()))["facts"]["due_on"] == "2026-11-17"


def test_days_are_written_out() -> None:
    assert day_words(date(2026, 11, 4)) == ("2026年11月4日", "4 November 2026")


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "人民币零元整"),
        (5, "人民币伍分"),
        (50, "人民币伍角整"),
        (12500, "人民币壹佰贰拾伍元整"),
        (10005, "人民币壹佰元零伍分"),
        (1_000_100, "人民币壹万零壹元整"),
        (10_200_030, "人民币壹拾万贰仟元叁角整"),
        (100_000_000_00, "人民币壹亿元整"),
        (100_010_000_00, "人民币壹亿零壹万元整"),
        (168_032, "人民币壹仟陆佰捌拾元叁角贰分"),
        (10_700_053, "人民币壹拾万柒仟元伍角叁分"),
    ],
)
def test_sums_in_capitals(cents: int, text: str) -> None:
    assert capital_yuan(cents) == text


def worth(text: str) -> int:
    """The sum in 分 that capitals say, read by another way than they are written."""
    text = text.removeprefix("人民币").removesuffix("整")
    yuan, _, rest = text.rpartition("元")
    total = group = digit = 0
    for sign in yuan:
        if sign in VALUES:
            digit = VALUES[sign]
        elif sign in UNITS:
            group, digit = group + digit * UNITS[sign], 0
        elif sign == "万":
            total, group, digit = total + (group + digit) * 10**4, 0, 0
        else:
            total, group, digit = (total + group + digit) * 10**8, 0, 0
    small = 0
    for sign in rest:
        digit_or_unit = VALUES.get(sign)
        small = small + digit_or_unit if digit_or_unit is not None else small * 10 if sign == "角" else small
    return (total + group + (digit if yuan else 0)) * 100 + small


@given(some.integers(0, 10**14 - 1))
def test_capitals_say_the_sum(cents: int) -> None:
    text = capital_yuan(cents)
    assert worth(text) == cents
    assert "零零" not in text
    assert not text.endswith(("零元整", "角")) or cents == 0


def test_no_sum_is_negative_or_beyond_words() -> None:
    for cents in (-1, 10**14):
        with pytest.raises(ValueError, match="a sum"):
            capital_yuan(cents)
