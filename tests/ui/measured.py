"""What an eye would find wrong on a screen, measured: text without room, words that are not Chinese, controls that nobody can reach."""

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QWidget,
)

T = TypeVar("T", bound=QWidget)

_LATIN = re.compile(r"[A-Za-z]{2,}")
_CODES = re.compile(
    r"U\+[0-9A-F]+|\b[0-9A-Z]{4}(?:[-　][0-9A-Z]{4})+\b|\b9[0-9A-Z]{17}\b"
    r"|(?:[A-Z]:|)(?:[/\\][^\s/\\]+){2,}|\w+\.[a-z]{3,4}\b|（[a-z]{2}）|如 gz\b|\bforms 文件夹"
)
"""Code points, the codes that are read out by telephone, the numbers of companies, files, and the short codes of phrases are no words."""

WORDS = frozenset(["Alt", "Ctrl", "Shift", "Caps", "Lock", "Enter", "Esc", "Tab", "Home", "PgUp", "PgDn", "PDF", "JPEG", "PNG", "KB", "MB"])
"""What stands on the keys of a Chinese keyboard, kinds of files and sizes: everybody knows them by these letters."""

_SLACK = 1


def clipped(window: QWidget) -> list[str]:
    """Texts of visible labels, buttons, ticks, tabs, choices, headers and hints that have less room than they ask for."""
    parts = _seen(window)
    return [
        *_clipped_labels(parts),
        *_clipped_buttons(parts),
        *_clipped_choices(parts),
        *_clipped_tabs(parts),
        *_clipped_headers(parts),
        *_clipped_hints(parts),
    ]


def _seen(window: QWidget) -> list[QWidget]:
    return [part for part in window.findChildren(QWidget) if part.isVisible()]


def _only(kind: type[T], parts: Sequence[QWidget]) -> list[T]:
    return [part for part in parts if isinstance(part, kind)]


def _clipped_labels(parts: Sequence[QWidget]) -> Iterator[str]:
    for label in _only(QLabel, parts):
        if label.text():
            wanted = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            narrow = not label.wordWrap() and label.sizeHint().width() > label.width()
            if narrow or wanted > label.height():
                yield label.text()


def _clipped_buttons(parts: Sequence[QWidget]) -> Iterator[str]:
    for made in (*_only(QPushButton, parts), *_only(QCheckBox, parts)):
        if made.sizeHint().width() > made.width() or made.sizeHint().height() > made.height():
            yield made.text()


def _clipped_choices(parts: Sequence[QWidget]) -> Iterator[str]:
    for choice in _only(QComboBox, parts):
        option = QStyleOptionComboBox()
        choice.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = choice.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, choice).width()
        told = choice.currentText() == choice.toolTip()  # cut short, and whole in its tip
        if not told and choice.fontMetrics().horizontalAdvance(choice.currentText()) > room + _SLACK:
            yield choice.currentText()


def _clipped_tabs(parts: Sequence[QWidget]) -> Iterator[str]:
    for bar in _only(QTabBar, parts):
        for number in range(bar.count()):
            place = bar.tabRect(number)
            if place.width() < bar.fontMetrics().horizontalAdvance(bar.tabText(number)):
                yield bar.tabText(number)
            if not bar.usesScrollButtons() and not bar.rect().contains(place):
                yield bar.tabText(number)


def _clipped_headers(parts: Sequence[QWidget]) -> Iterator[str]:
    for header in _only(QHeaderView, parts):
        if header.orientation() == Qt.Orientation.Horizontal:
            for number in range(header.count()):
                text = str(header.model().headerData(number, Qt.Orientation.Horizontal) or "")
                if not header.isSectionHidden(number) and header.fontMetrics().horizontalAdvance(text) > header.sectionSize(number):
                    yield text


def _clipped_hints(parts: Sequence[QWidget]) -> Iterator[str]:
    """Hints in empty lines: one that ends in dots says nothing."""
    for line in _only(QLineEdit, parts):
        if line.placeholderText() and not line.text():
            room = line.width() - line.textMargins().left() - line.textMargins().right()
            if line.fontMetrics().horizontalAdvance(line.placeholderText()) > room:
                yield line.placeholderText()


def sideways(window: QWidget) -> list[str]:
    """Tables of which a part is seen only after scrolling sideways."""
    return [table.accessibleName() for table in _only(QTableView, _seen(window)) if table.horizontalScrollBar().maximum()]


def foreign_words(window: QWidget) -> set[str]:
    """Words in Latin letters on the screen that are neither keys nor kinds of files."""
    texts = (_CODES.sub("", text) for part in (window, *_seen(window)) for text in _texts(part))
    return {word for text in texts for word in _LATIN.findall(text)} - WORDS


def _texts(part: QWidget) -> Iterator[str]:
    if part.isWindow():
        yield part.windowTitle()
    if isinstance(part, QLabel):
        yield _plain(part.text())
    elif isinstance(part, QAbstractButton):
        yield part.text()
    elif isinstance(part, QComboBox):
        yield part.currentText()
    elif isinstance(part, QLineEdit | QPlainTextEdit):
        yield part.placeholderText()
    elif isinstance(part, QTabBar):
        yield from (part.tabText(number) for number in range(part.count()))
    elif isinstance(part, QListWidget):
        yield from (part.item(row).text() for row in range(part.count()))
    elif isinstance(part, QTableView):
        yield from _cells(part)
    yield _plain(part.toolTip())
    yield part.accessibleName()


def _plain(text: str) -> str:
    """The text as it is seen: it may be marked up."""
    return QTextDocumentFragment.fromHtml(text).toPlainText() if "<" in text else text


def _cells(table: QAbstractItemView) -> Iterator[str]:
    model = table.model()
    for column in range(model.columnCount()):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(), 30)):
            yield str(model.index(row, column).data() or "")


def unreachable(window: QWidget) -> list[str]:
    """Controls that can have the cursor and lie where nobody sees them: outside of what holds them, and no scrolling leads there."""
    parts = (part for part in _seen(window) if part.focusPolicy() != Qt.FocusPolicy.NoFocus and part.isEnabled())
    return [f"{type(part).__name__} {part.accessibleName()}" for part in parts if not _can_be_seen(part, window)]


def _can_be_seen(part: QWidget, window: QWidget) -> bool:
    place, at = part.rect(), part
    while at is not window and (holder := at.parentWidget()) is not None:
        place = QRect(at.mapTo(holder, place.topLeft()), place.size())
        area = holder.parentWidget()
        if isinstance(area, QScrollArea) and area.viewport() is holder:
            if area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff and not _between(place, holder):
                return False
            place = QRect(QPoint(0, 0), holder.size())
        elif not isinstance(holder, QAbstractScrollArea) and not holder.rect().adjusted(-1, -1, 1, 1).contains(place):
            return False
        at = holder
    return True


def _between(place: QRect, holder: QWidget) -> bool:
    return place.left() >= -1 and place.right() <= holder.width()
