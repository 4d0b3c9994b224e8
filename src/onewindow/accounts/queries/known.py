"""What the accounts fill in of a form (预填): of the applicant, of who acts for them, of the firm acted for."""

from __future__ import annotations

from onewindow.accounts.models import Firm
from onewindow.accounts.queries.people import Identity, applicant_for, identity_of
from onewindow.accounts.rules import Agent, Applicant, Basis

ACTING = ("agent", "guardian", "clerk")
"""Under which words a form asks for who acts for the applicant."""


def known_for(asker: Applicant) -> dict[str, str]:
    """Return what the accounts hold for a form, by the words of the dictionary (实名信息、单位登记信息).

    Of a firm that is what its licence shows. The number and telephone of its legal representative stand here only for
    themselves: who else acts for the firm has no need of them.

    queries  1; 2 for an agent or a ward without a phone, 4 for a firm
    """
    who = applicant_for(asker)
    known = {"name": who.name, "id_type": who.id_type, "id_number": who.id_number, "phone": who.phone}
    if not isinstance(asker, Agent):
        return known
    acting = who if who.person == asker.person else identity_of(asker.person)
    theirs = {f"{word}.{key}": text for word in ACTING for key, text in _contact(acting).items()}
    return {**known, **theirs, **(_of_firm(asker.firm, acting) if asker.firm else {})}


def _contact(who: Identity) -> dict[str, str]:
    return {"name": who.name, "id_number": who.id_number, "phone": who.phone}


def _of_firm(code: str, acting: Identity) -> dict[str, str]:
    firm = Firm.objects.get(code=code)
    known = {"firm.name": firm.name, "firm.uscc": firm.code}
    head = firm.roles.filter(role=Basis.LEGAL_REP.value, ended_at=None).values_list("person", flat=True).first()
    if head is None:
        return known
    if head != acting.person:
        return {**known, "firm.legal_rep_name": identity_of(head).name}
    return {**known, **{f"firm.legal_rep_{key}": text for key, text in _contact(acting).items()}}
