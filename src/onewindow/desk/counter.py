"""The desk's ways for people at the counter (窗口收件), for finding cases, and for the day's work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.doors import StaffRequest, staff
from onewindow.accounts.rules import Duty
from onewindow.cases import commands, queries
from onewindow.core import clock
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound
from onewindow.desk.forms import FindForm
from onewindow.desk.forms.counter import BeginForm
from onewindow.desk.forms.finding import FirmForm, NameForm, PlateForm
from onewindow.desk.pages import counter as pages
from onewindow.desk.pages import finding, receiving, work
from onewindow.look.answer import answer, reveal, see_other
from onewindow.look.forms import PlainForm

intake = staff(Duty.INTAKE)
FIND, BEGIN = "desk/find.html", "desk/counter.html"


@staff()
@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """Show what the day asks for at the clerk's first site or office, or at the one that the address names."""
    scopes = work.scopes_of(request.asker)
    if not scopes:
        return render(request, "desk/no_work.html", work.frame(request.asker))
    try:
        page = finding.day_page(request.asker, request.GET.get("scope") or scopes[0], clock.now())
    except NotFound as error:
        raise Http404 from error
    return render(request, "desk/day.html", page)


# Finding


@staff()
@require_GET
def find(request: StaffRequest) -> HttpResponse:
    """Go to the case with exactly this number, or ask how else to look for it."""
    form = FindForm(request.GET or None, auto_id="number_%s")
    if form.is_valid():
        return redirect("desk:case", form.cleaned_data["number"])
    return render(request, FIND, finding.find_page(request.asker, clock.now(), form=form if form.is_bound else None))


@staff()
def find_plate(request: StaffRequest) -> HttpResponse:
    """Look for the cases about a vehicle."""
    return _find(request, PlateForm, queries.cases_of_plate_for)


@staff()
def find_firm(request: StaffRequest) -> HttpResponse:
    """Look for the cases of a firm."""
    return _find(request, FirmForm, queries.cases_of_firm_for)


@staff()
def find_name(request: StaffRequest) -> HttpResponse:
    """Look for the cases of people with a name; it is noted, and they see it."""
    if request.method != "POST":
        return redirect("desk:find")
    at = clock.now()
    form = NameForm(request.POST, today=day_of(at))
    return _shown(request, form, partial(commands.find_by_name, by=request.asker, at=at))


def _find(request: StaffRequest, form_type: Callable[..., PlainForm], query: Callable[..., Any]) -> HttpResponse:
    if request.method != "POST":
        return redirect("desk:find")
    form, today = form_type(request.POST), day_of(clock.now())
    return _shown(request, form, lambda **asked: query(request.asker, *asked.values(), today=today))


def _shown(request: StaffRequest, form: PlainForm, ask: Callable[..., Any]) -> HttpResponse:
    def page(rows: tuple[queries.Row, ...] | None = None) -> dict[str, Any]:
        return finding.find_page(request.asker, clock.now(), form=form, rows=rows)

    return reveal(request, form, ask, template=FIND, context=page)


# At the counter


@intake
def begin(request: StaffRequest) -> HttpResponse:
    """Begin a sitting for who stands there, or go on with one."""
    at = clock.now()
    form = BeginForm(request.POST or None, sites=pages.sites_of(request.asker), today=day_of(at))
    if request.method != "POST":
        return render(request, BEGIN, pages.begin_page(request.asker, form, at))
    return answer(
        request,
        form,
        partial(commands.open_sitting, by=request.asker, at=at),
        then=lambda number: reverse("desk:counter-items", args=[number]),
        template=BEGIN,
        context=lambda: pages.begin_page(request.asker, form, at),
    )


@intake
def items(request: StaffRequest, number: str) -> HttpResponse:
    """Choose for whom, with whom, and what it is about."""
    page = _page(request, number, pages.ItemsPage)
    if page.done:
        return see_other("desk:counter-receipt", number)
    asked = request.POST if request.method == "POST" else request.GET
    text = "" if "all" in asked else asked.get("q", "").strip()[:40]
    if request.method != "POST":
        return render(request, page.template, page.context(page.form(text=text), text))
    form = page.form(request.POST, text=text)
    looking = urlencode({"q": text} if text else {}) if "search" in request.POST else None
    return answer(
        request,
        form,
        partial(commands.choose, by=request.asker, number=number, at=page.at),
        then=lambda sitting: page.next_url(sitting, looking),
        template=page.template,
        context=lambda: page.context(form, text),
    )


