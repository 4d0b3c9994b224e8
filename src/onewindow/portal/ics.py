"""A calendar file (RFC 5545): whole days, each with a name that never changes, lines folded at 75 octets.

Written here and not by a library: of the format we need one kind of event with seven properties, and no reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

FOLD = 75
CRLF = "\r\n"


class Day(NamedTuple):
    """A day to keep in mind: its stable name, what stands in the calendar, more, and the page about it."""

    uid: str
    on: date
    summary: str
    text: str
    url: str


def calendar(days: Iterable[Day], *, name: str, at: datetime) -> bytes:
    """Return the file: a day is a date alone, so that no time zone moves it.

    at  when the file was made
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//OneWindow//Deadlines//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "X-WR-TIMEZONE:Asia/Shanghai",
    ]
    for day in days:
        lines += _event(day, at)
    return "".join(folded(line) + CRLF for line in [*lines, "END:VCALENDAR"]).encode()


def _event(day: Day, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{day.uid}"
    yield f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(day.summary)}"
    yield f"DESCRIPTION:{escaped(day.text)}"
    yield f"URL:{day.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Return a text value as the format asks: backslash, comma, semicolon and line ends escaped."""
    for sign in ("\\", ",", ";"):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, no character cut in two; each further one begins with a blank."""
    pieces, piece, size = [], "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > FOLD:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + octets
    return CRLF.join([*pieces, piece])
