"""`onewindow places load`: divisions, offices and sites from data/places, as often as one likes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from onewindow.accounts.rules import System
from onewindow.core import clock
from onewindow.core.journal import By
from onewindow.places import commands

SHOWN = 20  # codes of one kind of change in a line; the journal has them all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    acts.add_parser("load", help="bring the tables to what the files say, and show what changed")


def run(args: argparse.Namespace) -> int:
    loaded = load(by=System("places"), at=clock.now())
    sys.stdout.write("\n".join(lines(loaded)) + "\n")
    return 0


def load(by: By, at: datetime) -> commands.Loaded:
    """Load the province that lies in the data folder."""
    return commands.load(folder=settings.DATA_DIR / "places", by=by, at=at)


def lines(loaded: commands.Loaded) -> Iterator[str]:
    """Yield what a load did, a line for each table and each kind of change."""
    for change in loaded.changes:
        yield (
            f"{change.table}: {change.same} unchanged, {len(change.added)} added,"
            f" {len(change.changed)} changed, {len(change.gone)} no longer in use"
        )
        for word, codes in (("changed", change.changed), ("no longer in use", change.gone)):
            if codes:
                more = f" and {len(codes) - SHOWN} more" if len(codes) > SHOWN else ""
                yield f"  {word}: {' '.join(codes[:SHOWN])}{more}"
