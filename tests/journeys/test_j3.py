"""A hotel's licence through what may happen to it: told once, paused, lengthened, refused, taken up again (旅程 J3).

A legal representative acts for a firm at the portal; clerk, officers, reviewer and head act at the desk, all in the
browser. Five weeks pass: the served site reads the test's clock, so every act stands on its own day. The worker's jobs,
which issue the letters, are done between the acts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pypdf
import pytest
from playwright.sync_api import Locator, expect

from onewindow.accounts import commands as accounts
from onewindow.accounts.rules import Proof, credit_digit
from onewindow.calendars import queries as calendars
from onewindow.calendars import rules as clocks
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules as items
from onewindow.core import clock
from onewindow.core.clock import SHANGHAI
from onewindow.core.errors import Refusal
from onewindow.core.words import Words
from onewindow.look.dates import date_words, short_date_words
from onewindow.notices.rules import HEADINGS, Kind
from onewindow.places import queries as places
from tests.cases.given import key
from tests.cases.test_whole_life import act
from tests.cast import HALL, JOINED_AT, ORDER, Cast
from tests.journeys.conftest import Meet
from tests.journeys.given import SITE, Person, Way, do_jobs
from tests.journeys.test_j1 import FOR_STAFF, SIGNED, act_of, unfold

pytestmark = pytest.mark.browser

WAYS = [Way("zh-CN", 1440, javascript=True), Way("en", 390, javascript=False)]
ANSWERS = {
    "request": "open",
    "lodging": "yes",
    "lodging_kind": "hotel",
    "premises": "owned",
    "shared_building": "yes",
    "agent": "no",
}
FIRM, CODE = "晋示例宾馆有限公司", "91149900MA0K0000X"
FLOORS = Words("楼层、面积", "Floors and area")
TYPED = (
    (Words("旅馆名称（与营业执照一致）", "Name as on the business licence"), FIRM),
    (Words("法定代表人或负责人", "Head"), "李强"),
    (Words("经营地址", "Address of the premises"), "太原市迎泽区某街 1 号"),
    (FLOORS, "三层"),
    (Words("客房数、床位数", "Rooms and beds"), "40"),
    (Words("治安保卫组织或人员", "Security body or staff"), "保安两名"),
    (Words("视频监控位置和保存", "CCTV places and storage"), "出入口和走廊，保存 90 天"),
    (Words("身份证读取和旅客信息系统", "ID reader and guest system"), "前台一台"),
    (Words("财物保管箱、柜或保管室", "Lockers, safes or a store room for valuables"), "前台保管柜"),
)
PLAN = Words("内部结构示意图（出入口、通道、客房、监控）", "Inside plan: exits, ways, rooms, cameras")
FLOORS_WRONG, PLAN_WRONG = "没有写面积，要写每层多少平方米", "看不清安全出口，请重画"
FLOORS_MENDED = "三层，每层 400 平方米"
APPRAISAL = "委托房屋安全鉴定机构鉴定主体结构"
LENGTHENED = "鉴定意见要逐条核对"
FACTS = "三楼走廊宽 1.0 米，安全出口上锁"
JUDGMENT = "某复决字〔2026〕1号，责令重新办理"


def day(month: int, on: int, hour: int = 10) -> datetime:
    """Return an hour of a day of 2026 in Taiyuan."""
    return datetime(2026, month, on, hour, tzinfo=SHANGHAI)


HANDED_IN, TOLD, ANSWERED, ACCEPTED = day(11, 16), day(11, 16, 14), day(11, 18), day(11, 20)
CHECKED, PAUSED, MIDWAY, RESUMED = day(11, 23, 16), day(11, 24), day(12, 1), day(12, 3)
REVIEWED, EXTENDED, REFUSED, SERVED = day(12, 4), day(12, 7), day(12, 9), day(12, 10)
REOPENED, APPROVED = day(12, 21), day(12, 23)
EXPECTED_ON = date(2026, 12, 4)


@dataclass
class Today:
    """The instant that everyone reads off the clock on the wall."""

    at: datetime = HANDED_IN

    def is_(self, at: datetime) -> None:
        self.at = at


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Today:
    today = Today()
    monkeypatch.setattr(clock, "now", lambda: today.at)
    return today


@pytest.fixture
def firm(today: Today, cast: Cast) -> str:
    """A firm whose legal representative 李强 is, noted from its business licence at the counter."""
    found = accounts.register_firm(name=FIRM, code=CODE + credit_digit(CODE), by=cast.clerk, at=JOINED_AT)
    person = cast.applicant.person
    told = {"firm": found.code, "person": person, "by": cast.clerk, "at": JOINED_AT, "key": key()}
    accounts.note_legal_rep(proof=Proof.BUSINESS_LICENCE, **told)
    return found.code


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_licence_through_its_whole_life(
    meet: Meet, cast: Cast, firm: str, photo: Path, today: Today, way: Way
) -> None:
    owner, staff = meet(way), Way(way.language, FOR_STAFF, way.javascript)
    number = apply(owner, firm, photo)

    today.is_(TOLD)
    tell(clerk := meet(staff, "王芳"), number)
    today.is_(ANSWERED)
    answer(owner, number, photo)
    today.is_(ACCEPTED)
    act_of(at_case(clerk, number), number, "受理，开始计时", "Accept and start the clock")
    sees_the_clock(owner, number, today.at)

    today.is_(CHECKED)
    check_the_site(meet(staff, "郑凯"), number)
    today.is_(PAUSED)
    pause(examiner := meet(staff, "吴涛"), number, cast)
    do_jobs()
    sees_the_pause(owner, number)
    today.is_(MIDWAY)
    sees_the_clock(owner, number, today.at, pauses=(appraisal(None),))

    today.is_(RESUMED)
    resume(examiner, number)
    today.is_(REVIEWED)
    review(examiner, number)
    today.is_(EXTENDED)
    extend(head := meet(staff, "周敏"), number)
    do_jobs()
    sees_the_extension(owner, number)

    today.is_(REFUSED)
    refuse(examiner, number)
    today.is_(SERVED)
    serve(clerk, number, "李强")
    do_jobs()
    sees_the_refusal(owner, number)

    today.is_(REOPENED)
    reopen(head, number)
    sees_it_taken_up_again(owner, number)
    today.is_(APPROVED)
    approve(examiner, number)
    serve(clerk, number, "李强")
    do_jobs()
    sees_the_licence(owner, number)


# The firm


def apply(owner: Person, firm: str, photo: Path) -> str:
    """Sign in, act for the firm, fill in, upload every paper and hand in; return the number."""
    owner.sign_in("李强")
    owner.page.goto("/acting")
    owner.button(f"代{FIRM}办", f"Act for {FIRM}").click()
    expect(owner.page.get_by_text(owner.t(f"正在代{FIRM}办理", f"Acting for {FIRM}"))).to_be_visible()
    owner.page.goto(f"/items/ZA14/ask?{urlencode(ANSWERS)}")
    owner.sees("现场核查", "site")
    owner.button("开始填表", "Start the form").click()
    for field, text in (*TYPED, (Words("统一社会信用代码", "Unified social credit code"), firm)):
        owner.field(field).fill(text)
    owner.field(SITE).select_option(HALL)
    owner.button("存好，下一步交材料", "Save and go on to the papers").click()
    owner.heading("交材料", "The papers")
    for need in items.wanted_papers(licence(), ANSWERS):
        owner.upload(need.name).set_input_files(photo)
    owner.button("存好，下一步核对", "Save and check everything").click()
    owner.heading("核对一遍，再提交", "Check once more, then hand in")
    owner.page.get_by_role("checkbox").check()
    owner.submit().click()
    number = owner.receipt()
    assert number.startswith(f"{HALL}-{clock.day_of(HANDED_IN):%Y%m%d}-")
    return number


def answer(owner: Person, number: str, photo: Path) -> None:
    """Read the notice and answer it field by field, paper by paper."""
    owner.page.goto(f"/cases/{number}")
    notice = owner.part("补正告知", "The notice")
    for said in (owner.say(FLOORS), FLOORS_WRONG, owner.say(PLAN), PLAN_WRONG):
        expect(notice.get_by_text(said).first).to_be_visible()
    owner.link("去补正", "Mend it now").click()
    owner.heading("补正这件申请", "Mend this application")
    expect(owner.field(FLOORS)).to_have_value("三层")
    for field, _ in TYPED:
        assert owner.field(field).count() == (field is FLOORS)
    owner.button("提交补正", "Hand in").click()  # nothing was uploaded: both stay on the page
    expect(owner.page.get_by_role("alert")).to_be_visible()
    owner.field(FLOORS).fill(FLOORS_MENDED)
    owner.upload(PLAN).set_input_files(photo)
    owner.button("提交补正", "Hand in").click()
    owner.heading("补正已交", "Handed in")
    owner.sees(FLOORS_MENDED, FLOORS_MENDED, inside=owner.part("补正收件凭证", "Receipt of what was mended"))


def sees_the_pause(owner: Person, number: str) -> None:
    """The page and the letter say why the time stands still, since when, and until about when."""
    owner.page.goto(f"/cases/{number}")
    halt = owner.part("特别程序", "Special procedure")
    since, expected = (date_words(each) for each in (PAUSED.date(), EXPECTED_ON))
    owner.sees(f"鉴定，从 {since.zh} 起时间暂停", f"appraisal since {since.en}: the time stands still", inside=halt)
    for zh, en in [(APPRAISAL, APPRAISAL), ("预计结束", "Expected to end"), expected]:
        owner.sees(zh, en, inside=halt)
    text = letter(owner, Kind.SPECIAL_PROCEDURE)
    for said in (number, "鉴定", APPRAISAL, "第四十五条", "2026年12月4日"):
        assert said in text, text
    prints(owner)


def sees_the_extension(owner: Person, number: str) -> None:
    sees_the_clock(owner, number, EXTENDED, pauses=(appraisal(RESUMED),), extended_on=EXTENDED.date())
    part = owner.part("延期", "Extension")
    for zh, en in [("延长 10 个工作日", "10 working days"), ("本行政机关负责人", "head of the office")]:
        owner.sees(zh, en, inside=part)
    owner.sees(LENGTHENED, LENGTHENED, inside=part)
    happened = owner.part("经过", "What happened").get_by_role("listitem").filter(has_text=LENGTHENED)
    expect(happened).to_contain_text(owner.say(places.office(ORDER).name))
    text = letter(owner, Kind.EXTENSION)
    until = ends_on(clocks.Kind.STATUTORY, EXTENDED, (appraisal(RESUMED),), EXTENDED.date())
    for said in (number, LENGTHENED, "第四十二条", f"延长到{until.year}年{until.month}月{until.day}日"):
        assert said in text, text


def sees_the_refusal(owner: Person, number: str) -> None:
    """Reasons and remedies stand on the page, with their last days, and in the letter."""
    owner.page.goto(f"/cases/{number}")
    result = owner.part("结果", "Result")
    ground = ("房屋、出入口、通道不符合规定", "Building, exits or ways not in order")
    for zh, en in [("决定不予办理", "refused the application"), ground, (FACTS, FACTS)]:
        owner.sees(zh, en, inside=result)
    days = owner.part("时间怎么算的", "How the time is counted").get_by_role("list").get_by_role("listitem")
    counted = [text for text in days.all_inner_texts() if re.search(owner.t(r"第 \d+ 天", r"\bday \d+"), text)]
    assert owner.say(short_date_words(REFUSED.date())) in counted[-1]  # no day counts after the decision
    rights = owner.part("不同意怎么办", "If you disagree")
    for zh, en in [
        ("行政复议", "Administrative review"),
        ("60 日内", "Within 60 days"),
        ("行政诉讼", "Lawsuit"),
        ("6 个月内", "Within 6 months"),
    ]:
        owner.sees(zh, en, inside=rights)
    for on in remedies_end_on(SERVED):
        owner.sees(f"{on.month}月{on.day}日", date_words(on).en, inside=rights)
    text = letter(owner, Kind.REFUSAL)
    facts = FACTS.replace(" ", "")
    for said in (number, facts, "房屋、出入口、通道不符合规定", "行政复议", "行政诉讼"):
        assert said in text, text
    assert re.search("60日|六十日", text), text
    assert re.search("6个月|六个月", text), text
    prints(owner)


def sees_it_taken_up_again(owner: Person, number: str) -> None:
    """The time counts anew: what was paused and lengthened before belongs to the old course."""
    sees_the_clock(owner, number, REOPENED, since=REOPENED)
    again = owner.part("重新办理", "Taken up again")
    owner.sees("行政复议之后", "After administrative review", inside=again)
    owner.sees(JUDGMENT, JUDGMENT, inside=again)
    assert owner.part("不同意怎么办", "If you disagree").count() == 0


def sees_the_licence(owner: Person, number: str) -> None:
    owner.page.goto(f"/cases/{number}")
    result = owner.part("结果", "Result")
    for zh, en in [("决定准予", "approved the application"), ("特种行业许可证（旅馆业）", "Special-trade licence")]:
        owner.sees(zh, en, inside=result)
    history = owner.part("经过", "What happened")
    for zh, en in [
        ("一次性补正告知", "Correction notice"),
        ("补正材料交回", "Mended and handed in"),
        ("受理", "Accepted"),
        ("进入特别程序，时间暂停", "Special procedure: the time stands still"),
        ("特别程序结束，时间继续", "Special procedure ended: the time runs again"),
        ("延期", "Extended"),
        ("决定：不予", "Decided: refused"),
        ("复议或诉讼后重新办理", "Taken up again after a review or lawsuit"),
        ("决定：准予", "Decided: approved"),
        ("证件做好", "Document made"),
    ]:
        expect(history.get_by_text(owner.t(zh, en), exact=True).first).to_be_visible()
    for each in ("送达", "Delivered"), ("办结", "Concluded"):
        expect(history.get_by_text(owner.t(*each), exact=True)).to_have_count(2)
    assert FIRM in letter(owner, Kind.APPROVAL)


def letter(owner: Person, kind: Kind) -> str:
    """Download the Chinese letter from the case's page and return what it says, without spaces."""
    heading = HEADINGS[kind]
    title = owner.say(heading.licence_title or heading.title)  # the hotel's is a licence
    row = owner.part("文书", "Letters").get_by_role("listitem").filter(has_text=title).last
    with owner.page.expect_download() as begun:
        row.get_by_role("link", name=owner.t("PDF 文件 中文", "PDF file Chinese")).click()
    path = begun.value.path()
    assert path.read_bytes().startswith(b"%PDF-")
    return "".join("".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())


