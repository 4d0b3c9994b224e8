"""Nothing is said in one language only: every template, every pair in sources and data (中英文齐全)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onewindow.core.documents import read_yaml

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "onewindow"
# 500.html says all in both languages by hand, for it is shown when nothing else works; test_templates.py reads it.
TEMPLATES = sorted(file for file in HOUSE.glob("*/templates/**/*") if file.is_file() and file.name != "500.html")
SOURCES = [file for file in sorted(HOUSE.rglob("*.py")) if "migrations" not in file.parts]
DATA = sorted([*(ROOT / "catalogue").rglob("*.yaml"), *(ROOT / "data").rglob("*.yaml")])

HAN = re.compile("[㐀-鿿]")
CHINESE = re.compile("[\u3000-\u303f㐀-鿿\uff01-\uffef]")  # with its punctuation
PLACE = re.compile(r"\{(\w*)\}")
SENTENCE = re.compile(r"[A-Za-z]{2,}(?:[ ,]+[A-Za-z]{2,}){2,}")  # three words in a row
BRAND = "一窗"


def broken(zh: str, en: str) -> Iterator[str]:
    """Say what is wrong with a pair."""
    if not zh.strip() or not en.strip():
        if zh.strip() or en.strip():
            yield "one half is empty"
        return
    if CHINESE.search(en.replace(BRAND, "")):
        yield "Chinese in the English half"
    if HAN.search(zh) is None and SENTENCE.search(zh):
        yield "English in the Chinese half"
    if set(PLACE.findall(zh)) != set(PLACE.findall(en)):
        yield "the places of the halves differ"


# --- Templates: what is not in a tag of two languages is markup, or a name that both languages share.

COMMENT = re.compile(r"\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}", re.S)
PAIR = re.compile(r'\{%\s*(?:t|both)\s+"([^"]*)"\s+"([^"]*)"(?:(?!%\}).)*%\}')
ANY_PAIR = re.compile(r"\{%\s*(?:t|both)\s(?:(?!%\}).)*%\}")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
MARKUP = re.compile(r"<[^>]*>", re.S)
IN_CHINESE = re.compile(r'<a [^>]*\blang="zh-Hans"[^>]*>[^<{]*</a>')  # an example of what may be typed
SPOKEN = re.compile(r'\s(?:alt|title|aria-label|placeholder|label)="([^"]*)"')
ATTRIBUTE = re.compile(r'\s[\w-]+="[^"]*"')
# Addresses, names of components, and examples of what may be typed into the search.
SHARED = {"/desk/", ".law", "guohu", "wfzzm", "used car"}


def untranslated(text: str) -> Iterator[str]:
    """Find what a template says outside its pairs, and pairs that are not whole."""
    text = COMMENT.sub("", text)
    for found in ANY_PAIR.findall(text):
        pair = PAIR.fullmatch(found)
        yield from (f"{fault}: {found}" for fault in (broken(*pair.groups()) if pair else ["not two texts"]))
    text = IN_CHINESE.sub("", ANY_PAIR.sub("", text))
    for found in re.findall(r".{0,20}[㐀-鿿]+.{0,20}", text):
        yield f"Chinese outside a pair: {found}"
    text = TAG.sub("", text)
    for said in (*SPOKEN.findall(text), *MARKUP.sub("\n", ATTRIBUTE.sub("", text)).split("\n")):
        if said.strip() not in SHARED and re.search(r"[A-Za-z]{2}", said):
            yield f"English outside a pair: {said.strip()}"


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(HOUSE)))
def test_a_template_says_everything_in_both_languages(file: Path) -> None:
    assert list(untranslated(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<p>办件</p>", "Chinese outside a pair"),
        ("<p>Cases</p>", "English outside a pair"),
        ('<input placeholder="Number">', "English outside a pair"),
        ('{% t "办件" "" %}', "one half is empty"),
        ('{% t "办件" "Case 办件" %}', "Chinese in the English half"),
        ('{% t "what is due now" "what is due now" %}', "English in the Chinese half"),
        ('{% t "还剩 {n} 天" "{m} days left" n=n %}', "the places of the halves differ"),
        ('{% t "办件" %}', "not two texts"),
    ],
)
def test_an_untranslated_string_is_found(text: str, fault: str) -> None:
    found = list(untranslated(text))
    assert len(found) == 1
    assert found[0].startswith(fault)
    assert not list(untranslated('<p class="a">{% t "办件" "Cases" %} {{ number }}</p>'))


# --- Sources: whatever takes a `zh` and an `en` makes a pair.

DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
# What Chinese stands in the sources on purpose, outside pairs: it is read, not said; or it is data.
READ = {
    "accounts/rules/identity.py": "characters of names and numbers on documents",
    "accounts/rules/vehicles.py": "characters on number plates",
    "calendars/rules/limits.py": "units as the catalogue writes them",
    "calendars/rules/notices.py": "words of the State Council's notices",
    "catalogue/rules/citing.py": "laws as the catalogue writes them, with their English beside",
    "look/masks.py": "characters on number plates",
    "look/templatetags/look.py": "dates that keep to one line",
    "notices/rules/money.py": "sums in capitals, as receipts must have them",
    "payments/rules.py": "how an article of law is cited",
    "places/rules.py": "the last character of a district's name",
    **dict.fromkeys(
        ("desk/pages/papers.py", "desk/people.py", "accounts/commands/real_names.py", "portal/pages/mydata.py"),
        "what a log keeps; its language is Chinese",
    ),
    "jobs/clock_command.py": "the terminal speaks English and names the Chinese term",
    "jobs/demo_cases.py": "what invented people write",
    "jobs/demo_forms.py": "what invented people write",
    "jobs/demo_people.py": "names of invented people",
    "look/styleguide.py": "an invented name",
}
LAW = re.compile(r"第[\d一二三四五六七八九十、]+[条款项]|§|法$|办法|规定|GB/T|国办发明电")
NAMES = {"中文", "OneWindow (一窗)", "李*"}


def pairs_of(tree: ast.Module) -> dict[str, tuple[int, int]]:
    """Find the functions that take both languages, each with the places of the two."""
    found = {"Words": (0, 1)}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [each.arg for each in node.args.args if each.arg not in ("self", "cls")]
            if "zh" in names and "en" in names:
                found[node.name] = (names.index("zh"), names.index("en"))
    return found


def literal(node: ast.expr) -> str | None:
    """Read a text that stands there as it is; a value put into it counts as one sign."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return None


