"""The calendar that is read is the one that is published, for one question to the database."""

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from onewindow.accounts.rules import Staff, System
from onewindow.calendars import commands, queries
from tests.calendars.given import CALENDAR, DATA, NOTICES, day, moment
from tests.calendars.test_commands import AT, NOTICE_2027

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded(db: None) -> None:
    commands.load(by=System("setup"), at=AT, folder=DATA)


def test_one_query_whether_known_or_not(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    queries.work_calendar()
    with django_assert_num_queries(1):
        assert queries.work_calendar() == CALENDAR
    with django_assert_num_queries(1):
        assert queries.published()[:3] == NOTICES
    with django_assert_num_queries(1):
        assert len(queries.years()) == 4
    with django_assert_num_queries(1):
        assert queries.changes_by(NOTICE_2027)


def test_it_is_never_older_than_the_transaction_that_asks() -> None:
    before = transaction.savepoint()
    commands.propose(notice=NOTICE_2027, by=Staff(1, frozenset(), "140000"), at=AT)
    commands.publish(year=2027, by=Staff(2, frozenset(), "140000"), at=AT)
    assert 2027 in queries.work_calendar().announced
    transaction.savepoint_rollback(before)
    assert 2027 not in queries.work_calendar().announced


def test_years_say_who_and_when() -> None:
    newest = queries.years()[0]
    assert (newest.year, newest.status, newest.announced, newest.published_by) == (
        2027,
        "published",
        False,
        "system:setup",
    )
    assert newest.published_at == moment("2026-11-24")
    assert "未发布" in newest.title
    assert newest.rest_days == 13


def test_changes_are_shown_before_they_are_made() -> None:
    found = {each.day: (each.before, each.after) for each in queries.changes_by(NOTICE_2027)}
    assert found[day("2026-12-27")] == (False, True)
    assert found[day("2027-02-09")] == (True, False)
