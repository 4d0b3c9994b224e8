"""Letters of authority on line, and applying for another: whose data, whose drafts, and when it ends."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from onewindow.accounts import commands
from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Agent, Basis, Guardianship, IdType, Need, Proof, identity_number
from onewindow.cases import queries
from onewindow.cases.commands import Handed
from onewindow.cases.commands import submit as handed_in
from onewindow.cases.models import Case, Draft
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from onewindow.core.clock import day_of
from onewindow.jobs.demo_forms import typed
from onewindow.jobs.demo_people import rows
from tests.cases.given import MONDAY, application, key, neighbour
from tests.cast import Cast
from tests.portal.conftest import SetClock
from tests.portal.given import Visitor, begun

TODAY = day_of(MONDAY)
FIRM = rows("firms.csv")[0]["code"]
GIVEN = {
    "agent_name": "刘洋",
    "agent_id_number": "14990019791103902X",
    "scope": "listed",
    "last_day": (TODAY + timedelta(days=30)).isoformat(),
    "consent": "on",
}


@pytest.fixture
def agent(cast: Cast, time: SetClock) -> Visitor:
    return Visitor(cast.second)


def give(visitor: Visitor, **typed: object) -> str:
    """Give 刘洋 a letter by the page and return where it leads."""
    visitor.get("/my/agents/give")
    visitor.send("/my/agents/give", 200, **{**GIVEN, "q": "过户", "look": "1"})
    assert 'value="CG04"' in visitor.page
    return visitor.send("/my/agents/give", **{**GIVEN, "items": ["CG04"], **typed})


def test_a_letter_is_given_used_seen_and_ended(cast: Cast, applicant: Visitor, agent: Visitor) -> None:
    assert give(applicant) == "/my/agents"
    [letter] = accounts.letters_of_for(cast.applicant)
    assert (letter.items, letter.until_on) == (frozenset({"CG04"}), TODAY + timedelta(days=31))
    page = agent.get("/my/agents")
    assert "凭授权委托书" in page
    assert "李强" not in page
    agent.send("/acting", form="/acting", whom=f"letter-{letter.id}")
    asker = accounts.agent_asker(cast.second, Basis.LETTER, letter.id, TODAY)
    whole = application(cast.applicant, item="CG04")
    found = catalogue.item("CG04")
    answers = {**whole["answers"], "by_agent": "agent"}
    fields = typed(found, answers, neighbour(cast.applicant), Random(1), MONDAY)
    papers = [Handed(need.key, need.holder) for need in items.wanted_papers(found, answers)]
    number = handed_in(**{**whole, "by": asker, "answers": answers, "fields": fields, "papers": papers})
    assert f"/cases/{number}" in agent.get("/cases")
    page = applicant.get("/my/agents")
    assert "刘洋" not in page
    assert "有效" in page
    assert f"/cases/{number}" in page
    end = f"/my/agents/letters/{letter.id}/end"
    kept = applicant.form(end)
    assert applicant.send(end) == "/my/agents"
    assert applicant.post(end, kept).status_code == 303  # the same click again
    assert "已终止" in applicant.get("/my/agents")
    assert accounts.acting_for(cast.second.person, TODAY) == ()
    agent.get(f"/cases/{number}", 404)


def test_faults_of_a_letter_stand_beside_their_fields(applicant: Visitor) -> None:
    applicant.get("/my/agents/give")
    applicant.send("/my/agents/give", 422)
    for words in ("还没有填", "还没有选", "出具前请确认这一条"):
        assert words in applicant.page
    far = (TODAY + timedelta(days=800)).isoformat()
    applicant.send("/my/agents/give", 422, **{**GIVEN, "last_day": far, "agent_id_number": "14990019791103902x1"})
    for words in ("最长两年", "还没有选事项", "位数或写法不对"):
        assert words in applicant.page
    applicant.send("/my/agents/give", 422, **{**GIVEN, "scope": "all", "agent_name": "刘海"})
    assert "没有找到这样一位实名的人" in applicant.page
    assert "刘海" in applicant.page


def test_an_agent_lays_the_letter_down_and_gives_none(cast: Cast, applicant: Visitor, agent: Visitor) -> None:
    give(applicant, scope="all")
    [letter] = accounts.letters_of_for(cast.applicant)
    agent.get("/my/agents")
    agent.send("/acting", form="/acting", whom=f"letter-{letter.id}")
    assert "还没有出具过委托书" in agent.get("/my/agents")  # one's own, never the principal's
    assert agent.send(f"/my/agents/letters/{letter.id}/end") == "/my/agents"
    assert accounts.acting_for(cast.second.person, TODAY) == ()
    outsider = Visitor(cast.outsider)
    end = applicant.get("/my/agents") and {"once": "another-1234", "version": "2"}
    assert outsider.post(f"/my/agents/letters/{letter.id}/end", dict(end)).status_code == 404


def test_a_legal_representative_names_who_handles_the_business(cast: Cast, applicant: Visitor, agent: Visitor) -> None:
    firm = commands.register_firm(code=FIRM, name="演示单位", by=cast.clerk, at=MONDAY)
    commands.note_legal_rep(
        firm=FIRM, person=cast.applicant.person, proof=Proof.BUSINESS_LICENCE, by=cast.clerk, at=MONDAY, key=key()
    )
    assert firm
    [mandate] = accounts.acting_for(cast.applicant.person, TODAY)
    applicant.get("/my/agents")
    applicant.send("/acting", form="/acting", whom=mandate.key)
    assert "演示单位" in applicant.get("/my/agents")
    named = {name: text for name, text in GIVEN.items() if name.startswith("agent")}
    assert applicant.send("/my/agents/operators", **named) == "/my/agents"
    [office] = [each for each in accounts.acting_for(cast.second.person, TODAY) if each.basis is Basis.OPERATOR]
    applicant.get("/my/agents")
    assert applicant.send(f"/my/agents/operators/{office.ground}/end") == "/my/agents"
    assert accounts.acting_for(cast.second.person, TODAY) == ()
    agent.post("/my/agents/operators", named)
    assert accounts.acting_for(cast.second.person, TODAY) == ()


# Applying for another


@pytest.fixture
def guarding(cast: Cast) -> Agent:
    """李强 for his child, who has no phone."""
    ward = commands.register(
        name="李小乐",
        id_type=IdType.RESIDENT_ID,
        id_number=identity_number("149900", date(2015, 6, 1), 12),
        by=cast.clerk,
        at=MONDAY,
    )
    ground = commands.note_guardian(
        guardian=cast.applicant.person,
        ward=ward,
        relation=Guardianship.PARENT,
        need=Need.MINOR,
        proof=Proof.HOUSEHOLD_BOOKLET,
        by=cast.clerk,
        at=MONDAY,
        key=key(),
    )
    return accounts.agent_asker(cast.applicant, Basis.GUARDIAN, ground, TODAY)


def test_the_form_begins_with_the_wards_data_and_the_guardians_phone(guarding: Agent, cast: Cast) -> None:
    who = accounts.applicant_for(guarding)
    assert (who.person, who.name, who.phone) == (guarding.principal, "李小乐", "10000000901")
    visitor = Visitor(guarding)  # type: ignore[arg-type]  # a session word is made of it as well
    visitor.get("/items/HZ07/ask?age=11&first_kind=resident&apply_at=hukou_place&guardian_shown=yes&urgent=no")
    form = visitor.send(
        "/items/HZ07/begin?age=11&first_kind=resident&apply_at=hukou_place&guardian_shown=yes&urgent=no"
    )
    visitor.get(form)
    filled = visitor.form(form)
    assert filled["person.name"] == "李小乐"
    assert filled["person.id_number"].startswith("1499")
    assert filled["guardian.name"] == "李强"
    assert filled["guardian.id_number"] == "1499************18"


def test_a_draft_is_there_only_for_whom_it_was_begun(guarding: Agent, cast: Cast, applicant: Visitor) -> None:
    own = begun(applicant)
    ward = Visitor(guarding)  # type: ignore[arg-type]  # a session word is made of it as well
    theirs = begun(ward)
    assert own != theirs
    assert {row.ground for row in Draft.objects.all()} == {"", queries.ground_of(guarding)}
    applicant.get(f"/apply/{theirs}/form", 404)
    ward.get(f"/apply/{own}/check", 404)
    assert f"/apply/{own}/" in applicant.get("/cases")
    assert f"/apply/{own}/" not in ward.get("/cases")
    assert not Case.objects.exists()
