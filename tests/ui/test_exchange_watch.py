"""The watched folder in the window: it works while nobody does, and gives way at once."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.services import cases, exchange
from desktop.services.desk import Desk
from desktop.ui.exchange.watch import Watcher
from desktop.ui.exchange.work import Progress
from tests.domain.samples import PATHS
from tests.services.offices import STONE, TOWN
from tests.ui.carrying import SOON, Carrier, wait_for_the_stop
from tests.ui.hands import Answers

Offices = dict[str, Desk]


def watching(carrier: Carrier, folder: Path) -> Watcher:
    """Let the office watch the folder, quickly and without waiting for a rest."""
    folder.mkdir(exist_ok=True)
    carrier.answers.paths = [folder]
    carrier.page.drawers.toggle(carrier.page.watch)
    carrier.page.watch.choose()
    watcher = carrier.window.watcher
    assert isinstance(watcher, Watcher)
    watcher.rest = 0
    watcher._soon.setInterval(10)
    watcher._soon.start()
    return watcher


def test_the_folder_is_watched_while_nobody_types(stone: Carrier, offices: Offices, tmp_path: Path) -> None:
    folder = tmp_path / "共享"
    folder.mkdir()
    exchange.take_in(offices[TOWN], exchange.export(offices[STONE], TOWN, tmp_path).paths[0])
    exchange.export(offices[TOWN], STONE, folder)
    watcher = watching(stone, folder)
    stone.qtbot.waitUntil(lambda: "收到 1 个" in stone.window.quiet.text(), timeout=SOON)
    assert stone.window.stack.isEnabled()
    assert "收到青石镇综治中心的交换包" in stone.page.watch.said.text()
    assert [path.name for path in folder.iterdir()] == ["已导入"]
    stone.page.watch.every.setCurrentIndex(1)
    stone.page.watch.every.activated.emit(1)
    watcher._soon.start()
    stone.qtbot.waitUntil(lambda: "放了一份给青石镇综治中心" in stone.page.watch.said.text(), timeout=SOON)
    assert len(list(folder.glob("*.fqb"))) == 1


def test_a_key_makes_it_stop_and_it_goes_on_later(town: Carrier, offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.register_files(offices[STONE], [PATHS["01"]])
    exchange.export(offices[STONE], TOWN, tmp_path)
    with monkeypatch.context() as slow:
        slow.setattr(Progress, "__call__", wait_for_the_stop)
        watcher = watching(town, tmp_path)
        town.qtbot.waitUntil(watcher.busy, timeout=SOON)
        assert not town.page.export_button.isEnabled()
        assert not town.window.may_leave()
        QTest.keyClick(town.window.windowHandle(), Qt.Key.Key_Shift)
        watcher._soon.stop()
        town.qtbot.waitUntil(lambda: not watcher.busy(), timeout=SOON)
    assert town.page.export_button.isEnabled()
    assert cases.count(offices[TOWN]) == 0
    assert "没有做成" in town.window.quiet.text()
    watcher._soon.start()
    town.qtbot.waitUntil(lambda: "收到 1 个" in town.window.quiet.text(), timeout=SOON)
    assert cases.count(offices[TOWN]) == 1


def test_it_stops_when_it_is_switched_off(town: Carrier, tmp_path: Path) -> None:
    watcher = watching(town, tmp_path)
    assert watcher._often.isActive()
    town.finished()
    town.page.watch.on.click()
    assert not watcher._often.isActive()
    assert not watcher._soon.isActive()


def test_a_watched_folder_waits_while_a_case_is_open(stone: Carrier, answers: Answers, tmp_path: Path) -> None:
    answers.paths = [tmp_path]
    stone.page.watch.choose()
    stone.window.new_case()
    watcher = stone.window.watcher
    assert watcher
    watcher.rest = 0
    assert not watcher._idle()
