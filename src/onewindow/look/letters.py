"""A case's letters as a list (文书): each once, with a file in each language. Whose they are is the face's to say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple, Protocol

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
    files: tuple[tuple[Words, str, str], ...]  # language, where to read it, its PDF


def sheets(letters: Iterable[Due], address: Callable[[str, int, str, str], str]) -> list[Sheet]:
    """Return the lines of the list.

    address  gives the way to one of the face's routes, letter-page and letter, by the act's place, kind and language
    """
    return [
        Sheet(
            each.title,
            each.number,
            each.on,
            tuple(
                (
                    words,
                    address("letter-page", each.seq, str(each.kind), language),
                    address("letter", each.seq, str(each.kind), language),
                )
                for language, words in LANGUAGES.items()
            ),
        )
        for each in letters
    ]


# What stands on a letter besides its own text, in the letter's language, whatever the reader's.
_PARTS = {
    "demo": Words("演示文书，没有法律效力", "Demo letter without legal effect"),
    "translation": Words("中文本，有效力。", "Translation for information; the Chinese text has effect."),
    "case": Words("办件编号", "Case"),
    "to": Words("{name}：", "To: {name}"),
    "place": Words("序号", "No."),
    "law": Words("（依据：{law}）", " ({law})"),
    "rights": Words("您的权利", "Your rights"),
    "letter": Words("文书编号", "Letter"),
    "code": Words("验证码", "Check code"),
}


def laid_out(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a letter for look/letter_page.html: the very document that the press sets, to read and print in a browser.

    document  as `notices.rules.document` makes it
    """
    language = document["language"]
    parts = {name: words.pick(language) for name, words in _PARTS.items()}
    parts["to"] = parts["to"].format(name=document["addressee"])
    head, *lines = document["table"] or [[]]
    reasons = [said + (parts["law"].format(law=law) if law else "") for said, law in document["reasons"]]
    return {
        "sheet": document,
        "lang": "zh-Hans" if language == "zh" else "en",
        "part": parts,
        "head": head,
        "lines": lines,
        "reasons": reasons,
    }
