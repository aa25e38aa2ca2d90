"""The buttons of a list in one row that breaks where the text is large."""

from PySide6.QtWidgets import QPushButton

from desktop.ui.button_row import ButtonRow
from desktop.ui.entry.record_list import RecordList

LONGEST_NAME = 9
"""Characters of a name in a table; the form below shows it whole."""


def in_one_row(records: RecordList, *more: QPushButton) -> ButtonRow:
    """Put the list's own two buttons and these into one row at its top."""
    row = ButtonRow((records.add_button, *more, records.drop_button))
    records.column.insertWidget(0, row)
    return row


def shortened(name: str) -> str:
    """The name as a table shows it."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
