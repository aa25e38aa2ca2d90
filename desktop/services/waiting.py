"""What came and cannot be shown yet: named by case, with the office to ask; and opened by hand where the rest will never come."""

from collections.abc import Iterable
from typing import NamedTuple

from desktop.domain.case import Case
from desktop.services import access, cases, past
from desktop.services.desk import Desk
from desktop.services.stations import Stations
from desktop.store import fields, reach
from desktop.store import waiting as waits
from desktop.store.change import Change, Edits
from desktop.store.history import edits_of
from desktop.store.waiting import Group

UNNAMED = "一件还没有到本机的纠纷"


class WaitingCase(NamedTuple):
    """A case of which something waits.

    `name` is its number and title as far as they are known here, `is_here` whether anything of it is. `offices` wrote what waits, the
    newest `at` (ISO text, their clocks), `about` says what it is in plain words. `missing` earlier changes are not here; the `offices` had
    them. `newer`: some did come, and only a newer program can read them, so that nothing can be adopted.
    """

    id: str
    name: str
    is_here: bool
    offices: tuple[str, ...]
    at: str
    about: str
    changes: int
    missing: int
    newer: bool


class Waiting(NamedTuple):
    """All that waits: the cases, the changes that only a newer program can read, and from which offices these came."""

    cases: list[WaitingCase]
    newer: int
    newer_from: tuple[str, ...]


def waiting(desk: Desk) -> Waiting:
    """What waits at this computer and was not adopted."""
    stations = Stations(desk)
    unread = waits.unread(desk.database)
    found = [_case(desk, group, stations) for group in waits.groups(desk.database)]
    return Waiting(found, len(unread), _once(stations.wrote(device) for device in unread))


def adopt(desk: Desk, case_id: str) -> Case:
    """Open what waits of the case and adopt it, as changes of this computer upon what is here; returns the case as it then stands.

    Raises `NothingWaits`, `NotOurs`.
    """
    stations = Stations(desk)
    access.require(desk, case_id)

    def operator(change: Change) -> str:
        return f"{desk.operator}（采用{stations.wrote(change.device)}{change.operator}的改动）"

    waits.adopt(desk.database, case_id, desk.author(), stations.own, operator)
    return cases.load(desk, case_id)


def _case(desk: Desk, group: Group, stations: Stations) -> WaitingCase:
    changes = group.changes.values()
    is_here = reach.reach(desk.database, group.case) is not None
    told = dict.fromkeys(past.describe(change, stations) for change in changes)
    return WaitingCase(
        id=group.case,
        name=_named(cases.load(desk, group.case)) if is_here else _as_far_as_known(group),
        is_here=is_here,
        offices=_once(stations.wrote(change.device) for change in changes),
        at=max(change.at for change in changes),
        about="；".join(told),
        changes=len(changes),
        missing=len(group.missing),
        newer=group.newer,
    )


def _named(case: Case) -> str:
    return f"{case.number} {case.title}" if case.number else case.title


def _as_far_as_known(group: Group) -> str:
    """The title of the case, if what waits says who quarrels or about what."""
    values: Edits = {}
    for change in group.changes.values():
        values |= edits_of(change)
    if not any(name in ("name", "type", "number") and entity in ("party", "case") for entity, _, name in values):
        return UNNAMED
    return _named(fields.shown(values, id=group.case, seen=()))


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
