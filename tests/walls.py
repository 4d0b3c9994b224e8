"""The walls of the house that no tool keeps: each a function from a text to what is wrong in it, "line: fault"."""

from __future__ import annotations

import ast
import inspect
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Faults = list[str]
Function = ast.FunctionDef | ast.AsyncFunctionDef

FACES = frozenset({"portal", "desk", "board", "api", "jobs"})
NO_ROOMS = FACES | {"config", "look", "core"}
PARTS = frozenset({"rules", "models", "queries", "commands", "gateways", "apps", "migrations"})
"""What a room may hold, as one file or as a package of that name; accounts has doors besides."""
LONGEST = 400
HOMELESS = frozenset({"utils", "util", "services", "service", "helpers", "helper", "common", "misc", "managers"})

_WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITES = frozenset(_WRITES | {f"a{name}" for name in _WRITES})
RAW = frozenset({"execute", "executemany", "executescript", "raw", "RawSQL", "extra", "callproc"})
IMPURE = frozenset(
    "asyncio http io logging multiprocessing os pathlib random secrets shutil socket sqlite3 subprocess sys tempfile"
    " threading time urllib uuid".split()
)
SQL_CLOCK = re.compile(
    r"\b(?:clock_timestamp|statement_timestamp|transaction_timestamp|now|localtimestamp|getdate)\s*\(\s*\)"
    r"|\bcurrent_(?:timestamp|date|time)\b|\b(?:date|time|datetime|julianday|unixepoch|strftime)\s*\([^)]*'now'",
    re.IGNORECASE,
)


# --- Where a file stands: (room, part) of src/onewindow/cases/commands/accept.py is ("cases", "commands").


def place(path: Path, house: Path) -> tuple[str, str]:
    """The package of the house and the part of it that a file belongs to."""
    steps = path.relative_to(house).with_suffix("").parts
    return steps[0], steps[1] if len(steps) > 1 else ""


def rooms(house: Path) -> list[str]:
    """The rooms on disk: every package of the house that is no face, no ground and not shared."""
    return sorted(p.parent.name for p in house.glob("*/__init__.py") if p.parent.name not in NO_ROOMS)


def strangers(room: Path) -> Faults:
    """What stands in a room beside the parts it may have."""
    allowed = PARTS | {"__init__", "__pycache__"} | ({"doors"} if room.name == "accounts" else set())
    return sorted(
        f"{room.name}/{p.name}: a room holds {', '.join(sorted(PARTS))}"
        for p in room.iterdir()
        if p.stem not in allowed or (p.is_file() and p.suffix != ".py")
    )


def names(path: Path) -> Faults:
    """A file named for nothing in particular has no owner."""
    return [f"{path.name}: name the file after what it holds"] if path.stem in HOMELESS else []


def length(text: str) -> Faults:
    """A file that is too long to be read at once."""
    lines = text.count("\n")
    return [f"{lines} lines: past {LONGEST} a file becomes a package of the same name"] if lines > LONGEST else []


# --- What a file says, from its syntax tree.


def writes(text: str) -> Faults:
    """Calls that change rows. A picture's save(file) has a place to go to; a row's save never has."""
    return [
        f"{call.lineno}: .{name}() is a write; writes are commands"
        for call, name in _method_calls(text)
        if name in WRITES and not (name == "save" and call.args)
    ]


def raw_sql(text: str) -> Faults:
    """Statements written by hand."""
    return [
        f"{call.lineno}: {name}() is SQL by hand; it stands in commands, queries, core and migrations"
        for call, name in _calls(text)
        if name in RAW
    ]


def database_clock(text: str) -> Faults:
    """Columns and statements that let the database read its clock."""
    tree = ast.parse(text)
    found = [
        f"{node.value.lineno}: {node.arg} reads the clock; the instant is an argument"
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add")
    ]
    found += [
        f"{node.lineno}: Now() reads the clock; the instant is an argument"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("django.db.models.functions")
        and any(alias.name == "Now" for alias in node.names)
    ]
    found += [
        f"{node.lineno}: SQL that reads the clock; the instant is an argument"
        for node in _plain_strings(tree)
        if SQL_CLOCK.search(node.value)
    ]
    return found


def impure(text: str) -> Faults:
    """What rules may not reach for: the clock, randomness, files, the net, other processes."""
    tree = ast.parse(text)
    modules = [
        (node.lineno, alias.name) for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    ]
    modules += [(node.lineno, node.module or "") for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    found = [f"{line}: rules do without {name}" for line, name in modules if name.split(".")[0] in IMPURE]
    plain = ((call, name) for call, name in _calls(text) if isinstance(call.func, ast.Name))
    return found + [
        f"{call.lineno}: rules do without {name}()" for call, name in plain if name in ("open", "print", "input")
    ]


def docstrings(text: str) -> Faults:
    """Public functions that do not say what they are for."""
    return [
        f"{function.lineno}: {function.name} has no docstring"
        for function in public_functions(text)
        if not ast.get_docstring(function)
    ]


def keyword_only(text: str, among: frozenset[str] | None = None) -> Faults:
    """Commands that take an argument by its position.

    among  the names that count as commands; every public function unless given
    """
    return [
        f"{function.lineno}: {function.name} takes an argument by position; a command takes keywords only"
        for function in public_functions(text)
        if (among is None or function.name in among) and _by_position(function)
    ]


def exports(text: str) -> frozenset[str]:
    """What the __init__ of a package hands out: the commands of commands/."""
    imported = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)]
    return frozenset(alias.asname or alias.name for node in imported for alias in node.names)


