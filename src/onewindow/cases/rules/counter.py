"""What a clerk has taken in of a person who stands at the counter (窗口收件): several items, each thing asked once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from onewindow.catalogue.rules import Field, Item, PaperNeed, Question, asked_questions, next_questions, outcome

MOST_ITEMS = 8
SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in so far (收件内容).

    acts_for  the key of the standing by which the person acts for another, "" for themselves
    answers   item → question → answer
    papers    item → paper ("key" or "key:holder") → "seen", or the id of the scan; what is not there is missing
    """

    acts_for: str = ""
    helper: int | None = None
    items: tuple[str, ...] = ()
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    papers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def answers_of(self, item: str) -> dict[str, str]:
        """Return the answers given for an item."""
        return dict(self.answers.get(item, {}))


def paper_name(need: PaperNeed) -> str:
    """Return the name under which a paper is kept: its key, with the holder where there is one."""
    return f"{need.key}:{need.holder}" if need.holder else need.key


def same_question(one: Question, other: Question) -> bool:
    """Say whether two items ask the same, so that one answer serves both (同问同答)."""
    told = [[(option.value, option.text) for option in each.options] for each in (one, other)]
    return (one.key, one.text, one.number, one.on_day) == (other.key, other.text, other.number, other.on_day) and (
        told[0] == told[1]
    )


def joint_questions(items: Iterable[Item], taken: Taken) -> tuple[tuple[Question, tuple[str, ...]], ...]:
    """Return what is asked now of all items together, each with the items that ask it: answered ones first (合并提问).

    An item with an open question names all that can be asked now; what they open is asked when they are answered.
    """
    found: list[tuple[Question, list[str]]] = []
    for item in items:
        answers = taken.answers_of(item.code)
        asked = (*asked_questions(item, answers), *next_questions(item, answers))
        for question in dict.fromkeys(each.key for each in asked):
            _join(found, item.by_key[question], item.code)
    return tuple((question, tuple(codes)) for question, codes in found)


def _join(found: list[tuple[Question, list[str]]], question: Question, code: str) -> None:
    for known, codes in found:
        if same_question(known, question):
            codes.append(code)
            return
    found.append((question, [code]))


def joint_fields(items: Iterable[Item], taken: Taken) -> tuple[Field, ...]:
    """Return the fields of all items, each key once; needed where one of them needs it (合并填表)."""
    found: dict[str, Field] = {}
    for item in items:
        for each in outcome(item, taken.answers_of(item.code)).fields:
            if each.key not in found or (each.required and not found[each.key].required):
                found[each.key] = each
    return tuple(found.values())


def joint_papers(items: Iterable[Item], taken: Taken) -> tuple[tuple[PaperNeed, tuple[str, ...]], ...]:
    """Return the papers of all items, each document and holder once, with the items that want it (合并材料)."""
    found: dict[str, tuple[PaperNeed, list[str]]] = {}
    for item in items:
        for need in outcome(item, taken.answers_of(item.code)).wanted:
            known, codes = found.setdefault(paper_name(need), (need, []))
            codes.append(item.code)
            if need.required and not known.required:
                found[paper_name(need)] = (need, codes)
    return tuple((need, tuple(codes)) for need, codes in found.values())


def not_left_out(wanted: Iterable[PaperNeed], given: Collection[str]) -> Iterator[PaperNeed]:
    """Yield the papers that go into the case: those there, and those missing that the item insists on (应交材料).

    Of papers of which one is enough the others are left out once one is there.
    """
    wanted = list(wanted)
    settled = {need.one_of for need in wanted if need.one_of and paper_name(need) in given}
    for need in wanted:
        if paper_name(need) in given or (need.required and need.one_of not in settled):
            yield need
