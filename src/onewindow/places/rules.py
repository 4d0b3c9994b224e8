"""Where business is done (区划站点): divisions, offices and sites as values, and what their codes say by themselves."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from onewindow.calendars.rules import OpeningHours, opening_hours
from onewindow.core.errors import Refusal
from onewindow.core.words import Words


class Level(StrEnum):
    """The levels of a province (行政层级)."""

    PROVINCE = "province"  # 省
    CITY = "city"  # 设区的市
    COUNTY = "county"  # 县、县级市、市辖区


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division (行政区划), by its code of GB/T 2260.

    lat, lon  of its seat, WGS-84, rounded to 0.01°: for distances, never to find the way
    """

    code: str
    name: Words
    pinyin: str
    level: Level
    parent: str
    lat: float
    lon: float
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Township:
    """A township or street (乡镇街道)."""

    code: str
    name: str
    county: str


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A division's code as it stood in the yearly lists (历史区划代码): where an identity number was issued."""

    code: str
    name: str
    city: str
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Office:
    """The organ of one department in one division that reviews and decides (承办机构)."""

    code: str
    department: str
    division: str
    name: Words


@dataclass(frozen=True, slots=True)
class Site:
    """A place to which people come (服务站点)."""

    code: str
    kind: str
    division: str
    name: Words
    address: Words
    phone: str
    lat: float
    lon: float
    departments: tuple[str, ...]  # whose business it takes in
    facilities: tuple[str, ...]  # what it has besides counters: vehicle-check
    hours: Mapping[str, Any]  # as calendars.rules.opening_hours reads it

    def opening(self) -> OpeningHours:
        """Return when the site is open (办公时间)."""
        return opening_hours(self.hours)

    def serves(self, department: str, facility: str = "") -> bool:
        """Say whether the site takes in the department's business, and has the facility that is needed for it."""
        return department in self.departments and (not facility or facility in self.facilities)


Coded = TypeVar("Coded", Division, Township, Office, Site)


@dataclass(frozen=True, slots=True)
class Province:
    """All reference data of one province, checked against each other."""

    divisions: tuple[Division, ...]
    townships: tuple[Township, ...]
    issued_codes: tuple[IssuedCode, ...]
    offices: tuple[Office, ...]
    sites: tuple[Site, ...]


@dataclass(frozen=True, slots=True)
class Books:
    """The files of one province as read, not yet judged."""

    divisions: Sequence[Mapping[str, str]]
    townships: Sequence[Mapping[str, str]]
    issued_codes: Sequence[Mapping[str, str]]
    sites: Sequence[Mapping[str, str]]
    offices: Mapping[str, Any]
    site_kinds: Mapping[str, Any]


def above(code: str) -> tuple[str, ...]:
    """Return the division's code and those over it, nearest first: county, city, province (上级区划)."""
    return tuple(dict.fromkeys((code, f"{code[:4]}00", f"{code[:2]}0000")))


def office_code(division: str, department: str) -> str:
    """Return the code of the department's office in the division: 140100-vehicles."""
    return f"{division}-{department.removeprefix('police-')}"


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance over the ground between two points, in kilometres (直线距离)."""
    first, second = math.radians(lat), math.radians(other_lat)
    half = (
        math.sin((second - first) / 2) ** 2
        + math.cos(first) * math.cos(second) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


def province(books: Books) -> Province:
    """Return the province that the files describe.

    raises  Refusal places.data (file, row, fault), calendar.hours
    """
    divisions = tuple(_division(row) for row in books.divisions)
    by_code = _keyed("divisions.csv", divisions)
    for division in divisions:
        if division.level is not Level.PROVINCE and division.parent not in by_code:
            _broken("divisions.csv", division.code, "its parent is not there")
    townships = tuple(Township(row["code9"], row["name"], row["county_code"]) for row in books.townships)
    _keyed("townships.csv", townships)
    _inside("townships.csv", ((township.code, township.county) for township in townships), by_code)
    sites = tuple(_site(row, books.site_kinds["kinds"]) for row in books.sites)
    _keyed("sites.csv", sites)
    _inside("sites.csv", ((site.code, site.division) for site in sites), by_code)
    offices = tuple(_offices(books.offices, by_code))
    _keyed("offices.yaml", offices)
    return Province(divisions, townships, tuple(_issued(row) for row in books.issued_codes), offices, sites)


def _division(row: Mapping[str, str]) -> Division:
    code = row["code"]
    try:
        return Division(
            code=code,
            name=Words(row["name"], row["name_en"]),
            pinyin=row["pinyin"],
            level=Level(row["level"]),
            parent=row["parent"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            population=int(row["population_2020"]) if row["population_2020"] else None,
        )
    except ValueError as error:
        _broken("divisions.csv", code, str(error))


def _issued(row: Mapping[str, str]) -> IssuedCode:
    return IssuedCode(row["code"], row["name"], row["last_city"], int(row["first_year"]), int(row["last_year"]))


def _site(row: Mapping[str, str], kinds: Mapping[str, Any]) -> Site:
    code, kind = row["code"], kinds.get(row["kind"])
    if kind is None:
        _broken("sites.csv", code, f"no kind {row['kind']!r} in site_kinds.yaml")
    if not re.fullmatch(r"\d{8}", code, re.ASCII) or not code.startswith(row["division"]):
        _broken("sites.csv", code, "a site's code is its division's and two digits")
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError as error:
        _broken("sites.csv", code, str(error))
    site = Site(
        code=code,
        kind=row["kind"],
        division=row["division"],
        name=Words(row["name_zh"], row["name_en"]),
        address=Words(row["address_zh"], row["address_en"]),
        phone=row["phone"],
        lat=lat,
        lon=lon,
        departments=tuple(kind["departments"]),
        facilities=tuple(kind["facilities"]),
        hours=kind["hours"],
    )
    site.opening()
    return site


def _offices(book: Mapping[str, Any], divisions: Mapping[str, Division]) -> Iterator[Office]:
    for division in divisions.values():
        names = _names(division, divisions, book["police"])
        for department, levels in book["departments"].items():
            if division.level in levels:
                called = levels[division.level]
                name = Words(called["zh"], called["en"]).fill(**names)
                yield Office(office_code(division.code, department), department, division.code, name)


def _names(
    division: Division, divisions: Mapping[str, Division], police: Mapping[str, Mapping[str, str]]
) -> dict[str, Words]:
    district = division.level is Level.COUNTY and division.name.zh.endswith("区")
    form = police["district" if district else division.level]
    # 城区, 矿区, 郊区 keep their last character, for nothing would be left of the name without it.
    short = division.name.zh[:-1] if len(division.name.zh) > 2 else division.name.zh
    names = {
        "name": division.name,
        "city": divisions[division.parent].name if division.level is Level.COUNTY else division.name,
        "short": Words(short, division.name.en),
    }
    return {**names, "police": Words(form["zh"], form["en"]).fill(**names)}


def _keyed(file: str, rows: Iterable[Coded]) -> dict[str, Coded]:
    found: dict[str, Coded] = {}
    for row in rows:
        if row.code in found:
            _broken(file, row.code, "stands twice")
        found[row.code] = row
    return found


def _inside(file: str, pairs: Iterable[tuple[str, str]], divisions: Mapping[str, Division]) -> None:
    for code, division in pairs:
        if division not in divisions:
            _broken(file, code, f"no division {division!r}")


def _broken(file: str, code: str, fault: str) -> NoReturn:
    raise Refusal("places.data", file=file, row=code, fault=fault)
