"""`onewindow calendar import|publish|show`: a year's holiday notice, proposed by one person, published by another."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path

from onewindow.accounts.rules import Duty, System
from onewindow.calendars import commands, gateways, queries
from onewindow.calendars.rules import Change, Notice, day_words, holiday_words
from onewindow.core import clock
from onewindow.jobs.keepers import keeper, refuse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    taken = acts.add_parser("import", help="read a notice, show what it changes, propose it")
    taken.add_argument("file", type=Path, help="the notice's text; .csv for the days off by law of a year without one")
    taken.add_argument("--year", type=int, required=True)
    taken.add_argument("--number", default="", help="the notice's number, if its text does not say it")
    taken.add_argument("--by", metavar="LOGIN", help="who proposes; not asked for a database without any calendar")
    taken.add_argument("--check", action="store_true", help="show what it changes and stop")
    published = acts.add_parser("publish", help="publish what another person proposed; open cases are dated again")
    published.add_argument("--year", type=int, required=True)
    published.add_argument("--by", metavar="LOGIN", required=True)
    acts.add_parser("show", help="the years that are known, and who published them")


def run(args: argparse.Namespace) -> int:
    return {"import": _import, "publish": _publish, "show": _show}[args.act](args)


def _import(args: argparse.Namespace) -> int:
    notice = gateways.read_file(args.file, args.year)
    if args.number:
        notice = dataclasses.replace(notice, number=args.number)
    changes = queries.changes_by(notice)
    sys.stdout.write("\n".join(_changes(notice, changes)) + "\n")
    if args.check:
        return 0
    at = clock.now()
    by = keeper(args.by, Duty.CALENDAR, at) if args.by or queries.published() else System("calendar")
    if by is None:
        return refuse("calendar", args.by, "a calendar")
    row = commands.propose(notice=notice, by=by, at=at)
    if row.status == "published":
        sys.stdout.write(f"{row.code} published: the first calendar of this database\n")
    else:
        then = f"onewindow calendar publish --year {row.year} --by LOGIN"
        sys.stdout.write(f"{row.code} proposed; another person publishes it: {then}\n")
    return 0


def _publish(args: argparse.Namespace) -> int:
    at = clock.now()
    by = keeper(args.by, Duty.CALENDAR, at)
    if by is None:
        return refuse("calendar", args.by, "a calendar")
    row = commands.publish(year=args.year, by=by, at=at)
    sys.stdout.write(f"{row.code} published; the worker dates the open cases again\n")
    return 0


def _show(args: argparse.Namespace) -> int:
    for each in queries.years():
        rest = f"{each.rest_days} days off, {each.work_days} worked in exchange"
        sys.stdout.write(f"{each.code:8} {each.status:9} {rest:38} {each.title}\n")
    return 0


def _changes(notice: Notice, changes: tuple[Change, ...]) -> Iterator[str]:
    yield f"{notice.year}: {len(notice.rest)} days off, {len(notice.work)} worked in exchange; {notice.title}"
    for change in changes:
        was = "a plain weekday or weekend" if change.before is None else _said(change.before)
        name = holiday_words(change.name).en if change.name else ""
        yield f"  {change.day} {day_words(change.day).en[:3]}  {_said(change.after):11} was {was:26} {name}"
    if not changes:
        yield "  no day changes"


def _said(counts: bool) -> str:
    return "working day" if counts else "day off"
