"""Every act between receipt and end through the forms of the case's page: corrected, declined, paused, extended."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from PIL import Image

from onewindow.cases import queries
from onewindow.cases.rules import Stage
from onewindow.core import journal
from tests.cases.given import HOUR, MONDAY, submit
from tests.cases.test_whole_life import LAW, act, field_of, state_of, under_review
from tests.cast import HALL, ORDER, Cast
from tests.desk.conftest import SetClock
from tests.desk.given import Desk

DAY = timedelta(days=1)


@pytest.fixture
def hotel(cast: Cast, time: SetClock) -> str:
    """A hotel's licence, handed in at the hall on Monday, whose papers are to be brought."""
    return submit(cast.applicant, item="ZA14", site=HALL)


@pytest.fixture
def examiner(cast: Cast) -> Desk:
    return Desk(cast.examiner)


@pytest.fixture
def head(cast: Cast) -> Desk:
    return Desk(cast.head)


def where(number: str, name: str = "") -> str:
    return f"/desk/cases/{number}" + (f"/{name}" if name else "")


def words(page: str) -> str:
    """What a person reads: the page without its tags."""
    return re.sub(r"<[^>]+>", "", page)


def acts(number: str) -> list[str]:
    return [entry.act.removeprefix("case.") for entry in queries.entries(number)]


def stage(number: str) -> Stage:
    found: Stage = state_of(number).stage
    return found


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (20, 10), "white").save(out, format="PNG")
    out.seek(0)
    out.name = "scan.png"
    return out


class TestCorrection:
    def notice(self, desk: Desk, number: str, **more: object) -> str:
        """Tick one field, look at the notice and send it."""
        fault = field_of(queries.case_for(LAW, number).number)
        desk.get(where(number))
        typed = {"faults": [fault.name], f"note:{fault.name}": "与证件不一致", "other:1": "缺公章", **more}
        desk.send(where(number, "send-back"), 200, **typed)
        return desk.page

    def test_a_named_field_may_be_answered_by_emptying_it(self, number: str, clerk: Desk, time: SetClock) -> None:
        time(MONDAY + HOUR)
        self.notice(clerk, number, faults=["field:person.landline"], **{"other:1": ""})
        clerk.send(where(number, "send-back"), send="1")
        time(MONDAY + 2 * HOUR)
        clerk.get(where(number))
        assert "这一处还没有补正" in clerk.send(where(number, "supplement"), 422)
        clerk.get(where(number))
        clerk.send(where(number, "supplement"), **{"empty:person.landline": "on"})
        assert stage(number) is Stage.RECEIVED
        assert "person.landline" not in queries.form_of(queries.case_for(LAW, number)).fields

    def test_what_the_checks_found_is_ticked(self, hotel: str, clerk: Desk) -> None:
        page = clerk.get(where(hotel))
        form = clerk.form(where(hotel, "send-back"))
        papers = {
            f"paper:{paper.key}" + (f":{paper.holder}" if paper.holder else "")
            for paper in queries.papers_of(queries.case_for(LAW, hotel))
        }
        assert set(form["faults"]) == papers
        assert form["until_on"] == "2026-12-07"  # fifteen working days, as the page proposes
        assert "法律没有规定补正的期限" in page
        assert "只能告知一次" in page

    def test_it_is_shown_before_it_is_sent(self, hotel: str, clerk: Desk, time: SetClock) -> None:
        time(MONDAY + HOUR)
        page = self.notice(clerk, hotel)
        assert "补正告知书（还没有发出）" in page
        assert "缺公章" in page
        assert acts(hotel) == ["submit"]
        clerk.send(where(hotel, "send-back"), send="1")
        page = clerk.get(where(hotel))
        assert stage(hotel) is Stage.CORRECTION
        assert "已告知申请人补正" in page
        assert "最晚 12月7日（周一）补正" in words(page)
        assert "与证件不一致" in page.split("经过")[-1]

    def test_what_was_changed_after_the_look_is_shown_again(self, hotel: str, clerk: Desk) -> None:
        self.notice(clerk, hotel)
        clerk.send(where(hotel, "send-back"), 200, send="1", **{"other:1": "缺公章和签字"})
        assert acts(hotel) == ["submit"]

    def test_nothing_ticked_and_a_day_that_is_past_are_said_in_place(self, hotel: str, clerk: Desk) -> None:
        clerk.get(where(hotel))
        assert "请至少选一处" in clerk.send(where(hotel, "send-back"), 422, faults=[])
        self.notice(clerk, hotel, until_on="2026-11-16")
        page = clerk.send(where(hotel, "send-back"), 422, send="1")
        assert "日期要在今天以后" in page
        assert "缺公章" in page  # what was typed is kept

    def test_answered_at_the_counter(self, hotel: str, cast: Cast, clerk: Desk, time: SetClock) -> None:
        time(MONDAY + HOUR)
        fault = field_of(hotel)
        paper = queries.papers_of(queries.case_for(LAW, hotel))
        names = [f"paper:{each.key}" + (f":{each.holder}" if each.holder else "") for each in paper[:2]]
        self.notice(clerk, hotel, faults=[fault.name, *names])
        clerk.send(where(hotel, "send-back"), send="1")
        time(MONDAY + 2 * HOUR)
        page = clerk.get(where(hotel))
        assert "与证件不一致。现在是" in page
        value = queries.form_of(queries.case_for(LAW, hotel)).fields[fault.key]
        page = clerk.send(where(hotel, "supplement"), 422, **{fault.name: value, f"seen:{names[0]}": "on"})
        assert "这一处还没有补正" in page
        given = {fault.name: value, f"seen:{names[0]}": "on", names[1]: picture()}
        clerk.send(where(hotel, "supplement"), **given)
        assert stage(hotel) is Stage.RECEIVED
        states = {row.pk: row.state for row in queries.papers_of(queries.case_for(LAW, hotel))}
        assert [states[each.pk] for each in paper[:2]] == ["seen", "file"]
        page = clerk.get(where(hotel))
        assert "已看原件" in page
        assert "已经告知过一次" in page  # what was not named before is not in the list any more
        assert set(clerk.form(where(hotel, "send-back"))) & {f"note:{fault.name}"}
        assert "other:1" not in clerk.form(where(hotel, "send-back"))

    def test_a_file_that_cannot_be_taken_is_said_beside_it(self, hotel: str, clerk: Desk, time: SetClock) -> None:
        time(MONDAY + HOUR)
        name = "paper:" + ":".join(
            filter(None, [(row := queries.papers_of(queries.case_for(LAW, hotel))[0]).key, row.holder])
        )
        self.notice(clerk, hotel, faults=[name], **{"other:1": ""})
        clerk.send(where(hotel, "send-back"), send="1")
        clerk.get(where(hotel))
        bad = io.BytesIO(b"MZ no picture")
        bad.name = "a.png"
        assert "和内容不符" in clerk.send(where(hotel, "supplement"), 422, **{name: bad})
        assert stage(hotel) is Stage.CORRECTION


