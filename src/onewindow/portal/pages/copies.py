"""One's own paper, shown again (材料副本): never the original inline, only a fresh copy; a PDF as an attachment."""

from __future__ import annotations

import io

from django.http import HttpResponse
from PIL import Image

from onewindow.accounts.rules import Resident
from onewindow.cases import queries
from onewindow.core import files

THUMB = (360, 360)
_ENDINGS = {files.PNG: "png", files.JPEG: "jpg", files.PDF: "pdf"}


def of_case(asker: Resident, number: str, paper: int) -> str:
    """Return the id of the file behind a paper of the asker's own case.

    raises  NotFound
    """
    return queries.file_for(asker, number, paper)


def answer(file: str, *, small: bool) -> HttpResponse:
    """Send it so that it can do no harm: it may not run, embed or fetch anything.

    raises  NotFound
    """
    kind = files.find(file).kind
    if kind == files.PDF:
        return _sent(files.get(file), kind, "attachment")
    data, kind = files.shown(file)
    return _sent(_small(data) if small else data, files.JPEG if small else kind, "inline")


def _sent(data: bytes, kind: str, way: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=kind,
        headers={
            "Content-Disposition": f'{way}; filename="paper.{_ENDINGS[kind]}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "no-store",
        },
    )


def _small(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        image.thumbnail(THUMB)
        out = io.BytesIO()
        image.convert("RGB").save(out, format="JPEG", quality=80)
    return out.getvalue()
