"""Fields that are only to be read: texts can be selected and copied, lists looked through, and nothing typed."""

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar, runtime_checkable

import msgspec
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from desktop.ui.entry.form import Form

W = TypeVar("W", bound=QWidget)

_TURNED_OFF: tuple[type[QWidget], ...] = (QComboBox, QCheckBox, QAbstractSpinBox)


@runtime_checkable
class Growing(Protocol):
    """A list that can be added to while what is on record in it is only to be read."""

    def only_add(self, stored: Iterable[msgspec.Struct]) -> None:
        """Let these be read only; with none of them, everything can be changed."""
        ...


class Reading:
    """Makes the fields of forms readable only, and gives back exactly what it took.

    Those named in `but` stay as they are; a list among them can be added to, where `but` tells what is on record in it.
    """

    def __init__(self, but: Mapping[str, object] | None = None) -> None:
        self._but = but or {}
        self._growing: list[Growing] = []
        self._locked: list[QLineEdit | QPlainTextEdit] = []
        self._off: list[QWidget] = []
        self._hidden: list[QAbstractButton] = []

    def hold(self, form: Form) -> None:
        """Let nothing be typed in the form: its buttons go, since they only add and take out."""
        for name, cell in form.cells.items():
            if name not in self._but:
                self._hold(cell)
            elif isinstance(cell.control, Growing):
                cell.control.only_add(_entries(self._but[name]))
                self._growing.append(cell.control)

    def _hold(self, form: QWidget) -> None:
        texts: list[QLineEdit | QPlainTextEdit] = [*_inside(form, QLineEdit), *_inside(form, QPlainTextEdit)]
        for text in texts:
            if not text.isReadOnly():
                self._lock(text, locked=True)
                self._locked.append(text)
        for kind in _TURNED_OFF:
            for control in _inside(form, kind):
                if control.isEnabled():
                    control.setEnabled(False)
                    self._off.append(control)
        for made in _inside(form, QPushButton):
            if not made.isHidden():
                made.hide()
                self._hidden.append(made)

    def release(self) -> None:
        """Let everything be typed in again."""
        for text in self._locked:
            self._lock(text, locked=False)
        for control in self._off:
            control.setEnabled(True)
        for made in self._hidden:
            made.show()
        for growing in self._growing:
            growing.only_add(())
        self._growing = []
        self._locked, self._off, self._hidden = [], [], []

    def _lock(self, text: QLineEdit | QPlainTextEdit, *, locked: bool) -> None:
        text.setReadOnly(locked)
        for action in text.actions():  # the calendar in a date
            action.setEnabled(not locked)
        text.setProperty("reading", locked)
        text.style().polish(text)


def _entries(value: object) -> tuple[msgspec.Struct, ...]:
    return value if isinstance(value, tuple) else ()


def _inside(form: QWidget, kind: type[W]) -> list[W]:
    """The controls of the form itself: a calendar or a list that pops up over it comes and goes."""
    return [control for control in form.findChildren(kind) if control.window() is form.window()]
