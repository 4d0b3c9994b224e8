"""The house stands: each wall holds over what is on disk, and those that tools keep fall when pushed.

The walls that are kept here are functions of tests/walls.py; tests/test_walls.py pushes them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import get_resolver

from tests import walls

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "src" / "onewindow"
TOOLS = Path(sys.executable).parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["name"]: contract for contract in SETTINGS["tool"]["importlinter"]["contracts"]}
THE_HOUSE, IN_A_ROOM, PLAIN, GATEWAYS, FACES, LOOK = CONTRACTS
ROOMS = walls.rooms(HOUSE)
LAW = ("rules", "queries", "commands")

# Routes that anyone may ask and that show nothing of anybody: they need no door.
OPEN = frozenset({"api/v1/", "api/v1/openapi.json", "livez", "readyz", "metrics"})


def sources(keep: Callable[[str, str], bool] = lambda room, part: True) -> list[Path]:
    """The house's own Python files but migrations, of the rooms and parts that are kept."""
    found = (file for file in sorted(HOUSE.rglob("*.py")) if "migrations" not in file.parts)
    return [file for file in found if file.parent != HOUSE and keep(*walls.place(file, HOUSE))]


def faults(files: list[Path], *checks: Callable[[str], walls.Faults]) -> walls.Faults:
    """What the checks find in the files, each with its place."""
    found = []
    for file in files:
        text = file.read_text(encoding="utf-8")
        found += [f"{file.relative_to(ROOT)}:{fault}" for check in checks for fault in check(text)]
    return found


# --- The walls hold.


def test_containers_lists_the_rooms_on_disk() -> None:
    assert sorted(CONTRACTS[IN_A_ROOM]["containers"]) == [f"onewindow.{room}" for room in ROOMS]


def test_rooms_hold_their_parts_and_nothing_else() -> None:
    assert [fault for room in ROOMS for fault in walls.strangers(HOUSE / room)] == []


def test_files_are_named_for_what_they_hold_and_can_be_read_at_once() -> None:
    files = sources()
    assert [fault for file in files for fault in walls.names(file)] == []
    assert faults(files, walls.length) == []


def test_writes_stand_in_commands_and_core() -> None:
    may = ("commands", "rules")  # the rules never reach a table; a wall of their own sees to that
    assert faults(sources(lambda room, part: room != "core" and part not in may), walls.writes) == []


def test_sql_by_hand_stands_in_commands_queries_and_core() -> None:
    may = ("commands", "queries")
    assert faults(sources(lambda room, part: room != "core" and part not in may), walls.raw_sql) == []


def test_the_database_reads_no_clock() -> None:
    assert faults(sorted(HOUSE.rglob("*.py")), walls.database_clock) == []


def test_rules_reach_for_nothing_outside() -> None:
    assert faults(sources(lambda room, part: room in ROOMS and part == "rules"), walls.impure) == []


def test_the_law_says_what_it_is_for() -> None:
    assert faults(sources(lambda room, part: room in ROOMS and part in LAW), walls.docstrings) == []


def test_commands_take_keywords_only() -> None:
    found = []
    for room in ROOMS:
        package = HOUSE / room / "commands"
        if package.is_dir():
            offered = walls.exports((package / "__init__.py").read_text(encoding="utf-8"))
            found += faults(
                sorted(package.glob("*.py")), lambda text, offered=offered: walls.keyword_only(text, offered)
            )
        elif package.with_suffix(".py").exists():
            found += faults([package.with_suffix(".py")], walls.keyword_only)
    assert found == []


def test_a_check_is_switched_off_with_a_reason() -> None:
    assert faults(sources(), walls.excuses) == []


def test_every_route_carries_a_door() -> None:
    if not (HOUSE / "config" / "urls.py").exists():
        pytest.skip("there are no routes yet")
    assert set(walls.doorless(get_resolver().url_patterns)) <= OPEN


def test_pages_have_no_inline_style_or_script_and_fetch_nothing_from_elsewhere() -> None:
    pages = [file for kind in ("html", "svg", "txt") for file in sorted(HOUSE.rglob(f"templates/**/*.{kind}"))]
    assert faults(pages, walls.inline) == []


def test_the_repository_names_no_machine_and_no_registry() -> None:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    files = [ROOT / name for name in listed.decode().split("\0") if name]
    texts = [file for file in files if file.is_file() and b"\0" not in file.read_bytes()[:8000]]
    assert faults(texts, lambda text: walls.machine(text, ROOT)) == []


