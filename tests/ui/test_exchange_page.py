"""The exchange page in each of its states: real offices, real bundles, folders for sticks."""

import errno
import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QStorageInfo, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.services import cases, contacts, exchange
from desktop.services.desk import Desk
from desktop.services.exchange import Exported, Plan
from desktop.ui.exchange import export as exchange_export
from desktop.ui.exchange import sticks
from desktop.ui.exchange.export import told_export, told_plan
from desktop.ui.exchange.sticks import FAT_FILE, Place
from desktop.ui.exchange.work import Progress
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.domain.samples import PATHS
from tests.services.offices import STONE, TOWN, TREE, WILLOW
from tests.ui.carrying import SOON, Carrier, carrier, wait_for_the_stop
from tests.ui.hands import Answers, Operator, clipped

Offices = dict[str, Desk]


def test_a_stick_is_seen_when_it_is_plugged_in(stone: Carrier, tmp_path: Path) -> None:
    told = stone.page.places.told
    assert "没有看到优盘" in told.text()
    stone.plug_in(tmp_path / "KINGSTON")
    assert told.text().startswith("● 优盘“KINGSTON”，可用")
    assert stone.page.places.several.isHidden()
    stone.plug_in(tmp_path / "KINGSTON", tmp_path / "SANDISK")
    assert stone.page.places.several.isVisible()
    stone.page.places.several.setCurrentIndex(1)
    stone.page.places.several.activated.emit(1)
    place = stone.page.places.place()
    assert place
    assert place.name == "SANDISK"
    stone.plug_in()
    assert "没有看到优盘" in told.text()


def test_what_will_be_on_the_stick_is_told_before_it_is_written(stone: Carrier, tmp_path: Path) -> None:
    page = stone.page
    stone.planned()
    assert page.exporting.told.text().startswith("要写 3 件纠纷、3 处改动，约 ")
    assert "普家顺与李文学山林土地纠纷" in page.exporting.titles.text()
    assert not page.exporting.write_button.isEnabled()
    assert "请先插上优盘" in page.exporting.room.text()
    stone.plug_in(tmp_path / "KINGSTON")
    stone.qtbot.waitUntil(page.exporting.write_button.isEnabled, timeout=SOON)
    assert list((tmp_path / "KINGSTON").iterdir()) == []
    stone.press(page.exporting.write_button)
    assert page.done.head.text() == "可以拔出优盘了"
    assert "已读回核对" in page.done.text.text()
    (path,) = (tmp_path / "KINGSTON").iterdir()
    assert path.name in page.done.text.text()
    assert path.suffix == ".fqb"


def test_everything_by_keyboard(stone: Carrier, operator: Operator, tmp_path: Path) -> None:
    stone.plug_in(tmp_path / "KINGSTON")
    operator.key(Qt.Key.Key_E, ctrl=True)
    stone.qtbot.waitUntil(stone.page.exporting.write_button.isEnabled, timeout=SOON)
    operator.key(Qt.Key.Key_Return, ctrl=True)
    stone.finished()
    assert stone.page.done.isVisible()
    operator.key(Qt.Key.Key_Escape)
    assert not stone.page.done.isVisible()
    for number, content in enumerate((stone.page.code, stone.page.history, stone.page.offices, stone.page.watch), start=1):
        operator.key(getattr(Qt.Key, f"Key_{number}"), ctrl=True)
        stone.finished()
        assert content.isVisible()
        assert stone.page.drawers.open_one() is content
    operator.key(Qt.Key.Key_4, ctrl=True)
    assert stone.page.drawers.open_one() is None
    buttons = [made.text() for made in stone.page.findChildren(QPushButton)]
    for key in ("Ctrl+E", "Ctrl+I", "Ctrl+D", "Ctrl+O", "Ctrl+1", "Ctrl+4", "Esc"):
        assert any(text.endswith(key) for text in buttons), key


