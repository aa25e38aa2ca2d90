"""What an import leaves to do while nobody waits: filing texts for the search, looking for doubles. Each call does a little of it."""

from desktop.services import doubles
from desktop.services.desk import Desk
from desktop.store import search

TEXTS, CASES = 100, 10
"""Texts that are filed, or cases that are compared, in one go: some 20 ms."""


def go_on(desk: Desk) -> bool:
    """Do the next bit; returns whether there may be more. Everything can be found and printed before it is done."""
    with desk.database.atomic():
        if search.file_some(desk.database.connection, TEXTS):
            return True
    return doubles.look_on(desk, CASES)
