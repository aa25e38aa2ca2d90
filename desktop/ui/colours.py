"""The colours of the looks: light, and high contrast; in practice the accent is another one, so that nobody takes it for the real office.

Every pair of text and ground is measured by `tests/ui/test_theme.py`: 4.5:1 at least in the light look, 7:1 in high contrast
(WCAG 2.2, 1.4.3 and 1.4.6); `faint` is only for what is switched off.
"""

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "ink": "#1f2a30",
    "soft": "#54636b",
    "faint": "#93a0a6",
    "line": "#dfe5e7",
    "edge": "#b9c4c8",
    "ground": "#f4f7f7",
    "paper": "#ffffff",
    "accent": "#0f6675",
    "accent_dark": "#0b4f5b",
    "accent_line": "#b7d8dd",
    "wash": "#e6f2f4",
    "danger": "#b3261e",
    "danger_wash": "#fcebe9",
    "warn": "#8a5a00",
    "warn_wash": "#fff3da",
    "ok": "#2c6b3b",
    "ok_wash": "#e7f4ea",
    "mark": "#dfe5e7",
}
"""One accent; the other colours mark danger, doubt and success and never stand without a word. `mark` frames what is chosen in a list."""

CONTRAST: Mapping[str, str] = {
    "ink": "#000000",
    "soft": "#1c1c1c",
    "faint": "#595959",
    "line": "#000000",
    "edge": "#000000",
    "ground": "#ffffff",
    "paper": "#ffffff",
    "accent": "#00237a",
    "accent_dark": "#000f3d",
    "accent_line": "#00237a",
    "wash": "#fff2a8",
    "danger": "#8a0000",
    "danger_wash": "#ffffff",
    "warn": "#5a3400",
    "warn_wash": "#ffffff",
    "ok": "#00460f",
    "ok_wash": "#ffffff",
    "mark": "#000000",
}

PRACTICE: Mapping[str, Mapping[str, str]] = {
    "light": {"accent": "#7a3e9d", "accent_dark": "#5a2b76", "accent_line": "#d9c3e6", "wash": "#f5edf9"},
    "contrast": {"accent": "#4a0072", "accent_dark": "#2a0041", "accent_line": "#4a0072"},
}
"""What is other in practice."""

LOOKS: Mapping[str, Mapping[str, str]] = {"light": LIGHT, "contrast": CONTRAST}

BORDERS: Mapping[str, tuple[int, int]] = {"light": (1, 2), "contrast": (2, 4)}
"""Pixels of a border, and of the border of what has the cursor."""


def colours(look: str, *, practice: bool) -> dict[str, str]:
    """The table of a look (`light`, `contrast`)."""
    return {**LOOKS[look], **(PRACTICE[look] if practice else {})}
