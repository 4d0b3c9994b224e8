"""`onewindow clock`: count limits day by day, as the law does; with or without a database."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.db import DatabaseError, connection

from onewindow.calendars import gateways
from onewindow.calendars import queries as calendars
from onewindow.calendars.rules import (
    Clock,
    Kind,
    Limit,
    OpeningHours,
    Pause,
    Reading,
    Row,
    Unit,
    WorkCalendar,
    calendar_of,
    day_words,
    explanation,
    parse_limit,
    reading,
    row_words,
    sentence,
    shown,
)
from onewindow.core import clock
from onewindow.core.errors import NotFound
from onewindow.places import queries as places

Value = TypeVar("Value")


class BadInput(Exception):
    """What was typed cannot be used; the text says why, in one line."""


class Told(NamedTuple):
    """What was typed, read."""

    accepted: datetime
    at: datetime
    limits: tuple[Limit, ...]
    pauses: tuple[Pause, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Name the command's options; what they hold is checked by `run`, which answers in one line."""
    parser.add_argument("--accepted", metavar="TIME", help="2024-09-30T10:00; without a zone it is Asia/Shanghai")
    parser.add_argument(
        "--limit",
        action="append",
        default=[],
        metavar="TEXT",
        help='"5 workdays", "15 days", "2 opening-hours", "4 hours", "1 month", "on the spot"; the first is the'
        ' promise, a second the statute, unless the text begins with another kind: "own 1 month"',
    )
    parser.add_argument(
        "--pause",
        action="append",
        default=[],
        metavar="FROM/TO",
        help="days out of the clock: the first is out, the second counts; FROM/ is still open",
    )
    parser.add_argument("--site", metavar="CODE", help="whose opening hours count")
    parser.add_argument("--at", metavar="TIME", help="when the clock is looked at; now unless given")
    parser.add_argument("--json", action="store_true", help="one object a clock under `clocks`")
    parser.add_argument("--language", choices=["en", "zh"], default="en")


def run(args: argparse.Namespace) -> int:
    """Print each clock with its days; 2 for what cannot be read, with one line of why."""
    try:
        told = _told(args)
        calendar = loaded_calendar()
        hours = _hours(args.site)
    except BadInput as bad:
        sys.stderr.write(f"onewindow clock: {bad}\n")
        return 2
    clocks = [Clock(limit, told.accepted, told.pauses) for limit in told.limits]
    readings = [reading(each, calendar, told.at, hours) for each in clocks]
    rows = [explanation(each, calendar, told.at, hours) for each in clocks]
    if args.json:
        sys.stdout.write(json.dumps(_document(told, readings, rows), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(told, readings, rows, args.language)) + "\n")
    return 0


def loaded_calendar() -> WorkCalendar:
    """Return the published calendar, or that of the data folder where there is no database with one (工作日历)."""
    calendar = calendars.work_calendar() if _has_database() else None
    return calendar if calendar and calendar.years() else calendar_of(gateways.read_folder(folder()))


def folder() -> Path:
    return Path(settings.DATA_DIR) / "calendars"