def prints(owner: Person) -> None:
    """The page can be put on paper: what is only for the screen is gone, what it says stays."""
    owner.page.emulate_media(media="print")
    for each in owner.page.locator(".noprint").all():
        expect(each).to_be_hidden()
    expect(owner.page.get_by_role("heading", level=1)).to_be_visible()
    assert owner.page.pdf().startswith(b"%PDF-")
    owner.page.emulate_media(media="screen")


# The office


def at_case(member: Person, number: str) -> Person:
    member.page.goto(f"/desk/cases/{number}")
    return member


def form_of(member: Person, number: str, zh: str, en: str) -> Locator:
    """Open the case and the form of an act, and return it."""
    unfold(at_case(member, number), zh, en)
    return member.page.locator("details.act[open]").filter(
        has=member.page.locator("summary", has_text=member.t(zh, en))
    )


def tell(clerk: Person, number: str) -> None:
    """Name a field and a paper in the one notice, look at it, send it."""
    form = form_of(clerk, number, "一次性补正告知", "Correction notice")
    for words, wrong in ((FLOORS, FLOORS_WRONG), (PLAN, PLAN_WRONG)):
        form.get_by_role("checkbox", name=clerk.say(words), exact=True).check()
        note = clerk.say(words) + clerk.t("：哪里不对", ": what is wrong")
        form.get_by_role("textbox", name=note, exact=True).fill(wrong)
    form.get_by_role("button", name=clerk.t("先看告知书", "Look at the notice first")).click()
    preview = clerk.page.locator(".preview")
    for said in (FLOORS_WRONG, PLAN_WRONG):
        expect(preview).to_contain_text(said)
    act_of(clerk, number, "发出告知书", "Send the notice")


