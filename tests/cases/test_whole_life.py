"""Every act that law and people do to a licence between receipt and end: a hotel's, which has no vehicle to check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from onewindow.accounts.rules import Staff, System
from onewindow.calendars.rules import Light
from onewindow.cases import commands, queries
from onewindow.cases.models import Case
from onewindow.cases.rules import Fault, Stage
from onewindow.core import journal
from onewindow.core.clock import SHANGHAI
from onewindow.core.errors import Refusal
from tests.cases.given import HOUR, MONDAY, go, key, submit
from tests.cases.test_commands import code_of
from tests.cast import HALL, ORDER, Cast

DAY = timedelta(days=1)
UNTIL = date(2026, 12, 1)
LAW = System("worker")


@pytest.fixture
def hotel(house: Cast) -> str:
    """A hotel's licence, handed in at the hall on Monday 16 November 2026, 10:00."""
    return submit(house.applicant, item="ZA14", site=HALL)


def act(name: str, number: str, by: Any, at: datetime, **more: Any) -> Case:
    """Carry out one act on the case as it is."""
    version = queries.case_for(LAW, number).version
    command: Callable[..., Case] = getattr(commands, name)
    return command(number=number, by=by, at=at, version=version, key=key(), **more)


def field_of(number: str) -> Fault:
    """Return a fault in a field that the case's form really has."""
    fields = queries.form_of(queries.case_for(LAW, number)).fields
    return Fault("field", next(name for name in sorted(fields) if name.endswith("phone") or name.endswith("name")))


def under_review(number: str, house: Cast) -> Case:
    act("accept", number, house.clerk, MONDAY + HOUR)
    return act("review", number, house.examiner, MONDAY + 2 * HOUR, remark="材料齐全")


def state_of(number: str) -> Any:
    return queries.state_of(queries.entries(number))


