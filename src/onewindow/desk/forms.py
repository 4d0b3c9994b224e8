"""What a clerk fills in for each act (办理表单): the token, the version that was seen, and the act's own few fields."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms

from onewindow.cases.rules import Act
from onewindow.core.words import Words
from onewindow.look.forms import OnceForm, PlainForm, pair

ONE_MINUTE = timedelta(minutes=1)
_ROWS = {"rows": 3}
_NOT_A_NUMBER = pair("编号是 8 位-8 位-5 位数字，请核对", "A number is 8, 8 and 5 digits with hyphens; please check it")


class StepForm(OnceForm):
    """An act without fields of its own (受理、制证、办结): the token, and the version that the clerk saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    act: Act

    def __init__(self, data: Any = None, *, version: int = 0, **kwargs: Any) -> None:
        initial = {"version": version, **kwargs.pop("initial", {})}
        super().__init__(data, auto_id=f"{self.act.value}_%s", initial=initial, **kwargs)

    @property
    def typed(self) -> bool:
        """Say whether there is anything to fill in."""
        return any(not bound.is_hidden for bound in self)


class AcceptForm(StepForm):
    act = Act.ACCEPT


class CheckForm(StepForm):
    """A check that was held on the spot (现场查验): when, with which result, what was found."""

    act = Act.CHECK
    held_at = forms.DateTimeField(
        label=pair("什么时候查的", "When it was held"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    passed = forms.TypedChoiceField(
        label=pair("结果", "Result"),
        choices=[("yes", pair("合格", "Passed")), ("no", pair("不合格，可以再查", "Not passed; may be held again"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=pair("查到了什么", "What was found"),
        help_text=pair("不合格的要写；申请人看得到", "Needed if not passed; the applicant reads it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=_ROWS),
    )
    seen_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command; a minute left as it stood means the instant at which the page was made.

        A page shows minutes. Without this a check entered in the minute of the receipt would lie before it.
        """
        values = super().inputs()
        seen_at: datetime | None = values.pop("seen_at")
        if seen_at and timedelta() <= seen_at - values["held_at"] < ONE_MINUTE:
            values["held_at"] = seen_at
        return values


class ReviewForm(StepForm):
    act = Act.REVIEW
    remark = forms.CharField(
        label=pair("审查意见", "Opinion"),
        help_text=pair(
            "核对了什么、结论是什么；存档，办件当事人看得到",
            "What was checked and the result; filed, the applicant reads it",
        ),
        max_length=1000,
        widget=forms.Textarea(attrs=_ROWS),
    )


class ApproveForm(StepForm):
    act = Act.APPROVE
    remark = forms.CharField(
        label=pair("附带说明", "Remark"), required=False, max_length=1000, widget=forms.Textarea(attrs=_ROWS)
    )


class HiddenField(forms.ChoiceField):
    """What is masked of a case: the page offers it, the command judges it."""

    def valid_value(self, value: Any) -> bool:
        return True


class ReasonsField(forms.MultipleChoiceField):
    """Reasons for a refusal; which ones the item knows is the command's to judge, the page offers them."""

    hints: dict[str, Words]

    def valid_value(self, value: Any) -> bool:
        return True


class RefuseForm(StepForm):
    """A decision against the applicant (不予): at least one of the item's own reasons."""

    act = Act.REFUSE
    reasons = ReasonsField(
        label=pair("依据哪一条（可以多选）", "On which ground (one or more)"), widget=forms.CheckboxSelectMultiple
    )
    remark = forms.CharField(
        label=pair("说明这件办件里的事实", "The facts in this case"),
        help_text=pair("决定书里写给申请人看", "Written to the applicant in the decision"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=_ROWS),
    )

    def offer(self, reasons: Iterable[tuple[str, str, Words]]) -> None:
        """Put the item's reasons on the page: key, text, law behind it."""
        found = list(reasons)
        field: Any = self.fields["reasons"]
        field.choices = [(key, text) for key, text, _ in found]
        field.hints = {key: law for key, _, law in found}


class MakeForm(StepForm):
    act = Act.MAKE


class DeliverForm(StepForm):
    act = Act.DELIVER
    way = forms.ChoiceField(
        label=pair("怎么交到申请人手里", "How it reaches the applicant"),
        choices=[
            ("counter", pair("窗口领取，已核对本人", "At the counter, identity checked")),
            ("post", pair("邮寄，已交邮", "By post, handed in")),
            ("electronic", pair("电子送达，申请人已同意", "Electronically, as the applicant agreed")),
        ],
        widget=forms.RadioSelect,
    )
    receipt = forms.CharField(
        label=pair("签收人，或邮件号", "Who signed for it, or the parcel's number"),
        help_text=pair("电子送达不用写", "Not needed for electronic delivery"),
        required=False,
        max_length=200,
    )


class ConcludeForm(StepForm):
    act = Act.CONCLUDE


FORMS: dict[Act, type[StepForm]] = {
    form.act: form
    for form in (AcceptForm, CheckForm, ReviewForm, ApproveForm, RefuseForm, MakeForm, DeliverForm, ConcludeForm)
}


class UnmaskForm(PlainForm):
    """Asking to see what is masked (查看全文): what, and why; the person will see both."""

    what = HiddenField(label=pair("看哪一项", "What to show"))
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
