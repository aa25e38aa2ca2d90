"""A fact of the course that is not typed but decided with a button: it is shown among the fields and given back as it was."""

from PySide6.QtCore import Qt

from desktop.ui.context import heading
from desktop.ui.entry.inputs import Input
from desktop.ui.visible import visible


class Shown(Input):
    """A value to be read only; `empty` stands where there is none."""

    def __init__(self, empty: str = "还没有") -> None:
        super().__init__()
        self._empty = empty
        self._value: object = None
        self.label = heading(empty, "fact")
        self.column.addWidget(self.label)

    def show_value(self, value: object) -> None:
        self._value = value
        words = "、".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
        self.label.setText(visible(words) or self._empty)

    def reveal(self, rest: str = "") -> None:  # noqa: ARG002 -- it has no parts
        """The cursor goes to the next field: here is nothing to type."""
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            widget = widget.nextInFocusChain()

    def value(self) -> object:
        return self._value
