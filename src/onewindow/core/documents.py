"""Data that people edit (数据文件): YAML, read by the safe loader; by the one in C where it is, for it is faster."""

from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:
    """Return what a YAML document says, as plain values.

    raises  yaml.YAMLError
    """
    return yaml.load(text, Loader=_LOADER)  # noqa: S506  # _LOADER is a safe loader, either of the two
