"""What people are told (通知) and what letters say (文书): texts in two languages with places for facts."""

from onewindow.notices.rules.letters import (
    HEADINGS,
    LANGUAGES,
    Letter,
    Reason,
    Row,
    Table,
    day_words,
    document,
    places,
    remedies,
    snapshot,
)
from onewindow.notices.rules.money import capital_yuan
from onewindow.notices.rules.telling import TOLD, sentence
from onewindow.notices.rules.wording import Kind

__all__ = [
    "HEADINGS",
    "LANGUAGES",
    "TOLD",
    "Kind",
    "Letter",
    "Reason",
    "Row",
    "Table",
    "capital_yuan",
    "day_words",
    "document",
    "places",
    "remedies",
    "sentence",
    "snapshot",
]
