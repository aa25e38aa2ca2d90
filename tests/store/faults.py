"""Disks that fail at the n-th call: n = 1, 2, 3, … until all goes well (the loop of SQLite's own tests)."""

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pytest
import sqlcipher3.dbapi2 as driver


class Countdown:
    """Raises at the n-th call, and only then; a lasting failure goes on from there, as that of a stick that was pulled out."""

    def __init__(self, fails_at: int, error: BaseException, *, lasting: bool = False) -> None:
        self.left = fails_at
        self.error = error
        self.lasting = lasting

    def __call__(self) -> None:
        self.left -= 1
        if self.left == 0 or (self.lasting and self.left < 0):
            raise self.error

    @property
    def has_failed(self) -> bool:
        """Whether the failure happened: if not, there were fewer calls."""
        return self.left <= 0


class FailingFile:
    """A file whose calls count down; a failing write leaves half of its bytes, as a full disk does."""

    def __init__(self, file: Any, countdown: Countdown) -> None:
        self.file = file
        self.countdown = countdown

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def write(self, data: bytes) -> int:
        self.file.write(data[: len(data) // 2])
        self.countdown()
        self.file.write(data[len(data) // 2 :])
        return len(data)

    def flush(self) -> None:
        self.countdown()
        self.file.flush()

    def read(self, size: int = -1) -> Any:
        self.countdown()
        return self.file.read(size)


def failing_disk(patch: pytest.MonkeyPatch, countdown: Countdown, modes: tuple[str, ...] = ("wb",)) -> None:
    """Let everything by which a file gets to the disk count down."""
    open_file = Path.open

    def open_counted(path: Path, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        if mode not in modes:
            return open_file(path, mode, *arguments, **options)
        countdown()
        return FailingFile(open_file(path, mode, *arguments, **options), countdown)

    patch.setattr(Path, "open", open_counted)
    patch.setattr(Path, "replace", counted(Path.replace, countdown))
    patch.setattr(os, "fsync", counted(os.fsync, countdown))
    patch.setattr(os, "open", counted(os.open, countdown))


def failing_medium(patch: pytest.MonkeyPatch, countdown: Countdown) -> None:
    """The same for reading, for looking what there is, for making folders, for removing, and for temporary files."""
    failing_disk(patch, countdown, ("wb", "rb"))
    temporary = tempfile.NamedTemporaryFile

    def temporary_counted(**options: Any) -> Any:
        return FailingFile(temporary(**options), countdown)

    patch.setattr(tempfile, "NamedTemporaryFile", temporary_counted)
    for name in ("exists", "stat", "mkdir", "unlink"):
        patch.setattr(Path, name, counted(getattr(Path, name), countdown))


def counted(call: Callable[..., Any], countdown: Countdown) -> Callable[..., Any]:
    """The call, counting down before it is done."""

    def wrapper(*arguments: Any, **options: Any) -> Any:
        countdown()
        return call(*arguments, **options)

    return wrapper


class FailingConnection:
    """A connection whose n-th statement fails, as on a full disk if not said otherwise; what undoes the damage works."""

    def __init__(self, connection: Any, fails_at: int, message: str = "database or disk is full") -> None:
        self._connection = connection
        self._countdown = Countdown(fails_at, driver.OperationalError(message))

    @property
    def has_failed(self) -> bool:
        """Whether the failure happened: if not, there were fewer statements."""
        return self._countdown.has_failed

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

DATABASE_ERRORS = ("database or disk is full", "disk I/O error", "attempt to write a readonly database")
"""The same as SQLite says it."""
