"""`onewindow bench fill`: many cases by COPY, for measuring at size; a demo database only."""

import argparse
import sys
import time

from onewindow.cases.commands.fill import fill
from onewindow.core import installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["fill"])
    parser.add_argument("--cases", type=int, required=True)


def run(args: argparse.Namespace) -> int:
    if not installation.is_demo():
        sys.stderr.write("onewindow: only a demo database is filled with made-up cases\n")
        return 2
    started = time.monotonic()
    done = fill(cases=args.cases)
    sys.stdout.write(f"{done} cases added in {time.monotonic() - started:.1f} s\n")
    return 0
