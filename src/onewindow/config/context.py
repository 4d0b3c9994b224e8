"""What every page's template gets: who asks, the language, whether this is a demo."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from onewindow.core import installation


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the names that base templates read."""
    return {
        "asker": getattr(request, "asker", None),
        "demo": installation.is_demo(),
        "language": "en" if get_language() == "en" else "zh",
        "elder": request.COOKIES.get("elder") == "1",
    }
