"""Forms of the desk that are no act of a case: seeing what is masked, finding a case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from onewindow.desk.forms.base import OfferedField
from onewindow.look.forms import PlainForm, pair

_NOT_A_NUMBER = pair("编号是 8 位-8 位-5 位数字，请核对", "A number is 8, 8 and 5 digits with hyphens; please check it")


class UnmaskForm(PlainForm):
    """Asking to see what is masked (查看全文): what, and why; the person will see both."""

    what = OfferedField(label=pair("看哪一项", "What to show"))
    why = forms.CharField(
        label=pair("为什么要看", "Why it is needed"),
        help_text=pair(
            "写明用途；本人会看到您、时间和这句话", "Say what for; the person will see you, the time and this text"
        ),
        min_length=4,
        max_length=200,
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="unmask_%s", **kwargs)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Put on the page what of this case is masked."""
        field: Any = self.fields["what"]
        field.choices = list(choices)


class FindForm(PlainForm):
    """Finding one case by its exact number (按编号找办件)."""

    number = forms.RegexField(
        regex=r"^\d{8}-\d{8}-\d{5}$",
        label=pair("办件编号", "Case number"),
        error_messages={"invalid": _NOT_A_NUMBER},
        strip=True,
    )
