"""`onewindow clock` through the command line, as an administrator types it."""

import json
from typing import Any

import pytest
from django.conf import settings

from onewindow.accounts.rules import System
from onewindow.calendars import commands as calendars
from onewindow.jobs.cli import main
from onewindow.places import commands as places
from tests.calendars.given import moment

pytestmark = pytest.mark.django_db
AT = moment("2026-11-24")


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Any:
    def ask(*words: str) -> Any:
        assert main(["clock", *words, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return ask


def test_five_working_days_over_the_holiday(told: Any) -> None:
    found = told("--accepted", "2024-09-30T10:00", "--limit", "5 workdays", "--at", "2024-10-09T12:00")
    assert {key: found[key] for key in ("due_at", "due_on", "used", "left", "light", "provisional")} == {
        "due_at": "2024-10-12T23:59:59+08:00",
        "due_on": "2024-10-12",
        "used": 2,
        "left": 3,
        "light": "ok",
        "provisional": False,
    }
    assert len(found["clocks"]) == 1
    assert found["clocks"][0]["due_on"] == "2024-10-12"
    days = found["explanation"]
    assert [days[0]["why"], days[1]["why"], days[-1]["why"]] == ["start", "holiday", "make_up"]
    assert days[1]["law"] == "国办发明电〔2023〕7号"
    assert days[-1]["count"] == 5


def test_the_clock_shown_is_the_earlier_of_both(told: Any) -> None:
    found = told("--accepted", "2024-02-01", "--limit", "9 workdays", "--limit", "15 days", "--at", "2024-02-02")
    assert [each["due_on"] for each in found["clocks"]] == ["2024-02-19", "2024-02-18"]
    assert [each["kind"] for each in found["clocks"]] == ["promised", "statutory"]
    assert (found["due_on"], found["kind"]) == ("2024-02-18", "statutory")


def test_a_pause_and_an_open_pause(told: Any) -> None:
    words = ("--accepted", "2024-09-30T10:00", "--limit", "5 workdays")
    assert told(*words, "--pause", "2024-10-08/2024-10-10")["due_on"] == "2024-10-15"
    paused = told(*words, "--pause", "2024-10-09/", "--at", "2024-10-10")
    assert (paused["due_at"], paused["due_on"], paused["light"], paused["paused"]) == (None, None, "hold", True)
    assert (paused["left"], paused["if_resumed_due_on"]) == (4, "2024-10-15")


def test_times_with_a_zone_are_moved_to_shanghai(told: Any) -> None:
    found = told("--accepted", "2024-09-27T16:30Z", "--limit", "1 workday")
    assert (found["accepted"], found["due_on"]) == ("2024-09-28T00:30:00+08:00", "2024-09-29")
    assert told("--accepted", "2024-09-27T16:30", "--limit", "1 workday")["accepted"] == "2024-09-27T16:30:00+08:00"


def test_a_provisional_date_says_so(told: Any) -> None:
    assert told("--accepted", "2026-12-21", "--limit", "10 workdays")["provisional"] is True


def test_the_published_calendar_counts_where_there_is_one(told: Any) -> None:
    calendars.load(by=System("setup"), at=AT)
    assert told("--accepted", "2024-09-30T10:00", "--limit", "5 workdays")["due_on"] == "2024-10-12"


def test_hours_of_a_site(told: Any, capsys: pytest.CaptureFixture[str]) -> None:
    calendars.load(by=System("setup"), at=AT)
    places.load(folder=settings.DATA_DIR / "places", by=System("setup"), at=AT)
    found = told("--accepted", "2024-09-30T10:00", "--limit", "2 opening-hours", "--site", "14010002")
    assert found["due_on"] == "2024-09-30"
    assert found["clocks"][0]["explanation"][0]["minutes"] == 120
    assert main(["clock", "--accepted", "2024-09-30", "--limit", "5 days", "--site", "99999999"]) == 2
    assert "no such site" in capsys.readouterr().err


def test_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "clock",
        "--accepted",
        "2024-09-30T10:00",
        "--at",
        "2024-10-14",
        "--limit",
        "5 workdays",
        "--limit",
        "20 days",
    ]
    assert main(words) == 0
    english = capsys.readouterr().out
    assert "due 2024-10-12T23:59:59+08:00, Sat 12 Oct 2024, 1 working days late" in english
    assert "promised 5 workdays (shown)" in english
    assert main([*words, "--language", "zh"]) == 0
    assert "国庆节放假，不计（国办发明电〔2023〕7号）" in capsys.readouterr().out
    assert (
        main(["clock", "--accepted", "2024-09-30", "--limit", "5 days", "--pause", "2024-10-01/", "--at", "2024-10-03"])
        == 0
    )
    assert "paused, no due date, if resumed tomorrow: due 2024-10-08" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--limit", "5 workdays"],
        ["--accepted", "2024-09-30"],
        ["--accepted", "soon", "--limit", "5 workdays"],
        ["--accepted", "2024-09-31", "--limit", "5 workdays"],
        ["--accepted", "0001-01-01", "--limit", "5 workdays"],
        ["--accepted", "9999-12-31", "--limit", "5 workdays"],
        ["--accepted", "2019-09-30", "--limit", "5 workdays"],
        ["--accepted", "2024-09-30", "--limit", "5 moons"],
        ["--accepted", "2024-09-30", "--limit", ""],
        ["--accepted", "2024-09-30", "--limit", "0 workdays"],
        ["--accepted", "2024-09-30", "--limit", "2 opening-hours"],
        ["--accepted", "2024-09-30", "--limit", "5 workdays", "--pause", "2024-10-08"],
        ["--accepted", "2024-09-30", "--limit", "5 workdays", "--pause", "2024-10-08/2024-10-01"],
        ["--accepted", "2024-09-30", "--limit", "5 workdays", "--pause", "2024-13-08/"],
        ["--accepted", "2024-09-30", "--limit", "5 workdays", "--at", "now"],
        ["--accepted", "2024-09-30", "--limit", "5 workdays", "--site", "99999999"],
    ],
)
def test_bad_input_is_one_line_and_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clock", *words]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.count("\n") == 1
    assert written.err.startswith("onewindow")


@pytest.mark.parametrize("words", [["clok"], ["clock", "--limmit", "5 workdays"], ["clock", "--language", "fr"], []])
def test_a_word_that_is_unknown_is_one_line_and_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
