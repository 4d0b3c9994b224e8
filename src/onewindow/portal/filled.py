"""What the accounts fill in of a form (预填): the applicant's own data, and those of who acts for them."""

from __future__ import annotations

from onewindow.accounts.queries import Identity

ACTING = ("agent", "guardian", "clerk")
"""Under which words a form asks for who acts for the applicant."""


def account_values(who: Identity, acting: Identity | None = None) -> dict[str, str]:
    """Return what the accounts hold, by the words of the dictionary (实名信息).

    who     the applicant
    acting  who acts for them: their data answer to the fields that ask for such a person
    """
    own = {"name": who.name, "id_type": who.id_type, "id_number": who.id_number, "phone": who.phone}
    theirs = {"name": acting.name, "id_number": acting.id_number, "phone": acting.phone} if acting else {}
    return {**own, **{f"{word}.{key}": text for word in ACTING for key, text in theirs.items()}}
