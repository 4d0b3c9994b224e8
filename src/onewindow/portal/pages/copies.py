"""One's own paper, shown again (材料副本): never the original inline, only a fresh copy; a PDF as an attachment."""

from __future__ import annotations

import io

from django.http import HttpResponse
from PIL import Image

from onewindow.accounts.rules import Resident
from onewindow.cases import queries
from onewindow.core import files
from onewindow.look.answer import as_file

THUMB = (360, 360)
_ENDINGS = {files.PNG: "png", files.JPEG: "jpg"}


def of_case(asker: Resident, number: str, paper: int) -> str:
    """Return the id of the file behind a paper of the asker's own case.

    raises  NotFound
    """
    return queries.file_for(asker, number, paper)


def answer(file: str, *, small: bool) -> HttpResponse:
    """Send it: a picture as a fresh copy, a PDF as an attachment.

    raises  NotFound
    """
    kind = files.find(file).kind
    if kind == files.PDF:
        return as_file(files.get(file), kind, "paper.pdf")
    data, kind = files.shown(file)
    if small:
        data, kind = _small(data), files.JPEG
    return as_file(data, kind, f"paper.{_ENDINGS[kind]}", inline=True)


def _small(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        image.thumbnail(THUMB)
        out = io.BytesIO()
        image.convert("RGB").save(out, format="JPEG", quality=80)
    return out.getvalue()
