"""Residents come in by a code to their phone: asked for, typed, asked for again; the same pages whoever they are."""

from datetime import timedelta

import pytest
from django.conf import settings

from onewindow.accounts import models
from onewindow.accounts.queries.signing import code_of
from onewindow.core import installation
from onewindow.core import jobs as queue
from onewindow.jobs import listeners
from tests.cases.given import MONDAY
from tests.portal.conftest import SetClock
from tests.portal.given import Visitor

PHONE = "10000000911"
SECOND = timedelta(seconds=1)


@pytest.fixture
def someone(nobody: Visitor, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    monkeypatch.setattr(installation, "is_demo", lambda: False)
    monkeypatch.setattr(settings, "SMS_URL", "https://sms.invalid/")
    return nobody


def newest() -> str:
    row = models.PhoneCode.objects.order_by("-asked_at").first()
    assert row is not None
    return code_of(row.pk)


def test_someone_comes_in_and_goes_on_where_they_were(someone: Visitor) -> None:
    someone.get("/sign-in?next=/inbox")
    where = someone.send("/sign-in/phone", phone=PHONE)
    assert where == "/sign-in/code?next=%2Finbox"
    page = someone.get(where)
    assert "100****0911" in page
    assert PHONE not in page
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    someone.at = where
    code = newest()
    assert someone.send("/sign-in/code", 303, code=f" {code[:3]} {code[3:]}") == "/inbox"
    assert "100****0911" in someone.get("/cases")
    assert someone.client.get("/sign-in/code")["Location"] == "/sign-in"
    assert someone.client.get("/acting")["Location"].startswith("/sign-in?for=resident&level=2")


def test_faults_stand_beside_the_fields(someone: Visitor) -> None:
    someone.get("/sign-in")
    someone.send("/sign-in/phone", 422, phone="123")
    assert "这个手机号收不到短信" in someone.page
    someone.send("/sign-in/phone", phone=PHONE)
    someone.get("/sign-in/code")
    someone.send("/sign-in/code", 422, code="12")
    assert "要 6 位数字" in someone.page
    someone.send("/sign-in/code", 422, code="000000" if newest() != "000000" else "000001")
    assert "还可以试 4 次" in someone.page
    someone.send("/sign-in/code/again", 422)
    assert "请等 60 秒再要" in someone.page
    assert someone.client.session.get("asker") is None


def test_another_code_takes_the_place_of_the_first(someone: Visitor, time: SetClock) -> None:
    someone.get("/sign-in")
    someone.send("/sign-in/phone", phone=PHONE)
    someone.get("/sign-in/code")
    time(MONDAY + 61 * SECOND)
    assert someone.send("/sign-in/code/again") == "/sign-in/code"
    someone.get("/sign-in/code")
    assert someone.send("/sign-in/code", code=newest()) == "/cases"


def test_a_code_that_is_over_is_said(someone: Visitor, time: SetClock) -> None:
    someone.get("/sign-in")
    someone.send("/sign-in/phone", phone=PHONE)
    someone.get("/sign-in/code")
    time(MONDAY + 301 * SECOND)
    someone.send("/sign-in/code", 422, code=newest())
    assert "不能用了" in someone.page
    assert "不能用了" in someone.get("/sign-in/code")
    time(MONDAY + 3700 * SECOND)
    assert someone.client.get("/sign-in/code")["Location"] == "/sign-in"


def test_a_code_is_good_in_no_other_browser(someone: Visitor) -> None:
    someone.get("/sign-in")
    someone.send("/sign-in/phone", phone=PHONE)
    other = Visitor()
    other.get("/sign-in")
    assert other.client.get("/sign-in/code")["Location"] == "/sign-in"
    assert other.post("/sign-in/code", {"code": newest()}).status_code == 422
    assert other.client.session.get("asker") is None


def test_known_and_unknown_phones_get_the_same_answer(someone: Visitor) -> None:
    told = []
    for phone in (PHONE, "10000000001"):
        visitor = Visitor()
        visitor.get("/sign-in")
        visitor.send("/sign-in/phone", phone=phone)
        told.append(visitor.get("/sign-in/code").replace(phone[-4:], "").split("<main")[1])
    assert told[0].split("csrf")[0] == told[1].split("csrf")[0]


def test_the_demo_prints_the_code(
    nobody: Visitor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(installation, "is_demo", lambda: True)
    monkeypatch.setattr(settings, "ENV", "demo")
    nobody.get("/sign-in")
    nobody.send("/sign-in/phone", phone=PHONE)
    assert "终端" in nobody.get("/sign-in/code")
    while queue.work_once(worker="test", lease_seconds=60):
        pass
    out = capsys.readouterr().out
    assert newest() in out
    assert PHONE not in out
    assert listeners.sender() is not None


def test_without_a_gateway_nobody_is_offered_a_code(nobody: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "is_demo", lambda: False)
    page = nobody.get("/sign-in")
    assert "还没有接上手机验证码和实名登录" in page
    assert "/sign-in/phone" not in page
    assert nobody.client.post("/sign-in/phone", {"phone": PHONE}).status_code == 404


def test_a_code_is_not_offered_where_it_is_not_enough(someone: Visitor) -> None:
    page = someone.get("/sign-in?for=resident&level=2&next=/acting")
    assert "手机验证码不够" in page
    assert "/sign-in/phone" not in page