def check_the_site(officer: Person, number: str) -> None:
    """One officer alone is refused; the second is named and the check is entered."""
    form = form_of(officer, number, "现场查验", "Check on the spot")
    form.get_by_role("radio", name=officer.t("合格", "Passed"), exact=True).check()
    form.get_by_role("button", name=officer.t("登记查验", "Enter the check")).click()
    expect(officer.page.get_by_role("alert")).to_be_visible()
    form.get_by_label(officer.t("另一名查验的同事", "The other officer")).select_option(label="钱丽")
    act_of(officer, number, "登记查验", "Enter the check")


def pause(examiner: Person, number: str, cast: Cast) -> None:
    """A pause for the site check is not offered, and refused when it is sent all the same; an appraisal is a reason."""
    form = form_of(examiner, number, "特别程序", "Special procedure")
    choice = form.get_by_label(examiner.t("哪一种特别程序", "Which special procedure"))
    offered = choice.locator("option").all_inner_texts()
    assert len(offered) == 1 + len(clocks.Reason)
    assert not [each for each in offered if "核查" in each or "site" in each.lower()]
    choice.evaluate("each => each.add(new Option('site check', 'site_check'))")
    choice.select_option("site_check")
    ends = examiner.t("预计哪天结束", "Expected to end on")
    what = examiner.t("做什么、由谁做", "What is done, and by whom")
    form.get_by_label(ends).fill(EXPECTED_ON.isoformat())
    form.get_by_role("textbox", name=what).fill(APPRAISAL)
    form.get_by_role("button", name=examiner.t("停表", "Stop the clock")).click()
    expect(examiner.page.get_by_role("alert")).to_contain_text(
        examiner.t("现场核查的时间照算", "the time of a site check counts")
    )
    told = {"reason": "site_check", "expected_on": EXPECTED_ON, "remark": APPRAISAL}
    assert code_of(lambda: act("pause", number, cast.examiner, PAUSED, **told)) == "case.pause.reason"
    choice.select_option("appraisal")
    expect(form.get_by_label(ends)).to_have_value(EXPECTED_ON.isoformat())
    act_of(examiner, number, "停表，通知申请人", "Stop the clock and tell the applicant")


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def resume(examiner: Person, number: str) -> None:
    form_of(examiner, number, "特别程序结束", "Special procedure ended")
    act_of(examiner, number, "特别程序结束，继续计时", "It has ended; the clock runs on")


