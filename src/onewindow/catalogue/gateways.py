"""The catalogue as files (事项目录文件): YAML that an editor can read; read before anything is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from onewindow.core.documents import read_yaml
from onewindow.core.errors import Refusal


@dataclass(frozen=True, slots=True)
class Files:
    """What stands in a catalogue's folder: items by the name of their file, dictionaries by theirs."""

    items: Mapping[str, Any]
    dictionary: Mapping[str, Any]


def read(folder: Path) -> Files:
    """Return a catalogue's files as plain values (读取事项目录).

    raises  Refusal catalogue.missing, catalogue.yaml
    """
    found = sorted((folder / "items").glob("*.yaml"))
    if not found:
        raise Refusal("catalogue.missing", path=str(folder))
    return Files(
        {path.stem: _load(path) for path in found},
        {path.stem: _load(path) for path in sorted((folder / "dictionary").glob("*.yaml"))},
    )


def _load(path: Path) -> Any:
    try:
        return read_yaml(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise Refusal("catalogue.yaml", file=path.name, fault=" ".join(str(fault).split())) from fault
