"""`onewindow manage …`: Django's own commands, for developers (makemigrations, dbshell)."""

import argparse

from django.core.management import execute_from_command_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER)


def run(args: argparse.Namespace) -> int:
    execute_from_command_line(["onewindow manage", *args.words])
    return 0
