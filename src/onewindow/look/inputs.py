"""The inputs of the catalogue's fields and questions (输入控件), and what of an account stands in them (预填).

A field's kind says how it is typed, the check that its text must pass what a telephone's keys should be like; who
types says the rest. A face adds what it alone knows: a hint, a value to compare with, that nothing need be said yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from django import forms

from onewindow.catalogue.rules import Field, Question
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.look import masks
from onewindow.look.forms import in_house, pair
from onewindow.look.sentences import capital, ended, joined

NOT_SAID = ("", pair("请选择", "Please choose"))
AS_IT_IS = ("", pair("不改", "As it is"))
LEFT_OUT = ("", pair("不填", "Leave it out"))
MOST_PICKS = 4
"""Up to so many options stand side by side; more are a list to open."""


class By(Enum):
    """Who types (谁填)."""

    PERSON = "person"  # whom it is about, with a browser of their own
    CLERK = "clerk"  # for whom stands at the counter: the browser fills in nothing, all is close together
    CHANGE = "change"  # a clerk, what a case holds already: left as it stands nothing changes


_CODE = {"autocapitalize": "characters", "spellcheck": "false"}
KINDS: Mapping[str, dict[str, str]] = {
    "number": {"inputmode": "decimal"},
    "date": {"type": "date"},
    "moment": {"type": "datetime-local"},
    "address": {"rows": "2", "autocomplete": "street-address"},
    "long": {"rows": "4"},
}
"""How each kind of field is typed, where not in one plain line; what has rows is an area."""
CHECKS: Mapping[str, dict[str, str]] = {
    "name": {"autocomplete": "name"},
    "identity": _CODE,
    "owner_identity": _CODE,
    "phone": {"autocomplete": "tel", "inputmode": "tel"},
    "mobile": {"autocomplete": "tel", "inputmode": "tel"},
    "postcode": {"autocomplete": "postal-code", "inputmode": "numeric"},
    "plate": _CODE,
    "vin": {**_CODE, "maxlength": "24"},
    "credit": _CODE,
}
"""What a check says of the keys."""


def input_of(
    field: Field, by: By = By.PERSON, *, hints: Iterable[Words] = (), required: bool | None = None
) -> forms.Field:
    """Return the input for a field of the dictionary; what may stand in it the catalogue's rules decide.

    hints     whole sentences that stand after the field's own
    required  as the field says, if not given; of a change nothing is
    """
    said = [ended(field.hint), ended(field.note), *hints]
    needed = field.required if required is None else required
    common: dict[str, Any] = {
        "label": here(capital(field.name)),
        "help_text": here(joined((hint for hint in said if hint.zh), "", " ")),
        "required": needed and by is not By.CHANGE,
    }
    return in_house(_input(field, by, common))


def _input(field: Field, by: By, common: dict[str, Any]) -> forms.Field:
    if field.type in ("yes", "statement"):
        return _tick(field, by, common)
    options = [(option.value, here(capital(option.text))) for option in field.options]
    if field.type == "choices" and options:
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
    if field.type == "choice" and options:
        return _choice(options, by, common)
    return forms.CharField(widget=_typed(field, by), **common)


def _choice(options: list[tuple[str, str]], by: By, common: dict[str, Any]) -> forms.Field:
    if by is By.PERSON and len(options) <= MOST_PICKS:
        none = [] if common["required"] else [LEFT_OUT]  # a mark that was set goes away again
        return forms.ChoiceField(choices=[*none, *options], widget=forms.RadioSelect, **common)
    return forms.ChoiceField(choices=[AS_IT_IS if by is By.CHANGE else NOT_SAID, *options], **common)


def _tick(field: Field, by: By, common: dict[str, Any]) -> forms.Field:
    """A box to tick; where nothing ticked would mean both "no" and "as it was", a choice."""
    if by is By.CHANGE:
        words = [("yes", pair("是", "Yes")), ("no", pair("否", "No"))]
        return forms.ChoiceField(choices=[AS_IT_IS, *words], **common)
    return forms.BooleanField(**{**common, "required": field.type == "statement" and common["required"]})


def _typed(field: Field, by: By) -> forms.Widget:
    attrs = {"autocomplete": "off", **CHECKS.get(field.check, {}), **KINDS.get(field.type, {})}
    if by is not By.PERSON:
        attrs["autocomplete"] = "off"
    if "rows" not in attrs:
        return forms.TextInput(attrs)
    return forms.Textarea({**attrs, "rows": attrs["rows"] if by is By.PERSON else "2"})


def question_input(question: Question) -> forms.Field:
    """Return the input for a guided question (引导提问): its answers to choose from, a day, or a number."""
    common: dict[str, Any] = {"label": here(question.text), "help_text": here(capital(question.why))}
    if question.on_day:
        picked = forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d")
        return in_house(forms.DateField(input_formats=["%Y-%m-%d"], widget=picked, **common))
    if question.number is None:
        choices = [(option.value, here(capital(option.text))) for option in question.options]
        return in_house(forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common))
    number, why = question.number, common["help_text"]
    common["help_text"] = here(Words(f"{why}（{number.unit.zh}）", f"{why} ({number.unit.en})"))
    typed = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return in_house(forms.IntegerField(min_value=number.least, max_value=number.most, widget=typed, **common))


# What of an account stands in a form

FROM_ACCOUNT, FROM_FIRM = Words("来自实名信息", "from your account"), Words("来自单位信息", "from the firm's data")
OR_ELSE = Words("不改就用它，要换就整个重填。", "Leave it to use it, or type another in full.")


class Filled:
    """The values of a form as they are shown: what was kept, else what the account holds, its numbers masked (预填).

    Sent back as it was shown, what the account holds stands for the whole.

    account  what it holds, by the words of the dictionary
    kept     key of the field → what was typed before
    """

    def __init__(self, account: Mapping[str, str], kept: Mapping[str, str]) -> None:
        self._account, self._kept = account, kept

    def own(self, field: Field) -> str:
        """Return what the account holds for the field, "" for nothing."""
        return self._account.get(account_word(field), "")

    def shown(self, field: Field) -> str | list[str]:
        """Return what stands in the input before anybody types."""
        own, kept = self.own(field), self._kept.get(field.key, "")
        text = kept if kept and kept != own else masked(field, own)
        return text.split() if field.type == "choices" else text

    def hints(self, field: Field) -> tuple[Words, ...]:
        """Say where the value is from, where it is the account's."""
        return (ended(source(field)), OR_ELSE) if self.own(field) else ()

    def meant(self, field: Field, value: object) -> str:
        """Return what is meant by what came back."""
        if isinstance(value, list):
            return " ".join(value)
        if isinstance(value, bool):
            return "yes" if value else ""
        text, own = str(value or "").strip(), self.own(field)
        return own if own and text == masked(field, own) else text


def account_word(field: Field) -> str:
    """Return the word under which an account may hold a field's value (实名信息)."""
    return field.account or field.key


def source(field: Field) -> Words:
    """Say where a value is from that an account has filled in."""
    return FROM_FIRM if account_word(field).startswith("firm.") else FROM_ACCOUNT


def masked(field: Field, own: str) -> str:
    """Return an account's value as a form shows it: the middle of its number hidden."""
    word = account_word(field)
    if word.endswith("id_number"):
        return masks.mask_id(own)
    return masks.mask_phone(own) if word.endswith("phone") else own
