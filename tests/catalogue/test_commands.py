"""Editions: made from files, proposed by one person, published by another; read as they are in force."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from onewindow.accounts.rules import System
from onewindow.catalogue import commands, gateways, queries
from onewindow.catalogue.gateways import Files
from onewindow.catalogue.models import Edition
from onewindow.core import journal
from onewindow.core.errors import NotFound, Refusal
from tests.catalogue.given import FOLDER, files

pytestmark = pytest.mark.django_db
AT = datetime(2024, 9, 30, 2, 0, tzinfo=UTC)
HOUSE, ONE, OTHER = System("setup"), System("one"), System("other")


def some(*codes: str, **changes: Any) -> Files:
    """A few of the real items; changes go into the first."""
    whole = files()
    items = {code: deepcopy(whole.items[code]) for code in codes or ("CG04", "HZ12")}
    first = next(iter(items))
    items[first] = {**items[first], **changes}
    return replace(whole, items=items)


def propose(given: Files | None = None, by: System = ONE, later: int = 0) -> commands.Loaded:
    return commands.propose(files=given or some(), by=by, at=AT + timedelta(hours=later))


def acts(number: str) -> list[str]:
    return [entry.act for entry in journal.chain("edition", number)]


def test_the_first_edition_of_a_database_is_published_at_once() -> None:
    assert queries.is_empty()
    with pytest.raises(NotFound):
        queries.current_edition()
    loaded = propose(by=HOUSE)
    assert (loaded.status, loaded.new) == ("published", True)
    assert loaded.number == queries.current_edition()
    assert loaded.number.startswith("2024-01-")
    assert len(loaded.number) <= 16
    assert acts(loaded.number) == ["edition.propose", "edition.publish"]
    assert not queries.is_empty()


def test_the_same_content_makes_no_new_edition() -> None:
    first = propose()
    again = propose(by=OTHER, later=1)
    assert again == (first.number, "published", False)
    assert Edition.objects.count() == 1


def test_a_change_is_proposed_by_one_and_published_by_another() -> None:
    first = propose()
    second = propose(some(status="closed"), later=1)
    assert (second.status, second.new) == ("proposed", True)
    assert queries.current_edition() == first.number
    assert [(each.code, each.change) for each in queries.changes_of(second.number)] == [("CG04", "changed")]
    with pytest.raises(Refusal, match=r"catalogue\.second_person"):
        commands.publish(number=second.number, by=ONE, at=AT)
    commands.publish(number=second.number, by=OTHER, at=AT + timedelta(hours=2))
    assert queries.current_edition() == second.number
    assert queries.item("CG04").closed
    assert not queries.item("CG04", first.number).closed  # who applied before, applied under the former edition
    assert acts(first.number)[-1] == "edition.replace"
    assert [each.status for each in queries.editions()] == ["published", "replaced"]


def test_only_a_proposal_can_be_published() -> None:
    first = propose()
    with pytest.raises(Refusal, match=r"catalogue\.published"):
        commands.publish(number=first.number, by=OTHER, at=AT)
    with pytest.raises(NotFound):
        commands.publish(number="2024-09-none", by=OTHER, at=AT)


def test_a_newer_proposal_takes_the_place_of_one_that_waits() -> None:
    propose()
    waiting = propose(some(status="closed"), later=1)
    newer = propose(some("CG04", "HZ12", "JG01"), later=2)
    assert acts(waiting.number)[-1] == "edition.withdraw"
    assert [(each.code, each.change) for each in queries.changes_of(newer.number)] == [("JG01", "added")]
    back = propose(later=3)  # the files say again what is in force
    assert (back.status, back.new) == ("published", False)
    assert acts(newer.number)[-1] == "edition.withdraw"


def test_a_catalogue_with_an_error_leaves_no_trace() -> None:
    with pytest.raises(Refusal, match=r"catalogue\.body"):
        propose(some(type="99"))
    with pytest.raises(Refusal, match=r"catalogue\.errors") as refused:
        propose(some(theme="moon"))
    assert refused.value.facts["first"] == "CG04 theme: moon is in no dictionary"
    with pytest.raises(Refusal, match=r"catalogue\.body"):
        propose(replace(some(), items={"HZ12": files().items["CG04"]}))
    assert not Edition.objects.exists()


@pytest.mark.long
def test_the_real_catalogue_is_loaded_from_its_folder() -> None:
    loaded = commands.load(by=HOUSE, at=AT, folder=FOLDER)
    assert (loaded.status, Edition.objects.get().items) == ("published", 75)
    assert commands.load(by=HOUSE, at=AT + timedelta(days=1)) == (loaded.number, "published", False)
    assert [hit.code for hit in queries.search("过户")[:2]] == ["CG04", "CG03"]
    assert len(queries.items()) == len(queries.cards()) == 75
    assert queries.cards()[0].theme == "household"
    assert queries.department("police-vehicles").en == "Police: vehicles and drivers"
    assert queries.theme("vehicles").zh == "机动车"
    assert queries.law("机动车登记规定 第27条").en == "Motor Vehicle Registration Rules art. 27"


def test_broken_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"catalogue\.missing"):
        gateways.read(tmp_path)
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "XX01.yaml").write_text("code: [")
    with pytest.raises(Refusal, match=r"catalogue\.yaml") as refused:
        gateways.read(tmp_path)
    assert refused.value.facts["file"] == "XX01.yaml"
    (tmp_path / "items" / "XX01.yaml").write_text("just words")
    with pytest.raises(Refusal, match=r"catalogue\.body"):
        commands.load(by=HOUSE, at=AT, folder=tmp_path)


def test_reads_ask_little(django_assert_num_queries: Any) -> None:
    number = propose().number
    queries.item("CG04")
    queries.search("过户")
    queries.theme("vehicles")
    with django_assert_num_queries(1):
        queries.item("CG04")
    with django_assert_num_queries(0):
        queries.item("CG04", number)
        queries.cards(number)
    with django_assert_num_queries(1), queries.steady():
        for _ in range(3):
            queries.item("CG04")
            queries.search("过户")
            queries.theme("vehicles")


def test_an_unknown_item_is_missing() -> None:
    propose()
    for code in ("CG99", "", "cg04"):
        with pytest.raises(NotFound):
            queries.item(code)
