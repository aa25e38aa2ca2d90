"""Whether a database is what it should be: its tables say what the changes say, and nobody wrote in it but the program."""

from hashlib import sha256
from typing import NamedTuple

from desktop.store import casebook, change
from desktop.store.database import Database
from desktop.store.sqlcipher import translated


class Soundness(NamedTuple):
    """What was found.

    How many cases, changes and contents (scans, sealed papers) there are; of how many cases the tables differed from the changes (they are
    right now); of how many changes and contents the bytes are not those that their id names; how many rows lack what they refer to; and
    what the database's own examination says of its pages.
    """

    cases: int
    changes: int
    contents: int
    different: int
    altered: int
    altered_contents: int
    loose: int
    damage: list[str]

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not (self.different or self.altered or self.altered_contents or self.loose or self.damage)


@translated()
def examine(database: Database) -> Soundness:
    """Examine the whole database; tables that say something else than the changes are made again, unless it is damaged.

    It reads every page.
    """
    damage = _damage(database)
    different = 0 if damage else casebook.rebuild(database)
    connection = database.connection
    cases, changes, contents = (
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 -- names of our own
        for table in ("cases", "changes", "blobs")
    )
    altered = sum(change.change_id(body) != name for name, body in connection.execute("SELECT id, body FROM changes"))
    contents_altered = sum(sha256(data).digest() != name for name, data in connection.execute("SELECT sha256, data FROM blobs"))
    loose = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    return Soundness(cases, changes, contents, different, altered, contents_altered, loose, damage)


def _damage(database: Database) -> list[str]:
    """What SQLCipher says of the pages' signatures and SQLite of their order."""
    signatures = database.connection.execute("PRAGMA cipher_integrity_check").fetchall()
    order = database.connection.execute("PRAGMA integrity_check").fetchall()
    return [str(text) for (text,) in signatures] + [str(text) for (text,) in order if text != "ok"]
