"""How pairs of words are put together (语句)."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.core.words import Words

NOTHING = Words("", "")


def joined(words: Iterable[Words], zh: str, en: str) -> Words:
    """Join pairs by each language's own sign."""
    words = list(words)
    return Words(zh.join(each.zh for each in words), en.join(each.en for each in words))


def capital(words: Words) -> Words:
    """Begin the English with a capital: for what stands as a line of its own."""
    return Words(words.zh, words.en[:1].upper() + words.en[1:])


def ended(words: Words) -> Words:
    """Make a sentence of it: a capital at its head, a full stop where it has no end yet."""
    if not words.zh:
        return NOTHING
    zh = words.zh if words.zh.endswith(("。", "？", "！", "?")) else f"{words.zh}。"
    en = words.en if words.en.endswith((".", "?", "!")) else f"{words.en}."
    return capital(Words(zh, en))
