import threading

import pytest
from django.db import connection, transaction

from onewindow.core import numbers
from onewindow.core.errors import Refusal


@pytest.mark.django_db
def test_each_name_counts_alone_from_one(django_assert_num_queries):
    with django_assert_num_queries(3):
        assert [numbers.take("a"), numbers.take("a"), numbers.take("b")] == [1, 2, 1]


def refused():
    with transaction.atomic():
        numbers.take("a")
        raise Refusal("case.move")


@pytest.mark.django_db
def test_a_refusal_wastes_no_number():
    with pytest.raises(Refusal):
        refused()
    assert numbers.take("a") == 1


@pytest.mark.django_db(transaction=True)
def test_no_number_is_given_twice_at_the_same_time():
    taken = []

    def take():
        for _ in range(25):
            with transaction.atomic():
                taken.append(numbers.take("a"))
        connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(taken) == list(range(1, 101))
