"""Who may see what of a case (protocol, section 2)."""

from desktop.exchange.directory import Directory
from desktop.store import fold
from desktop.store.history import History, Mask, Survivors, edits_of


def audience(survivors: Survivors, directory: Directory) -> frozenset[str]:
    """Every station that may see the case: its owner, the stations it is assigned to, and all above them.

    All surviving writes count, so that two concurrent assignments both take effect until a person settles them.
    """
    return above(fold.reach(survivors), directory)


def above(stations: frozenset[str], directory: Directory) -> frozenset[str]:
    """These stations and all above them."""
    return frozenset[str]().union(*(directory.up(station) for station in stations))


def entitled(history: History, station: str, directory: Directory) -> Mask:
    """The changes that the station may see.

    All while it is in the audience; otherwise its own (and those of stations below it), and those that took it out, each with all that
    led up to it. So it learns that it left, and nothing of what came after.
    """
    if station in audience(history.survivors(), directory):
        return history.everything
    last = [
        identifier
        for identifier, change in history.changes.items()
        if directory.wrote_below(change.device, station) or _takes_out(history, identifier, station, directory)
    ]
    return history.ancestors(last)


def _takes_out(history: History, identifier: bytes, station: str, directory: Directory) -> bool:
    """Whether the change replaces a value that reached the station by one that does not.

    It is not enough to look for changes after which the station is outside: two that are made at the same time can put it outside
    together while neither does alone.
    """
    change = history.changes[identifier]
    fields = {field: value for field, value in edits_of(change).items() if fold.decides_audience(field)}
    if not fields:
        return False
    before = history.survivors(history.before(change))
    for field, value in fields.items():
        reached = any(station in directory.up(str(write.value)) for write in before.get(field, ()) if write.value)
        if reached and not (value and station in directory.up(str(value))):
            return True
    return False
