"""The way to the files of a province (data/places): read, not judged."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import yaml

from onewindow.core.documents import read_yaml
from onewindow.core.errors import Refusal
from onewindow.places.rules import Books


def read(folder: Path) -> Books:
    """Read a province's files (区划站点数据): CSV with `#` lines above the head, and YAML.

    raises  Refusal places.data
    """
    return Books(
        divisions=_table(folder / "divisions.csv"),
        townships=_table(folder / "townships.csv"),
        issued_codes=_table(folder / "issued_codes.csv"),
        sites=_table(folder / "sites.csv"),
        offices=_document(folder / "offices.yaml"),
        site_kinds=_document(folder / "site_kinds.yaml"),
    )


def _table(path: Path) -> list[dict[str, str]]:
    lines = [line for line in _text(path).splitlines() if line and not line.startswith("#")]
    rows = list(csv.DictReader(lines, strict=True))
    for row in rows:
        if None in row or None in row.values():
            raise Refusal("places.data", file=path.name, row=next(iter(row.values())), fault="too few or many columns")
    return rows


def _document(path: Path) -> dict[str, Any]:
    try:
        found = read_yaml(_text(path))
    except yaml.YAMLError as error:
        raise Refusal("places.data", file=path.name, row="", fault=str(error)) from error
    if not isinstance(found, dict):
        raise Refusal("places.data", file=path.name, row="", fault="no mapping")
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("places.data", file=path.name, row="", fault=str(error)) from error
