"""Reading a body: what an editor wrote becomes values, and every fault is named with its place, all of them at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar

from onewindow.catalogue.rules.conditions import OPS, All, AnyOf, Compare, Condition, Is, Not
from onewindow.core.words import Words

E = TypeVar("E", bound=Enum)
KEY = re.compile(r"[a-z][a-z0-9_.-]{0,39}")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
MARKS = ("S", "K", "U", "D")
NONE = Words("", "")


class Row:
    """One mapping of a body under reading: asked for its keys, it notes what is missing, wrong or left over."""

    def __init__(self, data: object, place: str, faults: list[str]) -> None:
        self.place = place
        self.faults = faults
        self._data: dict[str, Any] = {}
        if isinstance(data, Mapping):
            self._data = {str(key): value for key, value in data.items()}
        else:
            self.fault("", f"is no mapping: {_shown(data)}")
        self._left = set(self._data)

    def fault(self, key: str, text: str) -> None:
        place = f"{self.place}.{key}".strip(".")
        self.faults.append(f"{place}: {text}" if place else text)

    def has(self, key: str) -> bool:
        return self._data.get(key) is not None

    def take(self, key: str) -> Any:
        self._left.discard(key)
        return self._data.get(key)

    def close(self) -> None:
        """Name the keys that nobody asked for: most often a slip of the pen."""
        for key in sorted(self._left):
            self.fault(key, "is no key that is known here")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.take(key)
        if value is None and default is not None:
            return default
        if isinstance(value, bool | date) or not isinstance(value, str | int):
            self.fault(key, f"must be text{_quoted(value)}")
            return default or ""
        return str(value).strip()

    def key(self, name: str = "key", default: str | None = None) -> str:
        value = self.text(name, default)
        if value and not KEY.fullmatch(value):
            self.fault(name, f"must be small Latin letters, digits, _, - and dots: {value!r}")
        return value

    def words(self, key: str, default: Words | None = None) -> Words:
        value = self.take(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, Mapping) or set(value) != {"zh", "en"}:
            self.fault(key, "must be a pair {zh: …, en: …}")
            return default or NONE
        pair = Words(*(str(value[name]).strip() if value[name] is not None else "" for name in ("zh", "en")))
        if not pair.zh or not pair.en:
            self.fault(key, "lacks one of its two languages")
        if _CHINESE.search(pair.en):
            self.fault(key, f"has Chinese in its English: {pair.en!r}")
        return pair

    def flag(self, key: str, default: bool) -> bool:
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fault(key, f"must be true or false, not {_shown(value)}")
            return default
        return value

    def whole(self, key: str, default: int) -> int:
        value = self.take(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            self.fault(key, f"must be a whole number, not {_shown(value)}")
            return default
        return value

    def number(self, key: str) -> Fraction:
        value = self.take(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fault(key, f"must be a number, not {_shown(value)}")
            return Fraction(0)
        return Fraction(str(value))

    def choice(self, key: str, among: Collection[str], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in among:
            self.fault(key, f"must be one of {', '.join(sorted(among))}, not {value!r}")
        return value

    def enum(self, key: str, kind: type[E], default: E) -> E:
        value = self.choice(key, [str(each.value) for each in kind], str(default.value))
        return kind(value) if value in [each.value for each in kind] else default

    def mark(self) -> str:
        return self.choice("mark", MARKS, "U")

    def whens(self, key: str = "when") -> Condition | None:
        """Return the condition under the key; unknown questions are found later, when all are read."""
        value = self.take(key)
        return None if value is None else _condition(value, lambda text: self.fault(key, text))

    def list(self, key: str) -> list[Any]:
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(key, f"must be a list, not {_shown(value)}")
            return []
        return value

    def wholes(self, key: str) -> tuple[int, ...]:
        found = self.list(key)
        if any(isinstance(each, bool) or not isinstance(each, int) for each in found):
            self.fault(key, "must hold whole numbers only")
            return ()
        return tuple(found)

    def rows(self, key: str) -> Iterator[Row]:
        """Yield the rows of a list of mappings; each is closed when the next is asked for."""
        for place, data in enumerate(self.list(key)):
            name = data.get("key", place) if isinstance(data, Mapping) else place
            row = Row(data, f"{self.place}.{key}[{name}]".strip("."), self.faults)
            yield row
            row.close()

    def row(self, key: str) -> Row:
        """Return the mapping under the key; the caller closes it."""
        value = self.take(key)
        return Row({} if value is None else value, f"{self.place}.{key}".strip("."), self.faults)


def _shown(value: object) -> str:
    return type(value).__name__ if isinstance(value, Mapping | list) else repr(value)


def _quoted(value: object) -> str:
    if value is None:
        return ", it is missing"
    return f", not {_shown(value)}: write it in quotes" if isinstance(value, bool | date) else f", not {_shown(value)}"


def _condition(value: object, fault: Callable[[str], None]) -> Condition | None:
    if not isinstance(value, Mapping) or not value:
        fault(f"must be a condition like {{question: value}}, not {_shown(value)}")
        return None
    parts = [part for key, inner in value.items() if (part := _part(str(key), inner, fault)) is not None]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _part(key: str, inner: object, fault: Callable[[str], None]) -> Condition | None:
    if key == "not":
        part = _condition(inner, fault)
        return None if part is None else Not(part)
    if key in ("all", "any"):
        if not isinstance(inner, list) or not inner:
            fault(f"{key} must be a list of conditions")
            return None
        found = tuple(part for each in inner if (part := _condition(each, fault)) is not None)
        return All(found) if key == "all" else AnyOf(found)
    if isinstance(inner, Mapping):
        return _threshold(key, inner, fault)
    values: list[Any] = inner if isinstance(inner, list) else [inner]
    if not values or not all(isinstance(each, str) for each in values):
        fault(f"{key}: the values must be text (in quotes where YAML reads yes, no or a number)")
        return None
    return Is(key, frozenset(values))


def _threshold(key: str, inner: Mapping[Any, Any], fault: Callable[[str], None]) -> Condition | None:
    parts: list[Condition] = []
    for op, number in inner.items():
        if op not in OPS or isinstance(number, bool) or not isinstance(number, int | float):
            fault(f"{key}: a threshold is lt, le, gt, ge or eq with a number, not {{{op}: {number}}}")
            continue
        parts.append(Compare(key, str(op), Fraction(str(number))))
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else All(tuple(parts))
