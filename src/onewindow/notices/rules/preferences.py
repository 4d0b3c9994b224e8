"""Which messages also go to the phone (通知偏好): kinds of acts, each on until the person puts it off.

The inbox has every message whatever is chosen: what law makes the house tell is told there (行政许可法 §32, §42, §45).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from onewindow.core.words import Words


class Told(NamedTuple):
    """A kind of message: its name, what it is for, and the acts that it tells of."""

    name: Words
    says: Words
    acts: frozenset[str]


def _acts(words: str) -> frozenset[str]:
    return frozenset(f"case.{word}" for word in words.split())


KINDS: Mapping[str, Told] = {
    "todo": Told(
        Words("轮到您做的", "What is up to you"),
        Words("补正告知、可以要求听证", "correction notices, the offer of a hearing"),
        _acts("send_back offer_hearing"),
    ),
    "result": Told(
        Words("结果", "Results"),
        Words(
            "决定、不予受理、证件做好、送达、办结、更正、撤销",
            "decisions, non-acceptance, documents made and delivered, corrections, revocation",
        ),
        _acts("approve refuse decline lapse make deliver conclude withdraw rectify reopen revoke"),
    ),
    "dates": Told(
        Words("日期有变", "Changed dates"),
        Words("暂停、恢复、延期、放假后重新算", "pauses, extensions, dates counted again after a holiday notice"),
        _acts("pause resume extend redate"),
    ),
    "progress": Told(
        Words("进度", "Progress"),
        Words("收到、受理、补正收到、当场更正、查验、审查", "received, accepted, mended, checked, under review"),
        _acts("submit accept supplement mend check review"),
    ),
}


def kind_of(act: str) -> str:
    """Return the kind of message that tells of the act, "" for one that is told without a choice."""
    return next((key for key, told in KINDS.items() if act in told.acts), "")
