"""The county's root key: opening it, and what it signed last, which lies beside it (protocol, section 5)."""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from desktop.domain.refused import Refused
from desktop.exchange import directory as directories
from desktop.exchange import keys, rules
from desktop.exchange.directory import Signed, UntrustedDirectory
from desktop.exchange.enrolment import WrongRootKey
from desktop.exchange.rules import UntrustedRules
from desktop.services.desk import ROOT_KEY_FILE, Desk
from desktop.store import keyfile
from desktop.store.files import CannotWrite, NotAFile, write_whole

ISSUED_FILE = "county-issued.json"
"""Beside the root key: the newest directory and settings that it signed."""


class OnlyTheCounty(Refused):
    """The office is no county."""

    def __init__(self) -> None:
        super().__init__("只有县级单位可以批准加入、停用电脑和下发设置，请交给县级单位办理。")


class RootKeyMissing(Refused):
    """The root key is not in its place."""

    def __init__(self) -> None:
        super().__init__(f"找不到县级根密钥“{ROOT_KEY_FILE}”，请插入保管它的优盘，或把它放回数据文件夹。")


class Issued(msgspec.Struct, frozen=True):
    """The newest directory and settings that the root key signed: bodies and signatures."""

    directory: tuple[bytes, bytes] | None = None
    settings: tuple[int, bytes, bytes] | None = None


class RootKey(NamedTuple):
    """The opened root key and where its file lies."""

    seed: bytes
    path: Path


def opened(desk: Desk, passphrase: str, root: Path | None = None) -> RootKey:
    """Open the county's root key in the data folder, or where `root` says.

    What it signed elsewhere (on another computer of the county, or here before a restore) is put in force first: otherwise two
    directories would bear one number. Raises `OnlyTheCounty`, `RootKeyMissing`, `WrongPassword`, `WrongRootKey`.
    """
    if desk.office.level != "县":
        raise OnlyTheCounty
    path = root or desk.folder / ROOT_KEY_FILE
    if not path.exists():
        raise RootKeyMissing
    seed = keyfile.unwrap(path, passphrase, "fengqiao-root/1")
    verify = keys.verify_key(seed)
    if directories.root_of(desk.database) != verify:
        raise WrongRootKey
    with suppress(UntrustedDirectory, UntrustedRules):  # whatever lies there: only what this key signed counts
        _catch_up(desk, _read(path.with_name(ISSUED_FILE)), verify)
    return RootKey(seed, path)


def remember(desk: Desk, key: RootKey) -> None:
    """Lay what is in force here beside the key. A stick that cannot be written is no reason to fail: it is a help, not a promise."""
    directory, settings = directories.newest(desk.database), rules.newest(desk.database)
    issued = Issued(directory.signed if directory else None, settings)
    with suppress(CannotWrite, NotAFile):
        write_whole(key.path.with_name(ISSUED_FILE), msgspec.json.encode(issued) + b"\n")


def _catch_up(desk: Desk, issued: Issued, verify: bytes) -> None:
    with desk.database.atomic():
        if issued.directory:
            directories.adopt(desk.database, directories.verified(Signed(*issued.directory), verify))
        if issued.settings:
            _, body, signature = issued.settings
            rules.adopt(desk.database, rules.verified(body, signature, verify))


def _read(path: Path) -> Issued:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Issued)
    except (OSError, msgspec.DecodeError, UnicodeError):
        return Issued()
