"""Where a case stands, in a sentence (办件现状): by when, whose turn it is, what the reader must do."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.calendars.rules import REASON_WORDS, Reading, WorkCalendar
from onewindow.cases.rules import Outcome, Stage
from onewindow.core.clock import day_of
from onewindow.core.words import Words
from onewindow.look.dates import date_words, left_words, limit_words
from onewindow.portal.pages.scene import Scene, shown_running
from onewindow.portal.pages.timing import FROM_BOTH, due_words


def sentences(scene: Scene) -> Iterator[Words]:
    """Yield what the reader most wants to know: by when, whose turn it is, what they must do."""
    stage = scene.page.state.stage
    if scene.page.state.halt is not None:
        yield _paused(scene)
    elif stage is Stage.RECEIVED:
        yield from _received(scene)
    elif stage is Stage.CORRECTION:
        yield _to_be_mended(scene)
    elif stage in (Stage.ACCEPTED, Stage.REVIEW):
        yield from _in_hand(scene)
    else:
        yield from _after(scene)


def _received(scene: Scene) -> Iterator[Words]:
    tell = scene.page.clocks.tell
    if tell and tell.reading.due_on:
        due = date_words(tell.reading.due_on, scene.page.calendar)
        yield Words(
            "轮到{site}：最晚 {due}告诉您受理，或一次说清缺什么。",
            "It is {site}'s turn: by {due} you are told that it is accepted, or all that is missing at once.",
        ).fill(site=scene.site.name, due=due)
    else:
        yield Words("轮到{site}受理。", "It is {site}'s turn to accept it.").fill(site=scene.site.name)
    if scene.waits_for_check:
        yield bring_the_vehicle(scene)
    else:
        yield NO_NEED


NO_NEED = Words("您现在不用做什么。", "You need not do anything now.")


def bring_the_vehicle(scene: Scene) -> Words:
    """Say that it is the applicant's turn to bring the vehicle, and how long it takes from then on."""
    ask = Words("轮到您：把车开到{site}查验。", "Your turn: bring the vehicle to {site} for the check.").fill(
        site=scene.site.name
    )
    waiting = [limit for limit in scene.page.clocks.waiting if limit.starts == FROM_BOTH]
    if not waiting:
        return ask
    then = Words("受理并查验后 {limit}内办好。", "Once accepted and checked, it is ready within {limit}.").fill(
        limit=limit_words(waiting[0])
    )
    return Words(ask.zh + then.zh, f"{ask.en} {then.en}")


def _in_hand(scene: Scene) -> Iterator[Words]:
    if scene.waits_for_check:
        yield bring_the_vehicle(scene)
        return
    running = shown_running(scene.page)
    if running and running.reading.due_on:
        yield _by(running.reading, scene.page.calendar)
    hearing = scene.page.state.hearing_until
    if hearing is not None and hearing >= day_of(scene.at):
        yield Words(
            "现在轮到{office}审查；您可以要求听证，最晚 {day}。",
            "{office} is reviewing it; you may ask for a hearing by {day}.",
        ).fill(office=scene.office, day=date_words(hearing, scene.page.calendar))
        return
    yield Words("现在轮到{office}审查，您不用做什么。", "{office} is reviewing it; you need not do anything.").fill(
        office=scene.office
    )


def _by(reading: Reading, calendar: WorkCalendar) -> Words:
    """Say by when it is ready; where hours count also by which hour, and of one that is late that it is."""
    due, left = due_words(reading, calendar), left_words(reading)
    if reading.late:
        return Words("本应最晚 {due}办好，{left}。", "It was due by {due} and is {left}.").fill(due=due, left=left)
    if not reading.unit.in_days:
        return Words("最晚 {due}办好。", "Ready by {due}.").fill(due=due)
    return Words("最晚 {due}办好，{left}。", "Ready by {due}; {left}.").fill(due=due, left=left)


