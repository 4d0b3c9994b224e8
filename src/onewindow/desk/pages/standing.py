"""Where a case stands (办件状态): the sentence, the stages in a row, the clock day by day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from onewindow.calendars.rules import REASON_WORDS, Kind, Limit, Reading, Row, Unit, explanation
from onewindow.cases.queries import CasePage
from onewindow.cases.rules import Halt, Outcome, Stage
from onewindow.cases.rules.clocks import Running, needs_hours
from onewindow.catalogue import queries as catalogue
from onewindow.core.clock import day_of
from onewindow.core.words import Words
from onewindow.look import dates, marks
from onewindow.look.days import ClockView, clock_view
from onewindow.places import queries as places


def sentence(page: CasePage, today: date) -> Words:
    """Say in one or two sentences where the case stands and by when what is due (一句话状态)."""
    stage, outcome = page.state.stage, page.state.outcome
    said = _STANDING.get((stage, outcome)) or _STANDING[stage, Outcome.NONE]
    if page.state.reopened_at and page.state.outcome is Outcome.NONE and stage in (Stage.RECEIVED, Stage.REVIEW):
        said = _joined(_AGAIN, said)
    if page.state.halt is not None:
        return _joined(_paused_words(page, page.state.halt, today), _if_resumed(page, today))
    if stage is Stage.CORRECTION and page.state.closes_on:
        return _joined(said, _CLOSES.fill(day=dates.date_words(page.state.closes_on, page.calendar, today=today)))
    running = page.clocks.shown(stage)
    if running is not None and running.reading.due_on is not None:
        by = _BY.get(running.limit.kind, _BY[Kind.STATUTORY])
        return _joined(said, by.fill(due=_due_words(running.reading, page, today), left=_left_words(running.reading)))
    if page.clocks.waiting:
        return _joined(said, _waiting_words(page, page.clocks.waiting[0]))
    return said


def _paused_words(page: CasePage, halt: Halt, today: date) -> Words:
    """That the clock stands still, for what, and until when it is expected to."""
    reason = REASON_WORDS[halt.reason]
    if halt.expected_on is None:
        return _HALTED.fill(reason=reason)
    return _HALTED_UNTIL.fill(reason=reason, day=dates.date_words(halt.expected_on, page.calendar, today=today))


def _if_resumed(page: CasePage, today: date) -> Words:
    """What is left of the clock that is due first, and its last day if it runs again from tomorrow."""
    stopped = [each for each in (page.clocks.promised, page.clocks.statutory) if each and each.reading.paused]
    due = [(each.reading.if_resumed_due_on, each) for each in stopped if each.reading.if_resumed_due_on]
    if not due:
        return Words("", "")
    day, running = min(due, key=lambda pair: pair[0])
    left = dates.amount_words(running.reading.left, running.reading.unit)
    return _RESUMED.fill(left=left, due=dates.date_words(day, page.calendar, today=today))


_AGAIN = Words("复议或诉讼后重新办理。", "Taken up again after a review or lawsuit.")
_HALTED = Words("特别程序（{reason}）中，时间停着。", "A special procedure ({reason}) runs; the time stands still.")
_HALTED_UNTIL = Words(
    "特别程序（{reason}）中，时间停着，预计 {day}结束。",
    "A special procedure ({reason}) runs, expected until {day}; the time stands still.",
)
_RESUMED = Words("还剩 {left}；明天恢复的话，最晚 {due}。", "{left} left; if it ran on from tomorrow: by {due}.")
_CLOSES = Words("最晚 {day}补正，过了就终止。", "By {day}; after that it ends.")


def _waiting_words(page: CasePage, limit: Limit) -> Words:
    """What a limit waits for, and how long it is."""
    checks = limit.starts == "accepted_or_checked_later" and page.state.checked_at is None
    accepts = page.state.accepted_at is None
    return _AFTER["both" if checks and accepts else "check" if checks else "accept"].fill(
        limit=dates.limit_words(limit)
    )


def _due_words(read: Reading, page: CasePage, today: date) -> Words:
    """The last day; with the time of day where hours are counted."""
    day = dates.date_words(read.due_on or today, page.calendar, today=today)
    if read.unit.in_days or read.due_at is None:
        return day
    time = dates.clock_words(read.due_at)
    return Words(f"{day.zh}{time.zh}", f"{day.en}, {time.en}")


def _left_words(read: Reading) -> Words:
    """What is left, behind a comma; nothing where the last hour says it already."""
    if not read.late and not read.unit.in_days and (read.unit is Unit.SPOT or not read.left):
        return Words("", "")
    left = dates.left_words(read)
    return Words(f"，{left.zh}", f", {left.en}")


def _joined(first: Words, second: Words) -> Words:
    return Words(first.zh + second.zh, f"{first.en} {second.en}")


_STANDING = {
    (Stage.RECEIVED, Outcome.NONE): Words("已收件，还没有受理。", "Received, not accepted yet."),
    (Stage.ACCEPTED, Outcome.NONE): Words("已受理，还没有审查。", "Accepted, not reviewed yet."),
    (Stage.REVIEW, Outcome.NONE): Words("审查意见已写，还没有决定。", "Reviewed, not decided yet."),
    (Stage.DECIDED, Outcome.APPROVED): Words("已决定准予。", "Approved."),
    (Stage.DECIDED, Outcome.REFUSED): Words(
        "已决定不予，决定书还没有送达。", "Refused; the decision is not served yet."
    ),
    (Stage.MADE, Outcome.NONE): Words("证件已制好，还没有送达。", "The certificate is made, not delivered yet."),
    (Stage.DELIVERED, Outcome.NONE): Words("结果已送达，只差办结。", "Delivered; only closing is left."),
    (Stage.CONCLUDED, Outcome.APPROVED): Words("已办结，结果是准予。", "Concluded: approved."),
    (Stage.CONCLUDED, Outcome.REFUSED): Words("已办结，结果是不予。", "Concluded: refused."),
    (Stage.CONCLUDED, Outcome.NONE): Words("已办结。", "Concluded."),
    (Stage.WITHDRAWN, Outcome.NONE): Words(
        "申请人撤回了，不用再办。", "Withdrawn by the applicant; nothing is to be done."
    ),
    (Stage.CORRECTION, Outcome.NONE): Words(
        "补正告知书已发，等申请人补正。", "The correction notice is out; it is the applicant's turn."
    ),
    (Stage.DECLINED, Outcome.NONE): Words("不予受理，已告知。", "Not accepted, and the applicant was told."),
    (Stage.LAPSED, Outcome.NONE): Words("申请人到期没有补正，已终止。", "Not mended in time; it has ended."),
    (Stage.REVOKED, Outcome.APPROVED): Words("准予已被撤销。", "The approval was revoked."),
}
_BY = {
    Kind.TELL: Words(
        "最晚 {due}要受理或一次说清缺什么，过了就算受理{left}。",
        "Accept it or say all that is missing by {due}; after that it is accepted by law{left}.",
    ),
    Kind.PROMISED: Words("承诺最晚 {due}{left}。", "Promised by {due}{left}."),
    Kind.STATUTORY: Words("法定最晚 {due}{left}。", "By law by {due}{left}."),
    Kind.ISSUE: Words("最晚 {due}要送达{left}。", "To be delivered by {due}{left}."),
}
_AFTER = {
    "accept": Words("受理后起算，{limit}。", "The clock starts at acceptance: {limit}."),
    "check": Words("查验合格后起算，{limit}。", "The clock starts once the check is passed: {limit}."),
    "both": Words("受理并查验合格后起算，{limit}。", "The clock starts once accepted and checked: {limit}."),
}

_LINE = (Stage.RECEIVED, Stage.ACCEPTED, Stage.REVIEW, Stage.DECIDED, Stage.MADE, Stage.DELIVERED, Stage.CONCLUDED)


def steps(page: CasePage) -> dict[str, Any]:
    """Return the stages of this case's life in a row, and which is now, counted from 1; past the last when all are."""
    stage, refused = page.state.stage, page.state.outcome is Outcome.REFUSED
    line = [each for each in _LINE if each is not Stage.MADE or (page.need.making and not refused)]
    names = [marks.STAGES[each.value] for each in line]
    if stage is Stage.CORRECTION:
        names = [marks.STAGES["received"], marks.STAGES["correction"], *names[1:]]
        return {"names": names, "now": 2}
    if stage in (Stage.WITHDRAWN, Stage.DECLINED, Stage.LAPSED, Stage.REVOKED):
        reached = Stage.REVIEW if any(entry.act == "case.review" for entry in page.entries) else Stage.ACCEPTED
        past = line[: line.index(reached if page.state.accepted_at else Stage.RECEIVED) + 1]
        names = [*(marks.STAGES[each.value] for each in past), marks.STAGES[stage.value]]
        return {"names": names, "now": len(names)}
    return {"names": names, "now": line.index(stage) + 1 + (stage is Stage.CONCLUDED)}


def clock(page: CasePage, at: datetime) -> ClockView | None:
    """Return the clock of the stage, day by day; after the end the one to the decision, as it ran (逐日说明)."""
    main = page.clocks.shown(page.state.stage) or page.clocks.promised or page.clocks.statutory
    if main is None:
        return None
    law = page.clocks.statutory
    other = law if law and law is not main and main is page.clocks.promised else None
    by_law = main if main.limit.kind.by_law else other
    return clock_view(
        _rows(main, page, at),
        today=day_of(at),
        promised_on=None if main.limit.kind.by_law else main.reading.due_on,
        statute_on=by_law.reading.due_on if by_law else None,
        other_rows=_rows(other, page, at) if other else (),
        cite=catalogue.law,
    )


def _rows(running: Running, page: CasePage, at: datetime) -> tuple[Row, ...]:
    hours = places.opening(page.case.site) if needs_hours((running.limit,)) else None
    rows = explanation(running.clock, page.calendar, at, hours)
    stopped_at = running.clock.stopped_at
    if stopped_at is None or stopped_at > at:
        return rows
    return tuple(row for row in rows if row.on <= day_of(stopped_at)) or rows[:1]
