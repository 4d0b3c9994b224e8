"""A paper of a case, opened (查看材料): written down in the read log first, then shown so that it can do no harm."""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpResponse

from onewindow.accounts import commands as accounts
from onewindow.accounts.rules import Staff
from onewindow.cases import queries
from onewindow.core import files

WHY = "办理这件办件，核对材料"
_ENDINGS = {files.PNG: "png", files.JPEG: "jpg", files.PDF: "pdf"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A paper's bytes and what they are."""

    data: bytes = field(repr=False)
    kind: str
    paper: int


def opened(asker: Staff, number: str, paper: int, at: datetime) -> Opened:
    """Open a paper for one who may see the case; the applicant sees by whom and why.

    raises  NotFound
    """
    case, file = queries.case_for(asker, number), queries.file_for(asker, number, paper)
    accounts.note_reading(by=asker, person=case.person, what="paper", why=WHY, at=at, subject=number)
    if files.find(file).kind == files.PDF:
        return Opened(files.get(file), files.PDF, paper)
    return Opened(*files.shown(file), paper)


def answer(paper: Opened) -> HttpResponse:
    """Send it: a picture inline, a PDF as an attachment; neither may run, embed or fetch anything."""
    way = "attachment" if paper.kind == files.PDF else "inline"
    return HttpResponse(
        paper.data,
        content_type=paper.kind,
        headers={
            "Content-Disposition": f'{way}; filename="paper-{paper.paper}.{_ENDINGS[paper.kind]}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "no-store",
        },
    )
