"""What may be done with a case now, as forms, and what not and why (可办动作)."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from onewindow.accounts.rules import Duty, Staff
from onewindow.cases.queries import OVERDUE, Allowed, CasePage
from onewindow.cases.rules import Act
from onewindow.core.errors import Refusal
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.desk.forms import FORMS, StepForm, UnmaskForm
from onewindow.desk.pages.given import Given
from onewindow.desk.pages.offers import Offer, listed
from onewindow.look import marks, refusals

# Letters that open an act from the keyboard, by the browser's own access keys: they work without a script.
# Pause and resume share theirs, and so do claim and hand over: a case never has both.
ACCESS_KEYS = {
    Act.SUPPLEMENT: "s",
    Act.RESUME: "p",
    Act.ACCEPT: "a",
    Act.CHECK: "c",
    Act.REVIEW: "r",
    Act.APPROVE: "y",
    Act.REFUSE: "x",
    Act.MAKE: "m",
    Act.DELIVER: "d",
    Act.CONCLUDE: "e",
    Act.SEND_BACK: "b",
    Act.MEND: "w",
    Act.DECLINE: "z",
    Act.PAUSE: "p",
    Act.EXTEND: "l",
    Act.OFFER_HEARING: "h",
    Act.RECTIFY: "k",
    Act.REOPEN: "u",
    Act.REVOKE: "v",
    Act.CLAIM: "g",
    Act.HAND_OVER: "g",
    Act.EXPLAIN: "o",
}

BUTTONS = {
    Act.SUPPLEMENT: Words("补正已收", "Take the answer in"),
    Act.RESUME: Words("特别程序结束，继续计时", "It has ended; the clock runs on"),
    Act.ACCEPT: Words("受理，开始计时", "Accept and start the clock"),
    Act.CHECK: Words("登记查验", "Enter the check"),
    Act.REVIEW: Words("写入审查意见", "Enter the opinion"),
    Act.APPROVE: Words("准予", "Approve"),
    Act.REFUSE: Words("不予，并告知救济途径", "Refuse, and tell the ways of review"),
    Act.MAKE: Words("证件已制好", "The certificate is made"),
    Act.DELIVER: Words("登记送达", "Enter the delivery"),
    Act.CONCLUDE: Words("办结", "Conclude"),
    Act.SEND_BACK: Words("先看告知书", "Look at the notice first"),
    Act.MEND: Words("当场更正", "Mend it"),
    Act.DECLINE: Words("不予受理", "Decline it"),
    Act.PAUSE: Words("停表，通知申请人", "Stop the clock and tell the applicant"),
    Act.EXTEND: Words("批准延期", "Grant the extension"),
    Act.OFFER_HEARING: Words("告知听证权利", "Offer the hearing"),
    Act.RECTIFY: Words("更正决定书", "Put the decision right"),
    Act.REOPEN: Words("重新办理", "Take it up again"),
    Act.REVOKE: Words("撤销", "Revoke it"),
    Act.CLAIM: Words("领办，由我来办", "Take it in hand"),
    Act.HAND_OVER: Words("移交", "Hand it over"),
    Act.EXPLAIN: Words("说明原因", "Say why"),
}
SIDE = frozenset(
    {
        Act.SEND_BACK,
        Act.MEND,
        Act.DECLINE,
        Act.PAUSE,
        Act.EXTEND,
        Act.OFFER_HEARING,
        Act.RECTIFY,
        Act.REOPEN,
        Act.REVOKE,
        Act.CLAIM,
        Act.HAND_OVER,
        Act.EXPLAIN,
    }
)
"""Acts that do not take a case to its next step: they stand below, folded."""
STOPS = frozenset({Act.REFUSE, Act.DECLINE, Act.REVOKE})


@dataclass(frozen=True, slots=True)
class Doable:
    """An act that this clerk may do now, with its form.

    key    the letter that opens it from the keyboard
    open   shown unfolded, its button the solid one of the page
    stops  it ends what the applicant hoped for
    side   it stands among those that do not take the case on
    """

    act: Act
    form: StepForm
    url: str
    button: Words
    key: str
    open: bool
    stops: bool
    side: bool


@dataclass(frozen=True, slots=True)
class Barred:
    """Acts that cannot be done now for one and the same reason."""

    acts: Words
    why: Words


def allowed(page: CasePage, asker: Staff) -> tuple[Allowed, ...]:
    """Return the page's acts; who has it in hand and its light decide about the office's own (领办、移交、超期)."""
    return tuple(Allowed(each.act, each.refusal or _of_office(each.act, page, asker)) for each in page.acts)


def _of_office(act: Act, page: CasePage, asker: Staff) -> Refusal | None:
    holder = page.state.claimed_by
    if act is Act.EXPLAIN:
        return None if page.row.light in OVERDUE else Refusal("case.explain.in_time")
    if act is Act.CLAIM:
        return Refusal("case.claimed.mine" if holder == asker.id else "case.claimed") if holder is not None else None
    if act is not Act.HAND_OVER:
        return None
    if holder is None:
        return Refusal("case.hand_over.none")
    supervises = asker.may(Duty.SUPERVISE, page.case.site) or asker.may(Duty.SUPERVISE, page.case.office)
    return None if holder == asker.id or supervises else Refusal("case.claimed")


def barred(page: CasePage, found: Iterable[Allowed]) -> list[Barred]:
    """Return the acts that are not possible now, each with the reason (现在不能做，因为).

    What was done already and what its stage does not know share a line, for they share the reason.
    """
    done = {entry.act.removeprefix("case.") for entry in page.entries}
    by_reason: dict[Words, list[Words]] = {}
    for each in found:
        if each.refusal and each.act in FORMS:
            by_reason.setdefault(_why_not(each.act, each.refusal, done), []).append(marks.ACTS[each.act.value])
    return [Barred(listed(acts), why) for why, acts in by_reason.items()]


def _why_not(act: Act, refusal: Refusal, done: Container[str]) -> Words:
    if refusal.code == "case.duty":
        return _OTHER_DUTY
    if refusal.code == "case.paused":
        return _WHILE_PAUSED
    if refusal.code != "case.move":
        return refusals.say(refusal)
    if act.value in done:
        return Words("已经办过了。", "Done already.")
    stage = marks.STAGES[str(refusal.facts["stage"])]
    return _AT_THIS_STAGE.fill(stage=stage)


_AT_THIS_STAGE = Words("办件现在是「{stage}」，不能办这些。", "The case is “{stage}” now; not possible at this stage.")
_OTHER_DUTY = Words("不是您这个岗位的事。", "Not part of your duty here.")
_WHILE_PAUSED = Words(
    "特别程序中，时间停着；结束以后再办。", "A special procedure runs and the time stands still; after its end."
)


def doable(page: CasePage, found: Iterable[Allowed], offer: Offer, bound: StepForm | None) -> list[Doable]:
    """Return the acts that this clerk may do now, each with its form; one that was refused as it was typed."""
    free = {each.act for each in found if each.refusal is None}
    acts = sorted((act for act in FORMS if act in free), key=lambda act: _is_side(act, page))
    return [_doable(act, page, offer, bound, _open(acts, page, bound)) for act in acts]


def _is_side(act: Act, page: CasePage) -> bool:
    return act in SIDE or (act is Act.CHECK and not page.need.check)


def _open(acts: list[Act], page: CasePage, bound: StepForm | None) -> Act | None:
    """The act shown unfolded: the one that was sent and refused, else the next step."""
    if bound is not None and bound.act in acts:
        return bound.act
    return acts[0] if acts and not _is_side(acts[0], page) else None


def _doable(act: Act, page: CasePage, offer: Offer, bound: StepForm | None, unfolded: Act | None) -> Doable:
    form = bound if bound is not None and bound.act is act else _form(act, page, offer)
    form.take(offer)
    return Doable(
        act=act,
        form=form,
        url=reverse(f"desk:{act.value.replace('_', '-')}", args=[page.case.number]),
        button=BUTTONS[act],
        key=ACCESS_KEYS[act],
        open=act is unfolded,
        stops=act in STOPS,
        side=_is_side(act, page),
    )


def _form(act: Act, page: CasePage, offer: Offer) -> StepForm:
    initial: dict[str, Any] = {"held_at": offer.at, "seen_at": offer.at.isoformat()} if act is Act.CHECK else {}
    return FORMS[act](version=page.case.version, offer=offer, initial=initial)


def unsent(found: Iterable[Allowed], bound: StepForm | None) -> str:
    """Return what was typed for an act that is not allowed any more, so that nobody loses words."""
    if bound is None or any(each.act is bound.act and each.refusal is None for each in found):
        return ""
    return str(bound.data.get("remark", ""))


def version_of(bound: StepForm | None) -> int | None:
    """Return the version of the page on which the refused form stood."""
    return getattr(bound, "cleaned_data", {}).get("version")


def asking(form: UnmaskForm | None, given: Iterable[Given]) -> UnmaskForm:
    """Return the form by which something masked is asked for, with what of this case is masked."""
    form = form or UnmaskForm()
    hidden = [(each.key, here(each.label)) for each in given if each.masked]
    form.offer([("name", here(Words("申请人姓名", "The applicant's name"))), *hidden])
    return form
