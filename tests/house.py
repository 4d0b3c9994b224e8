"""A small house to test in: calendars, the places of two cities, the catalogue, the cast; entered by the real commands.

Entering takes seconds, so each process does it once and keeps the rows. They stand committed while tests want them, and
what a test does to them goes back with its transaction; after a test whose work was committed they are inserted anew.
"""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import Model

from onewindow.accounts.rules import System
from onewindow.calendars import commands as calendars
from onewindow.catalogue import commands as catalogue
from onewindow.core import installation
from onewindow.core.models import Installation
from onewindow.places import commands as places
from tests import cast

HOUSE = System("tests")
_TABLES = (
    "core.Installation",
    "calendars.CalendarYear",
    "places.Division",
    "places.Office",
    "places.Site",
    "catalogue.Edition",
    "catalogue.ItemRow",
    "accounts.Person",
    "accounts.Staff",
    "accounts.DutyRow",
    "core.Entry",
)
_CITIES = ("1400", "1401", "1402")
_kept: list[tuple[type[Model], list[Model]]] = []
_cast: list[cast.Cast] = []


def cast_of() -> cast.Cast:
    """Return the cast of the house that stands."""
    return _cast[0]


def stand() -> None:
    """Let the house stand in the database, for every test that follows until it is cleared."""
    installation.forget()
    if Installation.objects.exists():
        return
    if not _kept:
        with transaction.atomic():
            _load()
            transaction.set_rollback(True)
    with transaction.atomic():
        for model, rows in _kept:
            model._default_manager.bulk_create(rows)  # each row with the id that it had


def clear() -> None:
    """Empty the database, unless it is."""
    installation.forget()
    if Installation.objects.exists():
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False)


def _load() -> None:
    at = cast.JOINED_AT
    installation.found(demo=True, at=at)
    calendars.load(by=HOUSE, at=at)
    places.load(folder=Path(settings.DATA_DIR) / "places", by=HOUSE, at=at)
    catalogue.load(by=HOUSE, at=at)
    _cast.append(cast.enter(at))
    for name in _TABLES:
        model = apps.get_model(name)
        _kept.append((model, [row for row in model._default_manager.order_by("pk") if _is_near(row)]))


def _is_near(row: Model) -> bool:
    """Keep the places of two cities only: the others are never asked for."""
    division = getattr(row, "division", "") if row._meta.app_label == "places" else ""
    code = division or (row.pk if row._meta.model_name == "division" else "")
    return not code or code[:4] in _CITIES
