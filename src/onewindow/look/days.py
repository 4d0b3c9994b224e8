"""The explained clock (日期带): one cell a day in whole weeks from Monday, and a table that says the same."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from onewindow.calendars.rules import Row, Why
from onewindow.core.words import Words
from onewindow.look.dates import PROVISIONAL, short_date_words, span_words

_ONE_DAY = timedelta(days=1)
TODAY = Words("今天", "today")
LAST_PROMISED = Words("承诺最后一天", "last promised day")
LAST_BY_LAW = Words("法定最后一天", "last day by law")
NO_LAW = Words("", "")
_BEFORE = Words("起算之前", "before the start")
_AFTER = Words("期限之后", "after the end")
_DASH = Words("—", "–")

# What stands large in a cell, and its class: off, fest, hold, word. Counted days show their number instead.
_CELLS = {
    Why.START: ("off word", Words("起算", "start")),
    Why.WEEKEND: ("off", Words("休", "off")),
    Why.HOLIDAY: ("fest", Words("放假", "hol.")),
    Why.PAUSED: ("hold", Words("停", "stop")),
    Why.CLOSED: ("off", Words("休", "off")),
    Why.ROLLED: ("on word", Words("顺延", "rolled")),
}
_PARTS = (Why.HALF, Why.OPEN, Why.HOURS)  # a part of the day counts, so minutes are shown

_REASONS = {
    Why.START: Words("起算当天不算", "The starting day does not count"),
    Why.WEEKEND: Words("周末", "Weekend"),
    Why.HOLIDAY: Words("{name}放假", "{name}, days off"),
    Why.PAUSED: Words("暂停：{name}", "Paused: {name}"),
    Why.MAKE_UP: Words("调休上班", "Make-up working day"),
    Why.WORKDAY: Words("工作日", "Working day"),
    Why.DAY: Words("自然日，天天算", "Natural day, every day counts"),
    Why.ROLLED: Words("最后一天遇休息日，顺延到这天", "The last day was a day off and rolled to this one"),
    Why.HALF: Words("半个工作日", "Half a working day"),
    Why.OPEN: Words("按办公时间算", "Counted by opening time"),
    Why.CLOSED: Words("这天不开门", "Closed that day"),
    Why.HOURS: Words("按钟点算", "Counted by the clock"),
}
_LAW_SAID = (Why.START, Why.HOLIDAY, Why.PAUSED, Why.MAKE_UP, Why.ROLLED)  # elsewhere it would only repeat itself


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the band: its class, the small date above, the large sign, and all of it in words."""

    on: date
    style: str
    top: Words
    sign: Words
    said: Words
    today: bool


@dataclass(frozen=True, slots=True)
class DayLine:
    """One run of days in the table: when, how many count, why, by which law, and what else is to know."""

    when: Words
    style: str  # ok (counted), hold (paused), or empty
    counts: Words
    why: Words
    law: Words
    note: Words
    now: bool


@dataclass(frozen=True, slots=True)
class ClockView:
    """Everything that the band and its table show."""

    cells: tuple[Cell, ...]
    lines: tuple[DayLine, ...]
    label: Words
    styles: frozenset[str]  # which keys to explain
    provisional: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """The days of a view: what is known of each, and the three that stand out."""

    rows: dict[date, Row]
    today: date
    promised_on: date | None
    statute_on: date | None

    def remarks(self, on: date) -> list[Words]:
        found = [(self.today, TODAY), (self.promised_on, LAST_PROMISED), (self.statute_on, LAST_BY_LAW)]
        remarks = [words for day, words in found if day == on]
        row = self.rows.get(on)
        return [*remarks, PROVISIONAL] if row and row.provisional else remarks


def as_written(law: str) -> Words:
    """Return a citation as it stands, where nobody can put it into English."""
    return Words(law, law)


def clock_view(
    rows: Sequence[Row],
    *,
    today: date,
    promised_on: date | None = None,
    statute_on: date | None = None,
    other_rows: Iterable[Row] = (),
    cite: Callable[[str], Words] = as_written,
) -> ClockView:
    """Lay out an explanation as band and table (逐日说明).

    rows        of the clock that is shown, from its starting day
    other_rows  of the other clock, for the days after the shown one's end
    cite        puts a citation into both languages; the catalogue knows the titles
    """
    told = {row.on: row for row in rows}
    known = _Known({**{row.on: row for row in other_rows}, **told}, today, promised_on, statute_on)
    first = min(known.rows)
    last = max([*known.rows, *(day for day in (promised_on, statute_on) if day)])
    start, end = first - _ONE_DAY * first.weekday(), last + _ONE_DAY * (6 - last.weekday())
    cells = tuple(_cell(known, day, first, day == start) for day in _days(start, end))
    return ClockView(
        cells=cells,
        lines=tuple(_lines(known, rows, cite)),
        label=Words(
            f"{start.month}月{start.day}日至{end.month}月{end.day}日，每格一天",
            f"{span_words(start, end).en}, one cell a day",
        ),
        styles=frozenset(style for cell in cells for style in cell.style.split()),
        provisional=any(row.provisional for row in known.rows.values()),
    )


