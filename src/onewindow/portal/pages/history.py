"""What happened to a case and what is to come (经过)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onewindow.cases import queries
from onewindow.cases.rules import DONE, INTERNAL, Act, Stage
from onewindow.core import journal
from onewindow.core.words import Words
from onewindow.look.dates import date_words
from onewindow.look.parts import NOTHING, Event
from onewindow.portal.pages.scene import BEFORE_DECISION, Scene, shown_running
from onewindow.portal.pages.timing import after_words

# What an entry of the journal is called once it has happened.
HAPPENED = {
    Act.SUBMIT: Words("提交申请", "Handed in"),
    Act.ACCEPT: Words("受理", "Accepted"),
    Act.SEND_BACK: Words("一次性补正告知", "Correction notice"),
    Act.SUPPLEMENT: Words("补正材料交回", "Mended and handed in"),
    Act.MEND: Words("当场更正", "Mended on the spot"),
    Act.DECLINE: Words("不予受理", "Not accepted"),
    Act.LAPSE: Words("逾期未补正，申请终止", "Not mended in time: the application has ended"),
    Act.CHECK: Words("现场查验", "Check on the spot"),
    Act.PAUSE: Words("进入特别程序，时间暂停", "Special procedure: the time stands still"),
    Act.RESUME: Words("特别程序结束，时间继续", "Special procedure ended: the time runs again"),
    Act.EXTEND: Words("延期", "Extended"),
    Act.OFFER_HEARING: Words("告知听证权利", "Told of the right to a hearing"),
    Act.REVIEW: Words("审查", "Reviewed"),
    Act.APPROVE: Words("决定：准予", "Decided: approved"),
    Act.REFUSE: Words("决定：不予", "Decided: refused"),
    Act.MAKE: Words("证件做好", "Document made"),
    Act.DELIVER: Words("送达", "Delivered"),
    Act.CONCLUDE: Words("办结", "Concluded"),
    Act.WITHDRAW: Words("撤回", "Withdrawn"),
    Act.RECTIFY: Words("决定书更正", "Decision put right"),
    Act.REOPEN: Words("复议或诉讼后重新办理", "Taken up again after a review or lawsuit"),
    Act.REVOKE: Words("撤销", "Revoked"),
    Act.REDATE: Words("放假通知公布，日期重新算过", "Dates counted again after the holiday notice"),
}
WAYS = {
    "counter": Words("窗口领取", "handed over at the counter"),
    "post": Words("邮寄", "sent by post"),
    "electronic": Words("电子送达", "delivered electronically"),
}
BY_SILENCE = Words(
    "过了五个工作日没有告诉您缺什么，按法律已视为受理（行政许可法第32条）",
    "Five working days passed without telling you what is missing, so by law it is accepted (Licensing Law §32)",
)
PASSED, FAILED = Words("查验合格", "Passed"), Words("这次没有合格，可以再查", "Not passed; it can be held again")


def timeline(scene: Scene) -> list[Event]:
    """Return the case's history, newest first (经过)."""
    entries = [entry for entry in scene.page.entries if Act(entry.act.removeprefix("case.")) not in INTERNAL]
    return [_event(scene, entry, newest=entry is entries[-1]) for entry in reversed(entries)]


def _event(scene: Scene, entry: journal.Entry, *, newest: bool) -> Event:
    act, facts = Act(entry.act.removeprefix("case.")), journal.facts_of(entry)
    going_on = newest and scene.page.state.stage not in DONE
    return Event(
        name=HAPPENED[act],
        at=entry.at,
        where=_where(scene, act) if entry.staff else NOTHING,
        text=_told(act, facts, _written(act, scene.page.remarks.get(entry.seq, ""))),
        state="now" if going_on else "",
    )


AT_THE_OFFICE = frozenset(
    {Act.REVIEW, Act.PAUSE, Act.RESUME, Act.EXTEND, Act.OFFER_HEARING, Act.APPROVE, Act.REFUSE, Act.MAKE}
    | {Act.RECTIFY, Act.REOPEN, Act.REVOKE}
)


def _where(scene: Scene, act: Act) -> Words:
    """Say where an act of the staff was done: those of a site there, the others in the office that decides."""
    return scene.office if act in AT_THE_OFFICE else scene.site.name


def _written(act: Act, remark: str) -> str:
    """Return what was written with an act; a correction notice keeps its notes beside it."""
    return queries.notice_words(remark)[0] if act is Act.SEND_BACK else remark


def _told(act: Act, facts: dict[str, Any], remark: str) -> Words:
    said = NOTHING
    if act is Act.CHECK:
        said = PASSED if facts.get("passed", True) else FAILED
    elif act is Act.DELIVER:
        said = WAYS.get(str(facts.get("way")), NOTHING)
    elif facts.get("deemed"):
        said = BY_SILENCE
    if not remark:
        return said
    return Words(f"{said.zh}：{remark}", f"{said.en}: {remark}") if said.zh else Words(remark, remark)


def coming(scene: Scene) -> Iterator[Event]:
    """Yield what is still to come, with its last day where it has one."""
    stage = scene.page.state.stage
    if stage not in BEFORE_DECISION:
        return
    yield Event(Words("决定", "Decision"), where=_by_when(scene), state="next")
    if scene.waits_for_check:
        yield Event(HAPPENED[Act.CHECK], where=scene.site.name, state="next")


def _by_when(scene: Scene) -> Words:
    running = None if scene.page.state.stage is Stage.RECEIVED else shown_running(scene.page)
    if running and running.reading.due_on:
        return Words("最晚 {due}", "by {due}").fill(due=date_words(running.reading.due_on, scene.page.calendar))
    waiting = scene.page.clocks.waiting
    return after_words(waiting[0]) if waiting else NOTHING
