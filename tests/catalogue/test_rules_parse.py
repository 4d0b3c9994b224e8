"""A body with a fault is not taken; each fault is named with its place, all at once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.catalogue import rules
from onewindow.core.errors import Refusal
from tests.catalogue.given import FULL, files, item, items, made, pair, small, the_book

QUESTION = small()["questions"][0]
PAPER = small()["papers"][0]
LIMIT = small()["limits"][0]


def told(body: Any) -> tuple[str, ...]:
    with pytest.raises(Refusal) as refused:
        rules.parse(rules.completed(body, the_book()))
    assert refused.value.code == "catalogue.body"
    faults = refused.value.facts["faults"]
    assert isinstance(faults, tuple)
    return faults


def test_a_whole_body_is_taken() -> None:
    assert made().code == "XX01"
    assert made() == made()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": {"zh": "只有中文"}}, "name: must be a pair {zh: …, en: …}"),
        ({"name": pair("名", "")}, "name: lacks one of its two languages"),
        ({"name": pair("名", "名 name")}, "name: has Chinese in its English: '名 name'"),
        ({"type": "99"}, "type: must be one of 01, 05, 07, 10, 20, not '99'"),
        ({"surprise": 1}, "surprise: is no key that is known here"),
        ({"spot": "yes"}, "spot: must be true or false, not 'yes'"),
        ({"code": True}, "code: must be text, not True: write it in quotes"),
        ({"papers": [{**PAPER, "when": {"kind": "blue"}}]}, "papers.id_card: kind has no answer blue"),
        ({"papers": [{**PAPER, "when": {"colour": "blue"}}]}, "papers.id_card: colour is no question of this item"),
        ({"papers": [{**PAPER, "when": {"kind": True}}]},
         "papers[id_card].when: kind: the values must be text (in quotes where YAML reads yes, no or a number)"),
        ({"papers": [{**PAPER, "when": {"kind": {"lt": 3}}}]}, "papers.id_card: kind is not answered by a number"),
        ({"papers": [{**PAPER, "when": {"any": "kind"}}]}, "papers[id_card].when: any must be a list of conditions"),
        ({"papers": [{**PAPER, "holder": "moon"}]}, "papers[id_card].holder: moon is in no dictionary"),
        ({"fields": [{"key": "moon.phase", "mark": "S"}]}, "fields[moon.phase]: stands in no dictionary"),
        ({"limits": [{**LIMIT, "number": 0.3}]}, "limits[0].number: 0.3 is no number that can be counted in workday"),
        ({"type": "07", "limits": [{**LIMIT, "pauses": "licensing-45"}]},
         "limits[0].pauses: only a licence (type 01) pauses by art. 45 of the Licensing Law"),
        ({"questions": [{**QUESTION, "ask_when": {"age": {"gt": 3}}}, small()["questions"][1]]},
         "questions[kind].ask_when: names age, which is not asked before it"),
        ({"questions": [QUESTION, QUESTION, small()["questions"][1]]}, "questions: kind stands twice"),
        ({"mark": "X"}, "mark: must be one of D, K, S, U, not 'X'"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_place(changes: dict[str, Any], fault: str) -> None:
    assert fault in told(small(**changes))


def test_all_faults_of_a_body_come_at_once() -> None:
    assert len(told(small(name="x", says="y", levels="z", mark="?"))) == 4


@given(
    st.sampled_from(sorted(small())),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["key", "zh", "text", "when"]), inner)
        ),
        max_leaves=6,
    ),
)
def test_no_content_breaks_the_reading(key: str, content: Any) -> None:
    try:
        made(**{key: content})
    except Refusal as refusal:
        if refusal.code != "catalogue.body":
            raise


def test_all_items_are_there_in_both_languages() -> None:
    assert len(items()) == 75
    assert [one.code for one in items() if one.full] == list(FULL)
    assert set(files().items) == {one.code for one in items()}
    for one in items():  # that each pair has both languages, and no Chinese in its English, the reading saw to
        assert one.name.en[0].isupper()
        assert one.words, one.code


def test_every_law_can_be_cited_in_english() -> None:
    laws = the_book().laws
    seen = {one.law for one in items()} | {row.limit.law for one in items() for row in one.limits}
    seen |= {paper.law for one in items() for paper in one.papers}
    assert [law for law in sorted(seen) if law and rules.citation(law, laws).en == law] == []
    told_law = rules.citation("机动车登记规定 第26条(六)、第27条;行政许可法 第42条(默认)", laws)
    assert told_law.en == (
        "Motor Vehicle Registration Rules art. 26 (6), art. 27; Administrative Licensing Law art. 42 (default)"
    )
    assert rules.citation("某某暂行办法 第3条", laws).en == "某某暂行办法 第3条"


def test_only_what_was_seen_or_is_known_counts_as_confirmed() -> None:
    assert [mark for mark in "SKUD" if rules.is_confirmed(mark)] == ["S", "K"]
    assert {row.limit.confidence for row in item("CG04").limits if row.key == "promised"} == {"D"}