@intake
def questions(request: StaffRequest, number: str) -> HttpResponse:
    """Ask what all items ask, each thing once."""
    page = _page(request, number, pages.QuestionsPage)
    if page.done:
        return see_other("desk:counter-receipt", number)
    if request.method != "POST":
        return render(request, page.template, page.context(page.form()))
    form = page.form(request.POST)
    return _answered(
        request,
        page,
        form,
        partial(commands.note_given, by=request.asker, number=number, at=page.at),
        lambda _: page.next_url(),
    )


@intake
def entries(request: StaffRequest, number: str) -> HttpResponse:
    """Fill in the forms of all items as one; "for later" keeps it as far as it is."""
    page = _page(request, number, pages.FormPage)
    if page.done:
        return see_other("desk:counter-receipt", number)
    if request.method != "POST":
        return render(request, page.template, page.context(page.form()))
    later = "later" in request.POST
    form = page.form(request.POST, later=later)
    return _answered(
        request,
        page,
        form,
        partial(commands.note_given, by=request.asker, number=number, at=page.at),
        reverse("desk:counter") if later else page.url("papers"),
    )


@intake
def papers(request: StaffRequest, number: str) -> HttpResponse:
    """Say of each paper that its original was seen, take its scan in, or leave it missing."""
    page = _page(request, number, pages.PapersPage)
    if page.done:
        return see_other("desk:counter-receipt", number)
    if request.method != "POST":
        return render(request, page.template, page.context(page.form()))
    form = page.form(request.POST, request.FILES)
    command = partial(page.put, form)
    return _answered(request, page, form, command, page.url("check"))


@intake
def check(request: StaffRequest, number: str) -> HttpResponse:
    """Look everything over with the applicant, and take it in: all items or none, once."""
    page = _page(request, number, receiving.CheckPage)
    if page.done:
        return see_other("desk:counter-receipt", number)
    if request.method != "POST":
        return render(request, page.template, page.context(page.form()))
    form = page.form(request.POST)
    return _answered(
        request,
        page,
        form,
        partial(commands.hand_in_sitting, by=request.asker, number=number, at=page.at),
        page.url("receipt"),
    )


@intake
def receipt(request: StaffRequest, number: str) -> HttpResponse:
    """Show the one receipt; sent, accept everything that is complete."""
    page = _page(request, number, receiving.ReceiptPage)
    if not page.done:
        return see_other("desk:counter-items", number)
    if request.method != "POST":
        return render(request, page.template, page.context(page.form()))
    form = page.form(request.POST)
    return _answered(
        request,
        page,
        form,
        partial(commands.accept_complete, by=request.asker, number=number, at=page.at),
        page.url("receipt"),
    )


def _answered(request: StaffRequest, page: Any, form: Any, command: Callable[..., Any], then: Any) -> HttpResponse:
    """Carry out a page's command; on a no the same page again, with what was typed."""
    return answer(request, form, command, then=then, template=page.template, context=lambda: page.context(form))


@intake
@require_POST
def discard(request: StaffRequest, number: str) -> HttpResponse:
    """Throw an unfinished sitting away."""
    at = clock.now()
    blank = BeginForm(sites=pages.sites_of(request.asker), today=day_of(at))
    return answer(
        request,
        PlainForm(request.POST),
        partial(commands.discard_sitting, by=request.asker, number=number),
        then="desk:counter",
        template=BEGIN,
        context=lambda: pages.begin_page(request.asker, blank, at),
    )


def _page(request: StaffRequest, number: str, kind: Callable[..., Any]) -> Any:
    """Return the page of a sitting; a colleague's is not there."""
    try:
        return kind(request.asker, number, clock.now())
    except NotFound as error:
        raise Http404 from error
