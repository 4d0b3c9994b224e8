"""`onewindow up`: everything `make run` needs on one machine: keys, tables, data, demo cases, then serve."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress

from django.conf import settings

from onewindow.core import clock, installation, keys
from onewindow.jobs import demo_command, serve_command, setup_command
from onewindow.jobs.demo_people import cast

CASES = 2000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--cases", type=int, default=CASES, help="demo cases made at the first start")
    parser.add_argument("--workers", type=int, default=2)


def run(args: argparse.Namespace) -> int:
    if settings.ENV == "production":
        sys.stderr.write("onewindow: `up` makes a demo; in production run setup, serve and worker\n")
        return 2
    serve_command.check_port("127.0.0.1", args.port)
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError, keys.KeyFileFault):
        keys.make_key_file(settings.KEY_FILE)
    _say("Preparing tables, calendars, divisions and catalogue …")
    setup_command.prepare(demo=True)
    if not installation.is_demo():
        sys.stderr.write("onewindow: this database is no demo; run setup, serve and worker\n")
        return 2
    demo_command.fill(cases=args.cases, at=clock.now(), say=_say)
    _welcome(args.port)
    serving = argparse.Namespace(address="127.0.0.1", port=args.port, workers=args.workers, no_jobs=False)
    return serve_command.run(serving)


def _welcome(port: int) -> None:
    _say(f"\nOneWindow 一窗 (demo): http://127.0.0.1:{port}")
    _say(f"  sign in as one of these: http://127.0.0.1:{port}/sign-in")
    people = cast()
    for name, about in [(each.name, each.about) for each in people.people] + [
        (each.name, each.about) for each in people.staff
    ]:
        _say(f"    {name}  {about.zh} / {about.en}")
    _say(f"  counter and back office:  http://127.0.0.1:{port}/desk/")
    _say("  Ctrl-C stops it; the next start keeps the data.\n")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
