"""A body made into an item: one JSON document, checked down to the last key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from onewindow.calendars.rules import LICENSING_45, Extension, Kind, Limit, Unit, checked
from onewindow.catalogue.rules import items
from onewindow.catalogue.rules.conditions import All, AnyOf, Compare, Condition, Is, Not, leaves, named
from onewindow.catalogue.rules.items import NOTHING, Item, Question
from onewindow.catalogue.rules.reading import Row
from onewindow.core.errors import Refusal
from onewindow.core.words import Words

# GB/T 39046-2020 A.1, as far as our items go.
TYPES = {
    "01": Words("行政许可", "administrative licence"),
    "05": Words("行政给付", "administrative payment"),
    "07": Words("行政确认", "administrative confirmation"),
    "10": Words("其他行政权力", "other administrative power"),
    "20": Words("公共服务", "public service"),
}
FIELD_TYPES = frozenset("text long number date moment choice choices yes address place statement file slot".split())
CHECKS = frozenset("name identity owner_identity phone mobile plate vin credit postcode past".split())
ACCOUNT = frozenset("name id_type id_number phone".split())
COMES = ("", "none", "applicant", "actor", "both")
ONLINE = frozenset("full apply book none inside".split())


def parse(body: Mapping[str, Any]) -> Item:
    """Return the item that a body describes (事项数据校验).

    raises  Refusal catalogue.body, with every fault and its place
    """
    faults: list[str] = []
    row = Row(body, "", faults)
    item = _item(row)
    row.close()
    if not faults:
        item = _bound(item, faults)
    if faults:
        raise Refusal("catalogue.body", item=str(body.get("code", "?")), faults=tuple(faults))
    return item


def _item(row: Row) -> Item:
    questions = tuple(_question(each) for each in row.rows("questions"))
    type_code = row.choice("type", TYPES)
    return Item(
        code=row.text("code"),
        depth=row.enum("depth", items.Depth, items.Depth.LISTED),
        status=row.choice("status", ("open", "closed"), "open"),
        name=row.words("name"),
        says=row.words("says"),
        words=tuple(_everyday(each, row) for each in row.list("words")),
        type_code=type_code,
        type=TYPES.get(type_code, NOTHING),
        theme=row.key("theme"),
        department=row.text("department"),
        levels=row.wholes("levels"),
        agency=row.words("agency"),
        spot=row.flag("spot", False),
        needs_check=row.flag("vehicle_check", False),
        makes_certificate=row.flag("certificate", False),
        applicants=_applicants(row.row("applicants")),
        actors=tuple(_actor(each) for each in row.rows("actors")),
        channels=_channels(row.row("channels")),
        collecting=tuple(_collecting(each) for each in row.rows("collecting")),
        law=row.text("law"),
        mark=row.mark(),
        questions=questions,
        lookups=tuple(_lookup(each) for each in row.rows("lookups")),
        fields=tuple(_field(each) for each in row.rows("fields")),
        papers=tuple(_paper(each) for each in row.rows("papers")),
        preconditions=tuple(_precondition(each) for each in row.rows("preconditions")),
        limits=tuple(_limit(each, type_code) for each in row.rows("limits")),
        steps=tuple(_step(each) for each in row.rows("steps")),
        refusals=tuple(_ground(each) for each in row.rows("refusals")),
        fees=tuple(_fee(each) for each in row.rows("fees")),
        results=tuple(_result(each) for each in row.rows("results")),
        terms=tuple(items.Term(each.words("text"), each.whens(), each.mark()) for each in row.rows("terms")),
        duties=tuple(_said(each) for each in row.rows("duties")),
        chains=tuple(_chain(each) for each in row.rows("chains")),
        faq=tuple(
            items.Answered(each.words("question"), each.words("answer"), each.mark()) for each in row.rows("faq")
        ),
        notes=tuple(_said(each) for each in row.rows("notes")),
        gaps=tuple(each.words("text") for each in row.rows("gaps")),
        sources=tuple(items.Source(each.text("key"), each.words("text")) for each in row.rows("sources")),
        by_key={question.key: question for question in questions},
    )


def _closed(row: Row, value: Any) -> Any:
    row.close()
    return value


def _everyday(data: object, row: Row) -> items.Everyday:
    if isinstance(data, str):
        return items.Everyday(data)
    inner = Row(data, f"{row.place}.words".strip("."), row.faults)
    word: items.Everyday = _closed(inner, items.Everyday(inner.text("text"), inner.text("pinyin", "")))
    return word


def _applicants(row: Row) -> items.Applicants:
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


def _actor(row: Row) -> items.Actor:
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


def _collecting(row: Row) -> items.Collecting:
    return items.Collecting(
        row.key(), row.enum("way", items.Collected, items.Collected.COUNTER), row.words("text"), row.whens(),
        row.text("law", ""), row.mark(),
    )  # fmt: skip


def _channels(row: Row) -> items.Channels:
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


def _question(row: Row) -> Question:
    return Question(
        key=row.key(),
        text=row.words("text"),
        why=row.words("why"),
        options=_options(row),
        number=_number(row.row("number")) if row.has("number") else None,
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


def _lookup(row: Row) -> items.Lookup:
    return items.Lookup(
        row.key(), row.words("name"), row.words("where"), row.text("replaces", ""), row.text("law", ""), row.mark()
    )


def _field(row: Row) -> items.Field:
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


def _paper(row: Row) -> items.Paper:
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
        law=row.text("law", ""),
        mark=row.mark(),
    )


def _precondition(row: Row) -> items.Precondition:
    return items.Precondition(
        row.key(), row.words("text"), row.words("checked_by"), row.words("otherwise"), row.whens(),
        row.text("law", ""), row.mark(),
    )  # fmt: skip


def _limit(row: Row, type_code: str) -> items.LimitRow:
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


def _step(row: Row) -> items.Step:
    return items.Step(
        row.key(), row.words("text"), row.words("by"), row.flag("on_site", False), row.words("document", NOTHING),
        row.whens(), row.text("law", ""), row.mark(),
    )  # fmt: skip


def _ground(row: Row) -> items.Ground:
    return items.Ground(row.key(), row.words("text"), row.words("remedy"), row.whens(), row.text("law", ""), row.mark())


def _fee(row: Row) -> items.Fee:
    cents = int(row.number("yuan") * 100) if row.has("yuan") else row.take("yuan")
    return items.Fee(
        row.key(), row.words("name"), cents, row.words("per", NOTHING), row.words("note", NOTHING), row.whens(),
        row.text("law", ""), row.mark(),
    )  # fmt: skip


def _result(row: Row) -> items.Result:
    holds = tuple(each.words("text") for each in row.rows("holds"))
    return items.Result(
        row.key(), row.words("name"), holds, row.words("validity", NOTHING), row.words("back", NOTHING), row.whens(),
        row.text("law", ""), row.mark(),
    )  # fmt: skip


def _said(row: Row) -> items.Said:
    return items.Said(row.words("text"), row.text("law", ""), row.mark())


def _chain(row: Row) -> items.Chain:
    return items.Chain(row.words("before"), row.words("after"), row.words("text"), row.mark())


_KEYED = "questions fields preconditions steps refusals fees results lookups actors collecting".split()


def _bound(item: Item, faults: list[str]) -> Item:
    """Check every condition against the item's questions, and keep equal conditions once."""
    for part in _KEYED:
        _twice((row.key for row in getattr(item, part)), part, faults)
    for question in item.questions:
        _check_question(item, question, faults)
    for place, condition in item.conditions():
        _check_condition(item, place, condition, faults)
    for field in item.fields:
        if field.question and field.question not in item.by_key:
            faults.append(f"fields[{field.key}].question: {field.question} is no question of this item")
    if faults:
        return item
    return _interned(item)


