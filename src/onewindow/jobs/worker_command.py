"""`onewindow worker`: do the jobs until told to stop; a job that was begun is ended first."""

import argparse
import signal
import threading

from onewindow.core import jobs


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", default="", help="how the worker is called in the logs")


def run(args: argparse.Namespace) -> int:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    jobs.run_forever(stop, worker=args.name)
    return 0
