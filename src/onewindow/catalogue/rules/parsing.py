"""A body made into an item: one JSON document, checked down to the last key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from onewindow.calendars.rules import LICENSING_45, Extension, Kind, Limit, Unit, checked
from onewindow.catalogue.rules import items
from onewindow.catalogue.rules.conditions import All, AnyOf, Compare, Condition, Is, Not, Told, leaves, named
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
        notice_periods=tuple(_notice_period(each) for each in row.rows("notice_periods")),
        deciding=tuple(_deciding(each) for each in row.rows("deciding")),
        delegations=tuple(_delegation(each) for each in row.rows("delegations")),
        limits=tuple(_limit(each, type_code) for each in row.rows("limits")),
        no_limit=tuple(_unlimited(each) for each in row.rows("no_limit")),
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
        upload_when=row.whens("upload_when"),
        law=row.text("law", ""),
        mark=row.mark(),
    )


def _precondition(row: Row) -> items.Precondition:
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


def _notice_period(row: Row) -> items.NoticePeriod:
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


def _deciding(row: Row) -> items.Deciding:
    return items.Deciding(
        row.key(), _level(row, "level"), row.words("text"), row.whens(), row.text("law", ""), row.mark()
    )


def _delegation(row: Row) -> items.Delegation:
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


def _unlimited(row: Row) -> items.Unlimited:
    return items.Unlimited(row.key(), row.words("text"), row.whens(), row.text("law", ""), row.mark())


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


_KEYED = (
    "questions fields preconditions notice_periods deciding delegations no_limit"
    " steps refusals fees results lookups actors collecting"
).split()


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
    if sum((bool(question.options), question.number is not None, question.on_day)) != 1:
        faults.append(f"{place}: needs either options, a number or a day")
    _twice((option.value for option in question.options), f"{place}.options", faults)
    strange = {step.value for step in question.derive} - {option.value for option in question.options}
    if strange:
        faults.append(f"{place}.derive: {', '.join(sorted(strange))} is none of its options")
    if question.derive and question.derive[-1].when is not None:
        faults.append(f"{place}.derive: the last step must hold whenever no other does")
    _check_order(item, question, f"{place}.ask_when", question.ask_when, faults)
    for step in question.derive:
        _check_order(item, question, f"{place}.derive", step.when, faults)


def _check_order(item: Item, question: Question, place: str, condition: Condition | None, faults: list[str]) -> None:
    """Check a condition of a question: it may name only what is asked before."""
    if condition is None:
        return
    _check_condition(item, place, condition, faults)
    before = item.questions[: item.questions.index(question)]
    later = set(named(condition)) - {each.key for each in before}
    if later & set(item.by_key):
        faults.append(f"{place}: names {', '.join(sorted(later))}, which is not asked before it")


def _check_condition(item: Item, place: str, condition: Condition, faults: list[str]) -> None:
    for leaf in leaves(condition):
        question = item.by_key.get(leaf.question)
        if question is None:
            faults.append(f"{place}: {leaf.question} is no question of this item")
        elif isinstance(leaf, Is):
            strange = leaf.values - {option.value for option in question.options}
            if strange:
                faults.append(f"{place}: {leaf.question} has no answer {', '.join(sorted(strange))}")
        elif isinstance(leaf, Told):
            if not question.on_day:
                faults.append(f"{place}: {leaf.question} is not answered by a day")
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
    changed["preconditions"] = tuple(replace(row, fails_when=one(row.fails_when)) for row in changed["preconditions"])
    questions = tuple(replace(question, ask_when=one(question.ask_when)) for question in item.questions)
    return replace(item, questions=questions, by_key={each.key: each for each in questions}, **changed)


def _rebuilt(condition: Condition, one: Callable[[Condition | None], Condition | None]) -> Condition:
    if isinstance(condition, Is | Compare | Told):
        return condition
    if isinstance(condition, Not):
        return Not(one(condition.part) or condition.part)
    parts = tuple(one(part) or part for part in condition.parts)
    return All(parts) if isinstance(condition, All) else AnyOf(parts)
