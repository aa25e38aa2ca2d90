"""核验: the verdict on a file and on a typed code."""

from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.seal_rules import check_code
from desktop.services import cases, sealing
from desktop.services.desk import Desk
from desktop.services.sealing import Sealed
from desktop.ui.paper.verify_page import VerifyPage
from desktop.ui.theme import Theme, em
from desktop.ui.window import Window
from tests.ui.hands import Answers, Operator, clipped
from tests.ui.papers import TIMEOUT, agreed


@pytest.fixture
def page(window: Window) -> VerifyPage:
    window.go("verify")
    return cast("VerifyPage", window.pages["verify"])


@pytest.fixture
def sealed(desk: Desk) -> Sealed:
    return sealing.seal(desk, agreed(desk), "调解协议书")


def told(qtbot: QtBot, page: VerifyPage) -> str:
    qtbot.waitUntil(lambda: page.verdict.isVisible() and page.isEnabled(), timeout=TIMEOUT)
    return page.head.text()


def test_a_sealed_file_is_known_and_leads_to_its_case(
    qtbot: QtBot, window: Window, page: VerifyPage, sealed: Sealed, answers: Answers, operator: Operator, tmp_path: Path
) -> None:
    path = tmp_path / "协议.pdf"
    path.write_bytes(sealed.data)
    answers.paths = [path]
    operator.key(Qt.Key.Key_O, ctrl=True)
    assert told(qtbot, page).startswith("✓ 是定稿　协议.pdf")
    assert "完全一致" in page.sentence.text()
    operator.key(Qt.Key.Key_F4)
    assert window.stack.currentWidget() is window.case_page()
    assert window.case_page().case_id() == sealed.case.id


def test_a_changed_file_is_not_confirmed_when_dropped(qtbot: QtBot, page: VerifyPage, sealed: Sealed, tmp_path: Path) -> None:
    path = tmp_path / "改过.pdf"
    path.write_bytes(sealed.data + b"\n% more")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPoint(5, 5).toPointF(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none))
    assert not page.may_leave()
    assert told(qtbot, page).startswith("✕ 不能确认")
    assert "可能被改动过" in page.sentence.text()
    assert page.may_leave()


def test_a_file_that_is_gone_is_refused(qtbot: QtBot, page: VerifyPage, tmp_path: Path) -> None:
    page.verify(tmp_path / "没有.pdf")
    qtbot.waitUntil(lambda: "打不开" in page.notice.text(), timeout=TIMEOUT)
    assert page.isEnabled()


def test_a_typed_code_is_verified(page: VerifyPage, sealed: Sealed, operator: Operator, desk: Desk) -> None:
    operator.key(Qt.Key.Key_Return)
    assert "请输入" in page.notice.text()
    operator.write(check_code(sealed.seal.values).lower())
    operator.key(Qt.Key.Key_Return)
    assert page.head.text().startswith("✓ 是定稿")
    assert "逐页核对" in page.sentence.text()
    page.code.show_value("1234")
    page.verify_code()
    assert page.head.text().startswith("✕ 不能确认")
    assert not page.open_button.isVisible()
    assert cases.count(desk) == 1


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_no_text_of_the_verdict_is_clipped(
    qtbot: QtBot, window: Window, page: VerifyPage, sealed: Sealed, theme: Theme, scale: int
) -> None:
    def nothing_clipped() -> None:
        assert clipped(window) == []

    window.resize(1280, 800)
    theme.set_scale(scale)
    page.code.show_value(check_code(sealed.seal.values))
    page.verify_code()
    qtbot.waitUntil(nothing_clipped)
    assert page.verdict.visibleRegion().boundingRect().height() == page.verdict.height()


@pytest.mark.parametrize(("width", "fills"), [(1280, True), (2600, False)])
def test_the_body_begins_where_that_of_today_does_and_fills_the_page_until_lines_are_long(window: Window, width: int, fills: bool) -> None:
    window.resize(width, 800)
    lefts, rights = [], []
    for name, frame in (("today", "month"), ("verify", "verdict"), ("settings", "notice"), ("exchange", "notice")):
        window.go(name)
        page = window.page(name)
        part: Any = getattr(page, frame)
        card = part.frame if hasattr(part, "frame") else part
        assert isinstance(card, QWidget)
        QApplication.processEvents()
        first = next(label for label in page.findChildren(QLabel) if label.isVisible())
        lefts.append(first.mapTo(page, QPoint(0, 0)).x())
        holder = card.parentWidget()
        assert holder is not None
        rights.append(page.width() - holder.mapTo(page, QPoint(holder.width(), 0)).x())
    assert len(set(lefts)) == 1
    assert all((right < 2 * lefts[0] + em(window)) == fills for right in rights[1:])
