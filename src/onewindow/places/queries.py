"""Reads of places: public reference data, the same for every asker."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from onewindow.calendars.queries import work_calendar
from onewindow.calendars.rules import OpeningHours
from onewindow.core import sql
from onewindow.core.errors import NotFound
from onewindow.core.words import Words
from onewindow.places import models
from onewindow.places.rules import Division, IssuedCode, Level, Office, Site, Township, above, distance_km, office_code

__all__ = [
    "Division",
    "IssuedCode",
    "Level",
    "Office",
    "Reception",
    "Site",
    "Township",
    "division",
    "divisions",
    "is_open",
    "issued_in",
    "names_of",
    "nearest",
    "office",
    "office_for",
    "offices",
    "opening",
    "reception_asked",
    "site",
    "sites",
    "sites_for_item",
    "townships",
]


def divisions(*, parent: str = "", level: Level | None = None) -> list[Division]:
    """Return the divisions in the order of their codes (行政区划).

    parent   only those right under it
    queries  1
    """
    rows = models.Division.objects.filter(in_use=True).order_by("code")
    if parent:
        rows = rows.filter(parent=parent)
    return [_division(row) for row in (rows.filter(level=level) if level else rows)]


def division(code: str) -> Division:
    """Return one division, also one that was merged away since.

    raises  NotFound
    """
    return _division(_one(models.Division.objects.filter(code=code), code))


def townships(county: str) -> list[Township]:
    """Return the townships and streets of a county (乡镇街道); one query."""
    rows = models.Township.objects.filter(county=county, in_use=True).order_by("code")
    return [Township(row.code, row.name, row.county) for row in rows]


def issued_in(area: str) -> IssuedCode | None:
    """Return where numbers with this area code were issued, by its latest name, or None where no list tells.

    area  the first six digits of an identity number; only a hint, never a reason to refuse (发证地提示)
    """
    row = models.IssuedCode.objects.filter(code=area).order_by("-last_year").first()
    return IssuedCode(row.code, row.name, row.city, row.first_year, row.last_year) if row else None


def offices(*, department: str = "", division: str = "") -> list[Office]:
    """Return the offices of a department or in a division, in the order of their codes (承办机构); one query."""
    rows = models.Office.objects.filter(in_use=True).order_by("code")
    if department:
        rows = rows.filter(department=department)
    return [_office(row) for row in (rows.filter(division=division) if division else rows)]


def office(code: str) -> Office:
    """Return one office.

    raises  NotFound
    """
    return _office(_one(models.Office.objects.filter(code=code), code))


def is_office(code: str) -> bool:
    """Say whether there is an office of this code (one query)."""
    return models.Office.objects.filter(code=code).exists()


def office_for(department: str, division: str) -> Office:
    """Return the department's office for a division: its own, else its city's, else the province's (承办机构).

    raises   NotFound
    queries  1
    """
    codes = [office_code(code, department) for code in above(division)]
    found = {row.code: row for row in models.Office.objects.filter(code__in=codes, in_use=True)}
    for code in codes:
        if code in found:
            return _office(found[code])
    raise NotFound(codes[0])


@dataclass(frozen=True, slots=True)
class Reception:
    """A site as far as it receives applications (收件): its division, whom it serves, the offices over it."""

    division: str
    departments: tuple[str, ...]
    offices: frozenset[str]

    def office_for(self, department: str, level: str = "") -> str:
        """Return the code of the office that decides, as `office_for` finds it.

        level   city or province: not below it; else the nearest one decides
        raises  NotFound
        """
        lowest = {Level.PROVINCE: "0000", Level.CITY: "00"}.get(Level(level), "") if level else ""
        divisions = [code for code in above(self.division) if code.endswith(lowest)]
        codes = [office_code(code, department) for code in divisions]
        for code in codes:
            if code in self.offices:
                return code
        raise NotFound(codes[0])


_OFFICES = (
    "FROM places_office o WHERE o.in_use AND o.division IN"
    " (s.division, substr(s.division, 1, 4) || '00', substr(s.division, 1, 2) || '0000')"
)


def reception_asked(site_code: str) -> sql.Question[Reception]:
    """Return `site` and `office_for` as one question, for the hottest write (收件).

    raises   NotFound when it is read
    """

    def read(rows: Sequence[sql.Row]) -> Reception:
        if not rows:
            raise NotFound(site_code)
        [[division, departments, offices]] = rows
        served = json.loads(departments) if isinstance(departments, str) else departments
        return Reception(division, tuple(served), frozenset((offices or "").split()))

    offices = f"(SELECT {sql.listed('o.code')} {_OFFICES}) AS offices"
    statement = f"SELECT s.division, s.departments, {offices} FROM places_site s WHERE s.code = %s"  # noqa: S608 - ours
    return sql.Question(statement, (site_code,), read)


def sites(*, division: str = "") -> list[Site]:
    """Return the sites, of one division or all, in the order of their codes (服务站点); one query."""
    rows = models.Site.objects.filter(in_use=True).order_by("code")
    return [_site(row) for row in (rows.filter(division=division) if division else rows)]


def site(code: str) -> Site:
    """Return one site, also one that is closed for good.

    raises  NotFound
    """
    return _site(_one(models.Site.objects.filter(code=code), code))


def sites_for_item(department: str, division: str, *, facility: str = "") -> list[Site]:
    """Return where a department's business of a division can be done: its own sites first, then its city's.

    For a city also its counties' sites, behind its own.

    facility  only sites that have it: vehicle-check
    queries   1
    """
    near = above(division)[:2]
    rows = models.Site.objects.filter(in_use=True)
    if division.endswith("00"):
        rows = rows.filter(division__startswith=division[:2] if division.endswith("0000") else division[:4])
    else:
        rows = rows.filter(division__in=near)
    found = [site for site in map(_site, rows) if site.serves(department, facility)]
    return sorted(found, key=lambda site: (site.division not in near, -int(site.division == division), site.code))


def nearest(lat: float, lon: float, *, department: str = "", limit: int = 5) -> list[tuple[float, Site]]:
    """Return the nearest sites with their distance in kilometres, the nearest first (就近站点); one query."""
    open_sites = (site for site in sites() if not department or site.serves(department))
    found = [(distance_km(lat, lon, site.lat, site.lon), site) for site in open_sites]
    return sorted(found, key=lambda pair: (pair[0], pair[1].code))[:limit]


def opening(site_code: str) -> OpeningHours:
    """Return when the site is open (办公时间).

    raises  NotFound
    """
    return site(site_code).opening()


def is_open(site_code: str, at: datetime) -> bool:
    """Say whether the site is open at the instant, by its hours and the working calendar.

    raises  NotFound
    """
    return opening(site_code).is_open(at, work_calendar())


Coded = TypeVar("Coded", models.Division, models.Office, models.Site)


def _one(rows: Iterable[Coded], code: str) -> Coded:
    for row in rows:
        return row
    raise NotFound(code)


def _division(row: models.Division) -> Division:
    return Division(
        code=row.code,
        name=Words(row.name_zh, row.name_en),
        pinyin=row.pinyin,
        level=Level(row.level),
        parent=row.parent,
        lat=row.lat,
        lon=row.lon,
        population=row.population,
    )


def _office(row: models.Office) -> Office:
    return Office(row.code, row.department, row.division, Words(row.name_zh, row.name_en))


def _site(row: models.Site) -> Site:
    return Site(
        code=row.code,
        kind=row.kind,
        division=row.division,
        name=Words(row.name_zh, row.name_en),
        address=Words(row.address_zh, row.address_en),
        phone=row.phone,
        lat=row.lat,
        lon=row.lon,
        departments=tuple(row.departments),
        facilities=tuple(row.facilities),
        hours=row.hours,
    )


def names_of(codes: Iterable[str]) -> dict[str, Words]:
    """Return the names of sites and offices by their codes, as far as they are known (机构名称).

    queries  2
    """
    wanted = set(codes)
    rows = (model.objects.filter(code__in=wanted) for model in (models.Site, models.Office))
    return {row.code: Words(row.name_zh, row.name_en) for found in rows for row in found}
