"""From a form to a command to a page (应答): the one place in faces where a Refusal is caught."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url

from onewindow.core.errors import NotFound, Refusal
from onewindow.core.language import here
from onewindow.look import refusals
from onewindow.look.forms import OnceForm, PlainForm

Page = Mapping[str, Any] | Callable[[], Mapping[str, Any]]


def answer(
    request: HttpRequest,
    form: PlainForm,
    command: Callable[..., Any],
    *,
    then: str | Callable[[Any], str],
    template: str,
    context: Page | None = None,
) -> HttpResponse:
    """Carry out a form's command and go on to `then`; on a no show the same page again with all that was typed.

    command   called with the form's `inputs()` as keywords; what else it needs is bound by `partial`
    then      address, name of a route, or what makes the address from the command's outcome
    context   of the page that is shown again; a callable is asked only then, so that it sees the latest state
    raises    Http404 for what is not there or not this asker's
    """
    outcome, refused = _carried_out(request, form, command, template, context)
    return refused or see_other(then if isinstance(then, str) else then(outcome))


def reveal(
    request: HttpRequest,
    form: PlainForm,
    command: Callable[..., Any],
    *,
    template: str,
    context: Callable[..., Mapping[str, Any]],
) -> HttpResponse:
    """Carry out a form's command and show what it opened on the page, this once; on a no the page as `answer` does.

    context   called with the command's outcome, or with nothing on a no
    raises    Http404 for what is not there or not this asker's
    """
    outcome, refused = _carried_out(request, form, command, template, context)
    return refused or render(request, template, {**context(outcome)})


def _carried_out(
    request: HttpRequest, form: PlainForm, command: Callable[..., Any], template: str, context: Page | None
) -> tuple[Any, HttpResponse | None]:
    """The command's outcome, or else the page that says no."""
    if not form.is_valid():
        return None, _again(request, form, template, context, 422)
    try:
        return command(**form.inputs()), None
    except NotFound as error:
        raise Http404 from error
    except Refusal as refusal:
        put(form, refusal)
        return None, _again(request, form, template, context, refusals.status_of(refusal.code))


def see_other(to: str, *args: Any) -> HttpResponse:
    """Redirect with 303, so that going back or reloading sends nothing a second time."""
    response = HttpResponseRedirect(to if to.startswith("/") else resolve_url(to, *args))
    response.status_code = 303
    return response


def put(form: PlainForm, refusal: Refusal) -> None:
    """Put a no beside the fields it is about (its fact `fields`: name → code or Refusal), else at the top."""
    fields = refusal.facts.get("fields")
    faulty = fields if isinstance(fields, Mapping) else {}
    for name, fault in faulty.items():
        inner = fault if isinstance(fault, Refusal) else Refusal(str(fault))
        form.put(str(name), here(refusals.say(inner)))
    if not faulty:
        form.add_error(None, here(refusals.say(refusal)))
    if isinstance(form, OnceForm):
        _let_go_on(form, refusal)


def _let_go_on(form: OnceForm, refusal: Refusal) -> None:
    """After a conflict the page shows the new state: a second sending is a decision on that, under a key of its own."""
    if refusal.code == "once.reused":
        form.show_again(once=str(form.initial["once"]))
    elif refusals.status_of(refusal.code) == 409 and "version" in refusal.facts:
        form.show_again(version=str(refusal.facts["version"]))


def _again(request: HttpRequest, form: PlainForm, template: str, context: Page | None, status: int) -> HttpResponse:
    page = context() if callable(context) else context or {}
    return render(request, template, {**page, "form": form}, status=status)


def as_file(data: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    """Send a kept file so that it can do no harm: it may not run, embed or fetch anything, and nobody stores it.

    kind  its content type
    """
    return HttpResponse(
        data,
        content_type=kind,
        headers={
            "Content-Disposition": f'{"inline" if inline else "attachment"}; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "no-store",
        },
    )
