"""What the tests of payments share: who stands at the counter, a charge of two lines, and keys."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

from onewindow.accounts.rules import Duty, Staff, System
from onewindow.core.clock import SHANGHAI
from onewindow.core.once import Once
from onewindow.core.words import Words
from onewindow.payments import commands
from onewindow.payments.rules import Charge, Line
from tests.cast import LANES

MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=SHANGHAI)
MINUTE = timedelta(minutes=1)
DIVISION = "140100"
HOUSE = System("tests")
_serial = itertools.count(1)


def clerk(id: int, site: str = LANES, person: int | None = None) -> Staff:
    """Return someone who takes papers in at a site."""
    return Staff(id, frozenset({(Duty.INTAKE, site)}), site[:6], office=site, person=person)


FANG, PING, YUN = clerk(901), clerk(902), clerk(903)
PLATES = Line("plates", Words("号牌", "plates"), 10000, per=Words("副", "set"))
CARD = Line("card", Words("行驶证", "vehicle licence"), 1000)
UNSURE = Line("unsure", Words("证书", "certificate"), 1500, mark="U")


def key() -> Once:
    """Return a key that no other POST of this run has."""
    return Once(f"test-key-{next(_serial):06d}")


def number(serial: int = 1, site: str = LANES) -> str:
    """Return a case's number of that Monday."""
    return f"{site}-{MONDAY:%Y%m%d}-{serial:05d}"


def charge(
    serial: int = 1,
    *,
    lines: tuple[Line, ...] = (PLATES, CARD),
    site: str = LANES,
    party: int | None = None,
    at: datetime = MONDAY,
) -> Charge:
    """Charge a case as the higher room does."""
    subject = number(serial, site)
    return commands.charge(subject=subject, division=DIVISION, site=site, lines=lines, by=HOUSE, at=at, party=party)
