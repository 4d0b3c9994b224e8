"""What each asker sees of people, and with how many queries."""

from datetime import UTC, date, datetime, timedelta

import pytest

from onewindow.accounts import commands, queries
from onewindow.accounts.rules import IdType, Public
from onewindow.core.errors import NotFound
from tests import cast

pytestmark = pytest.mark.django_db

AT = datetime(2024, 9, 30, 2, 0, tzinfo=UTC)


@pytest.fixture
def people(house):
    return house


def test_askers_take_one_query_each(people, django_assert_num_queries):
    token = commands.issue_token(
        label="desk", scopes=["cases:read"], expires_at=AT + timedelta(1), by=people.clerk, at=AT, staff=people.clerk.id
    )
    with django_assert_num_queries(2):  # a person's token takes one
        queries.asker_of_token(token.text, AT)
    with django_assert_num_queries(1):
        assert queries.staff_asker(people.clerk.id, date(2024, 9, 30)) == people.clerk
    with django_assert_num_queries(1):
        assert queries.resident_asker(people.applicant.person, 2, "web") == people.applicant
    with django_assert_num_queries(1):
        assert queries.name_of(people.applicant.person) == "李强"
    with django_assert_num_queries(1):
        found = queries.identities([people.applicant.person, people.second.person, 5])
    assert {row.name for row in found.values()} == {"李强", "刘洋"}


def test_who_is_not_there_is_not_found(people):
    with pytest.raises(NotFound):
        queries.resident_asker(5, 1, "web")
    with pytest.raises(NotFound):
        queries.staff_asker(0, date(2024, 9, 30))
    with pytest.raises(NotFound):
        queries.staff_asker(people.clerk.id, date(2023, 12, 31))
    for ask in (queries.name_of, queries.phone_of, queries.identity_of, queries.staff_name):
        with pytest.raises(NotFound):
            ask(10**9)
    with pytest.raises(NotFound):
        queries.staff_id("nobody")


def test_a_person_is_found_by_identity_alone(people):
    assert queries.person_of_identity(IdType.RESIDENT_ID, "149900198805129018") == people.applicant.person
    assert queries.person_of_identity(IdType.RESIDENT_ID, "149900198805129019") is None
    assert queries.staff_id("wang.fang") == people.clerk.id


def test_an_identity_is_not_printed_by_accident(people):
    shown = repr(queries.identity_of(people.applicant.person))
    assert "李强" not in shown
    assert "1499" not in shown


def test_only_the_person_sees_their_profile_and_who_read_it(people):
    commands.unmask(by=people.clerk, person=people.applicant.person, what="phone", why="电话通知", at=AT)
    commands.unmask(by=people.reviewer, person=people.applicant.person, what="name", why="制作证书", at=AT)
    assert queries.profile_for(people.applicant).name == "李强"
    assert [read.what for read in queries.reads_of_for(people.applicant)] == ["name", "phone"]
    assert queries.reads_of_for(people.outsider) == []
    for asker in (people.clerk, Public()):
        with pytest.raises(NotFound):
            queries.profile_for(asker)
        with pytest.raises(NotFound):
            queries.reads_of_for(asker)


def test_a_supervisor_sees_what_a_clerk_opened(people, django_assert_num_queries):
    commands.unmask(by=people.clerk, person=people.applicant.person, what="phone", why="电话通知", at=AT)
    with django_assert_num_queries(1):
        assert len(queries.reads_by_for(people.supervisor, people.clerk.key)) == 1
    assert len(queries.reads_by_for(people.clerk, people.clerk.key)) == 1
    with pytest.raises(NotFound):
        queries.reads_by_for(people.reviewer, people.clerk.key)


def test_duties_are_listed_with_their_spans(people):
    assert [(held.duty.value, held.scope) for held in queries.duties_of(people.reviewer.id)] == [
        ("decide", cast.OFFICE),
        ("make", cast.OFFICE),
        ("review", cast.OFFICE),
    ]