def halves(call: ast.Call, makers: dict[str, tuple[int, int]]) -> tuple[ast.expr, ast.expr] | None:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    given = {each.arg: each.value for each in call.keywords}
    if name not in makers or any(isinstance(each, ast.Starred) for each in call.args):
        return None
    zh, en = (
        call.args[at] if at < len(call.args) else given.get(key)
        for at, key in zip(makers[name], ("zh", "en"))  # noqa: B905
    )
    return (zh, en) if zh is not None and en is not None else None


def texts(node: ast.AST) -> Iterator[ast.Constant]:
    yield from (each for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str))


def unpaired(tree: ast.Module, makers: dict[str, tuple[int, int]], *, whole: bool = True) -> Iterator[str]:
    """Find pairs that are not whole, and Chinese that stands in none."""
    silent = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, DOCUMENTED) and _told(node)}
    silent |= {id(each) for node in ast.walk(tree) if _grows(node) for each in texts(node)}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if (found := halves(call, makers)) is None:
            continue
        zh, en = (literal(half) for half in found)
        if zh is not None and en is not None:
            yield from (f"{call.lineno}: {fault}: {zh!r}, {en!r}" for fault in broken(zh, en))
        for each in texts(found[1]):
            if HAN.search(str(each.value).replace(BRAND, "")):
                yield f"{each.lineno}: Chinese in the English half: {each.value!r}"
        silent |= {id(each) for half in found for each in texts(half)}
    for each in texts(tree):
        said = str(each.value).replace(BRAND, "")
        if whole and id(each) not in silent and HAN.search(said) and said not in NAMES and not LAW.search(said):
            yield f"{each.lineno}: Chinese outside a pair: {said!r}"


def _told(node: Any) -> bool:
    return bool(node.body) and isinstance(node.body[0], ast.Expr)