def test_a_folder_serves_as_well_and_is_remembered(
    stone: Carrier, qtbot: QtBot, theme: Theme, offices: Offices, answers: Answers, tmp_path: Path
) -> None:
    answers.paths = [tmp_path / "共享"]
    answers.paths[0].mkdir()
    stone.page.places.choose_folder()
    stone.planned()
    assert stone.page.exporting.write_button.text().startswith("写到文件夹")
    stone.press(stone.page.exporting.write_button)
    assert stone.page.done.head.text() == "已经写好"
    with carrier(qtbot, theme, offices[STONE], answers) as again:
        assert "文件夹“共享”" in again.page.places.told.text()
        again.plug_in(tmp_path / "KINGSTON")
        place = again.page.places.place()
        assert place
        assert place.stick


def test_too_little_room_is_told_before_writing(stone: Carrier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stone.plug_in(tmp_path / "KINGSTON")
    stone.planned()
    monkeypatch.setattr(exchange_export, "place_at", lambda root, **_: Place(root, "KINGSTON", free=1000))
    stone.press(stone.page.exporting.write_button)
    assert "放不下" in stone.page.notice.text()
    assert list((tmp_path / "KINGSTON").iterdir()) == []
    monkeypatch.setattr(sticks.Sticks, "look", lambda _: None)
    stone.page.places.sticks.places = (Place(tmp_path / "KINGSTON", "KINGSTON", free=10, locked=True),)
    stone.page.places._show()
    stone.qtbot.waitUntil(lambda: "写保护" in stone.page.exporting.room.text(), timeout=SOON)
    assert not stone.page.exporting.write_button.isEnabled()


def test_cancelling_leaves_nothing_behind(stone: Carrier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stone.plug_in(tmp_path / "KINGSTON")
    stone.planned()
    monkeypatch.setattr(Progress, "__call__", wait_for_the_stop)
    stone.page.exporting.write_button.click()
    assert stone.page.work.busy()
    for part in (stone.page.export_button, stone.page.import_button, stone.page.places, stone.page.enrolment):
        assert not part.isEnabled()
    assert not stone.page.may_leave()
    stone.window.go("disputes")
    assert stone.window.stack.currentWidget() is stone.page
    stone.page.work.cancel.click()
    stone.finished()
    assert "已取消" in stone.page.notice.text()
    assert list((tmp_path / "KINGSTON").iterdir()) == []
    assert stone.page.export_button.isEnabled()
    assert stone.page.exporting.isVisible()
    assert contacts.history(stone.window.context.desk) == []  # type: ignore[union-attr]


@pytest.mark.parametrize("agreed", [False, True])
def test_closing_while_it_writes_asks_first(stone: Carrier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agreed: bool) -> None:
    stone.plug_in(tmp_path / "KINGSTON")
    stone.planned()
    monkeypatch.setattr(Progress, "__call__", wait_for_the_stop)
    stone.page.exporting.write_button.click()
    stone.answers.confirms = agreed
    assert stone.page.may_close() == agreed
    assert "要停下并关闭吗" in stone.answers.asked[-1]
    stone.page.work.stop()
    stone.finished()
    assert list((tmp_path / "KINGSTON").iterdir()) == []


def test_a_stick_that_is_pulled_out_before_writing(stone: Carrier, tmp_path: Path) -> None:
    stone.plug_in(tmp_path / "KINGSTON")
    stone.planned()
    (tmp_path / "KINGSTON").rmdir()
    stone.press(stone.page.exporting.write_button)
    assert "优盘“KINGSTON”不在了" in stone.page.notice.text()
    assert not (tmp_path / "KINGSTON").exists()


def test_a_stick_that_fails_while_it_is_written(stone: Carrier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    stone.plug_in(tmp_path / "KINGSTON")
    stone.planned()
    stone.press(stone.page.exporting.write_button)
    assert "磁盘已满" in stone.page.notice.text()
    assert not stone.page.done.isVisible()
    assert stone.page.exporting.write_button.isVisible()
    assert list((tmp_path / "KINGSTON").iterdir()) == []


def test_what_a_stick_cannot_hold_in_one_file_goes_in_several(
    stone: Carrier, offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sticks, "_FAT", (*sticks._FAT, *_file_systems(tmp_path)))
    monkeypatch.setattr(sticks, "FAT_FILE", 6000)
    stone.plug_in(tmp_path / "KINGSTON")
    stone.planned()
    assert stone.page.exporting.told.text().endswith("分成 4 个文件。")
    paths = stone.export()
    assert len(paths) == 4
    assert max(path.stat().st_size for path in paths) <= 6000
    report = exchange.take_in_all(offices[TOWN], exchange.bundles_in(tmp_path / "KINGSTON"))
    assert (len(report.taken), report.refused) == (4, [])
    assert cases.count(offices[TOWN]) == 3


def _file_systems(folder: Path) -> list[str]:
    return [bytes(QStorageInfo(str(folder)).fileSystemType().data()).decode().lower()]


def test_files_are_dropped_onto_the_page(town: Carrier, offices: Offices, tmp_path: Path) -> None:
    (path,) = exchange.export(offices[STONE], TOWN, tmp_path).paths
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)), QUrl.fromLocalFile(str(tmp_path))])
    action, hand, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (QDragEnterEvent(QPoint(9, 9), action, data, hand, keys), QDropEvent(QPointF(9, 9), action, data, hand, keys)):
        QApplication.sendEvent(town.page, event)
        assert event.isAccepted()
    town.finished()
    assert town.page.done.head.text() == "导入完成"


