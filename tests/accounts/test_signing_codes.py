"""Codes to phones: bound to the browser that asked, few, short-lived, each good once; a gateway may be late."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from onewindow.accounts import commands, models, queries, rules
from onewindow.accounts.queries.signing import code_of
from onewindow.accounts.rules import Public
from onewindow.core import jobs
from onewindow.core.errors import Refusal
from onewindow.jobs import listeners
from tests import cast

pytestmark = pytest.mark.django_db

AT = datetime(2024, 9, 30, 2, 0, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
PHONE, OTHER = "10000000911", "10000000912"
MINE, STRANGE = "browser-one-" + "a" * 20, "browser-two-" + "b" * 20


class Phones:
    """A gateway that keeps what it was given."""

    def __init__(self):
        self.sent = []

    def send(self, phone, text, *, reference):
        self.sent.append((phone, text, reference))


def ask(at=AT, phone=PHONE, handle=MINE, address="192.0.2.1"):
    commands.ask_code(phone=phone, handle=handle, address=address, at=at)


def newest(handle=MINE):
    """The digits that went out last to this browser's phone."""
    return code_of(models.PhoneCode.objects.order_by("-asked_at").first().pk)


def wrong(code):
    return "000000" if code != "000000" else "000001"


def refused(call, code):
    with pytest.raises(Refusal) as caught:
        call()
    assert caught.value.code == code
    return caught.value


def come(code, at=AT + SECOND, handle=MINE):
    return commands.sign_in_by_code(handle=handle, code=code, at=at)


def test_a_code_lets_in_once_and_knows_the_person_again():
    ask(phone="+86 100 0000 0911")
    who = come(newest())
    assert (who.level, who.channel) == (1, "web")
    refused(lambda: come(newest()), "accounts.code_over")
    ask(AT + 2 * MINUTE)
    assert come(newest(), AT + 2 * MINUTE) == who
    assert queries.phone_of(who.person) == PHONE


def test_the_row_tells_neither_phone_nor_code():
    ask()
    row = models.PhoneCode.objects.get()
    kept = "".join(str(value) for value in (row.phone_lookup, row.address_lookup, row.browser)).encode() + row.phone
    for told in (PHONE, newest(), MINE, "192.0.2.1"):
        assert told.encode() not in kept
    [job] = jobs.Job.objects.filter(kind="accounts.code")
    assert job.payload == f'{{"code":{row.pk}}}'


def test_who_is_known_by_a_phone_from_elsewhere_is_not_entered():
    people = cast.enter()
    known = queries.phone_of(people.applicant.person)
    ask(phone=known)
    who = come(newest())
    assert who.person != people.applicant.person
    assert who.level == 1


def test_a_code_is_sent_once_and_only_while_it_is_good(monkeypatch):
    phones = Phones()
    monkeypatch.setattr(listeners, "sender", lambda: phones)
    ask()
    pk = models.PhoneCode.objects.get().pk
    for _ in range(2):
        listeners.code({"code": pk}, AT + SECOND)
    [(phone, text, reference)] = phones.sent
    assert (phone, reference) == (PHONE, f"code-{pk}")
    assert newest() in text
    ask(AT + 2 * MINUTE)
    late = models.PhoneCode.objects.order_by("-asked_at").first().pk
    listeners.code({"code": late}, AT + 8 * MINUTE)
    assert len(phones.sent) == 1
    # Twice by a fault between sending and noting: the same reference, so that the gateway can drop it.
    models.PhoneCode.objects.filter(pk=late).update(sent_at=None)
    for _ in range(2):
        models.PhoneCode.objects.filter(pk=late).update(sent_at=None)
        listeners.code({"code": late}, AT + 3 * MINUTE)
    assert phones.sent[1] == phones.sent[2]


def test_a_late_code_is_good_to_its_own_end_and_dies_by_a_newer():
    ask()
    first = newest()
    assert queries.code_sent(MINE, AT).is_good
    refused(lambda: come(first, AT + 5 * MINUTE), "accounts.code_over")
    ask(AT + 10 * MINUTE)
    second = newest()
    ask(AT + 12 * MINUTE)
    third = newest()
    if second != third:
        refused(lambda: come(second, AT + 12 * MINUTE), "accounts.code_wrong")
    assert come(third, AT + 17 * MINUTE - SECOND).level == 1


