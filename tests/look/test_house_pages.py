"""Every template of the house, read as text: closed against scripts, and each text there in both languages."""

import re
from pathlib import Path

import pytest

import onewindow

SRC = Path(onewindow.__file__).parent
TEMPLATES = sorted(SRC.glob("*/templates/**/*.html"))
PAIR = re.compile(r"{%\s*(?:t|both)\s+(\"[^\"]*\"|'[^']*'|[\w.|]+)\s+(\"[^\"]*\"|'[^']*'|[\w.|]+)")
CHINESE = re.compile(r"[㐀-鿿＀-￯]|[　-〿]")

named = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "/".join(path.parts[-3:]))


@named
def test_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<[^>{]*\son[a-z]+\s*=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "javascript:" not in text


@named
def test_no_foreign_host(path: Path) -> None:
    assert not re.search(r"""(?:href|src|action)\s*=\s*["'](?:https?:)?//""", path.read_text())


@named
def test_texts_are_pairs(path: Path) -> None:
    """Both texts stand there, the English one without Chinese signs, and both name the same facts."""
    text = path.read_text()
    for zh, en in PAIR.findall(text):
        if zh[0] in "\"'" and en[0] in "\"'":
            assert zh[1:-1].strip(), f"no Chinese for {en}"
            assert en[1:-1].strip(), f"no English for {zh}"
            assert not CHINESE.search(en), en
            assert set(re.findall(r"{(\w+)}", zh)) == set(re.findall(r"{(\w+)}", en)), (zh, en)


@named
def test_no_bare_chinese(path: Path) -> None:
    """Chinese outside a pair would be shown to a reader of English too."""
    if path.name == "500.html":  # written in both languages, for it must not need anything
        return
    text = re.sub(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", "", path.read_text(), flags=re.S)
    bare = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.S)
    bare = re.sub(r"""<(\w+)[^>]*\slang="zh[^"]*"[^>]*>.*?</\1>""", "", bare, flags=re.S)  # said to be Chinese: a law
    assert not CHINESE.search(bare), CHINESE.search(bare)
