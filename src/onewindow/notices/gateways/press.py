"""The press (排版): sets a document on A4 pages with typst, as PDF/A-2b, the same bytes for the same document.

The data go in as JSON and are text there, never markup; the template can read no file and no package. A text for which
no font has a glyph is refused by the PDF/A export, so that no letter goes out with a box in place of a name.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from onewindow.core.errors import Away

TEMPLATE, COPY = (Path(__file__).with_name(name) for name in ("letter.typ", "copy.typ"))
SERIF = ("FangSong_GB2312", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC")
SANS = ("FZXiaoBiaoSong-B05S", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC")


class NoFont(Away):
    """No font for Chinese is installed: no letter is made (Debian: fonts-noto-cjk, or set ONEWINDOW_FONTS)."""


class PressFault(Away):
    """The document could not be set; the message names no text of it."""


class Press:
    """A compiler that is kept, with the fonts it found; one document at a time.

    fonts     a folder of fonts that alone are used; without one those of the machine are
    template  letter.typ, or copy.typ for a person's copy of their data
    """

    def __init__(self, fonts: Path | None = None, template: Path = TEMPLATE) -> None:
        folders = [str(fonts)] if fonts else []
        found = typst.Fonts(include_system_fonts=fonts is None, include_embedded_fonts=False, font_paths=folders)
        families = set(found.families())
        body = [name for name in SERIF if name in families]
        bold = [name for name in SANS if name in families]
        if not body and not bold:
            raise NoFont
        self._fonts = {"body": [*body, *bold], "bold": [*bold, *body]}
        source = template.read_bytes()
        self.edition = hashlib.sha256(source + version("typst").encode()).hexdigest()[:12]
        """What the pages depend on besides the document: template and typst."""
        self._compiler = typst.Compiler(
            input=template, root=template.parent, font_paths=found, ignore_system_fonts=True
        )
        self._lock = threading.Lock()

    def pdf(self, document: Mapping[str, Any], *, archival: bool = True) -> bytes:
        """Return the document as PDF/A-2b.

        archival  False: a plain PDF, which shows a sign that no font has as a box instead of stopping
        raises    PressFault
        """
        year, month, day = document["issued_on"]
        issued_at = datetime(year, month, day, tzinfo=UTC)
        standard = {"pdf_standards": "a-2b"} if archival else {}
        pdf: bytes = self._set(document, format="pdf", timestamp=issued_at, **standard)
        return pdf

    def pictures(self, document: Mapping[str, Any], *, ppi: int = 80) -> list[bytes]:
        """Return the document's pages as PNG, to be looked at.

        raises  PressFault
        """
        pages = self._set(document, format="png", ppi=ppi)
        return pages if isinstance(pages, list) else [pages]

    def _set(self, document: Mapping[str, Any], **options: Any) -> Any:
        data = json.dumps({**document, "fonts": self._fonts}, ensure_ascii=False, sort_keys=True)
        with self._lock:
            try:
                return self._compiler.compile(sys_inputs={"document": data}, **options)
            except typst.TypstError as error:
                # Its message may quote a name; what is kept of it is only which kind it is.
                reason = "no font has a glyph" if "could not be displayed" in error.message else "typst"
                raise PressFault(reason) from None


@cache
def press() -> Press:
    """Return this process's press, made at the first letter.

    raises  NoFont; asked again after fonts were installed, it looks again
    """
    return Press(settings.FONTS_DIR)


@cache
def copy_press() -> Press:
    """Return this process's press for copies of a person's data, made at the first.

    raises  NoFont
    """
    return Press(settings.FONTS_DIR, COPY)
