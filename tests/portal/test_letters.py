"""Letters on the portal: one's own to keep, the check of a code by anyone."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onewindow.accounts.rules import System
from onewindow.cases import commands
from onewindow.notices import queries
from onewindow.notices.gateways import press
from onewindow.notices.rules import Kind
from tests.cases.given import HOUR, MONDAY, go, submit
from tests.cast import Cast
from tests.portal.conftest import SetClock
from tests.portal.given import Visitor


@pytest.fixture
def number(cast: Cast, time: SetClock) -> str:
    number = submit(cast.applicant)
    go(number, cast, "accept")
    commands.issue_letter(number=number, seq=2, by=System("worker"), at=MONDAY + HOUR + timedelta(minutes=1))
    time(MONDAY + 2 * HOUR)
    return number


def test_a_letter_is_on_its_cases_page_and_leaves_as_it_was_issued(
    applicant: Visitor, outsider: Visitor, number: str
) -> None:
    page = applicant.get(f"/cases/{number}")
    for language in ("zh", "en"):
        path = f"/cases/{number}/letters/2/acceptance/{language}.pdf"
        assert path in page
        response = applicant.client.get(path)
        assert response["Content-Disposition"].startswith("attachment")
        kept = {each.language: each.sha256 for each in queries.letters_of(number)}
        assert hashlib.sha256(response.content).hexdigest() == kept[language]
        assert outsider.client.get(path).status_code == 404
    for missing in ("3/acceptance/zh", "2/refusal/zh", "2/nonsense/zh", "2/acceptance/fr"):
        assert applicant.client.get(f"/cases/{number}/letters/{missing}.pdf").status_code == 404
        assert applicant.client.get(f"/cases/{number}/letters/{missing}").status_code == 404


def test_a_letter_whose_job_has_not_run_is_issued_when_it_is_asked_for(
    applicant: Visitor, number: str, settings: Any, tmp_path: Path
) -> None:
    receipt = f"/cases/{number}/letters/1/receipt/zh.pdf"
    assert receipt in applicant.get(f"/cases/{number}")
    settings.FONTS_DIR = tmp_path  # a machine without a Chinese font
    press.cache_clear()
    applicant.client.raise_request_exception = False
    assert applicant.client.get(receipt).status_code == 503
    settings.FONTS_DIR = None
    press.cache_clear()
    first = applicant.client.get(receipt)
    assert first.content.startswith(b"%PDF")
    assert applicant.client.get(receipt).content == first.content
    assert [each.seq for each in queries.letters_of(number)] == [1, 1, 2, 2]


@pytest.mark.parametrize(("language", "said"), [("zh", "受理通知书"), ("en", "Notice of acceptance")])
def test_a_letter_is_read_and_printed_in_the_browser(
    applicant: Visitor, outsider: Visitor, number: str, language: str, said: str
) -> None:
    where = f"/cases/{number}/letters/2/acceptance/{language}"
    page = applicant.get(where)
    code = queries.code_for(number, 2, Kind.ACCEPTANCE)
    for each in (said, f"{number}-02", code, f"{where}.pdf"):
        assert each in page
    assert outsider.client.get(where).status_code == 404


def test_anyone_can_check_a_code_and_a_file(nobody: Visitor, applicant: Visitor, number: str) -> None:
    code = queries.code_for(number, 2, Kind.ACCEPTANCE)
    page = nobody.get(f"/verify?code={code.lower()}")
    assert "这里发过这份文书" in page
    assert "李强" not in page
    assert "没有这个验证码的文书" in nobody.get("/verify?code=0000-0000-0000-0000")
    pdf = applicant.client.get(f"/cases/{number}/letters/2/acceptance/zh.pdf").content
    nobody.get("/verify")
    same = SimpleUploadedFile("a.pdf", pdf, content_type="application/pdf")
    nobody.send("/verify", 200, code=code, file=same)
    assert "一字未改" in nobody.page
    other = SimpleUploadedFile("a.pdf", pdf + b" ", content_type="application/pdf")
    nobody.send("/verify", 200, code=code, file=other)
    assert "不是当时发出的那一份" in nobody.page
