"""Disks that fail at the n-th call: n = 1, 2, 3, … until all goes well (the loop of SQLite's own tests)."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pytest
import sqlcipher3.dbapi2 as driver


class Countdown:
    """Raises at the n-th call, and only then."""

    def __init__(self, fails_at: int, error: BaseException) -> None:
        self.left = fails_at
        self.error = error

    def __call__(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise self.error

    @property
    def has_failed(self) -> bool:
        """Whether the failure happened: if not, there were fewer calls."""
        return self.left <= 0


class FailingFile:
    """A file whose writes and flushes count down; a failing write leaves half of its bytes, as a full disk does."""

    def __init__(self, file: Any, countdown: Countdown) -> None:
        self.file = file
        self.countdown = countdown

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def write(self, data: bytes) -> None:
        self.file.write(data[: len(data) // 2])
        self.countdown()
        self.file.write(data[len(data) // 2 :])

    def flush(self) -> None:
        self.countdown()
        self.file.flush()

    def fileno(self) -> int:
        return int(self.file.fileno())


def failing_disk(patch: pytest.MonkeyPatch, countdown: Countdown) -> None:
    """Let everything by which a file gets to the disk count down."""
    open_file = Path.open

    def open_counted(path: Path, mode: str = "r", **options: Any) -> Any:
        if mode != "wb":
            return open_file(path, mode, **options)
        countdown()
        return FailingFile(open_file(path, mode, **options), countdown)

    patch.setattr(Path, "open", open_counted)
    patch.setattr(Path, "replace", counted(Path.replace, countdown))
    patch.setattr(os, "fsync", counted(os.fsync, countdown))
    patch.setattr(os, "open", counted(os.open, countdown))


def counted(call: Callable[..., Any], countdown: Countdown) -> Callable[..., Any]:
    """The call, counting down before it is done."""

    def wrapper(*arguments: Any, **options: Any) -> Any:
        countdown()
        return call(*arguments, **options)

    return wrapper


class FailingConnection:
    """A connection whose n-th statement fails as on a full disk; what undoes the damage works."""

    def __init__(self, connection: Any, fails_at: int) -> None:
        self._connection = connection
        self._countdown = Countdown(fails_at, driver.OperationalError("database or disk is full"))

    def _count(self, statement: str) -> None:
        if not statement.startswith("ROLLBACK"):
            self._countdown()

    def execute(self, statement: str, *arguments: Any) -> Any:
        self._count(statement)
        return self._connection.execute(statement, *arguments)

    def executemany(self, statement: str, *arguments: Any) -> Any:
        self._count(statement)
        return self._connection.executemany(statement, *arguments)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


ERRORS: tuple[Callable[[], BaseException], ...] = (
    lambda: OSError(errno.ENOSPC, "no space left"),
    lambda: OSError(errno.EIO, "input/output error"),
    lambda: PermissionError(errno.EACCES, "permission denied"),
    KeyboardInterrupt,
)
"""What a disk, or the operator, may do."""
