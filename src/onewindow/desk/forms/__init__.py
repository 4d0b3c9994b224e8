"""What a clerk fills in at the desk (办理表单): one form for each act, with the act's own few fields."""

from onewindow.cases.rules import Act
from onewindow.desk.forms.acts import (
    AcceptForm,
    ApproveForm,
    CheckForm,
    ConcludeForm,
    DeliverForm,
    MakeForm,
    RefuseForm,
    ReviewForm,
)
from onewindow.desk.forms.afterwards import ClaimForm, ExplainForm, HandOverForm, RectifyForm, ReopenForm, RevokeForm
from onewindow.desk.forms.base import StepForm
from onewindow.desk.forms.correcting import Brought, DeclineForm, MendForm, SendBackForm, SupplementForm
from onewindow.desk.forms.halting import ExtendForm, HearingForm, PauseForm, ResumeForm
from onewindow.desk.forms.others import FindForm, UnmaskForm

__all__ = [
    "FORMS",
    "AcceptForm",
    "ApproveForm",
    "Brought",
    "CheckForm",
    "ClaimForm",
    "ConcludeForm",
    "DeclineForm",
    "DeliverForm",
    "ExplainForm",
    "ExtendForm",
    "FindForm",
    "HandOverForm",
    "HearingForm",
    "MakeForm",
    "MendForm",
    "PauseForm",
    "RectifyForm",
    "RefuseForm",
    "ReopenForm",
    "ResumeForm",
    "ReviewForm",
    "RevokeForm",
    "SendBackForm",
    "StepForm",
    "SupplementForm",
    "UnmaskForm",
]

FORMS: dict[Act, type[StepForm]] = {
    form.act: form
    for form in (
        SupplementForm,
        ResumeForm,
        AcceptForm,
        CheckForm,
        ReviewForm,
        ApproveForm,
        RefuseForm,
        MakeForm,
        DeliverForm,
        ConcludeForm,
        SendBackForm,
        MendForm,
        DeclineForm,
        PauseForm,
        ExtendForm,
        HearingForm,
        RectifyForm,
        ReopenForm,
        RevokeForm,
        ClaimForm,
        HandOverForm,
        ExplainForm,
    )
}
"""By act, in the order in which they are offered: what takes a case on first, what holds it up or undoes it after."""
