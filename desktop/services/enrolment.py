"""Joining the exchange: ask, approve, accept (protocol, section 5)."""

from pathlib import Path
from typing import NamedTuple

from desktop.domain.refused import Refused
from desktop.exchange import enrolment, keys
from desktop.exchange.enrolment import Request
from desktop.services.cases import UnreadableFile
from desktop.services.desk import ROOT_KEY_FILE, Desk, described
from desktop.store import keyfile
from desktop.store.files import write_whole

MAX_BYTES = 16_000_000


class Approved(NamedTuple):
    """The office that was approved: its name, its code, and the fingerprint that its own screen shows."""

    name: str
    code: str
    fingerprint: str


class Accepted(NamedTuple):
    """What this office is now called, the county's name, and the fingerprint of the county's key."""

    office: str
    code: str
    county: str
    fingerprint: str


class OnlyTheCounty(Refused):
    """The office is no county."""

    def __init__(self) -> None:
        super().__init__("只有县级单位可以批准加入，请把申请文件交给县级单位。")


class RootKeyMissing(Refused):
    """The root key is not in its place."""

    def __init__(self) -> None:
        super().__init__(f"找不到县级根密钥“{ROOT_KEY_FILE}”，请插入保管它的U盘，或把它放回数据文件夹。")


class WrongFingerprint(Refused):
    """What was read out over the telephone is not what the file says."""

    def __init__(self) -> None:
        super().__init__("输入的核对码与申请文件不一致，请再次电话核对；仍不一致的不要批准。")


def request(desk: Desk, path: Path) -> str:
    """Write the enrolment file for the county. Returns the fingerprint to read out over the telephone."""
    data = enrolment.make_request(desk.office, desk.keys)
    write_whole(path, data)
    return enrolment.read_request(data).fingerprint


def read_request(path: Path) -> Request:
    """What an enrolment file says of its sender. Raises `BadRequest`."""
    return enrolment.read_request(_read(path))


def approve(
    desk: Desk,
    request_path: Path,
    code: str,
    parent: str,
    path: Path,
    *,
    passphrase: str,
    fingerprint: str | None = None,
    root: Path | None = None,
) -> Approved:
    """Take an office into the directory and write its approval file. Only the county can.

    `passphrase` opens the root key, which lies in the data folder or where `root` says; `fingerprint` is what the office read out over
    the telephone, compared if given.
    """
    if desk.office.level != "县":
        raise OnlyTheCounty
    asked = enrolment.read_request(_read(request_path))
    if fingerprint is not None and _letters(fingerprint) != _letters(asked.fingerprint):
        raise WrongFingerprint
    seed = _root_seed(root or desk.folder / ROOT_KEY_FILE, passphrase)
    with desk.database.atomic():
        approval = enrolment.approve(desk.database, desk.member().directory, asked, code, parent, seed)
        write_whole(path, approval)
    return Approved(asked.name, code, asked.fingerprint)


def accept(desk: Desk, path: Path) -> Accepted:
    """Take the county's approval: from now on this office can exchange. Raises `BadApproval`."""
    approval = enrolment.read_approval(_read(path))
    with desk.database.atomic():
        station = enrolment.accept(desk.database, approval, desk.office, desk.keys)
        desk.rename(described(desk.office, station.code, station.committee))
    stations = desk.member().directory.content.stations
    county = next((s.name for s in stations if s.parent is None), "")
    return Accepted(station.name, station.code, county, keys.fingerprint(approval.root))


def _letters(fingerprint: str) -> str:
    return "".join(c for c in fingerprint.upper() if c.isalnum())


def _root_seed(path: Path, passphrase: str) -> bytes:
    if not path.exists():
        raise RootKeyMissing
    return keyfile.unwrap(path, passphrase, "fengqiao-root/1")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES)  # what is cut off there is no file of ours
    except OSError:
        raise UnreadableFile(path) from None
