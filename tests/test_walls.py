"""The walls fall when pushed: each check of tests/walls.py sees what it is there for, and lets the neighbour pass."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI

from tests import walls


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
