from collections.abc import Callable
from datetime import datetime

import pytest

from onewindow.core import clock
from tests.cases.given import MONDAY, submit
from tests.cast import Cast
from tests.desk.given import Desk

SetClock = Callable[[datetime], None]


@pytest.fixture
def cast(house: Cast) -> Cast:
    return house


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """The clock on the wall, which is outside the house: the tests hold on any day."""

    def turn_to(at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)

    turn_to(MONDAY)
    return turn_to


@pytest.fixture
def number(cast: Cast, time: SetClock) -> str:
    """A case for CG04 that 李强 has handed in at the lanes."""
    return submit(cast.applicant)


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return Desk(cast.clerk)


@pytest.fixture
def reviewer(cast: Cast) -> Desk:
    return Desk(cast.reviewer)
