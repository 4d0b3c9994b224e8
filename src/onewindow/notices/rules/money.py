"""Sums of money as receipts write them (大写金额), so that no digit can be added."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def capital_yuan(cents: int) -> str:
    """Return the sum in capital numerals (人民币大写): 人民币壹佰零伍元整.

    cents  分, not negative, below a thousand billion yuan
    law    票据法 §8 and 支付结算办法, annex 1: 整 after 元 and 角; 零 where digits are left out
    """
    if not 0 <= cents < 10**14:
        raise ValueError("a sum on a receipt is not negative and below a thousand billion yuan")
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    text = f"{_whole(yuan)}元" if yuan else ""
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif fen and yuan:
        text += "零"
    if fen:
        return f"人民币{text}{_DIGITS[fen]}分"
    return f"人民币{text or '零元'}整"


def _whole(number: int) -> str:
    text, zero = "", False
    for group in reversed(range(len(_GROUPS))):
        four = number // 10000**group % 10000
        if not four:
            zero = bool(text)
            continue
        text += ("零" if zero or (text and four < 1000) else "") + _four(four) + _GROUPS[group]
        zero = False
    return text


def _four(number: int) -> str:
    text, zero = "", False
    for place in reversed(range(4)):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if zero else "") + _DIGITS[digit] + _PLACES[place]
            zero = False
        else:
            zero = bool(text)
    return text
