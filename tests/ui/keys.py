"""Which keys do something now: the shortcuts of what is seen, and what they do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

_NATIVE = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "Enter"}


def keys(window: QWidget) -> dict[str, list[str]]:
    """The shortcuts that would be heard with this window in front, each with what it presses or the place that it belongs to."""
    found: dict[str, list[str]] = {}
    for shortcut in window.findChildren(QShortcut):
        holder = shortcut.parent()
        if not isinstance(holder, QWidget) or not holder.isVisible() or not holder.isEnabled() or not shortcut.isEnabled():
            continue
        if holder.window() is not window.window() or shortcut.context() != Qt.ShortcutContext.WindowShortcut:
            continue
        for sequence in shortcut.keys():  # noqa: SIM118 -- no mapping
            found.setdefault(told(sequence), []).append(_meaning(holder))
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
