"""Why the due date is that date (逐日说明): one row for each local day from the start to the due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from fractions import Fraction

from onewindow.calendars.rules.clocks import Clock, Reading, budget_of, gaps_of, half_open_day, needed, reading
from onewindow.calendars.rules.days import WorkCalendar
from onewindow.calendars.rules.hours import OpeningHours, midnight, open_time
from onewindow.calendars.rules.limits import LAW_45, REASON_WORDS, Limit, Pause, Unit
from onewindow.calendars.rules.notices import holiday_words
from onewindow.core.clock import SHANGHAI
from onewindow.core.words import Words

_ONE_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)
_LAW_START = "民法典 第201条"
_LAW_ROLL = "民法典 第203条"
_LAW_WEEKEND = "国务院关于职工工作时间的规定 第7条"
_LAW_WORKDAY = "行政许可法 第82条"


class Why(Enum):
    """The one reason why a day counts or does not; the first that applies."""

    START = "start"  # 起算日
    WEEKEND = "weekend"  # 双休日
    HOLIDAY = "holiday"  # 放假
    PAUSED = "paused"  # 中止
    MAKE_UP = "make_up"  # 调休上班日
    WORKDAY = "workday"  # 工作日
    DAY = "day"  # 自然日
    ROLLED = "rolled"  # 顺延
    HALF = "half"  # 半个工作日
    OPEN = "open"  # 办公时间
    CLOSED = "closed"  # 不办公
    HOURS = "hours"  # 小时


_WORDS = {
    Why.START: Words("起算当日，不计", "starting day, not counted"),
    Why.WEEKEND: Words("双休日，不计", "weekend, not counted"),
    Why.HOLIDAY: Words("{name}放假，不计（{law}）", "{name}, day off ({law}), not counted"),
    Why.PAUSED: Words("因{name}中止，不计（{law}）", "paused for {name} ({law}), not counted"),
    Why.MAKE_UP: Words("调休上班日，计第 {count} 天（{law}）", "make-up working day ({law}), counted: {count}"),
    Why.WORKDAY: Words("工作日，计第 {count} 天", "working day, counted: {count}"),
    Why.DAY: Words("自然日，计第 {count} 天", "natural day, counted: {count}"),
    Why.ROLLED: Words("最后一日由 {rolled_from}顺延至此（{law}）", "last day rolled from {rolled_from} ({law})"),
    Why.HALF: Words("半个工作日，办公 {minutes} 分钟", "half a working day: {minutes} opening minutes"),
    Why.OPEN: Words("办公时间计 {minutes} 分钟", "{minutes} opening minutes counted"),
    Why.CLOSED: Words("办公点不开放，不计", "site closed, not counted"),
    Why.HOURS: Words("计 {minutes} 分钟", "{minutes} minutes counted"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One local day of a clock.

    count        how much has been counted up to and with this day, in the reading's unit
    name         the holiday's name, or what the pause is for
    minutes      minutes counted, where hours are counted
    rolled_from  where natural days ended, on the day to which they rolled
    """

    on: date
    counted: bool
    why: Why
    law: str
    count: Fraction
    provisional: bool
    name: Words | None = None
    minutes: int = 0
    rolled_from: date | None = None


def explanation(
    clock: Clock, calendar: WorkCalendar, at: datetime, hours: OpeningHours | None = None
) -> tuple[Row, ...]:
    """Return one row for each local day from the start to the due, or to the day of `at` while paused (逐日说明).

    raises  as reading
    """
    read = reading(clock, calendar, at, hours)
    seen_at = at if clock.stopped_at is None else min(at, clock.stopped_at)
    today = seen_at.astimezone(SHANGHAI).date()
    started_on = clock.started_at.astimezone(SHANGHAI).date()
    last = read.due_on or max(today, started_on)
    if clock.limit.unit in (Unit.HOUR, Unit.OPENING_HOUR, Unit.SPOT) or clock.number < 1:
        return tuple(_hour_rows(clock, calendar, read, needed_hours(clock.limit, hours), started_on, last))
    return tuple(_day_rows(_Days(clock, calendar, today, hours, read), started_on, last))


