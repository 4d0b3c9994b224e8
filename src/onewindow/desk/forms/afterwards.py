"""After the decision, and the office's own order (决定以后、领办移交、超期说明)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from onewindow.cases.rules import Act
from onewindow.core.words import Words
from onewindow.desk.forms.base import DAY, OfferedNumber, ReasonForm, StepForm
from onewindow.desk.pages.said import REVIEWS, REVOCATIONS
from onewindow.look import marks
from onewindow.look.forms import pair

if TYPE_CHECKING:
    from onewindow.desk.pages.offers import Offer


class RectifyForm(ReasonForm):
    act = Act.RECTIFY
    asks = Words("原来写的、现在改成的", "What it said, and what it says now")
    about = Words("只改笔误；决定的结果不变", "For slips of the pen only; what was decided stays")


class ReopenForm(ReasonForm):
    act = Act.REOPEN
    asks = Words("决定书或判决书的文号、要求", "Number of the decision or judgment, and what it orders")
    ground = forms.ChoiceField(
        label=pair("为什么重新办理", "Why it is taken up again"),
        choices=[(key, pair(*words)) for key, words in REVIEWS.items()],
        widget=forms.RadioSelect,
    )


class RevokeForm(ReasonForm):
    act = Act.REVOKE
    asks = Words("事实和理由", "Facts and reasons")
    ground = forms.ChoiceField(
        label=pair("依据哪一项（行政许可法第69条）", "On which ground (Licensing Law, art. 69)"),
        choices=[(key, pair(*words)) for key, words in REVOCATIONS.items()],
        widget=forms.RadioSelect,
    )


class ClaimForm(StepForm):
    act = Act.CLAIM


class ExplainForm(ReasonForm):
    """Why a case is late, for supervision (说明超期原因)."""

    act = Act.EXPLAIN
    asks = Words("具体情况", "What happened")
    about = Words("督办的人会看到；申请人看不到", "Supervision reads it; the applicant does not")
    cause = forms.ChoiceField(
        label=pair("为什么超期", "Why it is late"),
        choices=[(key, pair(*words)) for key, words in marks.DELAYS.items()],
        widget=forms.RadioSelect,
    )
    expected_on = forms.DateField(
        label=pair("预计哪天办完", "By which day it will be done"),
        widget=forms.DateInput(attrs={"type": "date"}, format=DAY),
    )


class HandOverForm(StepForm):
    """Handing a case over (移交): to a colleague by name, or back to the pool."""

    act = Act.HAND_OVER
    to = OfferedNumber(label=pair("交给谁", "To whom"), required=False)

    def compose(self, offer: Offer) -> None:
        """Offer the colleagues who hold the duty, and the pool."""
        field: Any = self.fields["to"]
        pool = ("", pair("放回待领", "Back to the pool"))
        field.choices = [pool, *((str(key), name) for key, name in offer.colleagues.items())]
