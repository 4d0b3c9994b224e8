"""Reasons that a clerk writes often (常用理由), read from data/desk: each with the law behind it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from onewindow.cases.rules import Act
from onewindow.catalogue import queries as catalogue
from onewindow.core.documents import read_yaml
from onewindow.core.words import Words


class Phrase(NamedTuple):
    """A text to choose instead of typing it."""

    key: str
    text: Words
    law: str

    @property
    def written(self) -> str:
        """What is written into the case: a document's language is Chinese."""
        return f"{self.text.zh}（{catalogue.law(self.law).zh}）"

    @property
    def said(self) -> Words:
        """What the page offers: the text with its law, in both languages."""
        law = catalogue.law(self.law)
        return Words(f"{self.text.zh}（{law.zh}）", f"{self.text.en} ({law.en})")


def phrases(act: Act) -> tuple[Phrase, ...]:
    """Return the phrases that are meant for the act, in the file's order."""
    return library(Path(settings.DATA_DIR) / "desk" / "phrases.yaml").get(act, ())


@lru_cache(maxsize=4)
def library(path: Path) -> dict[Act, tuple[Phrase, ...]]:
    """Return all phrases of a file; a word that is no act, or a phrase without its law, is an error of the data."""
    found: dict[str, list[dict[str, Any]]] = read_yaml(path.read_text(encoding="utf-8"))
    return {
        Act(act): tuple(Phrase(row["key"], Words(row["zh"], row["en"]), row["law"]) for row in rows)
        for act, rows in found.items()
    }
