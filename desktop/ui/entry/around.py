"""What a control deep in a page may ask of the page around it."""

from collections.abc import Iterator
from typing import Protocol, TypeVar, runtime_checkable

from PySide6.QtWidgets import QWidget

P = TypeVar("P")


@runtime_checkable
class Discloser(Protocol):
    """A page that writes down who looked at a full ID number, before it is shown."""

    def disclose(self, number: str) -> bool:
        """Write it down; False, and the page says why, if that cannot be: then the number stays hidden."""
        ...


@runtime_checkable
class RowTaker(Protocol):
    """A page that asks whether pasted rows are to be taken."""

    def takes_rows(self, told: str, count: int) -> bool:
        """Whether the operator wants the rows that `told` tells, one a line."""
        ...


@runtime_checkable
class TableTaker(Protocol):
    """A list that understands a table that was copied elsewhere."""

    def takes_table(self, text: str) -> bool:
        """Take the rows after asking; False if the text, or the answer, leaves nothing to take: then it is pasted as any other."""
        ...


def around(widget: QWidget, kind: type[P]) -> P | None:
    """The nearest parent of that kind; a protocol counts as a kind."""
    return next((parent for parent in _parents(widget) if isinstance(parent, kind)), None)


def discloser_around(widget: QWidget) -> Discloser | None:
    """The nearest parent that keeps the log."""
    return next((parent for parent in _parents(widget) if isinstance(parent, Discloser)), None)


def row_taker_around(widget: QWidget) -> RowTaker | None:
    """The nearest parent that asks about pasted rows."""
    return next((parent for parent in _parents(widget) if isinstance(parent, RowTaker)), None)


def table_taker_around(widget: QWidget) -> TableTaker | None:
    """The nearest list around."""
    return next((parent for parent in _parents(widget) if isinstance(parent, TableTaker)), None)


def _parents(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()