def test_five_tries_a_code_and_no_one_elses():
    ask()
    code = newest()
    for left in (4, 3, 2, 1):
        said = refused(lambda: come(wrong(code)), "accounts.code_wrong")
        assert said.facts["fields"]["code"].facts["left"] == left
    for _ in range(9):
        refused(lambda: come(code, handle=STRANGE), "accounts.code_over")
    assert come(code).level == 1
    ask(AT + 2 * MINUTE)
    code = newest()
    for _ in range(4):
        refused(lambda: come(wrong(code), AT + 2 * MINUTE), "accounts.code_wrong")
    refused(lambda: come(wrong(code), AT + 2 * MINUTE), "accounts.code_over")
    refused(lambda: come(code, AT + 2 * MINUTE), "accounts.code_over")
    assert not queries.code_sent(MINE, AT + 2 * MINUTE).is_good


def test_asking_twice_at_once_is_asking_once():
    ask()
    ask(AT + SECOND)
    assert models.PhoneCode.objects.count() == 1
    said = refused(lambda: ask(AT + SECOND, handle=STRANGE), "accounts.code_soon")
    assert said.facts["fields"]["phone"].facts["seconds"] == 59
    commands.ask_code_again(handle=MINE, address="192.0.2.1", at=AT + 61 * SECOND)
    assert models.PhoneCode.objects.count() == 2
    refused(lambda: commands.ask_code_again(handle=STRANGE, address="", at=AT), "accounts.code_over")


def test_a_stranger_who_asks_for_my_phone_leaves_my_code_alone():
    ask()
    mine = newest()
    ask(AT + 61 * SECOND, handle=STRANGE)
    assert come(mine, AT + 62 * SECOND).level == 1


def test_at_most_five_an_hour_to_a_phone_and_twenty_from_an_address():
    for count in range(rules.CODES_BY_PHONE):
        ask(AT + count * 2 * MINUTE, address=f"192.0.2.{count}")
    said = refused(lambda: ask(AT + 10 * MINUTE, address="192.0.2.9"), "accounts.code_limit")
    assert said.facts["fields"]["phone"].facts["minutes"] == 50
    ask(AT + 61 * MINUTE, address="192.0.2.9")
    for count in range(rules.CODES_BY_ADDRESS):
        ask(AT, phone=f"100000080{count:02d}", handle=f"{count:030d}", address="203.0.113.1")
    refused(lambda: ask(AT, phone="10000000999", handle="z" * 30, address="203.0.113.1"), "accounts.code_limit")
    ask(AT, phone="10000000999", handle="z" * 30, address="203.0.113.2")


@pytest.mark.parametrize("phone", ["", "12345", "0351-1234567", "1380013800x", "13800138000 13800138001"])
def test_only_phones_that_take_texts(phone):
    refused(lambda: ask(phone=phone), "accounts.mobile")
    assert jobs.Job.objects.count() == 0


def test_old_codes_are_forgotten():
    ask()
    commands.forget_codes(at=AT + timedelta(hours=23))
    assert models.PhoneCode.objects.count() == 1
    commands.forget_codes(at=AT + timedelta(hours=25))
    assert (models.PhoneCode.objects.count(), models.Attempt.objects.count()) == (0, 0)


def test_whose_phone_is_changed_is_found_by_it_no_more():
    ask()
    who = come(newest())
    commands.change_phone(person=who.person, phone=OTHER, by=who, at=AT)
    others = [commands.register_phone(phone=phone, by=Public(), at=AT) for phone in (OTHER, PHONE)]
    assert who.person not in others


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_with_one_code_one_comes_in():
    ask()
    code, told = newest(), []

    def try_it():
        try:
            told.append(come(code).key)
        except Refusal as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    person = models.Person.objects.get()
    assert sorted(told) == ["accounts.code_over", f"person:{person.pk}"]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_for_one_phone_one_has_a_code():
    told = []

    def ask_it(number):
        try:
            told.append(ask(handle=f"{number:030d}", address=f"192.0.2.{number}"))
        except Refusal as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask_it, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, told)) == ["None", *["accounts.code_soon"] * 5]
    assert models.PhoneCode.objects.count() == 1
