"""Codes to a phone (短信验证码): how long one is good, how many there may be, and how it reads."""

from __future__ import annotations

from datetime import datetime, timedelta

from onewindow.core.words import Words

CODE_GOOD_FOR = timedelta(minutes=5)
AGAIN_AFTER = timedelta(seconds=60)
CODE_TRIES = 5
CODE_WINDOW = timedelta(hours=1)
CODES_BY_PHONE, CODES_BY_ADDRESS = 5, 20
"""In one window. Together with the tries: at most 25 guesses an hour at one phone's codes, of a million."""

_TEXT = Words(
    "登录验证码 {code}，{minutes} 分钟内有效，不要告诉任何人。",
    "OneWindow code {code}, good for {minutes} minutes. Tell nobody.",
)


def code_of_digest(digest: str) -> str:
    """Return the six digits that a keyed digest stands for (验证码)."""
    return f"{int(digest[:16], 16) % 1_000_000:06d}"


def code_text(code: str) -> str:
    """Return the text that goes to the phone, in both languages, for nobody knows yet who reads it (短信内容)."""
    words = _TEXT.fill(code=code, minutes=int(CODE_GOOD_FOR.total_seconds()) // 60)
    return f"{words.zh}{words.en}"


def wait_for_next(asked: list[datetime], most: int, at: datetime) -> timedelta:
    """Return how long until one more may be asked for: none while there were fewer than `most` in the last hour.

    asked  when those of the last hour were asked for, the latest first
    """
    return timedelta(0) if len(asked) < most else max(asked[most - 1] + CODE_WINDOW - at, timedelta(0))
