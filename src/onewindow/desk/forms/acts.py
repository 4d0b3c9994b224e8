"""The acts from acceptance to the end (受理到办结)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms

from onewindow.cases.rules import Act
from onewindow.core.words import Words
from onewindow.desk.forms.base import ROWS, OfferedNumber, ReasonForm, StepForm
from onewindow.look.forms import pair

if TYPE_CHECKING:
    from onewindow.desk.pages.offers import Offer

ONE_MINUTE = timedelta(minutes=1)


class AcceptForm(StepForm):
    act = Act.ACCEPT


class CheckForm(ReasonForm):
    """A check that was held on the spot (现场查验、核查): when, by whom, with which result, what was found."""

    act = Act.CHECK
    needed = False
    asks = Words("查到了什么", "What was found")
    about = Words("不合格的要写；申请人看得到", "Needed if not passed; the applicant reads it")
    held_at = forms.DateTimeField(
        label=pair("什么时候查的", "When it was held"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    second = OfferedNumber(
        label=pair("另一名查验的同事", "The other officer"),
        help_text=pair("现场核查要两人以上（行政许可法第34条）", "A site check takes two (Licensing Law, art. 34)"),
        required=False,
    )
    passed = forms.TypedChoiceField(
        label=pair("结果", "Result"),
        choices=[("yes", pair("合格", "Passed")), ("no", pair("不合格，可以再查", "Not passed; may be held again"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    seen_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def compose(self, offer: Offer) -> None:
        """Offer the colleagues who check at the site too, where law asks for a second one."""
        if not offer.page.need.two_officers:
            del self.fields["second"]
            return
        field: Any = self.fields["second"]
        field.choices = [("", pair("请选", "Choose")), *((str(key), name) for key, name in offer.officers.items())]

    def inputs(self) -> dict[str, Any]:
        """Return the values of the command; a minute left as it stood means the instant at which the page was made.

        A page shows minutes. Without this a check entered in the minute of the receipt would lie before it.
        """
        values = super().inputs()
        seen_at: datetime | None = values.pop("seen_at")
        if seen_at and timedelta() <= seen_at - values["held_at"] < ONE_MINUTE:
            values["held_at"] = seen_at
        return values


class ReviewForm(ReasonForm):
    act = Act.REVIEW
    asks = Words("审查意见", "Opinion")
    about = Words(
        "核对了什么、结论是什么；存档，办件当事人看得到",
        "What was checked and the result; filed, the applicant reads it",
    )


class ApproveForm(StepForm):
    act = Act.APPROVE
    remark = forms.CharField(
        label=pair("附带说明", "Remark"), required=False, max_length=1000, widget=forms.Textarea(attrs=ROWS)
    )


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
        widget=forms.Textarea(attrs=ROWS),
    )

    def compose(self, offer: Offer) -> None:
        """Put the item's reasons on the page: key, text, law behind it."""
        self._put(offer.grounds)

    def _put(self, found: Iterable[tuple[str, str, Words]]) -> None:
        field: Any = self.fields["reasons"]
        rows = list(found)
        field.choices = [(key, text) for key, text, _ in rows]
        field.hints = {key: law for key, _, law in rows}


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
