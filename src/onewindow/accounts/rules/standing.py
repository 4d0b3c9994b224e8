"""Who may act for whom, and until when (代办资格): guardians, letters of authority."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from onewindow.accounts.rules.identity import age
from onewindow.core.errors import Refusal

ADULT = 18
"""民法典 §17: whoever has lived eighteen full years is an adult."""


class Need(StrEnum):
    """Why someone has a guardian (被监护的原因)."""

    MINOR = "minor"  # 未成年人, 民法典 §27
    INCAPABLE = "incapable"  # 无民事行为能力或者限制民事行为能力的成年人, 民法典 §28


class Guardianship(StrEnum):
    """What a guardian is to the ward (监护关系)."""

    PARENT = "parent"  # 父母
    SPOUSE = "spouse"  # 配偶
    CHILD = "child"  # 子女
    GRANDPARENT = "grandparent"  # 祖父母、外祖父母
    SIBLING = "sibling"  # 兄、姐
    RELATIVE = "relative"  # 其他近亲属
    OTHER = "other"  # 经同意的其他个人或者组织

    def fits(self, need: Need) -> bool:
        """Say whether the law knows this guardian for such a ward (民法典 §27, §28)."""
        return self in _GUARDIANS[need]


class Proof(StrEnum):
    """What a clerk saw before noting a relation (所见证明)."""

    HOUSEHOLD_BOOKLET = "household_booklet"  # 居民户口簿
    BIRTH_CERTIFICATE = "birth_certificate"  # 出生医学证明
    ADOPTION = "adoption"  # 收养登记证
    MARRIAGE = "marriage"  # 结婚证
    AGREEMENT = "agreement"  # 监护协议, 民法典 §30
    APPOINTMENT = "appointment"  # 居民委员会、村民委员会或者民政部门的指定, 民法典 §31
    JUDGMENT = "judgment"  # 人民法院的判决、指定, 民法典 §24, §31
    BUSINESS_LICENCE = "business_licence"  # 营业执照或者其他登记证书, 民法典 §58, §61

    def shows(self, firm: bool) -> bool:
        """Say whether it can prove a firm's legal representative, or else a guardian."""
        return (self is Proof.BUSINESS_LICENCE) == firm


_GUARDIANS = {
    Need.MINOR: frozenset(
        {Guardianship.PARENT, Guardianship.GRANDPARENT, Guardianship.SIBLING, Guardianship.OTHER},
    ),
    Need.INCAPABLE: frozenset(
        {
            Guardianship.SPOUSE,
            Guardianship.PARENT,
            Guardianship.CHILD,
            Guardianship.RELATIVE,
            Guardianship.OTHER,
        }
    ),
}


def guards_on(need: Need, born_on: date | None, today: date) -> bool:
    """Say whether a guardianship that nobody ended is good today: for a minor until the eighteenth birthday.

    born_on  the ward's day of birth; one that is not known makes nobody a minor
    law      民法典 §17, §27, §28, §39(一)
    """
    adult = born_on is None or age(born_on, today) >= ADULT
    return adult if need is Need.INCAPABLE else born_on is not None and not adult


def guardian_fault(
    relation: Guardianship, need: Need, guardian_born: date | None, ward_born: date | None, today: date
) -> str:
    """Return why this cannot be a guardianship, as the fact `fault` of accounts.guardian, or "" (监护关系校验).

    law  民法典 §23, §27, §28: a guardian has the capacity to guard, so is an adult
    """
    if not relation.fits(need):
        return "relation"
    if guardian_born is not None and age(guardian_born, today) < ADULT:
        return "young"
    return "" if guards_on(need, ward_born, today) else "ward"


_ITEM = re.compile(r"[A-Z0-9][A-Z0-9-]{1,23}", re.ASCII)
LONGEST_SCOPE = 400


def item_scope(items: Iterable[str]) -> str:
    """Return the codes of a letter's items as they are kept: sorted, once each, "" for all (代理权限).

    raises  Refusal accounts.letter_items
    law     民法典 §165: the letter says what the agent may do
    """
    codes = sorted(set(items))
    words = " ".join(codes)
    if len(words) > LONGEST_SCOPE or not all(_ITEM.fullmatch(code) for code in codes):
        raise Refusal("accounts.letter_items")
    return words


def check_span(from_on: date, until_on: date | None) -> None:
    """Refuse a span that ends before it begins; the end is not in it.

    raises  Refusal accounts.span
    """
    if until_on is not None and until_on <= from_on:
        raise Refusal("accounts.span")