def test_files_are_chosen_by_keyboard(town: Carrier, offices: Offices, answers: Answers, operator: Operator, tmp_path: Path) -> None:
    answers.paths = exchange.export(offices[STONE], TOWN, tmp_path).paths
    town.plug_in(tmp_path / "empty")
    town.press(town.page.import_button)
    operator.key(Qt.Key.Key_O, ctrl=True)
    town.finished()
    assert town.page.done.head.text() == "导入完成"


def test_an_import_ends_with_the_receipt_code(town: Carrier, offices: Offices, tmp_path: Path) -> None:
    cases.register_files(offices[STONE], [PATHS["01"]])
    exchange.export(offices[STONE], TOWN, tmp_path)
    (tmp_path / f"{TOWN}-{STONE}-20260302T093000.fqb").write_bytes(b"for others")
    town.plug_in(tmp_path)
    town.press(town.page.import_button)
    done = town.page.done
    assert done.head.text() == "导入完成"
    assert "石桥村送来：1 件纠纷" in done.text.text()
    assert [len(part) for part in done.code.text().split("-")] == [4, 4, 4]
    (out,) = [one for one in contacts.history(offices[STONE]) if one.direction == "out"]
    assert out.confirmed is None
    found = contacts.confirm(offices[STONE], done.code.text())
    assert (found.receiver, found.cases) == (TREE[TOWN].name, 1)
    town.press(town.page.import_button)
    assert "以前导入过" in done.text.text()


def test_the_receipt_is_printed(town: Carrier, offices: Offices, answers: Answers, tmp_path: Path) -> None:
    exchange.export(offices[STONE], TOWN, tmp_path)
    town.plug_in(tmp_path)
    town.press(town.page.import_button)
    town.page.done.paper_button.click()
    dialog = town.page.dialog
    town.qtbot.waitUntil(lambda: dialog.pdf().startswith(b"%PDF"), timeout=SOON)
    answers.paths = [tmp_path / "回执.pdf"]
    dialog.save()
    town.finished()
    assert answers.paths[0].read_bytes() == dialog.pdf()
    dialog.close()


def test_a_stick_without_anything_for_us_is_told(town: Carrier, answers: Answers, tmp_path: Path) -> None:
    (tmp_path / "S").mkdir()
    (tmp_path / "S" / f"{STONE}-{WILLOW}-20260302T093000.fqb").write_bytes(b"x")
    town.plug_in(tmp_path / "S")
    town.press(town.page.import_button)
    assert "没有给本单位的交换包（有 1 个是给别的单位的）" in town.page.importing.told.text()
    answers.paths = list((tmp_path / "S").iterdir())
    town.press(town.page.importing.files_button)
    assert town.page.notice.text().startswith(f"✕ {STONE}")


