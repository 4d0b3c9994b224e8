"""What a person fills in about their own data (我的信息): what goes to the phone, what is to be deleted."""

from __future__ import annotations

from typing import Any

from django import forms

from onewindow.core.language import here
from onewindow.look.forms import OnceForm, PlainForm, pair
from onewindow.notices.rules.preferences import KINDS


class PhoneForm(PlainForm):
    """Which kinds of message also go to the phone (短信提醒)."""

    kinds = forms.MultipleChoiceField(
        label=pair("同时发到手机的", "Also sent to the phone"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, here(told.name)) for key, told in KINDS.items()]
        field.hints = {key: told.says for key, told in KINDS.items()}  # type: ignore[attr-defined]  # the look draws them


class EraseForm(OnceForm):
    """What else is to be deleted (删除申请)."""

    phone = forms.BooleanField(
        label=pair("也删掉我的手机号；以后收不到短信", "Delete my phone number too: no more text messages"),
        required=False,
    )
    sure = forms.BooleanField(
        label=pair("我知道删掉的找不回来", "I know that what is deleted is gone for good"),
        error_messages={"required": pair("删之前请确认这一条", "Please confirm before deleting")},
    )

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command."""
        values = super().inputs()
        return {"key": values["key"], "phone": values["phone"]}
