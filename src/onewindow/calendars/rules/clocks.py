"""A clock read at an instant (时限计时): due, used, left, light. Nothing ticks: all is computed when it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from onewindow.calendars.rules.days import (
    EVERY_DAY,
    FOREVER,
    Gaps,
    Line,
    WorkCalendar,
    advance,
    elapsed,
    later,
    months_later,
    roll,
    tell_by,
    union,
)
from onewindow.calendars.rules.hours import (
    OpeningHours,
    after_open,
    closing,
    closing_of,
    day_end,
    half_day,
    midnight,
    open_time,
    openings,
)
from onewindow.calendars.rules.limits import Extension, Kind, Limit, Pause, Unit
from onewindow.core.clock import SHANGHAI
from onewindow.core.errors import Refusal

_HALF = Fraction(1, 2)
_HOUR = timedelta(hours=1)
_MOMENT = timedelta(microseconds=1)


class Light(Enum):
    """How urgent a clock is (红黄灯), the least urgent first."""

    DONE = "done"  # 已办结
    HOLD = "hold"  # 暂停
    OK = "ok"  # 正常
    WARN = "warn"  # 将到期
    LATE = "late"  # 承诺超时
    VOID = "void"  # 法定超时


@dataclass(frozen=True, slots=True)
class Clock:
    """One limit running on one case, with the acts that touch it (计时).

    started_at  the instant of the starting act; its local day is not counted
    pauses      in any order; they may overlap
    extension   the one that was granted; None: not extended
    stopped_at  the instant of the act that ended it
    told_on     the due day that was told before the calendar changed
    """

    limit: Limit
    started_at: datetime
    pauses: tuple[Pause, ...] = ()
    extension: Extension | None = None
    stopped_at: datetime | None = None
    told_on: date | None = None

    @property
    def number(self) -> Fraction:
        """How much there is in all: the limit's number, lengthened if an extension was granted."""
        if self.extension is None:
            return self.limit.number
        return Fraction(self.extension.to) if self.extension.to else self.limit.number + self.extension.by


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock says at an instant.

    number             how much there is in all, in `unit`; used + left = number
    unit               of number, used and left: the limit's, but natural days for months and years
    due_at             last instant in time, as printed; None while paused
    unrolled_on        where natural days ended before they rolled to a working day (顺延)
    yellow_on          first local day on which the light is yellow
    late_days          days past the judged day: working days for a limit in working days, else natural days
    provisional        a notice that is not out yet may move the date (暂定)
    if_resumed_due_on  while paused: the due day if the clock runs again from tomorrow
    told_on            the day told before the calendar changed; judged_on: the later of both, by which it is late
    """

    limit: Limit
    number: Fraction
    used: Fraction
    left: Fraction
    unit: Unit
    due_on: date | None
    due_at: datetime | None
    unrolled_on: date | None
    yellow_on: date | None
    light: Light
    late: bool
    late_days: int
    provisional: bool
    paused: bool
    if_resumed_due_on: date | None
    told_on: date | None
    judged_on: date | None


class _Course(NamedTuple):
    """How far a clock has come and where it ends; the due is None in an open pause."""

    number: Fraction
    used: Fraction
    unit: Unit
    due_at: datetime | None
    unrolled_on: date | None
    yellow_at: datetime | None
    since: date  # first day whose counting the due date hangs on
    ends: datetime | None  # the first instant that is late


def reading(clock: Clock, calendar: WorkCalendar, at: datetime, hours: OpeningHours | None = None) -> Reading:
    """Return what the clock says at the instant (时限读数).

    hours   of the deciding office's site; needed for opening hours, half days and on the spot
    raises  Refusal calendar.unknown, calendar.hours_needed, calendar.never_open, calendar.no_due
    law     民法典 §201–203; 行政许可法 §42, §45, §82
    """
    seen_at = at if clock.stopped_at is None or at < clock.stopped_at else clock.stopped_at
    seen_at = seen_at.astimezone(SHANGHAI)  # instants in one zone are compared quickly
    today = seen_at.date()
    course = _course(clock, calendar, seen_at, hours, gaps_of(clock.pauses, today))
    due_on = course.due_at.date() if course.due_at else None
    resumed_on = None
    if due_on is None:
        resumed_on = _due_day(_course(clock, calendar, seen_at, hours, gaps_of(clock.pauses, today, resumed=True)))
    last = due_on or resumed_on
    started_on = clock.started_at.astimezone(SHANGHAI).date()
    if last is not None and course.unit is not Unit.HOUR:
        calendar.require(started_on, last)
    judged_on = later(clock.told_on, due_on)
    late = course.ends is not None and seen_at >= course.ends and (judged_on == due_on or _after(today, judged_on))
    return Reading(
        limit=clock.limit,
        number=course.number,
        used=course.used,
        left=course.number - course.used,
        unit=course.unit,
        due_on=due_on,
        due_at=course.due_at,
        unrolled_on=course.unrolled_on,
        yellow_on=course.yellow_at.date() if course.yellow_at else None,
        light=_light(clock, course, at, late),
        late=late,
        late_days=_late_days(clock.limit.unit, calendar, judged_on, today) if late else 0,
        provisional=last is not None
        and course.unit is not Unit.HOUR
        and calendar.provisional_in(min(course.since, last), last),
        paused=due_on is None,
        if_resumed_due_on=resumed_on,
        told_on=clock.told_on,
        judged_on=judged_on,
    )


def gaps_of(pauses: Sequence[Pause], today: date, resumed: bool = False) -> Gaps:
    """Return the paused days as of today: a pause that today lies in is open, whatever end it is expected to have.

    resumed  as if an open pause ended tomorrow
    """
    if not pauses:
        return ()
    day = today.toordinal()
    spans = []
    for pause in pauses:
        start = pause.start.toordinal()
        end = FOREVER if pause.end is None else pause.end.toordinal()
        if start <= day < end:
            end = day + 1 if resumed else FOREVER
        spans.append((start, end))
    return union(spans)


def _course(clock: Clock, calendar: WorkCalendar, at: datetime, hours: OpeningHours | None, gaps: Gaps) -> _Course:
    unit, number = clock.limit.unit, clock.number
    if unit is Unit.DAY or (unit is Unit.WORKDAY and number >= 1):
        course = _in_days(clock, calendar, at, hours, gaps)
    elif unit in (Unit.MONTH, Unit.YEAR):
        course = _in_months(clock, calendar, at)
    elif unit is Unit.HOUR:
        course = _in_hours(clock, at)
    elif unit is Unit.BEFORE:
        raise Refusal("calendar.no_due")
    else:
        course = _in_opening_hours(clock, calendar, at, needed(hours))
    if clock.limit.kind is Kind.OWN and hours is not None:
        return _at_the_counter(course, calendar, hours)
    return course


def _at_the_counter(course: _Course, calendar: WorkCalendar, hours: OpeningHours) -> _Course:
    """A person's own last day ends when the site closes (民法典 §203); a day on which it stays shut ends at 24:00."""
    if course.due_at is None or course.ends != midnight(course.due_at.date()) + timedelta(days=1):
        return course
    if not hours.spans(course.due_at.date(), calendar):
        return course
    closes_at = closing_of(hours, calendar, course.due_at.date())
    return course._replace(due_at=closes_at, ends=closes_at + _MOMENT)


