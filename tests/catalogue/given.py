"""The real catalogue as values, read once a process, and small bodies to try rules on."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from onewindow.calendars.gateways import read_folder
from onewindow.calendars.rules import WorkCalendar, calendar_of
from onewindow.catalogue import gateways, rules
from onewindow.catalogue.gateways import Files
from onewindow.catalogue.rules import Book, Item

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "catalogue"
FULL = tuple("CG02 CG04 CG09 CJ01 HZ01 HZ02 HZ03 HZ07 HZ09 HZ12 JG01 ZA02 ZA03 ZA04 ZA05 ZA14".split())

SMALL_CAR = {
    "vehicle_class": "small_car",
    "traded_at": "destination",
    "acquired_by": "purchase",
    "owner_kind": "resident_local",
    "owner_capacity": "adult",
    "inspection": "valid",
    "customs": "free",
    "lien": "none",
    "by_agent": "self",
}
"""The first journey: a small car bought at the destination by a local resident who comes in person."""


@lru_cache
def files() -> Files:
    return gateways.read(FOLDER)


@lru_cache
def the_book() -> Book:
    return rules.book(files().dictionary)


@lru_cache
def body(code: str) -> dict[str, Any]:
    return rules.completed(files().items[code], the_book())


@lru_cache
def item(code: str) -> Item:
    return rules.parse(body(code))


@lru_cache
def items() -> tuple[Item, ...]:
    return tuple(item(code) for code in files().items)


@lru_cache
def calendar() -> WorkCalendar:
    return calendar_of(read_folder(ROOT / "data" / "calendars"))


def pair(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def small(**changes: Any) -> dict[str, Any]:
    """A whole item in a few lines, with what a test wants different."""
    question = {
        "key": "kind",
        "text": pair("哪一种?", "Which kind?"),
        "why": pair("材料不同", "other papers"),
        "options": [
            {"value": "old", "text": pair("旧的", "old")},
            {"value": "new", "text": pair("新的", "new")},
        ],
        "mark": "S",
    }
    age = {
        "key": "age",
        "text": pair("几岁?", "How old?"),
        "why": pair("年龄不同", "it depends"),
        "number": {"unit": pair("岁", "years"), "least": 0, "most": 120, "samples": [17, 18, 19]},
        "ask_when": {"kind": "new"},
        "mark": "S",
    }
    card = {"key": "id_card", "name": pair("身份证", "ID card"), "issuer": pair("公安", "police"), "mark": "S"}
    whole = {
        "code": "XX01",
        "depth": "full",
        "name": pair("试办事项", "A trial item"),
        "says": pair("试一试。", "Just a trial."),
        "words": ["试办"],
        "type": "01",
        "theme": "household",
        "department": "police-household",
        "levels": [4],
        "agency": pair("公安", "police"),
        "applicants": {"codes": [1], "text": pair("本人", "the person"), "mark": "S"},
        "channels": {"online": "full", "text": pair("网办", "on line")},
        "law": "行政许可法 第1条",
        "mark": "S",
        "questions": [question, age],
        "fields": [{"key": "person.name", "mark": "S"}],
        "papers": [
            card,
            {**card, "key": "consent", "name": pair("同意书", "consent"), "when": {"age": {"lt": 18}}},
            {**card, "key": "proof", "name": pair("旧证", "old paper"), "when": {"kind": "old"}},
        ],
        "limits": [
            {"kind": "statutory", "number": 20, "unit": "workday", "text": pair("法定", "by law"), "mark": "S"},
        ],
        "refusals": [{"key": "no", "text": pair("不行", "no"), "remedy": pair("再来", "come back"), "mark": "S"}],
    }
    return {**whole, **changes}


def made(**changes: Any) -> Item:
    return rules.parse(rules.completed(small(**changes), the_book()))
