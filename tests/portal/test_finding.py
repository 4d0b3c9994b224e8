"""Finding what to do: search by everyday words, pinyin and initials; guide pages; places."""

import re

import pytest

from tests.portal.given import Visitor

SIXTY_KB = 60_000


@pytest.mark.parametrize("word", ["过户", "guohu", "gh", "异地过户", "used car", "CG04"])
def test_the_item_is_found_by_how_people_call_it(nobody: Visitor, word: str) -> None:
    assert "/items/CG04" in nobody.get(f"/find?q={word}")


def test_nothing_found_leads_on(nobody: Visitor) -> None:
    page = nobody.get("/find?q=买个电驴上月球")
    assert "没找到" in page
    assert "tel:12345" in page
    assert "/items/" in page


def test_a_hit_says_by_which_word(nobody: Visitor) -> None:
    assert "提档转籍" in nobody.get("/find?q=提档转籍")


def test_all_items_are_listed_by_theme_and_by_department(nobody: Visitor) -> None:
    for path in ("/items/", "/items/?by=department"):
        assert nobody.get(path).count('href="/items/') >= 75


def test_every_guide_opens_in_both_languages(nobody: Visitor) -> None:
    english = Visitor(language="en-GB")
    for code in ("CG04", "CG02", "JG01", "HZ12", "HZ07", "CJ01", "CG01", "YB02"):
        assert "<h1>" in nobody.get(f"/items/{code}")
        page = english.get(f"/items/{code}")
        assert '<html lang="en"' in page
        assert "要带什么" not in page


def test_a_demo_value_never_stands_without_its_mark(nobody: Visitor) -> None:
    assert "演示值，未确认" in nobody.get("/items/CG04")


def test_a_guide_says_who_may_apply_and_how_the_result_is_collected(nobody: Visitor) -> None:
    page = nobody.get("/items/HZ09")
    assert "不可以：委托他人代办" in page
    assert "监护人和孩子都要来" in page
    assert "怎么领：" in page
    english = Visitor(language="en-GB").get("/items/HZ09")
    assert "Not possible: Sending an agent" in english
    assert "可以代理；代理人身份证明和委托书" not in nobody.get("/items/CG04")  # said row by row, not twice


def test_an_item_with_two_promises_says_that_it_depends(nobody: Visitor) -> None:
    page = nobody.get("/items/HZ01")
    assert "当场 或 <" in page
    assert "看您的情况" in page
    assert "当场办好。" not in page


def test_the_answer_says_who_comes(nobody: Visitor) -> None:
    query = "age=15&first_kind=resident&apply_at=other_province&guardian_shown=no&guardian_kind=parent&urgent=no"
    page = nobody.get(f"/items/HZ07/ask?{query}")
    assert "监护人和孩子都要来" in page
    assert "满16周岁的，本人申请" not in page


def test_an_unknown_item_is_missing(nobody: Visitor) -> None:
    nobody.get("/items/XX99", 404)
    nobody.get("/items/XX99/ask", 404)


@pytest.mark.parametrize("path", ["/", "/items/", "/items/CG04", "/items/JG01", "/find?q=过户"])
def test_a_page_is_light(nobody: Visitor, path: str) -> None:
    assert len(nobody.get(path).encode()) < SIXTY_KB


def test_another_city_is_kept(nobody: Visitor) -> None:
    nobody.get("/")
    assert nobody.send("/choose", place="140200", next="/items/CG04", elder=None, language=None) == "/items/CG04"
    assert "大同" in nobody.get("/items/CG04")


def test_language_and_large_text_are_kept(nobody: Visitor) -> None:
    nobody.get("/")
    nobody.send("/choose", language="en", next="/items/", place=None)
    assert '<html lang="en"' in nobody.get("/")
    nobody.send("/choose", elder="1", next="/", place=None, language=None)
    assert 'class="elder"' in nobody.get("/")


def test_a_choice_never_leads_out_of_the_house(nobody: Visitor) -> None:
    nobody.get("/")
    assert nobody.send("/choose", next="https://elsewhere.invalid/", language="en") == "/"


def test_a_guide_names_other_items_and_gives_no_codes(nobody: Visitor) -> None:
    page = nobody.get("/items/CG04")
    assert "不符合的：住所在本辖区的走「机动车转让登记（二手车，同辖区）」" in page
    english = Visitor(language="en").get("/items/CG04")
    assert "inside the district: “Transfer of registration, same district (used vehicle)”" in english.replace(
        "&quot;", '"'
    )
    for text in (page, english):
        assert not re.search(r"(?<![/\w=])(CG|SG|HZ|ZA)\d\d(?!\w)", text[text.find("<main") :])
