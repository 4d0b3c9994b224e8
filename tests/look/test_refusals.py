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


def raised() -> dict[str, set[str]]:
    """Codes by the files that raise them, from the syntax tree: Refusal("…"), expect(…, "…"), refuse if-else too."""
    found: dict[str, set[str]] = {}
    for path in SRC.glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Refusal":
                for code in codes(node):
                    found.setdefault(code, set()).add(path.name)
    return found


def codes(call: ast.Call) -> set[str]:
    if not call.args:
        return set()
    faults = [
        value.value
        for keyword in call.keywords
        if keyword.arg == "fault"
        for value in ast.walk(keyword.value)
        if isinstance(value, ast.Constant) and isinstance(value.value, str)
    ]
    first = call.args[0]
    choices = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    plain = {c.value for c in choices if isinstance(c, ast.Constant) and isinstance(c.value, str)}
    return {f"{code}.{fault}" for code in plain for fault in faults} or plain


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
    ("code", "status"), [("stale", 409), ("case.stale", 409), ("once.reused", 409), ("case.move", 422)]
)
def test_status(code: str, status: int) -> None:
    assert refusals.status_of(code) == status
