"""Fees at the desk: a clerk takes, counts and waives; a colleague undoes; the day is closed and adds up."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from onewindow.accounts.rules import Duty, Staff
from onewindow.core import clock
from onewindow.payments import queries
from onewindow.payments.rules import Status
from tests.browser import OpenPage, axe_faults, width_faults
from tests.cases.given import HOUR, go, submit
from tests.cast import LANES, Cast
from tests.desk.conftest import SetClock
from tests.desk.given import Desk
from tests.desk.test_browser import signed_in
from tests.payments.given import CARD, MINUTE, MONDAY, PLATES, UNSURE, charge, number

FEE, DAY = f"/desk/fees/{number()}", "/desk/fees/"


@pytest.fixture
def owed(cast: Cast, time: object) -> str:
    charge(lines=(PLATES, CARD, UNSURE))
    return number()


@pytest.fixture
def colleague(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Someone else at the same site: the other city's clerk, as if they stood here today."""
    from onewindow.accounts import queries as accounts

    real = accounts.staff_asker
    duties = frozenset({(Duty.INTAKE, LANES)})

    def here(staff: int, *rest: object, **more: object) -> Staff:
        if staff == cast.stranger.id:
            return Staff(staff, duties, "140100", office=LANES)
        found: Staff = real(staff, *rest, **more)  # type: ignore[arg-type]  # passed on as it came
        return found

    monkeypatch.setattr(accounts, "staff_asker", here)
    return Desk(cast.stranger)


def status() -> Status | None:
    found = queries.charge_of(number())
    assert found
    return found.status


def test_a_clerk_takes_a_fee_and_reads_the_receipt(owed: str, clerk: Desk) -> None:
    page = clerk.get(FEE)
    assert "110.00 元" in page
    assert "金额尚未确认，不收" in page
    clerk.send(f"{FEE}/take", way="cash")
    assert f"{LANES}-20261116-F00001" in clerk.get(FEE)
    assert f"{FEE}/take" not in clerk.page
    assert f"{FEE}/void" not in clerk.page  # what one took, another undoes
    page = clerk.get(DAY)
    assert f"{LANES}-20261116-F00001" in page
    assert "110.00 元" in page


def test_nothing_chosen_and_a_stale_page_are_said_in_place(owed: str, clerk: Desk) -> None:
    clerk.get(FEE)
    assert "还没有选" in clerk.send(f"{FEE}/take", 422)
    clerk.get(FEE)
    stale = clerk.page
    clerk.send(f"{FEE}/waive", ground="no_basis")
    clerk.page = stale
    assert "刚被别人办过" in clerk.send(f"{FEE}/take", 409, way="cash")


def test_counting_leaves_out_what_does_not_apply(owed: str, clerk: Desk) -> None:
    clerk.get(FEE)
    clerk.send(f"{FEE}/count", count_plates="0", count_card="2")
    assert "20.00 元" in clerk.get(FEE)
    assert "免收" in clerk.send(f"{FEE}/count", 422, count_plates="0", count_card="0")


def test_a_waiver_without_a_law_is_refused_beside_the_field(owed: str, clerk: Desk) -> None:
    clerk.get(FEE)
    assert "法规名称和条款" in clerk.send(f"{FEE}/waive", 422, ground="exempt", law="领导同意")
    assert status() is Status.DUE
    clerk.get(FEE)
    clerk.send(f"{FEE}/waive", ground="exempt", law="某条例 第九条")
    assert "某条例 第九条" in clerk.get(FEE)


def test_a_colleague_undoes_and_the_day_adds_up(owed: str, clerk: Desk, colleague: Desk) -> None:
    clerk.get(FEE)
    clerk.send(f"{FEE}/take", way="pos")
    colleague.get(FEE)
    colleague.send(f"{FEE}/void", mistake="wrong_way")
    assert status() is Status.VOID
    assert "-110.00 元" in clerk.get(DAY)
    clerk.get(FEE)
    clerk.send(f"{FEE}/take", way="cash")
    colleague.get(FEE)
    colleague.send(f"{FEE}/refund", mistake="not_owed")
    assert status() is Status.REFUNDED


def test_a_day_is_closed_and_a_colleague_opens_it(owed: str, clerk: Desk, colleague: Desk) -> None:
    clerk.get(FEE)
    clerk.send(f"{FEE}/take", way="cash")
    clerk.get(DAY)
    assert "还没有填" in clerk.send("/desk/fees/close", 422)
    clerk.get(DAY)
    clerk.send("/desk/fees/close", counted="100.5")
    page = clerk.get(DAY)
    assert "-9.50 元" in page
    assert "/desk/fees/reopen" not in page
    colleague.get(DAY)
    colleague.send("/desk/fees/reopen")
    assert "未日结" in clerk.get(DAY)


def test_a_case_leads_to_the_fee_its_result_waits_for(cast: Cast, clerk: Desk, reviewer: Desk, time: SetClock) -> None:
    owing = submit(cast.applicant)
    case = f"/desk/cases/{owing}"
    go(owing, cast, "accept", "check", "review")
    time(MONDAY + 5 * HOUR)
    assert f"/desk/fees/{owing}" not in clerk.get(case)
    go(owing, cast, "approve", start=MONDAY + 4 * HOUR)
    assert f"/desk/fees/{owing}" not in reviewer.get(case)
    assert "没有您要做的" not in clerk.get(case)
    assert f'href="/desk/fees/{owing}"' in clerk.page
    clerk.get(f"/desk/fees/{owing}")
    clerk.send(f"/desk/fees/{owing}/take", way="cash")
    assert f"/desk/fees/{owing}" not in clerk.get(case)
    assert "没有您要做的" in clerk.page


def test_others_see_no_fee(owed: str, cast: Cast, reviewer: Desk) -> None:
    reviewer.get(FEE, 404)
    reviewer.get(DAY, 404)
    stranger = Desk(cast.stranger)
    stranger.get(FEE, 404)
    stranger.get(f"{DAY}?site={LANES}", 404)
    assert "这一天没有收款" in stranger.get(DAY)


def test_english(owed: str, cast: Cast) -> None:
    clerk = Desk(cast.clerk, "en")
    assert "not yet confirmed" in clerk.get(FEE)
    clerk.send(f"{FEE}/take", way="cash")
    assert "The whole site" in clerk.get(DAY)
    assert "王芳" in clerk.page
    assert "wang.fang" not in clerk.page
    assert "1 receipts" not in clerk.page


@pytest.mark.looks
@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_pages_are_open_to_everyone(
    transactional_db: None,
    house: Cast,
    monkeypatch: pytest.MonkeyPatch,
    open_page: OpenPage,
    width: int,
    language: str,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY + MINUTE)
    charge(lines=(PLATES, CARD, UNSURE))
    page: Page = signed_in(open_page("/sign-in", width=width, language=language), house.clerk)
    for path in (FEE, DAY):
        page.goto(path)
        assert axe_faults(page) == []
        assert width_faults(page) == []
    page.goto(FEE)
    page.locator("input[value=cash]").check()
    page.locator("form[action$=take] button").click()
    for path in (FEE, DAY):
        page.goto(path)
        assert axe_faults(page) == []
        assert width_faults(page) == []
