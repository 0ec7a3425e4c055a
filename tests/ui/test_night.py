"""Pictures on a dark page: white becomes the page's own colour, ink becomes light, hues stay what they mean."""

from __future__ import annotations

import colorsys
import io
import tomllib
from pathlib import Path

import pytest
from PIL import Image

from sim.figures.style import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, SKY, VERMILLION
from sim.ui.parts.night import PAGE, by_night


def turned(colour: str) -> tuple[int, int, int]:
    """Return what a point of a colour becomes."""
    page = io.BytesIO()
    Image.new("RGB", (1, 1), colour).save(page, "PNG")
    with Image.open(io.BytesIO(by_night(page.getvalue()))) as made:
        red, green, blue = made.convert("RGB").tobytes()
    return red, green, blue


def luminance(colour: tuple[int, int, int]) -> float:
    """Return the relative luminance of a colour (W3C, WCAG 2.2)."""
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_white_becomes_the_page_and_black_white():
    assert turned("#FFFFFF") == PAGE
    assert turned("#000000") == (255, 255, 255)


@pytest.mark.parametrize("colour", [BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILLION])
def test_a_colour_keeps_its_hue(colour):
    before = colorsys.rgb_to_hls(*(part / 255 for part in bytes.fromhex(colour[1:])))[0]
    assert colorsys.rgb_to_hls(*(part / 255 for part in turned(colour)))[0] == pytest.approx(before, abs=0.03)


@pytest.mark.parametrize("colour", [INK, GREY])
def test_what_is_written_can_be_read(colour):
    lighter, darker = luminance(turned(colour)) + 0.05, luminance(PAGE) + 0.05
    assert lighter / darker >= 4.5


def test_pictures_have_the_colour_of_the_dark_page():
    config = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["theme"]["dark"]["backgroundColor"] == "#" + "".join(f"{part:02X}" for part in PAGE)
