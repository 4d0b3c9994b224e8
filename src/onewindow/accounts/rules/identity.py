"""What a person's papers say of themselves (证件校验): checks that catch slips and refuse no real person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum

from onewindow.core.errors import Refusal


class IdType(StrEnum):
    """The kinds of identity document (证件类型); keys as in the catalogue's dictionary."""

    RESIDENT_ID = "resident_id"  # 居民身份证
    TEMPORARY_ID = "temporary_id"  # 临时居民身份证
    HOUSEHOLD_BOOKLET = "household_booklet"  # 居民户口簿
    BIRTH_CERTIFICATE = "birth_certificate"  # 出生医学证明
    PASSPORT = "passport"  # 护照
    HK_MACAO_PERMIT = "hk_macao_permit"  # 港澳居民来往内地通行证
    TAIWAN_PERMIT = "taiwan_permit"  # 台湾居民来往大陆通行证
    HMT_RESIDENCE = "hmt_residence"  # 港澳台居民居住证
    FOREIGN_PR_CARD = "foreign_pr_card"  # 外国人永久居留身份证
    MILITARY_ID = "military_id"  # 军人、武警身份证件


# An area code that stands in no yearly list 1980-2024: numbers of demo people begin with it and are no one's.
DEMO_AREA = "149900"
EARLIEST_BIRTH = date(1900, 1, 1)

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS = "10X98765432"
_EIGHTEEN = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_SHAPES = {
    IdType.BIRTH_CERTIFICATE: re.compile(r"[A-Z]\d{9}", re.ASCII),
    IdType.PASSPORT: re.compile(r"[A-Z0-9]{5,20}", re.ASCII),
    IdType.HK_MACAO_PERMIT: re.compile(r"[HM]\d{8}(\d{2})?", re.ASCII),
    IdType.TAIWAN_PERMIT: re.compile(r"\d{8}|\d{10}[A-Z]?", re.ASCII),
    IdType.MILITARY_ID: re.compile(r"\w{5,24}"),
}
_OLD_PR_CARD = re.compile(r"[A-Z]{3}\d{12}", re.ASCII)
_PREFIXES = {IdType.HMT_RESIDENCE: ("81", "82", "83"), IdType.FOREIGN_PR_CARD: ("9",)}
_LIKE_RESIDENT = frozenset({IdType.RESIDENT_ID, IdType.TEMPORARY_ID, IdType.HOUSEHOLD_BOOKLET, *_PREFIXES})

_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT = re.compile(f"[{_CREDIT_SIGNS}]{{18}}")

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
# No network gives numbers that begin with 10: those of demo people can reach no one.
_DEMO_PHONE = re.compile(r"100000\d{5}", re.ASCII)
_LANDLINE = re.compile(r"0\d{2,3}[2-9]\d{6,7}", re.ASCII)
_ABROAD = re.compile(r"\+(?!86)[1-9]\d{6,14}", re.ASCII)
# Letters of any script with their marks, also those too rare for a code point of their own, and 〇.
_IN_NAMES = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nl", "Co", "Cn", "Zs", "Pd"})
_BETWEEN_NAMES = frozenset("·•・.,、'’‘`´()()\u200c\u200d")


def plain(text: str) -> str:
    """Return a number as it is meant: full-width digits made plain, letters large, blanks gone."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def check_digit(seventeen: str) -> str:
    """Return the eighteenth character of a citizen's number (校验码).

    law  GB 11643-1999, ISO 7064 MOD 11-2
    """
    return _DIGITS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, seventeen, strict=True)) % 11]


def identity_number(area: str, birth: date, serial: int) -> str:
    """Return a number made of its parts, for demo people and tests.

    area    six digits
    serial  0 to 999; odd for men, even for women
    """
    seventeen = f"{area}{birth:%Y%m%d}{serial:03d}"
    return seventeen + check_digit(seventeen)


def birth_of(number: str) -> date | None:
    """Return the day of birth in an 18-digit number, or None where there is none (出生日期)."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14])) if len(number) == 18 else None
    except ValueError:
        return None


def area_of(number: str) -> str:
    """Return the area code in an 18-digit number, "" where there is none; only a hint where it was issued."""
    return number[:6] if _EIGHTEEN.fullmatch(number) and number[0] != "9" else ""


