"""Why not, in words (拒绝理由): each code that a room may raise, said to the person who meets it."""

from collections.abc import Mapping
from datetime import date, datetime

from onewindow.core.errors import Refusal
from onewindow.core.words import Words
from onewindow.look import dates, marks
from onewindow.look.refusal_words import WORDS

GENERAL = Words("这一步现在不能办（{code}）。什么都没有改变。", "Not possible now ({code}). Nothing has changed.")

# A stale page and a form used again are conflicts, a large file has its own answer; all else is 422.
_STATUS = {"once.reused": 409, "file.too_large": 413}


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "—"


def say(refusal: Refusal) -> Words:
    """Say why not, in both languages; a code without words is named, never hidden (拒绝理由)."""
    return words_of(refusal.code, refusal.facts)


def words_of(code: str, facts: Mapping[str, object]) -> Words:
    """Say a code with its facts; stages, acts, dates and pairs among them are said in the reader's words."""
    words = WORDS.get(f"{code}.{facts.get('fault')}") or WORDS.get(code, GENERAL)
    spoken = {name: _spoken(name, fact) for name, fact in {**facts, "code": code}.items()}
    return Words(
        words.zh.format_map(_Facts({name: pair.zh for name, pair in spoken.items()})),
        words.en.format_map(_Facts({name: pair.en for name, pair in spoken.items()})),
    )


def status_of(code: str) -> int:
    """Return the answer's status: 409 where another act came before, 413 for too much, else 422."""
    return 409 if code.rsplit(".", 1)[-1] == "stale" else _STATUS.get(code, 422)


_MEBI = 1024 * 1024
_TABLES: dict[str, Mapping[str, Words]] = {"stage": marks.STAGES, "act": marks.ACTS}


def _spoken(name: str, fact: object) -> Words:
    if isinstance(fact, Words):
        return fact
    if isinstance(fact, datetime):
        return dates.time_words(fact)
    if isinstance(fact, date):
        return dates.date_words(fact)
    if name == "most" and isinstance(fact, int) and fact >= _MEBI:
        return Words(*[f"{fact / _MEBI:g} MB"] * 2)
    text = "; ".join(map(str, fact)) if isinstance(fact, tuple | list) else str(fact)
    return _TABLES.get(name, {}).get(text.removeprefix("case."), Words(text, text))
