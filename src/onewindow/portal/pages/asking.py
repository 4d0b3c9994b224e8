"""The guided questions (引导提问): one at a time, earlier answers beside it, the first answer at the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from onewindow.calendars.queries import work_calendar
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue import rules
from onewindow.catalogue.rules import Item, Question
from onewindow.core.clock import day_of
from onewindow.core.errors import NotFound
from onewindow.look import parts
from onewindow.look.sentences import capital
from onewindow.portal.forms import QuestionForm
from onewindow.portal.pages import ahead, said
from onewindow.portal.pages.places import Place, open_now, sites_of

CHANGE, ASKED = "change", "asked"


def answers_of(item: Item, query: Mapping[str, Any]) -> dict[str, str]:
    """Return the answers that an address carries: known questions with values that they allow, nothing else."""
    given = {question.key: str(query.get(question.key, "")) for question in item.questions}
    return rules.kept_answers(item, {key: value for key, value in given.items() if value})


def address(item: Item, answers: Mapping[str, str], **more: str) -> str:
    """Return the address of the questions with these answers."""
    query = urlencode({**answers, **more})
    return f"{reverse('portal:ask', args=[item.code])}{'?' if query else ''}{query}"


def open_item(code: str) -> Item:
    """Return an item that takes applications.

    raises  NotFound for one that is closed too: its guide page says so
    """
    item = catalogue.item(code)
    if item.closed:
        raise NotFound(code)
    return item


def context(code: str, query: Mapping[str, Any], place: Place, at: datetime) -> dict[str, Any]:
    """Return the context of the template that it names: portal/ask.html, or portal/answer.html once all is asked.

    raises  NotFound
    """
    item = open_item(code)
    answers = answers_of(item, query)
    question = _question(item, answers, str(query.get(CHANGE, "")))
    told = ahead.told(item, answers, day_of(at))
    page = {
        "item": item,
        "given": given(item, answers, but=question.key if question else ""),
        "answers": answers,
        "query": urlencode(answers),
        "told": told,
        "stopped": any(each.stops for each in told),
    }
    if question is None:
        return {**page, "template": "answer", **first_answer(item, answers, place, at)}
    kept = {key: value for key, value in answers.items() if key != question.key}
    sent = query.get(ASKED) == question.key
    return {
        **page,
        "template": "ask",
        "question": question,
        "form": QuestionForm(question, query if sent else None, value=answers.get(question.key, "")),
        "kept": kept,
        "number": len(kept) + 1,
        "left": rules.steps_left(item, kept),
    }


def _question(item: Item, answers: Mapping[str, str], wanted: str) -> Question | None:
    """Return the question to ask now: the one to change, else the first that is open."""
    if wanted in answers:
        return item.by_key[wanted]
    return next(iter(rules.next_questions(item, answers)), None)


def given(item: Item, answers: Mapping[str, str], *, but: str = "") -> list[parts.Value]:
    """Return the questions answered so far, each with the way to change it and keep the rest."""
    return [
        parts.Value(
            question.text,
            capital(question.say(answers[question.key])),
            change_url=address(item, answers, change=question.key),
        )
        for question in rules.asked_questions(item, answers)
        if question.key != but
    ]


def first_answer(item: Item, answers: Mapping[str, str], place: Place, at: datetime) -> dict[str, Any]:
    """Return what the answers lead to: the sentence, papers, fees, limits, steps, where (一句话答复)."""
    calendar = work_calendar()
    needs = [need for need in rules.papers(item, answers) if need.state is not rules.State.OPEN]
    rows = [row for row in rules.limit_rows(item, answers) if row.limit.kind.value in ("promised", "statutory")]
    first, failed = rules.first_answer(item, answers), rules.failed(item, answers)
    shown = first.promised or first.statutory
    return {
        "first": first,
        "wanted": [said.paper(item, need) for need in needs if need.wanted],
        "spared": [said.paper(item, need) for need in needs if not need.wanted],
        "limits": rows,
        "example": said.example(shown, calendar, at) if shown else None,
        "charges": [said.charge(item, fee, with_condition=False) for fee in rules.fees(item, answers)],
        "musts": [(row, ahead.first(row)) for row in rules.preconditions(item, answers) if row not in failed],
        "no_limit": rules.no_limit(item, answers),
        "who": [said.actor(actor) for actor in rules.actors(item, answers)],
        "ways": rules.collecting(item, answers),
        "own": [row for row in rules.limit_rows(item, answers) if row.limit.kind.value == "own"],
        "sites": open_now(sites_of(item, place.code)[:4], at),
        "here": place,
        "today": day_of(at),
    }
