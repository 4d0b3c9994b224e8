"""The dictionaries (数据字典): what fields, documents, departments and themes are, and items completed from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from onewindow.catalogue.rules.reading import Row
from onewindow.core.errors import Refusal
from onewindow.core.words import Words

_FIELD_KEYS = ("name", "type", "check", "sensitivity", "account", "hint", "options")


@dataclass(frozen=True, slots=True)
class Book:
    """The dictionaries as far as pages and the check need them (数据字典).

    fields, documents  as written, by key; they complete the items when a catalogue is loaded
    """

    departments: Mapping[str, Words]
    themes: Mapping[str, Words]
    holders: Mapping[str, Words]
    documents: Mapping[str, Words]
    sensitivity: Mapping[str, Words]
    laws: Mapping[str, str]
    fields: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)
    option_lists: Mapping[str, Any] = field(default_factory=dict, repr=False)


def book(files: Mapping[str, Any]) -> Book:
    """Return the dictionaries of a catalogue (数据字典).

    files   name of the file without its ending → what stands in it
    raises  Refusal catalogue.body
    """
    faults: list[str] = []
    fields = files.get("fields") or {}
    found = Book(
        departments=_names(files, "departments", faults),
        themes=_names(files, "themes", faults),
        holders=_names(files, "holders", faults),
        documents=_names(files, "documents", faults),
        sensitivity=_names(files, "sensitivity", faults),
        laws={str(zh): str(en) for zh, en in (files.get("laws") or {}).get("laws", {}).items()},
        fields={str(each.get("key")): each for each in fields.get("fields", [])},
        option_lists=fields.get("option_lists", {}),
    )
    if faults:
        raise Refusal("catalogue.body", item="dictionary", faults=tuple(faults))
    return found


def _names(files: Mapping[str, Any], name: str, faults: list[str]) -> dict[str, Words]:
    top = Row(files.get(name) or {}, "", faults)
    return {row.key(): row.words("name") for row in _open_rows(top, name, faults)}


def _open_rows(top: Row, name: str, faults: list[str]) -> list[Row]:
    """Return the rows of a dictionary; it may hold more than is read here, for editors."""
    return [Row(data, f"{name}[{place}]", faults) for place, data in enumerate(top.list(name))]


def completed(item: Mapping[str, Any], book: Book) -> dict[str, Any]:
    """Return an item's body with what the dictionaries say of its fields and documents (事项数据).

    raises  Refusal catalogue.body, for a field that no dictionary knows or options that no list holds
    """
    faults: list[str] = []
    body = dict(item)
    rows = item.get("fields")
    if isinstance(rows, list):
        body["fields"] = [_field(row, book, faults) if isinstance(row, Mapping) else row for row in rows]
    papers = item.get("papers")
    if isinstance(papers, list):
        body["papers"] = [_paper(row, book, faults) if isinstance(row, Mapping) else row for row in papers]
    if faults:
        raise Refusal("catalogue.body", item=str(item.get("code", "?")), faults=tuple(faults))
    return body


def _field(row: Mapping[str, Any], book: Book, faults: list[str]) -> dict[str, Any]:
    known = book.fields.get(str(row.get("key")))
    if known is None:
        faults.append(f"fields[{row.get('key')}]: stands in no dictionary")
        return dict(row)
    base = {key: known[key] for key in _FIELD_KEYS if key in known}
    full = {**base, **row}
    if isinstance(full.get("options"), str):
        name = full["options"]
        if name not in book.option_lists:
            faults.append(f"fields[{row.get('key')}].options: no list is called {name}")
        full["options"] = book.option_lists.get(name, [])
    return full


def _paper(row: Mapping[str, Any], book: Book, faults: list[str]) -> dict[str, Any]:
    holder = row.get("holder", "applicant")
    if holder not in book.holders and not str(holder).startswith("party_"):
        faults.append(f"papers[{row.get('key')}].holder: {holder} is in no dictionary")
    general = book.documents.get(str(row.get("document", row.get("key"))))
    if "document" in row and general is None and not str(row["document"]).startswith("paper_"):
        faults.append(f"papers[{row.get('key')}].document: {row['document']} is in no dictionary")
    return {**row, **({"general": {"zh": general.zh, "en": general.en}} if general else {})}
