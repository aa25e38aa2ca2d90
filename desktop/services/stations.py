"""The offices by name, as the directory in force has them; before enrolment only this one is known."""

from functools import cached_property

from desktop.domain.passing import Here
from desktop.exchange import directory as directories
from desktop.exchange import keys
from desktop.exchange.directory import Directory
from desktop.services.desk import Desk

UNKNOWN = "不明单位"


class Stations:
    """Names for ids, read from the directory when they are first wanted."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._device = keys.public(desk.keys).device

    @cached_property
    def directory(self) -> Directory | None:
        """The directory in force; None before enrolment."""
        return directories.newest(self._desk.database)

    @cached_property
    def own(self) -> str:
        """The id of this office's station."""
        return self.of(self._device)

    def of(self, device: bytes) -> str:
        """The id of the station that a computer belongs to; empty if it is in no directory and not this one."""
        known = self.directory.device(device) if self.directory else None
        return known.station if known else self._desk.office.id if device == self._device else ""

    def name(self, station: str) -> str:
        """The name of the station with this id."""
        known = self.directory.station(station) if self.directory else None
        return known.name if known else self._desk.office.name if station == self._desk.office.id else UNKNOWN

    def wrote(self, device: bytes) -> str:
        """The name of the office that a computer belongs to."""
        return self._desk.office.name if device == self._device else self.name(self.of(device))


def own_names(desk: Desk) -> tuple[str, ...]:
    """The names under which this office writes and is written to: its own, the directory's, and those that it had before."""
    stations = Stations(desk)
    return tuple(dict.fromkeys((desk.office.name, stations.name(stations.own), *desk.office.former_names)))


def here(desk: Desk) -> Here:
    """This office as the one that acts in a case today."""
    stations = Stations(desk)
    return Here(stations.own, desk.today(), stations.name)
