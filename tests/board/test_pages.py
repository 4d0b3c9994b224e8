"""The board: who may see it, every figure equals its rows, what waits, and nothing of anybody where none is needed."""

import json
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onewindow.cases import commands, queries
from onewindow.cases.rules import Fault
from onewindow.core import clock, jobs, journal
from onewindow.core.errors import NotFound
from onewindow.jobs.listeners import WORKER
from tests.board.conftest import SetClock
from tests.board.given import LATER, figures, lights, numbers, supervising
from tests.cases.given import HOUR, MONDAY, go, key, submit
from tests.cast import HALL, LANES, OFFICE, Cast
from tests.desk.given import Desk
from tests.portal.given import Visitor

DAY = timedelta(days=1)

PAGES = [
    "/board/", "/board/places/140100", "/board/cases", "/board/overdue", "/board/waits/corrections",
    "/board/waits/pauses", "/board/waits/silences", "/board/waits/letters", "/board/calendar", "/board/catalogue",
    "/board/jobs",
]  # fmt: skip
COUNTY_HALL = "14010501"


@pytest.mark.parametrize("path", PAGES)
def test_only_supervisors_see_the_board(cast: Cast, time: SetClock, path: str) -> None:
    submit(cast.applicant)
    Desk(cast.supervisor).get(path)
    for asker in (cast.clerk, cast.reviewer, cast.head, cast.applicant, cast.editor):
        Desk(asker).get(path, 404)
    assert Client().get(path).headers["Location"].startswith("/sign-in?for=staff")


def test_an_administrator_sees_the_jobs_alone(cast: Cast, time: SetClock) -> None:
    admin = Desk(cast.admin)
    admin.get("/board/jobs")
    for path in PAGES[:-1]:
        admin.get(path, 404)


def test_the_desk_leads_a_supervisor_to_the_board(cast: Cast, time: SetClock) -> None:
    way = 'href="/board/"'
    assert way in Desk(cast.supervisor).get(reverse("desk:find"))
    assert way not in Desk(cast.clerk).get(reverse("desk:find"))


def test_every_figure_leads_to_exactly_its_rows(cast: Cast, board: Desk, time: SetClock) -> None:
    case = lights(cast)
    time(LATER)
    seen = 0
    for path in ("/board/", "/board/places/140100", f"/board/places/{LANES}", f"/board/places/{OFFICE}"):
        for address, count in figures(board.get(path)):
            assert len(numbers(board, address)) == count, (path, address)
            seen += 1
    assert seen > 20
    assert sorted(numbers(board, "/board/cases")) == sorted(case.values())
    assert numbers(board, "/board/cases?light=void") == [case["void"]]
    assert numbers(board, "/board/cases?light=hold") == [case["hold"]]
    assert numbers(board, f"/board/cases?where={HALL}&light=ok") == [case["hall"]]
    assert numbers(board, "/board/cases?item=CG03") == []


def test_the_lights_of_the_board_are_those_of_the_list(cast: Cast, board: Desk, time: SetClock) -> None:
    """Each row behind a light carries that light, on every day of a case's life."""
    lights(cast)
    for days in range(0, 60, 3):
        time(MONDAY + timedelta(days=days, hours=6))
        today = clock.day_of(clock.now())
        whole = queries.behind_for(cast.supervisor, queries.Chosen(), today=today).rows
        counts = {light: sum(row.light is light for row, _, _ in whole) for light in queries.LIGHTS}
        found = queries.tallies_for(cast.supervisor, at=clock.now()).rows
        assert {light: sum(row.lights[light] for row in found) for light in queries.LIGHTS} == counts


def test_a_city_its_counties_and_its_own_sites_each_count_their_own(cast: Cast, board: Desk, time: SetClock) -> None:
    own = submit(cast.applicant, site=HALL)
    county = submit(cast.second, site=COUNTY_HALL)
    for path in ("/board/", "/board/places/140100", "/board/places/140105"):
        for address, count in figures(board.get(path)):
            assert len(numbers(board, address)) == count, (path, address)
    assert sorted(numbers(board, "/board/cases?where=140100")) == sorted([own, county])
    assert numbers(board, "/board/cases?where=140105") == [county]
    assert 'href="/board/places/140105"' in board.get("/board/places/140100")


def test_figures_follow_each_other_by_key(cast: Cast, time: SetClock) -> None:
    given = [submit(cast.applicant, at=MONDAY + timedelta(minutes=place)) for place in range(7)]
    found, after = [], ""
    while after or not found:
        page = queries.behind_for(cast.supervisor, queries.Chosen(), today=clock.day_of(MONDAY), after=after, size=3)
        found, after = [*found, *(row.number for row, _, _ in page.rows)], page.after
    assert found == given


def test_names_are_masked(cast: Cast, board: Desk, time: SetClock) -> None:
    lights(cast)
    time(LATER)
    for path in ("/board/cases", "/board/overdue", "/board/waits/pauses"):
        page = board.get(path)
        assert "李强" not in page
        assert "刘洋" not in page


