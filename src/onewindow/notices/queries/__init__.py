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
from onewindow.notices.queries.preferences import goes_to_phone, letter_numbers, phone_kinds_for

__all__ = [
    "Kept",
    "Known",
    "Notice",
    "Reader",
    "chain_of",
    "code_digest",
    "code_for",
    "goes_to_phone",
    "inbox_for",
    "letter_file",
    "letter_numbers",
    "letters_of",
    "phone_kinds_for",
    "unread_for",
    "verify_letter",
]
