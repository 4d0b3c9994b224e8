"""Staff come in by an enrolment link, then by password and authenticator; the command line makes the first one."""

import pytest

from onewindow.accounts import commands
from onewindow.accounts.queries.signing import enrolment_secret
from onewindow.accounts.rules import step_of, totp
from onewindow.core import clock
from onewindow.jobs import cli
from tests.cast import Cast
from tests.portal.given import Visitor

PASSWORD = "a sentence that nobody guesses"


def test_an_invited_clerk_sets_up_signs_in_and_leaves(nobody: Visitor, cast: Cast) -> None:
    link = commands.invite_staff(staff=cast.clerk.id, by=cast.admin, at=clock.now())
    secret = enrolment_secret(link)
    page = nobody.get(f"/enrol/{link}")
    assert "wang.fang" in page
    assert "otpauth://totp/" in page
    code = totp(secret, step_of(clock.now()))
    nobody.send(f"/enrol/{link}", 422, password="short", code=code)
    assert nobody.send(f"/enrol/{link}", password=PASSWORD, code=code) == "/desk/"
    assert nobody.client.get(f"/enrol/{link}").status_code == 404
    nobody.get("/desk/work/14010002")
    nobody.send("/sign-out")
    nobody.get("/sign-in/staff?next=/desk/find")
    answer = nobody.post("/sign-in/staff", {"login": "wang.fang", "password": PASSWORD, "code": code})
    assert answer.status_code == 422  # that code is used up
    assert PASSWORD not in answer.content.decode()
    later = totp(secret, step_of(clock.now()) + 1)
    told = {"login": "wang.fang", "password": PASSWORD, "code": later, "next": "/desk/find"}
    assert nobody.send("/sign-in/staff", **told) == "/desk/find"
    at = clock.now()
    commands.remove_staff(staff=cast.clerk.id, left_on=clock.day_of(at), by=cast.admin, at=at)
    assert nobody.client.get("/desk/")["Location"].startswith("/sign-in")


@pytest.mark.django_db
def test_the_first_administrators_come_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    told = ["--name", "孙示壹", "--division", "140000"]
    for login in ("first.one", "second.one"):  # two, for a duty needs a second administrator
        assert cli.main(["staff", "add", login, *told]) == 0
        assert capsys.readouterr().out.startswith("/enrol/")
    assert cli.main(["staff", "add", "third.one", *told]) == 2
    assert cli.main(["staff", "add", "third.one", *told, "--by", "first.one"]) == 0
    assert cli.main(["staff", "invite", "second.one", "--by", "second.one"]) == 2
    assert cli.main(["staff", "leave", "third.one", "--by", "first.one"]) == 0
