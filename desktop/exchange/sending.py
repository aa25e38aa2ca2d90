"""Export: a bundle for the computers of one station (protocol, section 3). Nothing counts as delivered because it was sent."""

from typing import NamedTuple

from desktop.domain.refused import Refused
from desktop.exchange import bundle
from desktop.exchange.device import Member
from desktop.exchange.directory import Device, Station
from desktop.exchange.selection import select
from desktop.store.database import Database


class SendsToItself(Refused):
    """The receiver is this office."""

    def __init__(self) -> None:
        super().__init__("不能导出给本单位自己，请选择上级或下级单位。")


class NoReceiver(Refused):
    """The station has no computer that may receive."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”没有可以接收交换包的电脑，请联系县级单位核对单位名录。")


class Outgoing(NamedTuple):
    """A finished bundle: its encrypted bytes, and how much is in it."""

    data: bytes
    receiver: Station
    cases: int
    changes: int


def export(database: Database, me: Member, to: Station, at: str) -> Outgoing:
    """Make the bundle for a station, by the have-list of its exchange computer. Changes nothing but the log."""
    if to.id == me.station.id:
        raise SendsToItself
    devices = me.directory.devices_of(to.id)
    if not devices:
        raise NoReceiver(to.name)
    selection = select(database, me.directory, me.station.id, to.id, devices[0].id)
    address = bundle.Address(me.device, me.station.id, to.id, tuple(d.id for d in devices), at, me.directory.number)
    directory = me.directory.signed if _directory_of(database, devices[0]) < me.directory.number else None
    contents = bundle.Contents(selection.changes, selection.have, directory)
    data = bundle.write(address, contents, me.keys.seed, [device.keys.recipient for device in devices])
    return Outgoing(data, to, len(selection.cases), len(selection.changes))


def _directory_of(database: Database, device: Device) -> int:
    """The number of the directory that the device last showed to have."""
    row = database.connection.execute("SELECT directory FROM peers WHERE device = ?", (device.id,)).fetchone()
    return row[0] if row else 0
