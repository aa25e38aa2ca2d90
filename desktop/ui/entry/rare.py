"""F12 in any text field: 生僻字. The dialog itself is loaded when somebody first asks for it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

KEY, KEY_CODE = "F12", Qt.Key.Key_F12
"""The key that opens the dialog; fields made of `Line` and `LongText` know it by themselves. F7 is the history of a case."""


def ask_rare(field: QWidget | None) -> QDialog | None:
    """Open the dialog for the field; what is chosen stands at its cursor. None if the field takes no text."""
    target = _text_field(field)
    if target is None:
        return None
    from desktop.ui.entry.rare_dialog import RareDialog

    dialog = RareDialog(target.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.chosen.connect(lambda character: _insert(target, character))
    dialog.finished.connect(lambda: target.setFocus(Qt.FocusReason.OtherFocusReason))
    dialog.open()
    return dialog


def _text_field(widget: QWidget | None) -> QWidget | None:
    if isinstance(widget, QComboBox):
        widget = widget.lineEdit()
    if isinstance(widget, QLineEdit):
        hidden = widget.echoMode() != QLineEdit.EchoMode.Normal
        return None if widget.isReadOnly() or hidden else widget
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return None if widget.isReadOnly() else widget
    return None


def _insert(field: QWidget, text: str) -> None:
    """At the cursor, as if it were typed."""
    if isinstance(field, QLineEdit):
        field.insert(text)
        field.textEdited.emit(field.text())
    elif isinstance(field, QPlainTextEdit | QTextEdit):
        field.insertPlainText(text)