def needed(hours: OpeningHours | None) -> OpeningHours:
    """Return the hours; refuse where a limit cannot be counted without them."""
    if hours is None:
        raise Refusal("calendar.hours_needed")
    return hours


def _in_days(clock: Clock, calendar: WorkCalendar, at: datetime, hours: OpeningHours | None, gaps: Gaps) -> _Course:
    """Working or natural days; N.5 working days are N, then half of the next open day."""
    number, unit = clock.number, clock.limit.unit
    line: Line = calendar if unit is Unit.WORKDAY else EVERY_DAY
    started_on = clock.started_at.astimezone(SHANGHAI).date()
    start, day = started_on.toordinal(), at.astimezone(SHANGHAI).toordinal()
    whole = number.numerator // number.denominator
    end = advance(line, start, whole, gaps)
    used = Fraction(elapsed(line, start, day if end is None else min(day, end), gaps))
    due = roll(end, calendar, gaps) if end is not None and unit is Unit.DAY else end
    since = date.fromordinal(end if unit is Unit.DAY and end is not None else start + 1)
    if end is None or due is None:
        return _Course(number, used, unit, None, None, None, since, None)
    due_on = date.fromordinal(due)
    due_at, ends = day_end(due_on), midnight(due_on) + timedelta(days=1)
    early = whole - number.numerator // (5 * number.denominator)
    if number.denominator != 1:
        opens_at, due_at = half_open_day(due_on, calendar, needed(hours), gaps)
        used += _HALF * _share(needed(hours), calendar, opens_at, due_at, at)
        early, ends = early + 1, due_at + _MOMENT
    yellow = advance(line, start, early, gaps) if early <= whole else None
    yellow_at = midnight(due_at.date() if yellow is None or yellow > due else date.fromordinal(yellow))
    unrolled_on = date.fromordinal(end) if unit is Unit.DAY and end != due else None
    return _Course(number, used, unit, due_at, unrolled_on, yellow_at, since, ends)


