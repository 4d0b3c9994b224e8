"""`onewindow serve`: web workers and one job worker under one command; Ctrl-C ends all of them cleanly."""

import argparse
import os
import signal
import subprocess
import sys
from types import FrameType

from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from onewindow.core import installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--no-jobs", action="store_true", help="serve pages only; run `onewindow worker` elsewhere")


def run(args: argparse.Namespace) -> int:
    check_nature(args.address)
    jobs = None if args.no_jobs else subprocess.Popen([sys.executable, "-m", "onewindow.jobs.cli", "worker"])
    try:
        serve(args.address, args.port, args.workers)
    finally:
        if jobs is not None:
            jobs.terminate()
            jobs.wait(timeout=30)
    return 0


def check_nature(address: str) -> None:
    """Refuse to show a demo to others than this machine, and a demo database to production."""
    demo = installation.is_demo()
    if demo and settings.ENV == "production":
        sys.stderr.write("onewindow: this database is a demo; production does not start on it\n")
        raise SystemExit(2)
    if demo and address not in ("127.0.0.1", "::1", "localhost"):
        sys.stderr.write("onewindow: a demo serves 127.0.0.1 only\n")
        raise SystemExit(2)


def serve(address: str, port: int, workers: int) -> None:
    """Serve until told to stop."""
    server = Server(
        "onewindow.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=20,
        respawn_failed_workers=True,
    )

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    server.serve()
