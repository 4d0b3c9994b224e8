"""What an uploaded file really is (上传检查): judged by its content alone, whole, before it is kept.

Taken are PNG, JPEG and PDF. This keeps out mistakes and the known disguises; what is shown to anyone is in any case a
fresh copy of the picture, and a PDF leaves only as an attachment (core/files.py).
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image

from onewindow.core.errors import Refusal

PNG, JPEG, PDF = "image/png", "image/jpeg", "application/pdf"
MAX_BYTES, MOST = 10 * 1024 * 1024, "10 MB"
MAX_PIXELS = 40_000_000
# A PDF's compressed objects: looked into up to this size each; more is no form that a person fills in.
MAX_OBJECTS = 16 * 1024 * 1024

# What the decoder would warn of is refused here or does no harm to a copy.
warnings.filterwarnings("ignore", module=r"PIL\.")

_SUFFIXES = {".png": PNG, ".jpg": JPEG, ".jpeg": JPEG, ".jpe": JPEG, ".jfif": JPEG, ".pdf": PDF}
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
# In a JPEG's compressed part 0xFF is followed by 0x00, a restart mark or more 0xFF; anything else is a marker.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|GoToE|SubmitForm|ImportData|XFA)(?![A-Za-z0-9])")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")


def examine(name: str, data: bytes) -> str:
    """Return the file's real kind: image/png, image/jpeg or application/pdf.

    name    as the person's machine called it; a suffix must not lie
    raises  Refusal file.empty, file.too_large, file.kind, file.lying, file.polyglot, file.broken, file.pixels,
            file.active (a PDF that can do things), file.locked (a PDF that cannot be looked into)
    """
    if not data:
        raise Refusal("file.empty")
    if len(data) > MAX_BYTES:
        raise Refusal("file.too_large", most=MOST)
    kind, claimed = _kind(data), _SUFFIXES.get(_suffix(name))
    if not kind and not claimed:
        raise Refusal("file.kind")
    if kind != claimed and (claimed or _suffix(name)):
        raise Refusal("file.lying", suffix=_suffix(name))
    _EXAMINERS[kind](data)
    if _holds_archive(data):
        raise Refusal("file.polyglot")
    return kind


def picture(data: bytes, kind: str) -> Image.Image:
    """Decode the picture whole.

    raises  Refusal file.broken, file.pixels
    """
    try:
        image = Image.open(io.BytesIO(data), formats=(kind.removeprefix("image/").upper(),))
        if image.width * image.height > MAX_PIXELS:
            raise Refusal("file.pixels", most=MAX_PIXELS)
        image.load()
    except Refusal:
        raise
    except Image.DecompressionBombError as error:
        raise Refusal("file.pixels", most=MAX_PIXELS) from error
    except Exception as error:  # a decoder fed with bytes made to break it may raise anything
        raise Refusal("file.broken") from error
    return image


def _suffix(name: str) -> str:
    """Return what stands as a suffix, small; a date or a Chinese word behind a dot is none."""
    found = re.search(r"\.[a-z][a-z0-9]{1,9}$", name.strip().lower())
    return found.group() if found else ""


def _kind(data: bytes) -> str:
    """Tell the kind by the first bytes; one that begins later is a disguise."""
    if data.startswith(_PNG_HEAD):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"%PDF-"):
        return PDF
    if b"%PDF-" in data[:1024]:  # where readers still look for it
        raise Refusal("file.polyglot")
    return ""


def _png(data: bytes) -> None:
    """Walk the chunks: each whole, the end at the end."""
    at, name = len(_PNG_HEAD), b""
    while name != b"IEND":
        if at + 12 > len(data):
            raise Refusal("file.broken")
        length, name = struct.unpack_from(">I4s", data, at)
        if at == len(_PNG_HEAD) and name != b"IHDR":
            raise Refusal("file.broken")
        at += 12 + length
    if at > len(data):
        raise Refusal("file.broken")
    if data[at:].strip(b"\0"):
        raise Refusal("file.polyglot")
    picture(data, PNG)


def _jpeg(data: bytes) -> None:
    """Walk the segments to the end of the picture; behind it only the further pictures that it announces."""
    end, announced = _jpeg_end(data, 0)
    while announced and data.startswith(b"\xff\xd8\xff", end):
        end, _ = _jpeg_end(data, end)
    if data[end:].strip(b"\0"):
        raise Refusal("file.polyglot")
    picture(data, JPEG)


def _jpeg_end(data: bytes, start: int) -> tuple[int, bool]:
    """Return where the picture ends and whether it announces more (multi-picture format, as many phones write it)."""
    at, announced = start + 2, False
    while found := _MARKER.search(data, at):
        marker, at = data[found.start() + 1], found.end()
        if marker == 0xD9:
            return at, announced
        if marker == 0x01:
            continue
        if at + 2 > len(data):
            break
        announced = announced or (marker == 0xE2 and data[at + 2 : at + 6] == b"MPF\0")
        at += int.from_bytes(data[at : at + 2], "big")
    raise Refusal("file.broken")


def _pdf(data: bytes) -> None:
    """Look at a PDF from its header to its end: no second file in or behind it, nothing that acts by itself."""
    end = data.rfind(b"%%EOF")
    if end < 0 or b"startxref" not in data:
        raise Refusal("file.broken")
    if data[end + 5 :].strip(b"\0\t\n\f\r "):
        raise Refusal("file.polyglot")
    plain = _spelled_out(data)
    if re.search(rb"/Encrypt(?![A-Za-z0-9])", plain):
        raise Refusal("file.locked")
    for part in (plain, *_objects(data)):
        if found := _ACTIVE.search(part):
            raise Refusal("file.active", found=found.group()[1:].decode())


def _spelled_out(data: bytes) -> bytes:
    """Undo the #xx by which a PDF may write any letter of a name."""
    return _HEX.sub(lambda found: bytes([int(found[1], 16)]), data)


def _objects(data: bytes) -> Iterator[bytes]:
    """Yield what the compressed object streams hold: names may stand there unseen."""
    for found in _STREAM.finditer(data):
        around = _spelled_out(data[max(0, found.start() - 4096) : found.start()])
        head = around[around.rfind(b"endobj") + 1 :]
        if b"/ObjStm" not in head or b"/Filter" not in head:
            continue
        unpacking = zlib.decompressobj()
        try:
            inside = unpacking.decompress(data[found.end() :], MAX_OBJECTS)
        except zlib.error as error:
            raise Refusal("file.locked") from error  # packed in a way that we do not open
        if unpacking.unconsumed_tail and not unpacking.eof:
            raise Refusal("file.locked")
        yield _spelled_out(inside)


def _holds_archive(data: bytes) -> bool:
    """Say whether the file can also be opened as a zip archive, wherever that stands in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return bool(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
        return False


_EXAMINERS = {PNG: _png, JPEG: _jpeg, PDF: _pdf}
