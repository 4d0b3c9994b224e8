"""The press: the same bytes for the same letter, every text on the page, nothing of it obeyed, no box for a sign."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from onewindow.core.words import Words
from onewindow.notices.gateways import NoFont, Press, PressFault
from onewindow.notices.rules import Kind, document
from tests.notices.given import CASE, CODE, EXAMPLES, acceptance, long, refusal

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = """
import hashlib, json, sys
from onewindow.notices.gateways import Press
sys.stdout.write(hashlib.sha256(Press().pdf(json.load(sys.stdin))).hexdigest())
"""


@pytest.fixture(scope="module")
def machine() -> Press:
    return Press()


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text(pdf: bytes) -> str:
    """What stands on the pages, without blanks and breaks: lines end where they must."""
    return "".join("".join(page.extract_text().split()) for page in reader(pdf).pages)


def squeezed(value: str) -> str:
    return "".join(value.split())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", Kind)
def test_all_that_is_said_stands_on_the_page(machine: Press, kind: Kind, language: str) -> None:
    page = document(EXAMPLES[kind](), language)
    found = text(machine.pdf(page))
    said = [page["title"], page["office"], page["number"], CODE, page["addressee"], page["day"]]
    said += [*page["opening"], *page["closing"], *page["rights"], *page["signs"]]
    said += [cell for line in (*page["rows"], *page["table"], *page["reasons"]) for cell in line]
    for value in said:
        assert squeezed(value) in found
    assert ("没有法律效力" if language == "zh" else "withoutlegaleffect") in found
    assert "演示DEMO" in found
    assert ("参考译文" in found) == (language == "en")


def test_it_is_an_archive_file_with_its_fonts(machine: Press) -> None:
    pdf = machine.pdf(document(acceptance(), "zh"))
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf
    found = reader(pdf)
    assert found.metadata is not None
    assert found.metadata.title == f"受理通知书 {CASE}-03"
    assert found.metadata["/CreationDate"].startswith("D:20261116")
    assert found.pages[0].mediabox.width == pytest.approx(595.28, abs=0.1)
    assert found.trailer["/Root"]["/Lang"].lower().startswith("zh")


def test_the_same_letter_has_the_same_bytes_in_another_process(machine: Press) -> None:
    page = document(refusal(), "zh")
    here = machine.pdf(page)
    assert machine.pdf(page) == here
    machine.pdf(document(acceptance(), "en"))
    assert machine.pdf(document(refusal(), "zh")) == here
    there = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        input=json.dumps(page),
        text=True,
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    assert there.stdout == hashlib.sha256(here).hexdigest()
    assert machine.pdf({**page, "code": "0000-0000-0000-0000"}) != here


@pytest.mark.parametrize(
    "name",
    ['#read("/etc/passwd")', "*$x$* _a_ `b` @c <d> \\ # // /* [ ]", '"}) #panic("x")', "{item} {{0}}", "李\n\n= 强"],
)
def test_a_name_is_text_and_never_obeyed(machine: Press, name: str) -> None:
    page = document(replace(acceptance(), addressee=Words(name, name), item=Words(name, name)), "zh")
    found = text(machine.pdf(page))
    assert f"{squeezed(name)}：" in found
    assert f"“{squeezed(name)}”提出的申请" in found.replace("”", "”")
    assert "root:" not in found


def test_a_long_letter_breaks_and_counts_its_pages(machine: Press) -> None:
    for language, pages in (("zh", "第{}页共{}页"), ("en", "Page{}of{}")):
        found = reader(machine.pdf(document(long(75), language)))
        count = len(found.pages)
        assert count >= 15
        for place, page in enumerate(found.pages, 1):
            shown = "".join(page.extract_text().split())
            assert pages.format(place, count) in shown
            assert CODE in shown
            assert f"{CASE}-03" in shown


def test_a_long_word_stays_on_the_page(machine: Press) -> None:
    page = document(replace(acceptance(), addressee=Words("晋" * 400, "Jin " * 300)), "zh")
    assert "晋" * 400 in text(machine.pdf(page))


def test_a_sign_without_a_glyph_makes_no_letter_and_stands_in_no_error(machine: Press) -> None:
    with pytest.raises(PressFault) as caught:
        machine.pdf(document(replace(acceptance(), addressee=Words("李\U0010fffd", "Li")), "zh"))
    assert "李" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert machine.pdf(document(acceptance(), "zh"))


def test_without_a_chinese_font_there_is_no_press(tmp_path: Path) -> None:
    with pytest.raises(NoFont):
        Press(tmp_path)


def test_a_letter_that_is_no_demo_bears_no_mark_of_one(machine: Press) -> None:
    found = text(machine.pdf(document(replace(acceptance(), demo=False, seal=""), "zh")))
    assert "DEMO" not in found
    assert "没有法律效力" not in found


def test_pages_can_be_looked_at(machine: Press) -> None:
    pages = machine.pictures(document(long(10), "zh"))
    assert len(pages) > 1
    assert all(page.startswith(b"\x89PNG") for page in pages)
