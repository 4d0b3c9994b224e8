"""Pages as a browser gets them: bytes over the wire with all they load, and the server's CPU for each.

    python -m bench.pages [--times 40]

Against `onewindow serve` with one web worker, signed in as the demo's personas. A first visit loads the page and every
file that it names; what is kept from page to page is told apart. Promised: a portal page under 60 kB in all, with one
stylesheet, nothing from a foreign host. The work list has a full page of 50 cases.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from contextlib import closing
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from tests.serving import Serving

from bench._ground import cpu_ms, entered, family, tell

MOST_BYTES = 60_000
LISTED = 60
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_LOADED = re.compile(
    r'<(?:link[^>]*\brel="(?:stylesheet|icon|preload)"[^>]*\bhref|script[^>]*\bsrc|img[^>]*\bsrc)="([^"]+)"'
)
_STYLES = re.compile(r'<link[^>]*\brel="stylesheet"')
_FOREIGN = re.compile(r'(?:src|href|action)="(?:https?:)?//([^/"]+)')


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--times", type=int, default=40)
    times = parser.parse_args().times
    with entered() as installation:
        number, site = _work()
        serving = installation.start("--no-jobs", "--workers", "1").wait()
        try:
            resident, staff = Visitor(serving, "applicant"), Visitor(serving, "clerk")
            kept = [
                measure(Visitor(serving), "portal.home", "/", times),
                measure(Visitor(serving), "portal.guide", "/items/CG04", times),
                measure(resident, "portal.case", f"/cases/{number}", times),
                measure(staff, "desk.work", f"/desk/work/{site}", times, portal=False),
            ]
        finally:
            serving.stop()
    return 0 if all(kept) else 1


class Visitor:
    """One browser: its cookies, its language, its sign-in."""

    def __init__(self, serving: Serving, who: str = "") -> None:
        self._port, self._cookies = serving.port, SimpleCookie[str]()
        self.workers = family(serving.process.pid)
        if who:
            token = _TOKEN.search(self.get("/sign-in")[0].decode())
            assert token, "the sign-in page has no form"
            form = urlencode({"csrfmiddlewaretoken": token[1], "who": who})
            status = self._ask("POST", "/sign-in", form, {"Content-Type": "application/x-www-form-urlencoded"})[0]
            assert status == 303, f"{who} is not let in: {status}"

    def get(self, path: str) -> tuple[bytes, int]:
        """Return what is at the path, unpacked, and its bytes over the wire with the answer's head."""
        status, head, body, packed = self._ask("GET", path, "", {"Accept-Encoding": "gzip"})
        assert status == 200, f"{path}: {status}"
        return (gzip.decompress(body) if packed else body), head + len(body)

    def _ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, int, bytes, bool]:
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=30)) as connection:
            cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in self._cookies.items())
            told = {"Accept-Language": "zh-CN", **headers, **({"Cookie": cookie} if cookie else {})}
            connection.request(method, path, body.encode() or None, told)
            answer = connection.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    self._cookies.load(value)
            head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders()) + 19
            return answer.status, head, answer.read(), answer.headers.get("Content-Encoding") == "gzip"


def measure(visitor: Visitor, name: str, path: str, times: int, *, portal: bool = True) -> bool:
    """Print a page's figures; return whether it keeps what is promised."""
    html, wire = visitor.get(path)
    text = html.decode()
    own = [urljoin(path, link) for link in dict.fromkeys(_LOADED.findall(text))]
    loaded = {link: visitor.get(link)[1] for link in own if not urlsplit(link).netloc}
    foreign = sorted(set(_FOREIGN.findall(text)))
    styles, whole = len(_STYLES.findall(text)), wire + sum(loaded.values())
    visitor.get(path)
    before = cpu_ms(visitor.workers)
    for _ in range(times):
        visitor.get(path)
    cpu = (cpu_ms(visitor.workers) - before) / times
    kept = not portal or (whole < MOST_BYTES and styles == 1 and not foreign)
    tell(
        f"pages.{name:14} n={times:<4} whole {whole} B (budget < {MOST_BYTES}{'' if kept else '  EXCEEDED'})"
        f" = page {wire} B of {len(html)} B + files {sum(loaded.values())} B"
        f"  stylesheets {styles}  foreign {foreign or 'none'}  CPU {cpu:.2f} ms"
    )
    for link, size in loaded.items():
        tell(f"    {size:7} B  {link}")
    return kept


def _work() -> tuple[str, str]:
    """Hand in a case of the cast's applicant, and more at the same site; return its number and the site."""
    from django.db import transaction
    from tests import traffic
    from tests.cases import given
    from tests.cast import LANES

    from bench.sqlite_writers import hand_in
    from onewindow.accounts import commands as accounts
    from onewindow.accounts.rules import Resident
    from onewindow.core import clock
    from onewindow.jobs import demo_people

    at = clock.now()
    with transaction.atomic():
        asked = accounts.enter_cast(cast=demo_people.cast(), at=at)
        applicant = asked["applicant"]
        assert isinstance(applicant, Resident)
        number = given.submit(applicant, at=at, site=LANES)
        posts = traffic.posts(LISTED, sites=[LANES], people=LISTED, at=at)
    for post in posts:
        hand_in(post)
    return number, LANES


if __name__ == "__main__":
    sys.exit(main())
