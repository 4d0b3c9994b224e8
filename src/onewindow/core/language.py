"""The language that is spoken in this request: kept apart from core/words.py, for rules never reach Django."""

from django.utils.translation import get_language

from onewindow.core.words import Words


def here(words: Words) -> str:
    """Return the text in the active language (当前语言)."""
    return words.pick(get_language())


def speaks_english() -> bool:
    """Say whether the active language is English."""
    return (get_language() or "").lower().startswith("en")