@pytest.mark.parametrize(("scope", "mine"), [(HALL, ["hall", "hold"]), (OFFICE, ["hall", "ok", "void"])])
def test_a_supervisor_of_one_place_sees_that_place(cast: Cast, time: SetClock, scope: str, mine: list[str]) -> None:
    case = lights(cast)
    time(LATER)
    asker = supervising(cast, scope)
    found = queries.behind_for(asker, queries.Chosen(), today=clock.day_of(LATER))
    assert sorted(row.number for row, _, _ in found.rows) == sorted(case[name] for name in mine)
    tallies = queries.tallies_for(asker, at=LATER).rows
    assert sum(sum(row.lights.values()) for row in tallies) == len(mine)
    assert queries.dead_count_for(asker) == 0
    with pytest.raises(NotFound):
        queries.dead_letters_for(asker)


def test_a_place_that_is_none_and_one_of_others_are_missing_alike(cast: Cast, board: Desk, time: SetClock) -> None:
    lights(cast)
    for where in ("nowhere", "999999", "14020001", "140200"):
        board.get(f"/board/places/{where}", 404)
    board.get("/board/cases?where=nowhere", 404)
    board.get("/board/cases?light=pink", 404)
    board.get("/board/cases?after=yesterday", 404)
    board.get("/board/waits/other", 404)


def test_late_cases_say_who_has_them_and_what_was_done(cast: Cast, board: Desk, time: SetClock) -> None:
    number = submit(cast.applicant)
    case = go(number, cast, "accept", "check", "review")
    commands.claim(number=number, by=cast.reviewer, at=MONDAY + 5 * HOUR, version=case.version, key=key())
    time(LATER)
    [found], _ = queries.overdue_for(cast.supervisor, today=clock.day_of(LATER))
    assert (found.last_act, found.cause, found.last_by) == ("case.review", "", cast.reviewer.id)
    assert found.held_since == MONDAY + 5 * HOUR
    page = board.get("/board/overdue")
    assert "何平" in page
    assert "还没有说明" in page
    assert "材料齐全" not in page  # what was written for the case is read on the case's page
    assert number in board.get("/board/overdue?where=140100")
    assert "没有超期的办件" in board.get("/board/overdue?where=140200")


def test_late_cases_say_why(cast: Cast, board: Desk, time: SetClock) -> None:
    number = submit(cast.applicant)
    go(number, cast, "accept", "check", "review")
    time(LATER)
    Desk(cast.reviewer).act(
        number, "explain", cause="load", expected_on=str(clock.day_of(LATER) + DAY), remark="两人休假，积了四十件"
    )
    [found], _ = queries.overdue_for(cast.supervisor, today=clock.day_of(LATER))
    assert (found.last_act, found.cause, found.why) == ("case.review", "load", "两人休假，积了四十件")
    page = board.get("/board/overdue")
    for said in ("办件量大、人手不足", "两人休假，积了四十件", "预计办完"):
        assert said in page
    assert "两人休假" not in Visitor(cast.applicant).get(f"/cases/{number}")


def test_what_waits_is_listed(cast: Cast, board: Desk, time: SetClock) -> None:
    case = lights(cast)
    time(LATER)
    assert case["hold"] in board.get("/board/waits/pauses")
    assert "现在没有" in board.get("/board/waits/corrections")
    page = board.get("/board/")
    assert "/board/waits/pauses" in page


def test_a_correction_whose_day_is_near(cast: Cast, board: Desk, time: SetClock) -> None:
    number = submit(cast.applicant)
    case = queries.case_for(cast.clerk, number)
    paper = queries.papers_of(case)[0]
    fault = Fault("paper", paper.key, paper.holder)
    commands.send_back(
        number=number, by=cast.clerk, at=MONDAY + HOUR, version=case.version, key=key(), faults=[fault],
        until_on=date(2026, 11, 27), notes={fault.name: "看不清"},
    )  # fmt: skip
    time(MONDAY + timedelta(days=2))
    assert number not in board.get("/board/waits/corrections")
    time(MONDAY + timedelta(days=8))
    assert number in board.get("/board/waits/corrections")


def test_silence_is_listed_in_the_month_in_which_it_was_written_down(cast: Cast, board: Desk, time: SetClock) -> None:
    number = submit(cast.applicant, item="ZA14", site=HALL)
    commands.settle_by_law(number=number, by=WORKER, at=MONDAY + timedelta(days=8))
    by_hand = submit(cast.second)
    go(by_hand, cast, "accept")
    time(MONDAY + timedelta(days=9))
    page = board.get("/board/waits/silences")
    assert number in page
    assert by_hand not in page
    time(MONDAY + timedelta(days=40))
    assert number not in board.get("/board/waits/silences")


# The jobs


@pytest.fixture
def dead(cast: Cast, time: SetClock) -> int:
    """A job that failed at every attempt; its payload holds what no page may show."""
    payload = {"subject": "14010002-20261116-00001", "phone": "10000000901", "name": "李强"}
    jobs.put(kind="test.board", payload=payload, run_at=MONDAY)
    job = jobs.Job.objects.get(kind="test.board")
    job.attempts, job.dead_at, job.error = jobs.MAX_ATTEMPTS, MONDAY, "TimeoutError"
    job.save()
    return job.pk


