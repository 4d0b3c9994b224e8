"""A read item bound together (校验条件): conditions name its own questions, and equal ones are kept once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from onewindow.catalogue.rules import items
from onewindow.catalogue.rules.conditions import All, AnyOf, Compare, Condition, Is, Not, Told, leaves, named
from onewindow.catalogue.rules.items import Item, Question

_KEYED = (
    "questions fields preconditions notice_periods deciding delegations no_limit"
    " steps refusals fees results lookups actors collecting"
).split()


def bound(item: Item, faults: list[str]) -> Item:
    """Check every condition against the item's questions, and keep equal conditions once."""
    for part in _KEYED:
        _twice((row.key for row in getattr(item, part)), part, faults)
    for question in item.questions:
        _check_question(item, question, faults)
    for place, condition in item.conditions():
        _check_condition(item, place, condition, faults)
    for field in item.fields:
        if field.question and field.question not in item.by_key:
            faults.append(f"fields[{field.key}].question: {field.question} is no question of this item")
    if faults:
        return item
    return _interned(item)


def _twice(keys: Iterable[str], part: str, faults: list[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            faults.append(f"{part}: {key} stands twice")
        seen.add(key)


def _check_question(item: Item, question: Question, faults: list[str]) -> None:
    place = f"questions[{question.key}]"
    if sum((bool(question.options), question.number is not None, question.on_day)) != 1:
        faults.append(f"{place}: needs either options, a number or a day")
    _twice((option.value for option in question.options), f"{place}.options", faults)
    strange = {step.value for step in question.derive} - {option.value for option in question.options}
    if strange:
        faults.append(f"{place}.derive: {', '.join(sorted(strange))} is none of its options")
    if question.derive and question.derive[-1].when is not None:
        faults.append(f"{place}.derive: the last step must hold whenever no other does")
    _check_order(item, question, f"{place}.ask_when", question.ask_when, faults)
    for step in question.derive:
        _check_order(item, question, f"{place}.derive", step.when, faults)


def _check_order(item: Item, question: Question, place: str, condition: Condition | None, faults: list[str]) -> None:
    """Check a condition of a question: it may name only what is asked before."""
    if condition is None:
        return
    _check_condition(item, place, condition, faults)
    before = item.questions[: item.questions.index(question)]
    later = set(named(condition)) - {each.key for each in before}
    if later & set(item.by_key):
        faults.append(f"{place}: names {', '.join(sorted(later))}, which is not asked before it")


def _check_condition(item: Item, place: str, condition: Condition, faults: list[str]) -> None:
    for leaf in leaves(condition):
        question = item.by_key.get(leaf.question)
        if question is None:
            faults.append(f"{place}: {leaf.question} is no question of this item")
        elif isinstance(leaf, Is):
            strange = leaf.values - {option.value for option in question.options}
            if strange:
                faults.append(f"{place}: {leaf.question} has no answer {', '.join(sorted(strange))}")
        elif isinstance(leaf, Told):
            if not question.on_day:
                faults.append(f"{place}: {leaf.question} is not answered by a day")
        elif question.number is None:
            faults.append(f"{place}: {leaf.question} is not answered by a number")


def _interned(item: Item) -> Item:
    seen: dict[Condition, Condition] = {}

    def one(condition: Condition | None) -> Condition | None:
        if condition is None or condition in seen:
            return None if condition is None else seen[condition]
        kept = _rebuilt(condition, one)
        seen[kept] = kept
        return kept

    changed: dict[str, Any] = {}
    for part in items.CONDITIONAL:
        changed[part] = tuple(replace(row, when=one(row.when)) for row in getattr(item, part))
    changed["preconditions"] = tuple(replace(row, fails_when=one(row.fails_when)) for row in changed["preconditions"])
    questions = tuple(replace(question, ask_when=one(question.ask_when)) for question in item.questions)
    return replace(item, questions=questions, by_key={each.key: each for each in questions}, **changed)


def _rebuilt(condition: Condition, one: Callable[[Condition | None], Condition | None]) -> Condition:
    if isinstance(condition, Is | Compare | Told):
        return condition
    if isinstance(condition, Not):
        return Not(one(condition.part) or condition.part)
    parts = tuple(one(part) or part for part in condition.parts)
    return All(parts) if isinstance(condition, All) else AnyOf(parts)
