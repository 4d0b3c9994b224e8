"""Forms filled in for the demo (演示填表): right by every check, and nobody's."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from onewindow.accounts.rules import birth_of
from onewindow.catalogue import rules as items
from onewindow.core import clock
from onewindow.core.clock import day_of
from onewindow.jobs import demo_people
from onewindow.jobs.demo_people import Neighbour


def walk(item: items.Item, luck: Random) -> dict[str, str]:
    """Return answers found by answering what is asked, one question at a time: such as may be handed in to a city."""
    today = day_of(clock.now())
    while True:
        answers: dict[str, str] = {}
        while asked := items.next_questions(item, answers):
            values = _days(today) if asked[0].on_day else asked[0].values()
            answers[asked[0].key] = values[0] if luck.random() < 0.7 else luck.choice(values)
        if items.may_hand_in(item, answers, today) and items.deciding_level(item, answers, today) != "province":
            return answers


def _days(today: date) -> tuple[str, ...]:
    """Return days far enough ahead for every notice period."""
    return tuple(str(today + timedelta(days=days)) for days in (60, 90, 120))


def typed(item: items.Item, answers: dict[str, str], who: Neighbour, luck: Random, at: datetime) -> dict[str, str]:
    """Return the fields of the form as this person would type them.

    raises  ValueError where the demo does not know how
    """
    found = {field.key: _value(field, who, luck, at) for field in items.fields(item, answers)}
    faults = items.check_values(item, answers, found, day_of(at))
    if faults:
        raise ValueError(f"{item.code}: the demo fills these wrongly: {faults}")
    return found


def _value(field: items.Field, who: Neighbour, luck: Random, at: datetime) -> str:
    own = {"name": who.name, "id_type": who.id_type, "id_number": who.id_number, "phone": who.phone}
    if field.account in own and (not field.options or own[field.account] in _values(field)):
        return own[field.account]
    if field.type == "date" and "birth" in field.key and (born := birth_of(who.id_number)):
        return born.isoformat()
    return _by_check(field, who, luck) or _by_type(field, luck, at)


def _by_check(field: items.Field, who: Neighbour, luck: Random) -> str:
    by_check = {
        "name": who.name,
        "identity": who.id_number,
        "owner_identity": who.id_number,
        "phone": who.phone,
        "mobile": who.phone,
        "plate": f"晋{luck.choice('ABCDEFHJKLM')}{luck.randrange(10000, 99999)}",
        "vin": f"LSVAA{luck.randrange(1000, 9999)}B{luck.randrange(1000000, 9999999)}",
        "postcode": "030000",
        "digits12": f"14{luck.randrange(10**9, 10**10)}",
    }
    if field.check == "credit":
        return luck.choice(demo_people.rows("firms.csv"))["code"]
    return by_check.get(field.check, "")


def _by_type(field: items.Field, luck: Random, at: datetime) -> str:
    if field.options:
        return luck.choice(_values(field))
    day = (at - timedelta(days=luck.randrange(1, 20))).date()
    by_type = {
        "date": day.isoformat(),
        "moment": f"{day.isoformat()}T10:00",
        "number": str(luck.randrange(1, 9)),
        "statement": "yes",
        "yes": "yes",
        "address": f"演示街{luck.randrange(1, 99)}号",
        "place": "太原市",
    }
    return by_type.get(field.type, "演示内容")


def _values(field: items.Field) -> list[str]:
    return [option.value for option in field.options]
