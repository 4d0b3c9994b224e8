"""The ways in (登录方式): which of them are connected here, and the mark of the browser that asks for a code."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from onewindow.accounts.doors import next_of
from onewindow.accounts.gateways import provider
from onewindow.core import installation
from onewindow.portal.pages import personas
from onewindow.portal.signing import PhoneForm

MARK, MARK_PATH, MARK_SECONDS = "sign_in", "/sign-in", 3600


def page(request: HttpRequest) -> dict[str, Any]:
    """Return what the sign-in page shows."""
    demo, needs_name = installation.is_demo(), request.GET.get("level") == "2"
    return {
        **(personas.page() if demo else {}),
        "next": next_of(request, ""),
        "for_staff": request.GET.get("for") == "staff",
        "needs_name": needs_name,
        "by_phone": PhoneForm() if has_phone() and not needs_name else None,
        "by_name": with_next("portal:name", request) if provider() else "",
        "hide_sign_in": True,
    }


def with_next(name: str, request: HttpRequest) -> str:
    """Return the address of a route, with the page to which the sign-in leads back."""
    leads = next_of(request, "")
    return resolve_url(name) + (f"?{urlencode({'next': leads})}" if leads else "")


def has_phone() -> bool:
    """Say whether codes reach phones here: by a gateway, or in a demo by the terminal."""
    return installation.is_demo() or bool(settings.SMS_URL)


def mark_of(request: HttpRequest) -> str:
    """Return the secret by which this browser is told from others that ask for a code to the same phone."""
    mark = request.COOKIES.get(MARK, "")
    return mark if 24 <= len(mark) <= 64 else ""


def marked(request: HttpRequest, response: HttpResponse, mark: str = "") -> HttpResponse:
    """Give the browser its mark before it asks, so that asking twice at once is asking once."""
    if not mark_of(request):
        secure = request.is_secure()
        response.set_cookie(
            MARK,
            mark or secrets.token_urlsafe(24),
            max_age=MARK_SECONDS,
            path=MARK_PATH,
            httponly=True,
            samesite="Lax",
            secure=secure,
        )
    return response


def unmarked(response: HttpResponse) -> HttpResponse:
    """Take the mark from the browser: its code is used."""
    response.delete_cookie(MARK, path=MARK_PATH, samesite="Lax")
    return response
