"""The databases of a test run: PostgreSQL from the machine's own server programs, thrown away afterwards.

    python -m tests.databases -- COMMAND ...             runs COMMAND with DATABASE_URL at PostgreSQL
    python -m tests.databases --durable -- COMMAND ...   the same with every commit brought down to the disk

PostgreSQL is the one at TEST_DATABASE_URL; without that, a new cluster on a socket of its own, also for root. Where
there are no server programs either, COMMAND does not run, and that is said; with CI=true it is a fault.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg

MISSING = "there is no PostgreSQL: neither TEST_DATABASE_URL nor server programs (Debian: apt-get install postgresql)"
_SET_DEATH_SIGNAL = 1  # of Linux's prctl
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
_ALWAYS = ("listen_addresses=", "max_connections=100", "wal_level=minimal", "max_wal_senders=0", "jit=off")


class NoPostgres(Exception):
    """Nothing on this machine can be a PostgreSQL server."""


def scratch(name: str) -> Path:
    """Return a new folder that belongs to this process; what killed runs left behind is cleared first."""
    place = Path(tempfile.gettempdir())
    if len(str(place)) > 50:
        place = Path("/tmp")  # a socket's path has at most 107 bytes
    for old in place.glob("onewindow-*-*-*"):
        owner = re.fullmatch(r"onewindow-[a-z]+-(\d+)-\w+", old.name)
        if owner and not Path(f"/proc/{owner[1]}").exists() and Path("/proc/self").exists():
            shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"onewindow-{name}-{os.getpid()}-", dir=place))


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """Yield the URL of a PostgreSQL database that tests may do with as they like.

    durable  every commit reaches the disk, as in a real service; for benches
    raises   NoPostgres
    """
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    home = scratch("pg")
    try:
        yield from _cluster(_programs(), home, durable)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def fresh(url: str | None = None) -> Iterator[str]:
    """Yield the URL of a new, empty database of the kind that this run is on, for tests that start whole programs.

    url  beside which it is made; DATABASE_URL unless given
    """
    url = url or os.environ["DATABASE_URL"]
    if url.startswith("sqlite:"):
        home = scratch("db")
        try:
            yield f"sqlite:///{home / 'fresh.sqlite3'}"
        finally:
            shutil.rmtree(home, ignore_errors=True)
        return
    name = f"fresh_{secrets.token_hex(6)}"
    _sql(url, f'CREATE DATABASE "{name}"')
    try:
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
    finally:
        _sql(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _sql(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def _programs() -> Path:
    """The folder of the newest server's programs."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    named = shutil.which("postgres")
    for folder in [*packaged, *([Path(named).resolve().parent] if named else [])]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoPostgres(MISSING)


def _cluster(programs: Path, home: Path, durable: bool) -> Iterator[str]:
    owner = _owner()
    if owner:
        shutil.chown(home, owner["user"], owner["group"])
    data, log = home / "data", home / "log"
    _make(programs, data, owner)
    settings = (*_ALWAYS, f"unix_socket_directories={home}", *(() if durable else _QUICK))
    options = [part for setting in settings for part in ("-c", setting)]
    with log.open("wb") as output:
        # A session of its own: Ctrl-C is for the tests, which then stop the server.
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, *options],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=_end_with_parent,
            **owner,
        )
    try:
        address = f"host={quote(str(home))}"
        _wait(server, log, f"postgresql://onewindow@/postgres?{address}")
        _sql(f"postgresql://onewindow@/postgres?{address}", "CREATE DATABASE onewindow")
        yield f"postgresql://onewindow@/onewindow?{address}"
    finally:
        _stop(server)


def _owner() -> dict[str, Any]:
    """As whom the server runs: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _make(programs: Path, data: Path, owner: dict[str, Any]) -> None:
    made = subprocess.run(
        [programs / "initdb", "-D", data, "-U", "onewindow", "--auth=trust", "--no-sync", "--locale=C", "-E", "UTF8"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        cwd=data.parent,
        **owner,
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")


def _end_with_parent() -> None:
    """Let Linux stop the server when its starter is gone, however that went (kill -9 too)."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGINT)


def _wait(server: subprocess.Popen[bytes], log: Path, url: str) -> None:
    for _ in range(300):
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Fast at first, then at once: the data are thrown away."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        server.send_signal(how)
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout=10)
            return


def _raise_exit(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main() -> int:
    """Run a command with DATABASE_URL at PostgreSQL; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.databases", description=__doc__)
    parser.add_argument("--durable", action="store_true", help="bring every commit down to the disk")
    parser.add_argument("command", nargs="+", help="what to run, after --")
    told = parser.parse_args()
    signal.signal(signal.SIGTERM, _raise_exit)
    signal.signal(signal.SIGHUP, _raise_exit)
    try:
        with postgres(durable=told.durable) as url:
            return _run(told.command, {**os.environ, "DATABASE_URL": url})
    except NoPostgres as missing:
        sys.stderr.write(f"\nNOT RUN on PostgreSQL: {' '.join(told.command)}\n{missing}\n")
        return 1 if os.environ.get("CI") == "true" else 0


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Ctrl-C reaches the command by itself; here it only means to wait for its end."""
    child = subprocess.Popen(command, env=environment)
    try:
        while True:
            with suppress(KeyboardInterrupt):
                return child.wait()
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()


if __name__ == "__main__":
    raise SystemExit(main())
