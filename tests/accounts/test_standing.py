"""Who may act for whom: guardians, letters of authority, firms; each refusal, and that it leaves no trace."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from onewindow.accounts import commands, doors, queries, rules
from onewindow.accounts.models import Authority, FirmRole, Guardianship
from onewindow.accounts.rules import Agent, Basis, IdType, Need, Proof, System
from onewindow.accounts.rules import Guardianship as Relation
from onewindow.core import clock, journal
from onewindow.core.errors import NotFound, Refusal
from onewindow.core.once import Once
from tests.cast import HALL, LANES

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

AT = datetime(2024, 9, 30, 2, 0, tzinfo=UTC)
TODAY = date(2024, 9, 30)
HOUSE = System("test")
FIRM = "91350100M000100Y43"
TAXI = "演示1号出租汽车有限公司"


@doors.resident(level=2)
def who(request):
    asker = request.asker
    return HttpResponse(f"{asker.basis} {asker.principal}" if isinstance(asker, Agent) else "alone")


@doors.public
def enter(request, person, ground):
    me = queries.resident_asker(person, 2, "web")
    doors.sign_in(request, me)
    doors.act_for(request, queries.agent_asker(me, Basis.LETTER, ground, clock.day_of(clock.now())), "李*")
    return HttpResponse("")


urlpatterns = [path("who", who), path("enter/<int:person>/<int:ground>", enter)]


@pytest.fixture
def people(house):
    return house


def once(word="key"):
    return Once(f"{word}-12345678")


def child(birth=date(2014, 5, 1), serial=12):
    number = rules.identity_number(rules.DEMO_AREA, birth, serial)
    return commands.register(name="李小示", id_type=IdType.RESIDENT_ID, id_number=number, by=HOUSE, at=AT)


def note(people, ward, **changed):
    told = {
        "guardian": people.applicant.person,
        "ward": ward,
        "relation": Relation.PARENT,
        "need": Need.MINOR,
        "proof": Proof.HOUSEHOLD_BOOKLET,
        "by": people.clerk,
        "at": AT,
        "key": once(),
    }
    return commands.note_guardian(**{**told, **changed})


def give(people, **changed):
    told = {
        "agent": people.second.person,
        "items": ["CG04"],
        "from_on": TODAY,
        "until_on": date(2025, 9, 30),
        "by": people.applicant,
        "at": AT,
        "key": once(),
    }
    return commands.give_letter(**{**told, **changed})


def left():
    counts = (Guardianship.objects.count(), Authority.objects.count(), FirmRole.objects.count())
    return (*counts, journal.Entry.objects.count())


def test_a_parent_acts_for_a_child_until_the_eighteenth_birthday(people, django_assert_num_queries):
    ward = child()
    noted = note(people, ward)
    assert note(people, ward) == noted
    [mandate] = queries.acting_for(people.applicant.person, TODAY)
    assert (mandate.basis, mandate.principal, mandate.name) == (Basis.GUARDIAN, ward, "李小示")
    assert queries.wards_of(people.applicant.person, TODAY) == (mandate,)
    with django_assert_num_queries(1):
        agent = queries.agent_asker(people.applicant, Basis.GUARDIAN, noted, TODAY)
    assert (agent.principal, agent.person, agent.key) == (ward, people.applicant.person, people.applicant.key)
    assert agent.alone() == people.applicant
    assert queries.agent_asker(people.applicant, Basis.GUARDIAN, noted, date(2032, 4, 30)) == agent
    with pytest.raises(NotFound):
        queries.agent_asker(people.applicant, Basis.GUARDIAN, noted, date(2032, 5, 1))
    assert queries.acting_for(people.applicant.person, date(2032, 5, 1)) == ()
    with pytest.raises(NotFound):
        queries.agent_asker(people.second, Basis.GUARDIAN, noted, TODAY)
    assert "李小示" not in repr(mandate) + "".join(entry.facts for entry in journal.chain("guardianship", str(noted)))


def test_a_child_with_a_passport_has_the_birthday_that_the_clerk_saw(people):
    ward = commands.register(name="李小示", id_type=IdType.PASSPORT, id_number="EA1234567", by=HOUSE, at=AT)
    with pytest.raises(Refusal, match=r"accounts\.guardian"):
        note(people, ward)
    note(people, ward, ward_born_on=date(2014, 5, 1))
    assert len(queries.wards_of(people.applicant.person, TODAY)) == 1
    assert queries.wards_of(people.applicant.person, date(2032, 5, 1)) == ()
    assert b"2014-05-01" not in bytes(Guardianship.objects.get().born_on)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"relation": Relation.SPOUSE}, "relation"),
        ({"need": Need.INCAPABLE}, "ward"),
        ({"proof": Proof.BUSINESS_LICENCE}, "proof"),
    ],
)
def test_without_a_relation_nobody_guards(people, changed, fault):
    ward, before = child(), left()
    with pytest.raises(Refusal) as refused:
        note(people, ward, **changed)
    assert (refused.value.code, refused.value.facts["fault"]) == ("accounts.guardian", fault)
    assert left()[:3] == before[:3]


def test_children_guard_nobody_and_nobody_is_guarded_twice(people):
    ward, brother = child(), child(date(2010, 1, 1), 14)
    for changed, fault in [({"guardian": brother, "relation": Relation.SIBLING}, "young")]:
        with pytest.raises(Refusal) as refused:
            note(people, ward, **changed)
        assert refused.value.facts["fault"] == fault
    note(people, ward)
    with pytest.raises(Refusal) as refused:
        note(people, ward, key=once("other"))
    assert refused.value.facts["fault"] == "twice"


def test_guardians_are_noted_at_a_counter_by_others_than_the_parties(people):
    ward, before = child(), left()
    for by in (people.reviewer, people.supervisor):
        with pytest.raises(NotFound):
            note(people, ward, by=by)
    with pytest.raises(NotFound):
        note(people, people.applicant.person)
    with pytest.raises(NotFound):
        note(people, 999)
    assert left()[:3] == before[:3]


def test_a_guardianship_ends(people):
    noted = note(people, child())
    told = {"guardianship": noted, "by": people.clerk, "at": AT, "key": once("end")}
    with pytest.raises(Refusal, match="stale"):
        commands.end_guardian(**told, version=7)
    commands.end_guardian(**told, version=1)
    commands.end_guardian(**told, version=1)
    assert queries.acting_for(people.applicant.person, TODAY) == ()
    with pytest.raises(Refusal, match=r"accounts\.ended"):
        commands.end_guardian(**{**told, "key": once("again")}, version=2)


def test_a_letter_is_good_for_its_items_and_days(people):
    letter = give(people)
    assert give(people) == letter
    agent = queries.agent_asker(people.second, Basis.LETTER, letter, TODAY)
    assert (agent.principal, agent.firm, agent.until_on) == (people.applicant.person, "", date(2025, 9, 30))
    assert agent.covers("CG04")
    assert not agent.covers("CG05")
    for day in (date(2024, 9, 29), date(2025, 9, 30)):
        with pytest.raises(NotFound):
            queries.agent_asker(people.second, Basis.LETTER, letter, day)
    for other in (people.outsider, people.applicant):
        with pytest.raises(NotFound):
            queries.agent_asker(other, Basis.LETTER, letter, TODAY)
    with pytest.raises(NotFound):
        queries.agent_asker(rules.Resident(people.second.person, 1), Basis.LETTER, letter, TODAY)
    [seen] = queries.letters_of_for(people.applicant)
    assert (seen.id, seen.agent_name, seen.on_paper) == (letter, "刘洋", False)
    assert queries.letters_of_for(people.second) == []
    with pytest.raises(NotFound):
        queries.letters_of_for(agent)


def test_a_letter_for_everything(people):
    agent = queries.agent_asker(people.second, Basis.LETTER, give(people, items=[]), TODAY)
    assert agent.covers("CG04")
    assert agent.covers("HZ01")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"until_on": TODAY}, "accounts.span"),
        ({"from_on": date(2020, 1, 1), "until_on": date(2021, 1, 1)}, "accounts.span"),
        ({"items": ["过户"]}, "accounts.letter_items"),
        ({"agent": 999}, "accounts.agent"),
    ],
)
def test_letters_that_are_refused(people, changed, code):
    before = left()
    with pytest.raises(Refusal) as refused:
        give(people, **changed)
    assert refused.value.code == code
    assert left() == before


def test_who_may_give_a_letter(people):
    me = people.applicant.person
    with pytest.raises(Refusal, match=r"accounts\.agent_self"):
        give(people, agent=me)
    agent = queries.agent_asker(people.second, Basis.LETTER, give(people), TODAY)
    before = left()
    for changed in (
        {"by": agent, "agent": people.outsider.person},
        {"by": rules.Resident(me, 1)},
        {"principal": people.outsider.person},
        {"firm": FIRM},
        {"by": people.clerk},
        {"by": people.reviewer, "principal": me},
    ):
        with pytest.raises(NotFound):
            give(people, **{"key": once("more"), **changed})
    assert left() == before
    on_paper = give(people, by=people.clerk, principal=me, key=once("paper"))
    assert Authority.objects.get(pk=on_paper).on_paper


def test_the_agent_is_named_by_name_and_number(people):
    told = {
        "agent_name": "刘洋",
        "agent_id_type": IdType.RESIDENT_ID,
        "agent_id_number": "14990019791103902X",
        "items": [],
        "from_on": TODAY,
        "until_on": date(2025, 1, 1),
        "by": people.applicant,
        "at": AT,
        "key": once(),
    }
    before = left()
    for changed, code in (
        ({"agent_name": "刘阳"}, "accounts.agent"),
        ({"agent_id_number": rules.identity_number(rules.DEMO_AREA, date(1980, 1, 1), 1)}, "accounts.agent"),
        ({"agent_id_number": "149900197911039021"}, "accounts.identity.digit"),
        ({"agent_name": "1"}, "accounts.name"),
    ):
        with pytest.raises(Refusal) as refused:
            commands.give_letter_to(**{**told, **changed})
        assert refused.value.code == code
    assert left() == before
    commands.give_letter_to(**told)
    assert [each.principal for each in queries.acting_for(people.second.person, TODAY)] == [people.applicant.person]


@pytest.mark.parametrize(
    ("by", "act"), [("applicant", "authority.revoke"), ("second", "authority.resign"), ("clerk", "authority.revoke")]
)
def test_a_letter_is_ended_by_either_side_or_at_the_counter(people, by, act):
    letter = give(people)
    told = {"letter": letter, "at": AT, "key": once("end")}
    for stranger in (people.outsider, people.reviewer):
        with pytest.raises(NotFound):
            commands.revoke_letter(**told, by=stranger, version=1)
    with pytest.raises(Refusal, match="stale"):
        commands.revoke_letter(**told, by=getattr(people, by), version=2)
    commands.revoke_letter(**told, by=getattr(people, by), version=1)
    assert [entry.act for entry in journal.chain("authority", str(letter))] == ["authority.give", act]
    assert queries.acting_for(people.second.person, TODAY) == ()
    with pytest.raises(Refusal, match=r"accounts\.ended"):
        commands.revoke_letter(**{**told, "key": once("again")}, by=people.applicant, version=2)


@pytest.fixture
def firm(people):
    commands.register_firm(name=TAXI, code=FIRM, by=HOUSE, at=AT)
    role = commands.note_legal_rep(
        firm=FIRM,
        person=people.applicant.person,
        proof=Proof.BUSINESS_LICENCE,
        by=people.clerk,
        at=AT,
        key=once("rep"),
    )
    return queries.agent_asker(people.applicant, Basis.LEGAL_REP, role, TODAY)


def test_a_legal_representative_lets_others_act_for_the_firm(people, firm):
    assert (firm.firm, firm.principal, firm.basis) == (FIRM, None, Basis.LEGAL_REP)
    role = commands.grant_operator(firm=FIRM, person=people.second.person, by=firm, at=AT, key=once("op"))
    letter = give(people, by=firm, agent=people.outsider.person)
    assert [each.name for each in queries.acting_for(people.second.person, TODAY)] == [TAXI]
    operator = queries.agent_asker(people.second, Basis.OPERATOR, role, TODAY)
    assert operator.firm == queries.agent_asker(people.outsider, Basis.LETTER, letter, TODAY).firm == FIRM
    assert [each.basis for each in queries.roles_of_for(firm)] == [Basis.LEGAL_REP, Basis.OPERATOR]
    assert [each.principal_name for each in queries.letters_of_for(firm)] == [TAXI]
    for asker in (operator, people.applicant):
        with pytest.raises(NotFound):
            queries.roles_of_for(asker)
    with pytest.raises(NotFound):
        give(people, by=operator, agent=people.outsider.person, key=once("sub"))
    commands.end_firm_role(role=role, by=firm, at=AT, version=1, key=once("out"))
    assert queries.acting_for(people.second.person, TODAY) == ()


def test_a_form_knows_the_firm_and_of_its_head_no_more_than_the_licence_shows(people, firm):
    head = queries.identity_of(people.applicant.person)
    known = queries.known_for(firm)
    assert (known["firm.name"], known["firm.uscc"], known["firm.legal_rep_name"]) == (TAXI, FIRM, head.name)
    assert known["firm.legal_rep_id_number"] == head.id_number
    assert known["name"] == known["agent.name"] == head.name
    role = commands.grant_operator(firm=FIRM, person=people.second.person, by=firm, at=AT, key=once("op"))
    known = queries.known_for(queries.agent_asker(people.second, Basis.OPERATOR, role, TODAY))
    assert (known["firm.name"], known["firm.legal_rep_name"]) == (TAXI, head.name)
    assert head.id_number not in known.values()
    assert head.phone not in known.values()
    assert not any(word.startswith("firm.") for word in queries.known_for(people.applicant))


def test_a_new_legal_representative_takes_the_place_of_the_old(people, firm):
    told = {"firm": FIRM, "person": people.second.person, "by": people.clerk, "at": AT}
    with pytest.raises(Refusal, match=r"accounts\.proof"):
        commands.note_legal_rep(**told, proof=Proof.JUDGMENT, key=once("bad"))
    commands.note_legal_rep(**told, proof=Proof.BUSINESS_LICENCE, key=once("new"))
    assert queries.acting_for(people.applicant.person, TODAY) == ()
    with pytest.raises(NotFound):
        queries.agent_asker(people.applicant, Basis.LEGAL_REP, firm.ground, TODAY)
    assert FirmRole.objects.filter(ended_at__isnull=True).count() == 1


def test_helpers_are_who_takes_papers_in(people):
    assert queries.helpers_at(LANES, TODAY) == ((people.clerk.id, "王芳"),)
    assert queries.helpers_at(HALL, date(2023, 1, 1)) == ()


def test_a_session_for_another_falls_back_when_the_letter_is_revoked(people, settings):
    settings.LOGIN_URL = "/sign-in"
    at = clock.now()
    today = clock.day_of(at)
    letter = give(people, at=at, from_on=today, until_on=today + timedelta(2))
    visitor = Client()
    visitor.get(f"/enter/{people.second.person}/{letter}")
    assert visitor.get("/who").content.decode() == f"letter {people.applicant.person}"
    assert dict(visitor.session)["acting_name"] == "李*"
    commands.revoke_letter(letter=letter, by=people.applicant, at=at, version=1, key=once("end"))
    assert visitor.get("/who").content.decode() == "alone"
    assert dict(visitor.session) == {"asker": f"{people.second.key}:2:web"}


def test_a_session_for_another_ends_with_the_letter(people, settings, monkeypatch):
    settings.LOGIN_URL = "/sign-in"
    at = clock.now()
    letter = give(people, at=at, from_on=clock.day_of(at), until_on=clock.day_of(at) + timedelta(2))
    visitor = Client()
    visitor.get(f"/enter/{people.second.person}/{letter}")
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(2))
    assert visitor.get("/who").content.decode() == "alone"