def _days(start: date, end: date) -> Iterator[date]:
    while start <= end:
        yield start
        start += _ONE_DAY


def _cell(known: _Known, on: date, first: date, opens: bool) -> Cell:
    row = known.rows.get(on)
    style, sign = _look(row, known.today) if row else ("off", _DASH)
    said = _said(row) if row else _BEFORE if on < first else _AFTER
    marks = [("today", known.today), ("due", known.promised_on), ("max", known.statute_on)]
    day, remarks = short_date_words(on), known.remarks(on)
    return Cell(
        on=on,
        style=" ".join([style, *(name for name, day in marks if day == on)]),
        top=_top(on, opens),
        sign=sign,
        said=Words(
            "，".join([day.zh, said.zh, *(remark.zh for remark in remarks)]),
            ", ".join([day.en, said.en, *(remark.en for remark in remarks)]),
        ),
        today=on == known.today,
    )


def _said(row: Row) -> Words:
    """The cell in words: why, and the number; the law stands in the table."""
    why = _REASONS[row.why].fill(name=row.name or Words("", ""))
    if row.why in _PARTS:
        return Words(f"{why.zh}，算 {row.minutes} 分钟", f"{why.en}, {row.minutes} minutes count")
    if row.counted:
        return Words(f"{why.zh}，第 {float(row.count):g} 天", f"{why.en}, day {float(row.count):g}")
    return why if row.why in (Why.START, Why.ROLLED) else Words(f"{why.zh}，不算", f"{why.en}, not counted")


def _top(on: date, opens: bool) -> Words:
    if opens or on.day == 1:
        return Words(f"{on.month}/{on.day}", short_date_words(on).en.split(" ", 1)[1])
    return Words(str(on.day), str(on.day))


def _look(row: Row, today: date) -> tuple[str, Words]:
    """The cell's class and its large sign."""
    past = "in" if row.on <= today else "on"
    if row.why in _PARTS:
        return f"{past} word", Words(f"{row.minutes}分", f"{row.minutes} min")
    if row.why in _CELLS:
        style, sign = _CELLS[row.why]
        return style, _short_name(row.name.zh) if row.why is Why.HOLIDAY and row.name else sign
    number = f"{float(row.count):g}"
    return f"{past} shift" if row.why is Why.MAKE_UP else past, Words(number, number)


def _short_name(name: str) -> Words:
    """国庆节 is 国庆 in a cell of 48 px, 春节 stays; two holidays in one have the first one's name."""
    first = name.replace("、", " ").split(" ")[0]
    return Words(first.removesuffix("节") if len(first) > 2 else first, "hol.")


def _lines(known: _Known, rows: Sequence[Row], cite: Callable[[str], Words]) -> Iterator[DayLine]:
    def alike(row: Row) -> tuple[object, ...]:
        # The days that matter to a person stand at the end of their line or alone.
        return row.counted, row.why, row.name, row.law

    for _, run in groupby(rows, key=alike):
        yield _line(known, list(run), cite)


def _line(known: _Known, run: list[Row], cite: Callable[[str], Words]) -> DayLine:
    row, counted = run[0], sum(each.counted for each in run)
    name = row.name or Words("", "")
    return DayLine(
        when=span_words(run[0].on, run[-1].on),
        style="ok" if row.counted else "hold" if row.why is Why.PAUSED else "",
        counts=_counts(run, counted),
        why=_REASONS[row.why].fill(name=name),
        law=cite(row.law) if row.law and row.why in _LAW_SAID else NO_LAW,
        note=_note(known, run),
        now=any(each.on == known.today for each in run),
    )


def _counts(run: list[Row], counted: int) -> Words:
    if run[0].why in _PARTS:
        minutes = sum(each.minutes for each in run)
        return Words(f"算 {minutes} 分钟", f"{minutes} min count")
    if counted:
        return Words(f"算 {counted} 天", f"{counted} day{'s count' if counted > 1 else ' counts'}")
    return Words("不算", "Not counted")


def _note(known: _Known, run: list[Row]) -> Words:
    """What the run's special days are: today and the last days, each with its number."""
    zh, en = [], []
    for row in run:
        for remark in known.remarks(row.on):
            if remark is not PROVISIONAL and row.counted and row.why not in _PARTS:
                number = f"{float(row.count):g}"
                zh.append(f"第 {number} 天，{remark.zh}")
                en.append(f"day {number}, {remark.en}")
            elif remark is not PROVISIONAL:
                zh.append(remark.zh)
                en.append(remark.en)
    if any(row.provisional for row in run):
        zh.append(PROVISIONAL.zh)
        en.append(PROVISIONAL.en)
    said = "; ".join(en)
    return Words("；".join(zh), said[:1].upper() + said[1:])  # it stands behind a full stop
