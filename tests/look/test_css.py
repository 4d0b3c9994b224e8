"""The style sheets: small, without foreign hosts, readable for weak eyes."""

import re
from itertools import product
from pathlib import Path

import pytest

import onewindow.look

STATIC = Path(onewindow.look.__file__).parent / "static" / "look"
CSS = (STATIC / "look.css").read_text()
TOKENS = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})\b", CSS.split("html.elder")[0]))
ELDER = {**TOKENS, **dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})\b", CSS.split("html.elder")[1].split("}")[0]))}


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ("paper", "card", "wash")
TEXTS = ("ink", "soft", "indigo", "deep", "ochre", "ok", "warn", "late", "void")
ON_TINT = [  # as used by notices, tags and lights
    ("ok", "ok-w"), ("warn", "warn-w"), ("late", "late-w"), ("void", "void-w"),
    ("ink", "ok-w"), ("ink", "warn-w"), ("ink", "late-w"), ("ink", "ochre-w"),
    ("indigo", "warn-w"), ("indigo", "late-w"),
]  # fmt: skip


@pytest.mark.parametrize("tokens", [TOKENS, ELDER], ids=["plain", "elder"])
@pytest.mark.parametrize(("text", "ground"), [*product(TEXTS, GROUNDS), *ON_TINT])
def test_text_contrast(tokens: dict[str, str], text: str, ground: str) -> None:
    assert contrast(tokens[text], tokens[ground]) >= 4.5


def rules() -> list[tuple[str, str]]:
    return re.findall(
        r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", CSS + (STATIC / "staff.css").read_text(), flags=re.S)
    )


def test_contrast_of_every_rule_that_sets_both() -> None:
    """A rule that names a colour and its ground is checked as it stands."""
    seen = 0
    for selector, body in rules():
        named = dict(
            part.split(":", 1) for part in body.split(";") if ":" in part and not part.strip().startswith("--")
        )
        ground, text = (
            re.fullmatch(r"var\(--([\w-]+)\)|(#[0-9a-f]{3,6})", named.get(key, "").strip())
            for key in ("background", "color")
        )
        if ground and text:
            colours = [TOKENS[found[1]] if found[1] else found[2] for found in (ground, text)]
            assert contrast(*colours) >= 4.5, selector.strip()
            seen += 1
    assert seen >= 10


@pytest.mark.parametrize("ground", ["paper", "card"])
@pytest.mark.parametrize("edge", ["edge", "indigo", "ochre", "late", "focus"])
def test_edges_can_be_seen(edge: str, ground: str) -> None:
    assert contrast(TOKENS[edge], TOKENS[ground]) >= 3


def test_sizes() -> None:
    assert len((STATIC / "look.css").read_bytes()) < 20_000
    assert len((STATIC / "staff.css").read_bytes()) < 6_300


def test_elder_version_measures() -> None:
    """Body 18 pt and more, targets of 60 px (适老化设计规范); else 44 px."""
    root = 16 * float(re.search(r"html\.elder\{font-size:([\d.]+)%", CSS)[1]) / 100
    body = float(re.search(r"--t2:([\d.]+)rem", CSS)[1])
    hit, elder_hit = re.findall(r"--hit:([\d.]+)rem", CSS)
    assert root * body >= 18
    assert root * float(elder_hit) >= 60
    assert 16 * float(hit) >= 44


@pytest.mark.parametrize("path", sorted(STATIC.iterdir()), ids=lambda path: path.name)
def test_nothing_foreign(path: Path) -> None:
    text = path.read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "//" not in re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    assert "@import" not in text
    assert "data:" not in text
