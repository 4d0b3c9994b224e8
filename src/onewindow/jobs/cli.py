"""The command `onewindow`: what an administrator and a timer run. Each command answers 0, or 2 with one line of why."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import django

COMMANDS = {
    "up": ("onewindow.jobs.up_command", "make this machine's installation and serve it (what `make run` calls)"),
    "serve": ("onewindow.jobs.serve_command", "serve the web pages and do the jobs"),
    "worker": ("onewindow.jobs.worker_command", "do the jobs only"),
    "setup": ("onewindow.jobs.setup_command", "make the database: tables, calendars, divisions, catalogue"),
    "demo": ("onewindow.jobs.demo_command", "fill a demo database with a province of cases"),
    "clock": ("onewindow.jobs.clock_command", "count a limit day by day"),
    "calendar": ("onewindow.jobs.calendar_command", "import and publish a year's holiday notice"),
    "places": ("onewindow.jobs.places_command", "load divisions, offices and sites"),
    "catalogue": ("onewindow.jobs.catalogue_command", "check and load the items"),
    "journal": ("onewindow.jobs.journal_command", "verify the chains, replay them, sign the day's root"),
    "keys": ("onewindow.jobs.keys_command", "make the key file"),
    "staff": ("onewindow.jobs.staff_command", "take staff in, invite them to sign in, let them go"),
    "token": ("onewindow.jobs.token_command", "issue a token for another system"),
    "bench": ("onewindow.jobs.bench_command", "fill a database for measuring"),
    "manage": ("onewindow.jobs.manage_command", "Django's own commands, for developers"),
}


class OneLine(argparse.ArgumentParser):
    """A parser that says what is wrong in one line; `-h` shows how it is used."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
    parser = OneLine(prog="onewindow", description="OneWindow (一窗)")
    names = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    words = list(sys.argv[1:] if words is None else words)
    for name, (module, help_text) in COMMANDS.items():
        sub = names.add_parser(name, help=help_text, description=help_text)
        if words and words[0] == name:  # only the command that is asked for is loaded
            django.setup()  # before the module, for it may bring tables with it
            importlib.import_module(module).add_arguments(sub)
    args = parser.parse_args(words)
    return run(COMMANDS[args.command][0], args)


def run(module: str, args: argparse.Namespace) -> int:
    """Run the module's command; a refusal, or a database that is missing or locked, is one line and exit code 2."""
    from django.db import OperationalError, ProgrammingError

    from onewindow.core.errors import NotFound, Refusal

    command = importlib.import_module(module)
    try:
        code: int = command.run(args)
    except (Refusal, NotFound) as refusal:
        from onewindow.look.refusals import say

        words = say(refusal) if isinstance(refusal, Refusal) else None
        sys.stderr.write(f"onewindow: {words.en if words else f'not found: {refusal}'}\n")
        return 2
    except (OperationalError, ProgrammingError) as fault:
        why = str(fault).partition("\n")[0]
        sys.stderr.write(f"onewindow: the database cannot be used ({why}); `onewindow setup` makes its tables\n")
        return 2
    except KeyboardInterrupt:
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
