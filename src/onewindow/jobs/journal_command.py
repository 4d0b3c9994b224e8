"""`onewindow journal verify|replay|root`: prove that nothing was changed, that each row is the fold of its entries."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from onewindow.cases import queries as cases
from onewindow.core import clock, journal, roots
from onewindow.payments import queries as payments

OPEN_TRANSACTIONS = timedelta(minutes=10)  # none is older: an entry before this instant is committed or lost


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    verify = acts.add_parser("verify", help="walk every chain")
    verify.add_argument("--root", type=Path, help="compare with a root made earlier")
    replay = acts.add_parser("replay", help="make the row of each case, charge and day-end again from its entries")
    replay.add_argument("--check", action="store_true", required=True, help="report differences, change nothing")
    dates = acts.add_parser("dates", help="count each open case's dates again")
    dates.add_argument("--check", action="store_true", required=True, help="report differences, change nothing")
    acts.add_parser("root", help="sign the state of the journal, outside the database")


def run(args: argparse.Namespace) -> int:
    return {"verify": _verify, "replay": _replay, "dates": _dates, "root": _root}[args.act](args)


def _verify(args: argparse.Namespace) -> int:
    faults = 0
    for fault in journal.verify():
        faults += 1
        sys.stdout.write(f"{fault.kind} {fault.subject} #{fault.seq}: {fault.fault}\n")
    if args.root and (differs := roots.check(args.root)):
        faults += 1
        sys.stdout.write(f"{args.root.name}: {differs}\n")
    sys.stdout.write(f"{journal.size()} entries walked, {faults} faults\n")
    return 1 if faults else 0


def _replay(args: argparse.Namespace) -> int:
    folds = {"case": cases.replay, "charge": payments.replay, "day-end": payments.replay_tills}
    faults = [_replay_one(kind, fold()) for kind, fold in folds.items()]
    return 1 if any(faults) else 0


def _replay_one(kind: str, rows: Iterable[tuple[str, list[tuple[str, Any, Any]]]]) -> int:
    count = faults = 0
    for number, differences in rows:
        count += 1
        for name, stored, folded in differences:
            faults += 1
            sys.stdout.write(f"{kind} {number}: {name} is {stored}, its journal says {folded}\n")
    sys.stdout.write(f"{count} {kind}s replayed, {faults} differences\n")
    return faults


def _dates(args: argparse.Namespace) -> int:
    rows = faults = 0
    for number, stored, counted in cases.recounted(at=clock.now()):
        rows += 1
        if stored != counted:
            faults += 1
            sys.stdout.write(f"case {number}: {stored} is stored, {counted} is counted\n")
    sys.stdout.write(f"{rows} open cases counted, {faults} differences\n")
    return 1 if faults else 0


def _root(args: argparse.Namespace) -> int:
    path = roots.make(before=clock.now() - OPEN_TRANSACTIONS, folder=settings.ROOTS_DIR)
    sys.stdout.write(f"{path}\n")
    return 0