def _twice(keys: Iterable[str], part: str, faults: list[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            faults.append(f"{part}: {key} stands twice")
        seen.add(key)


def _check_question(item: Item, question: Question, faults: list[str]) -> None:
    place = f"questions[{question.key}]"
    if bool(question.options) == (question.number is not None):
        faults.append(f"{place}: needs either options or a number")
    _twice((option.value for option in question.options), f"{place}.options", faults)
    if question.ask_when is None:
        return
    _check_condition(item, f"{place}.ask_when", question.ask_when, faults)
    before = item.questions[: item.questions.index(question)]
    later = set(named(question.ask_when)) - {each.key for each in before}
    if later & set(item.by_key):
        faults.append(f"{place}.ask_when: names {', '.join(sorted(later))}, which is not asked before it")


def _check_condition(item: Item, place: str, condition: Condition, faults: list[str]) -> None:
    for leaf in leaves(condition):
        question = item.by_key.get(leaf.question)
        if question is None:
            faults.append(f"{place}: {leaf.question} is no question of this item")
        elif isinstance(leaf, Is):
            strange = leaf.values - {option.value for option in question.options}
            if strange:
                faults.append(f"{place}: {leaf.question} has no answer {', '.join(sorted(strange))}")
        elif question.number is None:
            faults.append(f"{place}: {leaf.question} is not answered by a number")


def _interned(item: Item) -> Item:
    seen: dict[Condition, Condition] = {}

    def one(condition: Condition | None) -> Condition | None:
        if condition is None or condition in seen:
            return None if condition is None else seen[condition]
        kept = _rebuilt(condition, one)
        seen[kept] = kept
        return kept

    changed: dict[str, Any] = {}
    for part in items.CONDITIONAL:
        changed[part] = tuple(replace(row, when=one(row.when)) for row in getattr(item, part))
    questions = tuple(replace(question, ask_when=one(question.ask_when)) for question in item.questions)
    return replace(item, questions=questions, by_key={each.key: each for each in questions}, **changed)


def _rebuilt(condition: Condition, one: Callable[[Condition | None], Condition | None]) -> Condition:
    if isinstance(condition, Is | Compare):
        return condition
    if isinstance(condition, Not):
        return Not(one(condition.part) or condition.part)
    parts = tuple(one(part) or part for part in condition.parts)
    return All(parts) if isinstance(condition, All) else AnyOf(parts)
