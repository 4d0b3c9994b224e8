"""The form of an application laid out in parts, and what was filled in, said again (填表、核对)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.forms.boundfield import BoundField

from onewindow.cases.queries import Form
from onewindow.catalogue import rules
from onewindow.catalogue.rules import Field, Item
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.look import masks, parts
from onewindow.look.dates import long_date_words
from onewindow.look.inputs import account_word, source
from onewindow.look.sentences import capital
from onewindow.places import queries as places
from onewindow.portal.forms import ApplicationForm
from onewindow.portal.pages.places import sites_of

PROVINCE = "140000"

# The parts of a form, by the first word of its fields' keys.
PARTS = {
    "person": Words("申请人", "Applicant"),
    "buyer": Words("新车主", "New owner"),
    "seller": Words("原车主", "Previous owner"),
    "agent": Words("代理人", "Agent"),
    "guardian": Words("监护人", "Guardian"),
    "child": Words("孩子", "The child"),
    "father": Words("父亲", "Father"),
    "mother": Words("母亲", "Mother"),
    "spouse": Words("配偶", "Spouse"),
    "marriage": Words("婚姻", "Marriage"),
    "deceased": Words("逝者", "The deceased"),
    "heir": Words("继承人", "Heir"),
    "household": Words("户口", "Household"),
    "firm": Words("单位", "Organisation"),
    "vehicle": Words("车辆", "Vehicle"),
    "driver": Words("驾驶人", "Driver"),
    "medical": Words("医疗", "Medical"),
    "maternity": Words("生育", "Maternity"),
    "retirement": Words("退休", "Retirement"),
    "social": Words("社会保险", "Social insurance"),
    "fund": Words("公积金", "Housing fund"),
    "bank": Words("银行账户", "Bank account"),
    "delivery": Words("领取方式", "How you get it"),
    "site": Words("网点", "Site"),
}
OTHER = Words("其他", "Other")


class Part(NamedTuple):
    """Some fields of the form under one heading."""

    key: str
    name: Words
    fields: list[BoundField]


def laid_out(form: ApplicationForm) -> list[Part]:
    """Return the form's fields under their headings, each heading once, in the order of the item's file."""
    rows: dict[str, list[BoundField]] = {}
    for field in form.rows:
        rows.setdefault(_part(field.key), []).append(form[field.key])
    rows["site"] = [form["site"]]
    return [Part(key, PARTS.get(key, OTHER), fields) for key, fields in rows.items()]


def _part(key: str) -> str:
    word = key.partition(".")[0]
    return word if word in PARTS else "other"


def site_choices(item: Item) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the sites that handle the item under their cities, as a list to choose from (网点); two queries."""
    cities = {city.code: here(city.name) for city in places.divisions(parent=PROVINCE)}
    sites = sorted(sites_of(item, PROVINCE), key=lambda site: site.code)
    return [
        (cities.get(city, city), [(site.code, here(site.name)) for site in group])
        for city, group in groupby(sites, key=lambda site: f"{site.code[:4]}00")
    ]


def given(item: Item, form: Form, *, change: str = "", account: Mapping[str, str] | None = None) -> list[parts.Value]:
    """Return what was filled in, line by line; numbers of people are masked where they are the account's own.

    change   address of the form where it can still be changed; "" once it is handed in: then all numbers are masked
    account  what the account holds, by the words of the dictionary
    """
    return [_value(field, form.fields.get(field.key, ""), change, account or {}) for field in told(item, form)]


def told(item: Item, form: Form) -> Iterator[Field]:
    """Yield the fields that were filled in, statements left out."""
    for field in rules.fields(item, form.answers):
        if field.type != "statement" and form.fields.get(field.key):
            yield field


def _value(field: Field, text: str, change: str, account: Mapping[str, str]) -> parts.Value:
    from_account = account.get(account_word(field)) == text
    hidden = from_account or not change
    return parts.Value(
        capital(field.name),
        masked(field, text) if hidden else plain(field, text),
        source(field) if from_account else parts.NOTHING,
        f"{change}#id_{field.key}" if change else "",
    )


_BY_CHECK = {
    "identity": masks.mask_id,
    "owner_identity": masks.mask_id,
    "phone": masks.mask_phone,
    "mobile": masks.mask_phone,
    "name": masks.mask_name,
    "vin": masks.mask_vin,
    "plate": masks.mask_plate,
}
_ORGANISATIONS = frozenset({"bank.name", "person.employer_name", "school.name"})


def masked(field: Field, text: str) -> Words | str:
    """Return a value with its middle hidden, if it is a person's (脱敏)."""
    if field.check in _BY_CHECK:
        return _BY_CHECK[field.check](text)
    if field.key.endswith("name") and field.personal and field.key not in _ORGANISATIONS:
        return masks.mask_name(text)
    if field.type == "address":
        return masks.mask_address(text)
    return plain(field, text)


def plain(field: Field, text: str) -> Words | str:
    """Return a value as a person reads it: an option by its name, a date as on paper."""
    if field.options:
        names = {option.value: option.text for option in field.options}
        chosen = [names.get(word, Words(word, word)) for word in text.split()] if field.type == "choices" else []
        if chosen:
            return Words("、".join(each.zh for each in chosen), ", ".join(each.en for each in chosen))
        return names.get(text, text)
    if field.type == "date":
        try:
            return long_date_words(date.fromisoformat(text))
        except ValueError:
            return text
    if field.type in ("yes", "statement"):
        return Words("是", "yes")
    return text
