"""The way out to phones: a port, the adapter that a demo speaks through, and one to a real gateway."""

from __future__ import annotations

import json
import ssl
import sys
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Protocol
from urllib.parse import urlsplit

SECONDS = 5.0
HAD_BEFORE = 409


class Sender(Protocol):
    """What sends a short text (短信): at least once; the reference lets the gateway drop a second copy."""

    def send(self, phone: str, text: str, *, reference: str) -> None: ...


class SenderFault(Exception):
    """The gateway did not take the text. The message names no number: only the status, "timeout" or "away"."""

    def __init__(self, code: int | str) -> None:
        super().__init__(str(code))
        self.code = code


class ConsoleSender:
    """Prints instead of sending, the number masked: only a demo speaks so."""

    def send(self, phone: str, text: str, *, reference: str) -> None:
        sys.stdout.write(f"[demo SMS to {phone[:3]}****{phone[-4:]}] {text} ({reference})\n")
        sys.stdout.flush()


class HttpSender:
    """Hands each text to a gateway by one POST of JSON (短信网关): {"phone", "text", "reference"}.

    A status of 2xx means that it was taken, 409 that this reference was taken before. Everything else, and silence, is
    a fault: whoever sends tries again with the same reference. It follows no redirect, so that the token stays here.

    url      https; http only to this machine: the settings see to that
    token    goes as bearer; "" sends none
    seconds  how long each step may take
    """

    def __init__(self, url: str, token: str = "", *, seconds: float = SECONDS) -> None:
        parts = urlsplit(url)
        self._secure, self._host, self._port = parts.scheme == "https", parts.hostname or "", parts.port
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._token, self._seconds = token, seconds

    def send(self, phone: str, text: str, *, reference: str) -> None:
        """Send one text.

        raises  SenderFault
        """
        body = json.dumps({"phone": phone, "text": text, "reference": reference}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            with closing(self._connection()) as connection:
                connection.request("POST", self._path, body, headers)
                status = connection.getresponse().status
        except TimeoutError:
            raise SenderFault("timeout") from None
        except (OSError, HTTPException):
            raise SenderFault("away") from None
        if not (200 <= status < 300 or status == HAD_BEFORE):
            raise SenderFault(status)

    def _connection(self) -> HTTPConnection:
        if self._secure:
            trust = ssl.create_default_context()
            return HTTPSConnection(self._host, self._port, timeout=self._seconds, context=trust)
        return HTTPConnection(self._host, self._port, timeout=self._seconds)
