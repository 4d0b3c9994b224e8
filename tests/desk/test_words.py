"""What the list says of a day, and what of a value may stand on a page."""

from datetime import date

import pytest

from onewindow.calendars.rules import Unit, WorkCalendar
from onewindow.core.words import Words
from onewindow.look.dates import days_left_words

OCTOBER = frozenset(date(2026, 10, day) for day in range(1, 8))
CALENDAR = WorkCalendar(
    announced=frozenset({2026}), rest=OCTOBER, work=frozenset({date(2026, 9, 20), date(2026, 10, 10)})
)


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2026, 9, 30), Words("今天到期", "due today")),
        (date(2026, 10, 8), Words("还剩 1 个工作日", "1 working day left")),
        (date(2026, 10, 10), Words("还剩 3 个工作日", "3 working days left")),  # a Saturday that is worked
        (date(2026, 10, 4), Words("还剩 4 天", "4 days left")),  # all of them off
        (date(2026, 9, 29), Words("超 1 个工作日", "1 working day over")),
    ],
)
def test_left(due_on: date, words: Words) -> None:
    assert days_left_words(due_on, date(2026, 9, 30), CALENDAR) == words


def test_what_runs_in_hours_is_over_in_plain_days_as_its_clock_says() -> None:
    due_on, today = date(2026, 9, 24), date(2026, 9, 30)
    assert days_left_words(due_on, today, CALENDAR, Unit.OPENING_HOUR) == Words("超 6 天", "6 days over")
    assert days_left_words(due_on, today, CALENDAR) == Words("超 4 个工作日", "4 working days over")


def test_over_a_day_off() -> None:
    assert days_left_words(date(2026, 10, 1), date(2026, 10, 3), CALENDAR) == Words("超 2 天", "2 days over")
