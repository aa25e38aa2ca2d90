"""Sticks as they come and go: real folders stand for them."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.exchange.sticks import FAT_FILE, SPARE, Place, Sticks, _below, has_no_room, mounted, place_at, room_told

GB = 1_073_741_824
STICK = Path("stick")


def test_a_stick_that_comes_and_goes_is_told_once(qtbot: QtBot, tmp_path: Path) -> None:
    there: list[Path] = []
    sticks = Sticks(lambda: there)
    told: list[tuple[str, ...]] = []
    sticks.changed.connect(lambda: told.append(tuple(place.name for place in sticks.places)))
    sticks._timer.setInterval(5)
    sticks.start()
    assert not list(sticks.places)
    there.append(tmp_path)
    qtbot.waitUntil(lambda: bool(told) and len(told[-1]) == 1)
    assert sticks.places[0].root == tmp_path
    assert (sticks.places[0].free or 0) > 0
    assert sticks.places[0].stick
    there.clear()
    qtbot.waitUntil(lambda: told[-1] == ())
    sticks.stop()
    there.append(tmp_path)
    assert not sticks._timer.isActive()


def test_what_stays_the_same_is_no_news(qtbot: QtBot, tmp_path: Path) -> None:
    sticks = Sticks(lambda: [tmp_path / "gone"])
    sticks.look()
    with qtbot.assertNotEmitted(sticks.changed):
        sticks.look()


def test_a_stick_that_is_gone_has_no_room(tmp_path: Path) -> None:
    gone = place_at(tmp_path / "gone", stick=True)
    assert has_no_room(gone, 1) == "优盘“gone”不在了，请重新插上，或者另选一个。"


@pytest.mark.parametrize(
    ("place", "size", "words"),
    [
        (Place(STICK, "U", free=10 * GB), 5 * GB, ""),
        (Place(STICK, "U", free=None), 5 * GB, ""),
        (Place(STICK, "U", free=5 * GB), 5 * GB, "放不下"),
        (Place(STICK, "U", free=5 * GB + SPARE), 5 * GB, ""),
        (Place(STICK, "U", free=10 * GB, locked=True), 1, "写保护"),
        (Place(STICK, "交换", free=0, stick=False), 1, "文件夹“交换”"),
    ],
)
def test_room_is_checked_in_words(place: Place, size: int, words: str) -> None:
    told = has_no_room(place, size)
    assert words in told
    assert bool(told) == bool(words)


def test_the_room_is_told() -> None:
    assert room_told(Place(STICK, "KINGSTON", free=3 * GB // 2)) == "优盘“KINGSTON”，可用 1.5 GB"
    assert room_told(Place(STICK, "KINGSTON", free=GB, locked=True)) == "优盘“KINGSTON”，写保护"
    assert FAT_FILE == 4 * GB - 1


def test_media_are_looked_for_one_and_two_steps_down(tmp_path: Path) -> None:
    for folder in ("mediator/KINGSTON", "usb0"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "file").write_bytes(b"")
    assert _below([tmp_path, tmp_path / "gone"]) == [tmp_path / "mediator", tmp_path / "usb0", tmp_path / "mediator" / "KINGSTON"]
    assert all(path.is_dir() for path in mounted())