def review(examiner: Person, number: str) -> None:
    form = form_of(examiner, number, "审查", "Review")
    form.get_by_role("textbox", name=examiner.t("审查意见", "Opinion")).fill("已看核查记录和鉴定意见")
    act_of(examiner, number, "写入审查意见", "Enter the opinion")


def extend(head: Person, number: str) -> None:
    """The head sees by how much and until when, and grants it; a second time is not offered."""
    form = form_of(head, number, "延期", "Extend")
    choice = form.get_by_label(head.t("延长多少、到哪天", "By how much, until when"))
    last = head.say(short_date_words(ends_on(clocks.Kind.STATUTORY, EXTENDED, (appraisal(RESUMED),), EXTENDED.date())))
    label = choice.locator("option[value='10']").inner_text()
    assert head.t("10 个工作日", "10 working days") in label
    assert last.split(" 周")[0] in label
    choice.select_option("10")
    form.get_by_role("textbox", name=head.t("为什么不能按期办完", "Why it cannot be decided in time")).fill(LENGTHENED)
    act_of(head, number, "批准延期", "Grant the extension")
    assert head.page.get_by_role("button", name=head.t("批准延期", "Grant the extension")).count() == 0


def refuse(examiner: Person, number: str) -> None:
    form = form_of(examiner, number, "不予", "Refuse")
    ground = examiner.t("房屋、出入口、通道不符合规定", "Building, exits or ways not in order")
    form.get_by_role("checkbox", name=ground).check()
    form.get_by_role("textbox", name=examiner.t("说明这件办件里的事实", "The facts in this case")).fill(FACTS)
    act_of(examiner, number, "不予，并告知救济途径", "Refuse, and tell the ways of review")


