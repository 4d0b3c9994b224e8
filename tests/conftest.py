"""What every test can ask for; the databases are named in tests/settings.py."""

import os

import pytest
from hypothesis import settings
from pytest_django import DjangoDbBlocker

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

    return small.cast_of()


@pytest.fixture
def _ground(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The house stands, or the database is empty, as the test wants it."""
    from tests import house as small

    with django_db_blocker.unblock():
        small.stand() if "house" in request.fixturenames else small.clear()


@pytest.fixture
def _django_db_helper(_ground: None, _django_db_helper: None) -> None:
    """What every test with a database goes through in pytest-django; here the ground is laid before it begins."""


_OF_DATABASE = ("_django_db_helper", "db", "transactional_db", "live_server")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--of-database", action="store_true", help="leave out what no database changes")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests in the house come first: it is then built once a process, and cleared once."""
    if config.getoption("--of-database"):
        without = [item for item in items if not _meets_database(item)]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if _meets_database(item)]
    items.sort(key=lambda item: "house" not in _fixtures(item))


def _meets_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("looks"):
        return False
    marked = item.get_closest_marker("database") or item.get_closest_marker("django_db")
    return bool(marked) or not _fixtures(item).isdisjoint(_OF_DATABASE)


def _fixtures(item: pytest.Item) -> frozenset[str]:
    return frozenset(getattr(item, "fixturenames", ()))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run narrowed by ARGS or by marks may find nothing on one of the two databases; that is no fault."""
    narrowed = session.config.option.keyword or session.config.option.markexpr
    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and narrowed:
        session.exitstatus = pytest.ExitCode.OK
