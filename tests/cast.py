"""The named cast: who acts in the tests, entered by the commands that everyone is entered by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from onewindow.accounts import commands, gateways
from onewindow.accounts.rules import Resident, Staff

JOINED_AT = datetime(2024, 1, 2, 1, 0, tzinfo=UTC)
"""When the cast came: the first working day of 2024, 9 o'clock in Taiyuan."""

HALL, LANES = "14010001", "14010002"
"""Where the cast takes in: Taiyuan's combined hall, and its vehicle office's site."""

OFFICE, ORDER, HOUSEHOLD = "140100-vehicles", "140100-public-order", "140100-household"
"""The offices that decide there."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who asks, by the part they play."""

    applicant: Resident  # 李强
    second: Resident  # 刘洋, applies too
    outsider: Resident  # 陈晨, may see nothing
    admin: Staff  # 孙浩
    clerk: Staff  # 王芳: intake, check, deliver at HALL and LANES
    reviewer: Staff  # 何平: review, decide, make in OFFICE
    officer: Staff  # 郑凯: intake at HALL, checks on the spot
    partner: Staff  # 钱丽: checks on the spot too
    examiner: Staff  # 吴涛: review, decide, make in ORDER
    registrar: Staff  # 林静: review, decide, make in HOUSEHOLD
    head: Staff  # 周敏: head of OFFICE and ORDER, decides in ORDER
    supervisor: Staff  # 赵敏
    stranger: Staff  # 高峰: a clerk of another city
    editor: Staff  # 冯雪: proposes catalogue and calendar
    publisher: Staff  # 韩冰: publishes what another proposed


def enter(at: datetime = JOINED_AT) -> Cast:
    """Enter the cast into the test's database and return it."""
    people = gateways.read_cast(settings.DATA_DIR / "demo" / "cast.yaml")
    entered: dict[str, Any] = {**commands.enter_cast(cast=people, at=at)}
    return Cast(**entered)
