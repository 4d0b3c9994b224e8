"""Masks hide what they must, on every input, and show what one needs to know one's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.look import masks

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("李强", "李*"),
        ("李小强", "李*强"),
        ("欧阳小明", "欧**明"),
        ("李", "*"),
        ("买买提·艾力", "买**·艾*"),
        ("John Smith", "J*** S***"),
        ("Li", "L***"),
        ("J. R. Smith", "*. *. S***"),
        ("  李强 ", "李*"),
        ("", ""),
        ("···", "***"),
    ],
)
def test_mask_name(name: str, masked: str) -> None:
    assert masks.mask_name(name) == masked


@pytest.mark.parametrize(
    ("mask", "text", "masked"),
    [
        (masks.mask_id, "14010019900101001X", "1401************1X"),
        (masks.mask_id, "E12345678", "E******78"),
        (masks.mask_id, "12345", "*****"),
        (masks.mask_phone, "13800133204", "138****3204"),
        (masks.mask_phone, "0351-1234567", "0351****4567"),
        (masks.mask_phone, "1234567", "*****67"),
        (masks.mask_phone, "110", "***"),
        (masks.mask_plate, "晋K71235", "晋K·7**35"),
        (masks.mask_plate, "晋k·71235", "晋K·7**35"),
        (masks.mask_plate, "晋AD12345", "晋A·D***45"),
        (masks.mask_plate, "晋A123", "晋A·1**"),
        (masks.mask_plate, "LSV", "***"),
        (masks.mask_vin, "LSVAA2180E2001276", "LSV**********1276"),
        (masks.mask_vin, "LSV1276", "*******"),
        (masks.mask_address, "迎泽区柳巷街道12号3单元", "迎泽区柳巷街道***号***单元"),
    ],
)
def test_masks(mask, text: str, masked: str) -> None:
    assert mask(text) == masked


@given(CHINESE)
def test_chinese_names_keep_length_and_lose_the_middle(name: str) -> None:
    masked = masks.mask_name(name)
    assert len(masked) == len(name)
    assert set(masked[1:-1]) <= {"*"}
    assert "*" in masked


@given(st.text(max_size=40))
def test_no_mask_gives_a_text_back_whole(text: str) -> None:
    for mask in (masks.mask_name, masks.mask_id, masks.mask_phone, masks.mask_plate, masks.mask_vin):
        masked = mask(text)
        assert masked == "" if not text.strip() else "*" in masked


@given(st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True))
def test_birth_date_never_shows(number: str) -> None:
    masked = masks.mask_id(number)
    assert masked[6:16] == "*" * 10
    assert masked[:4] + masked[-2:] == number[:4] + number[-2:]


@given(st.text(max_size=60))
def test_address_shows_no_digit(text: str) -> None:
    assert not any(sign.isdecimal() for sign in masks.mask_address(text))
