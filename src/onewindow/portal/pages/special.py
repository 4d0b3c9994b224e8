"""What stands out of a case's common course (特别情形): halted, lengthened, a hearing, declined, revoked, reopened."""

from __future__ import annotations

from typing import Any

from onewindow.calendars.rules import REASON_WORDS, Kind
from onewindow.cases.rules import Act, Stage
from onewindow.core import journal
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound
from onewindow.core.words import Words
from onewindow.look.dates import amount_words, date_words
from onewindow.look.parts import NOTHING
from onewindow.places import queries as places
from onewindow.portal.pages.correcting import notice_of
from onewindow.portal.pages.scene import BEFORE_DECISION, Scene

DECLINED = {
    "not_needed": Words("这件事依法不需要办理许可或手续。", "By law this needs no permission or procedure."),
    "not_ours": Words("这件事依法不归本机关管。", "By law this is not for this office to decide."),
}
REVOKED = {
    "abuse": Words("工作人员滥用职权、玩忽职守", "abuse or neglect of duty by staff"),
    "power": Words("超越法定职权", "beyond the office's power"),
    "procedure": Words("违反法定程序", "against the procedure of the law"),
    "unqualified": Words("申请人不具备资格或不符合法定条件", "the applicant was not qualified"),
    "fraud": Words("以欺骗、贿赂等不正当手段取得", "had by fraud, bribery or other improper means"),
}
REOPENED = {
    "review": Words("行政复议", "administrative review"),
    "lawsuit": Words("行政诉讼", "a lawsuit"),
}


def sections(scene: Scene) -> dict[str, Any]:
    """Return what the case page says besides its common course, None for what does not apply.

    queries  none; 3 where the right office is named
    """
    state = scene.page.state
    notice = notice_of(scene.page, scene.item) if state.stage is Stage.CORRECTION else None
    return {
        "notice": notice,
        "told_on": date_words(day_of(notice.at), scene.page.calendar) if notice else NOTHING,
        "halt": _halt(scene),
        "extension": _extension(scene),
        "hearing": _hearing(scene),
        "declined": _declined(scene),
        "revoked": _revoked(scene),
        "reopened": _reopened(scene),
        "lapsed": state.stage is Stage.LAPSED,
    }


def _last(scene: Scene, act: Act) -> journal.Entry | None:
    return next((entry for entry in reversed(scene.page.entries) if entry.act == f"case.{act.value}"), None)


def _remark(scene: Scene, entry: journal.Entry) -> str:
    return scene.page.remarks.get(entry.seq, "")


def _halt(scene: Scene) -> dict[str, Any] | None:
    """Return the special procedure that runs: why, since when, until about when, what is left (特别程序)."""
    halt, entry = scene.page.state.halt, _last(scene, Act.PAUSE)
    if halt is None or entry is None:
        return None
    clocks = (scene.page.clocks.promised, scene.page.clocks.statutory)
    return {
        "reason": REASON_WORDS[halt.reason],
        "day": date_words(day_of(halt.since), scene.page.calendar),
        "expected_on": halt.expected_on,
        "remark": _remark(scene, entry),
        "left": [
            {
                "by_law": running.limit.kind.by_law,
                "left": amount_words(running.reading.left, running.reading.unit),
                "due_on": running.reading.if_resumed_due_on,
            }
            for running in clocks
            if running and running.reading.paused
        ],
    }


def _extension(scene: Scene) -> dict[str, Any] | None:
    """Return by how much the time was lengthened, and the reason that was told (延期)."""
    state, entry = scene.page.state, _last(scene, Act.EXTEND)
    if state.extended_on is None or entry is None:
        return None
    running = next((each for each in (scene.page.clocks.statutory, scene.page.clocks.promised) if each), None)
    allowed = running.limit.extension if running else None
    if running is None or allowed is None:
        return None
    by = state.extended_by if not allowed.to else state.extended_by - running.limit.number
    return {
        "by": amount_words(by, running.limit.unit),
        "day": date_words(state.extended_on, scene.page.calendar),
        "approver": allowed.approver,
        "law": allowed.law,
        "remark": _remark(scene, entry),
        "name": BY_LAW if running.limit.kind is Kind.STATUTORY else PROMISED,
    }


BY_LAW, PROMISED = Words("法定期限", "the limit by law"), Words("承诺期限", "the promised limit")


def _hearing(scene: Scene) -> dict[str, Any] | None:
    """Return until when a hearing may be asked for, while it can matter (听证)."""
    state, entry = scene.page.state, _last(scene, Act.OFFER_HEARING)
    if state.hearing_until is None or entry is None or state.stage not in BEFORE_DECISION:
        return None
    if state.hearing_until < day_of(scene.at):
        return None
    return {"until_on": state.hearing_until, "remark": _remark(scene, entry), "office": scene.office}


def _declined(scene: Scene) -> dict[str, Any] | None:
    """Return why it was not accepted, and the right office with where to find it (不予受理)."""
    entry = _last(scene, Act.DECLINE)
    if scene.page.state.stage is not Stage.DECLINED or entry is None:
        return None
    facts = journal.facts_of(entry)
    return {
        "ground": DECLINED.get(facts.get("ground", ""), NOTHING),
        "remark": _remark(scene, entry),
        **_right_office(str(facts.get("right_office", ""))),
    }


def _right_office(code: str) -> dict[str, Any]:
    if not code:
        return {"office": None, "office_site": None}
    try:
        office = places.office(code)
    except NotFound:
        return {"office": None, "office_site": None}
    sites = places.sites_for_item(office.department, office.division)
    return {"office": office.name, "office_site": sites[0] if sites else None}


def _revoked(scene: Scene) -> dict[str, Any] | None:
    entry = _last(scene, Act.REVOKE)
    if scene.page.state.stage is not Stage.REVOKED or entry is None:
        return None
    ground = REVOKED.get(str(journal.facts_of(entry).get("ground", "")), NOTHING)
    return {"ground": ground, "remark": _remark(scene, entry), "office": scene.office}


def _reopened(scene: Scene) -> dict[str, Any] | None:
    entry = _last(scene, Act.REOPEN)
    if scene.page.state.reopened_at is None or entry is None:
        return None
    ground = REOPENED.get(str(journal.facts_of(entry).get("ground", "")), NOTHING)
    day = date_words(day_of(entry.at), scene.page.calendar)
    return {"ground": ground, "remark": _remark(scene, entry), "day": day}
