"""`onewindow journal verify|replay|root`: prove that nothing was changed, that each row is the fold of its entries."""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from onewindow.cases import queries as cases
from onewindow.core import clock, journal, roots

OPEN_TRANSACTIONS = timedelta(minutes=10)  # none is older: an entry before this instant is committed or lost


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    verify = acts.add_parser("verify", help="walk every chain")
    verify.add_argument("--root", type=Path, help="compare with a root made earlier")
    replay = acts.add_parser("replay", help="make each case's row again from its entries")
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
    rows = faults = 0
    for number, differences in cases.replay():
        rows += 1
        for name, stored, folded in differences:
            faults += 1
            sys.stdout.write(f"case {number}: {name} is {stored}, its journal says {folded}\n")
    sys.stdout.write(f"{rows} cases replayed, {faults} differences\n")
    return 1 if faults else 0


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
