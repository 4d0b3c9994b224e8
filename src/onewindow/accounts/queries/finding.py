"""Finding people and firms by name (按姓名、单位查找): for rooms, which decide what of it anybody sees."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from onewindow.accounts import models
from onewindow.accounts.models import Firm
from onewindow.accounts.queries.people import identities, name_lookup
from onewindow.accounts.rules import birth_of, plain

MOST_NAMED = 500
"""More people of one name than this are not told apart here: ask for their document instead."""


def persons_named(name: str, *, born_in: int | None = None) -> list[int]:
    """Return the ids of those with exactly this name (同名的人).

    name     as `check_name` returned it
    born_in  only those whose number says this year of birth
    queries  1; 2 with a year
    """
    rows = models.Person.objects.filter(name_lookup=name_lookup(name)).order_by("pk").values_list("pk", flat=True)
    found = list(rows[:MOST_NAMED])
    if born_in is None:
        return found
    births: dict[int, date | None] = {pk: birth_of(who.id_number) for pk, who in identities(found).items()}
    return [pk for pk in found if (birth := births.get(pk)) is not None and birth.year == born_in]


def firms_named(text: str, *, size: int = 20) -> list[Firm]:
    """Return the firms with this code, or with this in their names (查单位); names and codes are public by law.

    queries  1
    """
    text = " ".join(text.split())
    which = Q(code=plain(text)) | (Q(name__icontains=text) if len(text) >= 2 else Q())
    return list(Firm.objects.filter(which).order_by("code")[:size]) if text else []
