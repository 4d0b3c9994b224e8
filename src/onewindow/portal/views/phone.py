"""Coming in by a code to one's phone (手机验证码登录): ask for it, type it, ask for another."""

import secrets
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from onewindow.accounts import commands, queries
from onewindow.accounts.doors import AskedRequest, address_of, next_of, public
from onewindow.accounts.doors import sign_in as enter
from onewindow.core import clock, installation
from onewindow.look.answer import answer, see_other
from onewindow.look.masks import mask_phone
from onewindow.portal.pages import personas, ways
from onewindow.portal.signing import BareForm, CodeForm, PhoneForm

TEMPLATE = "portal/code.html"


@public
@require_POST
def phone(request: AskedRequest) -> HttpResponse:
    """Have a code sent to the phone."""
    mark = ways.mark_of(_connected(request)) or secrets.token_urlsafe(24)
    page = ways.page(request)
    response = answer(
        request,
        PhoneForm(request.POST),
        partial(commands.ask_code, handle=mark, address=address_of(request), at=clock.now()),
        then=lambda _: ways.with_next("portal:code", request),
        template="portal/sign_in.html",
        context=page,
    )
    return ways.marked(request, response, mark)


@public
def code(request: AskedRequest) -> HttpResponse:
    """Type the code; a right one begins the session."""
    if request.method != "POST":
        page = _page(request)
        return render(request, TEMPLATE, page) if page["sent"] else see_other("portal:sign-in")
    response = answer(
        request,
        CodeForm(request.POST),
        partial(_enter, request),
        then=lambda home: next_of(request, home),
        template=TEMPLATE,
        context=lambda: _page(request),
    )
    return ways.unmarked(response) if response.status_code == 303 else response


@public
@require_POST
def again(request: AskedRequest) -> HttpResponse:
    """Have another code sent to the same phone."""
    return answer(
        request,
        BareForm(request.POST),
        partial(commands.ask_code_again, handle=ways.mark_of(request), address=address_of(request), at=clock.now()),
        then=lambda _: ways.with_next("portal:code", request),
        template=TEMPLATE,
        context=lambda: _page(request),
    )


def _enter(request: HttpRequest, *, code: str) -> str:
    """Begin the session of whose phone it is and return where it begins."""
    mark, at = ways.mark_of(request), clock.now()
    sent = queries.code_sent(mark, at)
    enter(request, commands.sign_in_by_code(handle=mark, code=code, at=at))
    request.session["shown_name"] = mask_phone(sent.phone) if sent else ""
    return personas.RESIDENT_HOME


def _page(request: HttpRequest) -> dict[str, object]:
    return {
        "sent": queries.code_sent(ways.mark_of(request), clock.now()),
        "code_form": CodeForm(),
        "next": next_of(request, ""),
        "terminal": installation.is_demo(),
        "hide_sign_in": True,
    }


def _connected(request: HttpRequest) -> HttpRequest:
    if not ways.has_phone():
        raise Http404
    return request
