"""What to ask next (引导提问): the open question that most conditions wait for, and nothing that no longer matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from onewindow.catalogue.rules.conditions import Answers, Situation, Truth, named
from onewindow.catalogue.rules.items import Item, Question

NOTHING_KNOWN: Mapping[str, object] = {}
# The situation asked for last: a page or an act asks many things of one, and each is worked out once.
_last: list[tuple[Item, Answers, Situation]] = []


def situation(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> Situation:
    """Return the answers read against the item's questions (办事情形).

    known  what an office's own data say; it goes before what was typed
    """
    if known:
        return Situation(item.by_key, {**answers, **known})
    for its_item, its_answers, last in _last:
        if its_item is item and its_answers is answers and last.answers == answers:
            return last
    found = Situation(item.by_key, dict(answers))
    _last[:] = [(item, answers, found)]
    return found


def next_questions(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> tuple[Question, ...]:
    """Return the questions that can be asked now and still matter, the one to ask first at the head (引导提问).

    First comes what may show that it cannot be handed in at all, then what most conditions wait for; among equals the
    order of the item's file. Empty: all is decided.

    known  question → value from an office's own data; such a question is not asked
    """
    here = situation(item, answers, known)
    waiting: Counter[str] = Counter()
    for _, condition in item.conditions():
        if here.truth(condition) is None:
            waiting.update(dict.fromkeys(here.waits_for(condition), 1))
    ending = {key for condition in item.ending for key in here.waits_for(condition)}
    places = {question.key: place for place, question in enumerate(item.questions)}
    order = sorted(waiting, key=lambda key: (key not in ending, -waiting[key], places[key]))
    return tuple(item.by_key[key] for key in order)


def asked_questions(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> tuple[Question, ...]:
    """Return the questions that were asked and answered, in the order of the item's file: what "check your answers"
    shows (情形回顾)."""
    here = situation(item, answers, known)
    return tuple(
        question
        for question in item.questions
        if not question.derive and here.asked(question.key) is True and here.value(question.key) is not None
    )


def kept_answers(item: Item, answers: Answers) -> dict[str, str]:
    """Return the answers that count: those of questions asked, with a value allowed; the rest is dropped (有效回答)."""
    here = situation(item, answers)
    return {
        question.key: str(here.value(question.key))
        for question in item.questions
        if not question.derive and here.asked(question.key) is True and here.value(question.key) is not None
    }


def is_decided(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> bool:
    """Say whether nothing is left to ask (情形已定)."""
    return not next_questions(item, answers, known)


def holds(item: Item, row: object, answers: Answers, known: Answers = NOTHING_KNOWN) -> Truth:
    """Say whether a row of the item with a `when` holds in this situation."""
    return situation(item, answers, known).truth(getattr(row, "when", None))


def steps_left(item: Item, answers: Answers, known: Answers = NOTHING_KNOWN) -> int:
    """Return the number of questions that may still be asked, at most: those of open conditions (剩余问题数)."""
    here = situation(item, answers, known)
    seen: set[str] = set()
    todo = [key for _, condition in item.conditions() if here.truth(condition) is None for key in named(condition)]
    while todo:
        key = todo.pop()
        if key in seen or here.asked(key) is False:
            continue
        seen.add(key)
        question = item.by_key[key]
        todo += [*named(question.ask_when), *(each for step in question.derive for each in named(step.when))]
    return sum(here.value(key) is None and not item.by_key[key].derive for key in seen)
