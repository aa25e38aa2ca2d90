"""What the window expects of a page."""

from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """A page of the window beside the left bar."""

    def refresh(self) -> None:
        """Show what is stored now; called when the page comes to the front."""

    def rest(self) -> None:
        """Begin nothing more: the office is about to be locked."""

    def keep_draft(self) -> None:
        """Keep as a draft what was typed and not saved: the window is about to be locked. Raises `Refused` when it cannot be kept."""

    def may_leave(self) -> bool:
        """Whether nothing is lost by leaving the page now; the page asks or says why not."""
        return True

    def may_close(self) -> bool:
        """Whether the program may be closed with this page in front; the page asks or says why not."""
        return self.may_leave()
