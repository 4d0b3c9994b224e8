"""What a clerk fills in about money (收费表单): counting, taking, waiving, undoing, and the day's end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from onewindow.look.forms import MESSAGES, OnceForm, pair
from onewindow.payments.commands import TillKey
from onewindow.payments.rules import MOST, Act, Ground, Line, Mistake, Waiver, Way

MISTAKES = {
    Mistake.WRONG_WAY: pair("收款方式记错了", "Wrong way of payment"),
    Mistake.WRONG_COUNT: pair("项目或数量核错了", "Wrong lines or numbers"),
    Mistake.WRONG_CASE: pair("记到别的办件上了", "Entered on the wrong case"),
    Mistake.WRONG_WAIVER: pair("不该免收", "Should not have been waived"),
    Mistake.NOT_OWED: pair("本来就不该收", "Was not owed at all"),
}


class FeeForm(OnceForm):
    """An act on a charge: the token, and the version that the clerk saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    act: Act

    def __init__(self, data: Any = None, *, version: int = 0, **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"fee_{self.act.value}_%s", initial={"version": version}, **kwargs)


class TakeForm(FeeForm):
    act = Act.TAKE
    way = forms.TypedChoiceField(
        label=pair("怎么收的", "How it was paid"),
        choices=[(Way.CASH.value, pair("现金", "Cash")), (Way.POS.value, pair("刷卡或扫码", "Card or code"))],
        coerce=Way,
        widget=forms.RadioSelect,
    )


class CountForm(FeeForm):
    """The number of each line (核定数量); the lines are the charge's own."""

    act = Act.COUNT

    def __init__(self, data: Any = None, *, lines: Iterable[Line] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for line in lines:
            if not (line.confirmed and line.cents):
                continue
            self.fields[f"count_{line.key}"] = forms.IntegerField(
                label=pair(*line.name), initial=line.count, min_value=0, max_value=MOST, error_messages={**MESSAGES}
            )

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command; the numbers as one mapping."""
        values = super().inputs()
        counts = {name.removeprefix("count_"): values.pop(name) for name in [*values] if name.startswith("count_")}
        return {**values, "counts": counts}


class WaiveForm(FeeForm):
    """Letting a fee go (免收): why, and by which law."""

    act = Act.WAIVE
    ground = forms.TypedChoiceField(
        label=pair("为什么免收", "Why it is waived"),
        choices=[
            (
                Ground.NO_BASIS.value,
                pair("没有法律、行政法规依据（许可法第58条）", "No law provides for it (art. 58)"),
            ),
            (Ground.EXEMPT.value, pair("法规或文件规定免收", "Waived by a regulation or document")),
            (Ground.OFFICE_FAULT.value, pair("因机关差错重办", "Done again for the office's own mistake")),
        ],
        coerce=Ground,
        widget=forms.RadioSelect,
    )
    law = forms.CharField(
        label=pair("依据", "Law"),
        help_text=pair(
            "写法规名称和条款，或文号；选第一项的不用写。不要写个人情况",
            "Title and article, or the document's number; not for the first ground. Write nothing personal",
        ),
        required=False,
        max_length=120,
    )

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command; ground and law as one reason."""
        values = super().inputs()
        return {"reason": Waiver(values.pop("ground"), values.pop("law")), **values}


class UndoForm(FeeForm):
    mistake = forms.TypedChoiceField(
        label=pair("哪里错了", "What was wrong"),
        choices=[(mistake.value, words) for mistake, words in MISTAKES.items()],
        coerce=Mistake,
        widget=forms.RadioSelect,
    )


class VoidForm(UndoForm):
    act = Act.VOID


class RefundForm(UndoForm):
    act = Act.REFUND


class TillForm(OnceForm):
    """Which clerk's day is meant, and the version that was seen."""

    site = forms.CharField(widget=forms.HiddenInput, max_length=8)
    day = forms.DateField(widget=forms.HiddenInput)
    clerk = forms.IntegerField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, till: TillKey | None = None, version: int = 0, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"version": version}
        if till:
            initial |= {"site": till.site, "day": till.day.isoformat(), "clerk": till.clerk}
        name = data.get("clerk") if data is not None else till.clerk if till else ""
        super().__init__(data, auto_id=f"till_{name}_%s", initial=initial, **kwargs)

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command."""
        values = super().inputs()
        return {"till": TillKey(values.pop("site"), values.pop("day"), values.pop("clerk")), **values}


class CloseForm(TillForm):
    """Closing a day (日结): the cash that was counted, in yuan."""

    counted = forms.DecimalField(
        label=pair("清点的现金（元）", "Cash counted (yuan)"),
        help_text=pair("数出多少写多少，差额会记下来", "What you counted; a difference is written down"),
        min_value=0,
        max_value=Decimal(10_000_000),
        decimal_places=2,
    )

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command; the cash in 分."""
        values = super().inputs()
        return {"counted_cents": int(values.pop("counted") * 100), **values}


class ReopenForm(TillForm):
    pass


class DayForm(forms.Form):
    """Which site's day is looked at."""

    site = forms.CharField(max_length=8, required=False)
    day = forms.DateField(required=False)

    def chosen(self, sites: list[str], today: date) -> tuple[str, date]:
        """Return site and day: the clerk's first site and today where the address names none."""
        self.is_valid()
        return self.cleaned_data.get("site") or (sites[0] if sites else ""), self.cleaned_data.get("day") or today
