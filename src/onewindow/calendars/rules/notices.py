"""The yearly notice on days off (节假日安排通知), read from its text, in the wordings of 2017 to 2026."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from onewindow.calendars.rules.days import Mark, WorkCalendar
from onewindow.core.errors import Refusal
from onewindow.core.words import Words

HOLIDAYS = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Tomb-Sweeping Day",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
}
_ENGLISH = {**HOLIDAYS, "除夕": "New Year's Eve"}
LAW_DAYS_OFF = "全国年节及纪念日放假办法"


@dataclass(frozen=True, slots=True)
class Notice:
    """What is known of one year's days (放假安排).

    number     the notice's number; "" while it is not confirmed
    announced  False: no notice yet, only the days off by law
    rest       days off with the holiday they belong to
    work       weekend days worked in exchange, with the holiday that they are worked for
    """

    year: int
    rest: Mapping[date, str] = field(hash=False)
    work: Mapping[date, str] = field(hash=False)
    number: str = ""
    announced: bool = True

    @property
    def title(self) -> str:
        """The number, or the full name where there is no confirmed number."""
        if not self.announced:
            return f"{LAW_DAYS_OFF}（{self.year} 年通知未发布）"
        return self.number or f"国务院办公厅关于{self.year}年部分节假日安排的通知（文号待核）"


class Change(NamedTuple):
    """A day whose counting a notice changes; None before: nothing was known of its year."""

    day: date
    before: bool | None
    after: bool
    name: str


def holiday_words(name: str) -> Words:
    """Return the holiday's name in both languages; joined holidays (国庆节、中秋节) are joined in both."""
    plain = re.sub(r"[（(].*", "", name)
    return Words(name, " and ".join(_ENGLISH.get(part, part) for part in plain.split("、")))


def calendar_of(notices: Iterable[Notice]) -> WorkCalendar:
    """Return the calendar of these years, one notice a year (工作日历)."""
    notices = tuple(notices)
    marks = {
        day: Mark(name, notice.title) for notice in notices for day, name in {**notice.rest, **notice.work}.items()
    }
    # A notice may change the December before it, so what one says of a day yields to the notice of the year after.
    rest: set[date] = set()
    work: set[date] = set()
    for notice in sorted(notices, key=lambda each: each.year):
        rest = (rest - set(notice.work)) | set(notice.rest)
        work = (work - set(notice.rest)) | set(notice.work)
    return WorkCalendar(
        announced=frozenset(notice.year for notice in notices if notice.announced),
        rest=frozenset(rest),
        work=frozenset(work),
        statutory=frozenset(notice.year for notice in notices if not notice.announced),
        marks=marks,
    )


def changes(before: WorkCalendar, after: WorkCalendar, year: int) -> tuple[Change, ...]:
    """Return the days whose counting differs, from the December before the year to its end (新旧对照).

    Where nothing was known of a day, the days that differ from plain Monday to Friday.
    """
    day, last = date(year - 1, 12, 1), date(year, 12, 31)
    found = []
    while day <= last:
        known = before.knows(day)
        was = before.counts(day) if known else day.weekday() < 5
        if after.knows(day) and after.counts(day) != was:
            mark = after.marks.get(day) or before.marks.get(day)
            found.append(Change(day, was if known else None, after.counts(day), mark.name if mark else ""))
        day += timedelta(days=1)
    return tuple(found)


_HALF_WIDTH = str.maketrans("（）：，；", "():,;")
_NUMBERED = re.compile(r"^[一二三四五六七八九十]+、([一-鿿、]+?):(.+)$")
_NUMBER = re.compile(r"国办发[一-鿿]*[〔\[(]\d{4}[〕\])]\d+号")
_TITLE = re.compile(r"关于(\d{4})年部分节假日安排")
_PLAIN_YEAR = r"(?:(?P<{0}year>\d{{4}})年)?(?:(?P<{0}month>\d{{1,2}})月)?(?P<{0}day>\d{{1,2}})[日号]"
_PAREN = r"(?:\((?P<{0}note>[^)]*)\))?"
_SPAN = re.compile(
    (_PLAIN_YEAR + _PAREN).format("a") + "(?:(?:至|到|-|—|–)" + (_PLAIN_YEAR + _PAREN).format("b") + ")?$"
)
_REST = re.compile(
    r"^(?P<days>.+?)(?:放假调休|放假|补休)(?P<long>\d+天)?(?:,?(?:共(?P<sum>\d+)天|与周末连休|不调休))*$"
)
_WORK = re.compile(r"^(?P<days>.+?)(?:照常)?上班$")
_DISPOSES = re.compile(r"\d+[日号].*(?:放假|上班|补休)")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")


