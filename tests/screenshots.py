"""The two pictures of the README, made from a running demo: `python -m tests.screenshots`.

It starts a demo of its own with a few cases, opens the guide page of CG04 and the clerk's work list, and writes
docs/images/.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import FLAGS, NAMES
from tests.databases import scratch

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
CASES = "160"


@contextmanager
def demo() -> Iterator[str]:
    """Yield the address of a demo that serves until the end."""
    home, port = scratch("shots"), _free_port()
    environment = {
        **{name: text for name, text in os.environ.items() if not name.startswith("ONEWINDOW_")},
        "DATABASE_URL": f"sqlite:///{home / 'demo.sqlite3'}",
        "ONEWINDOW_VAR": str(home),
    }
    command = [sys.executable, "-m", "onewindow.jobs.cli", "up", "--port", str(port), "--cases", CASES]
    server = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        _wait(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=60)
        shutil.rmtree(home, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(url: str, server: subprocess.Popen[bytes], seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.poll() is not None:
            raise SystemExit(f"the demo ended with code {server.returncode}")
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise SystemExit(f"the demo did not answer within {seconds:.0f} s")


def sign_in(page: Page, name: str) -> None:
    """Sign in as a member of the cast by the button with the name."""
    page.goto("/sign-in")
    page.get_by_role("button", name=name).first.click()


def main() -> None:
    """Make both pictures."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)))
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=program, args=FLAGS)
        page = chromium.new_page(base_url=address, viewport={"width": 1440, "height": 1000}, locale="zh-CN")
        page.goto("/items/CG04")
        page.screenshot(path=IMAGES / "portal.png")
        sign_in(page, "王芳")
        page.goto("/desk/work/14010002")
        page.screenshot(path=IMAGES / "desk.png")
        chromium.close()


if __name__ == "__main__":
    main()