def _grows(node: ast.AST) -> bool:
    """Say whether a text stands alone, or is put into `zh`, which a pair is made of afterwards."""
    if isinstance(node, ast.Expr):
        call = node.value
        target = call.func.value if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) else None
        return isinstance(call, ast.Constant) or getattr(target, "id", "") == "zh"
    if not isinstance(node, ast.Assign):
        return False
    target = node.targets[0]
    first = target.elts[0] if isinstance(target, ast.Tuple) else target
    return getattr(first, "id", "") == "zh"


TREES = {file: ast.parse(file.read_text(encoding="utf-8")) for file in SOURCES}
MAKERS = {name: at for tree in TREES.values() for name, at in pairs_of(tree).items()}


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(HOUSE)))
def test_a_source_says_everything_in_both_languages(file: Path) -> None:
    whole = str(file.relative_to(HOUSE)) not in READ
    assert list(unpaired(TREES[file], MAKERS, whole=whole)) == []


def test_a_source_that_says_half_is_found() -> None:
    for text, fault in (
        ('a = Words("办件", "")', "one half is empty"),
        ('a = Words("办件 {n}", "case")', "places of the halves differ"),
        ('raise Fault("没有办件")', "Chinese outside a pair"),
        ('def row(zh, en): ...\nrow("办件", "the 办件")', "Chinese in the English half"),
        ('def row(zh, en): ...\nrow("办件", f"{n} 办件")', "Chinese in the English half"),
    ):
        tree = ast.parse(text)
        assert fault in next(unpaired(tree, pairs_of(tree)), ""), text
    tree = ast.parse('"""办件"""\na = Words("办件 {n}", "case {n}")\nb = "民法典 §201"')
    assert not list(unpaired(tree, pairs_of(tree)))


def test_what_is_only_read_still_stands_there() -> None:
    assert [name for name in READ if not (HOUSE / name).exists() or not HAN.search((HOUSE / name).read_text())] == []


# --- Data: a text that is shown has `zh` and `en`.


# The dictionary of places fills each half with what its grammar needs.
BY_GRAMMAR = {"{city}公安局{short}分局"}


def half_said(node: Any, at: str = "") -> Iterator[str]:
    """Find pairs of the data that are not whole."""
    if isinstance(node, list):
        for place, each in enumerate(node):
            yield from half_said(each, f"{at}[{place}]")
    elif isinstance(node, dict):
        if "zh" in node or "en" in node:
            zh, en = str(node.get("zh") or ""), str(node.get("en") or "")
            found = broken(*(half if zh not in BY_GRAMMAR else PLACE.sub("", half) for half in (zh, en)))
            yield from (f"{at}: {fault}: {zh!r}, {en!r}" for fault in found)
            if HAN.search(zh) and not re.search("[A-Za-z0-9]", en):
                yield f"{at}: no English: {zh!r}, {en!r}"
        for key, each in node.items():
            if key == "sources":  # where a fact was read: for who checks it, never shown
                continue
            yield from half_said(each, f"{at}.{key}")


@pytest.mark.parametrize("file", DATA, ids=lambda file: str(file.relative_to(ROOT)))
def test_data_say_everything_in_both_languages(file: Path) -> None:
    assert list(half_said(read_yaml(file.read_text(encoding="utf-8")))) == []


# --- The letter's sheet: what is picked by language, and what stands on both.

SHEET = HOUSE / "notices" / "gateways" / "letter.typ"
PICK = re.compile(r"pick\(((?:[^()]|\([^()]*\))*)\)")
BY_HAND = ("参考译文，以中文本为准。", "演示 DEMO", "第 #page 页 共 #pages 页")  # the English stands beside them


def test_the_letters_sheet_says_everything_in_both_languages() -> None:
    text = re.sub(r"^\s*//.*$", "", SHEET.read_text(encoding="utf-8"), flags=re.M)
    for by_hand in BY_HAND:
        assert by_hand in text
        text = text.replace(by_hand, "")
    picked = [re.findall('"([^"]*)"', each) for each in PICK.findall(text)]
    for said in (each for each in picked if each):
        half = len(said) // 2
        assert half * 2 == len(said)
        assert list(broken("".join(said[:half]), "".join(said[half:]))) == []
    assert re.findall('"[^"]*[㐀-鿿][^"]*"', PICK.sub("", text)) == []
