"""Sticks: which are plugged in, what they are called, and whether what is to be written has room on them."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QStorageInfo, QTimer, Signal

from desktop.ui.sizes import size_of

EVERY = 1_500
"""Milliseconds between two looks."""

FAT_FILE = 2**32 - 1
"""Bytes of the largest file that FAT32 takes."""

SPARE = 1_048_576
"""Bytes that stay free beside what is written: names and folders take room too."""

_FAT = ("vfat", "msdos", "fat", "fat16", "fat32")
_MOUNTED_BELOW = (Path("/media"), Path("/run/media"))
_REMOVABLE = 2
"""What Windows says of a drive letter that stands for a stick or a card (GetDriveTypeW)."""


@dataclass(frozen=True)
class Place:
    """Where bundles are written to or found: a stick, or any folder.

    Attributes:
        root: the folder.
        name: what people call it, with its drive letter on Windows.
        free: bytes that may still be written, None where nobody knows.
        file_limit: bytes of the largest file that it takes, None for no limit.
        stick: whether it is to be pulled out afterwards.
        locked: whether it is write-protected.
        there: whether it still is there.
    """

    root: Path
    name: str
    free: int | None = None
    file_limit: int | None = None
    stick: bool = True
    locked: bool = False
    there: bool = True

    @property
    def noun(self) -> str:
        """The place in a sentence: `优盘“KINGSTON”`, `文件夹“交换”`."""
        return f"{'优盘' if self.stick else '文件夹'}“{self.name}”"


Roots = Callable[[], Iterable[Path]]
"""Where sticks stand just now; a test gives folders of its own."""


def mounted() -> list[Path]:
    """The roots of the removable media of this computer."""
    if sys.platform == "win32":
        return [Path(drive.rootPath()) for drive in QStorageInfo.mountedVolumes() if _drive_kind(drive.rootPath()) == _REMOVABLE]
    else:  # noqa: RET505 -- mypy takes what follows an if about the platform for unreachable
        return [path for path in _below(_MOUNTED_BELOW) if _is_mount(path)]


def _drive_kind(root: str) -> int:
    """What Windows says of a drive; 0 on other systems."""
    if sys.platform != "win32":
        return 0
    else:  # noqa: RET505
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root.replace("/", "\\")))


def _below(tops: Iterable[Path]) -> list[Path]:
    """The folders one and two steps below: /media/NAME on some systems, /media/USER/NAME on others."""
    first = [path for top in tops for path in _folders(top)]
    return first + [path for parent in first if not _is_mount(parent) for path in _folders(parent)]


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError:
        return []


def _is_mount(path: Path) -> bool:
    try:
        return os.path.ismount(path)
    except OSError:
        return False


def place_at(folder: Path, *, stick: bool = False) -> Place:
    """What the system says of the folder now; a folder that is gone has no free space."""
    info = QStorageInfo(str(folder))
    name = folder.name or str(folder)
    if stick and info.displayName() and info.displayName() != info.rootPath():
        name = info.displayName()
    if stick and sys.platform == "win32":
        name = f"{name}（{info.rootPath().rstrip('/')}）"
    if not info.isValid() or not info.isReady():
        return Place(folder, name, stick=stick, there=False)
    fat = bytes(info.fileSystemType().data()).decode("ascii", "replace").lower() in _FAT
    free = info.bytesAvailable()
    return Place(folder, name, free if free >= 0 else None, FAT_FILE if fat else None, stick, info.isReadOnly())


def has_no_room(place: Place, size: int) -> str:
    """Why so many bytes cannot be written there, as one sentence that says what to do, or ""."""
    if not place.there:
        return f"{place.noun}不在了，请重新插上，或者另选一个。"
    if place.locked:
        return f"{place.noun}写保护着，不能写入，请拨开优盘侧面的开关，或者换一个。"
    if place.free is None or place.free >= size + SPARE:
        return ""
    return f"{place.noun}只剩 {space_of(place.free)}，要写 {size_of(size)}，放不下；请删去一些文件或者换一个。"


def room_told(place: Place) -> str:
    """The place with what room it has, for the screen."""
    if place.locked:
        return f"{place.noun}，写保护"
    return place.noun if place.free is None else f"{place.noun}，可用 {space_of(place.free)}"


def in_list(place: Place) -> str:
    """The same for a list to choose from, where the name comes first."""
    return room_told(place).replace(place.noun, place.name, 1)


def space_of(free: int) -> str:
    """Free space as people read it: `14.2 GB`, `310.5 MB`."""
    return f"{free / 1_073_741_824:.1f} GB" if free >= 1_073_741_824 else size_of(max(free, 0))


class Sticks(QObject):
    """Looks again and again which sticks are plugged in, while somebody wants to know. `changed` comes when others are there."""

    changed = Signal()

    def __init__(self, roots: Roots = mounted) -> None:
        super().__init__()
        self._roots = roots
        self.places: tuple[Place, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now and from now on."""
        self.look()
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """See which sticks are there now."""
        found = tuple(place_at(root, stick=True) for root in self._roots())
        before, self.places = self.places, found
        if _same(before) != _same(found):
            self.changed.emit()


def _same(places: Sequence[Place]) -> list[tuple[Path, str, str, bool]]:
    """What of the places is told on the screen: a few bytes more or less are no news."""
    return [(p.root, p.name, space_of(p.free or 0), p.locked) for p in places]
