"""`onewindow demo --cases N`: a province at work, made by the real commands, the same again for the same seed."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from onewindow.core import clock, installation, jobs
from onewindow.jobs import demo_people
from onewindow.jobs.demo_cases import Province

BATCH = 100
FOUNDED = timedelta(days=150)  # the people of the demo were there before its first case


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=2024)


def run(args: argparse.Namespace) -> int:
    if not installation.is_demo():
        sys.stderr.write("onewindow: this database is no demo: nothing is made up in it\n")
        return 2
    fill(cases=args.cases, at=clock.now(), say=lambda line: print(line, flush=True), seed=args.seed)
    return 0


def fill(*, cases: int, at: datetime, say: Callable[[str], object], seed: int = 2024) -> int:
    """Make the people, and cases up to the number wanted; what is there already counts."""
    with transaction.atomic():
        demo_people.found(at - FOUNDED)
    province = Province(seed, at)
    started, first = time.monotonic(), province.there()
    for place in range(first, cases, BATCH):
        with transaction.atomic():
            for number in range(place, min(place + BATCH, cases)):
                province.case(number)
            for kind in ("cases.letter", "cases.fee_receipt"):
                jobs.drop(kind)  # nobody gets letters of made-up years; each is made when it is asked for
        if place % 500 == 0 and place > first:
            say(f"  {place} of {cases} demo cases …")
    if cases > first:
        say(f"{cases - first} demo cases made in {time.monotonic() - started:.0f} s")
    return cases - first
