"""What was told and written: the inbox of a person, the letters of a case, what a stranger may know of a letter."""

from onewindow.notices.queries.inbox import Notice, Reader, inbox_for, unread_for
from onewindow.notices.queries.letters import (
    Kept,
    Known,
    chain_of,
    code_digest,
    code_for,
    letter_file,
    letters_of,
    verify_letter,
)

__all__ = [
    "Kept",
    "Known",
    "Notice",
    "Reader",
    "chain_of",
    "code_digest",
    "code_for",
    "inbox_for",
    "letter_file",
    "letters_of",
    "unread_for",
    "verify_letter",
]
