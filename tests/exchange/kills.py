"""A program to be killed: run as a script, it works in one office until somebody kills it.

The test starts it once. When it is asked to, it starts a process (fork: all libraries are loaded already), which opens the office's
database, does one step after another and tells each that is done. Its argument is the folder of the office.
"""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from desktop.services import exchange
from desktop.services.desk import DATABASE, Desk
from desktop.store.database import Database
from tests.exchange.offices import KEY

ARRIVED, SENT = "arrived", "sent"
"""Folders: bundles that are to be taken in, and the stick."""


def desk_in(folder: Path) -> Desk:
    """The office, with all guarantees against power loss."""
    return Desk(folder, Database(folder / DATABASE, KEY), "段文清", lambda: datetime(2025, 3, 14, 9, tzinfo=UTC))


def work(desk: Desk) -> Iterator[None]:
    """Take in every bundle that lies there, and send what is new up and down after each; yields after each step."""
    for path in exchange.bundles_in(desk.folder / ARRIVED):
        exchange.take_in(desk, path)
        yield
        exchange.export(desk, "县", desk.folder / SENT, limit=1)
        yield


def child(folder: Path) -> None:
    """All the work, telling each step."""
    with desk_in(folder) as desk:
        os.write(1, b"0")
        for _ in work(desk):
            os.write(1, b"+")
    os.write(1, b".")


def serve(folder: Path) -> None:
    """For each line start a process and tell its number; for the next line, bury it. First do all of it here: that loads the libraries."""
    with desk_in(folder) as desk:
        for _ in work(desk):
            pass
    os.write(1, b"ready\n")
    while sys.stdin.readline():
        process = os.fork()
        if process == 0:
            child(folder)
            os._exit(0)
        os.write(1, f"{process}\n".encode())
        sys.stdin.readline()
        os.waitpid(process, 0)
        os.write(1, b"!")


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
