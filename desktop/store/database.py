"""The encrypted database of one device: opening, transactions, settings."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgspec

from desktop.domain.refused import Refused
from desktop.store import schema
from desktop.store.sqlcipher import Connection, connect, translated

if TYPE_CHECKING:
    from sqlite_utils import Database as SqliteUtils

T = TypeVar("T")

_IN_BULK = {"cache_size": -98304, "wal_autocheckpoint": 0}
"""Pragmas for a large transaction: KiB of memory for pages (negative: KiB), and pages of journal after which a commit copies it back."""


class Database:
    """An open database. One thread at a time may use it.

    Attributes:
        connection: the driver's connection; modules of this package run their statements on it.
        saved: how many cases at most were saved and are not filed in the search index; None: nobody has counted them yet.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        """Open the database with its key, making it or bringing it up to date if need be.

        Raises `DatabaseDamaged`, `NewerDatabase`, `DatabaseBusy`, `DiskFull`.
        """
        self._path, self._key = path, key
        self.connection: Connection = connect(path, key)
        self._utils: SqliteUtils | None = None
        self.saved: int | None = None
        try:
            with translated():
                schema.bring_up_to_date(self.connection, self._wrapped)
        except BaseException:
            self.connection.close()
            raise

    def again(self) -> "Database":
        """The same database on a connection of its own, for another thread: it sees what is committed. The caller closes it."""
        return Database(self._path, self._key)

    def close(self) -> None:
        """Close the connection; what was committed is on the disk."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _wrapped(self) -> "SqliteUtils":
        if self._utils is None:
            from sqlite_utils import Database as SqliteUtils

            self._utils = SqliteUtils(self.connection, execute_plugins=False)
        return self._utils

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All writes inside happen, or none; may be nested. The write lock is taken at once, so that what is read stays true.

        Raises `DiskFull`, `DatabaseBusy`, `DatabaseDamaged`; whatever is raised inside undoes everything and goes on.
        """
        with translated():
            if self.connection.in_transaction:
                with self._wrapped().atomic():
                    yield
                return
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def joined(self) -> Iterator[None]:
        """Part of the transaction that is under way, or one of its own: what is raised inside must not be caught within that transaction.

        For many writes `atomic` within another is dear: SQLite keeps their pages for it, and goes through them all at each statement.
        """
        if self.connection.in_transaction:
            with translated():
                yield
        else:
            with self.atomic():
                yield

    @contextmanager
    def in_bulk(self) -> Iterator[None]:
        """For one large transaction: pages stay in memory until the commit, and one of the next commits copies the journal back.

        Nothing is less safe: what was committed lies in the journal until then.
        """
        usual = [self.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _IN_BULK]
        self._configure(_IN_BULK.values())
        try:
            yield
        finally:
            with suppress(Refused), translated():  # what was committed is not undone because this fails
                self._configure(usual)

    def _configure(self, values: Iterable[int]) -> None:
        for name, value in zip(_IN_BULK, values, strict=True):
            self.connection.execute(f"PRAGMA {name} = {value}").fetchall()

    @translated()
    def setting(self, name: str, kind: type[T]) -> T | None:
        """A local setting of this device, None if it was never set. No bundle carries it."""
        row = self.connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return msgspec.msgpack.decode(row[0], type=kind) if row else None

    def required(self, name: str, kind: type[T]) -> T:
        """A local setting that every database of an office has. Raises KeyError if it has not."""
        value = self.setting(name, kind)
        if value is None:
            raise KeyError(name)
        return value

    def set(self, name: str, value: Any) -> None:
        """Keep a local setting; any value that msgspec packs."""
        with self.atomic():
            packed = msgspec.msgpack.encode(value)
            self.connection.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (name, packed))
