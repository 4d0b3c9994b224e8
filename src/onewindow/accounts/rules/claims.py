"""What a service of identities says of a person (实名认证结果), and whether it is enough to know them by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from onewindow.accounts.rules.identity import IdType, check_identity, check_name, mobile_fault, plain_phone
from onewindow.core.errors import Refusal

ANY_KIND = "*"
_NAMES = ("name", "id_number", "id_type", "phone")


@dataclass(frozen=True, slots=True)
class ClaimNames:
    """What the service calls things (认证字段对照): its names of the claims, its words for kinds of document.

    kinds  its word → ours; "*" stands for a service that knows one kind only and does not say it
    """

    name: str = "name"
    id_number: str = "id_number"
    id_type: str = "id_type"
    phone: str = "phone_number"
    scope: str = "openid profile"
    kinds: Mapping[str, IdType] = field(default_factory=dict)

    @property
    def wanted(self) -> frozenset[str]:
        """The claims without which nobody is known."""
        return frozenset({self.name, self.id_number} | (set() if ANY_KIND in self.kinds else {self.id_type}))


@dataclass(frozen=True, slots=True)
class Shown:
    """Who somebody has shown to be (核验的身份): as it is kept."""

    id_type: IdType
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str = field(default="", repr=False)


def read_claim_names(text: str) -> ClaimNames:
    """Read the names from a setting: name=real_name,id_number=cert_no,id_type=cert_type,type:01=resident_id.

    raises  ValueError
    """
    found: dict[str, str] = {}
    kinds: dict[str, IdType] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        ours, equals, theirs = (side.strip() for side in part.partition("="))
        if ours.startswith("type:") and equals:
            kinds[ours.removeprefix("type:")] = IdType(theirs)
        elif ours in (*_NAMES, "scope") and theirs:
            found[ours] = theirs
        else:
            raise ValueError(f"{part!r} is none of name, id_number, id_type, phone, scope, type:WORD, each with =")
    return ClaimNames(**found, kinds=kinds)


def shown_by(claims: Mapping[str, object], names: ClaimNames, today: date) -> Shown:
    """Return who the service says that somebody is (实名信息); a phone that no text can reach is left out.

    raises  Refusal accounts.real_name.short, accounts.real_name.kind, accounts.name, accounts.identity.*
    """
    name, number, word, phone = (_text(claims.get(getattr(names, each))) for each in _NAMES)
    if not name or not number or not (word or ANY_KIND in names.kinds):
        raise Refusal("accounts.real_name.short")
    kind = _kind(word or ANY_KIND, names)
    phone = plain_phone(phone)
    return Shown(kind, check_name(name), check_identity(kind, number, today), "" if mobile_fault(phone) else phone)


def _kind(word: str, names: ClaimNames) -> IdType:
    if word in names.kinds:
        return names.kinds[word]
    try:
        return IdType(word)
    except ValueError:
        raise Refusal("accounts.real_name.kind") from None


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
