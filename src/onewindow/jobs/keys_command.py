"""`onewindow keys make`: the key file, outside repository, database and backup."""

import argparse
import sys

from django.conf import settings

from onewindow.core import keys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["make"])


def run(args: argparse.Namespace) -> int:
    settings.KEY_FILE.parent.mkdir(parents=True, exist_ok=True)
    keys.make_key_file(settings.KEY_FILE)
    sys.stdout.write(f"made {settings.KEY_FILE}: keep a copy in a second place, never beside a backup\n")
    return 0
