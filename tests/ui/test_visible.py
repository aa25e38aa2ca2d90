"""Names that hide something or look like markup: shown as they are, everywhere."""

from functools import partial

import msgspec
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop.services import cases
from desktop.services.desk import Desk
from desktop.ui.ask import Asker
from desktop.ui.theme import Theme
from desktop.ui.visible import escaped, visible
from desktop.ui.window import PROGRAM, Window
from tests.ui.papers import agreed

NAME = "<b>普</b>\u202e顺"
SHOWN = "<b>普</b>⟦U+202E⟧顺"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("普家顺", "普家顺"), ("a\nb\tc", "a\nb\tc"), ("\u202e", "⟦U+202E⟧"), ("一\x00二\u200b", "一⟦U+0000⟧二⟦U+200B⟧"), ("𪚥", "𪚥")],
)
def test_what_hides_is_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_markup_is_escaped_too() -> None:
    assert escaped(NAME) == "&lt;b&gt;普&lt;/b&gt;⟦U+202E⟧顺"


def test_a_name_is_never_markup(qtbot: QtBot, window: Window, desk: Desk) -> None:
    case = agreed(desk)
    first = msgspec.structs.replace(case.parties[0], name=NAME)
    assert case.agreement is not None
    anew = msgspec.structs.replace(case.agreement, signed_on=desk.today())
    case = cases.save(desk, case, msgspec.structs.replace(case, parties=(first, *case.parties[1:]), agreement=anew)).case
    page = window.list_page()
    page.refresh(case.id)
    assert SHOWN in str(page.model.index(0, 1).data())
    tip = str(page.model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole))
    assert escaped(NAME) in tip
    qtbot.waitUntil(lambda: SHOWN in page.facts._title.text())
    assert escaped(NAME) in page.facts._body.text()
    window.open_case(case.id)
    assert SHOWN in window.case_page().header.title.text()
    window.case_page().notice.refused(NAME)
    assert SHOWN in window.case_page().notice.text()
    side = window.case_page().side
    rich = (page.facts._body, window.case_page().timeline.text, side.doubts, side.missing)
    labels = [label for label in window.findChildren(QLabel) if label not in rich and label.text()]
    assert [label.text() for label in labels if label.textFormat() != Qt.TextFormat.PlainText] == []


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_enter_alone_confirms_nothing(window: Window) -> None:
    seen: list[QMessageBox] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box)
        button = box.defaultButton()
        assert isinstance(button, QPushButton)
        assert (button.text(), box.textFormat(), box.text()) == ("取消", Qt.TextFormat.PlainText, SHOWN)
        button.click()

    QTimer.singleShot(0, press)
    assert not Asker().confirm(window, NAME, "盖章定稿")
    assert seen


def test_the_icons_grow_with_the_text(window: Window, theme: Theme, desk: Desk) -> None:
    """On what is seen at once, on the tabs and pages behind as soon as they are shown."""
    window.open_case(agreed(desk).id)
    before = {button: button.iconSize().height() for button in window.findChildren(QPushButton) if not button.icon().isNull()}
    theme.set_scale(200)
    tabs, seen = window.case_page().tabs, set()
    for show in (*(partial(tabs.show_tab, number) for number in range(tabs.count())), partial(window.go, "today")):
        show()
        QApplication.processEvents()
        shown = {button for button in before if button.isVisible()}
        assert all(button.iconSize().height() > 1.8 * before[button] for button in shown)
        seen |= shown
    assert len(seen) > 10


def test_the_title_ends_with_the_name_of_the_program(window: Window, desk: Desk) -> None:
    """Qt adds the display name of the program, which is PROGRAM, to every other title."""
    assert window.windowTitle() == f"{desk.office.name} — {PROGRAM}"
