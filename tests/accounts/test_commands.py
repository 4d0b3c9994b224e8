"""Who is registered, who serves, who may do what: one success, each refusal, and that a refusal leaves no trace."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction

from onewindow.accounts import commands, queries, rules
from onewindow.accounts.models import DutyRow, Firm, Person, ReadLog, Staff, Token
from onewindow.accounts.rules import Duty, IdType, System
from onewindow.core import journal, keys
from onewindow.core.errors import NotFound, Refusal
from tests import cast
from tests.cast import HALL, LANES, OFFICE

pytestmark = pytest.mark.django_db

AT = datetime(2024, 9, 30, 2, 0, tzinfo=UTC)
TODAY = date(2024, 9, 30)
HOUSE = System("test")
NUMBER = rules.identity_number(rules.DEMO_AREA, date(1971, 7, 1), 77)
PHONE = "10000000977"


@pytest.fixture
def people(house):
    return house


def register(**changed):
    told = {"name": "孙示玖", "id_type": IdType.RESIDENT_ID, "id_number": NUMBER, "phone": PHONE, "by": HOUSE, "at": AT}
    return commands.register(**{**told, **changed})


def entries():
    return journal.Entry.objects.count()


def everything_stored():
    """Every value of every table, as the database gives it."""
    with connection.cursor() as cursor:
        names = [table.name for table in connection.introspection.get_table_list(cursor)]
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')
            yield from (value for row in cursor.fetchall() for value in row)


def test_the_same_identity_is_the_same_person():
    first = register()
    again = register(id_number=f" {NUMBER.lower()} ", name=" 孙示玖 ", phone="")
    assert again == first
    assert Person.objects.count() == entries() == 1
    opened = queries.identity_of(first)
    assert (opened.name, opened.id_number, opened.phone, opened.level) == ("孙示玖", NUMBER, PHONE, 2)


def test_one_number_on_two_kinds_of_paper_is_one_person():
    assert register() == register(id_type=IdType.TEMPORARY_ID)
    assert register(id_type=IdType.PASSPORT, id_number="EA1234567") != register()


def test_names_numbers_and_phones_stand_nowhere_in_the_clear(people):
    register()
    commands.register_phone(phone="10000000978", by=HOUSE, at=AT)
    secret = ["孙示玖", NUMBER, PHONE, "10000000978", "李强", "王芳", "149900198805129018", "10000000901"]
    stored = 0
    for value in everything_stored():
        text = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        stored += 1
        assert not any(word.encode() in text for word in secret)
    assert stored > 100


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": "A1"}, "accounts.name"),
        ({"id_number": NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")}, "accounts.identity.digit"),
        ({"id_number": "140105710701123"}, "accounts.identity.fifteen"),
        ({"phone": "123"}, "accounts.phone"),
    ],
)
def test_a_refused_registration_leaves_no_trace(changed, code):
    with pytest.raises(Refusal) as refused:
        register(**changed)
    assert refused.value.code == code
    assert Person.objects.count() == entries() == 0


def test_another_name_for_a_known_identity_is_refused():
    register()
    with pytest.raises(Refusal, match=r"accounts\.name_differs"):
        register(name="孙示捌")


def test_a_phone_alone_makes_a_person_of_level_one_once():
    first = commands.register_phone(phone="+86 100 0000 0978", by=rules.Public(), at=AT)
    assert commands.register_phone(phone="10000000978", by=rules.Public(), at=AT) == first
    assert queries.resident_asker(first, 2, "web").level == 1
    assert queries.phone_of(first) == "10000000978"
    assert queries.name_of(first) == ""


def test_a_phone_is_changed_by_oneself_or_at_a_counter(people):
    person = people.applicant.person
    commands.change_phone(person=person, phone="10000000979", by=people.applicant, at=AT)
    assert queries.phone_of(person) == "10000000979"
    commands.change_phone(person=person, phone="10000000980", by=people.clerk, at=AT)
    assert queries.phone_of(person) == "10000000980"
    for other in (people.outsider, people.reviewer):
        with pytest.raises(NotFound):
            commands.change_phone(person=person, phone="10000000981", by=other, at=AT)
    assert [entry.act for entry in journal.chain("person", str(person))] == [
        "person.register",
        "person.phone",
        "person.phone",
    ]


def test_a_firm_is_registered_once():
    firm = commands.register_firm(name="演示1号出租汽车有限公司", code="91350100m000100y43", by=HOUSE, at=AT)
    assert commands.register_firm(name="另一个名称", code="91350100M000100Y43", by=HOUSE, at=AT).name == firm.name
    assert queries.firm("91350100M000100Y43").name == "演示1号出租汽车有限公司"
    with pytest.raises(Refusal, match=r"accounts\.credit"):
        commands.register_firm(name="演示", code="91350100M000100Y44", by=HOUSE, at=AT)
    with pytest.raises(NotFound):
        queries.firm("91350100M000100Y44")
    assert Firm.objects.count() == 1


def test_the_cast_is_entered_once_and_holds_its_duties(people):
    before = entries()
    assert cast.enter(AT) == people
    assert entries() == before
    assert people.clerk.may(Duty.CHECK, LANES)
    assert not people.clerk.may(Duty.CHECK, HALL)
    assert people.reviewer.may(Duty.DECIDE, OFFICE)
    assert people.supervisor.may(Duty.SUPERVISE, OFFICE)
    assert people.admin.may(Duty.ADMIN, "*")
    assert queries.staff_name(people.clerk.id) == "王芳"
    assert queries.logins([people.clerk.id, people.reviewer.id]) == {
        people.clerk.id: "wang.fang",
        people.reviewer.id: "he.ping",
    }


def test_the_house_enters_staff_only_into_a_database_without_an_administrator(people):
    with pytest.raises(NotFound):
        commands.add_staff(login="new.one", name="孙示壹", division="140100", office="", by=HOUSE, at=AT)
    with pytest.raises(NotFound):
        commands.grant(staff=people.clerk.id, duty=Duty.ADMIN, scope="*", by=HOUSE, at=AT)
    with pytest.raises(NotFound):
        commands.add_staff(login="new.one", name="孙示壹", division="140100", office="", by=people.clerk, at=AT)
    assert not Staff.objects.filter(login="new.one").exists()


@pytest.mark.parametrize(
    ("login", "code"), [("wang.fang", "accounts.login_taken"), ("Wang Fang", "accounts.login"), ("", "accounts.login")]
)
def test_logins_that_are_refused(people, login, code):
    with pytest.raises(Refusal) as refused:
        commands.add_staff(login=login, name="孙示壹", division="140100", office="", by=people.admin, at=AT)
    assert refused.value.code == code


def test_nobody_grants_to_themselves(people):
    before = entries(), DutyRow.objects.count()
    with pytest.raises(Refusal, match=r"accounts\.second_person"):
        commands.grant(staff=people.admin.id, duty=Duty.DECIDE, scope=OFFICE, by=people.admin, at=AT)
    with pytest.raises(Refusal, match=r"accounts\.second_person"):
        commands.end_duty(staff=people.admin.id, duty=Duty.ADMIN, scope="*", until_on=TODAY, by=people.admin, at=AT)
    with pytest.raises(NotFound):
        commands.grant(staff=people.reviewer.id, duty=Duty.ADMIN, scope="*", by=people.clerk, at=AT)
    with pytest.raises(Refusal, match=r"accounts\.scope"):
        commands.grant(staff=people.clerk.id, duty=Duty.INTAKE, scope=OFFICE, by=people.admin, at=AT)
    with pytest.raises(Refusal, match=r"accounts\.span"):
        commands.grant(
            staff=people.clerk.id, duty=Duty.INTAKE, scope="14010501", until_on=TODAY, by=people.admin, at=AT
        )
    assert (entries(), DutyRow.objects.count()) == before


def test_duties_begin_and_end_on_their_days(people):
    span = {"staff": people.clerk.id, "duty": Duty.REVIEW, "scope": OFFICE}
    commands.grant(**span, by=people.admin, at=AT, from_on=TODAY + timedelta(1), until_on=TODAY + timedelta(3))
    commands.approve_grant(**span, by=people.publisher, at=AT)
    held = [queries.staff_asker(people.clerk.id, TODAY + timedelta(day)).has(Duty.REVIEW) for day in range(4)]
    assert held == [False, True, True, False]
    commands.end_duty(staff=people.clerk.id, duty=Duty.CHECK, scope=LANES, until_on=TODAY, by=people.admin, at=AT)
    assert not queries.staff_asker(people.clerk.id, TODAY).has(Duty.CHECK)
    again = {"staff": people.clerk.id, "duty": Duty.CHECK, "scope": LANES, "at": AT}
    commands.grant(**again, by=people.admin)
    assert not queries.staff_asker(people.clerk.id, TODAY).has(Duty.CHECK)  # proposed only
    commands.approve_grant(**again, by=people.publisher)
    assert queries.staff_asker(people.clerk.id, TODAY).has(Duty.CHECK)
    with pytest.raises(NotFound):
        commands.end_duty(staff=people.clerk.id, duty=Duty.DECIDE, scope=OFFICE, until_on=TODAY, by=people.admin, at=AT)


def test_a_duty_takes_two_administrators(people):
    new = {"staff": people.clerk.id, "duty": Duty.REVIEW, "scope": OFFICE, "at": AT}
    commands.grant(**new, by=people.admin)
    assert [(login, held.duty) for login, held in queries.waiting_grants()] == [("wang.fang", Duty.REVIEW)]
    with pytest.raises(Refusal, match=r"accounts\.second_person"):
        commands.approve_grant(**new, by=people.admin)  # who proposed it
    own = {**new, "staff": people.publisher.id}
    commands.grant(**own, by=people.admin)
    with pytest.raises(Refusal, match=r"accounts\.second_person"):
        commands.approve_grant(**own, by=people.publisher)  # who would get it
    for outsider in (people.clerk, people.reviewer):
        with pytest.raises(NotFound):
            commands.approve_grant(**own, by=outsider)
    commands.decline_grant(**own, by=people.admin)
    commands.approve_grant(**new, by=people.publisher)
    assert queries.staff_asker(people.clerk.id, TODAY).may(Duty.REVIEW, OFFICE)
    assert queries.waiting_grants() == []
    with pytest.raises(NotFound):
        commands.approve_grant(**new, by=people.publisher)


def test_who_has_left_is_nobody(people):
    token = commands.issue_token(
        label="desk",
        scopes=["cases:read"],
        expires_at=AT + timedelta(30),
        by=people.clerk,
        at=AT,
        staff=people.clerk.id,
    )
    commands.remove_staff(staff=people.clerk.id, left_on=TODAY + timedelta(1), by=people.admin, at=AT)
    assert queries.staff_asker(people.clerk.id, TODAY) == people.clerk
    assert queries.asker_of_token(token.text, AT) is not None
    with pytest.raises(NotFound):
        queries.staff_asker(people.clerk.id, TODAY + timedelta(1))
    assert queries.asker_of_token(token.text, AT + timedelta(1)) is None


def test_a_token_is_kept_as_its_digest_and_opens_what_it_names(people):
    person = people.applicant.person
    issued = commands.issue_token(
        label="my program",
        scopes=["cases:submit", "files:upload"],
        expires_at=AT + timedelta(days=1),
        by=people.applicant,
        at=AT,
        person=person,
    )
    asker = queries.asker_of_token(issued.text, AT)
    assert asker is not None
    assert (asker.key, asker.channel) == (people.applicant.key, "api")
    assert asker.allows("cases:submit")
    assert not asker.allows("cases:read")
    assert issued.text not in repr(issued)
    assert not any(issued.text in str(value) for value in everything_stored())
    assert queries.asker_of_token(issued.text, AT + timedelta(days=1)) is None
    assert queries.asker_of_token(issued.text + "x", AT) is None
    assert queries.asker_of_token("", AT) is None
    commands.revoke_token(token=issued.id, by=people.applicant, at=AT)
    commands.revoke_token(token=issued.id, by=people.applicant, at=AT)
    assert queries.asker_of_token(issued.text, AT) is None
    assert [entry.act for entry in journal.chain("token", str(issued.id))] == ["token.issue", "token.revoke"]


def test_a_token_of_staff_carries_the_duties_of_the_day(people):
    issued = commands.issue_token(
        label="desk", scopes=["cases:read"], expires_at=AT + timedelta(1), by=people.admin, at=AT, staff=people.clerk.id
    )
    asker = queries.asker_of_token(issued.text, AT)
    assert isinstance(asker, rules.Staff)
    assert asker.duties == people.clerk.duties


def test_tokens_are_had_for_oneself_or_from_an_administrator(people):
    person = people.applicant.person
    told = {"label": "x", "scopes": ["cases:read"], "expires_at": AT + timedelta(1), "at": AT}
    for by in (people.outsider, people.clerk):
        with pytest.raises(NotFound):
            commands.issue_token(**told, by=by, person=person)
    issued = commands.issue_token(**told, by=people.applicant, person=person)
    comes_with_it = queries.asker_of_token(issued.text, AT)
    with pytest.raises(NotFound):
        commands.issue_token(**told, by=comes_with_it, person=person)
    with pytest.raises(NotFound):
        commands.revoke_token(token=issued.id, by=people.outsider, at=AT)
    with pytest.raises(NotFound):
        commands.issue_token(**told, by=HOUSE, person=12345)
    with pytest.raises(Refusal, match=r"accounts\.token_scope"):
        commands.issue_token(**{**told, "scopes": ["everything"]}, by=HOUSE, person=person)
    with pytest.raises(Refusal, match=r"accounts\.span"):
        commands.issue_token(**{**told, "expires_at": AT}, by=HOUSE, person=person)
    assert Token.objects.count() == 1


def test_opening_is_written_down_first_and_shown_to_the_person(people):
    told = {"by": people.clerk, "person": people.applicant.person, "what": "id_number", "at": AT}
    assert commands.unmask(**told, why=" 核对  原件 号码 ", subject="14010002-20240930-00001") == "149900198805129018"
    [read] = queries.reads_of_for(people.applicant)
    assert (read.reader, read.what, read.why, read.subject, read.office, read.at) == (
        people.clerk.key,
        "id_number",
        "核对 原件 号码",
        "14010002-20240930-00001",
        LANES,
        AT,
    )


def test_the_log_stands_before_the_seal_is_broken(people):
    person = people.applicant.person
    Person.objects.filter(pk=person).update(name=b"damaged")
    with pytest.raises(keys.Tampered):
        commands.unmask(by=people.clerk, person=person, what="name", why="核对原件", at=AT)
    assert ReadLog.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_opened_where_the_log_could_be_rolled_back():
    people = cast.enter()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        commands.unmask(by=people.clerk, person=people.applicant.person, what="name", why="核对原件", at=AT)
    assert ReadLog.objects.count() == 0


@pytest.mark.parametrize("why", ["", "   ", "看看 ", " 看 看 ", "x" * 201])
def test_without_a_reason_nothing_is_opened(people, why):
    with pytest.raises(Refusal, match=r"accounts\.reason"):
        commands.unmask(by=people.clerk, person=people.applicant.person, what="name", why=why, at=AT)
    assert ReadLog.objects.count() == 0


@pytest.mark.parametrize("what", ["id_lookup", "level", "pk", ""])
def test_only_what_is_sealed_can_be_opened(people, what):
    with pytest.raises(NotFound):
        commands.unmask(by=people.clerk, person=people.applicant.person, what=what, why="核对原件", at=AT)


def test_who_may_open(people):
    told = {"person": people.applicant.person, "what": "phone", "why": "电话通知", "at": AT}
    assert commands.unmask(by=people.applicant, **told) == "10000000901"
    assert ReadLog.objects.count() == 0
    for by in (people.outsider, people.editor):
        with pytest.raises(NotFound):
            commands.unmask(by=by, **told)
    with pytest.raises(NotFound):
        commands.unmask(by=people.clerk, **{**told, "person": 999})
    level_one = commands.register_phone(phone=PHONE, by=HOUSE, at=AT)
    with pytest.raises(NotFound):
        commands.unmask(by=people.clerk, **{**told, "person": level_one, "what": "name"})
    assert ReadLog.objects.count() == 0
