"""What every test can ask for; the databases are named in tests/settings.py."""

import os

import pytest
from hypothesis import settings

from tests.cast import Cast

pytest_plugins = ["tests.browser"]

# The same examples on every day and machine; `--hypothesis-profile=search` looks for new ones.
settings.register_profile("house", deadline=None, derandomize=True, database=None)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("house")

# The browser's driver keeps an event loop in the test's thread; the tests' own queries there are no async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture
def house(db: None) -> Cast:
    """Calendars, places of two cities, the catalogue and the cast; the cast is what the test gets."""
    from tests import house as small

    return small.enter()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run narrowed by ARGS or by marks may find nothing on one of the two databases; that is no fault."""
    narrowed = session.config.option.keyword or session.config.option.markexpr
    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and narrowed:
        session.exitstatus = pytest.ExitCode.OK
