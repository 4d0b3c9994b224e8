"""What of a person is shown by default (脱敏): enough to know one's own, too little to learn another's."""

import re

STAR = "*"
_PART = re.compile(r"[^\s·•・.\-]+")  # a name's parts lie between blanks, interpuncts, dots and hyphens
_DIGITS = re.compile(r"\d+")
_PLATE = re.compile(r"([一-鿿])([A-Z])[·\s]?(\w{3,6})")


def mask_name(name: str) -> str:
    """Return the name with its given part hidden (姓名脱敏): 李*, 李*强, 买**·艾*, J*** S***."""
    name = name.strip()
    parts = _PART.findall(name)
    if len(parts) == 1 and not name.isascii():
        return _hide(name, min(1, len(name) - 1), 1 if len(name) > 2 else 0)
    return _PART.sub(lambda part: _hide_part(part[0]), name) if parts else STAR * len(name)


def _hide_part(part: str) -> str:
    if len(part) == 1:
        return STAR
    return part[0] + STAR * (3 if part.isascii() else len(part) - 1)


def mask_id(number: str) -> str:
    """Return an identity, passport or credit code with its middle hidden (证件号脱敏): 1401************1X."""
    number = number.strip()
    if len(number) >= 15:
        return _hide(number, 4, 2)
    return _hide(number, 1, 2) if len(number) >= 8 else STAR * len(number)


def mask_phone(number: str) -> str:
    """Return a telephone number with its middle hidden (手机号脱敏): 138****3204."""
    number = number.strip()
    if len(number) >= 11:
        return _hide(number, len(number) - 8, 4)
    return _hide(number, 0, 2) if len(number) >= 7 else STAR * len(number)


def mask_plate(plate: str) -> str:
    """Return a number plate with its middle hidden (号牌脱敏): 晋K·7**35."""
    plate = plate.strip().upper()
    found = _PLATE.fullmatch(plate)
    if not found:
        return STAR * len(plate)
    place, letter, serial = found.groups()
    return f"{place}{letter}·{_hide(serial, 1, 2 if len(serial) > 3 else 0)}"


def mask_vin(code: str) -> str:
    """Return a vehicle's identification number with its middle hidden (车辆识别代号脱敏): LSV**********1276."""
    code = code.strip()
    return _hide(code, 3, 4) if len(code) >= 12 else STAR * len(code)


def mask_address(text: str) -> str:
    """Return an address without its numbers (地址脱敏): the street stays, house and room do not."""
    return _DIGITS.sub(STAR * 3, text.strip())


def _hide(text: str, first: int, last: int) -> str:
    hidden = len(text) - first - last
    return text[:first] + STAR * max(hidden, 1 if text else 0) + (text[len(text) - last :] if last else "")