class TestBeforeAcceptance:
    def test_mended_on_the_spot(self, hotel: str, clerk: Desk, time: SetClock) -> None:
        time(MONDAY + HOUR)
        fault = field_of(hotel)
        value = queries.form_of(queries.case_for(LAW, hotel)).fields[fault.key]
        clerk.get(where(hotel))
        assert f">{value}<" not in clerk.page.split('id="mend_once"')[1]
        assert "没有写要更正的内容" in clerk.send(where(hotel, "mend"), 422, phrase="present")
        clerk.get(where(hotel))
        clerk.send(where(hotel, "mend"), phrase="present", remark="电话写错一位", **{fault.name: value})
        assert acts(hotel)[-1] == "mend"
        assert "申请人在场，同意当场更正（行政许可法 第32条）；电话写错一位" in clerk.get(where(hotel))

    def test_what_need_not_be_filled_in_is_emptied(self, number: str, clerk: Desk, time: SetClock) -> None:
        time(MONDAY + HOUR)
        clerk.get(where(number))
        assert "empty:vehicle.vin" not in clerk.page
        both = {"field:person.landline": "03511234567", "empty:person.landline": "on", "remark": "申请人同意"}
        assert "填了就不能清空" in clerk.send(where(number, "mend"), 422, **both)
        clerk.get(where(number))
        clerk.send(where(number, "mend"), remark="申请人同意", **{"empty:person.landline": "on"})
        assert "person.landline" not in queries.form_of(queries.case_for(LAW, number)).fields
        assert not list(diff for _, diffs in queries.replay() for diff in diffs)

    def test_what_was_ticked_is_ticked_no_more(self, hotel: str, clerk: Desk, time: SetClock) -> None:
        time(MONDAY + HOUR)
        clerk.get(where(hotel))
        clerk.send(where(hotel, "mend"), phrase="present", **{"field:hotel.foreign_guests": "no"})
        assert "hotel.foreign_guests" not in queries.form_of(queries.case_for(LAW, hotel)).fields

    def test_declined_with_the_right_office(self, hotel: str, clerk: Desk, time: SetClock) -> None:
        time(MONDAY + HOUR)
        clerk.get(where(hotel))
        page = clerk.send(where(hotel, "decline"), 422, ground="not_ours", phrase="not_ours")
        assert "请写明应当向哪个机关申请" in page
        clerk.send(where(hotel, "decline"), office="140100-market", ground="not_ours", phrase="not_ours")
        page = clerk.get(where(hotel))
        assert "不予受理，已告知。" in page
        assert "应当向" in page

    def test_reasons_are_needed(self, hotel: str, clerk: Desk) -> None:
        clerk.get(where(hotel))
        assert "还没有填" in clerk.send(where(hotel, "decline"), 422, ground="not_needed")


