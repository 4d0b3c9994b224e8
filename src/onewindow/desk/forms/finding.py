"""Finding cases (查办件): four small questions, each with its own button."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from onewindow.accounts.rules import plate_fault
from onewindow.core.errors import Refusal
from onewindow.core.language import here
from onewindow.look import refusals
from onewindow.look.forms import PlainForm, pair


class PlateForm(PlainForm):
    """By the vehicle's plate (按号牌): sent, not put into an address."""

    plate = forms.CharField(
        label=pair("号牌号码", "Plate"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="plate_%s", **kwargs)

    def clean_plate(self) -> str:
        """Say whether it can be a plate at all."""
        plate: str = self.cleaned_data["plate"]
        if code := plate_fault(plate):
            raise forms.ValidationError(here(refusals.say(Refusal(code))))
        return plate


class FirmForm(PlainForm):
    """By a firm's code or name (按单位)."""

    firm = forms.CharField(
        label=pair("单位名称或统一社会信用代码", "Firm’s name or credit code"),
        min_length=2,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="firm_%s", **kwargs)


class NameForm(PlainForm):
    """By a person's exact name, with a division or a year of birth, and why (按姓名)."""

    name = forms.CharField(
        label=pair("姓名", "Name"),
        help_text=pair("要写全", "In full"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    born_in = forms.IntegerField(
        label=pair("出生年", "Year of birth"),
        required=False,
        min_value=1900,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    division = forms.RegexField(
        regex=r"^\d{6}$",
        label=pair("或办理地区划代码", "Or the division’s code"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    why = forms.CharField(
        label=pair("为什么要查", "Why"),
        help_text=pair("本人会看到您、时间和这句话", "The person will see you, the time and this text"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, auto_id="name_%s", **kwargs)
        field: Any = self.fields["born_in"]
        field.max_value = today.year
