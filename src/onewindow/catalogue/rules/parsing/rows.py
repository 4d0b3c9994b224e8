"""The rows of a body (逐行读入): each mapping becomes a value, and what is missing or wrong is noted with its place."""

from __future__ import annotations

from datetime import date
from typing import Any

from onewindow.calendars.rules import LICENSING_45, Extension, Kind, Limit, Unit, checked
from onewindow.catalogue.rules import items
from onewindow.catalogue.rules.conditions import All, Told
from onewindow.catalogue.rules.items import NOTHING, Question
from onewindow.catalogue.rules.reading import Row
from onewindow.core.errors import Refusal

FIELD_TYPES = frozenset("text long number date moment choice choices yes address place statement file slot".split())
CHECKS = frozenset("name identity owner_identity phone mobile plate vin credit postcode past".split())
ACCOUNT = frozenset("name id_type id_number phone".split())
COMES = ("", "none", "applicant", "actor", "both")
ONLINE = frozenset("full apply book none inside".split())


def _closed(row: Row, value: Any) -> Any:
    row.close()
    return value


def everyday(data: object, row: Row) -> items.Everyday:
    """Return a word of everyday speech as it was written."""
    if isinstance(data, str):
        return items.Everyday(data)
    inner = Row(data, f"{row.place}.words".strip("."), row.faults)
    word: items.Everyday = _closed(inner, items.Everyday(inner.text("text"), inner.text("pinyin", "")))
    return word


def applicants(row: Row) -> items.Applicants:
    """Return who may apply as it was written."""
    found: items.Applicants = _closed(
        row,
        items.Applicants(
            codes=row.wholes("codes"),
            text=row.words("text"),
            agent=row.words("agent", NOTHING),
            guardian=row.words("guardian", NOTHING),
            presence=row.words("presence", NOTHING),
            law=row.text("law", ""),
            mark=row.mark(),
        ),
    )
    return found


def actor(row: Row) -> items.Actor:
    """Return who may act as it was written."""
    return items.Actor(
        key=row.key(),
        text=row.words("text"),
        basis=row.choice("basis", items.BASES),
        allowed=row.flag("allowed", True),
        comes=row.choice("comes", COMES, ""),
        presence=row.words("presence", NOTHING),
        when=row.whens(),
        law=row.text("law", ""),
        mark=row.mark(),
    )


def collecting(row: Row) -> items.Collecting:
    """Return how the result is collected as it was written."""
    return items.Collecting(
        row.key(), row.enum("way", items.Collected, items.Collected.COUNTER), row.words("text"), row.whens(),
        row.text("law", ""), row.mark(),
    )  # fmt: skip


def channels(row: Row) -> items.Channels:
    """Return how it can be applied for as it was written."""
    found: items.Channels = _closed(
        row,
        items.Channels(
            online=row.choice("online", ONLINE),
            text=row.words("text"),
            visits_least=row.whole("visits_least", 0),
            visits_most=row.whole("visits_most", 0),
            why_visit=row.words("why_visit", NOTHING),
            one_id=row.flag("one_id", False),
            scope=row.words("scope", NOTHING),
            scope_mark=row.choice("scope_mark", ("S", "K", "U", "D"), "U"),
        ),
    )
    return found


def _options(row: Row) -> tuple[items.Option, ...]:
    return tuple(items.Option(each.text("value"), each.words("text")) for each in row.rows("options"))


def question(row: Row) -> Question:
    """Return a question as it was written."""
    return Question(
        key=row.key(),
        text=row.words("text"),
        why=row.words("why"),
        options=_options(row),
        number=_number(row.row("number")) if row.has("number") else None,
        derive=tuple(items.Derived(each.text("value"), each.whens()) for each in row.rows("derive")),
        on_day=row.flag("day", False),
        ask_when=row.whens("ask_when"),
        answered_by=row.choice("answered_by", ("person", "system", "both"), "person"),
        law=row.text("law", ""),
        mark=row.mark(),
    )


def _number(row: Row) -> items.Number:
    found: items.Number = _closed(
        row, items.Number(row.words("unit"), row.whole("least", 0), row.whole("most", 999), row.wholes("samples"))
    )
    return found


def lookup(row: Row) -> items.Lookup:
    """Return a fact that can be looked up as it was written."""
    return items.Lookup(
        row.key(), row.words("name"), row.words("where"), row.text("replaces", ""), row.text("law", ""), row.mark()
    )


def field(row: Row) -> items.Field:
    """Return a field of the form as it was written."""
    return items.Field(
        key=row.key(),
        name=row.words("name"),
        type=row.choice("type", FIELD_TYPES),
        check=row.choice("check", ("", *CHECKS), ""),
        hint=row.words("hint", NOTHING),
        options=_options(row),
        required=row.flag("required", True),
        sensitivity=row.text("sensitivity", "personal"),
        account=row.choice("account", ("", *ACCOUNT), ""),
        question=row.text("question", ""),
        filled_from=row.words("filled_from", NOTHING),
        note=row.words("note", NOTHING),
        when=row.whens(),
        mark=row.mark(),
    )


def paper(row: Row) -> items.Paper:
    """Return a paper as it was written."""
    key = row.key()
    return items.Paper(
        key=key,
        document=row.key("document", key),
        holder=row.key("holder", "applicant"),
        name=(name := row.words("name")),
        general=row.words("general", name),
        way=row.enum("way", items.Way, items.Way.UPLOAD),
        instead=row.words("instead", NOTHING),
        instead_kind=row.choice("instead_kind", ("licence", "data", ""), ""),
        instead_mark=row.choice("instead_mark", ("S", "K", "U", "D"), "U"),
        issuer=row.words("issuer", NOTHING),
        required=row.flag("required", True),
        one_of=row.text("one_of", ""),
        per=row.words("per", NOTHING),
        only_if=row.words("only_if", NOTHING),
        note=row.words("note", NOTHING),
        when=row.whens(),
        upload_when=row.whens("upload_when"),
        law=row.text("law", ""),
        mark=row.mark(),
    )