class TestClocks:
    def test_the_clock_stands_still_and_runs_on(self, hotel: str, cast: Cast, examiner: Desk, time: SetClock) -> None:
        under_review(hotel, cast)
        time(MONDAY + DAY)
        page = examiner.get(where(hotel))
        assert 'value="experts"' in page
        assert "site_check" not in page
        give = {"reason": "site_check", "expected_on": "2026-11-30", "remark": "现场核查"}
        assert "法律只允许" in examiner.send(where(hotel, "pause"), 422, **give)
        examiner.get(where(hotel))
        examiner.send(where(hotel, "pause"), reason="appraisal", expected_on="2026-11-30", remark="委托鉴定机构")
        time(MONDAY + 2 * DAY)
        page = examiner.get(where(hotel))
        assert "特别程序（鉴定）中，时间停着，预计 " in words(page)
        assert "明天恢复的话，最晚" in page
        assert "特别程序中，时间停着；结束以后再办。" in page
        assert "停表" in examiner.get(f"/desk/work/{ORDER}")
        examiner.act(hotel, "resume")
        assert state_of(hotel).halt is None

    def test_extended_by_the_head_who_sees_each_last_day(
        self, hotel: str, cast: Cast, head: Desk, examiner: Desk, time: SetClock
    ) -> None:
        under_review(hotel, cast)
        time(MONDAY + DAY)
        assert where(hotel, "extend") not in examiner.get(where(hotel))
        page = head.get(where(hotel))
        assert "延长 10 个工作日，到 12月28日（周一，暂定）" in words(page)
        assert "延长 1 个工作日，到 12月15日（周二）" in page
        assert "延长 11 个工作日" not in page
        assert "还没有选" in head.send(where(hotel, "extend"), 422, remark="情况复杂")
        head.get(where(hotel))
        head.send(where(hotel, "extend"), limit_number="10", phrase="not_decided", remark="情况复杂")
        assert queries.case_for(LAW, hotel).statute_on == date(2026, 12, 28)
        page = head.get(where(hotel))
        assert "延长 10 个工作日" in words(page)
        assert "只能延期一次，已经延过了。" in page

    def test_a_hearing_is_offered(self, hotel: str, cast: Cast, examiner: Desk, time: SetClock) -> None:
        under_review(hotel, cast)
        time(MONDAY + DAY)
        examiner.act(hotel, "offer-hearing", phrase="interest")
        assert "最晚 11月24日（周二）要求听证" in words(examiner.page)

    def test_a_site_is_checked_by_two(self, hotel: str, cast: Cast, time: SetClock) -> None:
        under_review(hotel, cast)
        time(MONDAY + DAY)
        officer = Desk(cast.officer)
        assert "钱丽" in officer.get(where(hotel))
        assert "要两名以上工作人员" in officer.send(where(hotel, "check"), 422, passed="yes")
        officer.get(where(hotel))
        officer.send(where(hotel, "check"), passed="yes", second=str(cast.partner.id), phrase="agrees")
        assert "与钱丽一起" in officer.get(where(hotel))

    def test_who_reviewed_is_told_that_another_extends(
        self, hotel: str, cast: Cast, examiner: Desk, time: SetClock
    ) -> None:
        under_review(hotel, cast)
        time(MONDAY + DAY)
        assert "审查这件事的人不能批准延期" in examiner.get(where(hotel))


class TestAfterwards:
    def concluded(self, number: str, cast: Cast) -> None:
        under_review(number, cast)
        act("approve", number, cast.head, MONDAY + 3 * HOUR)
        state = state_of(number)
        at = MONDAY + 4 * HOUR
        if queries.need_of(queries.case_for(LAW, number)).making:
            act("make", number, cast.examiner, at)
        act("deliver", number, cast.clerk, at + HOUR, way="counter", receipt="李强")
        act("conclude", number, cast.clerk, at + 2 * HOUR)
        assert state.outcome

    def test_a_closed_case_is_put_right_taken_up_again_and_revoked(
        self, hotel: str, cast: Cast, head: Desk, clerk: Desk, time: SetClock
    ) -> None:
        self.concluded(hotel, cast)
        time(MONDAY + DAY)
        assert where(hotel, "reopen") not in clerk.get(where(hotel))
        page = head.act(hotel, "rectify", remark="「2025」更正为「2026」")
        assert "「2025」更正为「2026」" in page
        head.get(where(hotel))
        assert "还没有选" in head.send(where(hotel, "reopen"), 422, remark="某复决字〔2026〕1号")
        page = head.act(hotel, "reopen", ground="review", remark="某复决字〔2026〕1号")
        assert "复议或诉讼后重新办理。" in page
        assert "行政复议（行政复议法第64条）" in page

    def test_revoked(self, hotel: str, cast: Cast, head: Desk, time: SetClock) -> None:
        self.concluded(hotel, cast)
        time(MONDAY + DAY)
        page = head.act(hotel, "revoke", ground="fraud", phrase="fraud")
        assert "准予已被撤销。" in page
        assert stage(hotel) is Stage.REVOKED


