"""Reference data as values: what codes say, how far places lie apart, and which files are refused."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.calendars.rules import WorkCalendar
from onewindow.core.documents import read_yaml
from onewindow.core.errors import Refusal
from onewindow.places import gateways, rules

FOLDER = Path(__file__).parents[2] / "data" / "places"
PROVINCE = rules.province(gateways.read(FOLDER))
FILES = ("divisions.csv", "townships.csv", "issued_codes.csv", "sites.csv", "offices.yaml", "site_kinds.yaml")


@pytest.fixture
def folder(tmp_path):
    for name in FILES:
        (tmp_path / name).write_text((FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def edit(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_shanxi_is_whole():
    levels = [division.level for division in PROVINCE.divisions]
    assert [levels.count(level) for level in rules.Level] == [1, 11, 117]
    assert len(PROVINCE.townships) == 1291
    assert len(PROVINCE.issued_codes) == 345
    assert sum(division.population or 0 for division in PROVINCE.divisions) == 2 * 34915616
    assert {township.county for township in PROVINCE.townships} == {
        division.code for division in PROVINCE.divisions if division.level is rules.Level.COUNTY
    }


def test_every_county_has_a_site_and_every_city_a_vehicle_office():
    assert len(PROVINCE.sites) == 139
    at_home = {site.division for site in PROVINCE.sites}
    assert at_home == {division.code for division in PROVINCE.divisions if division.level is not rules.Level.PROVINCE}
    lanes = [site for site in PROVINCE.sites if site.serves("police-vehicles", "vehicle-check")]
    assert {site.division for site in lanes} == {
        division.code for division in PROVINCE.divisions if division.level is rules.Level.CITY
    }


def test_every_demo_address_and_telephone_says_so():
    for site in PROVINCE.sites:
        assert "演示地址" in site.address.zh
        assert "demo address" in site.address.en
        assert site.phone[5] == "0"  # no local number begins so


def test_names_are_pairs_without_open_places():
    for row in (*PROVINCE.divisions, *PROVINCE.offices, *PROVINCE.sites):
        for text in row.name:
            assert text.strip() == text != ""
            assert "{" not in text


@pytest.mark.parametrize(
    ("code", "zh"),
    [
        ("140100-vehicles", "太原市公安局交通警察支队车辆管理所"),
        ("140105-household", "太原市公安局小店分局户政管理大队"),
        ("140121-public-order", "清徐县公安局治安管理大队"),
        ("140302-traffic", "阳泉市公安局城区分局交通警察大队"),
        ("140000-narcotics", "山西省公安厅禁毒总队"),
        ("141181-exit-entry", "孝义市公安局出入境管理大队"),
    ],
)
def test_offices_are_called_by_their_pattern(code, zh):
    [office] = [office for office in PROVINCE.offices if office.code == code]
    assert office.name.zh == zh
    assert rules.office_code(office.division, office.department) == code


def test_a_division_lies_in_those_above_it():
    assert rules.above("140105") == ("140105", "140100", "140000")
    assert rules.above("140100") == ("140100", "140000")
    assert rules.above("140000") == ("140000",)
    for division in PROVINCE.divisions:
        assert division.parent in (*rules.above(division.code)[1:2], "")


places = st.tuples(st.floats(-89, 89), st.floats(-179, 179))


@given(places, places)
def test_distance_is_the_same_both_ways_and_never_past_half_the_globe(first, second):
    there, back = rules.distance_km(*first, *second), rules.distance_km(*second, *first)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= 20016


def test_distance_taiyuan_datong():
    assert rules.distance_km(37.87, 112.54, 40.08, 113.29) == pytest.approx(254, abs=3)


def test_a_site_is_open_in_its_hours():
    calendar = WorkCalendar(
        frozenset({2024, 2025}),
        frozenset({date(2024, 10, 1)}),
        frozenset({date(2024, 10, 12)}),
    )
    hours = next(site for site in PROVINCE.sites if site.code == "14010501").opening()
    local = {
        (9, 30, 1, 0): True,  # Monday, 9 o'clock
        (9, 30, 4, 30): False,  # the noon break
        (9, 30, 9, 0): False,  # 17 o'clock: the end is not in it
        (10, 1, 2, 0): False,  # a day off
        (10, 5, 2, 0): False,  # a Saturday
        (10, 12, 2, 0): True,  # a worked Saturday
    }
    for (month, day, hour, minute), is_open in local.items():
        assert hours.is_open(datetime(2024, month, day, hour, minute, tzinfo=UTC), calendar) is is_open


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("divisions.csv", "140105,小店区", "140106,小店区", "places.data"),
        ("divisions.csv", "county,140100", "county,149900", "places.data"),
        ("divisions.csv", "county,140100", "village,140100", "places.data"),
        ("divisions.csv", "37.74", "north", "places.data"),
        ("divisions.csv", "140105,小店区", "140105,小店区,more", "places.data"),
        ("townships.csv", ",140105", ",149905", "places.data"),
        ("sites.csv", "14010001,hall-city", "14010001,hall-town", "places.data"),
        ("sites.csv", "14010001,hall-city", "14020001,hall-city", "places.data"),
        ("sites.csv", "37.87,112.54", "37.87,east", "places.data"),
        ("sites.csv", "14010001,hall-city", "1401001,hall-city", "places.data"),
        ("site_kinds.yaml", '"09:00-12:00"', '"12:00-09:00"', "calendar.hours"),
        ("site_kinds.yaml", "kinds:", "kinds: [", "places.data"),
        ("offices.yaml", "departments:", "- departments:", "places.data"),
    ],
)
def test_broken_files_are_refused(folder, name, old, new, code):
    edit(folder, name, old, new)
    with pytest.raises(Refusal) as refused:
        rules.province(gateways.read(folder))
    assert refused.value.code == code


def test_a_missing_file_is_refused(folder):
    (folder / "sites.csv").unlink()
    with pytest.raises(Refusal, match=r"places\.data"):
        gateways.read(folder)


def test_every_department_of_the_catalogue_has_offices_and_sites():
    """A catalogue key without an office would take applications in that nobody can decide."""
    book = read_yaml((FOLDER.parents[1] / "catalogue" / "dictionary" / "departments.yaml").read_text("utf-8"))
    wanted = {row["key"] for row in book["departments"]}
    assert {office.department for office in PROVINCE.offices} == wanted
    assert {department for site in PROVINCE.sites for department in site.departments} == wanted
