"""Filling for measuring: the cases that it makes are as true as those they are shaped after."""

from __future__ import annotations

import pytest
from django.db import connection

from onewindow.cases import queries
from onewindow.cases.commands.fill import fill
from onewindow.cases.models import Case, Paper
from onewindow.core import bulk, journal
from onewindow.core.errors import Refusal
from tests.cases.given import go, submit
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_without_cases_there_are_no_shapes(house: Cast) -> None:
    submit(house.applicant)  # open; one that has ended is needed too
    with pytest.raises(Refusal) as caught:
        fill(cases=10)
    assert caught.value.code == "fill.shapes"


def test_filled_cases_verify_and_replay(house: Cast) -> None:
    go(submit(house.applicant), house, "accept", "check", "review", "approve", "make", "deliver", "conclude")
    go(submit(house.second), house, "accept")
    before = _indexes()
    assert fill(cases=60) == 60
    assert _indexes() == before
    assert Case.objects.count() == 62
    assert Case.objects.filter(ended_at__isnull=True).count() == 1 + 3  # one in twenty
    assert not list(journal.verify())
    assert [number for number, differences in queries.replay() if differences] == []
    submit(house.applicant)  # ids go on behind those that were given


def test_tables_get_their_indexes_back() -> None:
    before = _indexes()
    with bulk.bare(Case, Paper):
        taken = before - _indexes()
    assert _indexes() == before
    assert bool(taken) == (connection.vendor == "postgresql")


def _indexes() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        return {
            (table, name)
            for table in ("cases_case", "cases_paper", "core_entry")
            for name in connection.introspection.get_constraints(cursor, table)
        }
