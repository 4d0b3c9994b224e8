"""A person's copy of their data as a PDF (个人信息副本): what portal/export.html shows, in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from onewindow.core import clock
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.look.dates import long_date_words, time_words
from onewindow.notices.gateways import copy_press

TITLE = Words("我的信息副本", "A copy of my data")
NONE = Words("没有", "None")


class Part(NamedTuple):
    """A part of the copy: its heading, facts with their names, lines."""

    title: str
    rows: list[tuple[str, str]]
    lines: list[str]


def as_pdf(shown: Mapping[str, Any], at: datetime) -> bytes:
    """Return the copy as a PDF in the reader's language.

    shown   the context of portal/export.html
    raises  NoFont, PressFault
    """
    day: date = clock.day_of(at)
    document = {
        "language": "zh" if here(Words("zh", "en")) == "zh" else "en",
        "title": here(TITLE),
        "made": here(long_date_words(day)),
        "issued_on": [day.year, day.month, day.day],
        "parts": [part._asdict() for part in _parts(shown)],
        "note": shown["data"]["not_kept"],
    }
    return copy_press().pdf(document, archival=False)


def _parts(shown: Mapping[str, Any]) -> Iterable[Part]:
    data = shown["data"]
    own = data["profile"]
    names = {
        "name": Words("姓名", "Name"),
        "id_number": Words("证件号码", "Identity number"),
        "phone": Words("手机", "Phone"),
    }
    yield Part(_said(Words("身份", "Identity")), [(_said(word), own[key] or "—") for key, word in names.items()], [])
    yield from (_case(case) for case in shown["cases"])
    if data["drafts"]:
        drafts = [f"{draft['item']} · {_said(draft['saved_at'])}" for draft in data["drafts"]]
        yield Part(_said(Words("草稿", "Drafts")), [], drafts)
    messages = [f"{_said(each['at'])} {each['text']}" for each in data["messages"]]
    yield Part(_said(Words("消息", "Messages")), [], messages or [_said(NONE)])
    reads = [_read(row) for row in data["reads"]]
    yield Part(_said(Words("谁看过", "Who read them")), [], reads or [_said(NONE)])
    if data["letters_of_authority"]:
        given = [
            f"{each['principal']} → {each['agent']} · {each['from']} – {each['until']}"
            for each in data["letters_of_authority"]
        ]
        yield Part(_said(Words("委托书", "Letters of authority")), [], given)


def _case(case: Mapping[str, Any]) -> Part:
    lines = [f"{_said(entry['at'])} {entry['act']}" for entry in case["history"]]
    if case["named"]:
        lines.insert(0, _listed(Words("材料：{names}", "Papers: {names}"), case["named"]))
    if case["letters"]:
        lines.append(_listed(Words("文书：{names}", "Letters: {names}"), case["letters"]))
    rows = [(_said(name), _said(text)) for name, text in case["fields"]]
    return Part(f"{case['item']} {case['number']}", [(_said(Words("阶段", "Stage")), case["stage"]), *rows], lines)


def _read(row: Mapping[str, Any]) -> str:
    duties = f" · {_said(row['duties'])}" if row.get("duties") else ""
    return f"{_said(row['at'])} {_said(row['who'])}{duties} · {_said(row['what'])} · {_said(row['why'])}"


def _listed(words: Words, names: Iterable[Any]) -> str:
    joint = here(Words("、", ", "))
    return here(words).format(names=joint.join(_said(name) for name in names))


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return here(time_words(value))
    return here(value) if isinstance(value, Words) else str(value)