_DONE: list[str] = []


@jobs.handler("test.board")
def _handle(payload: dict[str, object], at: object) -> None:
    _DONE.append(json.dumps(payload))


def test_a_dead_letter_is_tried_again_and_succeeds(cast: Cast, board: Desk, dead: int) -> None:
    page = board.get("/board/jobs")
    assert "TimeoutError" in page
    assert "14010002-20261116-00001" in page
    assert "10000000901" not in page
    assert "李强" not in page
    form = board.form(f"/board/jobs/{dead}/again")
    board.send(f"/board/jobs/{dead}/again")
    assert "没有搁置的任务" in board.get("/board/jobs")
    assert board.client.post(f"/board/jobs/{dead}/again", form).status_code == 303  # twice sent, once done
    [entry] = journal.chain("job", str(dead))
    assert (entry.act, entry.staff) == ("job.try_again", cast.supervisor.id)
    assert "10000000901" not in entry.facts
    _DONE.clear()
    while jobs.work_once(worker="test", lease_seconds=60):
        pass
    assert len(_DONE) == 1
    assert jobs.Job.objects.get(pk=dead).done_at is not None


def test_who_supervises_one_place_revives_no_job(cast: Cast, dead: int) -> None:
    for by in (supervising(cast, LANES), cast.clerk):
        with pytest.raises(NotFound):
            commands.try_again(id=dead, by=by, at=MONDAY, key=key())
    with pytest.raises(NotFound):
        commands.try_again(id=dead + 1, by=cast.supervisor, at=MONDAY, key=key())
    Desk(cast.clerk).get(f"/board/jobs/{dead}/again", 404)
    assert jobs.dead_letters().filter(pk=dead).exists()


def test_an_administrator_may_revive(cast: Cast, dead: int) -> None:
    commands.try_again(id=dead, by=cast.admin, at=MONDAY, key=key())
    assert not jobs.dead_letters().filter(pk=dead).exists()


def test_letters_that_wait_or_failed_are_listed(cast: Cast, board: Desk, time: SetClock) -> None:
    number = submit(cast.applicant)
    jobs.put(kind="cases.letter", payload={"kind": "case", "subject": number, "seq": 1}, run_at=MONDAY)
    assert "等着制作" in board.get("/board/waits/letters")
    jobs.Job.objects.filter(kind="cases.letter").update(dead_at=MONDAY, error="NoFont")
    assert "试尽，已搁置" in board.get("/board/waits/letters")


# The house


def test_provisional_years_and_the_cases_they_touch(cast: Cast, board: Desk, time: SetClock) -> None:
    number = submit(cast.applicant, at=MONDAY + timedelta(days=36))  # due in the last days of the year
    time(MONDAY + timedelta(days=36))
    page = board.get("/board/calendar")
    assert "没有通知，暂定" in page
    assert numbers(board, "/board/cases?provisional=1") == [number]
    assert ("/board/cases?provisional=1", 1) in figures(page)
    time(MONDAY + timedelta(days=36) - timedelta(days=200))
    assert "notice warn" not in board.get("/board/calendar")


def test_catalogue_gaps_are_counted_by_item(board: Desk, time: SetClock) -> None:
    page = board.get("/board/catalogue")
    assert "演示值（D）" in page
    rows = re.findall(r'<td class="r" data-l="缺项">(\d+)</td>', page)
    [whole] = re.findall(r"<dt>缺项</dt><dd>(\d+)</dd>", page)
    assert sum(map(int, rows)) == int(whole) > 0


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_as_often_for_one_case_as_for_many(cast: Cast, board: Desk, time: SetClock, path: str) -> None:
    def asked() -> int:
        queries.forget()
        with CaptureQueriesContext(connection) as seen:
            board.get(path)
        return len(seen)

    lights(cast)
    time(LATER)
    board.get(path)  # what a process keeps of the catalogue is kept from now on
    few = asked()
    for place in range(8):
        submit(cast.applicant, at=MONDAY + timedelta(minutes=place + 1))
    assert asked() == few <= MOST_QUERIES[path]


MOST_QUERIES = {**dict.fromkeys(PAGES, 16), "/board/": 26}


@pytest.mark.parametrize("path", PAGES)
def test_pages_speak_english(cast: Cast, time: SetClock, path: str) -> None:
    lights(cast)
    time(LATER)
    page = Desk(cast.supervisor, "en").get(path)
    text = re.sub(r"<(style|script).*?</\1>|<[^>]*lang=\"zh-Hans\"[^>]*>[^<]*<|value=\"[^\"]*\"", "<", page)
    names = {"赵敏", "中文", "李", "刘"}  # staff, the other language, masked surnames
    assert {word for word in re.findall(r"[㐀-鿿]+", text)} <= names


def test_a_page_is_small(cast: Cast, board: Desk, time: SetClock) -> None:
    lights(cast)
    time(LATER)
    assert len(board.get("/board/").encode()) < 60_000
