"""A case's letters as a list (文书): each once, with a file in each language. Whose they are is the face's to say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple, Protocol

from onewindow.core.words import Words

LANGUAGES = {
    "zh": Words("中文（有效力）", "Chinese (has effect)"),
    "en": Words("英文（供参考）", "English (to inform)"),
}


class Due(Protocol):
    """A letter that an act calls for, issued or not."""

    @property
    def seq(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> Words: ...
    @property
    def number(self) -> str: ...
    @property
    def on(self) -> date: ...


class Sheet(NamedTuple):
    """One line of the list: what it is, its number and day, and its files."""

    title: Words
    number: str
    on: date
    files: tuple[tuple[Words, str], ...]


def sheets(letters: Iterable[Due], address: Callable[[int, str, str], str]) -> list[Sheet]:
    """Return the lines of the list; `address` gives the way to the file of a letter's act, kind and language."""
    return [
        Sheet(
            each.title,
            each.number,
            each.on,
            tuple((words, address(each.seq, str(each.kind), language)) for language, words in LANGUAGES.items()),
        )
        for each in letters
    ]
