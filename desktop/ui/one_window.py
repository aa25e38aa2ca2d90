"""One window an office: a lock file that dies with the process that holds it."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile, QSysInfo

LOCK_FILE = "window.lock"


def hold(folder: Path) -> QLockFile | None:
    """Hold the office for this window as long as the returned lock lives; None while another window has it.

    The lock of a window that crashed on this computer is taken over. Where the folder cannot be written the office says so itself.
    """
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = QLockFile(str(folder / LOCK_FILE))
    lock.setStaleLockTime(0)
    if lock.tryLock(0):
        return lock
    return None if lock.error() == QLockFile.LockError.LockFailedError else lock


def holder(folder: Path) -> str:
    """The name of the other computer that has the office open, "" when it is this one."""
    _, host, _ = QLockFile(str(folder / LOCK_FILE)).getLockInfo()
    return "" if host == QSysInfo.machineHostName() else str(host)
