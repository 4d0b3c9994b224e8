"""What the tests of people start from."""

from pathlib import Path

_DATA = Path(__file__).parents[2] / "data"


def lines_of(name: str) -> list[str]:
    """Return the lines of a file under data/."""
    return (_DATA / name).read_text(encoding="utf-8").splitlines()
