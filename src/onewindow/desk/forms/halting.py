"""When the clock stands still or is lengthened, and the hearing (特别程序、延期、听证)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from onewindow.calendars.rules import REASON_WORDS
from onewindow.cases.rules import Act
from onewindow.core.words import Words
from onewindow.desk.forms.base import DAY, OfferedField, OfferedNumber, ReasonForm
from onewindow.look.forms import pair

if TYPE_CHECKING:
    from onewindow.desk.pages.offers import Offer


class PauseForm(ReasonForm):
    """A special procedure begins (特别程序): one of the eight of art. 45, until when, what is done."""

    act = Act.PAUSE
    asks = Words("做什么、由谁做", "What is done, and by whom")
    about = Words("写进告知申请人的书面通知", "Goes into the written notice to the applicant")
    reason = OfferedField(
        label=pair("哪一种特别程序", "Which special procedure"),
        help_text=pair(
            "法律只列了这八种（行政许可法第45条）；现场核查不停表，时间照算",
            "Law names these eight only (Licensing Law, art. 45); the time of a site check counts",
        ),
        choices=[("", pair("请选", "Choose")), *((key.value, pair(*words)) for key, words in REASON_WORDS.items())],
    )
    expected_on = forms.DateField(
        label=pair("预计哪天结束", "Expected to end on"),
        widget=forms.DateInput(attrs={"type": "date"}, format=DAY),
    )


class ResumeForm(ReasonForm):
    act = Act.RESUME
    needed = False
    asks = Words("结果怎样", "What came of it")


class ExtendForm(ReasonForm):
    """An extension (延期): by how much, each with the day that comes of it."""

    act = Act.EXTEND
    asks = Words("为什么不能按期办完", "Why it cannot be decided in time")
    about = Words("告知申请人的理由", "The reason told to the applicant")
    limit_number = OfferedNumber(
        label=pair("延长多少、到哪天", "By how much, until when"),
        help_text=pair("只能延期一次", "It can be extended once only"),
    )

    def compose(self, offer: Offer) -> None:
        """Offer every number that the limit's data allow, with its last day."""
        field: Any = self.fields["limit_number"]
        field.choices = [("", pair("请选", "Choose")), *offer.extensions]


class HearingForm(ReasonForm):
    act = Act.OFFER_HEARING
    asks = Words("为什么要告知", "Why it is offered")
    about = Words(
        "申请人、利害关系人从被告知起有 5 个工作日可以要求听证（行政许可法第47条）",
        "Applicant and others concerned may ask for it within 5 working days of being told (Licensing Law, art. 47)",
    )
