"""练习: an office with the sample cases in a folder of its own, to try everything in. Nothing of it is counted or carried anywhere."""

import shutil
from pathlib import Path

from desktop.services import sample_days
from desktop.services.desk import Clock, Desk, KeyFileMissing, is_set_up, local_clock, open_desk, set_up
from desktop.store.files import CannotWrite
from desktop.store.keyfile import Cost, KeyFileDamaged, WrongPassword
from desktop.store.sqlcipher import DatabaseDamaged

FOLDER = "practice"
BAND = "练习：这里的内容都是样例，不会上报，也不会计入统计。"
OFFICE, OPERATOR = "练习乡练习村综治中心", "练习员"

_WORD = "练习"
_QUICK = Cost(memory=8, passes=1, lanes=1)
"""The samples are no secret: their word is the same everywhere and is never asked."""

_BROKEN = (DatabaseDamaged, KeyFileDamaged, KeyFileMissing, WrongPassword)


def open_practice(data: Path, clock: Clock = local_clock) -> Desk:
    """The practice office inside the data folder, as it was left; made with the samples when there is none, or when it is broken.

    The clock says around which day the samples happen. Raises `CannotWrite`, `DatabaseBusy`, `DiskFull`.
    """
    folder = data / FOLDER
    if not is_set_up(folder):
        return _made(folder, clock)
    try:
        return open_desk(folder, _WORD, OPERATOR, clock=clock)
    except _BROKEN:
        return anew(data, clock)


def anew(data: Path, clock: Clock = local_clock) -> Desk:
    """The practice office as it was at first: everything done in it is gone. The desk on it must be closed. Raises as `open_practice`."""
    folder = data / FOLDER
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise CannotWrite(folder, error) from error
    return _made(folder, clock)


def is_practice(desk: Desk) -> bool:
    """Whether the desk is the practice office."""
    return desk.folder.name == FOLDER and desk.office.name == OFFICE


def _made(folder: Path, clock: Clock) -> Desk:
    desk = set_up(folder, _WORD, level="村", name=OFFICE, operator=OPERATOR, clock=clock, cost=_QUICK)
    try:
        sample_days.register(desk)
    except BaseException:
        desk.close()
        raise
    return desk
