"""Every no that any room can raise has words in both languages."""

import ast
import re
from pathlib import Path

import pytest

import onewindow
from onewindow.core.errors import Refusal
from onewindow.core.words import Words
from onewindow.look import refusals

SRC = Path(onewindow.__file__).parent
CODE = re.compile(r"[a-z_]+(\.[a-z_]+)*")
RETURNED = re.compile(r"(accounts|calendar|case|catalogue|files|notices|places)(\.[a-z_]+)+")


def raised() -> dict[str, set[str]]:
    """Codes by the files in which they stand, from the syntax tree: those raised, and those that rules return."""
    found: dict[str, set[str]] = {}
    for path in SRC.glob("**/*.py"):
        if "migrations" not in path.parts and not path.is_relative_to(SRC / "look"):
            for node in ast.walk(ast.parse(path.read_text())):
                for code in codes(node) if isinstance(node, ast.Call) else returned(node):
                    found.setdefault(code, set()).add(path.name)
    return found


def returned(node: ast.AST) -> set[str]:
    if not isinstance(node, ast.Return) or node.value is None:
        return set()
    return {value for value in strings(node.value) if RETURNED.fullmatch(value)}


def strings(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def codes(call: ast.Call) -> set[str]:
    """What a call names: Refusal("code", fault="twice", fields={"name": "code"}), expect(…, "code")."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name == "expect":
        return strings(call.args[2]) if len(call.args) > 2 else {"stale"}
    if name != "Refusal" or not call.args:
        return set()
    first = call.args[0]
    choices = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    plain = {c.value for c in choices if isinstance(c, ast.Constant) and isinstance(c.value, str)}
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    beside = named.get("fields")
    inner = set().union(*(strings(value) for value in beside.values)) if isinstance(beside, ast.Dict) else set()
    faults = {fault for fault in strings(named["fault"]) if CODE.fullmatch(fault)} if "fault" in named else set()
    return {f"{code}.{fault}" for code in plain for fault in faults} | inner if faults else plain | inner


RAISED = raised()


@pytest.mark.parametrize("code", sorted(RAISED))
def test_every_code_has_words(code: str) -> None:
    assert CODE.fullmatch(code)
    assert code in refusals.WORDS, f"{code}, raised in {sorted(RAISED[code])}"


@pytest.mark.parametrize("code", sorted(refusals.WORDS))
def test_words_are_pairs(code: str) -> None:
    words = refusals.WORDS[code]
    assert words.zh.endswith("。")
    assert words.en.endswith((".", "!", "?"))
    assert "!" not in words.en + words.zh
    assert not re.search(r"[㐀-鿿＀-￯]", words.en)
    assert set(re.findall(r"{(\w+)}", words.zh)) == set(re.findall(r"{(\w+)}", words.en))


def test_say_puts_stages_and_acts_into_words() -> None:
    said = refusals.say(Refusal("case.move", stage="received", act="approve"))
    assert said.zh == "办件现在是「已收件」，不能「准予」。"
    assert said.en == "The case is “Received” now; “Approve” is not possible."


def test_say_names_an_unknown_code() -> None:
    said = refusals.say(Refusal("nobody.knows", why=Words("一", "one")))
    assert "nobody.knows" in said.zh
    assert "nobody.knows" in said.en


def test_a_missing_fact_breaks_nothing() -> None:
    assert "—" in refusals.say(Refusal("case.move")).zh


@pytest.mark.parametrize(
    ("code", "status"),
    [("stale", 409), ("case.stale", 409), ("once.reused", 409), ("file.too_large", 413), ("case.move", 422)],
)
def test_status(code: str, status: int) -> None:
    assert refusals.status_of(code) == status
