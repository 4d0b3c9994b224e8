"""The desk's ways for money (收费): the fee of a case, and the day's end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from onewindow.accounts.doors import StaffRequest, staff
from onewindow.accounts.rules import Duty
from onewindow.core import clock
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound
from onewindow.desk.fee_forms import (
    CloseForm,
    CountForm,
    DayForm,
    FeeForm,
    RefundForm,
    ReopenForm,
    TakeForm,
    TillForm,
    VoidForm,
    WaiveForm,
)
from onewindow.desk.pages import fees as pages
from onewindow.look.answer import answer
from onewindow.payments import commands, queries

CHARGE, DAY_END = "desk/charge.html", "desk/fees.html"
counter = staff(Duty.INTAKE, Duty.DELIVER)


@counter
@require_GET
def fees(request: StaffRequest) -> HttpResponse:
    """Show the day-end list of a site: the clerk's first and today unless the address names others."""
    at = clock.now()
    site, day = DayForm(request.GET).chosen(queries.sites_of(request.asker), day_of(at))
    try:
        return render(request, DAY_END, pages.day_end(request.asker, site, day, at))
    except NotFound as error:
        raise Http404 from error


@counter
@require_GET
def charge(request: StaffRequest, number: str) -> HttpResponse:
    """Show one charge: what is owed, what may be done, what was done."""
    try:
        return render(request, CHARGE, pages.charge_page(request.asker, number))
    except NotFound as error:
        raise Http404 from error


@counter
def take(request: StaffRequest, number: str) -> HttpResponse:
    """Take the fee."""
    return _act(request, number, TakeForm, commands.take)


@counter
def count(request: StaffRequest, number: str) -> HttpResponse:
    """Set how many of each line there are."""
    found = queries.charge_of(number)
    form = partial(CountForm, lines=found.lines if found and queries.stands_at(request.asker, found.site) else ())
    return _act(request, number, form, commands.count)


@counter
def waive(request: StaffRequest, number: str) -> HttpResponse:
    """Let the fee go, by a law."""
    return _act(request, number, WaiveForm, commands.waive)


@counter
def void(request: StaffRequest, number: str) -> HttpResponse:
    """Undo a wrong taking or waiver."""
    return _act(request, number, VoidForm, commands.void)


@counter
def refund(request: StaffRequest, number: str) -> HttpResponse:
    """Give a fee back for good."""
    return _act(request, number, RefundForm, commands.refund)


@counter
def close(request: StaffRequest) -> HttpResponse:
    """Close a clerk's day."""
    return _till(request, CloseForm, commands.close_day)


@counter
def reopen(request: StaffRequest) -> HttpResponse:
    """Open a closed day again."""
    return _till(request, ReopenForm, commands.reopen_day)


def _act(
    request: StaffRequest, number: str, form_type: Callable[..., FeeForm], command: Callable[..., Any]
) -> HttpResponse:
    if request.method != "POST":
        return redirect("desk:fee", number)
    form = form_type(request.POST)
    return answer(
        request,
        form,
        partial(command, subject=number, by=request.asker, at=clock.now()),
        then=lambda _: reverse("desk:fee", args=[number]),
        template=CHARGE,
        context=partial(_again, pages.charge_page, request.asker, number, form),
    )


def _till(request: StaffRequest, form_type: type[TillForm], command: Callable[..., Any]) -> HttpResponse:
    if request.method != "POST":
        return redirect("desk:fees")
    form, at = form_type(request.POST), clock.now()
    site, day = DayForm(request.POST).chosen(queries.sites_of(request.asker), day_of(at))
    return answer(
        request,
        form,
        partial(command, by=request.asker, at=at),
        then=lambda _: f"{reverse('desk:fees')}?site={site}&day={day}",
        template=DAY_END,
        context=partial(_again, pages.day_end, request.asker, site, day, at, form),
    )


def _again(page: Callable[..., dict[str, Any]], *told: Any) -> dict[str, Any]:
    """Return the page that is shown again; one that is not this asker's is not there."""
    try:
        return page(*told)
    except NotFound as error:
        raise Http404 from error
