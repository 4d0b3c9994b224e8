"""Telling people, and writing to them: messages and letters."""

from onewindow.notices.commands.letters import issue, keep_letter
from onewindow.notices.commands.preferences import choose_phone, forget
from onewindow.notices.commands.telling import addressee, read, send, tell

__all__ = ["addressee", "choose_phone", "forget", "issue", "keep_letter", "read", "send", "tell"]