class TestCorrection:
    def told(self, number: str, house: Cast, at: datetime = MONDAY + HOUR, **more: Any) -> Case:
        fault = field_of(number)
        given = {"faults": [fault], "until_on": UNTIL, "notes": {fault.name: "与证件不一致"}, **more}
        return act("send_back", number, house.clerk, at, **given)

    def test_one_notice_names_all_and_a_day(self, house: Cast, hotel: str) -> None:
        case = self.told(hotel, house)
        assert (case.stage, case.closes_on, case.due_on.year) == ("correction", UNTIL, 9999)
        assert state_of(hotel).open_faults == (field_of(hotel),)
        assert queries.notice_words(queries.remarks_of(case)[2]) == ("", {field_of(hotel).name: "与证件不一致"})
        assert "与证件不一致" not in queries.entries(hotel)[1].facts  # a note may name people: it is sealed

    def test_a_last_day_on_a_weekend_is_the_next_working_day(self, house: Cast, hotel: str) -> None:
        assert self.told(hotel, house, until_on=date(2026, 11, 28)).closes_on == date(2026, 11, 30)

    def test_the_answer_opens_five_new_days_and_starts_the_clocks(self, house: Cast, hotel: str) -> None:
        self.told(hotel, house)
        fault = field_of(hotel)
        value = queries.form_of(queries.case_for(LAW, hotel)).fields[fault.key]
        friday = datetime(2026, 11, 20, 16, 0, tzinfo=SHANGHAI)
        case = act("supplement", hotel, house.applicant, friday, fields={fault.key: value}, papers=[])
        assert (case.stage, case.due_on) == ("received", date(2026, 11, 27))
        accepted = act("accept", hotel, house.clerk, friday + 4 * DAY)
        assert accepted.accepted_at == friday  # the hand-in, not the day on which the clerk says so
        assert not list(diff for _, diffs in queries.replay() for diff in diffs)

    def test_silence_after_the_answer_counts_from_it(self, house: Cast, hotel: str) -> None:
        self.told(hotel, house)
        fault = field_of(hotel)
        value = queries.form_of(queries.case_for(LAW, hotel)).fields[fault.key]
        friday = datetime(2026, 11, 20, 16, 0, tzinfo=SHANGHAI)
        act("supplement", hotel, house.applicant, friday, fields={fault.key: value}, papers=[])
        late = commands.settle_by_law(number=hotel, by=LAW, at=datetime(2026, 11, 28, 0, 0, tzinfo=SHANGHAI))
        assert (late.stage, late.accepted_at) == ("accepted", friday)

    def test_nothing_by_the_persons_day_ends_it(self, house: Cast, hotel: str) -> None:
        self.told(hotel, house)
        midnight = datetime(2026, 12, 2, 0, 0, tzinfo=SHANGHAI)
        before = commands.settle_by_law(number=hotel, by=LAW, at=midnight - timedelta(seconds=1))
        assert before.stage == "correction"
        page = queries.case_page_for(house.applicant, hotel, at=midnight)  # a stopped worker changes no answer
        assert page.state.stage is Stage.LAPSED
        after = commands.settle_by_law(number=hotel, by=LAW, at=midnight + HOUR)
        assert (after.stage, after.ended_at) == ("lapsed", midnight)

    def test_an_old_fault_cannot_be_told_a_second_time_around(self, house: Cast, hotel: str) -> None:
        self.told(hotel, house)
        fault = field_of(hotel)
        value = queries.form_of(queries.case_for(LAW, hotel)).fields[fault.key]
        act("supplement", hotel, house.applicant, MONDAY + 2 * HOUR, fields={fault.key: value}, papers=[])
        other = Fault("other", "seal")
        told = lambda faults: act("send_back", hotel, house.clerk, MONDAY + 3 * HOUR, faults=faults, until_on=UNTIL)  # noqa: E731
        assert code_of(lambda: told([other])) == "case.faults.old"
        assert told([fault]).stage == "correction"  # what was handed in badly may be named again

    @pytest.mark.parametrize(("workday", "stage"), [("2026-11-23T23:59", "correction"), ("2026-11-24T08:30", "")])
    def test_telling_on_working_day_five_and_on_six(self, house: Cast, hotel: str, workday: str, stage: str) -> None:
        at = datetime.fromisoformat(workday).replace(tzinfo=SHANGHAI)
        if stage:
            assert self.told(hotel, house, at).stage == stage
        else:
            assert code_of(lambda: self.told(hotel, house, at)) == "case.move"
            page = queries.case_page_for(house.clerk, hotel, at=at)
            assert (page.state.stage, page.state.accepted_at) == (Stage.ACCEPTED, MONDAY)

    def test_what_the_notice_did_not_name_is_not_changed(self, house: Cast, hotel: str) -> None:
        self.told(hotel, house)
        fault = field_of(hotel)
        form = queries.form_of(queries.case_for(LAW, hotel)).fields
        other = next(name for name in form if name != fault.key)
        fields = {fault.key: form[fault.key], other: form[other]}
        give = {"papers": [], "at": MONDAY + 2 * HOUR, "by": house.applicant, "number": hotel, "name": "supplement"}
        assert code_of(lambda: act(**give, fields=fields)) == "case.supplement.other"
        assert code_of(lambda: act(**give, fields={})) == "case.supplement.missing"

    def test_a_notice_names_only_what_the_case_has(self, house: Cast, hotel: str) -> None:
        for faults, code in (([], "none"), ([Fault("paper", "no_such")], "unknown")):
            assert code_of(lambda f=faults: self.told(hotel, house, faults=f, notes={})) == f"case.faults.{code}"  # type: ignore[misc]
        assert code_of(lambda: self.told(hotel, house, until_on=MONDAY.date())) == "case.until"


class TestBeforeAcceptance:
    def test_mended_on_the_spot(self, house: Cast, hotel: str) -> None:
        fault = field_of(hotel)
        value = queries.form_of(queries.case_for(LAW, hotel)).fields[fault.key]
        case = act("mend", hotel, house.clerk, MONDAY + HOUR, fields={fault.key: value}, remark="申请人在场，同意更正")
        assert (case.stage, case.due_on) == ("received", date(2026, 11, 23))
        assert not list(diff for _, diffs in queries.replay() for diff in diffs)

    def test_declined_with_the_right_office_named(self, house: Cast, hotel: str) -> None:
        asked = {"ground": "not_ours", "remark": "应向市场监督管理部门申请"}
        own = queries.case_for(LAW, hotel).office
        for office in ("", own, "999999-nowhere"):
            assert (
                code_of(lambda o=office: act("decline", hotel, house.clerk, MONDAY + HOUR, office=o, **asked))
                == "case.office"
            )  # type: ignore[misc]
        case = act("decline", hotel, house.clerk, MONDAY + HOUR, office="140100-market", **asked)
        assert (case.stage, case.ended_at) == ("declined", MONDAY + HOUR)
        assert journal.facts_of(queries.entries(hotel)[-1])["right_office"] == "140100-market"

    def test_a_declined_case_is_received_again_after_a_review(self, house: Cast, hotel: str) -> None:
        act("decline", hotel, house.clerk, MONDAY + HOUR, ground="not_needed", remark="不需要许可")
        case = act("reopen", hotel, house.head, MONDAY + DAY, ground="review", remark="某复决字〔2026〕1号")
        assert (case.stage, case.ended_at, case.due_on) == ("received", None, date(2026, 11, 24))


