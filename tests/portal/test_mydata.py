"""My own data: who read them page by page, what goes to the phone, a copy to take along, and their deletion."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from onewindow.accounts import commands as accounts
from onewindow.accounts import queries as people
from onewindow.accounts.rules import System
from onewindow.cases import queries as cases
from onewindow.core import journal
from onewindow.notices import commands as notices
from onewindow.notices import queries as told
from onewindow.notices.models import Message
from onewindow.notices.rules import TOLD
from onewindow.notices.rules.preferences import KINDS
from tests.cases.given import HOUR, MONDAY, go, submit
from tests.cast import HALL, Cast
from tests.portal.conftest import SetClock
from tests.portal.given import Visitor, begun, picture


@pytest.fixture
def number(cast: Cast, time: SetClock) -> str:
    return submit(cast.applicant)


class Phone:
    """A sender that keeps what it sends."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, phone: str, text: str, *, reference: str) -> None:
        self.sent.append(text)


class TestReads:
    def test_each_is_named_by_office_and_duty_and_paged(self, cast: Cast, applicant: Visitor, number: str) -> None:
        for place in range(23):
            accounts.unmask(
                by=cast.clerk, person=cast.applicant.person, what="phone", why=f"通知本人第 {place} 次",
                at=MONDAY + timedelta(minutes=place), subject=number,
            )  # fmt: skip
        page = applicant.get("/reads")
        assert "通知本人第 22 次" in page
        assert "通知本人第 0 次" not in page
        assert "岗位：" in page
        assert "收件受理" in page
        assert "王芳" not in page
        after = next(part.split('"')[0] for part in page.split("/reads?after=")[1:])
        assert "通知本人第 0 次" in applicant.get(f"/reads?after={after}")

    def test_the_queries_do_not_grow(self, cast: Cast, applicant: Visitor, number: str) -> None:
        def asked() -> int:
            applicant.get("/reads")
            with CaptureQueriesContext(connection) as found:
                applicant.get("/reads")
            return len(found)

        for reader in (cast.clerk, cast.reviewer):
            accounts.unmask(by=reader, person=cast.applicant.person, what="name", why="核对申请人姓名", at=MONDAY)
        assert asked() == 6


class TestPreferences:
    def test_every_act_that_is_told_has_one_kind(self) -> None:
        acts = [act for kind in KINDS.values() for act in kind.acts]
        assert sorted(acts) == sorted(TOLD)

    def test_what_was_put_off_stays_in_the_inbox_alone(self, cast: Cast, applicant: Visitor, number: str) -> None:
        applicant.get("/my/messages")
        assert "todo" in applicant.page
        assert applicant.send("/my/messages", kinds=["todo", "result"]) == "/my/messages?saved"
        assert "存好了" in applicant.get("/my/messages?saved")
        assert told.phone_kinds_for(cast.applicant) == {"todo", "result"}
        phone = Phone()
        for seq, act in enumerate(("case.review", "case.approve"), 1):
            notices.tell(person=cast.applicant.person, subject=number, seq=seq, act=act, at=MONDAY)
            message = Message.objects.get(subject=number, seq=seq)
            notices.send(message=message.pk, phone="13900000000", sender=phone, at=MONDAY)
        assert [text for text in phone.sent if "准予" in text] == phone.sent
        assert "正在审查" in applicant.get("/inbox")


