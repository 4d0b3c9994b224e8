from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from onewindow.core import clock
from tests.browser import OpenPage
from tests.cases import given as cases
from tests.cast import Cast
from tests.journeys.given import Person, Way, picture

expect.set_options(timeout=10_000)

Meet = Callable[..., Person]


@pytest.fixture
def cast(transactional_db: None, house: Cast) -> Cast:
    """The house, entered so that the server of the test sees it too."""
    return house


@pytest.fixture
def meet(cast: Cast, open_page: OpenPage) -> Meet:
    """A function that sits a new person down at a browser, signed in if they have a name."""

    def meet_(way: Way, name: str = "", *, width: int = 0) -> Person:
        page = open_page("/sign-in", width=width or way.width, language=way.language, javascript=way.javascript)
        person = Person(page, way)
        if name:
            person.sign_in(name)
        return person

    return meet_


@pytest.fixture
def number(cast: Cast) -> str:
    """A case for CG04 that 李强 has handed in at the lanes just now."""
    return cases.submit(cast.applicant, at=clock.now())


@pytest.fixture(scope="session")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real picture."""
    return picture(tmp_path_factory.mktemp("photo") / "id.jpg")
