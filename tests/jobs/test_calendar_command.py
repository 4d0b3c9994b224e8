"""`onewindow calendar` through the command line: one person proposes, another publishes."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onewindow.accounts.rules import System
from onewindow.calendars import commands, queries
from onewindow.core import clock
from onewindow.jobs.cli import main
from tests import cast
from tests.calendars.given import DATA

pytestmark = pytest.mark.django_db
TEXT_2027 = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。2月14日（周日）上班。
三、清明节：4月3日至5日放假，共3天。
四、劳动节：5月1日至5日放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日放假。
六、中秋节：9月15日放假。
七、国庆节：10月1日至7日放假调休，共7天。10月9日（周六）上班。
"""


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "notice.txt"
    path.write_text(TEXT_2027)
    return path


@pytest.fixture
def _office() -> None:
    commands.load(by=System("setup"), at=clock.now(), folder=DATA)
    cast.enter()


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def ask(*words: str, code: int = 0) -> str:
        assert main(["calendar", *words]) == code
        written = capsys.readouterr()
        return written.err if code else written.out

    return ask


@pytest.mark.usefixtures("_office")
def test_two_people_load_a_year(notice: Path, said: Callable[..., str]) -> None:
    proposed = said("import", str(notice), "--year", "2027", "--number", "国办发明电〔2026〕8号", "--by", "feng.xue")
    assert "2027: 27 days off, 3 worked in exchange; 国办发明电〔2026〕8号" in proposed
    assert "2027-02-14 Sun  working day was day off" in proposed
    assert "2027-02-09 Tue  day off     was working day                Spring Festival" in proposed
    assert "2027-2 proposed" in proposed
    assert 2027 not in queries.work_calendar().announced
    assert said("publish", "--year", "2027", "--by", "feng.xue", code=2).count("\n") == 1
    assert "2027-2 published" in said("publish", "--year", "2027", "--by", "han.bing")
    assert 2027 in queries.work_calendar().announced
    assert "replaced" in said("show")


@pytest.mark.usefixtures("_office")
def test_who_does_not_keep_the_calendar_may_not(notice: Path, said: Callable[..., str]) -> None:
    for login in ("wang.fang", "nobody"):
        assert "does not keep the calendar" in said("import", str(notice), "--year", "2027", "--by", login, code=2)
        assert "does not keep the calendar" in said("publish", "--year", "2027", "--by", login, code=2)
    assert "--by LOGIN is needed" in said("import", str(notice), "--year", "2027", code=2)
    assert [year.code for year in queries.years()] == ["2027-1", "2026-1", "2025-1", "2024-1"]


@pytest.mark.usefixtures("_office")
def test_a_look_changes_nothing(notice: Path, said: Callable[..., str]) -> None:
    assert "proposed" not in said("import", str(notice), "--year", "2027", "--check")
    assert "no day changes" in said("import", str(DATA / "2026.txt"), "--year", "2026", "--check")
    assert len(queries.years()) == 4


def test_into_a_new_database_it_is_one_step(said: Callable[..., str]) -> None:
    assert "2026-1 published" in said("import", str(DATA / "2026.txt"), "--year", "2026")
    assert "a plain weekday or weekend" in said("import", str(DATA / "2025.txt"), "--year", "2025", "--check")


def test_a_broken_notice_is_one_line_and_2(tmp_path: Path, said: Callable[..., str]) -> None:
    broken = tmp_path / "broken.txt"
    for data in (b"", b"\xff\xfe\x00", TEXT_2027.replace("周五", "周四").encode(), b"x" * 300_000):
        broken.write_bytes(data)
        assert said("import", str(broken), "--year", "2027", code=2).count("\n") == 1
    assert said("import", str(tmp_path / "none.txt"), "--year", "2027", code=2).count("\n") == 1
    assert said("import", str(tmp_path), "--year", "2027", code=2).count("\n") == 1
    assert queries.years() == []


def test_a_missing_database_is_one_line_and_2(tmp_path: Path) -> None:
    empty = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}", "ONEWINDOW_VAR": str(tmp_path)}
    for words in (["calendar", "show"], ["calendar", "publish", "--year", "2027", "--by", "feng.xue"]):
        done = subprocess.run(
            [sys.executable, "-m", "onewindow.jobs.cli", *words], env=empty, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert "no such table" in done.stderr


def test_the_clock_needs_no_database_and_makes_none(tmp_path: Path) -> None:
    empty = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}", "ONEWINDOW_VAR": str(tmp_path)}
    words = ["clock", "--accepted", "2024-09-30T10:00", "--limit", "5 workdays"]
    done = subprocess.run(
        [sys.executable, "-m", "onewindow.jobs.cli", *words], env=empty, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "due 2024-10-12T23:59:59+08:00" in done.stdout
    assert list(tmp_path.iterdir()) == []
