"""A year is proposed by one person and published by another; what is published is what the clocks count by."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from onewindow.accounts.rules import Staff, System
from onewindow.calendars import commands, queries
from onewindow.calendars.models import CalendarYear
from onewindow.calendars.rules import Notice, parse_notice, reading
from onewindow.core import journal
from onewindow.core.errors import Refusal
from onewindow.core.models import Job
from tests.calendars.given import CALENDAR, DATA, NOTICES, STATUTORY, clock, day, moment

pytestmark = pytest.mark.django_db
HOUSE, ONE, OTHER = System("setup"), Staff(1, frozenset(), "140000"), Staff(2, frozenset(), "140000")
AT = moment("2026-11-24")
NOTICE_2027 = parse_notice(
    "一、元旦：2026年12月31日至2027年1月2日放假调休，共3天。2026年12月27日（周日）上班。\n"
    "二、春节：2月5日至11日放假，共7天。\n三、清明节：4月5日放假。\n四、劳动节：5月1日至3日放假。\n"
    "五、端午节：6月9日放假。\n六、中秋节：9月15日放假。\n七、国庆节：10月1日至7日放假。",
    2027,
)


def load() -> None:
    commands.load(by=HOUSE, at=AT, folder=DATA)


def test_without_a_year_nothing_can_be_counted() -> None:
    with pytest.raises(Refusal):
        reading(clock("5 workdays", "2024-09-30"), queries.work_calendar(), AT)


def test_a_new_database_is_loaded_in_one_step_and_once() -> None:
    assert commands.load(by=HOUSE, at=AT, folder=DATA) == ((2024, 2025, 2026, 2027), ())
    assert queries.work_calendar() == CALENDAR
    assert commands.load(by=HOUSE, at=AT, folder=DATA) == ((), ())
    assert [entry.act for entry in journal.chain("calendar", "2027-1")] == ["calendar.propose", "calendar.publish"]
    assert list(journal.verify()) == []


def test_a_second_person_publishes_and_the_open_cases_are_woken() -> None:
    load()
    Job.objects.all().delete()
    journal.listen("calendar.publish", "tests.redate")
    row = commands.propose(notice=NOTICE_2027, by=ONE, at=AT)
    assert (row.code, row.status) == ("2027-2", "proposed")
    assert queries.work_calendar() == CALENDAR  # nothing has changed yet
    with pytest.raises(Refusal) as no:
        commands.publish(year=2027, by=ONE, at=AT)
    assert no.value.code == "calendar.second_person"
    assert not Job.objects.filter(kind="tests.redate").exists()
    commands.publish(year=2027, by=OTHER, at=AT)
    assert Job.objects.filter(kind="tests.redate").count() == 1
    found = queries.work_calendar()
    assert 2027 in found.announced
    assert found.counts(day("2026-12-27"))
    assert not found.counts(day("2026-12-31"))
    assert [(each.code, each.status) for each in queries.years()][:2] == [
        ("2027-2", "published"),
        ("2027-1", "replaced"),
    ]
    assert [entry.act for entry in journal.chain("calendar", "2027-1")][-1] == "calendar.replace"
    assert list(journal.verify()) == []


def test_a_date_moves_with_the_notice_and_is_no_longer_provisional() -> None:
    load()
    each, at = clock("promised 5 workdays", "2026-12-24"), moment("2026-12-24")
    before = reading(each, queries.work_calendar(), at)
    commands.propose(notice=NOTICE_2027, by=ONE, at=AT)
    commands.publish(year=2027, by=OTHER, at=AT)
    after = reading(each, queries.work_calendar(), at)
    assert (before.due_on, before.provisional) == (date(2026, 12, 31), True)
    assert (after.due_on, after.provisional) == (date(2026, 12, 30), False)  # Sunday the 27th is worked now
    told = reading(replace(each, told_on=before.due_on), queries.work_calendar(), moment("2026-12-31"))
    assert not told.late  # what was told before still judges


def test_what_a_year_says_already_is_not_proposed_again() -> None:
    load()
    for notice in (NOTICES[0], STATUTORY):
        with pytest.raises(Refusal) as no:
            commands.propose(notice=notice, by=ONE, at=AT)
        assert no.value.code == "calendar.same"
    commands.propose(notice=NOTICE_2027, by=ONE, at=AT)
    with pytest.raises(Refusal):
        commands.propose(notice=NOTICE_2027, by=OTHER, at=AT)


def test_a_new_proposal_takes_the_place_of_the_one_that_waits() -> None:
    load()
    commands.propose(notice=NOTICE_2027, by=ONE, at=AT)
    mended = Notice(2027, NOTICE_2027.rest, NOTICE_2027.work, "国办发明电〔2026〕9号")
    commands.propose(notice=mended, by=OTHER, at=AT)
    with pytest.raises(Refusal) as no:
        commands.publish(year=2027, by=OTHER, at=AT)  # now it is theirs
    assert no.value.code == "calendar.second_person"
    assert commands.publish(year=2027, by=ONE, at=AT).number == "国办发明电〔2026〕9号"
    assert {row.code: row.status for row in CalendarYear.objects.filter(year=2027)} == {
        "2027-1": "replaced",
        "2027-2": "withdrawn",
        "2027-3": "published",
    }


def test_nothing_proposed_nothing_published() -> None:
    load()
    with pytest.raises(Refusal) as no:
        commands.publish(year=2027, by=ONE, at=AT)
    assert no.value.code == "calendar.nothing_proposed"


def test_the_first_year_of_a_database_is_published_at_once() -> None:
    assert commands.propose(notice=NOTICES[2], by=ONE, at=AT).status == "published"
    assert commands.propose(notice=NOTICES[1], by=ONE, at=AT).status == "proposed"


def test_a_notice_that_came_with_the_files_is_proposed_and_not_published(tmp_path: Path) -> None:
    load()
    for path in DATA.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (DATA / "2026.txt").read_text().replace("2026年部分", "2027年部分")
    (tmp_path / "2027.txt").write_text("".join(line for line in text.splitlines(keepends=True) if line.startswith("#")))
    with pytest.raises(Refusal) as no:
        commands.load(by=HOUSE, at=AT, folder=tmp_path)
    assert no.value.code == "calendar.notice.missing"
    (tmp_path / "2027.txt").write_text(
        "一、元旦：1月1日放假。\n二、春节：2月5日至11日放假。\n三、清明节：4月5日放假。\n四、劳动节：5月1日至3日放假。\n"
        "五、端午节：6月9日放假。\n六、中秋节：9月15日放假。\n七、国庆节：10月1日至7日放假。"
    )
    assert commands.load(by=HOUSE, at=AT, folder=tmp_path) == ((), (2027,))
    assert commands.load(by=HOUSE, at=AT, folder=tmp_path) == ((), ())
    assert queries.work_calendar() == CALENDAR


def test_a_folder_without_years_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as no:
        commands.load(by=HOUSE, at=AT, folder=tmp_path)
    assert no.value.code == "calendar.file"


def test_the_database_keeps_one_published_row_a_year() -> None:
    load()
    row = CalendarYear.objects.get(code="2026-1")
    row.pk, row.code = None, "2026-9"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_refusal_leaves_no_trace() -> None:
    load()
    rows, entries = CalendarYear.objects.count(), journal.chain("calendar", "2026-1")
    with pytest.raises(Refusal):
        commands.publish(year=2026, by=ONE, at=AT)
    assert (CalendarYear.objects.count(), len(journal.chain("calendar", "2026-1"))) == (rows, len(entries))
