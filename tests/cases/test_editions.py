"""Questions and papers follow the edition at submission, limits the one in force at acceptance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from onewindow.cases import queries
from onewindow.catalogue import commands as catalogue
from onewindow.catalogue import gateways
from onewindow.catalogue import queries as editions
from tests.cases.given import MONDAY, go, submit
from tests.cast import Cast


def publish_with(cast: Cast, **changes: Any) -> str:
    """Publish an edition in which CG04 is changed."""
    files = gateways.read(Path(settings.CATALOGUE_DIR))
    changed = {**files.items, "CG04": {**files.items["CG04"], **changes}}
    made = catalogue.propose(files=replace(files, items=changed), by=cast.editor, at=MONDAY)
    catalogue.publish(number=made.number, by=cast.publisher, at=MONDAY)
    return made.number


def test_a_shorter_promise_published_before_acceptance_counts(house: Cast) -> None:
    first, number = editions.current_edition(), submit(house.applicant)
    limits = gateways.read(Path(settings.CATALOGUE_DIR)).items["CG04"]["limits"]
    shorter = [{**row, "number": 1} if row["kind"] == "promised" else row for row in limits]
    second = publish_with(house, limits=shorter)
    case = go(number, house, "accept", "check")
    assert (case.edition, case.limits_edition) == (first, second)
    assert case.promised_on == date(2026, 11, 17)
    later = go(submit(house.second), house, "accept", "check")
    assert (later.edition, later.limits_edition) == (second, second)


def test_a_limit_published_after_acceptance_changes_nothing(house: Cast) -> None:
    number = submit(house.applicant)
    go(number, house, "accept")
    limits = gateways.read(Path(settings.CATALOGUE_DIR)).items["CG04"]["limits"]
    publish_with(house, limits=[{**row, "number": 1} if row["kind"] == "promised" else row for row in limits])
    assert go(number, house, "check").promised_on == date(2026, 11, 18)
    assert [found for _, found in queries.replay() if found] == []
