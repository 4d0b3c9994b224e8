"""The house stands: each wall holds over what is on disk, and each is shown to fall when pushed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, path
from ninja import NinjaAPI

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


# --- The walls fall when pushed: each check sees what it is there for, and lets the neighbour pass.


@pytest.mark.parametrize(
    "text",
    [
        "def f(row): row.save()",
        "def f(row): row.save(update_fields=['stage'])",
        "def f(): Case.objects.create(number='1')",
        "def f(): Case.objects.filter(number='1').update(stage='x')",
        "def f(): Case.objects.all().delete()",
        "def f(): Case.objects.bulk_create([])",
        "def f(): Case.objects.get_or_create(number='1')",
        "async def f(row): await row.asave()",
        "def f(a, b): a.update(b)",
    ],
)
def test_a_write_is_seen(text: str) -> None:
    assert walls.writes(text)


def test_what_only_looks_like_a_write_is_not() -> None:
    text = (
        "def f(picture, file, rows): picture.save(file, 'JPEG'); rows.filter(a=1).first(); created = {**file, **rows}"
    )
    assert walls.writes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "def f(cursor): cursor.execute('SELECT 1')",
        "def f(): Case.objects.raw('SELECT 1')",
        "def f(rows): rows.annotate(n=RawSQL('1', ()))",
        "def f(rows): rows.extra(where=['1=1'])",
    ],
)
def test_sql_by_hand_is_seen(text: str) -> None:
    assert walls.raw_sql(text)
    assert walls.raw_sql("def f(rows): return rows.filter(a=1)") == []


@pytest.mark.parametrize(
    "text",
    [
        "at = models.DateTimeField(auto_now=True)",
        "at = models.DateTimeField(auto_now_add=True)",
        "from django.db.models.functions import Lower, Now",
        "SQL = 'UPDATE job SET lease = now()'",
        "SQL = f'UPDATE {table} SET at = CURRENT_TIMESTAMP'",
        "SQL = \"SELECT datetime('now')\"",
    ],
)
def test_a_database_clock_is_seen(text: str) -> None:
    assert walls.database_clock(text)


def test_words_about_the_clock_are_no_clock() -> None:
    assert walls.database_clock('"""Never calls now()."""\nat = clock.now()\nword = "do it now"') == []


@pytest.mark.parametrize(
    "text",
    [
        "import random",
        "from time import monotonic",
        "import urllib.request",
        "text = open('law.txt').read()",
        "print(1)",
    ],
)
def test_a_rule_that_reaches_outside_is_seen(text: str) -> None:
    assert walls.impure(text)
    assert walls.impure("import re\nfrom datetime import date\nfrom itertools import islice\nre.match('a', 'a')") == []


def test_a_missing_docstring_is_seen() -> None:
    assert walls.docstrings("def due_date(start): return start")
    assert walls.docstrings('def due_date(start):\n    """Return it."""\n\ndef _inner(): pass') == []


@pytest.mark.parametrize("arguments", ["number", "number, /", "*numbers", "number, *, at"])
def test_a_command_by_position_is_seen(arguments: str) -> None:
    assert walls.keyword_only(f"def accept({arguments}): pass")


def test_commands_of_a_package_are_what_it_hands_out() -> None:
    offered = walls.exports("from onewindow.cases.commands.acts import accept, refuse as decline")
    assert offered == {"accept", "decline"}
    assert walls.keyword_only("def accept(number): pass\ndef carry_out(step): pass", offered) == [
        "1: accept takes an argument by position; a command takes keywords only"
    ]
    assert walls.keyword_only("def accept(*, number): pass") == []


def test_an_excuse_without_a_reason_is_seen() -> None:
    assert walls.excuses("x = 1  # noqa: E501")
    assert walls.excuses("x = 1  # type: ignore[attr-defined]")
    assert walls.excuses("x = 1  # noqa: E501 - the law's own wording") == []
    assert walls.excuses("x = 1  # type: ignore[attr-defined]  # put there by the door") == []
    assert walls.excuses("# The law's own wording.\nx = 1  # noqa: E501") == []


def test_strangers_and_homeless_files_are_seen(tmp_path: Path) -> None:
    room = tmp_path / "cases"
    room.mkdir()
    for name in ("__init__.py", "rules.py", "services.py", "note.txt"):
        (room / name).touch()
    assert [fault.split(":")[0] for fault in walls.strangers(room)] == ["cases/note.txt", "cases/services.py"]
    assert walls.rooms(tmp_path) == ["cases"]
    assert walls.names(Path("cases/utils.py"))
    assert walls.length("\n" * 401)
    assert walls.length("\n" * 400) == []


@pytest.mark.parametrize(
    "page",
    [
        "<style>p { color: red }</style>",
        '<p class="a" style="color: red">',
        "<script>go()</script>",
        '<button\n  onclick="go()">',
        '<a href="javascript:go()">',
        '<script src="https://cdn.example/x.js"></script>',
        '<img src="//cdn.example/x.png">',
    ],
)
def test_an_inline_style_or_script_is_seen(page: str) -> None:
    assert walls.inline(page)


def test_an_honest_page_passes() -> None:
    page = '<script src="{% static "look/x.js" %}" defer></script><a href="https://law.example/82">法</a><p class="on">'
    assert walls.inline(page) == []


# Written in pieces, since this file is read by that wall too.
@pytest.mark.parametrize(
    "pieces",
    [
        ("DATA = '", "root", "data'"),
        ("open('", "home", "wang", "notes.txt')"),
        ("open('", "Users", "wang", "notes.txt')"),
        ("cd ", "srv", "checkout", "var"),
    ],
)
def test_a_path_of_one_machine_is_seen(pieces: tuple[str, ...]) -> None:
    assert walls.machine("/".join(pieces), Path("/srv/checkout"))


@pytest.mark.parametrize("pieces", [("pip install -", "-index-url x"), ("see https://pypi", ".org/project/x")])
def test_a_registry_is_seen(pieces: tuple[str, ...]) -> None:
    assert walls.machine("".join(pieces), Path("/srv/checkout"))


def test_urls_of_our_own_are_no_machine() -> None:
    assert walls.machine("path('desk/work/'); '/usr/lib/x'; https://example.org/home/x/", Path("/srv/checkout")) == []


def test_a_route_without_a_door_is_seen() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def entered(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    entered.door = "public"  # type: ignore[attr-defined]  # as accounts/doors.py does
    assert walls.doorless([path("open", view), path("kept", entered)]) == ["open"]


def test_a_json_route_without_a_door_is_seen() -> None:
    api = NinjaAPI(urls_namespace="walls", docs_url=None, openapi_url=None)

    def key(request: HttpRequest) -> bool:
        return True

    def answer(request: HttpRequest) -> None: ...

    api.get("kept", auth=key)(answer)
    api.get("open")(answer)
    api.get("half", auth=key)(answer)
    api.post("half")(answer)
    assert set(walls.doorless(api.urls[0])) == {"open", "half", ""}


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
