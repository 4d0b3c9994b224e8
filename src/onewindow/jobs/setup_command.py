"""`onewindow setup`: make the database ready to serve, again and again with the same result."""

import argparse
import sys

from django.conf import settings
from django.core.management import call_command

from onewindow.accounts.rules import System
from onewindow.calendars import commands as calendars
from onewindow.catalogue import commands as catalogue
from onewindow.core import clock, installation
from onewindow.places import commands as places

HOUSE = System("setup")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="found a demo database; it stays one for ever")


def run(args: argparse.Namespace) -> int:
    prepare(demo=args.demo)
    sys.stdout.write("ready\n")
    return 0


def prepare(*, demo: bool) -> None:
    """Bring tables, calendars, divisions and catalogue to what the files hold; what is there already stays."""
    call_command("migrate", verbosity=0, interactive=False)
    at = clock.now()
    installation.found(demo=demo, at=at)
    calendars.load(by=HOUSE, at=at)
    places.load(folder=settings.DATA_DIR / "places", by=HOUSE, at=at)
    catalogue.load(by=HOUSE, at=at)
