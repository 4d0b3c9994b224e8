"""The way out to phones: a port, and the adapter that a demo speaks through."""

from __future__ import annotations

import sys
from typing import Protocol


class Sender(Protocol):
    """What sends a short text (短信): at least once; the reference lets the gateway drop a second copy."""

    def send(self, phone: str, text: str, *, reference: str) -> None: ...


class ConsoleSender:
    """Prints instead of sending, the number masked: only a demo speaks so."""

    def send(self, phone: str, text: str, *, reference: str) -> None:
        sys.stdout.write(f"[demo SMS to {phone[:3]}****{phone[-4:]}] {text} ({reference})\n")
        sys.stdout.flush()
