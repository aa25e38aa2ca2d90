"""A list whose buttons stand below each other where the text is large."""

from desktop.ui.button_row import ButtonRow
from desktop.ui.entry.record_list import RecordList


def wrapped(made: RecordList) -> RecordList:
    """The list, with its buttons in a row that breaks."""
    made.column.insertWidget(0, ButtonRow((made.add_button, made.drop_button)))
    return made
