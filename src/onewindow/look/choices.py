"""What a reader chose for all pages (阅读偏好): language and elder version, kept in cookies, without JavaScript."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from onewindow.look.answer import see_other

_YEAR_SECONDS = 365 * 24 * 3600


def choose(request: HttpRequest) -> HttpResponse:
    """Keep what the bar's buttons posted and go back to the page they stood on.

    The face routes it at /choose as a public POST; `look/choose.html` has the buttons.
    """
    onward = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts=None, require_https=False):
        onward = "/"
    response = see_other(onward)
    if language := request.POST.get("language"):
        _keep(response, "language", "en" if language == "en" else "zh")
    if elder := request.POST.get("elder"):
        _keep(response, "elder", "1" if elder == "1" else "0")
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=_YEAR_SECONDS, samesite="Lax", httponly=True)
