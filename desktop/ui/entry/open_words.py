"""What is being typed in dialogs at this moment; loaded with the window, which asks at its lock and at its end."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop.services.desk import Desk


class Words(Protocol):
    """The words of an open dialog."""

    desk: "Desk"

    def keep_draft(self) -> None:
        """Keep what stands in the dialog before this returns. Raises `Refused` if it cannot be kept."""

    def close(self) -> None:
        """The dialog is gone."""


_open: list[Words] = []


def begin(words: Words) -> None:
    """The dialog of these words was opened."""
    _open.append(words)


def end(words: Words) -> bool:
    """The dialog of these words is gone; whether it was still open."""
    if words not in _open:
        return False
    _open.remove(words)
    return True


def open_words(desk: "Desk") -> list[Words]:
    """What is being typed in dialogs of the office: a page that is locked or closed keeps it first (`keep_draft`)."""
    return [words for words in _open if words.desk is desk]