def test_each_dependency_is_pinned_everywhere_and_has_its_reason() -> None:
    project = SETTINGS["project"]
    pins = [(ROOT / name).read_text(encoding="utf-8") for name in ("requirements.txt", "requirements-dev.txt")]
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for wanted, pinned in zip((project["dependencies"], project["optional-dependencies"]["dev"]), pins, strict=True):
        for line in wanted:
            name, version = re.sub(r"\[.*?\]", "", line).split("==")
            assert f"\n{name}=={version}\n" in pinned
            assert re.search(rf"\b{re.escape(name)}\b", reasons)


# --- The walls that tools keep: pushed in a small house of the same plan.


def test_the_clock_is_read_by_faces_only() -> None:
    text = (
        "from django.utils import timezone\nfrom onewindow.core import clock\n\nA = timezone.now()\nB = clock.now()\n"
    )

    def found(file: str) -> int:
        command = [TOOLS / "ruff", "check", "--select=TID251", "--output-format=concise", "--stdin-filename", file, "-"]
        seen = subprocess.run(command, input=text, text=True, capture_output=True, check=False, cwd=ROOT)
        return seen.stdout.count("TID251")

    assert found("src/onewindow/cases/commands.py") == 2
    assert found("src/onewindow/calendars/rules/clocks.py") == 2
    assert found("src/onewindow/look/dates.py") == 2
    assert found("src/onewindow/desk/views.py") == 0


def small_house(at: Path) -> Path:
    """A house of the same plan with empty rooms, under the contracts of the real one."""
    shutil.copy(ROOT / "pyproject.toml", at)
    house = at / "src" / "onewindow"
    for layer in (word for line in CONTRACTS[THE_HOUSE]["layers"] for word in line.split("|")):
        (house / layer.strip()).mkdir(parents=True)
        (house / layer.strip() / "__init__.py").touch()
    (house / "__init__.py").touch()
    for container in CONTRACTS[IN_A_ROOM]["containers"]:
        for part in ("rules", "models", "queries", "gateways", "commands"):
            (house / container.split(".")[1] / f"{part}.py").touch()
    (house / "core" / "errors.py").touch()
    (house / "core" / "models.py").write_text("import django.db\n")
    return house


def broken(at: Path) -> set[str]:
    """The contracts that import-linter finds broken in the house there."""
    seen = subprocess.run(
        [TOOLS / "lint-imports", "--no-cache", "--no-logo"],
        cwd=at,
        env={"PYTHONPATH": str(at / "src"), "PATH": str(TOOLS), "COLUMNS": "200"},
        text=True,
        capture_output=True,
        check=False,
    )
    told = {name: f"{name} BROKEN" in seen.stdout for name in CONTRACTS}
    assert all(f"{name} KEPT" in seen.stdout or told[name] for name in CONTRACTS), seen.stdout + seen.stderr
    assert (seen.returncode != 0) == any(told.values())
    return {name for name, fell in told.items() if fell}


def test_a_small_house_stands(tmp_path: Path) -> None:
    small_house(tmp_path)
    assert broken(tmp_path) == set()


@pytest.mark.long
@pytest.mark.parametrize(
    ("file", "text", "wall"),
    [
        ("calendars/queries.py", "from onewindow.cases import queries", THE_HOUSE),
        ("portal/views.py", "from onewindow.desk import views", THE_HOUSE),
        ("core/errors.py", "from onewindow.calendars import rules", THE_HOUSE),
        ("attic/__init__.py", "", THE_HOUSE),
        ("cases/queries.py", "from onewindow.cases import commands", IN_A_ROOM),
        ("cases/rules.py", "from onewindow.cases import models", IN_A_ROOM),
        ("cases/letters.py", "", IN_A_ROOM),
        ("cases/rules.py", "from django.db import models", PLAIN),
        ("cases/rules.py", "from onewindow.core import models", PLAIN),
        ("core/errors.py", "import django", PLAIN),
        ("notices/gateways.py", "from onewindow.notices import models", GATEWAYS),
        ("notices/gateways.py", "from onewindow.places import queries", GATEWAYS),
        ("portal/views.py", "from onewindow.cases.models import Case", FACES),
        ("look/days.py", "from onewindow.cases import queries", LOOK),
        ("look/days.py", "from onewindow.notices import commands", LOOK),
    ],
)
def test_a_wall_falls_when_pushed(file: str, text: str, wall: str, tmp_path: Path) -> None:
    house = small_house(tmp_path)
    (house / "desk" / "views.py").touch()
    (house / file).parent.mkdir(exist_ok=True)
    (house / file).write_text(f"{text}\n")
    assert wall in broken(tmp_path)
