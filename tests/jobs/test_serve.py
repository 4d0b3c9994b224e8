"""The service as one command: it starts, answers, ends at once on Ctrl-C, and refuses what it must not serve."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import fresh

pytestmark = [pytest.mark.long, pytest.mark.database]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty database of the kind that this run is on, a folder of its own, nothing of the test's settings."""
    plain = {name: text for name, text in os.environ.items() if not name.startswith(("ONEWINDOW_", "DJANGO_"))}
    with fresh() as url:
        yield {**plain, "DATABASE_URL": url, "ONEWINDOW_VAR": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "onewindow.jobs.cli", *words]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        assert server.poll() is None, f"the service ended with {server.returncode}"
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail("the service did not answer")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_up_serves_and_ends_at_once(environment: dict[str, str], number: int) -> None:
    """As a terminal does it: Ctrl-C goes to every process of the command."""
    port = free_port()
    server = subprocess.Popen(
        command("up", "--port", str(port), "--cases", "3"),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/items/CG04", server)
        began = time.monotonic()
        (os.killpg if number == signal.SIGINT else os.kill)(server.pid, number)
        printed = server.communicate(timeout=15)[0].decode()
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
    assert server.returncode == 0, printed
    assert time.monotonic() - began < 10
    assert "Traceback" not in printed
    assert f"http://127.0.0.1:{port}" in printed
    assert "李强" in printed


@pytest.mark.parametrize("words", [("up", "--cases", "3"), ("serve",)])
def test_a_port_that_is_taken_is_refused(environment: dict[str, str], words: tuple[str, ...]) -> None:
    """The web workers share their port; another service on it would get half of the visitors."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        told = subprocess.run(
            command(*words, "--port", port), env=environment, capture_output=True, text=True, timeout=60
        )
    assert told.returncode == 2
    assert port in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, "key file"),
        ({"ONEWINDOW_ENV": "production"}, "ONEWINDOW_SECRET"),
        ({"ONEWINDOW_ENV": "production", "ONEWINDOW_SECRET": "x" * 50}, "ONEWINDOW_HOSTS"),
        ({"ONEWINDOW_ENV": "holiday"}, "ONEWINDOW_ENV"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
    ],
)
def test_what_must_not_start_says_why_in_one_line(
    environment: dict[str, str], changes: dict[str, str], why: str
) -> None:
    told = subprocess.run(command("serve"), env={**environment, **changes}, capture_output=True, text=True, timeout=60)
    assert told.returncode == 2
    assert why in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1


def test_a_demo_is_for_this_machine_and_never_production(environment: dict[str, str]) -> None:
    subprocess.run(command("keys", "make"), env=environment, check=True, capture_output=True, timeout=60)
    subprocess.run(command("setup", "--demo"), env=environment, check=True, capture_output=True, timeout=120)
    abroad = subprocess.run(
        command("serve", "--address", "0.0.0.0"), env=environment, capture_output=True, text=True, timeout=60
    )
    real = {"ONEWINDOW_ENV": "production", "ONEWINDOW_SECRET": "x" * 50, "ONEWINDOW_HOSTS": "example.org"}
    production = subprocess.run(
        command("serve"), env={**environment, **real}, capture_output=True, text=True, timeout=60
    )
    assert (abroad.returncode, production.returncode) == (2, 2)
    assert "127.0.0.1 only" in abroad.stderr
    assert "demo" in production.stderr
