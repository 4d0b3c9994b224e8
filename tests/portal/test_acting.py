"""Choosing for whom one acts: shown on every page, back to oneself at will, never for a stranger."""

from datetime import timedelta
from urllib.parse import urlencode

from onewindow.accounts import commands
from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Basis, Proof
from onewindow.cases import queries
from onewindow.core import clock
from onewindow.core.once import Once
from tests.cases.given import application
from tests.cast import Cast
from tests.portal.given import Forms, Visitor
from tests.portal.test_agents import FIRM


def test_an_agent_chooses_the_principal_and_goes_back(cast: Cast) -> None:
    at = clock.now()
    day = clock.day_of(at)
    letter = commands.give_letter(
        agent=cast.second.person,
        items=[],
        from_on=day,
        until_on=day + timedelta(9),
        by=cast.applicant,
        at=at,
        key=Once("letter-1234"),
    )
    agent, stranger = Visitor(cast.second), Visitor(cast.outsider)
    page = agent.get("/acting")
    assert "李*" in page
    assert "李强" not in page
    assert agent.send("/acting", whom=f"letter-{letter}") == "/cases"
    assert "正在代李*办理" in agent.get("/items/CG04")
    assert agent.client.session["asker"].endswith(f":letter:{letter}")
    commands.revoke_letter(letter=letter, by=cast.applicant, at=at, version=1, key=Once("letter-5678"))
    assert "正在代" not in agent.get("/acting")
    stranger.get("/acting")
    stranger.send("/acting", 404, whom=f"letter-{letter}")
    stranger.get("/acting")
    assert stranger.send("/acting", whom="") == "/cases"


def form_of(agent: Visitor, cast: Cast) -> str:
    """Begin an application of a firm's and return the address of its form."""
    page = agent.get(f"/items/ZA14/ask?{urlencode(application(cast.applicant, item='ZA14')['answers'])}")
    return agent.send(next(path for path in Forms(page).found if "/begin" in path))


def test_who_acts_for_a_firm_finds_its_data_in_the_form(cast: Cast) -> None:
    told = {"by": cast.clerk, "at": clock.now()}
    commands.register_firm(code=FIRM, name="演示单位", **told)
    whom = {"firm": FIRM, "person": cast.applicant.person, "proof": Proof.BUSINESS_LICENCE}
    role = commands.note_legal_rep(**whom, **told, key=Once("firm-12345"))
    agent = Visitor(cast.applicant)
    agent.get("/acting")
    agent.send("/acting", whom=f"legal_rep-{role}")
    path = form_of(agent, cast)
    page = agent.get(path)
    assert "来自单位信息。不改就用它" in page
    form = agent.form(path)
    assert (form["firm.name"], form["firm.uscc"], form["firm.legal_rep_name"]) == ("演示单位", FIRM, "李强")
    agent.send(path, later="1")
    asker = accounts.agent_asker(cast.applicant, Basis.LEGAL_REP, role, clock.day_of(clock.now()))
    draft = queries.draft_for(asker, path.split("/")[2])
    assert queries.form_of(draft).fields["firm.uscc"] == FIRM
    assert "来自单位信息" in agent.get(path.replace("/form", "/check"))
    agent.get("/acting")
    agent.send("/acting", whom="")
    own = form_of(agent, cast)
    agent.get(own)
    assert agent.form(own)["firm.name"] == ""
