"""The way to the files of demo people (data/demo): read, not entered."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onewindow.accounts.rules import Duty, IdType
from onewindow.core.documents import read_yaml
from onewindow.core.words import Words


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An applicant of the cast (演示申请人): nobody, by name and number."""

    key: str
    name: str
    id_type: IdType
    id_number: str = field(repr=False)
    phone: str = field(repr=False)
    about: Words


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """A member of staff of the cast (演示工作人员)."""

    key: str
    login: str
    name: str
    division: str
    office: str
    duties: tuple[tuple[Duty, str], ...]
    about: Words


@dataclass(frozen=True, slots=True)
class DemoCast:
    """Who may be signed in as in a demo; the first of the staff administers the others."""

    people: tuple[DemoPerson, ...]
    staff: tuple[DemoStaff, ...]


def read_cast(path: Path) -> DemoCast:
    """Read the cast from its file (演示角色), data/demo/cast.yaml."""
    book: dict[str, list[dict[str, Any]]] = read_yaml(path.read_text(encoding="utf-8"))
    return DemoCast(
        people=tuple(
            DemoPerson(**{**row, "id_type": IdType(row["id_type"]), "about": Words(**row["about"])})
            for row in book["people"]
        ),
        staff=tuple(
            DemoStaff(
                **{
                    **row,
                    "about": Words(**row["about"]),
                    "duties": tuple((Duty(duty), scope) for duty, scope in row["duties"]),
                }
            )
            for row in book["staff"]
        ),
    )
