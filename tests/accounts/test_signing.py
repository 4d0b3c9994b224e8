"""Staff sign in: link, password, authenticator; refusals are alike and leave only counters."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from onewindow.accounts import commands, queries, rules
from onewindow.accounts.models import Attempt, Credential
from onewindow.accounts.queries.signing import enrolment_secret
from onewindow.accounts.rules import Guard
from onewindow.core import journal
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound, Refusal
from tests import cast

pytestmark = pytest.mark.django_db

AT = datetime(2024, 9, 30, 2, 0, tzinfo=UTC)
PASSWORD = "correct horse 电池 staple"


@pytest.fixture
def people(house):
    return house


@pytest.fixture
def secret(people):
    link = commands.invite_staff(staff=people.clerk.id, by=people.admin, at=AT - timedelta(hours=1))
    key = enrolment_secret(link)
    early = AT - timedelta(minutes=30)
    commands.enrol(link=link, password=PASSWORD, code=rules.totp(key, rules.step_of(early)), at=early)
    return key


def come(secret, at=AT, **changed):
    told = {
        "login": "wang.fang",
        "password": PASSWORD,
        "code": rules.totp(secret, rules.step_of(at)),
        "address": "192.0.2.1",
        "at": at,
    }
    return commands.sign_in_staff(**{**told, **changed})


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "94287082"), (1111111109, "07081804"), (1234567890, "89005924"), (20000000000, "65353130")],
)
def test_codes_are_those_of_the_standard(seconds, code):
    assert rules.totp(b"12345678901234567890", seconds // 30, digits=8) == code


def test_a_link_enrols_once(people):
    link = commands.invite_staff(staff=people.clerk.id, by=people.admin, at=AT)
    shown = queries.enrolment(link, AT)
    assert shown == queries.enrolment(link, AT)
    assert shown.login == "wang.fang"
    assert shown.secret.replace(" ", "") in shown.address
    assert shown.secret not in repr(shown)
    code = rules.totp(enrolment_secret(link), rules.step_of(AT))
    before = journal.Entry.objects.count()
    for changed, refusal in (
        ({"password": "short"}, "accounts.password"),
        ({"password": "wang.fang 123456"}, "accounts.password"),
        ({"code": "000000" if code != "000000" else "000001"}, "accounts.code"),
    ):
        with pytest.raises(Refusal) as refused:
            commands.enrol(**{"link": link, "password": PASSWORD, "code": code, "at": AT, **changed})
        assert refused.value.code == refusal
    with pytest.raises(NotFound):
        commands.enrol(link=link, password=PASSWORD, code=code, at=AT + timedelta(days=1))
    assert journal.Entry.objects.count() == before
    assert commands.enrol(link=link, password=PASSWORD, code=code, at=AT) == people.clerk
    for again in (
        lambda: queries.enrolment(link, AT),
        lambda: commands.enrol(link=link, password=PASSWORD, code=code, at=AT),
    ):
        with pytest.raises(NotFound):
            again()
    row = Credential.objects.get(pk=people.clerk.id)
    assert row.password.startswith("argon2$argon2id$")
    assert enrolment_secret(link) not in bytes(row.secret)


def test_links_come_from_another_administrator(people):
    with pytest.raises(Refusal, match=r"accounts\.second_person"):
        commands.invite_staff(staff=people.admin.id, by=people.admin, at=AT)
    for by in (people.clerk, rules.System("test")):
        with pytest.raises(NotFound):
            commands.invite_staff(staff=people.reviewer.id, by=by, at=AT)
    assert Credential.objects.count() == 0


def test_a_code_is_good_once_and_for_its_time(people, secret):
    assert come(secret) == people.clerk
    with pytest.raises(Refusal, match=r"accounts\.sign_in"):
        come(secret)
    early = rules.totp(secret, rules.step_of(AT) + 1)
    assert come(secret, code=early) == people.clerk
    with pytest.raises(Refusal):
        come(secret, AT + timedelta(minutes=5), code=rules.totp(secret, rules.step_of(AT) + 2))
    assert come(secret, AT + timedelta(minutes=9)) == people.clerk


def test_refusals_are_alike_and_leave_only_counters(people, secret):
    before = journal.Entry.objects.count()
    seen = set()
    for changed in ({"login": "no.body"}, {"password": "wrong"}, {"code": "12"}, {"login": "he.ping"}):
        with pytest.raises(Refusal) as refused:
            come(secret, **changed)
        seen.add((refused.value.code, *refused.value.facts))
    assert seen == {("accounts.sign_in",)}
    assert journal.Entry.objects.count() == before
    assert "wang" not in "".join(Attempt.objects.values_list("subject", flat=True))


def test_waits_grow_and_end(people, secret):
    at = AT
    for _ in range(5):
        with pytest.raises(Refusal, match=r"accounts\.sign_in"):
            come(secret, at, password="wrong")
        at += timedelta(seconds=1)
    with pytest.raises(Refusal, match=r"accounts\.wait"):
        come(secret, AT + timedelta(seconds=4))
    # From elsewhere the owner is not kept out, and at the same place only for a moment.
    assert come(secret, AT + timedelta(seconds=4), address="192.0.2.2") == people.clerk
    assert come(secret, AT + timedelta(minutes=2)) == people.clerk
    assert Guard.LOGIN.wait(10_000) == timedelta(seconds=5)
    assert Guard.PAIR.wait(10_000) == timedelta(minutes=15)
    assert Guard.PAIR.wait(4) == timedelta(0)


def test_who_has_left_comes_in_no_more(people, secret):
    commands.remove_staff(staff=people.clerk.id, left_on=day_of(AT), by=people.admin, at=AT)
    with pytest.raises(Refusal, match=r"accounts\.sign_in"):
        come(secret)


@pytest.mark.django_db(transaction=True)
def test_of_two_tries_with_one_code_one_comes_in():
    people = cast.enter()
    link = commands.invite_staff(staff=people.clerk.id, by=people.admin, at=AT)
    key = enrolment_secret(link)
    commands.enrol(link=link, password=PASSWORD, code=rules.totp(key, rules.step_of(AT)), at=AT)
    later, told = AT + timedelta(minutes=5), []

    def try_it():
        try:
            told.append(come(key, later).key)
        except Refusal as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["accounts.sign_in", people.clerk.key]
