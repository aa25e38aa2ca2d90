"""Everything that a database holds, for comparing before and after."""

from desktop.store.database import Database

Dump = dict[str, list[tuple[object, ...]]]


def dump(database: Database, without: tuple[str, ...] = ()) -> Dump:
    """All rows of all tables, the pages of the search index included, except those of the tables named."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    names = [name for (name,) in database.connection.execute(query).fetchall() if name not in without]
    return {name: sorted(database.connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}  # noqa: S608