class TestClocksStandStill:
    def pause(self, number: str, by: Staff, at: datetime, reason: str = "appraisal") -> Case:
        return act("pause", number, by, at, reason=reason, expected_on=date(2026, 11, 30), remark="委托鉴定机构鉴定")

    def test_a_pause_takes_its_days_out(self, house: Cast, hotel: str) -> None:
        before = under_review(hotel, house)
        paused = self.pause(hotel, house.examiner, MONDAY + 2 * DAY)
        assert (paused.promised_on, paused.statute_on, paused.due_on.year) == (None, None, 9999)
        assert paused.paused_at == MONDAY + 2 * DAY
        running = act("resume", hotel, house.examiner, MONDAY + 4 * DAY)
        assert before.statute_on
        assert running.statute_on
        assert running.statute_on > before.statute_on
        page = queries.case_page_for(house.applicant, hotel, at=MONDAY + 4 * DAY)
        assert page.clocks.statutory is not None
        assert page.clocks.statutory.reading.used == 2  # Tuesday, then Friday: Wednesday and Thursday stood still

    def test_a_site_check_does_not_stop_the_clock(self, house: Cast, hotel: str) -> None:
        under_review(hotel, house)
        assert code_of(lambda: self.pause(hotel, house.examiner, MONDAY + DAY, "site_check")) == "case.pause.reason"

    def test_while_it_stands_still_nothing_is_decided(self, house: Cast, hotel: str) -> None:
        under_review(hotel, house)
        self.pause(hotel, house.examiner, MONDAY + DAY)
        assert code_of(lambda: act("approve", hotel, house.head, MONDAY + DAY)) == "case.paused"
        assert code_of(lambda: self.pause(hotel, house.examiner, MONDAY + DAY)) == "case.paused"

    def test_twice_on_one_day_takes_nothing_out(self, house: Cast, hotel: str) -> None:
        before = under_review(hotel, house)
        for hour in (3, 5):
            self.pause(hotel, house.examiner, MONDAY + hour * HOUR)
            case = act("resume", hotel, house.examiner, MONDAY + (hour + 1) * HOUR)
        assert case.statute_on == before.statute_on

    def test_the_database_keeps_a_paused_case_without_a_due_day(self, house: Cast, hotel: str) -> None:
        under_review(hotel, house)
        self.pause(hotel, house.examiner, MONDAY + DAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(number=hotel).update(promised_on=UNTIL)

    def test_a_paused_case_is_on_hold_in_the_list(self, house: Cast, hotel: str) -> None:
        under_review(hotel, house)
        self.pause(hotel, house.examiner, MONDAY + DAY)
        rows = queries.work_list_for(house.examiner, scope=ORDER, today=UNTIL).rows
        assert [(row.number, row.light) for row in rows] == [(hotel, Light.HOLD)]


class TestExtension:
    def extend(self, number: str, by: Staff, at: datetime, by_days: int = 10) -> Case:
        return act("extend", number, by, at, limit_number=by_days, remark="情况复杂")

    def test_ten_working_days_by_the_named_head(self, house: Cast, hotel: str) -> None:
        before = under_review(hotel, house)
        case = self.extend(hotel, house.head, MONDAY + DAY)
        assert (before.statute_on, case.statute_on) == (date(2026, 12, 14), date(2026, 12, 28))
        assert case.promised_on == before.promised_on  # the promise does not move by it
        assert code_of(lambda: self.extend(hotel, house.head, MONDAY + DAY)) == "case.extend.twice"

    def test_refused(self, house: Cast, hotel: str) -> None:
        under_review(hotel, house)
        assert code_of(lambda: self.extend(hotel, house.examiner, MONDAY + DAY)) == "case.extend.same_person"
        assert code_of(lambda: self.extend(hotel, house.clerk, MONDAY + DAY)) == "case.duty"
        for at, days, fault in ((MONDAY + DAY, 11, "long"), (MONDAY + 40 * DAY, 5, "late")):
            with pytest.raises(Refusal) as caught, transaction.atomic():
                self.extend(hotel, house.head, at, days)
            assert (caught.value.code, caught.value.facts["fault"]) == ("calendar.extension", fault)

    def test_an_item_whose_data_name_none(self, house: Cast) -> None:
        number = submit(house.applicant, item="ZA03", site=HALL)
        under_review(number, house)
        assert code_of(lambda: self.extend(number, house.head, MONDAY + DAY)) == "case.extend.none"


class TestCheckAndHearing:
    def check(self, number: str, by: Staff, second: int | None) -> Case:
        held = MONDAY + DAY
        return act("check", number, by, held + HOUR, held_at=held, passed=True, remark="现场符合", second=second)

    def test_a_site_is_checked_by_two(self, house: Cast, hotel: str) -> None:
        before = under_review(hotel, house)
        for second in (None, house.officer.id, house.supervisor.id):
            assert code_of(lambda s=second: self.check(hotel, house.officer, s)) == "case.check.two"  # type: ignore[misc]
        case = self.check(hotel, house.officer, house.partner.id)
        assert case.statute_on == before.statute_on  # its time counts (行政许可法 §34)

    def test_a_hearing_is_offered_once_for_five_working_days(self, house: Cast, hotel: str) -> None:
        under_review(hotel, house)
        act("offer_hearing", hotel, house.examiner, MONDAY + DAY, remark="涉及重大利益")
        assert state_of(hotel).hearing_until == date(2026, 11, 24)
        again = lambda: act("offer_hearing", hotel, house.examiner, MONDAY + DAY, remark="再次告知")  # noqa: E731
        assert code_of(again) == "case.hearing.done"


class TestAfterwards:
    def decided(self, house: Cast, number: str, name: str = "approve", **more: Any) -> Case:
        under_review(number, house)
        return act(name, number, house.head, MONDAY + 3 * HOUR, **more)

    def test_reopened_after_a_review_everything_runs_again(self, house: Cast, hotel: str) -> None:
        ground = next(iter(self.grounds(hotel)))
        self.decided(house, hotel, "refuse", reasons=[ground])
        case = act("reopen", hotel, house.head, MONDAY + DAY, ground="review", remark="某复决字〔2026〕1号")
        assert (case.stage, case.outcome, case.decided_at, case.ended_at) == ("review", "", None, None)
        assert case.statute_on == date(2026, 12, 15)  # twenty working days from the day it was taken up again
        assert act("approve", hotel, house.head, MONDAY + 2 * DAY).outcome == "approved"

    def grounds(self, number: str) -> list[str]:
        from onewindow.catalogue import queries as catalogue

        case = queries.case_for(LAW, number)
        return [ground.key for ground in catalogue.item(case.item, case.edition).refusals]

    def test_a_slip_is_put_right_and_nothing_else_changes(self, house: Cast, hotel: str) -> None:
        before = self.decided(house, hotel)
        case = act("rectify", hotel, house.head, MONDAY + DAY, remark="「2025」更正为「2026」")
        assert (case.stage, case.outcome, case.decided_at) == (before.stage, "approved", before.decided_at)

    def test_what_was_approved_is_revoked_on_a_ground_of_law(self, house: Cast, hotel: str) -> None:
        self.decided(house, hotel)
        revoke = {"remark": "以欺骗手段取得", "by": house.head, "at": MONDAY + DAY, "number": hotel, "name": "revoke"}
        assert code_of(lambda: act(**revoke, ground="no such")) == "case.ground"
        case = act(**revoke, ground="fraud")
        assert (case.stage, case.ended_at) == ("revoked", MONDAY + DAY)

    def test_what_was_refused_cannot_be_revoked(self, house: Cast, hotel: str) -> None:
        self.decided(house, hotel, "refuse", reasons=[self.grounds(hotel)[0]])
        revoke = lambda: act("revoke", hotel, house.head, MONDAY + DAY, ground="power", remark="超越职权")  # noqa: E731
        assert code_of(revoke) == "case.revoke.none"


class TestPool:
    def test_one_takes_it_and_hands_it_over(self, house: Cast, hotel: str) -> None:
        act("accept", hotel, house.clerk, MONDAY + HOUR)
        claimed = act("claim", hotel, house.examiner, MONDAY + 2 * HOUR)
        assert claimed.claimed_by == house.examiner.id
        assert code_of(lambda: act("claim", hotel, house.examiner, MONDAY + 2 * HOUR)) == "case.claimed"
        back = act("hand_over", hotel, house.examiner, MONDAY + 2 * HOUR, to=None)
        assert back.claimed_by is None
        act("claim", hotel, house.examiner, MONDAY + 2 * HOUR)
        over = lambda: act("hand_over", hotel, house.examiner, MONDAY + 3 * HOUR, to=house.clerk.id)  # noqa: E731
        assert code_of(over) == "case.hand_over.to"
        freed = act("hand_over", hotel, house.supervisor, MONDAY + 3 * HOUR, to=None)  # somebody fell ill
        assert freed.claimed_by is None
        reviewed = act("review", hotel, house.examiner, MONDAY + 3 * HOUR, remark="材料齐全")
        assert reviewed.claimed_by is None  # the next stage is another's work


class TestDelay:
    """Why a case is late: said when it is, by who has it, changing nothing else."""

    def said(self, number: str, by: Any, at: datetime, **more: Any) -> Case:
        given = {"cause": "other_office", "expected_on": at.date() + DAY, "remark": "等市场监管局的复函", **more}
        return act("explain", number, by, at, **given)

    def test_a_late_case_is_explained_and_stays_as_late_as_it_was(self, house: Cast, hotel: str) -> None:
        before = under_review(hotel, house)
        late = MONDAY + 30 * DAY
        assert code_of(lambda: self.said(hotel, house.examiner, MONDAY + 3 * HOUR)) == "case.explain.in_time"
        assert code_of(lambda: self.said(hotel, house.clerk, late)) == "case.duty"
        assert code_of(lambda: self.said(hotel, house.examiner, late, remark=" ")) == "case.remark.missing"
        early = late.date() - DAY
        assert code_of(lambda: self.said(hotel, house.examiner, late, expected_on=early)) == "case.explain.expected"
        case = self.said(hotel, house.examiner, late)
        assert (case.stage, case.due_on, case.told_on) == (before.stage, before.due_on, before.told_on)
        assert "复函" not in queries.entries(hotel)[-1].facts
        assert queries.remarks_of(case)[case.version] == "等市场监管局的复函"

    def test_after_acceptance_the_counter_has_nothing_to_explain(self, house: Cast, hotel: str) -> None:
        act("accept", hotel, house.clerk, MONDAY + HOUR)
        assert code_of(lambda: self.said(hotel, house.clerk, MONDAY + 30 * DAY)) == "case.duty"

    def test_a_result_that_waits_is_explained_by_who_makes_it(self, house: Cast, hotel: str) -> None:
        under_review(hotel, house)
        act("approve", hotel, house.head, MONDAY + 3 * HOUR)
        late = MONDAY + 40 * DAY
        assert code_of(lambda: self.said(hotel, house.head, late)) == "case.duty"
        assert self.said(hotel, house.examiner, late).stage == "decided"

    def test_who_has_it_in_hand_explains(self, house: Cast, hotel: str) -> None:
        under_review(hotel, house)
        act("claim", hotel, house.examiner, MONDAY + 3 * HOUR)
        assert self.said(hotel, house.examiner, MONDAY + 30 * DAY).claimed_by == house.examiner.id


class TestParties:
    def test_a_clerk_who_is_a_party_does_not_act(self, house: Cast, hotel: str) -> None:
        from dataclasses import replace

        own = replace(house.clerk, person=house.applicant.person)
        assert code_of(lambda: act("accept", hotel, own, MONDAY + HOUR)) == "case.party"


def test_every_act_takes_at_most_twelve_queries_however_long_the_history(house: Cast, hotel: str) -> None:
    under_review(hotel, house)
    at = MONDAY + 3 * HOUR
    for turn in range(20):
        give = {"reason": "testing", "expected_on": UNTIL, "remark": "检测"}
        act("pause", hotel, house.examiner, at + turn * HOUR, **give)
        act("resume", hotel, house.examiner, at + turn * HOUR)
    version = queries.case_for(LAW, hotel).version
    assert version == 43
    with CaptureQueriesContext(connection) as captured:
        commands.offer_hearing(
            number=hotel, by=house.examiner, at=at + 30 * HOUR, version=version, key=key(), remark="告知听证"
        )
    assert len(captured) <= 12, [query["sql"] for query in captured]


def test_every_row_is_still_the_fold_of_its_chain(house: Cast, hotel: str) -> None:
    other = submit(house.second)
    go(other, house, "accept", "check", "review", "approve", "make", "deliver", "conclude")
    TestCorrection().told(hotel, house)
    assert [diffs for _, diffs in queries.replay()] == [[], []]
