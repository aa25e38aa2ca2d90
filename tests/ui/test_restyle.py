"""Another text size or look: what is seen follows at once, and once; what is behind follows in the pauses, or when it is shown."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QGridLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.button_row import ButtonRow
from desktop.ui.context import button, heading
from desktop.ui.entry.form import framed
from desktop.ui.entry.inputs import Choice, Text
from desktop.ui.entry.long_text import LongText
from desktop.ui.restyle import _Behind, _Pauses
from desktop.ui.theme import Theme
from tests.ui.hands import clipped

DEPTH = 8
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Counted(QObject):
    """Counts the style changes of each widget."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[int] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        if event.type() == QEvent.Type.StyleChange:
            self.seen[id(watched)] += 1
        return False


def page(title: str) -> QWidget:
    """Controls of every kind, deep inside each other."""
    outer = inner = QWidget()
    for _ in range(DEPTH):
        column = QVBoxLayout(inner)
        inner = QWidget()
        column.addWidget(inner)
    column = QVBoxLayout(inner)
    for part in (heading(title), heading(title, "chip"), Text(title), Choice(("甲", "乙")), LongText(), button(title, lambda: None)):
        column.addWidget(part)
    return outer


@pytest.fixture
def stack(theme: Theme) -> Iterator[QStackedWidget]:
    """Two pages, the first in front; both were seen."""
    made = QStackedWidget()
    for title in ("今日", "纠纷"):
        made.addWidget(page(title))
    made.resize(400, 500)
    made.show()
    for number in (1, 0):
        made.setCurrentIndex(number)
        QApplication.processEvents()
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def page_of(stack: QStackedWidget, number: int) -> QWidget:
    """The page of the number."""
    found = stack.widget(number)
    assert found is not None
    return found


def parts(stack: QStackedWidget, number: int) -> list[QWidget]:
    """All that is on the page."""
    return page_of(stack, number).findChildren(QWidget)


def label(stack: QStackedWidget, number: int) -> QLabel:
    """The heading of the page."""
    return next(part for part in parts(stack, number) if isinstance(part, QLabel))


def picture(stack: QStackedWidget) -> QImage:
    """What is seen of it, when it is laid out; without a cursor, which comes and goes."""
    if at := QApplication.focusWidget():
        at.clearFocus()
    QApplication.processEvents()
    return stack.grab().toImage()