class TestCopy:
    def test_it_holds_everything_and_is_logged(self, cast: Cast, applicant: Visitor, number: str) -> None:
        go(number, cast, "accept")
        begun(applicant)
        notices.tell(person=cast.applicant.person, subject=number, seq=1, act="case.submit", at=MONDAY)
        applicant.get("/my/")
        response = applicant.post("/my/data", {**applicant.form("/my/data"), "way": "file"})
        assert response["Content-Disposition"].startswith("attachment")
        assert response["Cache-Control"] == "no-store"
        data = json.loads(response.content)
        own = people.profile_for(cast.applicant)
        assert data["profile"]["id_number"] == own.id_number
        [case] = data["cases"]
        assert case["form"] == cases.form_of(cases.case_for(System("test"), number)).fields
        assert [entry["act"] for entry in case["history"]] == ["申请", "受理"]
        assert len(data["drafts"]) == 1
        assert "您的申请收到了" in data["messages"][0]["text"]
        page = applicant.get("/reads")
        assert "您本人" in page
        assert "导出自己的数据" in page

    def test_it_can_be_printed(self, cast: Cast, number: str) -> None:
        for language, word in (("zh-CN", "我的信息副本"), ("en", "A copy of my data")):
            visitor = Visitor(cast.applicant, language=language)
            visitor.get("/my/")
            response = visitor.post("/my/data", {**visitor.form("/my/data"), "way": "print"})
            page = response.content.decode()
            assert response.status_code == 200
            assert word in page
            assert number in page
            assert not re.search(r"<dd>(resident_id|random|window)</dd>|\d{4}-\d\d-\d\dT", page)

    @pytest.mark.parametrize(
        ("language", "words"), [("zh-CN", "我的信息副本 谁看过"), ("en", "A copy of my data|Who read them")]
    )
    def test_it_comes_as_a_pdf(self, cast: Cast, number: str, language: str, words: str) -> None:
        visitor = Visitor(cast.applicant, language=language)
        begun(visitor)
        visitor.get("/my/")
        response = visitor.post("/my/data", {**visitor.form("/my/data"), "way": "pdf"})
        assert response["Content-Disposition"].endswith('.pdf"')
        assert response["Cache-Control"] == "no-store"
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
        plain = re.sub(r"\s+", "", text)
        for word in (
            number,
            people.profile_for(cast.applicant).id_number,
            *words.split(" " if language == "zh-CN" else "|"),
        ):
            assert re.sub(r"\s+", "", word) in plain

    def test_its_queries_do_not_grow_with_the_cases(self, cast: Cast, applicant: Visitor, number: str) -> None:
        def asked() -> int:
            applicant.get("/my/")
            form = {**applicant.form("/my/data"), "way": "file"}
            with CaptureQueriesContext(connection) as found:
                applicant.post("/my/data", form)
            return len(found)

        asked()
        first = asked()
        submit(cast.applicant, item="ZA14", site=HALL)
        assert asked() == first

    def test_nobody_else_gets_it(self, cast: Cast, outsider: Visitor, nobody: Visitor, number: str) -> None:
        outsider.get("/my/")
        data = json.loads(outsider.post("/my/data", {**outsider.form("/my/data"), "way": "file"}).content)
        assert data["cases"] == []
        assert nobody.client.post("/my/data").status_code == 302


class TestDeletion:
    def test_what_may_go_goes_at_once_and_the_rest_is_named(
        self, cast: Cast, applicant: Visitor, number: str, time: SetClock
    ) -> None:
        draft = begun(applicant)
        applicant.get(f"/apply/{draft}/papers")
        form = applicant.form(f"/apply/{draft}/papers")
        paper = next(
            name.removeprefix("bring ") for name in applicant.page.split('name="') if name.startswith("bring ")
        )
        applicant.post(f"/apply/{draft}/papers", {**form, paper.split('"')[0]: picture()})
        notices.tell(person=cast.applicant.person, subject=number, seq=1, act="case.submit", at=MONDAY)
        time(MONDAY + HOUR)
        page = applicant.get("/my/erase")
        assert number in page
        assert "个人信息保护法第47条" in page
        sent = {**applicant.form("/my/erase"), "phone": "on", "sure": "on"}
        first, second = applicant.post("/my/erase", dict(sent)), applicant.post("/my/erase", dict(sent))
        assert first["Location"] == second["Location"] == "/my/erase/1"
        assert cases.drafts_for(cast.applicant) == []
        assert told.inbox_for(cast.applicant) == ((), "")
        assert people.phone_of(cast.applicant.person) == ""
        page = applicant.get("/my/erase/1")
        assert number in page
        assert "已删" in page
        assert applicant.get(f"/cases/{number}")  # what law keeps is there
        assert list(journal.verify()) == []
        assert applicant.client.get("/my/erase/2").status_code == 404

    def test_it_asks_once(self, cast: Cast, applicant: Visitor, outsider: Visitor) -> None:
        draft = begun(applicant)
        applicant.get("/my/erase")
        applicant.send("/my/erase", 422)
        assert "删之前请确认这一条" in applicant.page
        assert applicant.get(f"/apply/{draft}/form")

    def test_a_message_that_was_deleted_is_not_sent(self, cast: Cast, applicant: Visitor, number: str) -> None:
        notices.tell(person=cast.applicant.person, subject=number, seq=1, act="case.submit", at=MONDAY)
        message = Message.objects.get(subject=number).pk
        notices.forget(by=cast.applicant)
        phone = Phone()
        assert notices.addressee(message=message) is None
        notices.send(message=message, phone="13900000000", sender=phone, at=MONDAY)
        assert phone.sent == []
