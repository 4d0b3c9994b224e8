"""The inputs of the catalogue's fields: how each kind is typed, by whom, and what of an account stands in them."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.utils import translation

from onewindow.catalogue.rules import Field, Option
from onewindow.core.words import Words
from onewindow.look.inputs import MOST_PICKS, By, Filled, input_of

NONE = Words("", "")


def field(key: str = "vehicle.use", **told: Any) -> Field:
    """Return a field of the dictionary."""
    plain: dict[str, Any] = {
        "name": Words("名称", "name of it"),
        "type": "text",
        "check": "",
        "hint": NONE,
        "options": (),
        "required": True,
        "sensitivity": "none",
        "account": "",
        "question": "",
        "filled_from": NONE,
        "note": NONE,
        "when": None,
        "mark": "K",
    }
    return Field(key=key, **{**plain, **told})


def options(count: int) -> tuple[Option, ...]:
    """Return so many options to choose from."""
    return tuple(Option(str(n), Words(f"第{n}", f"no. {n}")) for n in range(count))


def attrs(made: forms.Field) -> dict[str, Any]:
    return dict(made.widget.attrs)


@pytest.mark.parametrize(
    ("told", "widget", "expected"),
    [
        ({"type": "text"}, forms.TextInput, {"autocomplete": "off"}),
        ({"type": "number"}, forms.TextInput, {"inputmode": "decimal"}),
        ({"type": "date"}, forms.TextInput, {}),
        ({"type": "long"}, forms.Textarea, {"rows": "4"}),
        ({"type": "address"}, forms.Textarea, {"rows": "2", "autocomplete": "street-address"}),
        ({"check": "mobile"}, forms.TextInput, {"autocomplete": "tel", "inputmode": "tel"}),
        ({"check": "vin"}, forms.TextInput, {"autocapitalize": "characters", "maxlength": "24", "autocomplete": "off"}),
        ({"type": "yes"}, forms.CheckboxInput, {}),
        ({"type": "choice", "options": options(MOST_PICKS)}, forms.RadioSelect, {}),
        ({"type": "choice", "options": options(MOST_PICKS + 1)}, forms.Select, {}),
        ({"type": "choices", "options": options(2)}, forms.CheckboxSelectMultiple, {}),
    ],
)
def test_each_kind_is_typed_its_own_way(told: dict[str, Any], widget: type, expected: dict[str, str]) -> None:
    made = input_of(field(**told))
    assert type(made.widget) is widget
    assert expected.items() <= attrs(made).items()


def test_a_date_is_picked() -> None:
    assert input_of(field(type="date")).widget.input_type == "date"  # type: ignore[attr-defined]  # only TextInput has it


def test_at_the_counter_the_clerks_browser_fills_in_nothing() -> None:
    for told in ({"check": "name"}, {"check": "mobile"}, {"type": "address"}):
        assert attrs(input_of(field(**told), By.CLERK))["autocomplete"] == "off"
    assert isinstance(input_of(field(type="choice", options=options(2)), By.CLERK).widget, forms.Select)


def test_a_change_may_always_leave_what_stands() -> None:
    for told in ({"type": "yes"}, {"type": "statement"}, {"type": "choice", "options": options(2)}, {}):
        made = input_of(field(**told), By.CHANGE)
        assert made.clean("") == ""
    assert input_of(field(type="yes"), By.CHANGE).clean("no") == "no"


def test_what_need_not_be_chosen_can_be_left_out_again() -> None:
    made = input_of(field(type="choice", options=options(2), required=False))
    assert made.clean("") == ""
    assert [value for value, _ in made.choices] == ["", "0", "1"]  # type: ignore[attr-defined]  # only a ChoiceField has it
    needed = input_of(field(type="choice", options=options(2)))
    with pytest.raises(forms.ValidationError, match="还没有选"), translation.override(settings.LANGUAGE_CODE):
        needed.clean("")


def test_an_account_stands_masked_and_comes_back_whole() -> None:
    number = field("person.id_number", account="id_number", check="identity")
    filled = Filled({"id_number": "149900198805129018"}, {})
    shown = filled.shown(number)
    assert shown == "1499************18"
    assert filled.meant(number, shown) == "149900198805129018"
    assert filled.meant(number, "149900198805129099") == "149900198805129099"
    assert filled.meant(number, "") == ""
    assert filled.hints(number)


def test_what_was_typed_before_stands_and_is_no_account_s() -> None:
    number = field("person.id_number", account="id_number", check="identity")
    filled = Filled({"id_number": "149900198805129018"}, {"person.id_number": "149900198805129099"})
    assert filled.shown(number) == "149900198805129099"
    assert filled.meant(number, "149900198805129099") == "149900198805129099"
    several = field("delivery.ways", type="choices", options=options(3))
    assert Filled({}, {"delivery.ways": "0 2"}).shown(several) == ["0", "2"]
    assert Filled({}, {}).meant(several, ["0", "2"]) == "0 2"
    assert Filled({}, {}).meant(field(type="yes"), True) == "yes"
