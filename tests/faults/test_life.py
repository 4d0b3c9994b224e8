"""Two processes at one case: one of them acts, everyone else is told so in words, and the journal holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from onewindow.accounts import commands as people
from onewindow.accounts.rules import Duty, System
from onewindow.cases import queries
from onewindow.core import clock, journal
from tests.cases.given import submit
from tests.cases.test_whole_life import act, field_of
from tests.cast import HALL, LANES, Cast
from tests.desk.given import Desk
from tests.portal.given import Visitor

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
DATABASE_KEYS = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
CLERKS, PROCESSES = 40, 2
HOUR = timedelta(hours=1)
LAW = System("worker")


def run(*roles: Sequence[str]) -> list[Any]:
    """Start a process for each role, let them act at once when all are ready, and return what each got."""
    database = json.dumps({key: connection.settings_dict[key] for key in DATABASE_KEYS})
    environment = {
        **os.environ,
        "ONEWINDOW_VAR": str(settings.VAR),
        "ONEWINDOW_ENV": "test",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.child", database, *role],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for role in roles
    ]
    try:
        for process in started:
            assert process.stdout
            assert process.stdout.readline() == "ready\n", process.stderr and process.stderr.read()
        for process in started:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        ended = [process.communicate(timeout=90) for process in started]
    finally:
        for process in started:
            process.kill()
    assert all(out for out, _ in ended), [err for _, err in ended]
    return [json.loads(out) for out, _ in ended]


def unbroken(number: str) -> list[str]:
    """Return the acts of the case, whose chain verifies and whose row is the fold of it."""
    assert not list(journal.verify())
    assert not [found for _, found in queries.replay() if found]
    return [entry.act for entry in queries.entries(number)]


def test_forty_clerks_in_two_processes_claim_one_case(house: Cast) -> None:
    at = clock.now() - HOUR
    number = submit(house.applicant, at=at)
    staff = []
    for place in range(CLERKS):
        login = f"clerk{place}"
        who = people.add_staff(login=login, name="王示范", division="140100", office=LANES, by=house.admin, at=at)
        intake = {"staff": who, "duty": Duty.INTAKE, "scope": LANES, "at": at}
        people.grant(**intake, by=house.admin)
        people.approve_grant(**intake, by=house.publisher)
        staff.append(str(who))
    share = CLERKS // PROCESSES
    parts = [staff[place * share : (place + 1) * share] for place in range(PROCESSES)]
    got = run(*(["claim", number, "1", *part] for part in parts))
    answers: dict[str, list[str]] = {clerk: told for part in got for clerk, told in part.items()}
    assert len(answers) == CLERKS
    assert all(answers.values()), "a thread ended without an answer"
    [winner] = [clerk for clerk, told in answers.items() if "done" in told]
    assert answers[winner] == ["done"]
    lost = Counter(code for clerk, told in answers.items() if clerk != winner for code in told)
    assert lost == {"case.stale": CLERKS - 1, "case.claimed": CLERKS - 1}
    assert queries.case_for(LAW, number).claimed_by == int(winner)
    assert unbroken(number) == ["case.submit", "case.claim"]


def form_of(page: Visitor | Desk, address: str, form: str, **typed: Any) -> list[str]:
    """Return the form that stands on a page, as another process is to send it."""
    page.get(address)
    given = {name: value for name, value in {**page.form(form), **typed}.items() if value is not None}
    cookies = {name: morsel.value for name, morsel in page.client.cookies.items()}
    return ["post", json.dumps(cookies), form or address, json.dumps(given)]


DECLINE = {"ground": "not_ours", "office": "140100-market", "remark": "应向市场监督管理部门申请"}


def decline_of(house: Cast, number: str) -> list[str]:
    """Return the clerk's form that declines the case, as it stands on its page now."""
    return form_of(Desk(house.clerk), f"/desk/cases/{number}", f"/desk/cases/{number}/decline", **DECLINE)


def test_an_answer_handed_in_while_the_desk_declines(house: Cast) -> None:
    """The clerk's page is from before the notice: the answer stands, and the clerk is told what happened since."""
    at = clock.now() - HOUR
    number = submit(house.applicant, item="ZA14", site=HALL, at=at)
    old = decline_of(house, number)
    fault, until = field_of(number), clock.day_of(at) + timedelta(days=15)
    act("send_back", number, house.clerk, at + HOUR / 2, faults=[fault], until_on=until, notes={fault.name: "不一致"})
    value = queries.form_of(queries.case_for(LAW, number)).fields[fault.key]
    path = f"/cases/{number}/correct"
    answer = form_of(Visitor(house.applicant), path, path, **{fault.key: value})
    (answered, _), (declined, told) = run(answer, old)
    assert (answered, declined) == (303, 409)
    assert "又有了这些" in told  # what happened while the clerk looked at the page
    assert queries.case_for(LAW, number).stage == "received"
    assert unbroken(number) == ["case.submit", "case.send_back", "case.supplement"]


def test_taken_back_while_the_desk_declines(house: Cast) -> None:
    """Either may come first, both never: who comes second is told what the first has done."""
    at = clock.now() - HOUR
    number = submit(house.applicant, item="ZA14", site=HALL, at=at)
    path = f"/cases/{number}/withdraw"
    back = form_of(Visitor(house.applicant), path, "")
    (withdrawn, page), (declined, told) = run(back, decline_of(house, number))
    assert sorted((withdrawn, declined)) == [303, 409]
    stage = queries.case_for(LAW, number).stage
    assert stage == ("withdrawn" if withdrawn == 303 else "declined")
    assert "case.stale" not in page + told  # words, not codes
    assert unbroken(number) == ["case.submit", "case.withdraw" if withdrawn == 303 else "case.decline"]
