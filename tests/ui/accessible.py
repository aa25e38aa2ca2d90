"""What a screen reader would say: every control that can have the cursor must have a name."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QTabBar, QWidget


def nameless(window: QWidget) -> list[str]:
    """The visible controls that Tab or a click reaches and that have no accessible name, no text of their own and no label as buddy."""
    named = _buddies(window)
    return [_path(part) for part in [window, *window.findChildren(QWidget)] if _needs_name(part) and part not in named and not _name(part)]


def _needs_name(part: QWidget) -> bool:
    if not part.isVisible() or part.focusPolicy() == Qt.FocusPolicy.NoFocus or part.focusProxy() is not None:
        return False  # of a control with a proxy, the proxy has the cursor
    inside = part.parentWidget()
    own_line = isinstance(part, QLineEdit) and isinstance(inside, QComboBox | QAbstractSpinBox)
    return not own_line and part.objectName() not in {"qt_scrollarea_viewport", "qt_spinbox_lineedit"}


def _name(part: QWidget) -> str:
    if part.accessibleName():
        return part.accessibleName()
    if isinstance(part, QAbstractButton | QLabel):
        return part.text()
    if isinstance(part, QTabBar):
        return part.tabText(0)
    return ""


def _buddies(window: QWidget) -> set[QWidget]:
    found: set[QWidget] = set()
    for label in window.findChildren(QLabel):
        buddy = label.buddy()
        at: QWidget | None = buddy if label.text() else None
        while at is not None and at not in found:
            found.add(at)
            at = at.focusProxy()
    return found


def _path(part: QWidget) -> str:
    names = []
    at: QWidget | None = part
    while at is not None:
        names.append(type(at).__name__)
        at = at.parentWidget()
    return " < ".join(names)
