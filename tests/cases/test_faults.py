"""What goes wrong between people, machines and days: each fault has one answer, and no act is half done by it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from structlog.testing import capture_logs

from onewindow.accounts import commands as people
from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Basis, Duty, Guardianship, IdType, Need, Proof, System, identity_number
from onewindow.calendars import commands as calendars
from onewindow.calendars.rules import Light, Notice, parse_notice
from onewindow.cases import commands, queries
from onewindow.cases.models import Case
from onewindow.cases.rules import Fault
from onewindow.core import clock, installation, jobs, journal
from onewindow.core.clock import SHANGHAI
from onewindow.core.errors import NotFound
from onewindow.core.models import Entry, Job
from onewindow.jobs import listeners
from onewindow.notices import queries as notices
from onewindow.notices.gateways import HttpSender, press
from onewindow.notices.models import Message
from tests.cases.given import HOUR, MONDAY, application, go, key, submit
from tests.cases.test_commands import code_of, traces
from tests.cases.test_redate import LATER, PUBLISHED, RECEIVED, REST
from tests.cases.test_whole_life import DAY, UNTIL, act
from tests.cast import HALL, LANES, Cast
from tests.notices.gateway import Gateway, gateway
from tests.portal.given import Visitor

WORKER = System("worker")


def unbroken() -> bool:
    """Say whether every chain verifies and every row is the fold of its chain."""
    return not list(journal.verify()) and not [found for _, found in queries.replay() if found]


class TestWhoActs:
    def letter(self, house: Cast, until_on: date) -> int:
        """李强 lets 刘洋 act for him, in everything, until the day."""
        return people.give_letter(
            agent=house.second.person,
            items=[],
            from_on=MONDAY.date(),
            until_on=until_on,
            by=house.applicant,
            at=MONDAY,
            key=key(),
        )

    def child(self, house: Cast) -> int:
        number = identity_number("149900", date(2015, 6, 1), 12)
        return people.register(name="李小乐", id_type=IdType.RESIDENT_ID, id_number=number, by=house.clerk, at=MONDAY)

    def test_a_guardian_without_a_relation_is_none(self, house: Cast) -> None:
        ward = self.child(house)
        noted = {"ward": ward, "need": Need.MINOR, "by": house.clerk, "at": MONDAY}
        booklet, parent = Proof.HOUSEHOLD_BOOKLET, Guardianship.PARENT
        spouse = partial(people.note_guardian, **noted, guardian=house.second.person, proof=booklet, key=key())
        assert code_of(partial(spouse, relation=Guardianship.SPOUSE)) == "accounts.guardian"
        true = people.note_guardian(**noted, guardian=house.applicant.person, relation=parent, proof=booklet, key=key())
        before = traces()
        with pytest.raises(NotFound):  # another's guardianship is no ground
            accounts.agent_asker(house.second, Basis.GUARDIAN, true, MONDAY.date())
        whole = application(house.second)
        one = commands.Applied("CG04", whole["answers"], whole["fields"], whole["papers"])
        given = {"by": house.clerk, "person": house.second.person, "items": [one], "site": LANES, "at": MONDAY}
        assert code_of(lambda: commands.receive(**given, acts_for=f"guardian-{true}", key=key())) == "case.agent"
        assert traces() == before

    def test_an_agent_after_the_end_of_the_letter(self, house: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        last = MONDAY + 3 * DAY
        letter = self.letter(house, last.date() + DAY)
        agent = accounts.agent_asker(house.second, Basis.LETTER, letter, last.date())
        number = commands.submit(**{**application(house.applicant, item="CG05"), "by": agent, "at": last})
        assert queries.case_for(house.applicant, number).agent == house.second.person
        before = traces()
        with pytest.raises(NotFound):
            accounts.agent_asker(house.second, Basis.LETTER, letter, last.date() + DAY)
        late = {**application(house.applicant, item="CG05"), "by": agent, "at": last + DAY}  # as it stood a day before
        assert code_of(lambda: commands.submit(**late)) == "case.agent"
        assert traces() == before
        visitor = Visitor(agent)  # signed in while it was good, comes back after its end
        monkeypatch.setattr(clock, "now", lambda: last + timedelta(hours=2))
        visitor.get(f"/cases/{number}")
        monkeypatch.setattr(clock, "now", lambda: last + DAY)
        visitor.get(f"/cases/{number}", 404)
        assert visitor.post(f"/cases/{number}/withdraw", {"version": 1, "once": "0" * 32}).status_code == 404
        assert queries.case_for(house.applicant, number).stage == "received"

    def test_a_clerk_who_is_a_party_does_nothing_on_the_case(self, house: Cast) -> None:
        letter = self.letter(house, UNTIL)
        agent = accounts.agent_asker(house.second, Basis.LETTER, letter, MONDAY.date())
        number = commands.submit(**{**application(house.applicant, item="CG05"), "by": agent})
        before = traces()
        for party in (house.applicant.person, house.second.person):  # the applicant, and who acted for him
            clerk = replace(house.clerk, person=party)
            for name in ("accept", "claim"):
                assert code_of(lambda n=name, by=clerk: act(n, number, by, MONDAY + HOUR)) == "case.party"  # type: ignore[misc]
        assert traces() == before
        act("accept", number, house.clerk, MONDAY + HOUR)
        reviewer = replace(house.reviewer, person=house.second.person)
        assert code_of(lambda: act("review", number, reviewer, MONDAY + 3 * HOUR, remark="齐全")) == "case.party"

    def test_who_accepted_does_not_decide(self, house: Cast) -> None:
        number = submit(house.applicant, item="ZA14", site=HALL)
        office = queries.case_for(WORKER, number).office
        both = replace(house.clerk, duties=house.clerk.duties | {(Duty.DECIDE, office), (Duty.REVIEW, office)})
        act("accept", number, both, MONDAY + HOUR)
        act("review", number, both, MONDAY + 2 * HOUR, remark="材料齐全")
        before = traces()
        assert code_of(lambda: act("approve", number, both, MONDAY + 3 * HOUR)) == "case.same_person"
        grounds = ["unsettled"]
        assert code_of(lambda: act("refuse", number, both, MONDAY + 3 * HOUR, reasons=grounds, remark="不符")) in (
            "case.same_person",
            "case.reason",
        )
        assert traces() == before
        assert act("approve", number, house.examiner, MONDAY + 3 * HOUR).stage == "decided"


@pytest.mark.long
class TestANoticeWhileClocksRun:
    """500 open cases in every stage that has a clock (or stands still), when the notice for the next year comes out."""

    EARLIER = parse_notice("一、元旦：1月1日（周五）放假1天，不调休。1月2日（周六）上班。" + REST, 2027)

    def running(self, house: Cast, count: int) -> list[str]:
        """So many cases whose days run, and twenty that stand still."""
        numbers = [submit(house.applicant, at=RECEIVED + timedelta(seconds=place)) for place in range(count)]
        for number in numbers[: count // 2]:
            go(number, house, "accept", "check", start=RECEIVED + DAY, step=timedelta(minutes=5))
        for number in numbers[: count // 5]:
            act("review", number, house.reviewer, RECEIVED + DAY + HOUR, remark="材料齐全")
        hotels = [submit(house.applicant, item="ZA14", site=HALL, at=RECEIVED) for _ in range(20)]
        for number in hotels[:10]:  # sent back: the person's own day stands
            seal = Fault("other", "seal")
            act("send_back", number, house.clerk, RECEIVED + HOUR, faults=[seal], until_on=RECEIVED.date() + 9 * DAY)
        for number in hotels[10:]:  # paused: no day runs
            act("accept", number, house.clerk, RECEIVED + HOUR)
            act("review", number, house.examiner, RECEIVED + 2 * HOUR, remark="材料齐全")
            expected = RECEIVED.date() + 30 * DAY
            give = {"reason": "appraisal", "expected_on": expected, "remark": "委托鉴定"}
            act("pause", number, house.examiner, RECEIVED + 3 * HOUR, **give)
        return [*numbers, *hotels]

    @pytest.mark.parametrize(("notice", "running"), [(LATER, 480), (EARLIER, 60)], ids=["later", "earlier"])
    def test_no_one_becomes_late_and_each_change_has_both_dates(
        self, house: Cast, notice: Notice, running: int
    ) -> None:
        numbers = self.running(house, running)
        told = dict(Case.objects.values_list("number", "due_on"))
        size = Entry.objects.filter(kind="case").count()
        calendars.propose(notice=notice, by=house.editor, at=PUBLISHED)
        calendars.publish(year=2027, by=house.publisher, at=PUBLISHED)
        begun = time.monotonic()
        after = 0
        while after := commands.redate(after=after, by=WORKER, at=PUBLISHED):
            pass
        took = time.monotonic() - begun
        changed = 0
        for number in numbers:
            case, chain = queries.case_for(WORKER, number), queries.entries(number)
            notes = [journal.facts_of(entry) for entry in chain if entry.act == "case.redate"]
            assert len(notes) <= 1
            changed += len(notes)
            if case.due_on != told[number]:
                assert notes, number
            for note in notes:
                days = [day.isoformat() if day else "" for day in (case.yellow_on, case.promised_on, case.statute_on)]
                assert note["before"] != days
                kept = note["dates"]
                assert [kept[name] or "" for name in ("yellow_on", "promised_on", "statute_on")] == days
            assert case.due_on >= told[number], number  # who was told a day keeps it, or gets a later one
            if told[number].year == 9999:
                assert not notes
        for number in [number for number in numbers if told[number].year < 9999][::10]:
            end = datetime.combine(told[number], datetime.max.time(), SHANGHAI)
            page = queries.case_page_for(WORKER, number, at=end)
            shown = page.clocks.shown(page.state.stage)
            assert shown is None or shown.reading.light not in (Light.LATE, Light.VOID)
        assert Entry.objects.filter(kind="case").count() - size == changed
        assert changed == running  # all but those that stand still
        assert unbroken()
        assert took < 30, took


class TestAPressThatFails:
    def test_the_act_stands_the_job_comes_back_and_a_revived_one_issues(
        self, house: Cast, settings: Any, tmp_path: Path
    ) -> None:
        at = clock.now()
        number = submit(house.applicant, at=at - HOUR)
        Job.objects.all().delete()
        act("accept", number, house.clerk, at)
        Job.objects.exclude(kind="cases.letter").delete()
        settings.FONTS_DIR = tmp_path  # a machine without a Chinese font
        press.cache_clear()
        for attempt in range(1, jobs.MAX_ATTEMPTS + 1):
            Job.objects.update(run_at=at)
            assert jobs.work_once(worker="tests", lease_seconds=60)
            job = Job.objects.get()
            assert (job.attempts, job.error, job.done_at) == (attempt, "NoFont", None)
        [dead] = jobs.dead_letters()
        assert not jobs.work_once(worker="tests", lease_seconds=60)
        assert (queries.case_for(WORKER, number).stage, notices.letters_of(number)) == ("accepted", ())
        settings.FONTS_DIR = None
        press.cache_clear()
        jobs.revive(dead.pk)
        assert jobs.work_once(worker="tests", lease_seconds=60)
        assert {letter.language for letter in notices.letters_of(number)} == {"zh", "en"}
        assert Job.objects.get().done_at is not None
        assert unbroken()


class TestAGatewayForTexts:
    """A gateway that answers late, never, or after it took the text: the act stands, the text goes out once."""

    @pytest.fixture
    def way(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
        with gateway() as told:
            settings.SMS_URL, settings.SMS_TOKEN = told.url, "hush"
            monkeypatch.setattr(installation, "is_demo", lambda: False)  # a demo sends nothing
            monkeypatch.setattr(listeners, "HttpSender", partial(HttpSender, seconds=0.3))
            yield told

    def told(self, house: Cast) -> str:
        """A case just accepted, whose applicant has a message, the copy of which waits to go out."""
        at = clock.now()
        number = submit(house.applicant, at=at - HOUR)
        Job.objects.all().delete()
        act("accept", number, house.clerk, at)
        Job.objects.exclude(kind="notices.tell").delete()
        assert jobs.work_once(worker="tests", lease_seconds=60)
        return number

    def again(self) -> Job:
        """Let the waiting copy be tried now, and return its job."""
        Job.objects.filter(done_at=None, dead_at=None).update(run_at=clock.now())
        assert jobs.work_once(worker="tests", lease_seconds=60)
        return Job.objects.get(kind="notices.send")

    def test_one_that_answers_late_has_the_text_once(self, house: Cast, way: Gateway) -> None:
        number = self.told(house)
        way.manner = "late"
        assert self.again().error == "SenderFault timeout"
        assert Message.objects.get().sent_at is None
        way.let_go.set()
        way.manner = "take"
        assert self.again().done_at is not None
        assert [post["reference"] for post in way.posts] == [f"{number}-2"] * 2
        assert list(way.phones) == [f"{number}-2"]  # the second copy was known by its reference
        assert Message.objects.get().sent_at is not None

    def test_one_that_never_answers_leaves_the_act_and_the_inbox(self, house: Cast, way: Gateway) -> None:
        number = self.told(house)
        way.manner = "drop"
        with capture_logs() as logs:
            errors = {self.again().error for _ in range(jobs.MAX_ATTEMPTS)}
        assert errors == {"SenderFault away"}
        assert [job.kind for job in jobs.dead_letters()] == ["notices.send"]
        assert {post["reference"] for post in way.posts} == {f"{number}-2"}
        assert queries.case_for(WORKER, number).stage == "accepted"
        assert number in notices.inbox_for(house.applicant)[0][0].words.zh
        phone = accounts.phone_of(house.applicant.person)
        assert {post["phone"] for post in way.posts} == {phone}
        said = f"{logs}{list(Job.objects.values())}{[entry.facts for entry in queries.entries(number)]}"
        assert phone
        assert all(word not in said for word in (phone, "hush"))
        way.manner = "take"
        jobs.revive(jobs.dead_letters()[0].pk)
        assert self.again().done_at is not None
        assert list(way.phones) == [f"{number}-2"]

    def test_a_worker_that_dies_after_the_text_went_out_sends_no_second(
        self, house: Cast, way: Gateway, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        number = self.told(house)
        saved = Message.save
        monkeypatch.setattr(Message, "save", lambda *_, **__: (_ for _ in ()).throw(OSError))
        assert self.again().error == "OSError"
        monkeypatch.setattr(Message, "save", saved)
        assert self.again().done_at is not None
        assert len(way.posts) == 2
        assert list(way.phones) == [f"{number}-2"]

    @pytest.mark.django_db(transaction=True)
    def test_while_it_keeps_the_worker_waiting_the_house_goes_on(
        self, house: Cast, way: Gateway, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.told(house)
        monkeypatch.setattr(listeners, "HttpSender", partial(HttpSender, seconds=20))
        way.manner = "late"
        other = submit(house.second, at=clock.now())

        def work() -> None:
            Job.objects.filter(kind="notices.send").update(run_at=clock.now() - DAY)
            jobs.work_once(worker="tests", lease_seconds=60)
            connection.close()

        worker = threading.Thread(target=work)
        worker.start()
        assert way.came.wait(20)
        begun = time.monotonic()
        act("accept", other, house.clerk, clock.now())
        took = time.monotonic() - begun
        assert worker.is_alive()
        way.let_go.set()
        worker.join(20)
        assert took < 5  # on SQLite too, which has one lock for all who write
        assert Message.objects.get(act="case.accept", sent_at__isnull=False)
