"""What the tests of the board share: cases of every light, and how a page's figures are read."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from onewindow.accounts.rules import Duty, Staff
from onewindow.calendars.rules import Reason
from onewindow.cases import commands
from tests.cases.given import HOUR, MONDAY, go, key, submit
from tests.cast import HALL, Cast
from tests.desk.given import Desk

LATER = MONDAY + timedelta(days=30)
NUMBERS = re.compile(r'href="/desk/cases/([\d-]+)"')


def supervising(cast: Cast, *scopes: str) -> Staff:
    """Return 赵敏 as if she supervised these places only."""
    return replace(cast.supervisor, duties=frozenset((Duty.SUPERVISE, scope) for scope in scopes))


def lights(cast: Cast) -> dict[str, str]:
    """Hand in cases that, at LATER, have one light each; two sites. Return the number of each."""
    void = submit(cast.applicant)
    hold = submit(cast.applicant, item="ZA14", site=HALL)
    case = go(hold, cast, "accept")
    commands.pause(
        number=hold, by=cast.examiner, at=MONDAY + 4 * HOUR, version=case.version, key=key(),
        reason=Reason.APPRAISAL.value, expected_on=date(2026, 11, 25), remark="等鉴定",
    )  # fmt: skip
    fresh = submit(cast.applicant, at=LATER - HOUR)
    hall = submit(cast.second, at=LATER - HOUR, site=HALL)
    return {"void": void, "hold": hold, "ok": fresh, "hall": hall}


def figures(page: str) -> list[tuple[str, int]]:
    """Every figure of a page that leads to cases: its address and its number."""
    found = []
    for address, inside in re.findall(r'<a[^>]*href="(/board/cases[^"]*)"[^>]*>(.*?)</a>', page):
        count = re.sub(r"<[^>]*>", " ", inside).split()[-1]
        found.append((html.unescape(address), int(count)))
    return found


def numbers(board: Desk, address: str) -> list[str]:
    """The numbers behind an address, page by page."""
    found: list[str] = []
    while address:
        page = board.get(address)
        found += NUMBERS.findall(page)
        more: Any = re.search(r'href="([^"]*)" rel="next"', page)
        address = html.unescape(more[1]) if more else ""
    return found
