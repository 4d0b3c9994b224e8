"""The words that go with an act (意见、理由): trimmed, not too long, there where law or the office needs them."""

from __future__ import annotations

from onewindow.core.errors import Refusal

REMARK_LENGTH = 1000


def remark_of(text: str, *, needed: bool = False) -> str:
    """Return the remark as it is kept.

    raises  Refusal case.remark.missing, case.remark.long
    """
    text = text.strip()
    if needed and not text:
        raise Refusal("case.remark.missing", fields={"remark": "case.remark.missing"})
    if len(text) > REMARK_LENGTH:
        raise Refusal("case.remark.long", most=REMARK_LENGTH, fields={"remark": "case.remark.long"})
    return text
