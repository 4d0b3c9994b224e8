"""What every request passes: headers that keep the page closed, the reader's language, and who is asking."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from onewindow.accounts import doors
from onewindow.catalogue.queries import steady
from onewindow.core.errors import NotFound

Handler = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def headers(handle: Handler) -> Handler:
    """Send the headers that forbid foreign scripts, frames and referrers; pages of a person are never stored."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = handle(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def language(handle: Handler) -> Handler:
    """Speak the language that the reader chose, else Chinese; the browser's own wish counts only for English."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get("language") or request.headers.get("Accept-Language", "")[:2]
        code = "en" if chosen == "en" else "zh-hans"
        with translation.override(code):
            response = handle(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware


def asker(handle: Handler) -> Handler:
    """Put who asks on the request, so that every view gets it from one place; what they may not know of is missing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        doors.put_asker(request)
        with steady():  # a page shows one edition of the catalogue, asked for once
            return handle(request)

    def missing(request: HttpRequest, error: Exception) -> None:
        if isinstance(error, NotFound):
            raise Http404 from error

    middleware.process_exception = missing  # type: ignore[attr-defined]  # Django asks the handler for it
    return middleware
