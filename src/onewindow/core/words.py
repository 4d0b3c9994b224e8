"""Two languages, one value: every text that a person may read is a pair (中文, English).

Plain Python, so that rules may hold words; what language is spoken now is asked in core/language.py.
"""

from typing import NamedTuple


class Words(NamedTuple):
    """The same sentence in Chinese and in English (中英文对照)."""

    zh: str
    en: str

    def pick(self, language: str | None) -> str:
        """Return the text in the language: English for en and en-*, Chinese for all else."""
        return self.en if (language or "").lower().startswith("en") else self.zh

    def fill(self, **facts: object) -> "Words":
        """Return the pair with its {facts} put in; a fact that is itself a pair is put in by language."""
        return Words(
            self.zh.format(**{name: fact.zh if isinstance(fact, Words) else fact for name, fact in facts.items()}),
            self.en.format(**{name: fact.en if isinstance(fact, Words) else fact for name, fact in facts.items()}),
        )
