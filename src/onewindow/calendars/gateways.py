"""The way to the files of the calendars (data/calendars): read, not judged."""

from __future__ import annotations

from pathlib import Path

from onewindow.calendars.rules import Notice, parse_notice, parse_statutory
from onewindow.core.errors import Refusal

MOST_BYTES = 200_000


def read_file(path: Path, year: int) -> Notice:
    """Read one year's file (放假通知文件): .csv holds the days off by law, all else is a notice's text.

    raises  Refusal calendar.file; calendar.notice.*
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Refusal("calendar.file", file=path.name) from None
    if len(data) > MOST_BYTES:
        raise Refusal("calendar.file", file=path.name)
    return parse_statutory(text, year) if path.suffix == ".csv" else parse_notice(text, year)


def read_folder(folder: Path) -> tuple[Notice, ...]:
    """Read all years of the folder, one file a year: 2026.txt, or 2027.csv while its notice is not out.

    raises  Refusal calendar.file; calendar.notice.*
    """
    found = {int(path.stem): path for suffix in ("csv", "txt") for path in folder.glob(f"[12][0-9][0-9][0-9].{suffix}")}
    if not found:
        raise Refusal("calendar.file", file=folder.name)
    return tuple(read_file(path, year) for year, path in sorted(found.items()))
