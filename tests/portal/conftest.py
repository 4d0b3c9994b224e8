from collections.abc import Callable
from datetime import datetime

import pytest

from onewindow.core import clock
from tests.cases.given import MONDAY
from tests.cast import Cast
from tests.portal.given import Visitor

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
def nobody(cast: Cast, time: SetClock) -> Visitor:
    """Someone who has not signed in."""
    return Visitor()


@pytest.fixture
def applicant(cast: Cast, time: SetClock) -> Visitor:
    return Visitor(cast.applicant)


@pytest.fixture
def outsider(cast: Cast, time: SetClock) -> Visitor:
    return Visitor(cast.outsider)
