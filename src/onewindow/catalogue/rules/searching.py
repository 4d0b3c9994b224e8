"""Finding the item behind the word a person uses (事项搜索): everyday words, pinyin, initials, English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onewindow.core.words import Words

MOST_LETTERS = 60
_BREAKS = re.compile(r"[\s,,。.、;;::!!??()()【】\[\]「」“”\"'/\\|·\-_]+")
_LATIN = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Card:
    """An item as the search sees it (搜索卡片): its texts, how they are read, and what a list of hits shows.

    texts     name and everyday words, as they stand
    pinyin    each text's reading, syllables apart; "" where it is not Chinese
    """

    code: str
    name: Words
    says: Words
    theme: str
    department: str
    full: bool
    closed: bool
    texts: tuple[str, ...]
    pinyin: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that was found, how well, and by which of its words (命中)."""

    card: Card
    score: float
    word: str

    @property
    def code(self) -> str:
        return self.card.code

    @property
    def name(self) -> Words:
        return self.card.name


def plain_query(text: str) -> str:
    """Return what was typed as it is compared: small letters, full-width signs made plain, marks as blanks."""
    return _BREAKS.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()[:MOST_LETTERS]


def search(cards: Iterable[Card], text: str, limit: int = 20) -> tuple[Hit, ...]:
    """Return the items that a person may mean, best first; the same text always gives the same order (事项搜索).

    text  Chinese, everyday words, pinyin, initials, English or an item's code
    """
    words = plain_query(text).split()
    if not words:
        return ()
    hits = [hit for card in cards if (hit := _hit(card, words)) is not None]
    hits.sort(key=lambda hit: (-hit.score, not hit.card.full, hit.code))
    return tuple(hits[:limit])


def _hit(card: Card, words: Sequence[str]) -> Hit | None:
    found = [_best(card, word) for word in words]
    score = sum(each for each, _ in found) / len(found)
    best, word = max(found)
    if len(words) > 1 and all(_LATIN.fullmatch(each) for each in words):
        joined, text = _best(card, "".join(words))  # "guo hu" is one word in pinyin
        if joined > score:
            score = best = joined
            word = text
    return Hit(card, round(score, 2), word) if best >= _LEAST and score >= _LEAST / 2 else None


_LEAST = 20.0


def _best(card: Card, word: str) -> tuple[float, str]:
    if word == card.code.lower():
        return 200.0, card.code
    scores = [(_score(text, sounds, word), text) for text, sounds in zip(card.texts, card.pinyin, strict=True)]
    scores.append((_english(card.name.en, word), card.name.en))
    return max(scores, key=lambda pair: pair[0])


def _score(text: str, sounds: str, word: str) -> float:
    plain = plain_query(text).replace(" ", "")
    if _LATIN.fullmatch(word):
        return max(_sound(sounds, word), _english(text, word))
    if word == plain:
        return 100.0
    if word in plain:
        return 60.0 + 30.0 * len(word) / len(plain)
    if len(plain) > 1 and plain in word:
        return 55.0 + 30.0 * len(plain) / len(word)
    shorter, longer = sorted((plain, word), key=len)
    if len(shorter) > 2 and _in_order(shorter, longer):  # 驾照快到期了 means 驾照到期
        return 45.0 + 20.0 * len(shorter) / len(longer)
    pairs = bigrams(word)
    shared = len(pairs & bigrams(plain)) / len(pairs) if pairs else 0.0
    return 45.0 * shared if shared >= 0.5 else 0.0


def _in_order(shorter: str, longer: str) -> bool:
    signs = iter(longer)
    return all(sign in signs for sign in shorter)


def _sound(sounds: str, word: str) -> float:
    syllables = sounds.split()
    if not syllables or len(word) < 2:
        return 0.0
    initials = "".join(syllable[0] for syllable in syllables)
    whole = "".join(syllables)
    if word == whole:
        return 95.0
    if word == initials:
        return 90.0
    if len(word) > 2 and any("".join(syllables[place:]).startswith(word) for place in range(len(syllables))):
        return 50.0 + 30.0 * len(word) / len(whole)
    return 40.0 + 30.0 * len(word) / len(initials) if word in initials else 0.0


def _english(text: str, word: str) -> float:
    tokens = plain_query(text).split()
    if len(word) < 3 or not all(token.isascii() for token in tokens):
        return 0.0
    if word in tokens:
        return 55.0 + 40.0 / len(tokens)
    stem = word.removesuffix("s")
    return 45.0 + 20.0 / len(tokens) if any(token.startswith(stem) for token in tokens) else 0.0


def bigrams(text: str) -> set[str]:
    """Return the pairs of neighbouring characters (二元切分): it serves Chinese on every database."""
    return {text[place : place + 2] for place in range(len(text) - 1)}
