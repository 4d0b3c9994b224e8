"""A real browser for tests marked `browser`: the machine's own Chromium, closed to everything but this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once; with CI=true its absence is a fault, elsewhere the tests are skipped."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say("no Chromium, nor a CHROMIUM that names one (Debian: apt-get install chromium fonts-noto-cjk libatomic1)")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[OpenPage]:
    """A function that opens a new person's browser at a path of the running site.

    At the end of the test no page may have had a console error, a failed script or a request to a foreign host.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_(path: str = "/", *, width: int = 1440, language: str = "zh-CN", javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900 if width > 600 else 844},
            locale=language,
            timezone_id="Asia/Shanghai",
            java_script_enabled=javascript,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, urlsplit(live_server.url).netloc, faults)
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def watch(page: Page, host: str, faults: list[str]) -> None:
    """Note what a person would call broken; a refused form (4xx of a page) is an answer, not a fault."""

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            faults.append(f"console error on {page.url}: {message.text}")

    def asked(request: Request) -> None:
        if request.url.startswith("http") and urlsplit(request.url).netloc != host:
            faults.append(f"{page.url} asks a foreign host: {request.url}")

    def answered(response: Any) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            faults.append(f"{page.url}: {response.status} for {response.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: faults.append(f"script failed on {page.url}: {error}"))
    page.on("request", asked)
    page.on("response", answered)


def axe_faults(page: Page) -> list[str]:
    """What the accessibility checker finds on the page (WCAG 2.2 AA), one line each; needs JavaScript on."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(RULES)}})
    return [
        f"{fault['id']} ({fault['impact']}): {fault['help']}: {node['html'][:200]}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


def width_faults(page: Page) -> list[str]:
    """What sticks out of the page at its width; a page scrolls down, never sideways."""
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return [f"{page.url} is {wide} px wide in a window of {seen} px"] if wide > seen else []
