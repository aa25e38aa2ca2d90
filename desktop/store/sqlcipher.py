"""Connections to the encrypted database: the only module that names the driver."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from desktop.domain.refused import Refused

# sqlite-utils looks for pysqlite3 first: so it catches the exceptions that this driver raises (notes on platform, section 4).
sys.modules.setdefault("pysqlite3", driver)
sys.modules.setdefault("pysqlite3.dbapi2", driver)

Connection = Any
"""A connection of the driver, which ships no types."""


class DatabaseDamaged(Refused):
    """The file is no database that this key opens."""

    def __init__(self) -> None:
        super().__init__("数据库文件已损坏或不是本程序的数据库，请用最近的备份恢复，不要在原文件上继续操作。")


class DatabaseBusy(Refused):
    """Another program holds the write lock for longer than we wait."""

    def __init__(self) -> None:
        super().__init__("数据库正被另一个窗口使用，请稍候再试，或关闭另一个窗口。")


class DiskFull(Refused):
    """The disk took no more; the transaction was rolled back."""

    def __init__(self) -> None:
        super().__init__("磁盘已满或不能写入，本次没有保存任何内容，请清理磁盘后再试。")


_SMALLEST = 512
"""Bytes of the smallest page that SQLite knows."""


def connect(path: Path, key: bytes) -> Connection:
    """Open or create the database with its 32-byte key, durable against power loss (WAL, synchronous=FULL)."""
    if path.exists() and path.stat().st_size < _SMALLEST:
        raise DatabaseDamaged  # SQLite would take what is left of the file for a new database
    with translated():
        connection = driver.connect(str(path), timeout=5.0, check_same_thread=False)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA cache_size = -32768")  # KiB; a page is decrypted each time it is not in the cache
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the world does to a database into our sentences; what is our own fault stays as it is."""
    try:
        yield
    except driver.DatabaseError as error:
        text = str(error)
        if "not a database" in text or "malformed" in text:
            raise DatabaseDamaged from error
        if "locked" in text:
            raise DatabaseBusy from error
        if "full" in text or "disk I/O" in text or "readonly" in text or "unable to open" in text:
            raise DiskFull from error
        raise