def laid_by_qt(theme: Theme) -> None:
    """The same sheet once more, as Qt lays it over everything."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setStyleSheet(app.styleSheet() + " ")


def test_each_widget_that_is_seen_is_told_once_and_those_behind_not_at_all(theme: Theme, stack: QStackedWidget) -> None:
    counted = Counted()
    seen, behind = parts(stack, 0), parts(stack, 1)
    for widget in (*seen, *behind):
        widget.installEventFilter(counted)
    theme.set_look("contrast")
    assert {counted.seen[id(widget)] for widget in seen if widget.isVisible()} == {1}
    assert sum(counted.seen[id(widget)] for widget in behind) == 0
    stack.setCurrentIndex(1)
    assert {counted.seen[id(widget)] for widget in behind if widget.isVisible()} == {1}


def test_the_text_size_is_that_of_the_theme_on_each_page_once_it_is_shown(theme: Theme, stack: QStackedWidget) -> None:
    before = label(stack, 0).font().pointSizeF()
    theme.set_scale(200)
    assert label(stack, 0).font().pointSizeF() == pytest.approx(2 * before, rel=0.01)
    theme.set_scale(150)
    stack.setCurrentIndex(1)
    assert label(stack, 1).font().pointSizeF() == pytest.approx(1.5 * before, rel=0.01)
    theme.set_scale(100)
    stack.setCurrentIndex(0)
    assert label(stack, 0).font().pointSizeF() == before


@pytest.mark.parametrize(("scale", "look"), [(200, "light"), (100, "contrast"), (150, "contrast")])
def test_every_page_looks_as_qt_lays_it(theme: Theme, stack: QStackedWidget, scale: int, look: str) -> None:
    theme.set_scale(scale)
    theme.set_look(look)
    for number in (0, 1, 0):
        stack.setCurrentIndex(number)
        quick = picture(stack)
        laid_by_qt(theme)
        assert picture(stack) == quick


def test_a_page_behind_follows_in_the_pauses_and_is_not_told_again(qtbot: QtBot, theme: Theme, stack: QStackedWidget) -> None:
    counted, behind = Counted(), parts(stack, 1)
    for widget in behind:
        widget.installEventFilter(counted)
    before = label(stack, 1).font().pointSizeF()
    theme.set_scale(150)
    theme.set_scale(200)
    qtbot.waitUntil(lambda: all(counted.seen[id(widget)] for widget in behind if widget.isVisibleTo(page_of(stack, 1))))
    assert label(stack, 1).font().pointSizeF() == pytest.approx(2 * before, rel=0.01)
    stack.setCurrentIndex(1)
    assert {counted.seen[id(widget)] for widget in behind if widget.isVisible()} == {1}
    quick = picture(stack)
    laid_by_qt(theme)
    assert picture(stack) == quick


def test_a_page_that_is_shown_when_it_has_followed_in_part_follows_in_whole(theme: Theme, stack: QStackedWidget) -> None:
    theme.set_scale(200)
    behind = page_of(stack, 1).findChild(_Behind)
    assert behind is not None
    next(behind._left)
    stack.setCurrentIndex(1)
    quick = picture(stack)
    laid_by_qt(theme)
    assert picture(stack) == quick


def test_a_page_that_goes_while_it_waits_is_waited_for_no_longer(theme: Theme, stack: QStackedWidget) -> None:
    theme.set_scale(200)
    pauses = _Pauses.of_program()
    pauses._timer.stop()
    gone = page_of(stack, 1)
    stack.removeWidget(gone)
    gone.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    while pauses._waiting:
        pauses._go_on()


def test_a_dialog_over_a_page_and_what_is_made_later_follow_too(qtbot: QtBot, theme: Theme, stack: QStackedWidget) -> None:
    dialog = QDialog(stack.widget(0))
    QVBoxLayout(dialog).addWidget(inside := heading("帮助"))
    dialog.show()
    theme.set_scale(150)
    later = heading("后来")
    qtbot.addWidget(later)
    later.show()
    assert inside.font().pointSizeF() == later.font().pointSizeF() == label(stack, 0).font().pointSizeF()


def test_all_is_laid_out_in_one_go(qtbot: QtBot, theme: Theme) -> None:
    """Buttons that fall below each other, text that wraps, layouts in layouts: nothing moves any more after the first round of events."""
    window = QWidget()
    around = QVBoxLayout(window)
    head = QWidget()
    around.addWidget(head)
    around.addWidget(QWidget(), 1)
    left = QVBoxLayout()
    left.addWidget(heading("张三与李四邻里纠纷，屋檐滴水"))
    left.addWidget(ButtonRow([button(f"第{number}个", lambda: None, drawing="save") for number in range(5)]))
    grid = QGridLayout(head)
    grid.addLayout(left, 0, 0)
    grid.addWidget(heading("已受理", "chip"), 1, 0)
    qtbot.addWidget(window)
    window.resize(500, 500)
    window.show()
    for scale in (200, 100, 150):
        QApplication.processEvents()
        theme.set_scale(scale)
        QApplication.processEvents()
        first = [part.geometry() for part in window.findChildren(QWidget)]
        for _ in range(4):
            QApplication.processEvents()
        assert [part.geometry() for part in window.findChildren(QWidget)] == first
        assert clipped(window) == []


def test_distances_follow_the_text_back(qtbot: QtBot, theme: Theme) -> None:
    frame, column = framed("承办单位", "card")
    qtbot.addWidget(frame)
    frame.show()
    before = column.contentsMargins()
    theme.set_scale(200)
    assert column.contentsMargins().left() > 1.8 * before.left()
    theme.set_scale(100)
    assert column.contentsMargins() == before
