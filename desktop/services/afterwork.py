"""What an import or a newer program leaves to do while nobody waits: rows and texts for the lists, doubles. Each call does a little."""

from collections.abc import Generator

from desktop.services import doubles
from desktop.services.desk import Desk
from desktop.store import findable, tables
from desktop.store.doubles import to_end

TEXTS, CASES = 20, 10
"""Cases that are filed in one go, some 20 ms, and cases that are compared before what was found is kept."""


def go_on(desk: Desk) -> bool:
    """Do the next bit; returns whether there may be more. Everything can be found and printed before it is done."""
    return to_end(going_on(desk))


def going_on(desk: Desk) -> Generator[None, None, bool]:
    """The same in steps of some 20 ms at most, between which the desk may be used; who stops half-way loses a second's work."""
    with desk.database.atomic():
        if tables.look_again(desk.database, CASES):
            return True
        if findable.file_some(desk.database, TEXTS):
            return True
    return (yield from doubles.looking_on(desk, CASES))
