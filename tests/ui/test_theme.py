"""The looks: contrast by measure, and code that paints follows them."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui.colours import LOOKS, colours
from desktop.ui.context import button
from desktop.ui.theme import COLOURS, Theme
from tests.ui.hands import settings

TEXTS = ("ink", "soft", "accent", "accent_dark")
MARKS = ("danger", "warn", "ok")
LEAST = {"light": 4.5, "contrast": 7.0}
NOT_TEXT = 3.0
"""WCAG 2.2, 1.4.3 and 1.4.6 for text, 1.4.11 for frames that one must see."""


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("practice", [False, True], ids=["office", "practice"])
@pytest.mark.parametrize("look", sorted(LOOKS))
def test_every_text_stands_out_from_its_ground(look: str, practice: bool) -> None:
    table = colours(look, practice=practice)
    pairs = [(text, ground) for text in TEXTS for ground in ("paper", "ground", "wash")]
    pairs += [(mark, ground) for mark in MARKS for ground in ("paper", "ground", "wash", f"{mark}_wash")]
    pairs += [("ink", f"{mark}_wash") for mark in MARKS] + [("paper", "accent"), ("paper", "accent_dark"), ("paper", "ink")]
    weak = {pair: round(contrast(table[pair[0]], table[pair[1]]), 2) for pair in pairs}
    assert {pair: found for pair, found in weak.items() if found < LEAST[look]} == {}
    assert contrast(table["accent"], table["paper"]) >= NOT_TEXT  # the frame of what has the cursor


def test_high_contrast_frames_are_black() -> None:
    table = colours("contrast", practice=False)
    assert contrast(table["edge"], table["paper"]) == contrast(table["line"], table["paper"]) == pytest.approx(21)


def test_the_look_is_remembered_and_painting_code_follows(qapp: QApplication, theme: Theme, tmp_path: Path) -> None:
    before = COLOURS["accent"]
    kept = settings(tmp_path)
    made = Theme(qapp, kept)
    made.set_look("contrast")
    assert COLOURS["ink"] == "#000000"
    assert Theme(qapp, kept).look == "contrast"
    made.turn_look()
    assert COLOURS["accent"] == before
    made.set_practice(practice=True)
    assert COLOURS["accent"] != before
    made.set_practice(practice=False)
    theme.set_look("contrast")
    theme.set_look("light")


def test_icons_follow_the_look(theme: Theme) -> None:
    made = button("锁定", lambda: None, drawing="lock")
    before = made.icon().cacheKey()
    theme.set_look("contrast")
    made.style().polish(made)
    made.ensurePolished()
    made.show()
    assert made.icon().cacheKey() != before
    made.close()
