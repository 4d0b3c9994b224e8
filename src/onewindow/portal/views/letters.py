"""Letters (文书): one's own to keep, and the check of one that somebody shows."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from onewindow.accounts.doors import AskedRequest, ResidentRequest, public, resident
from onewindow.cases import commands
from onewindow.core import clock, files
from onewindow.look.answer import as_file
from onewindow.portal.pages import case as case_page
from onewindow.portal.pages import letters as page


@resident()
@require_safe
def letter(request: ResidentRequest, number: str, seq: int, kind: str, language: str) -> HttpResponse:
    """Give a letter of one's own case, the very file that was issued; it is issued now where its job has not yet."""
    data = commands.letter_file(number=number, seq=seq, kind=kind, language=language, by=request.asker, at=clock.now())
    return as_file(data, files.PDF, f"{number}-{seq}-{kind}-{language}.pdf")


@resident()
@require_safe
def letter_page(request: ResidentRequest, number: str, seq: int, kind: str, language: str) -> HttpResponse:
    """Show a letter of one's own case, to read and to print."""
    return render(request, "portal/letter.html", case_page.letter_page(request.asker, number, seq, kind, language))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: AskedRequest) -> HttpResponse:
    """Say whether a letter with this check code was issued here, and whether a file is that letter; keep nothing."""
    if request.method != "POST":
        return render(request, "portal/verify.html", page.checked(request.GET.get("code", "")))
    upload = request.FILES.get("file")
    data = upload.read() if upload and (upload.size or 0) <= files.MAX_BYTES else None
    return render(request, "portal/verify.html", page.checked(request.POST.get("code", ""), data))
