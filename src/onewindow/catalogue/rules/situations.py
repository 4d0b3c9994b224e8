"""Walking the situations of an item (情形遍历): by the questions that conditions really name, never all products."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from onewindow.catalogue.rules.conditions import Condition, Situation, Truth, named
from onewindow.catalogue.rules.items import Item


def situations(item: Item, conditions: Iterable[Condition | None]) -> Iterator[Mapping[str, str]]:
    """Yield answers that decide all the conditions, one set for each way they can turn out to be decided.

    Only questions are answered that an undecided condition waits for, so each set is as short as it can be.
    """
    wanted = [condition for condition in conditions if condition is not None]
    yield from _walk(item, wanted, {})


def _walk(item: Item, wanted: list[Condition], answers: dict[str, str]) -> Iterator[Mapping[str, str]]:
    here = Situation(item.by_key, answers)
    key = next((key for condition in wanted for key in here.waits_for(condition)), None)
    if key is None:
        yield answers
        return
    for value in item.by_key[key].values():
        yield from _walk(item, wanted, {**answers, key: value})


def truths(item: Item, condition: Condition) -> set[Truth]:
    """Return how a condition turns out over all situations: a rule that is never true is never used."""
    return {Situation(item.by_key, answers).truth(condition) for answers in situations(item, [condition])}


def never_true(item: Item, conditions: Iterable[Condition]) -> Mapping[str, str] | None:
    """Return a situation in which none of the conditions is true, or None where one always is."""
    wanted = list(conditions)
    return _none_true(item, wanted, {})


def _none_true(item: Item, wanted: list[Condition], answers: dict[str, str]) -> Mapping[str, str] | None:
    here = Situation(item.by_key, answers)
    if any(here.truth(condition) is True for condition in wanted):
        return None
    open_keys = [key for condition in wanted for key in here.waits_for(condition)]
    if not open_keys:
        return answers
    key = _most_decisive(item, wanted, answers, open_keys)
    found = (_none_true(item, wanted, {**answers, key: value}) for value in item.by_key[key].values())
    return next((each for each in found if each is not None), None)


def _most_decisive(item: Item, wanted: list[Condition], answers: dict[str, str], keys: Iterable[str]) -> str:
    """Return the open question that most surely makes a condition true whatever the answer: walks stay short."""

    def left(key: str) -> int:
        after = (Situation(item.by_key, {**answers, key: value}) for value in item.by_key[key].values())
        return sum(not any(each.truth(condition) is True for condition in wanted) for each in after)

    return min(dict.fromkeys(keys), key=left)


def questions_of(item: Item, condition: Condition | None) -> set[str]:
    """Return the questions on which a condition can depend, those behind an ask_when among them."""
    found: set[str] = set()
    todo = list(named(condition))
    while todo:
        key = todo.pop()
        if key not in found:
            found.add(key)
            question = item.by_key[key]
            todo += [*named(question.ask_when), *(each for step in question.derive for each in named(step.when))]
    return found
