"""Coming in and going out (登录), the reader's language, type size and place."""

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from onewindow.accounts import commands, queries
from onewindow.accounts.doors import AskedRequest, address_of, next_of, public
from onewindow.accounts.doors import sign_in as enter
from onewindow.accounts.doors import sign_out as leave
from onewindow.accounts.rules import Staff
from onewindow.core import clock, installation
from onewindow.look.answer import answer, see_other
from onewindow.look.masks import mask_name
from onewindow.portal.forms import ChooseForm, SignInForm
from onewindow.portal.pages import personas, ways
from onewindow.portal.signing import EnrolForm, StaffSignInForm

ONE_YEAR = 365 * 24 * 3600


@public
def sign_in(request: AskedRequest) -> HttpResponse:
    """Show the ways in that are connected here, in a demo also whom one may be."""
    template, page = "portal/sign_in.html", ways.page(request)
    if request.method == "POST":
        return answer(
            request,
            SignInForm(request.POST),
            partial(_enter, request),
            then=lambda home: next_of(request, home),
            template=template,
            context=page,
        )
    return ways.marked(request, render(request, template, page))


def _enter(request: HttpRequest, *, who: str) -> str:
    """Begin the session of a demo persona and return where it begins."""
    if not installation.is_demo():
        raise Http404
    persona = personas.find(who, clock.day_of(clock.now()))
    enter(request, persona.asker)
    request.session["shown_name"] = mask_name(persona.name)
    return persona.home


@public
def staff_sign_in(request: AskedRequest) -> HttpResponse:
    """Sign in as staff, by login, password and the authenticator's code."""
    template, page = "portal/staff_sign_in.html", {"next": next_of(request, ""), "hide_sign_in": True}
    if request.method == "POST":
        return answer(
            request,
            StaffSignInForm(request.POST),
            partial(_enter_staff, request, commands.sign_in_staff, address=address_of(request)),
            then=lambda home: next_of(request, home),
            template=template,
            context=page,
        )
    return render(request, template, {**page, "form": StaffSignInForm()})


@public
def enrol(request: AskedRequest, link: str) -> HttpResponse:
    """Set password and authenticator by a link that an administrator sent; the page behind it names only the login."""
    template = "portal/enrol.html"
    page = {"enrolment": queries.enrolment(link, clock.now()), "hide_sign_in": True}
    if request.method == "POST":
        return answer(
            request,
            EnrolForm(request.POST),
            partial(_enter_staff, request, commands.enrol, link=link),
            then=lambda home: home,
            template=template,
            context=page,
        )
    return render(request, template, {**page, "form": EnrolForm()})


def _enter_staff(request: HttpRequest, command: Callable[..., Staff], **told: str) -> str:
    """Begin the session of whom the command lets in and return where it begins."""
    enter(request, command(**told, at=clock.now()))
    return personas.STAFF_HOME


@public
def sign_out(request: AskedRequest) -> HttpResponse:
    """End the session; nothing that was saved is lost."""
    if request.method == "POST":
        leave(request)
    return see_other("portal:home")


@public
@require_POST
def choose(request: AskedRequest) -> HttpResponse:
    """Remember the reader's language, type size or place in a cookie and go back to the page."""
    form = ChooseForm(request.POST)
    response = see_other(next_of(request))
    if form.is_valid():
        for name, value in form.cookies():
            response.set_cookie(
                name, value, max_age=ONE_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
            )
    return response
