"""What an import or a newer program leaves to do while nobody waits: rows and texts for the lists, doubles. Each call does a little."""

from desktop.services import doubles
from desktop.services.desk import Desk
from desktop.store import findable, tables

TEXTS, CASES = 20, 10
"""Cases that are filed, or cases that are compared, in one go: some 20 ms."""


def go_on(desk: Desk) -> bool:
    """Do the next bit; returns whether there may be more. Everything can be found and printed before it is done."""
    with desk.database.atomic():
        if tables.look_again(desk.database, CASES):
            return True
        if findable.file_some(desk.database, TEXTS):
            return True
    return doubles.look_on(desk, CASES)
