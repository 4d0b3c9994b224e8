"""A clerk sees a document: the person is known by real name, and can see who saw it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from onewindow.accounts import commands, models, queries
from onewindow.accounts.rules import IdType, Public, Resident, Staff
from onewindow.core import journal
from onewindow.core.errors import NotFound, Refusal
from onewindow.core.once import Once
from tests.cast import Cast

pytestmark = pytest.mark.django_db

AT = datetime(2024, 9, 30, 2, 0, tzinfo=UTC)
NUMBER, NAME = "149900199001010016", "吴示源"


@pytest.fixture
def people(house: Cast) -> Cast:
    return house


def seen(by: Staff, key: str = "document-1", **changes: Any) -> int:
    told = {"name": NAME, "id_type": IdType.RESIDENT_ID, "id_number": NUMBER, "at": AT}
    return commands.verify_at_counter(by=by, key=Once(key), **{**told, **changes})


def acts(person: int) -> list[str]:
    entries = journal.Entry.objects.filter(kind="person", subject=str(person)).order_by("seq")
    assert NAME not in "".join(str(entry.facts) for entry in entries)
    return [entry.act for entry in entries]


def test_who_shows_a_document_is_known_by_real_name(people: Cast) -> None:
    person = seen(people.clerk, phone="10000000966")
    assert seen(people.clerk, phone="10000000966") == person
    identity = queries.identity_of(person)
    assert (identity.level, identity.name, identity.phone) == (2, NAME, "10000000966")
    assert acts(person) == ["person.register", "person.verify"]
    assert seen(people.clerk, key="document-2", at=AT + timedelta(days=1)) == person
    assert acts(person)[-1] == "person.verify"
    reads = queries.reads_of_for(Resident(person, 2))
    assert [(read.what, read.reader) for read in reads] == [("document", people.clerk.key)] * 2


def test_who_is_known_by_a_phone_is_raised(people: Cast) -> None:
    person = commands.register_phone(phone="10000000966", by=Public(), at=AT)
    assert seen(people.clerk, person=person) == person
    assert queries.identity_of(person).level == 2
    assert acts(person) == ["person.register", "person.verify"]
    other = commands.register_phone(phone="10000000967", by=Public(), at=AT)
    assert seen(people.clerk, key="document-2", person=other) == person
    assert queries.identity_of(other).level == 1


def test_who_may_not_see_one(people: Cast) -> None:
    for by in (people.reviewer, people.supervisor):
        with pytest.raises(NotFound):
            seen(by)
    person = seen(people.clerk)
    own = Staff(people.clerk.id, people.clerk.duties, people.clerk.division, person=person)
    with pytest.raises(Refusal, match=r"accounts\.own_document"):
        seen(own, key="document-2")
    for changes, code in (
        ({"name": "吴示远"}, "accounts.name_differs"),
        ({"id_number": "149900199001010017"}, "accounts.identity.digit"),
        ({"phone": "1"}, "accounts.phone"),
        ({"name": ""}, "accounts.name"),
    ):
        with pytest.raises(Refusal) as refused:
            seen(people.clerk, key="document-3", **changes)
        assert refused.value.code == code
    assert models.ReadLog.objects.count() == 1