def _to_be_mended(scene: Scene) -> Words:
    """Say that it is the applicant's turn, until when, and what comes of doing nothing (clock-rules §4)."""
    closes_on = scene.page.state.closes_on
    ask = Words("轮到您：按告知书补正。", "Your turn: mend what the notice names.")
    if closes_on is None:
        return ask
    return Words(
        "轮到您：最晚 {day}按告知书补正；过了这天没有交，这次申请就终止，可以重新申请。",
        "Your turn: mend what the notice names by {day}; if nothing comes by then, this application ends and you may"
        " apply again.",
    ).fill(day=date_words(closes_on, scene.page.calendar))


def _paused(scene: Scene) -> Words:
    halt = scene.page.state.halt
    assert halt is not None
    words = Words(
        "正在{reason}，时间不计入办理期限。您不用做什么。",
        "In a special procedure ({reason}); this time does not count. You need not do anything.",
    ).fill(reason=REASON_WORDS[halt.reason])
    if halt.expected_on is None:
        return words
    until = date_words(halt.expected_on, scene.page.calendar)
    return Words(f"{words.zh}预计到 {until.zh}。", f"{words.en} It is expected to take until {until.en}.")


_ENDED = {
    Stage.WITHDRAWN: Words(
        "您撤回了这件申请，它已终止；需要时可以重新申请。", "You withdrew it and it has ended; you may apply again."
    ),
    Stage.DECLINED: Words(
        "不予受理。理由和应当找哪个机关写在下面。", "It was not accepted. The reason and the right office stand below."
    ),
    Stage.LAPSED: Words(
        "到期没有补正，这次申请已终止；可以重新申请。", "It was not mended in time and has ended; you may apply again."
    ),
    Stage.REVOKED: Words("原来的准予已被撤销，理由写在下面。", "The approval was revoked; the reasons stand below."),
}


def _after(scene: Scene) -> Iterator[Words]:
    state = scene.page.state
    if state.stage in _ENDED:
        yield _ENDED[state.stage]
    elif state.outcome is Outcome.REFUSED:
        yield Words("决定不予。理由和怎么办写在下面。", "It was refused. The reasons and what you can do stand below.")
    elif state.stage is Stage.DECIDED and scene.page.need.making:
        yield Words(
            "决定准予，正在制证。您不用做什么。",
            "It is approved and the document is being made. You need not do anything.",
        )
    elif state.stage in (Stage.DECIDED, Stage.MADE):
        yield _to_be_delivered(scene)
    else:
        yield Words("已办好，结果送达了。", "It is done, and the result was delivered.")


def _to_be_delivered(scene: Scene) -> Words:
    running = shown_running(scene.page)
    ready = Words(
        "结果好了，可以到{site}领，或等邮寄。", "The result is ready: collect it at {site} or wait for the post."
    ).fill(site=scene.site.name)
    if running is None or running.reading.due_on is None:
        return ready
    due = date_words(running.reading.due_on, scene.page.calendar)
    return Words(f"{ready.zh}最晚 {due.zh}送达。", f"{ready.en} It is delivered by {due.en}.")


def next_steps(scene: Scene) -> Iterator[Words]:
    """Yield what happens after the handing in, in order, and who does it."""
    site, office = scene.site.name, scene.office
    yield Words(
        "{site}看材料，受理或一次说清缺什么", "{site} looks at the papers: accepted, or all that is missing at once"
    ).fill(site=site)
    if scene.page.need.check:
        yield Words("您把车开到{site}查验，一次", "You bring the vehicle to {site} for the check, once").fill(site=site)
    yield Words("{office}审查并决定", "{office} reviews and decides").fill(office=office)
    if scene.page.need.making:
        yield Words("制证，您到窗口领或等邮寄", "The document is made; you collect it or it is posted")
    else:
        yield Words("结果送达给您", "The result is delivered to you")
    yield Words("每一步都会在「消息」里告诉您", "Each step is told under “Messages”")
