"""Choosing for whom one acts: shown on every page, back to oneself at will, never for a stranger."""

from datetime import timedelta

from onewindow.accounts import commands
from onewindow.core import clock
from onewindow.core.once import Once
from tests.cast import Cast
from tests.portal.given import Visitor


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
