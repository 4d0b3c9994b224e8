"""A body made into an item: one JSON document, checked down to the last key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onewindow.catalogue.rules import items
from onewindow.catalogue.rules.items import NOTHING, Item
from onewindow.catalogue.rules.parsing import rows
from onewindow.catalogue.rules.parsing.binding import bound
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


def parse(body: Mapping[str, Any]) -> Item:
    """Return the item that a body describes (事项数据校验).

    raises  Refusal catalogue.body, with every fault and its place
    """
    faults: list[str] = []
    row = Row(body, "", faults)
    item = _item(row)
    row.close()
    if not faults:
        item = bound(item, faults)
    if faults:
        raise Refusal("catalogue.body", item=str(body.get("code", "?")), faults=tuple(faults))
    return item


def _item(row: Row) -> Item:
    questions = tuple(rows.question(each) for each in row.rows("questions"))
    type_code = row.choice("type", TYPES)
    return Item(
        code=row.text("code"),
        depth=row.enum("depth", items.Depth, items.Depth.LISTED),
        status=row.choice("status", ("open", "closed"), "open"),
        name=row.words("name"),
        says=row.words("says"),
        words=tuple(rows.everyday(each, row) for each in row.list("words")),
        type_code=type_code,
        type=TYPES.get(type_code, NOTHING),
        theme=row.key("theme"),
        department=row.text("department"),
        levels=row.wholes("levels"),
        agency=row.words("agency"),
        spot=row.flag("spot", False),
        needs_check=row.flag("vehicle_check", False),
        makes_certificate=row.flag("certificate", False),
        applicants=rows.applicants(row.row("applicants")),
        actors=tuple(rows.actor(each) for each in row.rows("actors")),
        channels=rows.channels(row.row("channels")),
        collecting=tuple(rows.collecting(each) for each in row.rows("collecting")),
        law=row.text("law"),
        mark=row.mark(),
        questions=questions,
        lookups=tuple(rows.lookup(each) for each in row.rows("lookups")),
        fields=tuple(rows.field(each) for each in row.rows("fields")),
        papers=tuple(rows.paper(each) for each in row.rows("papers")),
        preconditions=tuple(rows.precondition(each) for each in row.rows("preconditions")),
        notice_periods=tuple(rows.notice_period(each) for each in row.rows("notice_periods")),
        deciding=tuple(rows.deciding(each) for each in row.rows("deciding")),
        delegations=tuple(rows.delegation(each) for each in row.rows("delegations")),
        limits=tuple(rows.limit(each, type_code) for each in row.rows("limits")),
        no_limit=tuple(rows.unlimited(each) for each in row.rows("no_limit")),
        steps=tuple(rows.step(each) for each in row.rows("steps")),
        refusals=tuple(rows.ground(each) for each in row.rows("refusals")),
        fees=tuple(rows.fee(each) for each in row.rows("fees")),
        results=tuple(rows.result(each) for each in row.rows("results")),
        terms=tuple(items.Term(each.words("text"), each.whens(), each.mark()) for each in row.rows("terms")),
        duties=tuple(rows.said(each) for each in row.rows("duties")),
        chains=tuple(rows.chain(each) for each in row.rows("chains")),
        faq=tuple(
            items.Answered(each.words("question"), each.words("answer"), each.mark()) for each in row.rows("faq")
        ),
        notes=tuple(rows.said(each) for each in row.rows("notes")),
        gaps=tuple(each.words("text") for each in row.rows("gaps")),
        sources=tuple(items.Source(each.text("key"), each.words("text")) for each in row.rows("sources")),
        by_key={question.key: question for question in questions},
    )
