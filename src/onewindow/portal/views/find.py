"""Finding what to do (找事项): the first page, the search, all items, one item's guide."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onewindow.accounts.doors import AskedRequest, public
from onewindow.core import clock
from onewindow.look import styleguide as styles
from onewindow.portal.pages import finding, guide
from onewindow.portal.pages.places import place_of


@public
@require_safe
def home(request: AskedRequest) -> HttpResponse:
    """Ask what one wants to do; show one's own cases, the items asked for most, the sites of one's city."""
    return render(request, "portal/home.html", finding.home(request.asker, place_of(request.COOKIES), clock.now()))


@public
@require_safe
def find(request: AskedRequest) -> HttpResponse:
    """Show the items behind the words."""
    return render(request, "portal/find.html", finding.found(request.GET.get("q", "")))


@public
@require_safe
def items(request: AskedRequest) -> HttpResponse:
    """List every item, by theme or by department."""
    return render(request, "portal/items.html", finding.every(by=request.GET.get("by", "")))


@public
@require_safe
def item(request: AskedRequest, code: str) -> HttpResponse:
    """Show the guide of an item; of one that is closed only that it is."""
    page = guide.context(code, place_of(request.COOKIES), clock.now())
    closed = page["item"].closed
    return render(request, f"portal/{'closed' if closed else 'item'}.html", page, status=404 if closed else 200)


@public
@require_safe
def accessibility(request: AskedRequest) -> HttpResponse:
    """Say what these pages do for everyone, and what they do not do yet."""
    return render(request, "portal/accessibility.html")


@public
@require_safe
def styleguide(request: AskedRequest) -> HttpResponse:
    """Show every component of the look."""
    return render(request, "look/styleguide.html", styles.page())
