"""A correction notice answered on the portal: exactly what it names, nothing typed or uploaded is lost, once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from onewindow.accounts.rules import System
from onewindow.cases import queries
from onewindow.cases.rules import Fault, Stage
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from tests.cases.given import HOUR, MONDAY, submit
from tests.cases.test_whole_life import act, state_of
from tests.cast import HALL, Cast
from tests.portal.conftest import SetClock
from tests.portal.given import Visitor, file, picture

LAW = System("worker")
DAY = timedelta(days=1)
UNTIL = date(2026, 12, 1)
VIN = Fault("field", "vehicle.vin")
SEAL = Fault("other", "seal")


@pytest.fixture
def number(cast: Cast, time: SetClock) -> str:
    """A transfer with a wrong VIN, and a paper that cannot be read."""
    number = submit(cast.applicant)
    faults = [VIN, paper_of(number)]
    notes = {VIN.name: "与行驶证上的不一致", faults[1].name: "照片看不清"}
    act("send_back", number, cast.clerk, MONDAY + HOUR, faults=faults, until_on=UNTIL, notes=notes, remark="请一次补齐")
    time(MONDAY + 2 * HOUR)
    return number


def paper_of(number: str) -> Fault:
    """Return a paper of the case that may be uploaded."""
    case = queries.case_for(LAW, number)
    item, answers = catalogue.item(case.item, case.edition), queries.form_of(case).answers
    need = next(need for need in items.wanted_papers(item, answers) if need.state is not items.State.BRING)
    return Fault("paper", need.key, need.holder)


def row_of(number: str, fault: Fault) -> queries.Paper:
    """Return the paper as the case holds it."""
    rows = queries.papers_of(queries.case_for(LAW, number))
    return next(row for row in rows if (row.key, row.holder) == (fault.key, fault.holder))


def test_the_case_page_shows_all_that_is_to_be_mended(cast: Cast, applicant: Visitor, number: str) -> None:
    page = applicant.get(f"/cases/{number}")
    assert "与行驶证上的不一致" in page
    assert "照片看不清" in page
    assert "请一次补齐" in page
    assert "12月1日（周二）" in page
    assert "这次申请就终止" in page
    assert f"/cases/{number}/correct" in page
    assert "{&quot;notes" not in page
    english = Visitor(cast.applicant, language="en").get(f"/cases/{number}")
    assert "this application ends" in english


def test_the_form_has_exactly_what_was_named(applicant: Visitor, number: str) -> None:
    path = f"/cases/{number}/correct"
    applicant.get(path)
    fault = paper_of(number)
    form = applicant.form(path)
    assert form["vehicle.vin"]
    names = {"csrfmiddlewaretoken", "whose", "version", "once", "vehicle.vin", f"kept {fault.name}", "remark"}
    assert form.keys() <= names


def test_it_is_mended_once_and_receipted(applicant: Visitor, number: str) -> None:
    path, fault = f"/cases/{number}/correct", paper_of(number)
    applicant.get(path)
    sent = {**applicant.form(path), "vehicle.vin": "LSVAA4187E2123456", f"bring {fault.name}": "on", "remark": "已核对"}
    first, second = applicant.post(path, dict(sent)), applicant.post(path, dict(sent))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"] == f"/cases/{number}/answered"
    case = queries.case_for(LAW, number)
    assert (case.stage, queries.form_of(case).fields["vehicle.vin"]) == ("received", "LSVAA4187E2123456")
    page = applicant.get(f"/cases/{number}/answered")
    assert "11月23日（周一）" in page  # five working days from the answer
    assert "原件到窗口带来" in page
    assert "已核对" in page
    assert "补正材料交回" in applicant.get(f"/cases/{number}")


def test_a_named_field_that_need_not_be_filled_in_may_be_emptied(
    cast: Cast, applicant: Visitor, time: SetClock
) -> None:
    number = submit(cast.applicant, item="ZA14", site=HALL)
    case = queries.case_for(LAW, number)
    form = queries.form_of(case)
    fields = items.fields(catalogue.item(case.item, case.edition), form.answers)
    field = next(each for each in fields if not each.required and each.key in form.fields)
    named: dict[str, Any] = {"faults": [Fault("field", field.key)], "until_on": UNTIL, "notes": {}}
    act("send_back", number, cast.clerk, MONDAY + HOUR, **named)
    time(MONDAY + 2 * HOUR)
    path = f"/cases/{number}/correct"
    applicant.get(path)
    assert applicant.form(path)[field.key] == form.fields[field.key]
    assert applicant.send(path, **{field.key: ""}) == f"/cases/{number}/answered"
    assert field.key not in queries.form_of(queries.case_for(LAW, number)).fields
    page = applicant.get(f"/cases/{number}/answered")
    assert field.name.zh in page
    assert "空着" in page


def test_what_was_typed_and_uploaded_is_kept_on_a_refusal(applicant: Visitor, number: str) -> None:
    path, fault = f"/cases/{number}/correct", paper_of(number)
    applicant.get(path)
    applicant.send(path, 422, **{"vehicle.vin": "LSVAA4187", fault.name: picture("card.jpg"), "remark": "看一下"})
    assert "card.jpg" in applicant.page
    form = applicant.form(path)
    assert (form["vehicle.vin"], form["remark"]) == ("LSVAA4187", "看一下")
    kept = form[f"kept {fault.name}"]
    assert len(kept) == 32
    assert applicant.send(path, **{"vehicle.vin": "LSVAA4187E2123456"}) == f"/cases/{number}/answered"
    row = row_of(number, fault)
    assert (row.state, row.file) == ("file", kept)
    assert "已上传" in applicant.get(f"/cases/{number}/answered")


def test_a_file_that_is_none_is_said_beside_its_field(applicant: Visitor, number: str) -> None:
    path, fault = f"/cases/{number}/correct", paper_of(number)
    applicant.get(path)
    applicant.send(path, 422, **{"vehicle.vin": "LSVAA4187E2123456", fault.name: file("a.jpg", b"no picture")})
    assert f"#id_{fault.name}" in applicant.page
    applicant.get(path)
    applicant.send(path, 422, **{"vehicle.vin": "LSVAA4187E2123456"})
    assert "上传，或选「到窗口带来」" in applicant.page


def test_a_case_that_changed_meanwhile_is_shown_and_nothing_is_lost(
    cast: Cast, applicant: Visitor, number: str
) -> None:
    path, fault = f"/cases/{number}/correct", paper_of(number)
    applicant.get(path)
    sent = {**applicant.form(path), "version": "1", "vehicle.vin": "LSVAA4187E2123456", f"bring {fault.name}": "on"}
    response = applicant.post(path, sent)
    assert response.status_code == 409
    page = response.content.decode()
    assert "这件办件有了变化" in page
    assert "LSVAA4187E2123456" in page


def test_only_while_it_waits_and_only_for_its_own(
    cast: Cast, applicant: Visitor, outsider: Visitor, number: str, time: SetClock
) -> None:
    path = f"/cases/{number}/correct"
    assert outsider.client.get(path).status_code == 404
    other = submit(cast.applicant)
    assert applicant.client.get(f"/cases/{other}/correct")["Location"] == f"/cases/{other}"
    assert applicant.client.get(f"/cases/{other}/answered")["Location"] == f"/cases/{other}"
    time(MONDAY + 30 * DAY)
    assert applicant.client.get(path)["Location"] == f"/cases/{number}"
    page = applicant.get(f"/cases/{number}")
    assert "逾期未补正" in page
    assert "重新申请" in page


def test_something_else_is_answered_in_words(cast: Cast, applicant: Visitor, time: SetClock) -> None:
    number = submit(cast.applicant, item="ZA14", site=HALL)
    more: dict[str, Any] = {"faults": [SEAL], "until_on": UNTIL, "notes": {SEAL.name: "请到窗口补盖章"}}
    act("send_back", number, cast.clerk, MONDAY + HOUR, **more)
    time(MONDAY + 2 * HOUR)
    path = f"/cases/{number}/correct"
    assert "请到窗口补盖章" in applicant.get(path)
    applicant.send(path, remark="已盖章")
    assert state_of(number).stage is Stage.RECEIVED
