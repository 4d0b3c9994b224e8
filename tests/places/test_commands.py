"""Loading a province: once, twice, and when a file has changed; what can be asked of it then."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onewindow.accounts.rules import System
from onewindow.core import journal
from onewindow.core.errors import NotFound, Refusal
from onewindow.jobs import places_command
from onewindow.places import commands, queries

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parents[2] / "data" / "places"
AT = datetime(2024, 9, 30, 2, 0, tzinfo=UTC)
HOUSE = System("test")


def load(folder=FOLDER):
    return commands.load(folder=folder, by=HOUSE, at=AT)


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "places")
    return tmp_path / "places"


def edit(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_second_load_finds_nothing_to_do():
    first = load()
    assert {change.table: len(change.added) for change in first.changes} == {
        "division": 129,
        "township": 1291,
        "issuedcode": 345,
        "office": len(queries.offices()),
        "site": 139,
    }
    second = load()
    assert second.count == 0
    assert [change.same for change in second.changes] == [len(change.added) for change in first.changes]
    assert len(journal.chain("places", "all")) == 1
    assert list(places_command.lines(second))[-1] == "site: 139 unchanged, 0 added, 0 changed, 0 no longer in use"


def test_what_changed_is_shown_and_what_left_is_kept(folder):
    load(folder)
    edit(
        folder, "sites.csv", "14010001,hall-city,140100,太原市政务服务中心综合大厅", "14010001,hall-city,140100,新大厅"
    )
    gone = next(
        line for line in (folder / "sites.csv").read_text(encoding="utf-8").splitlines() if line[:8] == "14010601"
    )
    edit(folder, "sites.csv", gone + "\n", "")
    loaded = load(folder)
    assert [(change.changed, change.gone) for change in loaded.changes if change.count] == [
        (("14010001",), ("14010601",))
    ]
    assert queries.site("14010001").name.zh == "新大厅"
    assert queries.site("14010601").code == "14010601"
    assert "14010601" not in {site.code for site in queries.sites()}
    assert "  changed: 14010001" in list(places_command.lines(loaded))
    edit(folder, "sites.csv", "14010001,", gone + "\n14010001,")
    assert load(folder).count == 1
    assert "14010601" in {site.code for site in queries.sites()}
    assert len(journal.chain("places", "all")) == 3


def test_a_refused_load_leaves_no_trace(folder):
    edit(folder, "sites.csv", "14010001,hall-city", "14010001,hall-town")
    with pytest.raises(Refusal, match=r"places\.data"):
        load(folder)
    assert queries.divisions() == []
    assert journal.chain("places", "all") == []


def test_an_office_is_found_for_its_division_or_the_one_above(django_assert_num_queries):
    load()
    with django_assert_num_queries(1):
        assert queries.office_for("police-vehicles", "140105").code == "140100-vehicles"
    assert queries.office_for("police-household", "140105").code == "140105-household"
    assert queries.office_for("police-narcotics", "140000").code == "140000-narcotics"
    for department, division in (("police-vehicles", "140000"), ("no-such", "140105"), ("police-household", "110101")):
        with pytest.raises(NotFound):
            queries.office_for(department, division)


def test_sites_for_an_item_are_one_s_own_first(django_assert_num_queries):
    load()
    with django_assert_num_queries(1):
        found = queries.sites_for_item("police-vehicles", "140105")
    assert [site.code for site in found] == ["14010501", "14010001", "14010002"]
    lanes = queries.sites_for_item("police-vehicles", "140105", facility="vehicle-check")
    assert [site.code for site in lanes] == ["14010002"]
    city = [site.code for site in queries.sites_for_item("police-household", "140100")]
    assert city[0] == "14010001"
    assert len(city) == 11
    assert len(queries.sites_for_item("police-vehicles", "140000")) == 139
    assert queries.sites_for_item("no-such", "140105") == []


def test_the_nearest_sites_come_first(django_assert_num_queries):
    load()
    with django_assert_num_queries(1):
        found = queries.nearest(40.08, 113.29, limit=3)
    assert len(found) == 3
    assert [km for km, _ in found] == sorted(km for km, _ in found)
    assert {site.division[:4] for _, site in found} == {"1402"}
    [(_, lanes)] = queries.nearest(37.74, 112.56, department="police-vehicles", limit=1)
    assert lanes.code == "14010501"


def test_reads_of_reference_data(django_assert_num_queries):
    load()
    with django_assert_num_queries(1):
        cities = queries.divisions(parent="140000")
    assert [city.name.zh for city in cities][:2] == ["太原市", "大同市"]
    assert len(queries.divisions(level=queries.Level.COUNTY)) == 117
    assert queries.division("141100").name.en == "Lüliang"
    assert queries.townships("140105")[0].name == "坞城街道"
    assert queries.office("140100-vehicles").department == "police-vehicles"
    assert [site.code for site in queries.sites(division="140100")] == ["14010001", "14010002"]
    assert len(queries.offices(division="140100")) == 13
    for ask in (queries.division, queries.office, queries.site, queries.opening):
        with pytest.raises(NotFound):
            ask("nowhere")


def test_where_a_number_was_issued_is_a_hint():
    load()
    hint = queries.issued_in("140102")
    assert hint is not None
    assert (hint.name, hint.city) == ("南城区", "太原市")
    assert queries.issued_in("149900") is None


def test_the_command_loads_the_province_of_the_data_folder():
    loaded = places_command.load(HOUSE, AT)
    assert loaded.count > 3000
    assert next(places_command.lines(loaded)).startswith("division: 0 unchanged, 129 added")
