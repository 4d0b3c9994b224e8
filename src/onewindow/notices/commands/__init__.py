"""Telling people, and writing to them: messages and letters."""

from onewindow.notices.commands.letters import issue, keep_letter
from onewindow.notices.commands.telling import addressee, read, send, tell

__all__ = ["addressee", "issue", "keep_letter", "read", "send", "tell"]
