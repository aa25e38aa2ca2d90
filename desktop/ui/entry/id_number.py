"""The field for an ID number: what is stored is shown masked, and shown in full only when somebody asks for it, which is logged."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.id_number import masked
from desktop.ui.context import button
from desktop.ui.entry.around import discloser_around
from desktop.ui.entry.inputs import Text

REVEAL = "Ctrl+H"
HIDDEN = "号码里有星号，请填写完整的号码；没有改过的号码不用动它。"


class IdNumber(Text):
    """One line for an ID number. `value` is always the true number, whatever is shown.

    A stored number shows as `530111********1234`; the first key, or what is pasted, takes its place. What is typed is seen until it is
    shown again as stored. Copying gives what is seen.
    """

    _held = _mask = ""

    def __init__(self, hint: str = "") -> None:
        super().__init__(hint)
        self.line.textChanged.connect(self._begin_anew)
        self.line.left.connect(self._hide_again)
        QShortcut(QKeySequence(REVEAL), self.line, self.show_number).setContext(Qt.ShortcutContext.WidgetShortcut)

    def _put(self, control: QWidget) -> None:
        super()._put(control)
        self.eye = button(f"显示号码  {REVEAL}", self.show_number, role="plain")
        self.eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter goes on to the next field; the key works in the line
        self.column.addWidget(self.eye, 0, Qt.AlignmentFlag.AlignLeft)
        self.eye.hide()

    def show_value(self, value: object) -> None:
        text = "" if value is None else str(value)
        self._held = text
        self._mask = masked(text)
        self.line.setText(self._mask)
        self.line.setCursorPosition(0)
        self.eye.setVisible(bool(text))

    def text(self) -> str:
        """The true number, normalized."""
        shown = super().text()
        if not self._mask:
            return shown
        return self._held if shown == self._mask else _put_in(self._mask, shown)

    def fault(self) -> str:
        return HIDDEN if "*" in self.text() else ""

    def show_number(self) -> None:
        """Show the number in full until the field is left, after the page wrote down that it was looked at."""
        page = discloser_around(self)
        if not self._mask or page is None or not page.disclose(self._held):
            return
        self._mask = ""
        self.line.setText(self._held)
        self.eye.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hide_again(self) -> None:
        """Mask the stored number when the field is left; what was typed and differs from it stays to be read."""
        if self._held and not self._mask and self.line.text() == self._held:
            self.show_value(self._held)

    def _begin_anew(self, shown: str) -> None:
        if self._mask and shown != self._mask:
            typed = _put_in(self._mask, shown)
            self._mask = ""
            self.eye.hide()
            self.line.setText(typed)


def _put_in(mask: str, shown: str) -> str:
    """What was put into a mask; where no star is left it was put in the place of it."""
    if "*" not in shown:
        return shown
    start = 0
    while start < min(len(mask), len(shown)) and mask[start] == shown[start]:
        start += 1
    end = 0
    while end < min(len(mask), len(shown)) - start and mask[-1 - end] == shown[-1 - end]:
        end += 1
    return shown[start : len(shown) - end]
