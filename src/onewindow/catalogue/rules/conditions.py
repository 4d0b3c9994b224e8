"""Conditions as data (适用条件): true, false or still unknown; what is unknown is the next question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onewindow.catalogue.rules.items import Question


@dataclass(frozen=True, slots=True)
class Is:
    """The question was answered with one of the values."""

    question: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Compare:
    """The number answered lies on one side of a threshold; op is lt, le, gt, ge or eq."""

    question: str
    op: str
    number: Fraction


@dataclass(frozen=True, slots=True)
class Told:
    """The question was answered, whatever the answer: what is reckoned from a day waits for the day."""

    question: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds (同时满足)."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part holds at least (满足其一)."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold; a question that is not asked matches nothing, so "not" of it is true."""

    part: Condition


Condition = Is | Compare | Told | All | AnyOf | Not
Truth = bool | None
"""True, False, or None: it depends on a question that is still open."""

OPS = {
    "lt": lambda value, number: value < number,
    "le": lambda value, number: value <= number,
    "gt": lambda value, number: value > number,
    "ge": lambda value, number: value >= number,
    "eq": lambda value, number: value == number,
}
Answers = Mapping[str, object]
"""question → value, as the catalogue lists them; numbers as text or int."""


@dataclass(slots=True)
class Situation:
    """What is known of one person's case: the answers, read against the item's questions (办事情形).

    A question whose ask_when is false is not asked: an answer left over from before counts for nothing.
    """

    questions: Mapping[str, Question]
    answers: Answers
    _asked: dict[str, Truth] = field(default_factory=dict)
    _values: dict[str, str | Fraction | None] = field(default_factory=dict)
    _known: dict[int, Truth] = field(default_factory=dict)  # by identity: an item holds its conditions once and for all

    def asked(self, key: str) -> Truth:
        """Say whether the question is asked in this situation."""
        if key not in self._asked:
            self._asked[key] = self.truth(self.questions[key].ask_when)
        return self._asked[key]

    def value(self, key: str) -> str | Fraction | None:
        """Return the answer if it is one that the question allows, else None: then it is still open."""
        if key not in self._values:
            question = self.questions[key]
            raw = self._worked_out(question) if question.derive else self.answers.get(key)
            self._values[key] = question.read(raw)
        return self._values[key]

    def _worked_out(self, question: Question) -> str | None:
        for step in question.derive:
            truth = self.truth(step.when)
            if truth is not False:
                return step.value if truth else None
        return None

    def truth(self, condition: Condition | None) -> Truth:
        """Say whether the condition holds; no condition always does."""
        if condition is None:
            return True
        name = id(condition)
        if name not in self._known:
            self._known[name] = self._truth(condition)
        return self._known[name]

    def _truth(self, condition: Condition) -> Truth:
        if isinstance(condition, Is | Compare | Told):
            return self._leaf(condition)
        if isinstance(condition, Not):
            inner = self.truth(condition.part)
            return None if inner is None else not inner
        decisive = isinstance(condition, AnyOf)  # one true part decides an "any", one false part an "all"
        unknown = False
        for part in condition.parts:
            truth = self.truth(part)
            if truth is decisive:
                return decisive
            unknown = unknown or truth is None
        return None if unknown else not decisive

    def _leaf(self, leaf: Is | Compare | Told) -> Truth:
        asked = self.asked(leaf.question)
        if asked is False:
            return False
        value = self.value(leaf.question)
        if value is None:
            return None
        if isinstance(leaf, Told):
            matches = True
        elif isinstance(leaf, Is):
            matches = value in leaf.values
        else:
            matches = bool(isinstance(value, Fraction) and OPS[leaf.op](value, leaf.number))
        return matches if asked or not matches else None

    def waits_for(self, condition: Condition | None) -> Iterator[str]:
        """Yield the open questions that keep the condition from being decided, those that can be asked now."""
        if condition is None or self.truth(condition) is not None:
            return
        if isinstance(condition, Is | Compare | Told):
            question = self.questions[condition.question]
            if self.asked(condition.question) is None:
                yield from self.waits_for(question.ask_when)
            elif question.derive:
                open_step = next((step for step in question.derive if self.truth(step.when) is not False), None)
                yield from self.waits_for(open_step.when if open_step else None)
            else:
                yield condition.question
        elif isinstance(condition, Not):
            yield from self.waits_for(condition.part)
        else:
            for part in condition.parts:
                yield from self.waits_for(part)

    def why_not(self, condition: Condition | None) -> str | None:
        """Return the answered question that makes the condition false, where one answer is enough to see it."""
        if condition is None or self.truth(condition) is not False:
            return None
        if isinstance(condition, Is | Compare | Told):
            return condition.question if self.asked(condition.question) else self._unasked(condition.question)
        if isinstance(condition, Not):
            return next((key for key in named(condition.part) if self.value(key) is not None), None)
        return next((key for part in condition.parts if (key := self.why_not(part))), None)

    def _unasked(self, key: str) -> str | None:
        return self.why_not(self.questions[key].ask_when)


def named(condition: Condition | None) -> Iterator[str]:
    """Yield the questions that a condition names, each as often as it stands there."""
    if isinstance(condition, Is | Compare | Told):
        yield condition.question
    elif isinstance(condition, Not):
        yield from named(condition.part)
    elif condition is not None:
        for part in condition.parts:
            yield from named(part)


def leaves(condition: Condition | None) -> Iterator[Is | Compare | Told]:
    """Yield the single comparisons of which a condition is made."""
    if isinstance(condition, Is | Compare | Told):
        yield condition
    elif isinstance(condition, Not):
        yield from leaves(condition.part)
    elif condition is not None:
        for part in condition.parts:
            yield from leaves(part)
