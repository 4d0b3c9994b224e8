"""A paper or a letter of a case, opened (查看材料、文书): written into the read log, then shown."""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpResponse

from onewindow.accounts import commands as accounts
from onewindow.accounts.rules import Staff
from onewindow.cases import commands, queries
from onewindow.core import files
from onewindow.look.answer import as_file

WHY, LETTER = "办理这件办件，核对材料", "办理这件办件，取文书"
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
    name = f"paper-{paper.paper}.{_ENDINGS[paper.kind]}"
    return as_file(paper.data, paper.kind, name, inline=paper.kind != files.PDF)


def letter(asker: Staff, number: str, sheet: tuple[int, str, str], at: datetime) -> HttpResponse:
    """Send a letter of the case, issued now where its job has not brought it; the applicant sees by whom and why.

    sheet   the act's place, the letter's kind, its language
    raises  NotFound
    """
    seq, kind, language = sheet
    data = commands.letter_file(number=number, seq=seq, kind=kind, language=language, by=asker, at=at)
    note_letter(asker, number, at)
    return as_file(data, files.PDF, f"{number}-{seq}-{kind}-{language}.pdf")


def note_letter(asker: Staff, number: str, at: datetime) -> None:
    """Write down that a letter of the case is opened.

    raises  NotFound
    """
    case = queries.case_for(asker, number)
    accounts.note_reading(by=asker, person=case.person, what="letter", why=LETTER, at=at, subject=number)
