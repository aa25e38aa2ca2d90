"""附件: scans get into the case by button, drop and paste, are looked at and taken out; bad files say why."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.services import cases
from desktop.services.desk import Desk
from desktop.ui.case.page import CasePage
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.ui.hands import Answers, Operator, clipped
from tests.ui.papers import TIMEOUT, agreed, photo, picture


@pytest.fixture
def opened(window: Window, desk: Desk, operator: Operator) -> CasePage:
    """The page of a case, at its scans, with 证据材料 chosen."""
    window.open_case(agreed(desk).id)
    page = window.case_page()
    operator.key(Qt.Key.Key_9, ctrl=True)
    page.scans.category.show_value("证据材料")
    return page


def stored(desk: Desk, page: CasePage) -> Case:
    return cases.load(desk, page.case_id())


def added(qtbot: QtBot, page: CasePage) -> None:
    qtbot.waitUntil(lambda: page.isEnabled() and page.notice.text() != "", timeout=TIMEOUT)


def test_files_are_added_by_button(
    qtbot: QtBot, opened: CasePage, desk: Desk, answers: Answers, operator: Operator, tmp_path: Path
) -> None:
    broken = tmp_path / "合同.pdf"
    broken.write_bytes(b"MZ no paper")
    answers.paths = [photo(tmp_path / "收条.png", "red"), broken, photo(tmp_path / "现场.jpg", "blue")]
    operator.key(Qt.Key.Key_F6)
    added(qtbot, opened)
    assert [(one.name, one.category, one.pages) for one in stored(desk, opened).attachments] == [
        ("收条", "证据材料", 1),
        ("现场", "证据材料", 1),
    ]
    assert "已放入卷宗2份" in opened.notice.text()
    assert "合同.pdf" in opened.notice.text()
    assert opened.scans.model.rowCount() == 2
    assert not opened.unsaved()


def test_nothing_is_added_without_a_category(opened: CasePage, desk: Desk, answers: Answers, operator: Operator, tmp_path: Path) -> None:
    opened.scans.category.show_value(None)
    answers.paths = [photo(tmp_path / "收条.png")]
    operator.key(Qt.Key.Key_F6)
    assert "请先选择类别" in opened.notice.text()
    assert operator.at() is opened.scans.category.box
    assert stored(desk, opened).attachments == ()


def test_files_are_dropped_and_what_was_typed_is_saved_before(
    qtbot: QtBot, opened: CasePage, desk: Desk, operator: Operator, tmp_path: Path
) -> None:
    opened.tabs.reveal("place")
    operator.write("村口")
    opened.tabs.show_tab(6)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo(tmp_path / "丈量图.png")))])
    place, none = QPoint(5, 5).toPointF(), Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(place, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    opened.scans.dropEvent(drop)
    assert not opened.isEnabled()
    assert not opened.may_leave()
    added(qtbot, opened)
    case = stored(desk, opened)
    assert [one.name for one in case.attachments] == ["丈量图"]
    assert "村口" in str(case.place)
    assert opened.may_leave()


def drag(page: CasePage, over: QWidget, files: list[Path]) -> bool:
    """Drag files over a part of the page and drop them there, as the window gets it; whether they could be dropped."""
    window = page.window()
    handle = window.windowHandle()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    data.setText("\n".join(map(str, files)))  # as some desktops do
    place, hand = over.mapTo(window, over.rect().center()), (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, *hand)
    QApplication.sendEvent(handle, enter)
    if enter.isAccepted():
        QApplication.sendEvent(handle, QDropEvent(place.toPointF(), Qt.DropAction.CopyAction, data, *hand))
    return enter.isAccepted()


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(("keys", "category"), [(0, "履行凭证"), (1, "当事人身份证明"), (2, "证据材料")])
def test_files_dropped_on_any_field_are_asked_for_their_category(
    qtbot: QtBot, opened: CasePage, desk: Desk, operator: Operator, tmp_path: Path, keys: int, category: str
) -> None:
    opened.tabs.reveal("summary")
    words = opened.collect().summary
    assert drag(opened, operator.at(), [photo(tmp_path / "收条.png", "red"), photo(tmp_path / "身份证.jpg", "blue")])
    assert opened.scans.isVisible()
    dialog = opened.scans.asking
    assert dialog is not None
    operator.key(Qt.Key.Key_Down, keys)
    if keys == 2:  # neither is what the names suggest
        dialog.list.setCurrentRow(dialog.offers.index("证据材料"))
    operator.key(Qt.Key.Key_Return)
    added(qtbot, opened)
    case = stored(desk, opened)
    assert [(one.name, one.category) for one in case.attachments] == [("收条", category), ("身份证", category)]
    assert case.summary == words
    assert opened.scans.category.value() == "证据材料"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_files_dropped_on_the_scans_go_where_the_chosen_category_says(
    qtbot: QtBot, opened: CasePage, desk: Desk, operator: Operator, tmp_path: Path
) -> None:
    paper = photo(tmp_path / "收条.png")
    opened.scans.category.show_value(None)
    assert drag(opened, opened.scans, [paper])
    operator.key(Qt.Key.Key_Escape)
    assert stored(desk, opened).attachments == ()
    opened.scans.category.show_value("其他")
    assert drag(opened, opened.scans, [paper])
    added(qtbot, opened)
    assert [one.category for one in stored(desk, opened).attachments] == ["其他"]


def test_nothing_is_dropped_while_files_are_put_in_or_where_the_case_is_only_read(opened: CasePage, tmp_path: Path) -> None:
    paper = photo(tmp_path / "收条.png")
    opened.tabs.show_tab(0)
    opened.setEnabled(False)
    assert not drag(opened, opened.tabs, [paper])
    opened.setEnabled(True)
    opened.tabs.set_reading(only=True)
    assert not drag(opened, opened.tabs, [paper])
    assert opened.scans.asking is None


def test_files_are_dropped_on_no_other_page_than_the_case(window: Window, opened: CasePage, tmp_path: Path) -> None:
    window.go("today")
    assert not drag(opened, window.page("today"), [photo(tmp_path / "收条.png")])


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_picture_is_pasted_and_opened(qtbot: QtBot, opened: CasePage, desk: Desk, operator: Operator) -> None:
    QGuiApplication.clipboard().setImage(picture("green"))
    operator.key(Qt.Key.Key_V, ctrl=True)
    added(qtbot, opened)
    assert [one.name for one in stored(desk, opened).attachments] == ["证据材料（粘贴的图片）"]
    operator.key(Qt.Key.Key_Return)
    dialog = opened.papers.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.pages.count() == 1, timeout=TIMEOUT)
    assert dialog.pdf().startswith(b"%PDF")
    assert not dialog.seal_button.isVisible()
    dialog.close()
    opened.activateWindow()
    qtbot.waitUntil(lambda: opened.window().isActiveWindow())
    QGuiApplication.clipboard().setText("words")
    operator.key(Qt.Key.Key_V, ctrl=True)
    assert "没有图片" in opened.notice.text()


def test_a_scan_is_taken_out_after_asking(
    qtbot: QtBot, opened: CasePage, desk: Desk, answers: Answers, operator: Operator, tmp_path: Path
) -> None:
    opened.scans.add([photo(tmp_path / "收条.png"), photo(tmp_path / "再来一张.png")])
    added(qtbot, opened)
    assert "不必重复添加" in opened.notice.text()
    operator.key(Qt.Key.Key_F8)
    assert "收条" in answers.asked[-1]
    assert stored(desk, opened).attachments == ()
    assert opened.scans.empty.isVisible()


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_no_text_of_the_scans_is_clipped(qtbot: QtBot, window: Window, opened: CasePage, theme: Theme, tmp_path: Path, scale: int) -> None:
    def nothing_clipped() -> None:
        assert clipped(window) == []
        sheet = opened.tabs.currentWidget()
        assert isinstance(sheet, QScrollArea)
        assert sheet.horizontalScrollBar().maximum() == 0

    window.resize(1280, 800)
    theme.set_scale(scale)
    qtbot.waitUntil(nothing_clipped)
    opened.scans.add([photo(tmp_path / "收条.png"), tmp_path / "没有这个文件.pdf"])
    added(qtbot, opened)
    qtbot.waitUntil(nothing_clipped)


def test_a_new_case_is_registered_before_it_gets_files(window: Window, desk: Desk, tmp_path: Path) -> None:
    window.new_case()
    page = window.case_page()
    page.tabs.show_tab(6)
    page.scans.category.show_value("申请书")
    page.scans.add([photo(tmp_path / "申请书.png")])
    assert "还不能保存" in page.notice.text()
    assert cases.count(desk) == 0