def half_open_day(after: date, calendar: WorkCalendar, hours: OpeningHours, gaps: Gaps) -> tuple[datetime, datetime]:
    """Return the opening and the middle of the next open day that is not paused (半个工作日)."""
    for opens_at, _ in openings(hours, calendar, midnight(after) + timedelta(days=1)):
        day = opens_at.toordinal()
        if not any(start <= day < end for start, end in gaps):
            return opens_at, after_open(hours, calendar, opens_at, half_day(hours, calendar, opens_at.date()))
    raise AssertionError("openings never end without a refusal")


def _share(hours: OpeningHours, calendar: WorkCalendar, since: datetime, due_at: datetime, at: datetime) -> Fraction:
    """The part of the open time in [since, due_at) that has passed at the instant."""
    whole = open_time(hours, calendar, since, due_at)
    return Fraction(open_time(hours, calendar, since, min(at, due_at)) // _MOMENT, whole // _MOMENT)


def _in_months(clock: Clock, calendar: WorkCalendar, at: datetime) -> _Course:
    """Months and years (民法典 §202), for a person's own duties; used and left are natural days, without pauses."""
    months = int(clock.number) * (12 if clock.limit.unit is Unit.YEAR else 1)
    started_on = clock.started_at.astimezone(SHANGHAI).date()
    end_on = months_later(started_on, months)
    due = roll(end_on.toordinal(), calendar, ())
    due_on = date.fromordinal(due) if due is not None else end_on
    number = (end_on - started_on).days
    used = min(max((at.astimezone(SHANGHAI).date() - started_on).days, 0), number)
    yellow_at = midnight(started_on + timedelta(days=number - number // 5))
    unrolled_on = end_on if end_on != due_on else None
    ends = midnight(due_on) + timedelta(days=1)
    return _Course(Fraction(number), Fraction(used), Unit.DAY, day_end(due_on), unrolled_on, yellow_at, end_on, ends)


def _in_hours(clock: Clock, at: datetime) -> _Course:
    """Hours by the clock on the wall (小时): night and holidays run too."""
    started_at = clock.started_at.astimezone(SHANGHAI)
    budget = _hours(clock.number)
    due_at = started_at + budget
    used = Fraction(max(min(at, due_at) - started_at, timedelta()) // _MOMENT, _HOUR // _MOMENT)
    return _hour_course(Unit.HOUR, clock.number, used, started_at, due_at, started_at + budget * 4 / 5)


def _in_opening_hours(clock: Clock, calendar: WorkCalendar, at: datetime, hours: OpeningHours) -> _Course:
    """Opening hours, half a working day, and on the spot: the starting day counts, breaks do not, no pause."""
    started_at, unit, number = clock.started_at.astimezone(SHANGHAI), clock.limit.unit, clock.number
    if unit is Unit.SPOT:
        due_at = closing(hours, calendar, started_at)
        return _hour_course(unit, number, Fraction(0), started_at, due_at, midnight(due_at.date()))
    budget = budget_of(clock, calendar, hours)
    due_at = after_open(hours, calendar, started_at, budget)
    yellow_at = after_open(hours, calendar, started_at, budget * 4 / 5)
    used = number * _share(hours, calendar, started_at, due_at, at)
    return _hour_course(unit, number, used, started_at, due_at, yellow_at)


def budget_of(clock: Clock, calendar: WorkCalendar, hours: OpeningHours | None) -> timedelta:
    """Return how long time must run until the clock runs out: half a working day depends on where it begins."""
    if clock.limit.unit is Unit.WORKDAY:
        opens_at, _ = next(openings(needed(hours), calendar, clock.started_at))
        return half_day(needed(hours), calendar, opens_at.date())
    return _hours(clock.number)


def _hours(number: Fraction) -> timedelta:
    return timedelta(microseconds=int(number * (_HOUR // _MOMENT)))


def _hour_course(
    unit: Unit, number: Fraction, used: Fraction, since: datetime, due_at: datetime, yellow_at: datetime
) -> _Course:
    return _Course(number, used, unit, due_at, None, yellow_at, since.date(), due_at + _MOMENT)


def _due_day(course: _Course) -> date | None:
    return course.due_at.date() if course.due_at else None


def _after(day: date, other: date | None) -> bool:
    return other is not None and day > other


def _late_days(unit: Unit, calendar: WorkCalendar, judged_on: date | None, today: date) -> int:
    if judged_on is None:
        return 0
    if unit is Unit.WORKDAY:
        return calendar.working_days(judged_on + timedelta(days=1), today)
    return (today - judged_on).days


def _light(clock: Clock, course: _Course, at: datetime, late: bool) -> Light:
    if clock.stopped_at is not None and at >= clock.stopped_at:
        return Light.DONE
    if course.due_at is None or course.yellow_at is None:
        return Light.HOLD
    if late:
        return Light.VOID if clock.limit.kind.by_law else Light.LATE
    return Light.WARN if at >= course.yellow_at else Light.OK


def extend(clock: Clock, calendar: WorkCalendar, at: datetime, number: int, hours: OpeningHours | None = None) -> Clock:
    """Return the clock lengthened once (延长), before its base has run out; also during a pause.

    number  by how much, or to how much where the law names a total; at most what the limit allows
    raises  Refusal calendar.extension with the fault: none, twice, long, late
    law     行政许可法 §42; 护照法 §6 (to 30 days)
    """
    allowed = clock.limit.extension
    if allowed is None:
        raise Refusal("calendar.extension", fault="none")
    if clock.extension is not None:
        raise Refusal("calendar.extension", fault="twice")
    most = allowed.to or allowed.by
    if not (clock.limit.number if allowed.to else 0) < number <= most:
        raise Refusal("calendar.extension", fault="long", most=most)
    granted_on = at.astimezone(SHANGHAI).date()
    if _after(granted_on, reading(clock, calendar, at, hours).due_on):
        raise Refusal("calendar.extension", fault="late")
    granted = replace(allowed, by=0 if allowed.to else number, to=number if allowed.to else 0, granted_on=granted_on)
    return replace(clock, extension=granted)


def deemed_at(received_on: date, calendar: WorkCalendar) -> datetime:
    """Return the first instant at which an application is accepted by silence (逾期不告知视为受理).

    From then on it *is* accepted as of the day of receipt: the clocks' first counted day is the working day after it.

    received_on  the day of receipt; after a correction the day of the hand-in that was complete
    law          行政许可法 §32(四)
    """
    return midnight(tell_by(received_on, calendar)) + timedelta(days=1)
