"""What the page of a case shows (办件页), and its receipt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse

from onewindow.accounts import queries as accounts
from onewindow.accounts.rules import Applicant, Resident
from onewindow.calendars.rules import worst
from onewindow.cases import queries
from onewindow.cases.queries import CasePage
from onewindow.cases.rules import Act, Outcome, Stage
from onewindow.cases.rules.clocks import limits_from
from onewindow.catalogue import rules
from onewindow.core import journal
from onewindow.core.clock import day_of
from onewindow.core.words import Words
from onewindow.look.letters import laid_out, sheets
from onewindow.look.sentences import joined
from onewindow.portal.pages import form as shown_form
from onewindow.portal.pages.history import coming, timeline
from onewindow.portal.pages.remedies import rights
from onewindow.portal.pages.scene import Scene, scene_of
from onewindow.portal.pages.special import sections
from onewindow.portal.pages.standing import next_steps, sentences
from onewindow.portal.pages.steps import STEPS
from onewindow.portal.pages.timing import FROM_BOTH, clock_section, waiting_words


def context(asker: Applicant, number: str, at: datetime) -> dict[str, Any]:
    """Return the context of portal/case.html.

    raises   NotFound
    queries  9; 1 more where a limit runs in opening hours, 1 for a fee that may be owed, 2 for the right office
    """
    scene = scene_of(asker, number, at)
    page, case = scene.page, scene.page.case
    lights = [running.reading.light for running in page.clocks.of_stage(page.state.stage)]
    return {
        "number": number,
        "item": scene.item,
        "stage": page.state.stage,
        "light": worst(lights) if lights else page.row.light,
        "says": joined(sentences(scene), "", " "),
        "today": day_of(at),
        "calendar": page.calendar,
        "clock": clock_section(scene),
        "waiting": [waiting_words(limit) for limit in page.clocks.waiting],
        "from_both": any(limit.starts == FROM_BOTH for limit in page.clocks.waiting),
        "events": [*coming(scene), *timeline(scene)],
        **sections(scene),
        "letters": sheets(queries.letters_in(case, page.entries), partial(_address, number)),
        "result": result(scene),
        "rights": rights(page.state, limits_from(case.limits), page.calendar, at),
        "papers": list(papers(scene)),
        "given": shown_form.given(scene.item, queries.form_of(case)),
        "site": scene.site,
        "may_withdraw": may_withdraw(page),
        "reads": [read for read in accounts.reads_of_for(asker) if read.subject == number]
        if isinstance(asker, Resident) and asker.level > 1
        else [],
    }


def letter_page(asker: Applicant, number: str, seq: int, kind: str, language: str) -> dict[str, Any]:
    """Return the context of portal/letter.html.

    raises  NotFound
    """
    return {
        **laid_out(queries.sheet_for(asker, number, seq, kind, language)),
        "file_url": _address(number, "letter", seq, kind, language),
        "case_url": reverse("portal:case", args=[number]),
    }


def _address(number: str, route: str, seq: int, kind: str, language: str) -> str:
    return reverse(f"portal:{route}", args=[number, seq, kind, language])


def receipt(asker: Applicant, number: str, at: datetime) -> dict[str, Any]:
    """Return the context of portal/receipt.html.

    raises   NotFound
    queries  8
    """
    scene = scene_of(asker, number, at)
    tell = scene.page.clocks.tell
    return {
        "number": number,
        "item": scene.item,
        "says": joined(sentences(scene), "", " "),
        "name": queries.name_of(scene.page.case),
        "received_at": scene.page.case.received_at,
        "site": scene.site,
        "tell_on": tell.reading.due_on if tell else None,
        "waiting": [waiting_words(limit) for limit in scene.page.clocks.waiting],
        "papers": list(papers(scene)),
        "next": list(next_steps(scene)),
        "steps": STEPS,
        "today": day_of(at),
        "calendar": scene.page.calendar,
    }


def may_withdraw(page: CasePage) -> bool:
    """Say whether the applicant may take the case back now."""
    return any(allowed.act is Act.WITHDRAW and allowed.refusal is None for allowed in page.acts)


def result(scene: Scene) -> dict[str, Any] | None:
    """Return how it was decided, and after a refusal on what grounds (审批结果)."""
    outcome = scene.page.state.outcome
    if outcome is Outcome.NONE or scene.page.state.stage is Stage.REVOKED:
        return None
    grounds = {ground.key: ground for ground in scene.item.refusals}
    decided = next(entry for entry in reversed(scene.page.entries) if entry.act in ("case.approve", "case.refuse"))
    reasons = journal.facts_of(decided).get("reasons", [])
    return {
        "refused": outcome is Outcome.REFUSED,
        "at": decided.at,
        "office": scene.office,
        "reasons": [grounds[key] for key in reasons if key in grounds],
        "remark": scene.page.remarks.get(decided.seq, ""),
        "documents": [each.name for each in rules.results(scene.item, queries.form_of(scene.page.case).answers)],
        "served": scene.page.state.delivered_at,
    }


def papers(scene: Scene) -> Iterator[dict[str, Any]]:
    """Yield the case's papers as they were handed in, with the way to one's own copy."""
    needs = rules.papers(scene.item, queries.form_of(scene.page.case).answers)
    names = {(need.key, need.holder): need.name for need in needs}
    for row in scene.page.papers:
        yield {
            "name": names.get((row.key, row.holder), Words(row.key, row.key)),
            "url": reverse("portal:paper", args=[scene.page.case.number, row.pk]) if row.file else "",
            "seen": row.state == "seen",
        }
