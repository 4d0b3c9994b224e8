"""What the components draw (组件的数据): plain values that a view hands to a template."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from onewindow.core.words import Words

NOTHING = Words("", "")


class Link(NamedTuple):
    """A way to another page."""

    url: str
    name: Words
    current: bool = False
    key: str = ""  # a digit or letter that opens it from the keyboard, at the desk


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a timeline (经过).

    at     the fact's instant; None for what is still to come
    state  now, next (still to come) or empty (past)
    """

    name: Words
    at: datetime | None = None
    where: Words = NOTHING
    text: Words = NOTHING
    link: Link | None = None
    state: str = ""


class Value(NamedTuple):
    """One line of check-your-answers (核对): what was asked, what is held, where it comes from, where to change it."""

    label: Words
    value: Words | str
    source: Words = NOTHING
    change_url: str = ""


class Paper(NamedTuple):
    """One line of the list of papers (材料): needed or not, and always why.

    state  a key of marks.PAPERS
    """

    name: Words
    state: str
    reason: Words

    @property
    def gone(self) -> bool:
        """Say whether the person need not bring it."""
        return self.state in ("none", "held", "shared", "system")


class Bar(NamedTuple):
    """One bar of a chart, and its row in the table beside."""

    name: Words
    number: float
    said: Words  # the number with its unit


class DrawnBar(NamedTuple):
    """A bar with its place in the picture."""

    name: Words
    said: Words
    y: int
    width: int


BAR_WIDTH, BAR_HEIGHT, BAR_PITCH = 400, 18, 30


def drawn(bars: Iterable[Bar]) -> list[DrawnBar]:
    """Place horizontal bars one under another, the longest over the whole width (条形图)."""
    bars = list(bars)
    longest = max((bar.number for bar in bars), default=0) or 1
    return [
        DrawnBar(bar.name, bar.said, place * BAR_PITCH, max(1, round(BAR_WIDTH * bar.number / longest)))
        for place, bar in enumerate(bars)
    ]
