"""Writes of places: reference data comes from files, as often as one likes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models as tables
from django.db import transaction

from onewindow.core import journal
from onewindow.places import gateways, models, rules


@dataclass(frozen=True, slots=True)
class Change:
    """What a load did to one table: the codes that came, differ now, or left the files."""

    table: str
    same: int
    added: tuple[str, ...] = field(default=())
    changed: tuple[str, ...] = field(default=())
    gone: tuple[str, ...] = field(default=())

    @property
    def count(self) -> int:
        return len(self.added) + len(self.changed) + len(self.gone)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did (加载结果)."""

    changes: tuple[Change, ...]

    @property
    def count(self) -> int:
        return sum(change.count for change in self.changes)


def load(*, folder: Path, by: journal.By, at: datetime) -> Loaded:
    """Bring the tables to what a province's files say (加载区划站点); a second time nothing is left to do.

    A row that left the files stays, for cases point to it, and is no longer offered.

    folder  data/places
    raises  Refusal places.data, calendar.hours
    """
    province = rules.province(gateways.read(folder))
    return _store(province, by=by, at=at)


@transaction.atomic
def _store(province: rules.Province, *, by: journal.By, at: datetime) -> Loaded:
    loaded = Loaded(
        (
            _merge(models.Division, ["code"], map(_division, province.divisions)),
            _merge(models.Township, ["code"], map(asdict, province.townships)),
            _merge(models.IssuedCode, ["code", "name", "first_year"], map(asdict, province.issued_codes)),
            _merge(models.Office, ["code"], map(_office, province.offices)),
            _merge(models.Site, ["code"], map(_site, province.sites)),
        )
    )
    if loaded.count:
        facts = {
            change.table: {"added": len(change.added), "changed": change.changed, "gone": change.gone}
            for change in loaded.changes
            if change.count
        }
        after = len(journal.chain("places", "all"))
        journal.record(kind="places", subject="all", after=after, act="places.load", by=by, at=at, facts=facts)
    return loaded


def _merge(model: type[tables.Model], key: list[str], rows: Iterable[Mapping[str, Any]]) -> Change:
    """Add, change and set aside rows so that those in use are the given ones; few statements, whatever their number."""
    known = {tuple(getattr(row, name) for name in key): row for row in model._default_manager.all()}
    fresh, differing, columns = [], [], set[str]()
    seen: set[tuple[Any, ...]] = set()
    for values in rows:
        told = {**values, "in_use": True}
        place = tuple(told[name] for name in key)
        seen.add(place)
        row = known.get(place)
        if row is None:
            fresh.append(model(**told))
        elif different := {name: value for name, value in told.items() if getattr(row, name) != value}:
            columns |= different.keys()
            differing.append(_set(row, different))
    gone = [_set(row, {"in_use": False}) for place, row in known.items() if place not in seen and _in_use(row)]
    model._default_manager.bulk_create(fresh, batch_size=200)
    if differing or gone:
        model._default_manager.bulk_update([*differing, *gone], sorted(columns | {"in_use"}), batch_size=100)
    return Change(
        table=model._meta.model_name or "",
        same=len(seen) - len(fresh) - len(differing),
        added=tuple(_code(row) for row in fresh),
        changed=tuple(_code(row) for row in differing),
        gone=tuple(_code(row) for row in gone),
    )


def _set(row: tables.Model, values: Mapping[str, Any]) -> tables.Model:
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _in_use(row: tables.Model) -> bool:
    return bool(getattr(row, "in_use"))  # noqa: B009 - the tables share the column, not a type that tells so


def _code(row: tables.Model) -> str:
    return str(row).split(" ", 1)[0]


def _division(row: rules.Division) -> dict[str, Any]:
    return {
        "code": row.code,
        "name_zh": row.name.zh,
        "name_en": row.name.en,
        "pinyin": row.pinyin,
        "level": row.level.value,
        "parent": row.parent,
        "lat": row.lat,
        "lon": row.lon,
        "population": row.population,
    }


def _office(row: rules.Office) -> dict[str, Any]:
    return {
        "code": row.code,
        "department": row.department,
        "division": row.division,
        "name_zh": row.name.zh,
        "name_en": row.name.en,
    }


def _site(row: rules.Site) -> dict[str, Any]:
    return {
        "code": row.code,
        "kind": row.kind,
        "division": row.division,
        "name_zh": row.name.zh,
        "name_en": row.name.en,
        "address_zh": row.address.zh,
        "address_en": row.address.en,
        "phone": row.phone,
        "lat": row.lat,
        "lon": row.lon,
        "departments": list(row.departments),
        "facilities": list(row.facilities),
        "hours": dict(row.hours),
    }
