"""The acts of a case: each succeeds once, refuses with its name, and a refusal leaves no trace."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import System
from onewindow.calendars.rules import Light
from onewindow.cases import commands, queries
from onewindow.cases.commands.submit import Handed
from onewindow.cases.models import Case
from onewindow.cases.rules import Outcome, Stage
from onewindow.core import journal
from onewindow.core.clock import SHANGHAI
from onewindow.core.errors import NotFound, Refusal
from onewindow.core.models import Claim, Entry, Job
from tests.cases.given import HOUR, MONDAY, application, go, key, submit
from tests.cast import Cast

HOUSE = System("tests")
WHOLE = ("accept", "check", "review", "approve", "make", "deliver", "conclude")


def code_of(act: Callable[[], Any]) -> str:
    """Run an act that must be refused; return the code."""
    with pytest.raises(Refusal) as caught, transaction.atomic():
        act()
    return caught.value.code


def traces() -> tuple[int, int, int, int]:
    return Case.objects.count(), Entry.objects.count(), Claim.objects.count(), Job.objects.count()


class TestSubmit:
    def test_a_submission_has_a_number_a_chain_and_a_day(self, house: Cast) -> None:
        number = submit(house.applicant)
        case = queries.case_for(house.applicant, number)
        assert number.startswith("14010002-20261116-")
        assert (case.stage, case.office, case.version) == ("received", "140100-vehicles", 1)
        assert case.due_on == date(2026, 11, 23)  # five working days to say what is missing (行政许可法 §32)
        assert queries.name_of(case) == "李强"
        assert [entry.act for entry in queries.entries(number)] == ["case.submit"]
        jobs = Job.objects.filter(payload__contains=number).values_list("kind", flat=True)
        assert sorted(jobs) == ["cases.deem", "notices.tell"]

    def test_nothing_personal_is_legible_in_the_tables(self, house: Cast) -> None:
        given = application(house.applicant)
        number = commands.submit(**given)
        row = Case.objects.filter(number=number).values().get()
        facts = queries.entries(number)[0].facts
        legible = "".join(str(value) for value in row.values() if not isinstance(value, bytes | memoryview)) + facts
        for secret in ("李强", given["fields"]["buyer.id_number"], given["fields"]["person.phone"]):
            assert secret not in legible
            assert secret.encode() not in bytes(row["form"]) + bytes(row["name"])

    def test_sent_twice_it_is_one_case(self, house: Cast) -> None:
        given = application(house.applicant)
        assert commands.submit(**given) == commands.submit(**given)
        assert Case.objects.count() == 1

    def test_the_same_key_with_other_input_is_refused(self, house: Cast) -> None:
        given = application(house.applicant)
        commands.submit(**given)
        changed = {**given, "fields": {**given["fields"], "person.postcode": "030001"}}
        assert code_of(lambda: commands.submit(**changed)) == "once.reused"

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"answers": {}}, "case.questions"),
            ({"fields": {}}, "case.fields"),
            ({"papers": []}, "case.papers"),
            ({"papers_changed": "0" * 32}, "case.files"),
            ({"level": 1}, "case.level"),
        ],
    )
    def test_what_is_not_whole_is_refused_and_leaves_no_trace(
        self, house: Cast, changes: dict[str, Any], code: str
    ) -> None:
        given = application(house.applicant)
        if file := changes.pop("papers_changed", None):
            first, *rest = given["papers"]
            changes["papers"] = [Handed(first.key, first.holder, file), *rest]
        if level := changes.pop("level", None):
            changes["by"] = type(house.applicant)(house.applicant.person, level)
        before = traces()
        assert code_of(lambda: commands.submit(**{**given, **changes})) == code
        assert traces() == before

    def test_an_identity_number_with_a_slip_is_told_beside_its_field(self, house: Cast) -> None:
        given = application(house.applicant)
        number = given["fields"]["buyer.id_number"]
        slip = number[:10] + str((int(number[10]) + 1) % 10) + number[11:]
        with pytest.raises(Refusal) as caught:
            commands.submit(**{**given, "fields": {**given["fields"], "buyer.id_number": slip}})
        assert "buyer.id_number" in caught.value.facts["fields"]  # type: ignore[operator]  # a dict of faults

    def test_an_unknown_item_and_an_unknown_site_are_not_found(self, house: Cast) -> None:
        for change in ({"item": "XX99"}, {"site": "99999999"}):
            with pytest.raises(NotFound):
                commands.submit(**{**application(house.applicant), **change})

    def test_a_site_that_does_not_serve_the_item_is_refused(self, house: Cast) -> None:
        given = application(house.applicant, item="HZ12")
        assert code_of(lambda: commands.submit(**given)) == "case.site"  # the lanes check vehicles only


class TestLife:
    def test_to_the_end(self, house: Cast) -> None:
        number = submit(house.applicant)
        case = go(number, house, *WHOLE)
        assert (case.stage, case.outcome) == (Stage.CONCLUDED, Outcome.APPROVED)
        assert case.ended_at == MONDAY + 7 * HOUR
        assert (case.promised_on, case.statute_on) == (None, None)
        assert case.version == 8

    def test_a_refusal_is_served_and_concluded(self, house: Cast) -> None:
        number = submit(house.applicant)
        case = go(number, house, "accept", "check", "review", "refuse", "deliver", "conclude")
        assert (case.stage, case.outcome) == (Stage.CONCLUDED, Outcome.REFUSED)
        assert journal.facts_of(queries.entries(number)[4])["reasons"] == ["unsettled"]
        assert queries.remarks_of(case)[5] == "有一起违法未处理"

    def test_the_clocks_begin_with_acceptance_and_check(self, house: Cast) -> None:
        number = submit(house.applicant)
        accepted = go(number, house, "accept")
        assert (accepted.promised_on, accepted.due_on.year) == (None, 9999)
        checked = go(number, house, "check")
        assert (checked.promised_on, checked.statute_on) == (date(2026, 11, 18), date(2026, 11, 19))
        assert (checked.due_on, checked.told_on) == (date(2026, 11, 18), date(2026, 11, 18))

    def test_every_row_is_the_fold_of_its_chain(self, house: Cast) -> None:
        for acts in (WHOLE, WHOLE[:2], WHOLE[:4], ()):
            go(submit(house.applicant), house, *acts)
        withdrawn = submit(house.second)
        commands.withdraw(number=withdrawn, by=house.second, at=MONDAY + HOUR, version=1, key=key())
        assert [found for _, found in queries.replay() if found] == []
        assert list(journal.verify()) == []

    def test_replay_sees_a_row_that_was_changed_behind_its_back(self, house: Cast) -> None:
        number = submit(house.applicant)
        Case.objects.filter(number=number).update(stage="decided", office="140200-vehicles")
        [(_, found)] = list(queries.replay())
        assert {name for name, _, _ in found} == {"stage", "office"}

    def test_replay_sees_a_form_that_was_changed(self, house: Cast) -> None:
        one, two = submit(house.applicant), submit(house.second)
        other = Case.objects.get(number=two)
        Case.objects.filter(number=one).update(person=other.person)
        assert {name for _, found in queries.replay() for name, _, _ in found} == {"person"}


class TestRefusals:
    @pytest.mark.parametrize("act", ["check", "review", "approve", "make", "deliver", "conclude"])
    def test_an_act_that_the_stage_does_not_allow(self, house: Cast, act: str) -> None:
        number = submit(house.applicant)
        if act == "check":
            go(number, house, *WHOLE)
        before = traces()
        assert code_of(lambda: go(number, house, act)) == "case.move"
        assert traces() == before

    def test_two_clerks_on_one_case(self, house: Cast) -> None:
        number = submit(house.applicant)
        go(number, house, "accept")
        late = {"number": number, "by": house.clerk, "at": MONDAY + HOUR, "version": 1, "key": key()}
        assert code_of(lambda: commands.accept(**late)) == "case.stale"

    def test_the_same_act_sent_twice_is_one(self, house: Cast) -> None:
        number = submit(house.applicant)
        twice = {"number": number, "by": house.clerk, "at": MONDAY + HOUR, "version": 1, "key": key()}
        assert commands.accept(**twice).version == commands.accept(**twice).version == 2
        assert len(queries.entries(number)) == 2

    def test_a_clerk_without_the_duty(self, house: Cast) -> None:
        number = submit(house.applicant)
        given = {"number": number, "at": MONDAY + HOUR, "version": 1}
        assert code_of(lambda: commands.accept(by=house.reviewer, key=key(), **given)) == "case.duty"
        assert code_of(lambda: commands.accept(by=house.supervisor, key=key(), **given)) == "case.duty"

    def test_a_clerk_of_another_city_does_not_know_of_it(self, house: Cast) -> None:
        number = submit(house.applicant)
        for stranger in (house.stranger, house.outsider, house.editor):
            with pytest.raises(NotFound):
                queries.case_for(stranger, number)

    def test_a_clerk_who_is_a_party(self, house: Cast) -> None:
        number = submit(house.applicant)
        party = type(house.clerk)(
            house.clerk.id, house.clerk.duties, house.clerk.division, person=house.applicant.person
        )
        given = {"number": number, "at": MONDAY + HOUR, "version": 1, "key": key()}
        assert code_of(lambda: commands.accept(by=party, **given)) == "case.party"

    def test_a_check_before_the_receipt_or_in_the_future(self, house: Cast) -> None:
        number = submit(house.applicant)
        given = {"number": number, "by": house.clerk, "at": MONDAY + HOUR, "version": 1, "passed": True}
        for held_at in (MONDAY - HOUR, MONDAY + 2 * HOUR):
            assert code_of(lambda at=held_at: commands.check(key=key(), held_at=at, **given)) == "case.held_at"  # type: ignore[misc]

    def test_a_refusal_needs_a_reason_that_the_item_knows(self, house: Cast) -> None:
        number = submit(house.applicant)
        case = go(number, house, "accept", "check", "review")
        given = {"number": number, "by": house.reviewer, "at": MONDAY + 5 * HOUR, "version": case.version}
        for reasons in ([], ["because"]):
            assert code_of(lambda r=reasons: commands.refuse(key=key(), reasons=r, **given)) == "case.reason"  # type: ignore[misc]

    def test_withdrawal_is_the_applicants_alone_and_before_the_decision(self, house: Cast) -> None:
        number = submit(house.applicant)
        given = {"number": number, "at": MONDAY + HOUR, "version": 1}
        assert code_of(lambda: commands.withdraw(by=house.clerk, key=key(), **given)) == "case.duty"  # type: ignore[arg-type]
        case = go(number, house, "accept", "check", "review", "approve")
        late = {"number": number, "at": MONDAY + 6 * HOUR, "version": case.version, "key": key()}
        assert code_of(lambda: commands.withdraw(by=house.applicant, **late)) == "case.move"


class TestSilence:
    """行政许可法 §32: told on working day 5 is in time; from the first instant after, the case is accepted."""

    LATE = datetime(2026, 11, 24, 0, 0, tzinfo=SHANGHAI)

    def test_the_job_writes_it_down_with_the_day_of_receipt(self, house: Cast) -> None:
        number = submit(house.applicant)
        early = commands.settle_by_law(number=number, by=HOUSE, at=self.LATE - timedelta(seconds=1))
        assert early.stage == "received"
        case = commands.settle_by_law(number=number, by=HOUSE, at=self.LATE)
        assert (case.stage, case.accepted_at) == ("accepted", MONDAY)
        entry = queries.entries(number)[-1]
        assert (entry.at, entry.noted_at, entry.channel) == (MONDAY, self.LATE, "system")
        assert commands.settle_by_law(number=number, by=HOUSE, at=self.LATE).version == case.version

    def test_a_stopped_worker_changes_no_answer(self, house: Cast) -> None:
        number = submit(house.applicant)
        held = self.LATE + HOUR
        case = commands.check(
            number=number, by=house.clerk, at=held + HOUR, version=1, key=key(), held_at=held, passed=True
        )
        assert [entry.act for entry in queries.entries(number)] == ["case.submit", "case.accept", "case.check"]
        assert case.promised_on == date(2026, 11, 26)

    def test_the_page_says_so_before_it_is_written_down(self, house: Cast) -> None:
        number = submit(house.applicant)
        page = queries.case_page_for(house.clerk, number, at=self.LATE)
        assert (page.state.stage, page.case.stage) == (Stage.ACCEPTED, "received")
        assert {each.act.value: each.refusal is None for each in page.acts}["accept"] is False

    def test_an_acceptance_after_it_is_refused_for_it_is_accepted(self, house: Cast) -> None:
        number = submit(house.applicant)
        given = {"number": number, "by": house.clerk, "at": self.LATE + HOUR, "version": 1, "key": key()}
        assert code_of(lambda: commands.accept(**given)) == "case.move"


class TestLists:
    def test_a_person_sees_their_own(self, house: Cast) -> None:
        mine = [submit(house.applicant) for _ in range(3)]
        submit(house.second)
        page = queries.cases_of_for(house.applicant, today=MONDAY.date(), size=2)
        assert [row.number for row in page.rows] == mine[:0:-1]
        rest = queries.cases_of_for(house.applicant, today=MONDAY.date(), after=page.after, size=2)
        assert [row.number for row in rest.rows] == mine[:1]
        assert rest.after == ""

    def test_the_work_list_is_by_day_and_light(self, house: Cast, django_assert_num_queries: Any) -> None:
        old = submit(house.applicant, at=MONDAY - timedelta(days=14))
        go(old, house, "accept", "check", start=MONDAY - timedelta(days=14))
        new = submit(house.applicant)
        with django_assert_num_queries(5):
            works = queries.work_list_for(house.clerk, scope="14010002", today=MONDAY.date())
        assert [row.number for row in works.rows] == [old, new]
        assert [row.light for row in works.rows] == [Light.VOID, Light.OK]
        assert works.counts == {Light.VOID: 1, Light.LATE: 0, Light.WARN: 0, Light.OK: 1}
        red = queries.work_list_for(house.clerk, scope="14010002", today=MONDAY.date(), light=Light.VOID)
        assert [row.number for row in red.rows] == [old]

    def test_the_work_list_turns_its_pages_without_a_gap(self, house: Cast) -> None:
        numbers = [submit(house.applicant) for _ in range(5)]
        seen, after = [], ""
        while True:
            page = queries.work_list_for(house.clerk, scope="14010002", today=MONDAY.date(), after=after, size=2)
            seen += [row.number for row in page.rows]
            after = page.after
            if not after:
                break
        assert seen == numbers

    def test_a_scope_of_others_is_not_found(self, house: Cast) -> None:
        for scope in ("14020002", "140200-vehicles", "*"):
            with pytest.raises(NotFound):
                queries.work_list_for(house.clerk, scope=scope, today=MONDAY.date())

    def test_the_case_page_says_what_is_allowed_and_why_not(self, house: Cast, django_assert_num_queries: Any) -> None:
        number = submit(house.applicant)
        go(number, house, "accept")
        with django_assert_num_queries(5):
            page = queries.case_page_for(house.reviewer, number, at=MONDAY + 2 * HOUR)
        allowed = {each.act.value: each.refusal.code if each.refusal else "" for each in page.acts}
        assert allowed["review"] == ""
        assert allowed["approve"] == "case.move"
        assert allowed["check"] == "case.duty"


class TestUnmasking:
    def test_the_read_is_written_first_and_shown_to_the_person(self, house: Cast) -> None:
        given = application(house.applicant)
        number = commands.submit(**given)
        opened = commands.unmask(
            number=number, by=house.clerk, what="buyer.id_number", why="核对证件", at=MONDAY + HOUR
        )
        assert opened == given["fields"]["buyer.id_number"]
        [read] = accounts.reads_of_for(house.applicant)
        assert (read.what, read.why, read.subject) == ("buyer.id_number", "核对证件", number)

    def test_without_a_reason_nothing_opens(self, house: Cast) -> None:
        number = submit(house.applicant)
        act = {"number": number, "by": house.clerk, "what": "name", "at": MONDAY + HOUR}
        with pytest.raises(Refusal) as caught:
            commands.unmask(why=" ", **act)
        assert caught.value.code == "accounts.reason"
        assert accounts.reads_of_for(house.applicant) == []


class TestDrafts:
    def test_a_draft_keeps_what_was_typed(self, house: Cast) -> None:
        draft = commands.begin(by=house.applicant, item="CG04", answers={"owner_kind": "unit"}, at=MONDAY)
        commands.save(by=house.applicant, number=draft.number, at=MONDAY, version=1, fields={"buyer.name": "李强"})
        again = commands.begin(by=house.applicant, item="CG04", answers={"owner_kind": "military"}, at=MONDAY)
        form = queries.form_of(again)
        assert (form.answers, form.fields) == ({"owner_kind": "military"}, {"buyer.name": "李强"})

    def test_another_tab_does_not_write_over(self, house: Cast) -> None:
        draft = commands.begin(by=house.applicant, item="CG04", answers={}, at=MONDAY)
        save = {"by": house.applicant, "number": draft.number, "at": MONDAY, "version": 1}
        commands.save(fields={"buyer.name": "甲"}, **save)
        assert code_of(lambda: commands.save(fields={"buyer.name": "乙"}, **save)) == "draft.stale"

    def test_a_draft_of_others_is_not_found_and_goes_with_the_submission(self, house: Cast) -> None:
        draft = commands.begin(by=house.applicant, item="CG04", answers={}, at=MONDAY)
        with pytest.raises(NotFound):
            queries.draft_for(house.second, draft.number)
        commands.submit(**{**application(house.applicant), "draft": draft.number})
        assert queries.drafts_for(house.applicant) == []


@pytest.mark.django_db(transaction=True)
def test_eight_threads_send_one_application(house: Cast) -> None:
    """A double click eight times over: one case, one number told to everyone."""
    given, told = application(house.applicant), []
    start = threading.Barrier(8)

    def post() -> None:
        start.wait()
        told.append(commands.submit(**given))
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(told) == 8
    assert len(set(told)) == 1
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_one_wins_and_one_is_told(house: Cast) -> None:
    number, answers = submit(house.applicant), []
    start = threading.Barrier(2)

    def post() -> None:
        start.wait()
        try:
            commands.accept(number=number, by=house.clerk, at=MONDAY + HOUR, version=1, key=key())
            answers.append("done")
        except Refusal as refusal:
            answers.append(refusal.code)
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(answers) == ["case.stale", "done"]
    assert len(queries.entries(number)) == 2
