"""A case with the places that its pages name (办件全貌)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from onewindow.accounts.rules import Applicant
from onewindow.cases import queries
from onewindow.cases.queries import CasePage
from onewindow.cases.rules import DONE, Running, Stage
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue.rules import Item
from onewindow.core.words import Words
from onewindow.places import queries as places
from onewindow.places.queries import Site

BEFORE_DECISION = (Stage.RECEIVED, Stage.ACCEPTED, Stage.REVIEW)


class Scene(NamedTuple):
    """A case with the places that its page names."""

    page: CasePage
    item: Item
    site: Site
    office: Words
    at: datetime

    @property
    def waits_for_check(self) -> bool:
        """Say whether the applicant is still to bring the vehicle."""
        state = self.page.state
        return self.page.need.check and state.checked_at is None and state.stage in BEFORE_DECISION


def scene_of(asker: Applicant, number: str, at: datetime) -> Scene:
    """Return the asker's case with the places that its page names.

    raises  NotFound
    """
    page = queries.case_page_for(asker, number, at=at)
    item = catalogue.item(page.case.item, page.case.edition)
    return Scene(page, item, places.site(page.case.site), places.office(page.case.office).name, at)


def shown_running(page: CasePage) -> Running | None:
    """Return the clock that decides the light now; none once the case is decided."""
    return page.clocks.shown(page.state.stage) if page.state.stage not in DONE else None
