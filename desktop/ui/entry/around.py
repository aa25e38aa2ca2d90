"""What a control deep in a page may ask of the page around it."""

from collections.abc import Iterator
from typing import Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

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


@runtime_checkable
class Drafted(Protocol):
    """A page of a case that keeps what is typed, saved or not."""

    def draft_key(self) -> str:
        """By what the drafts of dialogs about the case are known (`services.drafts.key_of`)."""
        ...


@runtime_checkable
class Leafed(Protocol):
    """A page of several sheets of fields."""

    def on_sheet(self, place: QWidget) -> bool:
        """Whether the place is on the sheet in front."""
        ...

    def turn(self) -> None:
        """Put the cursor where it goes after the last field of the sheet in front."""
        ...


def move_on(field: QWidget) -> None:
    """Put the cursor into the next field; after the last one of a sheet where its page says, never round to the top of the window."""
    page = next((parent for parent in _parents(field) if isinstance(parent, Leafed)), None)
    at = QApplication.focusWidget() or field
    following = _next_stop(at)
    if page is not None and page.on_sheet(at) and not (following and page.on_sheet(following)):
        page.turn()
    else:
        field.focusNextChild()


def _next_stop(at: QWidget) -> QWidget | None:
    """Where Tab would go; None if nowhere else."""
    found = at.nextInFocusChain()
    while found is not None and found is not at:
        takes = found.focusPolicy() & Qt.FocusPolicy.TabFocus and found.focusProxy() is None
        if takes and found.isEnabled() and found.isVisible():
            return found
        found = found.nextInFocusChain()
    return None


def around(widget: QWidget, kind: type[P]) -> P | None:
    """The nearest parent of that kind; a protocol counts as a kind."""
    return next((parent for parent in _parents(widget) if isinstance(parent, kind)), None)


def draft_key_around(widget: QWidget) -> str:
    """By what the drafts of dialogs about the case around are known; empty where there is none."""
    return next((parent.draft_key() for parent in _parents(widget) if isinstance(parent, Drafted)), "")


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
