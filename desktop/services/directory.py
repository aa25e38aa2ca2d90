"""The county's list of offices and computers: who is approved, who was heard of when, and taking a computer out of service."""

from pathlib import Path
from typing import NamedTuple

from desktop.domain.codes import OfficeLevel
from desktop.domain.refused import Refused
from desktop.exchange import directory as directories
from desktop.exchange import enrolment
from desktop.exchange.directory import Content
from desktop.services import root_key
from desktop.services.desk import Desk


class Computer(NamedTuple):
    """One computer of an office.

    `code`, `office`, `level` and `parent` (code of the office above) tell of the office; `fingerprint` names the computer; `block` is its
    block of numbers; `last_heard` when a bundle of it was last taken in here (ISO text), None if never.
    """

    code: str
    office: str
    level: OfficeLevel
    parent: str | None
    fingerprint: str
    block: int
    revoked: bool
    this_one: bool
    last_heard: str | None


class RevokesItself(Refused):
    """The computer that signs is to be revoked: nobody could take the news from it."""

    def __init__(self) -> None:
        super().__init__("不能在本机上停用本机，请在县里另一台电脑上办理；县里只有这一台时，先登记一台新的。")


class RevokedAlready(Refused):
    """The computer is out of service."""

    def __init__(self) -> None:
        super().__init__("这台电脑已经停用，不需要再次停用。")


def devices(desk: Desk) -> list[Computer]:
    """All computers by the codes of their offices, in the order in which they joined. Raises `NotEnrolled`."""
    me = desk.member()
    heard = directories.heard(desk.database)
    stations = {station.id: station for station in me.directory.content.stations}
    found = []
    for device in me.directory.content.devices:
        station = stations[device.station]
        above = stations[station.parent].code if station.parent else None
        revoked, this_one = me.directory.is_revoked(device.id), device.id == me.device
        names = (station.code, station.name, station.level, above, device.fingerprint)
        found.append(Computer(*names, device.block, revoked, this_one, heard.get(device.id)))
    return sorted(found, key=lambda computer: (computer.code, computer.block))


def revoke(desk: Desk, fingerprint: str, passphrase: str, root: Path | None = None) -> Computer:
    """Take the computer with the fingerprint out of service: nothing more is taken from it and nothing encrypted to it.

    What it wrote before stays valid. The others learn it with the next bundles. Only the county can, and not for its own computer.
    Raises `RevokesItself`, `RevokedAlready`, `UnknownComputer` and what `root_key.opened` raises.
    """
    key = root_key.opened(desk, passphrase, root)
    me = desk.member()
    device = directories.device_with(me.directory, fingerprint)
    if device.id == me.device:
        raise RevokesItself
    if me.directory.is_revoked(device.id):
        raise RevokedAlready
    _issue(desk, directories.without(me.directory.content, device.id), key)
    return next(computer for computer in devices(desk) if computer.fingerprint == device.fingerprint)


def change(desk: Desk, code: str, passphrase: str, *, name: str | None = None, parent: str | None = None, root: Path | None = None) -> None:
    """Give the office with this code another name or another office above it (by code); None leaves what is.

    Only the county can. Raises `CannotApprove`, `UnknownStation` and what `root_key.opened` raises.
    """
    key = root_key.opened(desk, passphrase, root)
    _issue(desk, enrolment.rearranged(desk.member().directory, code, name, parent), key)


def _issue(desk: Desk, content: Content, key: root_key.RootKey) -> None:
    with desk.database.atomic():
        enrolment.issue(desk.database, content, key.seed)
    root_key.remember(desk, key)
