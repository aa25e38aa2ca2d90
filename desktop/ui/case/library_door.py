"""The way from a text to the library: F10 opens it (clauses for clauses, phrases for other long texts), Ctrl+F10 keeps what was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from desktop.domain.case import Case
from desktop.ui.case.blanks import go_to_blank, watch_blanks
from desktop.ui.context import Context, Notice

if TYPE_CHECKING:
    from desktop.domain.library import Kind, Snippet
    from desktop.ui.case.clauses import Clauses
    from desktop.ui.case.library_dialog import LibraryDialog

KEY = "F10"
KEEP_KEY = "Ctrl+F10"


@runtime_checkable
class HasLibrary(Protocol):
    """A page with a door to the library."""

    library: LibraryDoor


@runtime_checkable
class Collecting(Protocol):
    """A page of a case that tells the case as typed."""

    def collect(self) -> Case:
        """The case with everything that was typed and can be used."""
        ...


def door_of(widget: QWidget) -> LibraryDoor | None:
    """The door of the page around the control."""
    return next((page.library for page in _parents(widget) if isinstance(page, HasLibrary)), None)


def case_around(widget: QWidget) -> Case | None:
    """The case as typed on the page around the control. Not to be asked while the page itself collects."""
    return next((page.collect() for page in _parents(widget) if isinstance(page, Collecting)), None)


def _parents(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parent()
    while isinstance(parent, QWidget):
        yield parent
        parent = parent.parent()


class LibraryDoor(QObject):
    """Belongs to a page of one case: `LibraryDoor(context, page, notice)`, kept there as `library`."""

    def __init__(self, context: Context, page: QWidget, notice: Notice) -> None:
        super().__init__(page)
        self.context = context
        self._page, self._notice = page, notice
        self.dialog: LibraryDialog | None = None
        QShortcut(QKeySequence(KEY), page, self.open)
        QShortcut(QKeySequence(KEEP_KEY), page, self.keep)

    def open(self) -> None:
        """Open the library for the text that has the cursor."""
        area = self._area()
        if area is None:
            self._notice.refused(f"请先把光标放到协议条款或者长的文字里，再按 {KEY}。")
            return
        clauses = _clauses_of(area)
        if clauses is not None:
            self.open_for(clauses)
        else:
            self._open("phrase", lambda text: _insert(area, text))

    def open_for(self, clauses: Clauses) -> None:
        """Open the clauses for the agreement."""
        if not clauses.area.isReadOnly():
            self._open("clause", clauses.put_in)

    def keep(self) -> None:
        """Keep the clause or the chosen text in the library."""
        area = self._area()
        clauses = _clauses_of(area) if area else None
        if clauses is not None:
            self.keep_of(clauses)
        elif area is not None:
            self._keep("phrase", _chosen(area))

    def keep_of(self, clauses: Clauses) -> None:
        """Keep the clause in which the cursor stands."""
        self._keep("clause", clauses.line())

    def _area(self) -> QPlainTextEdit | None:
        area = QApplication.focusWidget()
        return area if isinstance(area, QPlainTextEdit) and self._page.isAncestorOf(area) and not area.isReadOnly() else None

    def _case_type(self) -> str:
        case = self._page.collect() if isinstance(self._page, Collecting) else None
        return case.type if case else ""

    def _open(self, kind: Kind, put: object) -> None:
        from desktop.ui.case.library_dialog import LibraryDialog

        self.dialog = LibraryDialog(self._page, self.context, kind, self._case_type())
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.chosen.connect(put)
        self.dialog.open()

    def _keep(self, kind: Kind, text: str) -> None:
        from desktop.services import library
        from desktop.ui.case.library_dialog import KeepDialog

        if not text:
            self._notice.refused("这里还没有文字，请先写好，再存入库中。")
            return
        dialog = KeepDialog(self._page, kind, text, self._case_type())
        if not self.context.asker.accepted(dialog):
            return
        kept: Snippet | None = self._notice.attempt(lambda: library.keep(self.context.desk, kind, text, **dialog.said()))
        if kept is not None:
            self._notice.done(f"已存入库中，名称是“{kept.title}”，下次按 {KEY} 就能找到。")


def _clauses_of(area: QPlainTextEdit) -> Clauses | None:
    from desktop.ui.case.clauses import clauses_of

    return clauses_of(area)


def _insert(area: QPlainTextEdit, text: str) -> None:
    cursor = area.textCursor()
    start = cursor.selectionStart()
    cursor.insertText(text)
    area.setTextCursor(cursor)
    area.setFocus(Qt.FocusReason.OtherFocusReason)
    watch_blanks(area)
    go_to_blank(area, start)


def _chosen(area: QPlainTextEdit) -> str:
    """The selected text, or the paragraph of the cursor."""
    cursor = area.textCursor()
    if not cursor.hasSelection():
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    return cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n").strip()
