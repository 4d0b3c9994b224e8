"""One's own pages in a real browser: corrections, special courses, deadlines, data; open to everyone."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from onewindow.accounts import commands as accounts
from onewindow.accounts.rules import System
from onewindow.cases import commands, queries
from onewindow.cases.rules import Fault
from onewindow.core import clock
from onewindow.notices import commands as notices
from onewindow.notices import queries as told
from onewindow.notices.rules import Kind
from tests.browser import OpenPage, axe_faults, width_faults
from tests.cases.given import HOUR, MONDAY, submit
from tests.cases.test_whole_life import act, field_of, under_review
from tests.cast import HALL, Cast
from tests.portal.test_browser import signed_in
from tests.portal.test_correcting import paper_of

pytestmark = pytest.mark.browser
DAY = timedelta(days=1)


@pytest.fixture
def cast(transactional_db: None, house: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 3 * DAY)
    return house


def sent_back(cast: Cast) -> str:
    """Return a transfer with a notice that names a field, a paper and something else."""
    number = submit(cast.applicant)
    faults = [Fault("field", "vehicle.vin"), paper_of(number), Fault("other", "seal")]
    notes = dict(zip([fault.name for fault in faults], ("与行驶证不一致", "照片看不清", "请补盖章"), strict=True))
    act("send_back", number, cast.clerk, MONDAY + HOUR, faults=faults, until_on=date(2026, 12, 1), notes=notes)
    return number


def hotels(cast: Cast) -> dict[str, str]:
    """Return licences in every special course, by its name."""
    found = {name: submit(cast.applicant, item="ZA14", site=HALL) for name in (
        "paused", "extended", "hearing", "declined", "revoked", "reopened", "lapsed",
    )}  # fmt: skip
    for name in ("paused", "extended", "hearing", "revoked", "reopened"):
        under_review(found[name], cast)
    at = MONDAY + 2 * DAY
    pause = {"reason": "appraisal", "expected_on": date(2026, 11, 30), "remark": "委托鉴定机构鉴定"}
    act("pause", found["paused"], cast.examiner, at, **pause)
    act("extend", found["extended"], cast.head, at, limit_number=10, remark="需要进一步核实")
    act("offer_hearing", found["hearing"], cast.examiner, at, remark="涉及周边住户")
    declined = {"ground": "not_ours", "office": "140100-market", "remark": "应向市场监督管理部门申请"}
    act("decline", found["declined"], cast.clerk, MONDAY + HOUR, **declined)
    for name in ("revoked", "reopened"):
        act("approve", found[name], cast.head, MONDAY + 3 * HOUR)
    act("revoke", found["revoked"], cast.head, at, ground="unqualified", remark="房屋不符合条件")
    act("reopen", found["reopened"], cast.head, at, ground="review", remark="某复决字〔2026〕1号")
    fault = field_of(found["lapsed"])
    act("send_back", found["lapsed"], cast.clerk, MONDAY + HOUR, faults=[fault], until_on=date(2026, 11, 17))
    return found


def pages_of(cast: Cast) -> dict[str, str]:
    """Return the address of each page by a short name."""
    number = sent_back(cast)
    special = hotels(cast)
    commands.issue_letter(number=special["paused"], seq=2, by=System("worker"), at=MONDAY + 2 * HOUR)
    code = told.code_for(special["paused"], 2, Kind.ACCEPTANCE)
    accounts.unmask(
        by=cast.clerk, person=cast.applicant.person, what="phone", why="通知本人补正", at=MONDAY, subject=number
    )
    notices.tell(person=cast.applicant.person, subject=number, seq=2, act="case.send_back", at=MONDAY)
    answered = sent_back(cast)
    case = queries.case_for(cast.applicant, answered)
    fault = paper_of(answered)
    given = {"fields": {"vehicle.vin": "LSVAA4187E2123456"}, "papers": [commands.Handed(fault.key, fault.holder)]}
    act("supplement", answered, cast.applicant, MONDAY + 2 * HOUR, remark="已核对", **given)
    assert case.stage == "correction"
    return {
        "correction": f"/cases/{number}",
        "correct": f"/cases/{number}/correct",
        "answered": f"/cases/{answered}/answered",
        **{name: f"/cases/{each}" for name, each in special.items()},
        "deadlines": "/my/deadlines",
        "mine": "/my/",
        "reads": "/reads",
        "preferences": "/my/messages",
        "erase": "/my/erase",
        "verify": f"/verify?code={code}",
        "inbox": "/inbox",
    }


@pytest.mark.looks
@pytest.mark.parametrize(("width", "language", "elder"), [(1440, "zh-CN", ""), (390, "en", ""), (390, "zh-CN", "1")])
def test_own_pages_are_open_to_everyone(cast: Cast, open_page: OpenPage, width: int, language: str, elder: str) -> None:
    page = signed_in(open_page("/sign-in", width=width, language=language), cast.applicant)
    if elder:
        page.context.add_cookies([{"name": "elder", "value": elder, "url": page.url}])
    for name, path in pages_of(cast).items():
        response = page.goto(path)
        assert response is not None
        assert (name, response.status) == (name, 200)
        assert (name, axe_faults(page), width_faults(page)) == (name, [], [])


def test_a_correction_is_answered_without_script(cast: Cast, open_page: OpenPage) -> None:
    number = sent_back(cast)
    page = signed_in(open_page("/sign-in", width=390, javascript=False), cast.applicant)
    page.goto(f"/cases/{number}/correct")
    page.get_by_role("button", name="提交补正").click()
    expect(page.get_by_role("heading", name="还有")).to_be_visible()
    page.get_by_label("到窗口带来").check()
    page.locator("[name='vehicle.vin']").fill("LSVAA4187E2123456")
    page.get_by_role("button", name="提交补正").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("补正已交")
