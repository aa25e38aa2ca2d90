"""Which keys do something now: the shortcuts of what is seen, and what they do."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QPushButton, QWidget

_NATIVE = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "Enter", "PgDown": "PgDn"}

PRINTED = re.compile(r"^[1-9] | (?:(?:Ctrl|Alt|Shift)\+)*(?:F\d{1,2}|[A-Z0-9]|[←→↑↓+\-=;]|Enter|Esc|PgUp|PgDn|Del|Home)$")


def keyless(window: QWidget) -> list[str]:
    """The push buttons that can be pressed now and on which no key is printed; those of a message box have the keys of every such box."""
    parts = (
        part for part in window.findChildren(QPushButton) if part.isVisible() and part.isEnabled() and part.window() is window.window()
    )
    return [part.text() for part in parts if not isinstance(part.window(), QMessageBox) and not PRINTED.search(part.text())]


def keys(window: QWidget) -> dict[str, list[str]]:
    """The shortcuts that would be heard with this window in front, each with what it presses or the place that it belongs to."""
    found: dict[str, list[str]] = {}
    for shortcut in window.findChildren(QShortcut):
        holder = shortcut.parent()
        if not isinstance(holder, QWidget) or not holder.isVisible() or not holder.isEnabled() or not shortcut.isEnabled():
            continue
        if holder.window() is not window.window() or shortcut.context() != Qt.ShortcutContext.WindowShortcut:
            continue
        for key in {told(sequence) for sequence in shortcut.keys()}:  # noqa: SIM118 -- no mapping; there are two keys with the name Enter
            found.setdefault(key, []).append(_meaning(holder))
    return found


def told(sequence: QKeySequence) -> str:
    """The key as it is printed: `Ctrl+S`, `Alt+←`."""
    head, plus, last = sequence.toString(QKeySequence.SequenceFormat.PortableText).rpartition("+")
    return f"{head}{plus}{_NATIVE.get(last, last)}"


def ambiguous(window: QWidget) -> list[str]:
    """Keys with two meanings at once: Qt would do neither."""
    return [f"{key}: {'、'.join(meanings)}" for key, meanings in keys(window).items() if len(meanings) > 1]


def _meaning(holder: QWidget) -> str:
    if isinstance(holder, QAbstractButton):
        return holder.text().partition("  ")[0].rstrip("…")
    return type(holder).__name__
