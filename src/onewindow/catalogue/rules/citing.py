"""A law named in both languages (法律依据): its title from the dictionary, its articles by their numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from onewindow.core.words import Words

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_DIGITS = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")}
_BRACKETS = {
    "默认": "default",
    "转引": "quoted elsewhere",
    "电子证照": "electronic licences",
    "取消审批、改备案": "approval cancelled, put on record",
    "跨省通办清单": "list of matters done across provinces",
    "延长上限未读到": "the longest extension was not read",
    "第65条修改": "change of art. 65",
    "172 号令改 60 为 63": "order 172 changed 60 to 63",
    "第65、79条的 60 周岁已由 172 号令改为 63 周岁": "order 172 changed the 60 years of art. 65, 79 to 63",
    "材料未读到": "the papers were not read",
    "2026-03-30起施行的修订本": "as revised, in force since 2026-03-30",
}


def citation(law: str, laws: Mapping[str, str]) -> Words:
    """Return a citation in both languages; what cannot be put into English stays as it is written (法律依据).

    law   as the catalogue writes it: 机动车登记规定 第26条(六)、第27条；行政许可法 第32条
    laws  title → its English name, from the dictionary
    """
    parts = [part for part in re.split("[;；]", law) if part]
    english = [_english(part.strip(), laws) for part in parts]
    if all(english):
        return Words(law, "; ".join(english))
    return Words(law, law)


def _english(part: str, laws: Mapping[str, str]) -> str:
    title = max((each for each in laws if part.startswith(each)), key=len, default="")
    if not title:
        return ""
    rest = _numbers(part[len(title) :])
    return "" if _CHINESE.search(rest) else f"{laws[title]} {rest}".strip().replace(" ,", ",")


def _numbers(text: str) -> str:
    text = re.sub(r"[(（]([^()（）]*)[)）]", _bracket, text)
    text = re.sub(r"第([^第条]*\d[^第条]*)条", lambda found: f" art. {found[1].strip()}", text)
    text = re.sub(r"第(\d+)章", lambda found: f" ch. {found[1]}", text)
    text = re.sub(r"第([一二三四五六七八九])款", lambda found: f" para. {_DIGITS[found[1]]}", text)
    text = text.replace("末款", " last para.").replace("、", ", ").replace("，", ", ")
    return re.sub(r"\s+", " ", text).replace(" ,", ",").strip()


def _bracket(found: re.Match[str]) -> str:
    inner = found[1]
    if inner in _BRACKETS:
        return f" ({_BRACKETS[inner]})"
    order = re.match(r"(?:公安部|省政府)?令第?(\d+)号?[,，]?(.*)$", inner)
    if order:
        return f" (order {order[1]})"
    numeral = _numeral(inner)
    return f" ({numeral})" if numeral else f" ({_numbers(inner)})" if inner else ""


def _numeral(text: str) -> str:
    """Return a Chinese numeral up to nineteen in digits, "" for anything else."""
    if re.fullmatch("[一二三四五六七八九]", text):
        return _DIGITS[text]
    tens = re.fullmatch("十([一二三四五六七八九]?)", text)
    return str(10 + int(_DIGITS.get(tens[1], "0"))) if tens else ""