def needed_hours(limit: Limit, hours: OpeningHours | None) -> OpeningHours | None:
    """Return the hours where the limit counts them; refuse where they are missing."""
    return None if limit.unit is Unit.HOUR else needed(hours)


@dataclass(frozen=True, slots=True)
class _Days:
    clock: Clock
    calendar: WorkCalendar
    today: date
    hours: OpeningHours | None
    read: Reading

    def pause(self, day: date) -> Pause | None:
        """The pause that the day lies in, the one begun first."""
        place = day.toordinal()
        for pause in sorted(self.clock.pauses, key=lambda each: each.start):
            if any(start <= place < end for start, end in gaps_of((pause,), self.today)):
                return pause
        return None


def _day_rows(days: _Days, started_on: date, last: date) -> Iterator[Row]:
    yield _row(days.calendar, started_on, False, Why.START, _LAW_START, Fraction(0))
    whole = days.read.number.numerator // days.read.number.denominator
    count, day = 0, started_on
    while day < last:
        day += _ONE_DAY
        if count == whole:
            yield _last_row(days, day, last)
            continue
        row = _natural_row(days, day, count) if days.read.unit is Unit.DAY else _working_row(days, day, count)
        count += row.counted
        yield row


def _working_row(days: _Days, day: date, count: int) -> Row:
    calendar = days.calendar
    if not calendar.counts(day):
        return _rest_row(calendar, day, Fraction(count))
    if pause := days.pause(day):
        return _pause_row(calendar, day, pause, Fraction(count))
    if day in calendar.work:
        return _row(calendar, day, True, Why.MAKE_UP, _notice(calendar, day), Fraction(count + 1))
    return _row(calendar, day, True, Why.WORKDAY, _law(days.clock, count) or _LAW_WORKDAY, Fraction(count + 1))


def _natural_row(days: _Days, day: date, count: int) -> Row:
    pauses = days.clock.limit.unit is Unit.DAY
    if pauses and (pause := days.pause(day)):
        return _pause_row(days.calendar, day, pause, Fraction(count))
    return _row(days.calendar, day, True, Why.DAY, _law(days.clock, count), Fraction(count + 1))


