"""The desk's ways (综窗工作台): each view asks one thing of a room and shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from onewindow.accounts.doors import StaffRequest, staff
from onewindow.accounts.rules import Duty, Staff
from onewindow.cases import commands
from onewindow.core import clock, files
from onewindow.core.errors import Refusal
from onewindow.desk import forms
from onewindow.desk.forms import Brought, SendBackForm, StepForm, UnmaskForm
from onewindow.desk.pages import case as case_page
from onewindow.desk.pages import offers, papers
from onewindow.desk.pages import work as lists
from onewindow.look.answer import answer, reveal

CASE = "desk/case.html"


@staff()
@require_GET
def work(request: StaffRequest, scope: str) -> HttpResponse:
    """List the open cases of a site or office, the most urgent first."""
    chosen = lists.chosen(request.GET)
    return render(request, "desk/work.html", lists.work(request.asker, scope, chosen, clock.now()))


@staff()
@require_GET
def case(request: StaffRequest, number: str) -> HttpResponse:
    """Show a case."""
    return render(request, CASE, case_page.case(request.asker, number, clock.now()))


@staff()
@require_GET
def after(request: StaffRequest, number: str) -> HttpResponse:
    """Go on to the most urgent other case that waits for the clerk, else back to the list."""
    found = lists.next_number(request.asker, number, clock.now())
    return redirect("desk:case", found) if found else redirect("desk:home")


@staff()
def unmask(request: StaffRequest, number: str) -> HttpResponse:
    """Show one masked value this once; that it was opened, and why, stands written before."""
    if request.method != "POST":
        return redirect("desk:case", number)
    form, at = UnmaskForm(request.POST), clock.now()
    return reveal(
        request,
        form,
        partial(commands.unmask, number=number, by=request.asker, at=at),
        template=CASE,
        context=partial(_opened, request, number, at, form),
    )


def _opened(request: StaffRequest, number: str, at: Any, form: UnmaskForm, text: str | None = None) -> dict[str, Any]:
    if text is None:
        return case_page.case(request.asker, number, at, asking=form)
    return case_page.case(request.asker, number, at, opened={form.cleaned_data["what"]: text})


@staff()
@require_GET
def paper(request: StaffRequest, number: str, paper: int) -> HttpResponse:
    """Show one paper of a case: a picture as a fresh copy, a PDF as an attachment."""
    return papers.answer(papers.opened(request.asker, number, paper, clock.now()))


@staff()
@require_GET
def letter(request: StaffRequest, number: str, seq: int, kind: str, language: str) -> HttpResponse:
    """Give a letter of a case, to print it or hand it over."""
    return papers.letter(request.asker, number, (seq, kind, language), clock.now())


@staff()
@require_GET
def letter_page(request: StaffRequest, number: str, seq: int, kind: str, language: str) -> HttpResponse:
    """Show a letter of a case, to read it and to print it at the counter."""
    shown = case_page.letter_page(request.asker, number, seq, kind, language)
    papers.note_letter(request.asker, number, clock.now())
    return render(request, "desk/letter.html", shown)


# The acts


@staff(Duty.INTAKE)
def accept(request: StaffRequest, number: str) -> HttpResponse:
    """Accept a case (受理)."""
    return _step(request, number, forms.AcceptForm, commands.accept)


@staff(Duty.INTAKE)
def mend(request: StaffRequest, number: str) -> HttpResponse:
    """Mend on the spot, with the applicant present (当场更正)."""
    return _step(request, number, forms.MendForm, commands.mend)


@staff(Duty.INTAKE)
def decline(request: StaffRequest, number: str) -> HttpResponse:
    """Decline an application, and name the right office (不予受理)."""
    return _step(request, number, forms.DeclineForm, commands.decline)


@staff(Duty.CHECK)
def check(request: StaffRequest, number: str) -> HttpResponse:
    """Enter a check that was held on the spot (现场查验、核查)."""
    return _step(request, number, forms.CheckForm, commands.check)


@staff(Duty.REVIEW)
def review(request: StaffRequest, number: str) -> HttpResponse:
    """Write the reviewer's opinion (审查)."""
    return _step(request, number, forms.ReviewForm, commands.review)


@staff(Duty.REVIEW)
def pause(request: StaffRequest, number: str) -> HttpResponse:
    """Let the clocks stand still for a special procedure (特别程序)."""
    return _step(request, number, forms.PauseForm, commands.pause)


@staff(Duty.REVIEW)
def resume(request: StaffRequest, number: str) -> HttpResponse:
    """Let the clocks run again (特别程序结束)."""
    return _step(request, number, forms.ResumeForm, commands.resume)


@staff(Duty.HEAD)
def extend(request: StaffRequest, number: str) -> HttpResponse:
    """Lengthen the limit once (延期)."""
    return _step(request, number, forms.ExtendForm, commands.extend)


@staff(Duty.REVIEW)
def offer_hearing(request: StaffRequest, number: str) -> HttpResponse:
    """Tell the right to a hearing (告知听证权利)."""
    return _step(request, number, forms.HearingForm, commands.offer_hearing)


@staff(Duty.DECIDE)
def approve(request: StaffRequest, number: str) -> HttpResponse:
    """Decide for the applicant (准予)."""
    return _step(request, number, forms.ApproveForm, commands.approve)


