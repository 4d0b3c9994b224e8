"""What was typed, looked over (表单校验): every fault at once, each beside its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from onewindow.accounts.rules import (
    IdType,
    credit_fault,
    identity_fault,
    mobile_fault,
    name_fault,
    phone_fault,
    plain,
    plate_fault,
    vin_fault,
)
from onewindow.catalogue.rules.conditions import Answers
from onewindow.catalogue.rules.items import Field, Item
from onewindow.catalogue.rules.plan import fields

MOST = {"text": 200, "address": 200, "place": 100, "number": 20, "date": 10, "moment": 25}
MOST_LONG = 2000
YES = ("1", "yes", "true", "on")


def check_values(item: Item, answers: Answers, values: Mapping[str, str], today: date) -> dict[str, str]:
    """Return the faults of what was typed, key of the field → refusal code; empty: all is right (表单校验).

    values  key → text; what is not a field of this situation is not looked at
    """
    return check_fields(fields(item, answers), values, today)


def check_fields(wanted: Iterable[Field], values: Mapping[str, str], today: date) -> dict[str, str]:
    """Return the faults of what was typed into these fields, as `check_values` does (表单校验)."""
    found = {field.key: _fault(field, values, today) for field in wanted}
    return {key: code for key, code in found.items() if code}


def check_some(
    item: Item, answers: Answers, values: Mapping[str, str], today: date, keys: frozenset[str]
) -> dict[str, str]:
    """Return the faults of one page of the form (分页校验)."""
    return {key: code for key, code in check_values(item, answers, values, today).items() if key in keys}


def _fault(field: Field, values: Mapping[str, str], today: date) -> str:
    text = values.get(field.key, "").strip()
    if field.type in ("statement", "yes"):
        given = text.lower() in YES
        return "catalogue.statement" if field.type == "statement" and field.required and not given else ""
    if not text:
        return "catalogue.required" if field.required else ""
    if len(text) > MOST.get(field.type, MOST_LONG):
        return "catalogue.long"
    return _by_type(field, text, today) or _by_check(field, text, values, today)


def _by_type(field: Field, text: str, today: date) -> str:
    if field.type == "choice" and field.options:
        return "" if text in {option.value for option in field.options} else "catalogue.choice"
    if field.type == "choices" and field.options:
        return "" if set(text.split()) <= {option.value for option in field.options} else "catalogue.choice"
    if field.type == "number":
        return "" if re.fullmatch(r"\d{1,9}(\.\d{1,4})?", plain(text), re.ASCII) else "catalogue.number"
    if field.type == "date":
        return _date_fault(field, text, today)
    return ""


def _date_fault(field: Field, text: str, today: date) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return "catalogue.date"
    return "catalogue.future" if field.check == "past" and day > today else ""


def _by_check(field: Field, text: str, values: Mapping[str, str], today: date) -> str:
    if field.check in ("identity", "owner_identity"):
        return _identity(field, text, values, today)
    check = _CHECKS.get(field.check)
    return check(text) if check else ""


def _postcode(text: str) -> str:
    return "" if re.fullmatch(r"\d{6}", plain(text), re.ASCII) else "catalogue.postcode"


_CHECKS: Mapping[str, Callable[[str], str]] = {
    "name": name_fault,
    "phone": phone_fault,
    "mobile": mobile_fault,
    "plate": plate_fault,
    "vin": vin_fault,
    "credit": credit_fault,
    "postcode": _postcode,
}


def _identity(field: Field, text: str, values: Mapping[str, str], today: date) -> str:
    """Return the fault of a number, judged by the kind of document typed beside it; without one any kind may fit."""
    kind = values.get(f"{field.key.rpartition('.')[0]}.id_type", "")
    if not kind and field.check == "owner_identity":
        kind = values.get("person.id_type", "")
    if kind == "credit_code":
        return credit_fault(text)
    if kind in {each.value for each in IdType}:
        return identity_fault(IdType(kind), text, today)
    if field.check == "owner_identity" and not credit_fault(text):
        return ""
    fault = identity_fault(IdType.RESIDENT_ID, text, today)
    # A number of 15 or 18 digits can only be meant as a citizen's; anything else may stand on another document.
    looks_resident = re.fullmatch(r"\d{15}|\d{17}[\dX]", plain(text), re.ASCII)
    if fault and not looks_resident and any(not identity_fault(each, text, today) for each in IdType):
        return ""
    return fault
