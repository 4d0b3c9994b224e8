"""The word that a person uses leads to the item, the same way every time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.catalogue import commands, rules
from onewindow.catalogue.rules import Card
from tests.catalogue.given import items


def _card(one: rules.Item) -> Card:
    words = [one.name.zh, *(word.text for word in one.words)]
    return Card(
        one.code, one.name, one.says, one.theme, one.department, one.full, one.closed, tuple(words),
        tuple(commands.reading(text=word) for word in words),
    )  # fmt: skip


CARDS = [_card(one) for one in items()]


def found(text: str) -> list[str]:
    return [hit.code for hit in rules.search(CARDS, text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("过户", ["CG04", "CG03"]),
        ("guohu", ["CG04", "CG03"]),
        ("guo hu", ["CG04", "CG03"]),
        ("gh", ["CG04", "CG03"]),
        ("二手车过户", ["CG04", "CG03"]),
        ("外地二手车过户", ["CG04"]),
        ("身份证丢了", ["HZ09"]),
        ("落户", ["HZ03"]),
        ("驾照到期", ["JG01"]),
        ("办护照", ["CJ01"]),
        ("出租车上牌", ["CG02"]),
        ("无犯罪记录证明", ["HZ12"]),
        ("上户口", ["HZ01"]),
        ("演唱会", ["ZA02"]),
        ("开公司", ["QY01"]),
        ("公积金", ["GJJ01"]),
        ("passport", ["CJ01"]),
        ("lost driving licence", ["JG02"]),
        ("cg04", ["CG04"]),
        ("ＣＧ０４", ["CG04"]),
    ],
)
def test_everyday_words_lead_to_the_item(text: str, first: list[str]) -> None:
    assert found(text)[: len(first)] == first


def test_a_question_in_words_still_finds_it() -> None:
    assert "HZ09" in found("我的身份证丢了怎么办")[:3]
    assert "JG01" in found("驾照快到期了")[:3]


@pytest.mark.parametrize("text", ["", "   ", "。。。", "量子纠缠", "zzzz"])
def test_what_means_nothing_finds_nothing(text: str) -> None:
    assert found(text) == []


@settings(max_examples=40)
@given(st.text(max_size=80))
def test_no_words_break_the_search(text: str) -> None:
    hits = rules.search(CARDS, text)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(hits) <= 20
    assert hits == rules.search(reversed(CARDS), text)
