"""Carrying cases by stick: export to an office, import what came (protocol, sections 3 and 4)."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from desktop.domain.refused import Refused
from desktop.exchange import bundle, receiving, sending
from desktop.exchange.device import station_with
from desktop.services.cases import UnreadableFile
from desktop.services.desk import Desk
from desktop.store.files import make_folder, write_whole


class Partner(NamedTuple):
    """An office that bundles can be made for."""

    code: str
    name: str


class Exported(NamedTuple):
    """A bundle on its medium, read back and found equal: where it is, for whom, how many cases and changes, bytes."""

    path: Path
    receiver: str
    cases: int
    changes: int
    size: int


class TakenIn(NamedTuple):
    """What an import brought: from whom, cases that changed, of them new ones, changes that were new here, changes that wait for others."""

    sender: str
    cases: list[str]
    new_cases: list[str]
    changes: int
    waiting: int
    already_known: bool


class NotReadBack(Refused):
    """The medium gives back other bytes than were written."""

    def __init__(self) -> None:
        super().__init__("写入后读回的内容不一致，U盘可能已损坏，请换一个U盘重新导出。")


class TooLarge(Refused):
    """The file is larger than any bundle."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"文件“{path.name}”太大，不是本程序的交换包，没有导入任何内容。")


def partners(desk: Desk) -> list[Partner]:
    """The offices that this one may export to: that above it and those below it, in the order of their codes."""
    me = desk.member()
    stations = [s for s in me.directory.content.stations if s.parent == me.station.id or s.id == me.station.parent]
    return [Partner(s.code, s.name) for s in sorted(stations, key=lambda s: s.code)]


def export(desk: Desk, to: str, folder: Path) -> Exported:
    """Write the bundle for the office with this code into the folder. Sending changes nothing here: what is lost is sent again.

    Raises `NotEnrolled`, `UnknownStation`, `CannotWrite`, `NotReadBack`.
    """
    me = desk.member()
    outgoing = sending.export(desk.database, me, station_with(me.directory, to), desk.now())
    make_folder(folder)
    path = _free_name(folder, f"{me.station.code}-{outgoing.receiver.code}-{_stamp(desk.now())}")
    write_whole(path, outgoing.data)
    if not _reads_back(path, outgoing.data):
        path.unlink(missing_ok=True)
        raise NotReadBack
    return Exported(path, outgoing.receiver.name, outgoing.cases, outgoing.changes, len(outgoing.data))


def take_in(desk: Desk, path: Path) -> TakenIn:
    """Import one bundle: all of it, or nothing and one sentence (a `Refused`)."""
    incoming = receiving.take_in(desk.database, desk.member(), _read(path), desk.now())
    receipt = incoming.receipt
    return TakenIn(incoming.sender.name, sorted(receipt.cases), sorted(receipt.new_cases), receipt.changes, receipt.waiting, incoming.again)


def _stamp(now: str) -> str:
    return datetime.fromisoformat(now).strftime("%Y%m%dT%H%M%S")


def _free_name(folder: Path, stem: str) -> Path:
    names = [folder / f"{stem}{tail}{bundle.SUFFIX}" for tail in ("", *(f"-{n}" for n in range(2, 1000)))]
    return next(path for path in names if not path.exists())


def _reads_back(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > bundle.MAX_FILE:
            raise TooLarge(path)
        return path.read_bytes()
    except OSError:
        raise UnreadableFile(path) from None
