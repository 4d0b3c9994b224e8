"""The board's ways (督办看板): each view asks one thing of a room and shows it; one alone writes, and no case."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from onewindow.accounts.doors import StaffRequest, staff
from onewindow.accounts.rules import Duty
from onewindow.board.forms import AgainForm
from onewindow.board.pages import house, late, places, waiting
from onewindow.cases import commands
from onewindow.core import clock
from onewindow.look.answer import answer


@staff(Duty.SUPERVISE)
@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """Show the lights of all open cases, by city, and what waits for somebody."""
    return render(request, "board/home.html", places.home(request.asker, clock.now()))


@staff(Duty.SUPERVISE)
@require_GET
def place(request: StaffRequest, where: str) -> HttpResponse:
    """Show the lights of a city, county, site or office."""
    return render(request, "board/place.html", places.place(request.asker, where, clock.now()))


@staff(Duty.SUPERVISE)
@require_GET
def cases(request: StaffRequest) -> HttpResponse:
    """List the cases behind a figure."""
    return render(request, "board/cases.html", late.cases(request.asker, request.GET, clock.now()))


@staff(Duty.SUPERVISE)
@require_GET
def overdue(request: StaffRequest) -> HttpResponse:
    """List the late cases: who has each, and what was done last."""
    return render(request, "board/overdue.html", late.overdue(request.asker, request.GET, clock.now()))


@staff(Duty.SUPERVISE)
@require_GET
def waits(request: StaffRequest, kind: str) -> HttpResponse:
    """List what waits for somebody, of one kind."""
    return render(request, "board/waits.html", waiting.waits(request.asker, kind, clock.now()))


@staff(Duty.SUPERVISE)
@require_GET
def calendar(request: StaffRequest) -> HttpResponse:
    """Show the years whose holiday notice is not loaded, and whom that touches."""
    return render(request, "board/calendar.html", house.calendar(request.asker, clock.now()))


@staff(Duty.SUPERVISE)
@require_GET
def catalogue(request: StaffRequest) -> HttpResponse:
    """Show what the catalogue lacks, item by item."""
    return render(request, "board/catalogue.html", house.catalogue(request.asker))


@staff(Duty.SUPERVISE, Duty.ADMIN)
@require_GET
def jobs(request: StaffRequest) -> HttpResponse:
    """List the jobs that were set aside."""
    return render(request, "board/jobs.html", house.jobs(request.asker, request.GET.get("after", "")))


@staff(Duty.SUPERVISE, Duty.ADMIN)
def again(request: StaffRequest, id: int) -> HttpResponse:
    """Give a job that was set aside its attempts again (死信重试)."""
    if request.method != "POST":
        return redirect("board:jobs")
    form = AgainForm(request.POST)
    return answer(
        request,
        form,
        partial(commands.try_again, id=id, by=request.asker, at=clock.now()),
        then="board:jobs",
        template="board/jobs.html",
        context=partial(house.jobs, request.asker),
    )