def precondition(row: Row) -> items.Precondition:
    """Return a precondition as it was written."""
    return items.Precondition(
        key=row.key(),
        text=row.words("text"),
        checked_by=row.words("checked_by"),
        otherwise=row.words("otherwise"),
        when=row.whens(),
        fails_when=row.whens("fails_when"),
        stops=row.flag("stops", False),
        after=tuple(str(each) for each in row.list("after")),
        law=row.text("law", ""),
        mark=row.mark(),
    )


def notice_period(row: Row) -> items.NoticePeriod:
    """Return a notice period as it was written."""
    question, when = row.key("question"), row.whens()
    told = Told(question)
    return items.NoticePeriod(
        key=row.key(),
        text=row.words("text"),
        question=question,
        days=row.whole("days", 0),
        refuses=row.choice("late", ("refused", "told"), "told") == "refused",
        otherwise=row.words("otherwise"),
        when=told if when is None else All((when, told)),
        law=row.text("law"),
        mark=row.mark(),
    )


LEVELS = (0, 1, 2, 3, 4)


def deciding(row: Row) -> items.Deciding:
    """Return who decides as it was written."""
    return items.Deciding(
        row.key(), _level(row, "level"), row.words("text"), row.whens(), row.text("law", ""), row.mark()
    )


def delegation(row: Row) -> items.Delegation:
    """Return what was handed on as it was written."""
    since = _date(row, "since")
    found = items.Delegation(
        key=row.key(),
        source=_level(row, "from"),
        target=_level(row, "to"),
        since=since or date.min,
        until=_date(row, "until") if row.has("until") else None,
        text=row.words("text"),
        when=row.whens(),
        law=row.text("law"),
        mark=row.mark(),
    )
    if found.source == found.target or 0 in (found.source, found.target):
        row.fault("to", "a delegation goes from one level to another")
    if found.until is not None and found.until < found.since:
        row.fault("until", "lies before since")
    return found


def _level(row: Row, key: str) -> int:
    level = row.whole(key, -1)
    if level not in LEVELS:
        row.fault(key, "must be 1 ministry, 2 province, 3 city, 4 county or 0, the office that decided before")
    return level


def _date(row: Row, key: str) -> date | None:
    value = row.take(key)
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        row.fault(key, f"must be a day like 2026-01-31, not {value!r}")
        return None


def unlimited(row: Row) -> items.Unlimited:
    """Return that no limit stands in law as it was written."""
    return items.Unlimited(row.key(), row.words("text"), row.whens(), row.text("law", ""), row.mark())


def limit(row: Row, type_code: str) -> items.LimitRow:
    """Return a limit as it was written."""
    unit = row.enum("unit", Unit, Unit.WORKDAY)
    limit = Limit(
        kind=row.enum("kind", Kind, Kind.STATUTORY),
        number=row.number("number"),
        unit=unit,
        starts=row.text("from", "accepted"),
        until=row.text("until", "decided"),
        pauses=LICENSING_45 if row.choice("pauses", ("none", "licensing-45"), "none") != "none" else frozenset(),
        extension=_extension(row.row("extension")) if row.has("extension") else None,
        law=row.text("law", ""),
        confidence=row.mark(),
        text=row.words("text"),
    )
    if limit.pauses and type_code != items.LICENCE:
        row.fault("pauses", "only a licence (type 01) pauses by art. 45 of the Licensing Law")
    try:
        checked(limit)
    except Refusal:
        row.fault("number", f"{float(limit.number):g} is no number that can be counted in {unit.value}")
    return items.LimitRow(limit, row.words("note", NOTHING), row.whens())


def _extension(row: Row) -> Extension:
    if row.has("by") == row.has("to"):
        row.fault("", "an extension is by a number or to a number")
    found: Extension = _closed(
        row, Extension(row.whole("by", 0), row.whole("to", 0), row.words("approver"), row.text("law", ""))
    )
    return found


def step(row: Row) -> items.Step:
    """Return a step as it was written."""
    return items.Step(
        row.key(), row.words("text"), row.words("by"), row.flag("on_site", False), row.words("document", NOTHING),
        row.whens(), row.text("law", ""), row.mark(),
    )  # fmt: skip


def ground(row: Row) -> items.Ground:
    """Return a ground of refusal as it was written."""
    return items.Ground(row.key(), row.words("text"), row.words("remedy"), row.whens(), row.text("law", ""), row.mark())


def fee(row: Row) -> items.Fee:
    """Return a fee as it was written."""
    cents = int(row.number("yuan") * 100) if row.has("yuan") else row.take("yuan")
    return items.Fee(
        row.key(), row.words("name"), cents, row.words("per", NOTHING), row.words("note", NOTHING), row.whens(),
        row.text("law", ""), row.mark(),
    )  # fmt: skip


def result(row: Row) -> items.Result:
    """Return a result as it was written."""
    holds = tuple(each.words("text") for each in row.rows("holds"))
    return items.Result(
        row.key(), row.words("name"), holds, row.words("validity", NOTHING), row.words("back", NOTHING), row.whens(),
        row.text("law", ""), row.mark(),
    )  # fmt: skip


def said(row: Row) -> items.Said:
    """Return a sentence with its law as it was written."""
    return items.Said(row.words("text"), row.text("law", ""), row.mark())


def chain(row: Row) -> items.Chain:
    """Return what comes before and after as it was written."""
    return items.Chain(row.words("before"), row.words("after"), row.words("text"), row.mark())