def serve(clerk: Person, number: str, receiver: str) -> None:
    at_case(clerk, number)
    counter = clerk.t("窗口领取，已核对本人", "At the counter, identity checked")
    clerk.page.get_by_role("radio", name=counter, exact=True).check()
    clerk.page.get_by_role("textbox", name=clerk.t(*SIGNED)).fill(receiver)
    act_of(clerk, number, "登记送达", "Enter the delivery")
    act_of(clerk, number, "办结", "Conclude")


def reopen(head: Person, number: str) -> None:
    form = form_of(head, number, "重新办理", "Take it up again")
    review = head.t("行政复议（行政复议法第64条）", "Administrative review (Review Law, art. 64)")
    form.get_by_role("radio", name=review).check()
    form.get_by_role("textbox").last.fill(JUDGMENT)
    act_of(head, number, "重新办理", "Take it up again")


def approve(examiner: Person, number: str) -> None:
    form_of(examiner, number, "准予", "Approve")
    act_of(examiner, number, "准予", "Approve")
    act_of(examiner, number, "证件已制好", "The certificate is made")


# The clock, counted here once more


def licence() -> items.Item:
    return catalogue.item("ZA14", catalogue.current_edition())


def limit_of(kind: clocks.Kind) -> clocks.Limit:
    (found,) = (each for each in items.limits(licence(), ANSWERS) if each.kind is kind)
    return found


