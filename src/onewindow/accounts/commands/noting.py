"""Notes at the counter of who may act for whom, where the other side is known by its document alone (窗口登记代办)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction

from onewindow.accounts.commands.persons import register_firm
from onewindow.accounts.commands.real_names import verify_at_counter
from onewindow.accounts.commands.standing import give_letter, note_guardian, note_legal_rep
from onewindow.accounts.rules import Guardianship, IdType, Need, Proof, Staff
from onewindow.core.errors import Refusal
from onewindow.core.once import Once

_FIELDS = {"accounts.credit": "code", "accounts.firm_name": "firm_name"}
_NAMES = frozenset({"accounts.name", "accounts.name_differs"})
_OF_GUARDIANS = {"relation": "relation", "proof": "proof", "ward": "ward_born_on", "twice": "id_number"}


@transaction.atomic
def note_ward(
    *,
    guardian: int,
    name: str,
    id_type: IdType,
    id_number: str,
    relation: Guardianship,
    need: Need,
    proof: Proof,
    by: Staff,
    at: datetime,
    key: Once,
    ward_born_on: date | None = None,
) -> int:
    """Note whom a person guards, by the ward's own document, and return the note's id (登记被监护人).

    raises  NotFound; Refusal as note_guardian and verify_at_counter, each with its field
    law     民法典 §23, §27, §28, §30, §31
    """
    with _beside_fields():
        ward = verify_at_counter(by=by, name=name, id_type=id_type, id_number=id_number, at=at, key=key)
        return note_guardian(
            guardian=guardian,
            ward=ward,
            relation=relation,
            need=need,
            proof=proof,
            ward_born_on=ward_born_on,
            by=by,
            at=at,
            key=key,
        )


@transaction.atomic
def note_letter(
    *,
    agent: int,
    name: str,
    id_type: IdType,
    id_number: str,
    items: Iterable[str],
    from_on: date,
    until_on: date,
    by: Staff,
    at: datetime,
    key: Once,
) -> int:
    """Note a person's letter of authority seen on paper, by the principal's document (登记个人授权委托书).

    raises  NotFound; Refusal as give_letter and verify_at_counter, each with its field
    law     民法典 §161, §165
    """
    with _beside_fields():
        principal = verify_at_counter(by=by, name=name, id_type=id_type, id_number=id_number, at=at, key=key)
        return give_letter(
            agent=agent,
            principal=principal,
            items=items,
            from_on=from_on,
            until_on=until_on,
            by=by,
            at=at,
            key=key,
        )


@transaction.atomic
def note_firm_letter(
    *,
    agent: int,
    code: str,
    firm_name: str,
    items: Iterable[str],
    from_on: date,
    until_on: date,
    by: Staff,
    at: datetime,
    key: Once,
) -> int:
    """Note a firm's letter of authority seen on paper, the firm registered now if new (登记单位授权委托书).

    raises  NotFound; Refusal as give_letter, accounts.credit, accounts.firm_name, each with its field
    law     民法典 §161, §165
    """
    with _beside_fields():
        firm = register_firm(name=firm_name, code=code, by=by, at=at)
        return give_letter(
            agent=agent,
            firm=firm.code,
            items=items,
            from_on=from_on,
            until_on=until_on,
            by=by,
            at=at,
            key=key,
        )


@transaction.atomic
def note_firm_rep(*, person: int, code: str, firm_name: str, proof: Proof, by: Staff, at: datetime, key: Once) -> int:
    """Note a firm's legal representative, the firm registered now if new (登记法定代表人).

    raises  NotFound; Refusal as note_legal_rep, accounts.credit, accounts.firm_name, each with its field
    law     民法典 §61
    """
    with _beside_fields():
        firm = register_firm(name=firm_name, code=code, by=by, at=at)
        return note_legal_rep(firm=firm.code, person=person, proof=proof, by=by, at=at, key=key)


@contextmanager
def _beside_fields() -> Iterator[None]:
    """Say of a refusal which field it is about."""
    try:
        yield
    except Refusal as refusal:
        name = _field_of(refusal)
        if not name or "fields" in refusal.facts:
            raise
        raise Refusal(refusal.code, fields={name: refusal}) from refusal


def _field_of(refusal: Refusal) -> str:
    if refusal.code == "accounts.guardian":
        return _OF_GUARDIANS.get(str(refusal.facts.get("fault")), "")
    if refusal.code in _NAMES:
        return "name"
    if refusal.code.startswith("accounts.identity.") or refusal.code in (
        "accounts.agent_self",
        "accounts.own_document",
    ):
        return "id_number"
    return _FIELDS.get(refusal.code, "")
