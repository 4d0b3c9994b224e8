"""The straight way (直达): POST /api/v1/cases without the request, routes and middleware of Django, which cost a third.

It gives one answer only: that a case was made. Whatever does not lead there goes the ordinary way from its beginning,
which says why; what was refused has left nothing behind, and what was carried out is answered again by its key. The
headers are those that the ordinary way gave under the same circumstances: there host, scheme and language were judged.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections
from pydantic import ValidationError

from onewindow.api.shapes import CaseIn
from onewindow.api.views import SUBMIT, address, hand_in
from onewindow.core.errors import NotFound, Refusal

Environ = dict[str, Any]
Heads = list[tuple[str, str]]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

PATH, MADE = "/api/v1/cases", "201 Created"
LONGEST = 64 * 1024  # bytes of a body; a longer one goes the ordinary way
_KEPT = 256  # circumstances
_OF_EACH = frozenset({"location", "content-length"})  # headers that every answer has of its own


class Way:
    """A WSGI application before Django's."""

    def __init__(self, ordinary: Application) -> None:
        self._ordinary = ordinary
        self._heads: dict[tuple[str, ...], Heads] = {}

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer a request."""
        length = environ.get("CONTENT_LENGTH", "")
        if environ["PATH_INFO"] != PATH or not length.isdecimal() or int(length) > LONGEST:
            return self._ordinary(environ, start)
        met, sent = circumstances(environ), environ["wsgi.input"].read(int(length))
        if met in self._heads and (number := _handed_in(environ, sent)):
            told = json.dumps({"number": number, "version": 1, "url": address(number)}).encode()
            own = [("Location", address(number)), ("Content-Length", str(len(told)))]
            start(MADE, [*self._heads[met], *own])
            return [told]
        environ["wsgi.input"] = BytesIO(sent)
        return self._ordinary(environ, self._hearing(start, met))

    def _hearing(self, start: Start, met: tuple[str, ...]) -> Start:
        """Begin an answer, and remember its headers where a case was made."""

        def begin(status: str, heads: Heads, *fault: Any) -> Any:
            if status == MADE:
                if len(self._heads) >= _KEPT:
                    self._heads.clear()
                self._heads[met] = [head for head in heads if head[0].lower() not in _OF_EACH]
            return start(status, heads, *fault)

        return begin


# All that the ordinary way looks at on the way to the view. A middleware that asks for more names it here.
_LOOKED_AT = (
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "QUERY_STRING",
    "CONTENT_TYPE",
    "wsgi.url_scheme",
    "HTTP_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_COOKIE",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_EXPECT",
)


def circumstances(environ: Environ) -> tuple[str, ...]:
    """Return all of a request that its answer's headers may depend on."""
    return tuple([environ.get(name, "") for name in _LOOKED_AT])


def _handed_in(environ: Environ, sent: bytes) -> str:
    """Hand in what was sent, behind the same door as the ordinary way; return the number, "" where it does not go."""
    scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    try:
        connection = connections[DEFAULT_DB_ALIAS]
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()  # as Django does at each request
        asker = SUBMIT.asker(token) if scheme == "Bearer" else None
        if asker is None:
            return ""
        return hand_in(asker, CaseIn.model_validate_json(sent), environ.get("HTTP_IDEMPOTENCY_KEY", ""))
    except (Refusal, NotFound, ValidationError, Error):  # the ordinary way meets it again, and says it
        return ""
