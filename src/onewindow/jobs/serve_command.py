"""`onewindow serve`: web workers and one job worker under one command; Ctrl-C ends all of them cleanly."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading

from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from onewindow.core import installation, keys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--no-jobs", action="store_true", help="serve pages only; run `onewindow worker` elsewhere")


def run(args: argparse.Namespace) -> int:
    check_port(args.address, args.port)
    check_nature(args.address)
    hear_interrupts_once()
    jobs = None if args.no_jobs else Worker()
    try:
        serve(args.address, args.port, args.workers)
    finally:
        if jobs is not None:
            jobs.stop()
    return 0


def hear_interrupts_once() -> None:
    """Take Ctrl-C, which a terminal sends to every process of the command, in this one alone and as SIGTERM.

    The children inherit the blocked signal. A web worker that gets both the terminal's signal and its parent's hangs
    until it is killed (seen with granian 2.8.7).
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

    def pass_on() -> None:
        signal.sigwait({signal.SIGINT})
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=pass_on, daemon=True).start()


class Worker:
    """A worker beside the web: started again if it dies, told to end its job when the service stops."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process = self._start()
        threading.Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        """Let the worker end the job that it has begun, and wait for that."""
        self._stopping.set()
        self._process.terminate()
        self._process.wait(timeout=30)

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "onewindow.jobs.cli", "worker"])

    def _watch(self) -> None:
        while True:
            code = self._process.wait()
            if self._stopping.wait(1):
                return
            sys.stderr.write(f"onewindow: the worker ended with code {code}; another one begins\n")
            self._process = self._start()


def check_port(address: str, port: int) -> None:
    """Refuse a port that is taken: the web workers share theirs, so a second service would answer beside the first."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as fault:
            sys.stderr.write(f"onewindow: cannot serve at {address}:{port} ({fault.strerror}); --port names another\n")
            raise SystemExit(2) from None


def check_nature(address: str) -> None:
    """Refuse to serve without keys, to show a demo to others than this machine, and a demo database to production."""
    try:
        keys.ring()
    except keys.KeyFileFault as fault:
        sys.stderr.write(f"onewindow: {fault}\n")
        raise SystemExit(2) from None
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
    server.serve()
