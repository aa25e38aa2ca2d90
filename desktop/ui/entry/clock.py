"""What day it is for a field: the clock is that of the office in whose window it stands."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop.ui.context import Context


@runtime_checkable
class InOffice(Protocol):
    """A window that shows an office, or is about to."""

    context: "Context | None"


def moment_around(widget: QWidget) -> str:
    """Now, to the minute (ISO text without zone), by the clock of the office around the widget; by the computer's before there is one."""
    context = _office_around(widget)
    return context.desk.now()[:16] if context else f"{datetime.now():%Y-%m-%dT%H:%M}"  # noqa: DTZ005 -- the time on the wall


def today_around(widget: QWidget) -> date:
    """Today by the same clock."""
    return date.fromisoformat(moment_around(widget)[:10])


def _office_around(widget: QWidget) -> "Context | None":
    """The office of the window, or of the window behind the dialog: only those are looked at, because fields ask with every key."""
    window: QWidget | None = widget.window()
    while window is not None:
        if isinstance(window, InOffice):
            return window.context
        behind = window.parentWidget()
        window = behind.window() if behind else None
    return None
