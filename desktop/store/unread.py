"""What a former program kept unread is placed by one that can read it. Every start asks, so that nothing is loaded where nothing waits."""

from desktop.store.database import Database
from desktop.store.sqlcipher import translated


@translated()
def adopt_readable(database: Database) -> frozenset[str]:
    """Place what waited only because the program that was here could not read it; returns the ids (hex) of the cases that changed.

    To be called when an office is opened (protocol, section 4: it is folded after the update). Where nothing waits it costs one look.
    """
    if database.connection.execute("SELECT 1 FROM waiting LIMIT 1").fetchone() is None:
        return frozenset()
    from desktop.store import casebook

    return casebook.receive(database, ()).cases