def test_a_stick_that_is_pulled_out_is_refused(town: Carrier, tmp_path: Path) -> None:
    town.plug_in(tmp_path / "S")
    (tmp_path / "S" / "x.fqb").write_bytes(b"x")
    town.answers.paths = [tmp_path / "S" / "gone.fqb"]
    town.page.importing.choose_files()
    town.finished()
    assert town.page.notice.text().startswith("✕ gone.fqb")
    assert not town.page.done.isVisible()


def test_a_receipt_code_is_typed_in(stone: Carrier, offices: Offices, operator: Operator, tmp_path: Path) -> None:
    stone.plug_in(tmp_path / "KINGSTON")
    (path,) = stone.export()
    code = exchange.take_in(offices[TOWN], path).receipt
    stone.page.done.leave()
    operator.key(Qt.Key.Key_1, ctrl=True)
    assert QApplication.focusWidget() is stone.page.code.code.line
    operator.write("7K3P-M9XD-2QRT")
    operator.key(Qt.Key.Key_Return)
    assert stone.page.code.answer.text().startswith("✕")
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.write(code.lower().replace("-", " "))
    operator.key(Qt.Key.Key_Return)
    assert f"{TREE[TOWN].name}收到了" in stone.page.notice.text()
    stone.press(stone.page.drawers.buttons[1])
    assert stone.page.history.table.rows.rows[0][-1].startswith("✓")


def test_the_first_page_says_how_long_ago_and_how_much_is_missing(stone: Carrier, tmp_path: Path) -> None:
    line = stone.window.list_page().exchange
    line._timer.setInterval(0)
    stone.window.go("disputes")
    stone.qtbot.waitUntil(line.isVisible, timeout=SOON)
    assert line.told.text() == f"还没有交给过{TREE[TOWN].name}，有 3 件等着交。"
    line.go_button.click()
    assert stone.window.stack.currentWidget() is stone.page
    stone.plug_in(tmp_path / "KINGSTON")
    stone.export()
    stone.window.go("disputes")
    stone.qtbot.waitUntil(lambda: "今天" in line.told.text(), timeout=SOON)
    assert line.told.text() == f"上次交给{TREE[TOWN].name}是今天，还有 3 件没有确认送到。"


def test_before_enrolment_there_is_nobody_to_export_to(window: Window) -> None:
    window.go("exchange")
    page = window.pages["exchange"]
    assert page.no_partner.isVisible()  # type: ignore[attr-defined]
    assert not page.export_button.isEnabled()  # type: ignore[attr-defined]


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_no_text_is_clipped(town: Carrier, offices: Offices, theme: Theme, tmp_path: Path, scale: int) -> None:
    def nothing_clipped() -> None:
        assert clipped(town.window) == []

    exchange.export(offices[STONE], TOWN, tmp_path)
    exchange.export(offices[WILLOW], TOWN, tmp_path)
    (tmp_path / "坏的.fqb").write_bytes(b"x")
    theme.set_scale(scale)
    town.qtbot.waitUntil(nothing_clipped)
    town.plug_in(tmp_path)
    town.planned()
    town.qtbot.waitUntil(nothing_clipped)
    town.press(town.page.import_button)
    assert town.page.done.refused.isVisible()
    town.qtbot.waitUntil(nothing_clipped)
    for made in town.page.drawers.buttons:
        town.press(made)
        town.qtbot.waitUntil(nothing_clipped)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (Plan("县里", 12, 34, 3, 2_500_000, 1, []), "要写 12 件纠纷、34 处改动、3 个附件，约 2.4 MB。"),
        (Plan("县里", 12_000, 34, 0, 5 * 2**30, 2, []), "要写 12,000 件纠纷、34 处改动，约 5120.0 MB，分成 2 个文件。"),
    ],
)
def test_the_plan_in_words(plan: Plan, words: str) -> None:
    assert told_plan(plan) == words


def test_several_files_go_together() -> None:
    paths = [Path(f"a-{number}.fqb") for number in range(8)]
    text = told_export(Exported(paths, "县里", 8, 8, 0, 900), Place(Path("x"), "KINGSTON", file_limit=FAT_FILE))
    assert "共 8 个文件，请一起送去" in text
