"""The desk's ways (综窗工作台): each view asks one thing of a room and shows it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from onewindow.accounts.doors import StaffRequest, staff
from onewindow.accounts.rules import Duty
from onewindow.cases import commands
from onewindow.core import clock
from onewindow.desk.forms import (
    AcceptForm,
    ApproveForm,
    CheckForm,
    ConcludeForm,
    DeliverForm,
    FindForm,
    MakeForm,
    RefuseForm,
    ReviewForm,
    StepForm,
    UnmaskForm,
)
from onewindow.desk.pages import case as case_page
from onewindow.desk.pages import papers
from onewindow.desk.pages import work as lists
from onewindow.look.answer import answer, reveal

CASE = "desk/case.html"


@staff()
@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """Lead to the work list of the clerk's first site or office."""
    scopes = lists.scopes_of(request.asker)
    return (
        redirect("desk:work", scopes[0]) if scopes else render(request, "desk/no_work.html", lists.frame(request.asker))
    )


@staff()
@require_GET
def work(request: StaffRequest, scope: str) -> HttpResponse:
    """List the open cases of a site or office, the most urgent first."""
    light, after = lists.light_of(request.GET.get("light", "")), request.GET.get("after", "")
    return render(request, "desk/work.html", lists.work(request.asker, scope, light, after, clock.now()))


@staff()
@require_GET
def find(request: StaffRequest) -> HttpResponse:
    """Go to the case with exactly this number; whether there is one, its own page says."""
    form = FindForm(request.GET)
    if form.is_valid():
        return redirect("desk:case", form.cleaned_data["number"])
    return render(request, "desk/find.html", {**lists.frame(request.asker), "form": form})


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


# The acts


@staff(Duty.INTAKE)
def accept(request: StaffRequest, number: str) -> HttpResponse:
    """Accept a case."""
    return _step(request, number, AcceptForm, commands.accept)


@staff(Duty.CHECK)
def check(request: StaffRequest, number: str) -> HttpResponse:
    """Enter a check that was held on the spot."""
    return _step(request, number, CheckForm, commands.check)


@staff(Duty.REVIEW)
def review(request: StaffRequest, number: str) -> HttpResponse:
    """Write the reviewer's opinion."""
    return _step(request, number, ReviewForm, commands.review)


@staff(Duty.DECIDE)
def approve(request: StaffRequest, number: str) -> HttpResponse:
    """Decide for the applicant."""
    return _step(request, number, ApproveForm, commands.approve)


@staff(Duty.DECIDE)
def refuse(request: StaffRequest, number: str) -> HttpResponse:
    """Decide against the applicant, with reasons."""
    return _step(request, number, RefuseForm, commands.refuse)


@staff(Duty.MAKE)
def make(request: StaffRequest, number: str) -> HttpResponse:
    """Note that the certificate is made."""
    return _step(request, number, MakeForm, commands.make)


@staff(Duty.DELIVER)
def deliver(request: StaffRequest, number: str) -> HttpResponse:
    """Hand the result over."""
    return _step(request, number, DeliverForm, commands.deliver)


@staff(Duty.DELIVER)
def conclude(request: StaffRequest, number: str) -> HttpResponse:
    """Close a case."""
    return _step(request, number, ConcludeForm, commands.conclude)


def _step(request: StaffRequest, number: str, form_type: type[StepForm], command: Callable[..., Any]) -> HttpResponse:
    """Carry out an act and go to the case as it is then; on a no the same page again, with all that was typed."""
    if request.method != "POST":  # after a refusal the address of the act stands in the browser
        return redirect("desk:case", number)
    form, at = form_type(request.POST), clock.now()
    return answer(
        request,
        form,
        partial(command, number=number, by=request.asker, at=at),
        then=lambda _: reverse("desk:case", args=[number]),
        template=CASE,
        context=partial(case_page.case, request.asker, number, at, bound=form),
    )