@staff(Duty.DECIDE)
def refuse(request: StaffRequest, number: str) -> HttpResponse:
    """Decide against the applicant, with reasons (不予)."""
    return _step(request, number, forms.RefuseForm, commands.refuse)


@staff(Duty.MAKE)
def make(request: StaffRequest, number: str) -> HttpResponse:
    """Note that the certificate is made (制证)."""
    return _step(request, number, forms.MakeForm, commands.make)


@staff(Duty.DELIVER)
def deliver(request: StaffRequest, number: str) -> HttpResponse:
    """Hand the result over (送达)."""
    return _step(request, number, forms.DeliverForm, commands.deliver)


@staff(Duty.DELIVER)
def conclude(request: StaffRequest, number: str) -> HttpResponse:
    """Close a case (办结)."""
    return _step(request, number, forms.ConcludeForm, commands.conclude)


@staff(Duty.DECIDE)
def rectify(request: StaffRequest, number: str) -> HttpResponse:
    """Put right a slip of the pen (更正决定)."""
    return _step(request, number, forms.RectifyForm, commands.rectify)


@staff(Duty.HEAD)
def reopen(request: StaffRequest, number: str) -> HttpResponse:
    """Take a case up again (重新办理)."""
    return _step(request, number, forms.ReopenForm, commands.reopen)


@staff(Duty.HEAD)
def revoke(request: StaffRequest, number: str) -> HttpResponse:
    """Revoke what was approved (撤销)."""
    return _step(request, number, forms.RevokeForm, commands.revoke)


@staff(Duty.INTAKE)
def send_back(request: StaffRequest, number: str) -> HttpResponse:
    """Tell everything that is to be mended, once (一次性补正告知): shown first, sent as it was shown."""
    if request.method != "POST":
        return redirect("desk:case", number)
    at = clock.now()
    form = SendBackForm(request.POST, offer=offers.of(request.asker, number, at))
    if form.is_valid() and not form.confirmed:
        form.show()
        return render(request, CASE, case_page.case(request.asker, number, at, bound=form))
    return _answered(request, number, form, commands.send_back, at)


@staff(Duty.INTAKE)
def supplement(request: StaffRequest, number: str) -> HttpResponse:
    """Take in the answer to the notice for a person who stands at the counter (窗口补正)."""
    return _step(request, number, forms.SupplementForm, _supplement)


def _supplement(*, by: Staff, at: datetime, papers: Sequence[Brought], **given: Any) -> Any:
    """Receive the scans, then answer the notice with them.

    raises  Refusal case.files, and those of the command
    """
    handed, faults = [], {}
    for paper in papers:
        try:
            file = _received(by, paper, at)
        except Refusal as refusal:
            faults[paper.name] = refusal
            continue
        key, holder = paper.key
        handed.append(commands.Handed(key, holder, file, paper.seen))
    if faults:
        raise Refusal("case.files", fields=faults)
    return commands.supplement(by=by, at=at, papers=handed, **given)


def _received(by: Staff, paper: Brought, at: datetime) -> str:
    if paper.upload is None:
        return ""
    if (paper.upload.size or 0) > files.MAX_BYTES:
        raise Refusal("file.too_large", most=files.MAX_BYTES)
    return files.receive(owner=by.key, name=paper.upload.name or "", data=paper.upload.read(), at=at)


@staff(Duty.INTAKE, Duty.REVIEW)
def claim(request: StaffRequest, number: str) -> HttpResponse:
    """Take a case in hand (领办); from a list, back to the list."""
    back = request.POST.get("back", "")
    then = reverse("desk:work", args=[back]) if lists.opens(request.asker, back) else ""
    return _step(request, number, forms.ClaimForm, commands.claim, then)


@staff(Duty.INTAKE, Duty.REVIEW, Duty.SUPERVISE)
def hand_over(request: StaffRequest, number: str) -> HttpResponse:
    """Hand a case over to a colleague, or back to the pool (移交)."""
    return _step(request, number, forms.HandOverForm, commands.hand_over)


@staff(Duty.INTAKE, Duty.REVIEW, Duty.MAKE, Duty.DELIVER)
def explain(request: StaffRequest, number: str) -> HttpResponse:
    """Say why a late case is late (说明超期原因)."""
    return _step(request, number, forms.ExplainForm, commands.explain)


def _step(
    request: StaffRequest, number: str, form_type: type[StepForm], command: Callable[..., Any], then: str = ""
) -> HttpResponse:
    """Carry out an act and go to the case as it is then; on a no the same page again, with all that was typed."""
    if request.method != "POST":  # after a refusal the address of the act stands in the browser
        return redirect("desk:case", number)
    at = clock.now()
    offer = offers.of(request.asker, number, at) if form_type.composed else None
    return _answered(request, number, form_type(request.POST, request.FILES, offer=offer), command, at, then)


def _answered(
    request: StaffRequest, number: str, form: StepForm, command: Callable[..., Any], at: datetime, then: str = ""
) -> HttpResponse:
    return answer(
        request,
        form,
        partial(command, number=number, by=request.asker, at=at),
        then=lambda _: then or reverse("desk:case", args=[number]),
        template=CASE,
        context=partial(case_page.case, request.asker, number, at, bound=form),
    )
