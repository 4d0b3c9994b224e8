"""What is asked before the papers are named (情形提问), and how its answers are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from onewindow.calendars.rules import day_words
from onewindow.catalogue.rules.conditions import Condition
from onewindow.catalogue.rules.items.marks import NOTHING
from onewindow.core.words import Words


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from (选项)."""

    value: str
    text: Words


@dataclass(frozen=True, slots=True)
class Number:
    """A question or field answered by a whole number."""

    unit: Words
    least: int
    most: int
    samples: tuple[int, ...]  # values on both sides of each threshold, for the check


@dataclass(frozen=True, slots=True)
class Derived:
    """One step of working an answer out: where the condition holds, the value; the first that holds counts."""

    value: str
    when: Condition | None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before the papers are named (情形提问)."""

    key: str
    text: Words
    why: Words
    options: tuple[Option, ...]
    number: Number | None
    derive: tuple[Derived, ...]  # with any, it is never put to a person: other answers decide it (推算)
    on_day: bool  # answered by a day, such as that of an event
    ask_when: Condition | None
    answered_by: str  # person; system or both: the office's own data will confirm it
    law: str
    mark: str

    def read(self, raw: object) -> str | Fraction | None:
        """Return the answer as a value of this question, or None where it is none."""
        if raw is None or isinstance(raw, bool):
            return None
        text = str(raw).strip()
        if self.on_day:
            return text if _day(text) else None
        if self.number is None:
            return text if any(option.value == text for option in self.options) else None
        if not (text.isascii() and text.isdecimal() and len(text) < 7):
            return None
        return Fraction(text) if self.number.least <= int(text) <= self.number.most else None

    def say(self, raw: object) -> Words:
        """Return the answer in words."""
        value = self.read(raw)
        if self.on_day:
            day = _day(str(value))
            return Words(f"{day.year}年{day_words(day).zh}", day_words(day).en) if day else NOTHING
        if self.number is not None and value is not None:
            return Words(f"{value}{self.number.unit.zh}", f"{value} {self.number.unit.en}")
        return next((option.text for option in self.options if option.value == value), NOTHING)

    def values(self) -> tuple[str, ...]:
        """Return the answers that the check walks."""
        if self.number is not None:
            return tuple(str(sample) for sample in self.number.samples)
        if self.on_day:
            return (_ANY_DAY,)
        return tuple(option.value for option in self.options)


_ANY_DAY = "2026-06-01"  # conditions never look at the day itself, so one stands for all


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
