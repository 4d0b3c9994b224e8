"""How sure a row is (信心标记): S seen in a text, K known and not seen, U unsure, D our own or a demo value."""

from onewindow.core.words import Words

NOTHING = Words("", "")
UNCONFIRMED = Words("尚未确认", "not yet confirmed")


def is_confirmed(mark: str) -> bool:
    """Say whether a value may be shown as real: it was seen in a text, or is known in the trade (信心标记)."""
    return mark in ("S", "K")
