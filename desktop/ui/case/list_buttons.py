"""The buttons of a list in one row that breaks where the text is large."""

from typing import TypeVar

from PySide6.QtWidgets import QPushButton

from desktop.ui.button_row import ButtonRow
from desktop.ui.entry.record_list import RecordList

ListT = TypeVar("ListT", bound=RecordList)

LONGEST_NAME = 9
"""Characters of a name in a table; the form below shows it whole."""


def in_one_row(records: ListT, *more: QPushButton) -> ListT:
    """The list, with its own two buttons and these in one row at its top."""
    records.column.insertWidget(0, ButtonRow((records.add_button, *more, records.drop_button)))
    return records


def shortened(name: str) -> str:
    """The name as a table shows it."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