def parse_notice(text: str, year: int) -> Notice:
    """Return what a State Council notice says of the year (解析放假通知).

    text    the whole notice or its numbered lines only; lines that begin with # are notes of the file
    raises  Refusal calendar.notice.text, .year, .date, .weekday, .count, .range, .both, .work_day, .twice, .missing;
            each with the clause it stumbled over
    """
    flat = re.sub(r"[ \t\u3000]+", "", text.translate(_HALF_WIDTH))
    titled = _TITLE.search(flat)
    if titled and int(titled[1]) != year:
        raise Refusal("calendar.notice.year", clause=titled[0], year=year)
    number = _NUMBER.search(flat)
    rest: dict[date, str] = {}
    work: dict[date, str] = {}
    for name, clause in _clauses(flat):
        days, target = _clause(clause, year)
        for day in days:
            _check_day(day, clause, year, rest, work)
            (rest if target == "rest" else work)[day] = name
    _check_all(rest, work, year)
    return Notice(year, rest, work, number[0] if number else "")


def _clauses(flat: str) -> Iterator[tuple[str, str]]:
    """The sentences that dispose of days, each with its holiday; other prose of the notice is passed over."""
    for line in flat.splitlines():
        found = _NUMBERED.match(line)
        if found:
            yield from ((found[1], clause) for clause in re.split(r"[。;]|,(?=\d+月)", found[2]) if clause)
        elif not line.startswith("#") and _DISPOSES.search(line):
            raise Refusal("calendar.notice.text", clause=line[:60])


def _clause(clause: str, year: int) -> tuple[list[date], str]:
    for pattern, target in ((_WORK, "work"), (_REST, "rest")):
        found = pattern.match(clause)
        if found:
            days = _days(found["days"], clause, year)
            facts = found.groupdict()
            told = [int(re.sub(r"\D", "", facts[key])) for key in ("long", "sum") if facts.get(key)]
            if any(number != len(days) for number in told):
                raise Refusal("calendar.notice.count", clause=clause, told=told[0], found=len(days))
            return days, target
    raise Refusal("calendar.notice.text", clause=clause)


def _days(text: str, clause: str, year: int) -> list[date]:
    days: list[date] = []
    month, in_year = 0, year
    for part in re.split(r"、(?![^(]*\))", text):
        found = _SPAN.match(part)
        if not found:
            raise Refusal("calendar.notice.text", clause=clause)
        facts = found.groupdict()
        month, in_year = int(facts["amonth"] or month), int(facts["ayear"] or in_year)
        first = last = _date(in_year, month, facts["aday"], facts["anote"], clause)
        if facts["bday"]:
            month, in_year = int(facts["bmonth"] or month), int(facts["byear"] or in_year)
            last = _date(in_year, month, facts["bday"], facts["bnote"], clause)
        if not first <= last <= first + timedelta(days=30):
            raise Refusal("calendar.notice.range", clause=clause)
        days += [first + timedelta(days=place) for place in range((last - first).days + 1)]
    return days


def _date(year: int, month: int, day: str, note: str | None, clause: str) -> date:
    try:
        found = date(year, month, int(day))
    except ValueError:
        raise Refusal("calendar.notice.date", clause=clause) from None
    told = _WEEKDAY.search(note or "")
    if told and "一二三四五六日".index(told[1].replace("天", "日")) != found.weekday():
        raise Refusal("calendar.notice.weekday", clause=clause, day=found.isoformat())
    return found


def _check_day(day: date, clause: str, year: int, rest: Mapping[date, str], work: Mapping[date, str]) -> None:
    if day.year != year and (day.year, day.month) != (year - 1, 12):
        raise Refusal("calendar.notice.year", clause=clause, year=year)
    if day in rest or day in work:
        raise Refusal("calendar.notice.twice", clause=clause, day=day.isoformat())


def _check_all(rest: Mapping[date, str], work: Mapping[date, str], year: int) -> None:
    for day in work:
        if day.weekday() < 5:
            raise Refusal("calendar.notice.work_day", day=day.isoformat(), clause=work[day])
    named = {part for name in rest.values() for part in name.split("、")}
    missing = [name for name in HOLIDAYS if name not in named]
    if missing:
        raise Refusal("calendar.notice.missing", names="、".join(missing), year=year)


def parse_statutory(text: str, year: int) -> Notice:
    """Return the days off by law of a year whose notice is not out yet (法定节假日).

    text    lines of "date,name"; a head line and lines that begin with # are passed over
    raises  Refusal calendar.notice.text, calendar.notice.year, calendar.notice.missing
    law     全国年节及纪念日放假办法 §2
    """
    rest: dict[date, str] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith(("#", "date,")):
            continue
        day, _, name = line.partition(",")
        try:
            on = date.fromisoformat(day.strip())
        except ValueError:
            raise Refusal("calendar.notice.text", clause=line) from None
        if on.year != year:
            raise Refusal("calendar.notice.year", clause=line, year=year)
        rest[on] = name.strip()
    _check_all({day: re.sub(r"[（(].*", "", name) for day, name in rest.items()}, {}, year)
    return Notice(year, rest, {}, "", announced=False)
