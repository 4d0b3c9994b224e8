"""The straight way to PostgreSQL: statements survive what drops them, and the transaction stays Django's."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from onewindow.core import bulk, pipeline
from onewindow.core.models import Counter

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="it is about PostgreSQL"),
]
TAKE = "INSERT INTO core_counter (name, last) VALUES (%s, %s)"
COUNT = ("SELECT count(*) FROM core_counter WHERE name = %s", ("here",))


def test_values_come_back_as_they_went() -> None:
    asked = ("SELECT %s::text, %s::int, %s::bytea, %s::text", ("一窗", 7, b"\x00\xff", None))
    assert pipeline.run(asked, asked) == [[["一窗", 7, "\\x00ff", None]]] * 2


def test_a_fault_undoes_what_went_with_it_and_the_next_trip_goes() -> None:
    pipeline.run((TAKE, ("here", 1)))
    with pytest.raises(IntegrityError), transaction.atomic():
        pipeline.run((TAKE, ("there", 1)), (TAKE, ("here", 2)), pipeline.COMMIT)
    assert pipeline.run(COUNT, (COUNT[0], ("there",))) == [[[1]], [[0]]]


def test_a_commit_that_goes_along_ends_the_transaction_and_none_goes_in_a_savepoint() -> None:
    with transaction.atomic():
        assert pipeline.may_commit()
        with transaction.atomic():
            assert not pipeline.may_commit()
        pipeline.run((TAKE, ("here", 1)), pipeline.COMMIT)
    assert pipeline.run(COUNT) == [[[1]]]


@pytest.mark.parametrize("dropping", ["DEALLOCATE ALL", "DISCARD PLANS; DEALLOCATE ALL"])
def test_statements_that_were_dropped_are_prepared_again(dropping: str) -> None:
    pipeline.run(COUNT)
    with connection.cursor() as cursor:
        for statement in dropping.split("; "):
            cursor.execute(statement)
    with transaction.atomic():
        assert pipeline.run(COUNT) == [[[0]]]


def test_a_table_may_be_altered_in_the_midst_of_a_transaction() -> None:
    with transaction.atomic():
        pipeline.run(COUNT)
        with bulk.bare(Counter):
            assert pipeline.run(COUNT) == [[[0]]]
        assert pipeline.run(COUNT) == [[[0]]]


def test_after_a_rollback_they_are_prepared_anew() -> None:
    with transaction.atomic():
        pipeline.run(COUNT)
        transaction.set_rollback(True)
    assert pipeline.run(COUNT) == [[[0]]]