def _has_database() -> bool:
    """Whether there is a database with this table; asking must not make an empty file where SQLite has none."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and "memory" not in name and not Path(name).exists():
        return False
    try:
        return "calendars_calendaryear" in connection.introspection.table_names()
    except DatabaseError:
        return False


def _told(args: argparse.Namespace) -> Told:
    if not args.accepted:
        raise BadInput("--accepted is missing, e.g. --accepted 2024-09-30T10:00")
    if not args.limit:
        raise BadInput('--limit is missing, e.g. --limit "5 workdays"')
    kinds = [Kind.PROMISED, *[Kind.STATUTORY] * len(args.limit)]
    return Told(
        accepted=_instant("--accepted", args.accepted),
        at=_instant("--at", args.at) if args.at else clock.now(),
        limits=tuple(parse_limit(text, kind) for text, kind in zip(args.limit, kinds, strict=False)),
        pauses=tuple(_pause(text) for text in args.pause),
    )


def _parsed(option: str, text: str, parse: Callable[[str], Value], example: str) -> Value:
    try:
        return parse(text)
    except ValueError:
        raise BadInput(f"{option} {text!r} cannot be read, e.g. {option} {example}") from None


def _instant(option: str, text: str) -> datetime:
    at = _parsed(option, text, datetime.fromisoformat, "2024-09-30T10:00")
    if not 1900 <= at.year <= 2200:
        raise BadInput(f"{option} {text!r} lies outside the years 1900 to 2200")
    at = at.replace(tzinfo=clock.SHANGHAI) if at.tzinfo is None else at
    return at.astimezone(UTC)


def _pause(text: str) -> Pause:
    found = re.fullmatch(r"([0-9-]+)/([0-9-]*)", text)
    if not found:
        raise BadInput(f"--pause {text!r} cannot be read, e.g. --pause 2024-10-08/2024-10-10")
    start, end = (
        _parsed("--pause", part, date.fromisoformat, "2024-10-08/2024-10-10") if part else None
        for part in found.groups()
    )
    if start is None or (end is not None and end < start):
        raise BadInput(f"--pause {text!r} ends before it begins")
    return Pause(start, end)


def _hours(site: str | None) -> OpeningHours | None:
    if not site:
        return None
    if not _has_database():
        raise BadInput("--site needs the database: run `onewindow setup` first")
    try:
        return places.opening(site)
    except NotFound:
        raise BadInput(f"--site {site!r}: there is no such site") from None
    except DatabaseError as fault:
        raise BadInput(f"--site: the database cannot be read ({str(fault).splitlines()[0]})") from None


def _document(told: Told, readings: Sequence[Reading], rows: Sequence[tuple[Row, ...]]) -> dict[str, Any]:
    clocks = [_clock(*pair) for pair in zip(readings, rows, strict=True)]
    first = shown(*readings)
    place = next(place for place, read in enumerate(readings) if first is None or read is first.reading)
    return {
        "accepted": clock.local(told.accepted).isoformat(),
        "at": clock.local(told.at).isoformat(timespec="seconds"),
        **clocks[place],
        "clocks": clocks,
    }


def _clock(read: Reading, rows: tuple[Row, ...]) -> dict[str, Any]:
    return {
        "kind": read.limit.kind.value,
        "number": _number(read.limit.number),
        "unit": read.limit.unit.value,
        "due_at": read.due_at.isoformat() if read.due_at else None,
        "due_on": _day(read.due_on),
        "used": _number(read.used),
        "left": _number(read.left),
        "counted_in": read.unit.value,
        "light": read.light.value,
        "late_days": read.late_days,
        "yellow_on": _day(read.yellow_on),
        "provisional": read.provisional,
        "paused": read.paused,
        "if_resumed_due_on": _day(read.if_resumed_due_on),
        "rolled_from": _day(read.unrolled_on),
        "sentence": sentence(rows)._asdict(),
        "explanation": [_row(row) for row in rows],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "date": row.on.isoformat(),
        "counted": row.counted,
        "why": row.why.value,
        "count": _number(row.count),
        "minutes": row.minutes,
        "law": row.law,
        "provisional": row.provisional,
        "text": row_words(row)._asdict(),
    }


def _lines(told: Told, readings: Sequence[Reading], rows: Sequence[tuple[Row, ...]], language: str) -> Iterator[str]:
    first = shown(*readings)
    accepted, at = (f"{clock.local(moment):%Y-%m-%d %H:%M}" for moment in (told.accepted, told.at))
    yield f"accepted {accepted}, looked at {at} (UTC+8)"
    for read, days in zip(readings, rows, strict=True):
        mark = " (shown)" if len(readings) > 1 and first is not None and read is first.reading else ""
        yield ""
        yield f"{read.limit.kind.value} {_length(read.limit.number, read.limit.unit)}{mark}"
        yield f"  {_due(read, language)}"
        used, left = _number(read.used), _length(read.left, read.unit)
        yield f"  used {used}, left {left}, light {read.light.value}"
        yield f"  {sentence(days).pick(language)}"
        for row in days:
            counted = f"{_number(row.count):>4}" if row.counted else "   -"
            yield f"  {row.on:%Y-%m-%d %a} {counted}{'?' if row.provisional else ' '} {row_words(row).pick(language)}"
    if any(read.provisional for read in readings):
        yield ""
        yield "provisional (暂定): days marked ? may move when the notice of their year is out"


def _due(read: Reading, language: str) -> str:
    if read.due_at is None or read.due_on is None:
        resumed = f", if resumed tomorrow: due {read.if_resumed_due_on}" if read.if_resumed_due_on else ""
        return f"paused, no due date{resumed}"
    days = "working days" if read.unit is Unit.WORKDAY else "days"
    late = f", {read.late_days} {days} late" if read.late else ""
    return f"due {read.due_at.isoformat()}, {day_words(read.due_on).pick(language)}{late}"


def _length(number: Fraction, unit: Unit) -> str:
    if unit is Unit.SPOT:
        return "on the spot"
    return f"{_number(number)} {unit.value.replace('_', '-')}{'' if number == 1 else 's'}"


def _number(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else round(float(number), 4)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
