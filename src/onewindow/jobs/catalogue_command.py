"""`onewindow catalogue check|load|publish|show`: the items as files, checked, proposed by one, published by another."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.conf import settings

from onewindow.accounts.rules import Duty, System
from onewindow.calendars import gateways as calendar_files
from onewindow.calendars.rules import UNIT_RULE, WorkCalendar, calendar_of
from onewindow.cases import queries as cases
from onewindow.catalogue import commands, gateways, queries, rules
from onewindow.catalogue.rules import Item, NamedCuts, Report
from onewindow.core import clock
from onewindow.core.errors import Refusal
from onewindow.jobs.keepers import keeper, refuse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    checked = acts.add_parser("check", help="say what is wrong (exit 1), what is missing, and how the promises compare")
    checked.add_argument("--folder", type=Path, help="a catalogue's folder, ours unless given")
    checked.add_argument("--json", action="store_true", help="the same as JSON")
    checked.add_argument("--cases", action="store_true", help="weigh the cuts by the cases of the database as well")
    checked.add_argument("--errors", action="store_true", help="leave the list of gaps out")
    loaded = acts.add_parser("load", help="propose what the files say; the first edition of a database is published")
    loaded.add_argument("--folder", type=Path, help="a catalogue's folder, ours unless given")
    loaded.add_argument("--by", metavar="LOGIN", help="who proposes; not asked for a database without any edition")
    published = acts.add_parser("publish", help="publish what another person proposed")
    published.add_argument("number", help="the edition: 2026-02-3f9c2a")
    published.add_argument("--by", metavar="LOGIN", required=True)
    acts.add_parser("show", help="the editions, and who published them")


def run(args: argparse.Namespace) -> int:
    return {"check": _check, "load": _load, "publish": _publish, "show": _show}[args.act](args)


def _check(args: argparse.Namespace) -> int:
    files = gateways.read(args.folder or Path(settings.CATALOGUE_DIR))
    items, faults = _parsed(files)
    if faults:
        sys.stdout.write("\n".join(f"error  {fault}" for fault in faults) + "\n")
        sys.stdout.write(f"{len(faults)} errors in {len(files.items)} items; nothing else was checked\n")
        return 1
    calendar = calendar_of(calendar_files.read_folder(Path(settings.DATA_DIR) / "calendars"))
    report = rules.check(items, rules.book(files.dictionary), calendar, cases.count_by_item() if args.cases else {})
    if args.json:
        sys.stdout.write(json.dumps(_as_json(items, report), ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(items, report, calendar, with_gaps=not args.errors)) + "\n")
    return 1 if report.errors else 0


def _parsed(files: gateways.Files) -> tuple[list[Item], list[str]]:
    """The items, or every fault of every file: an editor mends them all at once."""
    items: list[Item] = []
    faults: list[str] = []
    book = rules.book(files.dictionary)
    for code, raw in files.items.items():
        try:
            items.append(rules.parse(rules.completed(raw if isinstance(raw, dict) else {}, book)))
        except Refusal as refusal:
            told = refusal.facts.get("faults")
            faults += [f"{code} {fault}" for fault in told] if isinstance(told, tuple) else [f"{code} {refusal}"]
    return items, faults


def _lines(items: list[Item], report: Report, calendar: WorkCalendar, *, with_gaps: bool) -> Iterator[str]:
    yield from (f"error  {finding}" for finding in report.errors)
    if with_gaps:
        yield from (f"gap    {finding}" for finding in report.gaps)
    for late in report.late:
        days = f"{len(late.days)} of {late.of} start days, e.g. {late.days[0].isoformat()}"
        yield f"clock  {late.item}: the promise ends after the statute on {days}"
    for named in report.cuts:
        yield from _cut_lines(named)
    full = sum(item.full for item in items)
    years = f"{min(calendar.announced)}–{max(calendar.announced)}"
    yield f"{len(items)} items ({full} full), {len(report.errors)} errors, {len(report.gaps)} gaps; clocks over {years}"


def _cut_lines(named: NamedCuts) -> Iterator[str]:
    cuts = named.cuts
    yield f"cut    {named.scope.en}"
    yield f"       mean of items {_percent(cuts.items)} over {cuts.compared}"
    yield f"       without promises on the spot {_percent(cuts.items_without_spot)} over {cuts.compared_without_spot}"
    yield f"       weighted by cases {_percent(cuts.cases)}"
    yield f"       weighted by cases, without promises on the spot {_percent(cuts.cases_without_spot)}"
    yield f"       {UNIT_RULE.en}; left out: {cuts.left_out}"


def _percent(share: Fraction | None) -> str:
    return "- (no cases here; --cases asks the database)" if share is None else f"{float(share):.2%}"


def _as_json(items: list[Item], report: Report) -> dict[str, Any]:
    return {
        "items": len(items),
        "full": [item.code for item in items if item.full],
        "errors": [str(finding) for finding in report.errors],
        "gaps": [str(finding) for finding in report.gaps],
        "late": [
            {"item": late.item, "days": len(late.days), "of": late.of, "first": late.days[0].isoformat()}
            for late in report.late
        ],
        "cuts": [
            {
                "scope": named.scope.en,
                "items": _number(named.cuts.items),
                "compared": named.cuts.compared,
                "items_without_spot": _number(named.cuts.items_without_spot),
                "compared_without_spot": named.cuts.compared_without_spot,
                "cases": _number(named.cuts.cases),
                "cases_without_spot": _number(named.cuts.cases_without_spot),
            }
            for named in report.cuts
        ],
    }


def _number(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share), 4)


def _load(args: argparse.Namespace) -> int:
    at = clock.now()
    by = keeper(args.by, Duty.CATALOGUE, at) if args.by or not queries.is_empty() else System("catalogue")
    if by is None:
        return refuse("catalogue", args.by, "an edition")
    loaded = commands.load(by=by, at=at, folder=args.folder)
    if not loaded.new:
        sys.stdout.write(f"{loaded.number} {loaded.status} says this already\n")
    elif loaded.status == "published":
        sys.stdout.write(f"{loaded.number} published: the first edition of this database\n")
    else:
        then = f"onewindow catalogue publish {loaded.number} --by LOGIN"
        sys.stdout.write("".join(f"  {each.change:8} {each.code}\n" for each in queries.changes_of(loaded.number)))
        sys.stdout.write(f"{loaded.number} proposed; another person publishes it: {then}\n")
    return 0


def _publish(args: argparse.Namespace) -> int:
    at = clock.now()
    by = keeper(args.by, Duty.CATALOGUE, at)
    if by is None:
        return refuse("catalogue", args.by, "an edition")
    loaded = commands.publish(number=args.number, by=by, at=at)
    sys.stdout.write(f"{loaded.number} published\n")
    return 0


def _show(args: argparse.Namespace) -> int:
    for each in queries.editions():
        who = each.published_by or f"proposed by {each.proposed_by}"
        sys.stdout.write(f"{each.number:16} {each.status:9} {each.items:4} items  {who}\n")
    return 0
