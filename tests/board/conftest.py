from collections.abc import Callable
from datetime import datetime

import pytest

from onewindow.cases import queries
from onewindow.core import clock
from tests.cases.given import MONDAY
from tests.cast import Cast
from tests.desk.given import Desk

SetClock = Callable[[datetime], None]


@pytest.fixture
def cast(house: Cast) -> Cast:
    queries.forget()
    return house


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """The clock on the wall; the figures of the minute before are forgotten with it."""

    def turn_to(at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)
        queries.forget()

    turn_to(MONDAY)
    return turn_to


@pytest.fixture
def board(cast: Cast) -> Desk:
    return Desk(cast.supervisor)
