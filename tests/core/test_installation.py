import pytest

from onewindow.core import installation
from onewindow.core.clock import now
from onewindow.core.errors import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unknown():
    installation.forget()
    yield
    installation.forget()


def test_a_database_that_nobody_founded_is_no_demo():
    assert not installation.is_founded()
    assert not installation.is_demo()


@pytest.mark.parametrize("demo", [True, False])
def test_what_a_database_is_never_changes(demo):
    installation.found(demo=demo, at=now())
    installation.found(demo=demo, at=now())
    assert installation.is_founded()
    assert installation.is_demo() == demo
    with pytest.raises(Refusal, match=r"installation\.fixed"):
        installation.found(demo=not demo, at=now())
    assert installation.is_demo() == demo


def test_the_database_is_asked_once(django_assert_num_queries):
    installation.found(demo=True, at=now())
    assert installation.is_demo()
    with django_assert_num_queries(0):
        assert installation.is_demo()