def age(birth: date, today: date) -> int:
    """Return the full years of life: a year is full from the birthday on (周岁).

    law  民法典 §1259, §200; the day after the birthday by criminal law is not meant here
    """
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def identity_fault(id_type: IdType, number: str, today: date) -> str:
    """Return why the number cannot be one of that kind, as a refusal code, or "" (证件号码校验).

    An area code is never a reason: codes were given when numbers were issued, not when people were born, and the
    residence permits of Hong Kong, Macao and Taiwan people (81, 82, 83) and permanent residents' cards (9) have none.

    number  as typed
    law     GB 11643-1999; 居民身份证法 §3; since 2013-01-01 numbers of fifteen digits are no longer valid
    """
    number = plain(number)
    if id_type in _SHAPES:
        return "" if _SHAPES[id_type].fullmatch(number) else "accounts.identity.shape"
    if id_type is IdType.FOREIGN_PR_CARD and _OLD_PR_CARD.fullmatch(number):
        return ""
    if re.fullmatch(r"\d{15}", number, re.ASCII):
        return "accounts.identity.fifteen"
    if not _EIGHTEEN.fullmatch(number):
        return "accounts.identity.shape"
    birth = birth_of(number)
    if birth is None or not EARLIEST_BIRTH <= birth <= today:
        return "accounts.identity.birth"
    if check_digit(number[:17]) != number[17]:
        return "accounts.identity.digit"
    return "" if number.startswith(_PREFIXES.get(id_type, "")) else "accounts.identity.kind"


def check_identity(id_type: IdType, number: str, today: date) -> str:
    """Return the number as it is kept (证件号码校验).

    raises  Refusal accounts.identity.fifteen, .shape, .birth, .digit, .kind
    """
    return _checked(lambda text: identity_fault(id_type, text, today), plain(number))


def identity_key(id_type: IdType, number: str) -> str:
    """Return what makes two papers the same person's: an 18-digit number whatever paper it stands on, else kind and
    number."""
    return number if id_type in _LIKE_RESIDENT else f"{id_type.value}:{number}"


def credit_digit(seventeen: str) -> str:
    """Return the last character of a unified social credit code (统一社会信用代码校验码).

    law  GB 32100-2015, base 31, weights 3^i
    """
    total = sum(_CREDIT_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(seventeen))
    return _CREDIT_SIGNS[-total % 31]


def credit_fault(code: str) -> str:
    """Return accounts.credit where the text is no unified social credit code (统一社会信用代码), else ""."""
    code = plain(code)
    return "" if _CREDIT.fullmatch(code) and credit_digit(code[:17]) == code[17] else "accounts.credit"


def check_credit(code: str) -> str:
    """Return a firm's code as it is kept.

    raises  Refusal accounts.credit
    """
    return _checked(credit_fault, plain(code))


def plain_phone(text: str) -> str:
    """Return a telephone number as it is kept: digits, and a + before those abroad."""
    number = re.sub(r"[^\d+]", "", plain(text))
    return re.sub(r"^(\+|00)86", "", number)


def mobile_fault(text: str) -> str:
    """Return accounts.phone where no message can reach the number (手机号), else ""; numbers abroad begin with +."""
    number = plain_phone(text)
    return "" if any(shape.fullmatch(number) for shape in (_MOBILE, _DEMO_PHONE, _ABROAD)) else "accounts.phone"


def phone_fault(text: str) -> str:
    """Return accounts.phone where nobody can be called under the number (联系电话), else "": landlines count too."""
    return mobile_fault(text) and ("" if _LANDLINE.fullmatch(plain_phone(text)) else "accounts.phone")


def check_mobile(text: str) -> str:
    """Return a mobile number as it is kept.

    raises  Refusal accounts.phone
    """
    return _checked(mobile_fault, plain_phone(text))


def is_demo_phone(number: str) -> bool:
    """Say whether the number is a demo person's, so that nothing is ever sent to it."""
    return _DEMO_PHONE.fullmatch(number) is not None


def name_fault(name: str) -> str:
    """Return accounts.name where the text cannot be a person's name (姓名), else "": letters of any script, 1 to 60."""
    name = name.strip()
    fits = all(sign in _BETWEEN_NAMES or unicodedata.category(sign) in _IN_NAMES for sign in name)
    named = any(unicodedata.category(sign)[0] in "LC" and sign not in _BETWEEN_NAMES for sign in name) or "〇" in name
    return "" if len(name) <= 60 and fits and named else "accounts.name"


def check_name(name: str) -> str:
    """Return a name as it is kept: composed, one blank at most in a row.

    raises  Refusal accounts.name
    """
    return _checked(name_fault, re.sub(r"\s+", " ", unicodedata.normalize("NFC", name)).strip())


def _checked(fault: Callable[[str], str], text: str) -> str:
    code = fault(text)
    if code:
        raise Refusal(code)
    return text
