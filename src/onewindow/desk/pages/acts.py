"""What may be done with a case now, as forms, and what not and why (可办动作)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from onewindow.cases.queries import CasePage
from onewindow.cases.rules import Act
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue.rules import Ground, Item, grounds
from onewindow.core.errors import Refusal
from onewindow.core.language import here
from onewindow.core.words import Words
from onewindow.desk.forms import FORMS, RefuseForm, StepForm, UnmaskForm
from onewindow.desk.pages.given import Given
from onewindow.look import marks, refusals

# Letters that open an act from the keyboard, by the browser's own access keys: they work without a script.
ACCESS_KEYS = {
    Act.ACCEPT: "a",
    Act.CHECK: "c",
    Act.REVIEW: "r",
    Act.APPROVE: "y",
    Act.REFUSE: "x",
    Act.MAKE: "m",
    Act.DELIVER: "d",
    Act.CONCLUDE: "e",
}

BUTTONS = {
    Act.ACCEPT: Words("受理，开始计时", "Accept and start the clock"),
    Act.CHECK: Words("登记查验", "Enter the check"),
    Act.REVIEW: Words("写入审查意见", "Enter the opinion"),
    Act.APPROVE: Words("准予", "Approve"),
    Act.REFUSE: Words("不予，并告知救济途径", "Refuse, and tell the ways of review"),
    Act.MAKE: Words("证件已制好", "The certificate is made"),
    Act.DELIVER: Words("登记送达", "Enter the delivery"),
    Act.CONCLUDE: Words("办结", "Conclude"),
}


@dataclass(frozen=True, slots=True)
class Doable:
    """An act that this clerk may do now, with its form.

    key    the letter that opens it from the keyboard
    open   shown unfolded, its button the solid one of the page
    stops  it ends what the applicant hoped for
    """

    act: Act
    form: StepForm
    url: str
    button: Words
    key: str
    open: bool
    stops: bool


@dataclass(frozen=True, slots=True)
class Barred:
    """Acts that cannot be done now for one and the same reason."""

    acts: Words
    why: Words


def barred(page: CasePage) -> list[Barred]:
    """Return the acts that are not possible now, each with the reason (现在不能做，因为).

    What was done already and what its stage does not know share a line, for they share the reason.
    """
    done = {entry.act.removeprefix("case.") for entry in page.entries}
    by_reason: dict[Words, list[Words]] = {}
    for each in page.acts:
        if each.refusal:
            by_reason.setdefault(_why_not(each.act, each.refusal, done), []).append(marks.ACTS[each.act.value])
    return [Barred(_listed(acts), why) for why, acts in by_reason.items()]


def _why_not(act: Act, refusal: Refusal, done: Container[str]) -> Words:
    if refusal.code != "case.move":
        return refusals.say(refusal)
    if act.value in done:
        return Words("已经办过了。", "Done already.")
    stage = marks.STAGES[str(refusal.facts["stage"])]
    return _AT_THIS_STAGE.fill(stage=stage)


_AT_THIS_STAGE = Words("办件现在是「{stage}」，不能办这些。", "The case is “{stage}” now; not possible at this stage.")


def _listed(acts: Iterable[Words]) -> Words:
    acts = list(acts)
    return Words("、".join(act.zh for act in acts), ", ".join(act.en for act in acts))


def doable(
    page: CasePage, item: Item, answers: Mapping[str, Any], at: datetime, bound: StepForm | None
) -> list[Doable]:
    """Return the acts that this clerk may do now, each with its form; one that was refused as it was typed."""
    free = {each.act for each in page.acts if each.refusal is None}
    allowed = [act for act in FORMS if act in free]  # in the order of a case's life: the first is the one to take
    found = []
    for act in allowed:
        form = bound if bound is not None and bound.act is act else _form(act, page.case.version, at)
        if isinstance(form, RefuseForm):
            offered = grounds(item, answers)
            form.offer([(ground.key, here(ground.text), _law(ground)) for ground in offered])
        unfolded = form.is_bound if bound is not None else act is allowed[0]
        url = reverse(f"desk:{act.value}", args=[page.case.number])
        found.append(Doable(act, form, url, BUTTONS[act], ACCESS_KEYS[act], unfolded, act is Act.REFUSE))
    return found


def _law(ground: Ground) -> Words:
    law = catalogue.law(ground.law)
    if not ground.remedy.zh:
        return law
    return Words(f"{law.zh}；可以：{ground.remedy.zh}", f"{law.en}; instead: {ground.remedy.en}")


def _form(act: Act, version: int, at: datetime) -> StepForm:
    initial = {"held_at": at, "seen_at": at.isoformat()} if act is Act.CHECK else {}
    return FORMS[act](version=version, initial=initial)


def unsent(page: CasePage, bound: StepForm | None) -> str:
    """Return what was typed for an act that is not allowed any more, so that nobody loses words."""
    if bound is None or any(each.act is bound.act and each.refusal is None for each in page.acts):
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