def appraisal(until: datetime | None) -> clocks.Pause:
    """The pause from its first day to the day of resuming, which counts again."""
    return clocks.Pause(PAUSED.date(), until and until.date(), clocks.Reason.APPRAISAL)


def clock_of(
    kind: clocks.Kind, pauses: tuple[clocks.Pause, ...], extended_on: date | None, since: datetime
) -> clocks.Clock:
    limit = limit_of(kind)
    granted = replace(limit.extension, granted_on=extended_on) if limit.extension and extended_on else None
    return clocks.Clock(limit, since, pauses, granted)


def ends_on(kind: clocks.Kind, at: datetime, pauses: tuple[clocks.Pause, ...], extended_on: date | None) -> date:
    found = clocks.reading(clock_of(kind, pauses, extended_on, ANSWERED), calendars.work_calendar(), at).due_on
    assert found is not None
    return found


def remedies_end_on(since: datetime) -> list[date]:
    """The last days for review (60 days) and lawsuit (6 months), from the day of service."""
    calendar, found = calendars.work_calendar(), []
    for number, unit in ((60, clocks.Unit.DAY), (6, clocks.Unit.MONTH)):
        (limit,) = (
            each
            for each in items.limits(licence(), ANSWERS)
            if (each.kind, each.unit, each.number) == (clocks.Kind.OWN, unit, number)
        )
        due_on = clocks.reading(clocks.Clock(limit, since), calendar, since).due_on
        assert due_on is not None
        found.append(due_on)
    return found


def sees_the_clock(
    owner: Person,
    number: str,
    at: datetime,
    *,
    pauses: tuple[clocks.Pause, ...] = (),
    extended_on: date | None = None,
    since: datetime = ANSWERED,
) -> None:
    """Every day of both clocks has its cell, with its number or the reason why it does not count.

    The clock begins with the hand-in of what was missing, not with the day on which the clerk says so.
    """
    owner.page.goto(f"/cases/{number}")
    part, calendar = owner.part("时间怎么算的", "How the time is counted"), calendars.work_calendar()
    promised, by_law = (
        clocks.explanation(clock_of(kind, pauses, extended_on, since), calendar, at)
        for kind in (clocks.Kind.PROMISED, clocks.Kind.STATUTORY)
    )
    rows = {row.on: row for row in (*by_law, *promised)}
    assert {row.on for row in rows.values() if row.why is clocks.Why.PAUSED} == paused_days(pauses, max(rows))
    cells = part.get_by_role("list").get_by_role("listitem").all_inner_texts()
    assert len(cells) % 7 == 0
    for row in rows.values():
        (cell,) = (cell for cell in cells if owner.say(short_date_words(row.on)) in cell)
        assert re.search(said_of(owner, row), cell), (row, cell)
        assert bool(re.search(owner.t(r"第 \d+ 天", r"\bday \d+"), cell)) == row.counted
    open_now = bool(pauses) and pauses[-1].end is None
    for told, zh, en in ((promised, "承诺最后一天", "last promised day"), (by_law, "法定最后一天", "last day by law")):
        named = [cell for cell in cells if owner.t(zh, en) in cell]
        assert len(named) == (not open_now)
        assert open_now or owner.say(short_date_words(told[-1].on)) in named[0]
    table = part.get_by_role("table")
    if pauses:
        owner.sees("暂停：鉴定", "Paused: appraisal", inside=table)
    owner.sees("起算当天不算", "The starting day does not count", inside=table)


def paused_days(pauses: tuple[clocks.Pause, ...], last: date) -> set[date]:
    """The working days of the pauses, up to the last day shown: a weekend is named as such."""
    found = set()
    for each in pauses:
        end = each.end or last + timedelta(days=1)
        days = (each.start + timedelta(days=n) for n in range((end - each.start).days))
        found |= {on for on in days if calendars.work_calendar().counts(on)}
    return found


def said_of(owner: Person, row: clocks.Row) -> str:
    """How the cell of a day says why it counts or not, as a pattern."""
    if row.counted:
        return owner.t(f"第 {row.count} 天", rf"\bday {row.count}\b")
    return {
        clocks.Why.START: owner.t("起算当天不算", "The starting day does not count"),
        clocks.Why.WEEKEND: owner.t("周末，不算", "Weekend, not counted"),
        clocks.Why.HOLIDAY: owner.t("放假，不算", "days off, not counted"),
        clocks.Why.PAUSED: owner.t("暂停：鉴定，不算", "Paused: appraisal, not counted"),
    }[row.why]
