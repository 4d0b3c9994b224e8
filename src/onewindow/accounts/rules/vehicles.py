"""What a vehicle is known by (机动车标识): number plates and identification numbers, as far as their form tells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onewindow.accounts.rules.identity import plain
from onewindow.core.errors import Refusal
from onewindow.core.words import Words


@dataclass(frozen=True, slots=True)
class PlateKind:
    """A kind of number plate (号牌种类): its pattern is data, to be changed here when the standard changes."""

    key: str
    name: Words
    pattern: re.Pattern[str]


def _kind(key: str, zh: str, en: str, pattern: str) -> PlateKind:
    return PlateKind(key, Words(zh, en), re.compile(pattern.format(place=_PLACE, sign=_SIGN, energy=_ENERGY), re.ASCII))


_PLACE = "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Z]"
_SIGN = "[A-HJ-NP-Z0-9]"
_ENERGY = "[A-HJK]"  # D and F first, later the others: GA 36-2018, known and not looked up
# law: GA 36-2018 (form); 机动车登记规定 §12. The letter after the province is no reason to refuse: offices change.
PLATES = (
    _kind("new_energy_small", "小型新能源汽车", "small new-energy vehicle", r"{place}{energy}{sign}\d{{4}}"),
    _kind("new_energy_large", "大型新能源汽车", "large new-energy vehicle", r"{place}\d{{5}}{energy}"),
    _kind("trailer", "挂车", "trailer", r"{place}{sign}{{4}}挂"),
    _kind("training", "教练车", "driving-school vehicle", r"{place}{sign}{{4}}学"),
    _kind("police", "警用车辆", "police vehicle", r"{place}{sign}{{4}}警"),
    _kind("border", "港澳入出境车", "vehicle from Hong Kong or Macao", r"粤Z{sign}{{4}}[港澳]"),
    _kind("consular", "领馆汽车", "consular vehicle", r"{place}{sign}{{4}}领"),
    _kind("embassy", "使馆汽车", "embassy vehicle", r"使\d{{6}}|\d{{6}}使"),
    _kind("ordinary", "普通汽车、摩托车", "ordinary vehicle or motorcycle", r"{place}{sign}{{5}}"),
)
# The licensing offices of Shanxi by letter, a hint beside the field and never a reason to refuse.
SHANXI_LETTERS = {
    "A": "140100",
    "B": "140200",
    "C": "140300",
    "D": "140400",
    "E": "140500",
    "F": "140600",
    "H": "140900",
    "J": "141100",
    "K": "140700",
    "L": "141000",
    "M": "140800",
}

_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}", re.ASCII)
_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), 1, 2, 3, 4, 5, 7, 9, *range(2, 10)), strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def plain_plate(text: str) -> str:
    """Return a plate as it is kept: 晋AD12345, without dots and blanks."""
    return re.sub(r"[·•・.\-]", "", plain(text))


def plate_kind(text: str) -> PlateKind | None:
    """Return the kind whose form the plate has, or None (号牌号码)."""
    plate = plain_plate(text)
    return next((kind for kind in PLATES if kind.pattern.fullmatch(plate)), None)


def plate_fault(text: str) -> str:
    """Return accounts.plate where the text has the form of no plate, else ""."""
    return "" if plate_kind(text) else "accounts.plate"


def check_plate(text: str) -> str:
    """Return the plate as it is kept.

    raises  Refusal accounts.plate
    """
    if plate_fault(text):
        raise Refusal("accounts.plate")
    return plain_plate(text)


def plate_division(text: str) -> str:
    """Return the Shanxi city whose letter the plate bears, "" for others: a hint (发牌机关)."""
    plate = plain_plate(text)
    return SHANXI_LETTERS.get(plate[1:2], "") if plate.startswith("晋") else ""


def vin_fault(text: str) -> str:
    """Return accounts.vin where the text is no vehicle identification number (车辆识别代号), else "".

    Only its form is judged: the ninth character proves nothing for vehicles from Europe.

    law  GB 16735-2019, ISO 3779: seventeen characters without I, O and Q
    """
    return "" if _VIN.fullmatch(plain(text)) else "accounts.vin"


def check_vin(text: str) -> str:
    """Return the number as it is kept.

    raises  Refusal accounts.vin
    """
    if vin_fault(text):
        raise Refusal("accounts.vin")
    return plain(text)


def vin_digit_fits(text: str) -> bool:
    """Say whether the ninth character agrees with the others; where not, ask the person to look again (校验位).

    law  GB 16735-2019 annex A, for vehicles made for China
    """
    vin = plain(text)
    total = sum(weight * int(_VIN_VALUES.get(sign, sign)) for weight, sign in zip(_VIN_WEIGHTS, vin, strict=True))
    return vin[8] == "0123456789X"[total % 11]
