"""Plain SQL: questions asked alone or together say the same, and the same as the queries of their rooms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from tests.cases.given import MONDAY
from tests.cast import LANES, Cast

from onewindow.accounts import commands as accounts
from onewindow.accounts import queries as people
from onewindow.accounts.rules import Resident, System
from onewindow.calendars import queries as calendars
from onewindow.catalogue import queries as catalogue
from onewindow.core import files, sql
from onewindow.core.errors import NotFound
from onewindow.core.models import StoredFile
from onewindow.places import queries as places

pytestmark = pytest.mark.django_db


def test_questions_together_say_what_they_say_alone(house: Cast) -> None:
    for place, subject in enumerate(("", "", "14010001-20240930-00001")):
        StoredFile.objects.create(
            id=f"{place:032}", owner="person:1", kind="image/png", name=b"\x00\xff", size=1, sha256=f"{place:064}",
            subject=subject, at=MONDAY,
        )  # fmt: skip
    questions = [
        catalogue.edition_asked(),
        calendars.calendar_asked(),
        places.reception_asked(LANES),
        people.name_asked(house.applicant.person),
        files.digests_asked(owner="person:1", ids=[f"{place:032}" for place in range(4)]),
    ]
    alone = [question.ask() for question in questions]
    assert sql.together(*questions) == alone
    assert alone[0] == catalogue.current_edition()
    assert alone[1] is calendars.work_calendar()
    assert alone[3] == "李强"
    assert alone[4] == {f"{place:032}": f"{place:064}" for place in range(2)}


def test_bytes_come_back_alone_and_together() -> None:
    sealed = bytes(range(256))
    StoredFile.objects.create(id="a" * 32, owner="x", kind="", name=sealed, size=1, sha256="", at=MONDAY)
    asked = sql.Question("SELECT name FROM core_storedfile WHERE owner = %s", ("x",), lambda rows: sql.data(rows[0][0]))
    nobody = sql.Question("SELECT name FROM core_storedfile WHERE owner = %s", ("y",), list)
    assert asked.ask() == sealed
    assert sql.together(asked, nobody) == [sealed, []]


def test_a_reception_is_the_site_and_its_offices(house: Cast) -> None:
    for site in places.sites():
        received = places.reception_asked(site.code).ask()
        assert (received.division, received.departments) == (site.division, site.departments)
        for department in {office.department for office in places.offices()}:
            try:
                expected = places.office_for(department, site.division).code
            except NotFound:
                expected = ""
            try:
                found = received.office_for(department)
            except NotFound:
                found = ""
            assert found == expected
    with pytest.raises(NotFound):
        places.reception_asked("99999999").ask()


def test_a_token_names_its_person_until_its_end(house: Cast) -> None:
    applicant = house.applicant
    token = accounts.issue_token(
        label="x", scopes=["cases:read"], expires_at=MONDAY + timedelta(hours=1), by=System("tests"), at=MONDAY,
        person=applicant.person,
    )  # fmt: skip
    found = people.asker_of_token(token.text, MONDAY)
    assert isinstance(found, Resident)
    assert (found.person, found.channel, found.allows("cases:read")) == (applicant.person, "api", True)
    assert people.asker_of_token(token.text, MONDAY + timedelta(hours=1)) is None
    assert people.asker_of_token(token.text, MONDAY - timedelta(seconds=1)) is None


def test_a_list_in_one_text_is_said_by_each_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql.listed('x.a')} FROM (SELECT 'a' AS a UNION ALL SELECT 'b') x")
        assert sorted(cursor.fetchone()[0].split()) == ["a", "b"]
