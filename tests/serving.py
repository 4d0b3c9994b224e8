"""A whole installation beside the tests' own: a fresh database, keys and files of its own, the commands that serve it.

For benches and for tests that kill what they started; in-process tests need none of this.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from shutil import rmtree

from tests import databases

ROOT = Path(__file__).resolve().parents[1]
NO_ANSWER = (OSError, HTTPException)


@dataclass(frozen=True, slots=True)
class Installation:
    """A database and what belongs to it, as environment for the command `onewindow`."""

    url: str
    var: Path
    environment: dict[str, str]

    def onewindow(self, *words: str, seconds: float = 300) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return self.python("-m", "onewindow.jobs.cli", *words, seconds=seconds)

    def python(self, *words: str, seconds: float = 300) -> subprocess.CompletedProcess[str]:
        """Run Python in this installation to its end."""
        return subprocess.run(
            [sys.executable, *words],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )

    def start(self, *words: str) -> Serving:
        """Start `onewindow serve` on a free port, with all that it starts in a process group of its own."""
        port = free_port()
        with (self.var / "serve.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "onewindow.jobs.cli", "serve", "--port", str(port), *words],
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return Serving(process, port, self.var / "serve.log")


@dataclass(frozen=True, slots=True)
class Serving:
    """A running `onewindow serve`."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def wait(self, seconds: float = 60) -> Serving:
        """Wait until it answers."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            with suppress(*NO_ANSWER), closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
                connection.request("GET", "/api/v1/openapi.json")
                connection.getresponse().read()
                return self
            time.sleep(0.05)
        raise RuntimeError(f"the service did not start:\n{self.log.read_text(errors='replace')[-4000:]}")

    def kill(self) -> None:
        """End the whole process group at once, as a power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=20)

    def stop(self) -> int:
        """Tell it to stop, wait for its end and return its exit code."""
        self.process.terminate()
        try:
            return self.process.wait(timeout=40)
        finally:
            self.kill()


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with closing(socket.socket()) as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@contextmanager
def installation(url: str | None = None, *, ready: bool = True) -> Iterator[Installation]:
    """Yield a new demo installation with its tables, places, calendars and catalogue.

    url    beside which database the new one is made; DATABASE_URL unless given
    ready  False leaves the database empty
    """
    var = databases.scratch("site")
    try:
        with databases.fresh(url) as fresh:
            made = Installation(fresh, var, _environment(fresh, var))
            for words in (["keys", "make"], ["setup", "--demo"]) if ready else (["keys", "make"],):
                done = made.onewindow(*words)
                if done.returncode:
                    raise RuntimeError(f"onewindow {' '.join(words)} failed:\n{done.stdout}{done.stderr}")
            yield made
    finally:
        rmtree(var, ignore_errors=True)


def _environment(url: str, var: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ONEWINDOW_", "DJANGO_"))}
    return {
        **inherited,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "onewindow.config.settings",
        "ONEWINDOW_ENV": "demo",
        "ONEWINDOW_VAR": str(var),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]),
    }
