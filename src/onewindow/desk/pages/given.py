"""What the applicant gave (申请信息): answers, fields, papers; personal values masked unless opened this once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from onewindow.cases import queries
from onewindow.catalogue.rules import Field, Item
from onewindow.catalogue.rules import papers as needs_of
from onewindow.core.words import Words
from onewindow.look import masks
from onewindow.look.dates import long_date_words
from onewindow.look.sentences import capital


@dataclass(frozen=True, slots=True)
class Given:
    """One value of the applicant's form: masked unless it was opened for this once."""

    key: str
    label: Words
    value: Words | str
    masked: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper of the case: what it is, how it came, and whether it can be looked at."""

    id: int
    name: Words
    came: Words
    seen: bool


def values(item: Item, form: queries.Form, opened: Mapping[str, str]) -> list[Given]:
    """Return the applicant's answers and fields, in the item's order (申请内容)."""
    return [*_answers(item, form.answers), *_fields(item, form.fields, opened)]


def _answers(item: Item, answers: Mapping[str, Any]) -> Iterable[Given]:
    for question in item.questions:
        if question.key in answers:
            yield Given(question.key, question.text, capital(question.say(answers[question.key])), False)


def _fields(item: Item, fields: Mapping[str, str], opened: Mapping[str, str]) -> Iterable[Given]:
    for field in item.fields:
        text = fields.get(field.key, "")
        if not text:
            continue
        plain = opened.get(field.key)
        told = plain if plain is not None else shown(field, text)
        yield Given(field.key, capital(field.name), told, plain is None and told != text and isinstance(told, str))


# By the last part of a field's key; what is personal and not named here is hidden but for its first sign.
_MASKS = {
    "name": masks.mask_name,
    "id_number": masks.mask_id,
    "phone": masks.mask_phone,
    "plate": masks.mask_plate,
    "old_plate": masks.mask_plate,
    "vin": masks.mask_vin,
}
_OPEN = ("none", "personal")  # classes whose chosen values, from a printed list, may stand as they are
YES = Words("是", "Yes")


def shown(field: Field, text: str) -> Words | str:
    """A value as it may stand on the page: chosen ones in words, personal ones masked (默认脱敏)."""
    if field.sensitivity in _OPEN and field.type in ("yes", "statement"):
        return YES
    chosen = [option.text for option in field.options if option.value in text.split()]
    if field.sensitivity in _OPEN and chosen:
        return Words("、".join(each.zh for each in chosen), ", ".join(each.en for each in chosen))
    return _mask(field, text) if field.personal else _plain(field, text)


def _plain(field: Field, text: str) -> Words | str:
    """A date in the reader's words; what cannot be one stands as it was typed."""
    try:
        return long_date_words(date.fromisoformat(text)) if field.type == "date" else text
    except ValueError:
        return text


def _mask(field: Field, text: str) -> str:
    last = field.key.rpartition(".")[2]
    for name, mask in _MASKS.items():
        if last == name or last.endswith(f"_{name}"):
            return mask(text)
    if field.type == "address" or "address" in last:
        return masks.mask_address(text)
    if field.sensitivity != "personal":
        return masks.STAR * 3
    return f"{text[:4]}-**-**" if field.type == "date" else text[:1] + masks.STAR * 3


def sheets(papers: Iterable[queries.Paper], item: Item, answers: Mapping[str, Any]) -> list[Sheet]:
    """Return the papers of the case with their names (材料)."""
    names = {(need.key, need.holder): need.name for need in needs_of(item, answers)}
    return [
        Sheet(
            id=paper.pk,
            name=names.get((paper.key, paper.holder), Words(paper.key, paper.key)),
            came=_CAME.get(paper.state, Words(paper.state, paper.state)),
            seen=bool(paper.file),
        )
        for paper in papers
    ]


_CAME = {
    "file": Words("已上传", "Uploaded"),
    "bring": Words("窗口带来", "To be brought"),
    "seen": Words("已看原件", "Original seen"),
}