def _last_row(days: _Days, day: date, last: date) -> Row:
    """A day after all whole days are used: rolling to a working day, or waiting for the half of an open day."""
    calendar, read = days.calendar, days.read
    if day == last and read.due_on is not None:
        if read.unit is Unit.DAY:
            from_on = read.unrolled_on
            return Row(day, False, Why.ROLLED, _LAW_ROLL, read.number, calendar.is_provisional(day), None, 0, from_on)
        gaps = gaps_of(days.clock.pauses, days.today)
        opens_at, due_at = half_open_day(day - _ONE_DAY, calendar, needed(days.hours), gaps)
        minutes = open_time(needed(days.hours), calendar, opens_at, due_at) // timedelta(minutes=1)
        law = days.clock.limit.law
        return Row(day, True, Why.HALF, law, read.number, calendar.is_provisional(day), None, minutes)
    count = Fraction(read.number.numerator // read.number.denominator)
    if not calendar.counts(day):
        return _rest_row(calendar, day, count)
    if pause := days.pause(day):
        return _pause_row(calendar, day, pause, count)
    return _row(calendar, day, False, Why.CLOSED, "", count)


def _hour_rows(
    clock: Clock, calendar: WorkCalendar, read: Reading, hours: OpeningHours | None, started_on: date, last: date
) -> Iterator[Row]:
    """Hours by the wall's clock, opening hours, half a working day, and on the spot: here the starting day counts."""
    if read.due_at is None:
        raise AssertionError("clocks in hours are never paused")
    budget = budget_of(clock, calendar, hours) if read.number else None
    passed, day = timedelta(), started_on
    while day <= last:
        since, until = max(midnight(day), clock.started_at), min(midnight(day + _ONE_DAY), read.due_at)
        part = open_time(hours, calendar, since, until) if hours else max(until - since, timedelta())
        passed += part
        count = read.number * Fraction(passed // _MOMENT, budget // _MOMENT) if budget else Fraction(0)
        yield _hour_row(clock.limit, calendar, day, part, count, hours is None)
        day += _ONE_DAY


def _hour_row(limit: Limit, calendar: WorkCalendar, day: date, part: timedelta, count: Fraction, by_wall: bool) -> Row:
    if part:
        why = Why.HOURS if by_wall else Why.HALF if limit.unit is Unit.WORKDAY else Why.OPEN
        minutes = part // timedelta(minutes=1)
        return Row(day, True, why, limit.law, count, calendar.is_provisional(day), None, minutes)
    if not calendar.counts(day):
        return _rest_row(calendar, day, count)
    return _row(calendar, day, False, Why.CLOSED, "", count)


def _rest_row(calendar: WorkCalendar, day: date, count: Fraction) -> Row:
    if day in calendar.rest:
        mark = calendar.marks.get(day)
        name = holiday_words(mark.name) if mark else Words("节假日", "holiday")
        return Row(day, False, Why.HOLIDAY, _notice(calendar, day), count, calendar.is_provisional(day), name)
    return _row(calendar, day, False, Why.WEEKEND, _LAW_WEEKEND, count)


def _pause_row(calendar: WorkCalendar, day: date, pause: Pause, count: Fraction) -> Row:
    name = REASON_WORDS[pause.reason] if pause.reason else Words("特别程序", "a special procedure")
    return Row(day, False, Why.PAUSED, pause.law or LAW_45, count, calendar.is_provisional(day), name)


def _row(calendar: WorkCalendar, day: date, counted: bool, why: Why, law: str, count: Fraction) -> Row:
    return Row(day, counted, why, law, count, calendar.is_provisional(day))


def _notice(calendar: WorkCalendar, day: date) -> str:
    mark = calendar.marks.get(day)
    return mark.notice if mark else ""


def _law(clock: Clock, count: int) -> str:
    if clock.extension is not None and count >= clock.limit.number:
        return clock.extension.law or clock.limit.law
    return clock.limit.law


def row_words(row: Row) -> Words:
    """Return the row's reason as a sentence (计或不计的理由)."""
    rolled_from = day_words(row.rolled_from) if row.rolled_from else Words("", "")
    count = _short(row.count)
    return _WORDS[row.why].fill(
        name=row.name or Words("", ""), law=row.law, count=count, minutes=row.minutes, rolled_from=rolled_from
    )


def day_words(day: date) -> Words:
    """Return the date with its weekday, as it is said to people."""
    weekday = day.weekday()
    return Words(
        f"{day.month}月{day.day}日（周{'一二三四五六日'[weekday]}）",
        f"{('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[weekday]} {day.day} {_MONTHS[day.month - 1]} {day.year}",
    )


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def sentence(rows: Sequence[Row]) -> Words:
    """Return the sentence that stands above the rows, made from them (时限说明)."""
    first, last = rows[0], rows[-1]
    out = sum(row.why in (Why.WEEKEND, Why.HOLIDAY, Why.CLOSED) for row in rows)
    paused = sum(row.why is Why.PAUSED for row in rows)
    zh, en = [f"{day_words(first.on).zh}起算"], [f"counted from {day_words(first.on).en}"]
    if out:
        zh.append(f"休息 {out} 天不计")
        en.append(f"{out} day{'s' * (out > 1)} off left out")
    if paused:
        zh.append(f"中止 {paused} 天不计")
        en.append(f"{paused} paused day{'s' * (paused > 1)} left out")
    if last.why is Why.ROLLED and last.rolled_from:
        zh.append(f"最后一日由 {day_words(last.rolled_from).zh}顺延")
        en.append(f"last day rolled from {day_words(last.rolled_from).en}")
    zh.append(f"至 {day_words(last.on).zh}" + ("，暂定" if any(row.provisional for row in rows) else ""))
    en.append(f"to {day_words(last.on).en}" + (", provisional" if any(row.provisional for row in rows) else ""))
    return Words("，".join(zh), ", ".join(en))


def _short(number: Fraction) -> str:
    return f"{float(number):.2f}".rstrip("0").rstrip(".")