def public_functions(text: str) -> list[Function]:
    """The functions of a module that others may call."""
    body = ast.parse(text).body
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in body if isinstance(node, kinds) and not node.name.startswith("_")]


def excuses(text: str) -> Faults:
    """A check that is switched off needs its reason beside it or in a comment on the line above."""
    comments = {token.start[0]: token.string for token in _comments(text)}
    lines = text.splitlines()
    faults = []
    for number, comment in comments.items():
        off = re.search(r"(?:noqa(?::\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?|type:\s*ignore(?:\[[\w, -]+\])?)", comment)
        above = number - 1 in comments and lines[number - 2].lstrip().startswith("#")
        if off and not above and not re.search(r"\w{2,}", comment[: off.start()] + comment[off.end() :]):
            faults.append(f"{number}: {off.group()} without a reason")
    return faults


def _calls(text: str) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node, node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node, node.func.id


def _method_calls(text: str) -> Iterator[tuple[ast.Call, str]]:
    return ((call, name) for call, name in _calls(text) if isinstance(call.func, ast.Attribute))


def _plain_strings(tree: ast.AST) -> Iterator[Any]:
    """String constants that are not docstrings or bare statements."""
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node


def _by_position(function: Function) -> bool:
    arguments = function.args
    return bool(arguments.posonlyargs or arguments.args or arguments.vararg)


def _comments(text: str) -> Iterator[tokenize.TokenInfo]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return (token for token in tokens if token.type == tokenize.COMMENT)


# --- Pages and the repository.

_INLINE = {
    r"<style[\s>]": "a style element",
    r"<[a-zA-Z][^<>]*\sstyle\s*=": "a style attribute",
    r"<script(?![^>]*\ssrc\s*=)[^>]*>(?!\s*</script>)": "a script element with text in it",
    r"<[a-zA-Z][^<>]*\son[a-z]+\s*=": "a handler in an attribute",
    r"(?i)\b(?:href|src|action)\s*=\s*[\"']?\s*javascript:": "a javascript: address",
    r"(?i)<(?:script|link|img|iframe|source|video|audio|use)\b[^>]*\b(?:src|href)\s*=\s*[\"']?(?:https?:)?//": (
        "something fetched from a foreign host"
    ),
}


def inline(text: str) -> Faults:
    """What the content policy forbids in a page: inline style and script, and anything from elsewhere."""
    return [
        f"{text.count(chr(10), 0, found.start()) + 1}: {what}"
        for pattern, what in _INLINE.items()
        for found in re.finditer(pattern, text)
    ]


_HOME = re.compile(r"(?<![\w./:}\-])/(?:root|home/\w[\w.-]*|Users/\w[\w.-]*)/|[A-Z]:\\Users\\")
_REGISTRY = re.compile(
    r"\b(?:pypi|pythonhosted|npmjs|rubygems|crates|debian|ubuntu|golang)\.(?:org|io|com|net)\b|--(?:extra-)?index-url|"
    r"registry\.[a-z]+\.(?:com|org)"
)


def machine(text: str, checkout: Path) -> Faults:
    """What holds on one machine only: homes, the place of the checkout, registries and mirrors."""
    faults = []
    for number, line in enumerate(text.splitlines(), 1):
        if _HOME.search(line) or f"{checkout}/" in line:
            faults.append(f"{number}: a path of one machine")
        if _REGISTRY.search(line):
            faults.append(f"{number}: a package registry; which one is the machine's business")
    return faults


# --- Routes.


def doorless(patterns: list[Any], prefix: str = "") -> list[str]:
    """The routes under these URL patterns that carry no door: neither view.door nor, for JSON, an auth."""
    found: list[str] = []
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            found += doorless(pattern.url_patterns, route)
        elif not _has_door(pattern.callback):
            found.append(route)
    return found


def _has_door(view: Callable[..., Any]) -> bool:
    if getattr(view, "door", None) is not None:
        return True
    if not inspect.isfunction(view):
        return False
    # ninja wraps the operations of one route into a function; they stand in its closure.
    operations = getattr(inspect.getclosurevars(view).nonlocals.get("self"), "operations", [])
    return bool(operations) and all(one.auth_callbacks or hasattr(one.view_func, "door") for one in operations)