class TestPool:
    def test_taken_from_the_list_and_handed_back(self, hotel: str, cast: Cast, clerk: Desk, time: SetClock) -> None:
        page = clerk.get(f"/desk/work/{HALL}")
        assert 'accesskey="g"' in page
        answer = clerk.client.post(where(hotel, "claim"), clerk.form(where(hotel, "claim")))
        assert answer.headers["Location"] == f"/desk/work/{HALL}"
        assert hotel in clerk.get(f"/desk/work/{HALL}?whose=mine")
        assert hotel not in clerk.get(f"/desk/work/{HALL}?whose=free")
        clerk.get(f"/desk/work/{HALL}?whose=theirs", 404)
        officer = Desk(cast.officer)
        assert "王芳" in officer.get(f"/desk/work/{HALL}")
        assert "这件事在别人手里，要先移交。" in officer.get(where(hotel))
        assert where(hotel, "accept") not in officer.page
        page = clerk.act(hotel, "hand-over", to=str(cast.officer.id))
        assert "交给郑凯" in page
        assert where(hotel, "accept") in officer.get(where(hotel))
        officer.act(hotel, "hand-over", to="")
        assert "交给待领" in officer.page
        assert queries.case_for(LAW, hotel).claimed_by is None

    def test_only_who_holds_the_duty_is_offered(self, hotel: str, cast: Cast, clerk: Desk) -> None:
        clerk.get(where(hotel))
        clerk.send(where(hotel, "claim"))
        page = clerk.get(where(hotel))
        assert "郑凯" in page
        assert "钱丽" not in page  # checks only
        assert "没有办这一步的岗位" in clerk.send(where(hotel, "hand-over"), 422, to=str(cast.partner.id))


class TestDelay:
    def test_it_is_offered_only_when_late_and_what_was_typed_stays(
        self, hotel: str, cast: Cast, time: SetClock
    ) -> None:
        under_review(hotel, cast)
        time(MONDAY + 4 * HOUR)
        examiner = Desk(cast.examiner)
        assert "没有超期，不用说明原因。" in words(examiner.get(where(hotel)))
        time(MONDAY + 30 * DAY)
        day = str((MONDAY + 29 * DAY).date())
        examiner.get(where(hotel))
        page = examiner.send(where(hotel, "explain"), 422, cause="load", expected_on=day, remark="两人休假")
        assert "预计办完的日子不能早于今天" in page
        assert "两人休假" in page
        page = examiner.act(
            hotel, "explain", cause="load", expected_on=str((MONDAY + 33 * DAY).date()), remark="两人休假"
        )
        assert "办件量大、人手不足" in page
        assert acts(hotel)[-1] == "explain"


def test_a_stale_page_unfolds_the_next_act(hotel: str, cast: Cast, clerk: Desk, time: SetClock) -> None:
    act("accept", hotel, cast.clerk, MONDAY + HOUR)
    time(MONDAY + 2 * HOUR)
    examiner = Desk(cast.examiner)
    examiner.get(where(hotel))
    Desk(cast.examiner).act(hotel, "review", remark="先写的")
    assert list(journal.verify()) == []
    examiner.send(where(hotel, "review"), 409, remark="后写的")
    assert "后写的" in examiner.page


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_queries_do_not_grow_with_the_history(
    hotel: str, cast: Cast, time: SetClock, language: str, django_assert_max_num_queries: object
) -> None:
    under_review(hotel, cast)
    for turn in range(10):
        at = MONDAY + (3 + turn) * HOUR
        act("pause", hotel, cast.examiner, at, reason="testing", expected_on=date(2026, 12, 1), remark="检测")
        act("resume", hotel, cast.examiner, at)
    time(MONDAY + 20 * HOUR)
    desk = Desk(cast.head, language)
    desk.get(where(hotel))
    with django_assert_max_num_queries(13):  # type: ignore[operator]  # the plug-in's fixture has no type
        desk.get(where(hotel))
