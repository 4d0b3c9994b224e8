"""What is one's own (我的): cases, their papers and receipts, messages."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from onewindow.accounts.doors import ResidentRequest, resident
from onewindow.cases import commands
from onewindow.core import clock
from onewindow.look.answer import answer
from onewindow.look.forms import PlainForm
from onewindow.notices import commands as notices
from onewindow.portal.forms import WithdrawForm
from onewindow.portal.pages import case as case_page
from onewindow.portal.pages import copies, own


@resident()
@require_safe
def cases(request: ResidentRequest) -> HttpResponse:
    """List one's drafts and cases."""
    return render(request, "portal/cases.html", own.cases(request.asker, clock.now(), request.GET.get("after", "")))


@resident()
@require_safe
def case(request: ResidentRequest, number: str) -> HttpResponse:
    """Show a case."""
    return render(request, "portal/case.html", case_page.context(request.asker, number, clock.now()))


@resident()
@require_safe
def receipt(request: ResidentRequest, number: str) -> HttpResponse:
    """Show the receipt of a case, for the screen and for paper."""
    return render(request, "portal/receipt.html", case_page.receipt(request.asker, number, clock.now()))


@resident()
def withdraw(request: ResidentRequest, number: str) -> HttpResponse:
    """Take an application back, after asking once."""
    template = "portal/withdraw.html"
    if request.method != "POST":
        return render(request, template, own.withdrawing(request.asker, number, clock.now()))
    return answer(
        request,
        WithdrawForm(request.POST),
        partial(commands.withdraw, number=number, by=request.asker, at=clock.now()),
        then=reverse("portal:case", args=[number]),
        template=template,
        context=lambda: own.withdrawing(request.asker, number, clock.now()),
    )


@resident()
@require_safe
def paper(request: ResidentRequest, number: str, paper: int) -> HttpResponse:
    """Show one's own paper: a fresh copy of a picture, a PDF as an attachment."""
    return copies.answer(copies.of_case(request.asker, number, paper), small="small" in request.GET)


@resident()
def inbox(request: ResidentRequest) -> HttpResponse:
    """List one's messages; a button says that they were read."""
    if request.method == "POST":
        return answer(
            request,
            PlainForm(request.POST),
            partial(notices.read, by=request.asker, at=clock.now()),
            then="portal:inbox",
            template="portal/inbox.html",
        )
    return render(request, "portal/inbox.html", own.inbox(request.asker, request.GET.get("after", "")))
