"""Dates, times and limits in the reader's words (日期的说法): a weekday with every date, a unit with every number."""

from datetime import date, datetime
from fractions import Fraction

from onewindow.calendars.rules import Light, Limit, Reading, Unit, WorkCalendar
from onewindow.core.clock import local
from onewindow.core.words import Words

WEEKDAYS = (
    Words("周一", "Mon"),
    Words("周二", "Tue"),
    Words("周三", "Wed"),
    Words("周四", "Thu"),
    Words("周五", "Fri"),
    Words("周六", "Sat"),
    Words("周日", "Sun"),
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MAKE_UP = Words("调休上班日", "make-up working day")
PROVISIONAL = Words("暂定", "provisional")


def date_words(day: date, calendar: WorkCalendar | None = None, *, today: date | None = None) -> Words:
    """Say a date with its weekday (日期): 10月12日（周六，调休上班日）, Sat 12 Oct (make-up working day).

    calendar  adds that the day is worked in exchange (调休上班日), or may still move (暂定)
    today     leaves the year out if it is this one's; without it the year is left out too
    """
    weekday = WEEKDAYS[day.weekday()]
    remarks = _remarks(day, calendar)
    year = "" if today is None or today.year == day.year else str(day.year)
    zh = f"{year + '年' if year else ''}{day.month}月{day.day}日（{'，'.join([weekday.zh, *(r.zh for r in remarks)])}）"
    en = f"{weekday.en} {day.day} {MONTHS[day.month - 1]}{' ' + year if year else ''}"
    return Words(zh, f"{en} ({', '.join(r.en for r in remarks)})" if remarks else en)


def _remarks(day: date, calendar: WorkCalendar | None) -> list[Words]:
    if calendar is None:
        return []
    remarks = [MAKE_UP] if day in calendar.work else []
    return [*remarks, PROVISIONAL] if calendar.is_provisional(day) else remarks


def long_date_words(day: date) -> Words:
    """Say a date with its year, as on a document: 2026年10月12日, 12 October is short there too: 12 Oct 2026."""
    return Words(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {MONTHS[day.month - 1]} {day.year}")


def short_date_words(day: date) -> Words:
    """Say a date in a narrow cell: 10月12日 周六, Sat 12 Oct."""
    weekday = WEEKDAYS[day.weekday()]
    return Words(f"{day.month}月{day.day}日 {weekday.zh}", f"{weekday.en} {day.day} {MONTHS[day.month - 1]}")


def span_words(first: date, last: date) -> Words:
    """Say a run of days: 9月16–18日, 9月28日–10月2日, 16–18 Sep; one day alone has its weekday."""
    if first == last:
        return short_date_words(first)
    months = MONTHS[first.month - 1], MONTHS[last.month - 1]
    if (first.year, first.month) == (last.year, last.month):
        return Words(f"{first.month}月{first.day}–{last.day}日", f"{first.day}–{last.day} {months[0]}")
    return Words(
        f"{first.month}月{first.day}日–{last.month}月{last.day}日",
        f"{first.day} {months[0]} – {last.day} {months[1]}",
    )


def time_words(at: datetime) -> Words:
    """Say an instant by the office's clock (时间): 9月29日 周二 8:30, Tue 29 Sep, 8:30."""
    there = local(at)
    day = short_date_words(there.date())
    clock = f"{there.hour}:{there.minute:02}"
    return Words(f"{day.zh} {clock}", f"{day.en}, {clock}")


def clock_words(at: datetime) -> Words:
    """Say the time of day alone by the office's clock: 8:30."""
    there = local(at)
    return Words(*[f"{there.hour}:{there.minute:02}"] * 2)


_UNITS = {
    Unit.WORKDAY: (Words("个工作日", "working day"), "s"),
    Unit.DAY: (Words("天", "day"), "s"),
    Unit.OPENING_HOUR: (Words("个办公小时", "opening hour"), "s"),
    Unit.HOUR: (Words("小时", "hour"), "s"),
    Unit.MONTH: (Words("个月", "month"), "s"),
    Unit.YEAR: (Words("年", "year"), "s"),
}
ON_THE_SPOT = Words("当场", "on the spot")


def amount_words(number: Fraction | float | int, unit: Unit) -> Words:
    """Say a number of time with its unit (时长): 2 个工作日, 2 working days; half a working day (半个工作日)."""
    if unit is Unit.SPOT:
        return ON_THE_SPOT
    name, plural = _UNITS[unit]
    if number == Fraction(1, 2) and unit is Unit.WORKDAY:
        return Words("半个工作日", "half a working day")
    if unit in (Unit.HOUR, Unit.OPENING_HOUR) and number % 1:
        return _hours_and_minutes(number, unit)
    said = f"{float(number):.6g}"
    return Words(f"{said} {name.zh}", f"{said} {name.en}{'' if number == 1 else plural}")


def _hours_and_minutes(number: Fraction | float, unit: Unit) -> Words:
    hours, minutes = divmod(int(number * 60), 60)
    names = Words("办公小时", "opening h") if unit is Unit.OPENING_HOUR else Words("小时", "h")
    if not hours:
        return Words(f"{minutes} 分钟", f"{minutes} min")
    return Words(f"{hours} {names.zh} {minutes} 分钟", f"{hours} {names.en} {minutes} min")


def limit_words(limit: Limit) -> Words:
    """Say how long a limit is (时限); where the law gives no number, in its own words."""
    return limit.text if limit.unit is Unit.BEFORE else amount_words(limit.number, limit.unit)


def left_words(reading: Reading) -> Words:
    """Say what is left of a clock, or by how much it is over (余时): 还剩 3 个工作日, 超 4 天; a pause is said."""
    if reading.light is Light.DONE:
        used = amount_words(reading.used, reading.unit)
        return Words(f"用了 {used.zh}", f"took {used.en}") if reading.used else Words("当天就办了", "done the same day")
    if reading.late:
        return _over_words(reading.late_days, reading.unit)
    if reading.unit is Unit.SPOT or not reading.left:
        return _last_words(reading)
    left = amount_words(reading.left, reading.unit)
    if reading.paused:
        return Words(f"暂停，还剩 {left.zh}", f"paused, {left.en} left")
    return Words(f"还剩 {left.zh}", f"{left.en} left")


def days_left_words(due_on: date, today: date, calendar: WorkCalendar, unit: Unit = Unit.WORKDAY) -> Words:
    """Say on a list how far off a day is (余时): in the clock's days, plain ones where no working day lies between.

    What is over is told in working days only where the clock counts them, as on the case's page.
    """
    if due_on == today:
        return Words("今天到期", "due today")
    over, (first, last) = due_on < today, sorted((due_on, today))
    working = calendar.working_days(date.fromordinal(first.toordinal() + 1), last)
    plain = unit in (Unit.DAY, Unit.MONTH, Unit.YEAR) or (over and unit is not Unit.WORKDAY) or not working
    amount = amount_words((last - first).days, Unit.DAY) if plain else amount_words(working, Unit.WORKDAY)
    return (Words("超 {count}", "{count} over") if over else Words("还剩 {count}", "{count} left")).fill(count=amount)


def _over_words(late_days: int, unit: Unit) -> Words:
    if not late_days:  # late, but no day that counts has passed since
        return Words("已超时", "overdue")
    over = amount_words(late_days, unit if unit is Unit.WORKDAY else Unit.DAY)
    return Words(f"超 {over.zh}", f"{over.en} over")


def _last_words(reading: Reading) -> Words:
    """The last day or hours: nothing is left to count, the clock on the wall decides."""
    if reading.unit.in_days or reading.due_at is None:
        return Words("今天到期", "due today")
    until = clock_words(reading.due_at)
    return Words(f"最晚 {until.zh}", f"by {until.en}")
