"""Joining the exchange: ask, approve, accept (protocol, section 5)."""

from pathlib import Path
from typing import NamedTuple

from desktop.domain.refused import Refused
from desktop.exchange import directory as directories
from desktop.exchange import enrolment, keys
from desktop.exchange.enrolment import Request
from desktop.services import root_key, rules
from desktop.services.cases import UnreadableFile
from desktop.services.desk import ROOT_KEY_FILE, Desk, described, set_aside
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


class WrongFingerprint(Refused):
    """What was read out over the telephone is not what the file says."""

    def __init__(self) -> None:
        super().__init__("输入的核对码与申请文件不一致，请再次电话核对；仍不一致的不要批准。")


def request(desk: Desk, path: Path, joins: str | None = None) -> str:
    """Write the enrolment file for the county. Returns the fingerprint to read out over the telephone.

    `joins` is the name or code of the office whose other computer this is, None for an office of its own.
    """
    data = enrolment.make_request(desk.office, desk.keys, joins.strip() if joins and joins.strip() else None)
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
    another: bool = False,
    replaces: str | None = None,
) -> Approved:
    """Take an office into the directory and write its approval file. Only the county can.

    With `another` the computer becomes another one of the office that has the code already (`parent` is not read), in the place of the
    broken one whose fingerprint `replaces` is, if given: that is revoked. `passphrase` opens the root key, which lies in the data folder
    or where `root` says; `fingerprint` is what the office read out over the telephone, compared if given.
    """
    if desk.office.level != "县":
        raise root_key.OnlyTheCounty
    asked = enrolment.read_request(_read(request_path))
    if fingerprint is not None and not keys.same_fingerprint(fingerprint, asked.fingerprint):
        raise WrongFingerprint
    key = root_key.opened(desk, passphrase, root)
    with desk.database.atomic():
        present = desk.member().directory
        if another:
            broken = directories.device_with(present, replaces) if replaces else None
            approval = enrolment.approve_another(desk.database, present, asked, code, key.seed, broken.id if broken else None)
        else:
            approval = enrolment.approve(desk.database, present, asked, code, parent, key.seed)
        write_whole(path, approval)
    root_key.remember(desk, key)
    station = desk.member().directory.by_code[code]
    return Approved(station.name, code, asked.fingerprint)


def accept(desk: Desk, path: Path) -> Accepted:
    """Take the county's approval: from now on this office can exchange; a computer of an existing office becomes that office.

    Raises `BadApproval`, `AlreadyAtWork`.
    """
    approval = enrolment.read_approval(_read(path))
    before = desk.office
    with desk.database.atomic():
        station = enrolment.accept(desk.database, approval, before, desk.keys)
        desk.rename(described(before, station))
    if station.id != before.id:
        set_aside(desk.folder / ROOT_KEY_FILE)  # of the county that this computer was for itself
        rules.settle(desk)
    stations = desk.member().directory.content.stations
    county = next((s.name for s in stations if s.parent is None), "")
    return Accepted(station.name, station.code, county, keys.fingerprint(approval.root))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES)  # what is cut off there is no file of ours
    except OSError:
        raise UnreadableFile(path) from None
