"""`onewindow catalogue` through the command line: checked by anyone, proposed by one person, published by another."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from onewindow.catalogue import queries
from onewindow.jobs.cli import main
from tests import cast
from tests.cases.given import submit
from tests.catalogue.given import FOLDER


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def ask(*words: str, code: int = 0) -> str:
        assert main(["catalogue", *words]) == code
        written = capsys.readouterr()
        return written.err if code == 2 else written.out

    return ask


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue of two items that a test may spoil."""
    (tmp_path / "items").mkdir()
    shutil.copytree(FOLDER / "dictionary", tmp_path / "dictionary")
    for code in ("CG04", "HZ01"):
        shutil.copy(FOLDER / "items" / f"{code}.yaml", tmp_path / "items")
    return tmp_path


def spoil(folder: Path, old: str, new: str) -> None:
    path = folder / "items" / "HZ01.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.mark.long
def test_the_check_of_our_catalogue(said: Callable[..., str]) -> None:
    told = said("check")
    assert "75 items (16 full), 0 errors" in told
    assert "clock  HZ11: the promise ends after the statute on 79 of 1003 start days, e.g. 2024-02-01" in told
    assert "mean of items 38.05% over 16" in told
    assert "mean of items 61.30% over 57" in told
    assert "their promises were chosen to meet the article's 38 %: demo values" in told
    assert "gap    CG04 unsure: " in told
    assert "gap" not in said("check", "--errors").split("gaps;")[0].rpartition("\n")[0]


def test_the_check_as_json(said: Callable[..., str], folder: Path) -> None:
    told = json.loads(said("check", "--json", "--folder", str(folder)))
    assert (told["items"], told["full"], told["errors"]) == (2, ["CG04", "HZ01"], [])
    assert told["cuts"][1]["compared"] == 1


def test_an_error_ends_with_1(said: Callable[..., str], folder: Path) -> None:
    spoil(folder, "theme: household", "theme: moon")
    assert "error  HZ01 theme: moon is in no dictionary" in said("check", "--folder", str(folder), code=1)
    spoil(folder, "theme: moon", "theme: moon\nnonsense: 1")
    assert "error  HZ01 nonsense: is no key that is known here" in said("check", "--folder", str(folder), code=1)


def test_what_cannot_be_read_ends_with_2(said: Callable[..., str], folder: Path) -> None:
    spoil(folder, "code: HZ01", "code: [")
    assert "HZ01.yaml cannot be read as YAML" in said("check", "--folder", str(folder), code=2)
    assert "no item files" in said("check", "--folder", str(folder / "dictionary"), code=2)


@pytest.mark.django_db
def test_the_cuts_can_be_weighted_by_cases(said: Callable[..., str], folder: Path, house: cast.Cast) -> None:
    submit(house.applicant)
    told = said("check", "--errors", "--cases", "--folder", str(folder))
    assert "weighted by cases 33.33%" in told


@pytest.mark.django_db
def test_two_people_change_an_item(said: Callable[..., str], folder: Path) -> None:
    cast.enter()
    where = ("--folder", str(folder))
    assert "published: the first edition of this database" in said("load", *where)
    assert "says this already" in said("load", *where, "--by", "feng.xue")
    spoil(folder, "theme: household", "status: closed\ntheme: household")
    assert "--by LOGIN is needed" in said("load", *where, code=2)
    assert "does not keep the catalogue" in said("load", *where, "--by", "wang.fang", code=2)
    told = said("load", *where, "--by", "feng.xue")
    assert "changed  HZ01" in told
    number = told.split(" proposed; ")[0].split()[-1]
    assert "someone who did not propose it" in said("publish", number, "--by", "feng.xue", code=2)
    assert f"{number} published" in said("publish", number, "--by", "han.bing")
    assert queries.item("HZ01").closed
    assert [line.split()[1] for line in said("show").splitlines()] == ["published", "replaced"]
    assert "not found" in said("publish", "2024-99-none", "--by", "han.bing", code=2)
