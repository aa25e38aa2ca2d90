"""Carrying cases by stick: export to an office, import what came (protocol, sections 3 and 4)."""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple, cast

from desktop.domain.refused import Refused
from desktop.exchange import bundle, receipt, receiving, sending
from desktop.exchange.device import Member, station_with
from desktop.exchange.envelope import Progress
from desktop.exchange.sending import Draft
from desktop.services import doubles, rules
from desktop.services.cases import UnreadableFile
from desktop.services.desk import Desk
from desktop.store import listing
from desktop.store.files import CannotWrite, make_folder, whole_file
from desktop.store.sqlcipher import translated

_PIECE = 1024 * 1024
_LOCAL = "import-"
"""Beginning of the names of local copies; they are encrypted, and live for one import."""

_TITLES = 20
_ABANDONED = 6 * 60 * 60
"""Seconds after which nobody writes at a file any more."""

_LOOKED_AT_ONCE = 100
"""So many new cases are compared with others while the operator waits; the exchange page goes on with the rest."""
_LONGEST_NAME = 200
"""Bytes of a name before its number and ending: Linux takes 255 bytes, sticks 255 UTF-16 units."""


class Partner(NamedTuple):
    """An office that bundles can be made for."""

    code: str
    name: str


class Plan(NamedTuple):
    """What would be on the stick: whose it is, how much, in how many bundles, bytes, and the first cases by number and title."""

    receiver: str
    cases: int
    changes: int
    attachments: int
    size: int
    bundles: int
    titles: list[str]


class Exported(NamedTuple):
    """Bundles on their medium, read back and found equal: where they are, for whom, how much is in them, bytes."""

    paths: list[Path]
    receiver: str
    cases: int
    changes: int
    attachments: int
    size: int


class TakenIn(NamedTuple):
    """What an import brought: from whom, cases that changed, of them new, changes and attachments new here, changes that wait.

    `receipt` is the code to read out to the sender. `restored`: own changes came back that are not here, so that this database is an older
    image or has a twin; numbers now come from a fresh block.
    """

    sender: str
    cases: list[str]
    new_cases: list[str]
    changes: int
    attachments: int
    waiting: int
    already_known: bool
    receipt: str
    restored: bool


class Report(NamedTuple):
    """What came of many bundles: those that were taken in, and those that were refused with the sentence why."""

    taken: list[tuple[Path, TakenIn]]
    refused: list[tuple[Path, str]]


class Cancelled(Refused):
    """The operator ended an export or import; raised by the progress callback."""

    def __init__(self) -> None:
        super().__init__("已取消，没有写出（导入）任何内容。")


class NotReadBack(Refused):
    """The medium gives back other bytes than were written."""

    def __init__(self) -> None:
        super().__init__("写入后读回的内容不一致，优盘可能已损坏，请换一个优盘重新导出。")


class TooLarge(Refused):
    """The file is larger than any bundle."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"文件“{path.name}”太大，不是本程序的交换包，没有导入任何内容。")


def partners(desk: Desk) -> list[Partner]:
    """The offices that this one exchanges with, in the order of their codes: that above it, those below, and its own other computers."""
    me = desk.member()
    stations = [s for s in me.directory.content.stations if s.parent == me.station.id or s.id == me.station.parent]
    found = [Partner(s.code, s.name) for s in sorted(stations, key=lambda s: s.code)]
    if any(device.id != me.device for device in me.directory.devices_of(me.station.id)):
        found.append(Partner(me.station.code, f"{me.station.name}（另一台电脑）"))
    return found


@translated()
def plan(desk: Desk, to: str, limit: int | None = None) -> Plan:
    """What would be on the stick for the office with this code, in bundles of at most `limit` bytes. Raises what `export` raises."""
    me = desk.member()
    station = station_with(me.directory, to)
    sizes, cases, changes, attachments = [], set(), 0, 0
    for draft in sending.drafts(desk.database, me, station, desk.now(), limit):
        sizes.append(draft.size)
        cases |= {uuid for uuid, _ in draft.held}
        changes += draft.contents.changes
        attachments += len(draft.contents.blobs)
    titles = listing.titles(desk.database, sorted(cases, reverse=True)[:_TITLES])
    return Plan(station.name, len(cases), changes, attachments, sum(sizes), len(sizes), titles)


@translated()
def export(desk: Desk, to: str, folder: Path, *, limit: int | None = None, progress: Progress | None = None) -> Exported:
    """Write the bundles for the office with this code into the folder, all of them or none.

    Sending changes nothing here: what is lost is sent again. Raises `NotEnrolled`, `UnknownStation`, `NoReceiver`, `CannotWrite`,
    `NotReadBack`, and what the progress callback raises; then nothing is left in the folder.
    """
    me = desk.member()
    station = station_with(me.directory, to)
    make_folder(folder)
    _remove_abandoned(folder, me.station.code)
    stem = _named(f"{me.station.code}-{station.code}-{datetime.fromisoformat(desk.now()):%Y%m%dT%H%M%S}")
    written: list[_Written] = []
    try:
        for draft in sending.drafts(desk.database, me, station, desk.now(), limit):
            written += [_write(desk, me, draft, _free_name(folder, stem), progress)]
        with desk.database.atomic():
            for one in written:
                sending.note_sent(desk.database, one.draft, one.digest, one.path.name, one.size)
    except BaseException:
        for one in written:
            _remove(one.path)
        raise
    contents = [one.draft.contents for one in written]
    cases = {uuid for one in written for uuid, _ in one.draft.held}
    counts = (len(cases), sum(c.changes for c in contents), sum(len(c.blobs) for c in contents))
    return Exported([one.path for one in written], station.name, *counts, sum(one.size for one in written))


class _Written(NamedTuple):
    draft: Draft
    path: Path
    digest: bytes
    size: int


def _write(desk: Desk, me: Member, draft: Draft, path: Path, progress: Progress | None) -> _Written:
    with whole_file(path) as file:
        measured = _Measured(file)
        digest = sending.write(desk.database, me, draft, measured, progress)
    try:
        _read_back(path, measured)
    except BaseException:
        _remove(path)
        raise
    light = draft._replace(contents=draft.contents._replace(parts={}))  # what is on its medium need not stay in memory
    return _Written(light, path, digest, measured.size)


def _remove_abandoned(folder: Path, code: str) -> None:
    """What exports from here that were killed left half written, if it is so old that no other computer of the office is at it."""
    with suppress(OSError):
        for path in folder.iterdir():
            is_ours = path.name.startswith(f"{in_name(code)}-") and path.name.endswith(f"{bundle.SUFFIX}.part")
            if is_ours and time.time() - path.stat().st_mtime > _ABANDONED:
                _remove(path)


def _remove(path: Path) -> None:
    """Take a file away again, as far as its medium is still there."""
    with suppress(OSError):
        path.unlink()


class _Measured:
    """A file that is written, with the number and the hash of its bytes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self._hash.update(data)
        self.size += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    def digest(self) -> bytes:
        return self._hash.digest()


def _read_back(path: Path, written: _Measured) -> None:
    """Raises `NotReadBack` unless the medium gives back what was written; what is still in memory is dropped first where it can be."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError:
        raise NotReadBack from None
    if digest.digest() != written.digest():
        raise NotReadBack


@translated()
def take_in(desk: Desk, path: Path, *, progress: Progress | None = None) -> TakenIn:
    """Import one bundle: all of it, or nothing and one sentence (a `Refused`, or what the progress callback raises)."""
    me = desk.member()
    with _local_copy(desk, path, progress) as (file, size):
        incoming = receiving.take_in(desk.database, me, file, desk.now(), path.name, size)
    found = incoming.receipt  # from here on all that came is in the database: nothing may say that the import was refused
    with suppress(Refused):  # the files are laid out at the next opening
        rules.settle(desk)
    with suppress(Refused), translated():  # a hint, which the page of the case gives again
        doubles.look_on(desk, _LOOKED_AT_ONCE)
    counts = (found.changes, incoming.attachments, found.waiting, incoming.again)
    code = _receipt(desk, me, incoming.digest)
    return TakenIn(incoming.sender.name, sorted(found.cases), sorted(found.new_cases), *counts, code, incoming.restored)


def _receipt(desk: Desk, me: Member, digest: bytes) -> str:
    """The code for all that came of the export; for this bundle alone if the database cannot be read at the moment."""
    try:
        with translated():
            return receipt.code_for(desk.database, me.device, digest)
    except Refused:
        return receipt.code([digest], me.device)


def bundles_in(folder: Path) -> list[Path]:
    """The bundles in a folder and all folders in it, by name: those of one office in the order in which they were made."""
    return sorted((path for path in folder.rglob(f"*{bundle.SUFFIX}") if path.is_file()), key=lambda path: (path.name, path))


def take_in_all(desk: Desk, paths: Sequence[Path], *, progress: Callable[[int, int, str], None] | None = None) -> Report:
    """Import many bundles, each by itself: one that is refused does not stop the others. `progress`: how many of how many, and the name."""
    report = Report([], [])
    for number, path in enumerate(paths):
        if progress:
            progress(number, len(paths), path.name)
        try:
            report.taken.append((path, take_in(desk, path)))
        except Refused as refused:
            report.refused.append((path, str(refused)))
    return report


def in_name(code: str) -> str:
    """The code of an office as it stands in the name of a bundle."""
    return re.sub(r'[\x00-\x1f\x7f"*/:<>?\\|\s]', "_", code)


def _named(stem: str) -> str:
    """A name that every stick takes (FAT32, exFAT: no `:*?"<>|`, no end in a dot or blank, at most 255 characters)."""
    return in_name(stem).encode()[:_LONGEST_NAME].decode(errors="ignore").strip(". ") or "bundle"


def _free_name(folder: Path, stem: str) -> Path:
    names = (folder / f"{stem}{tail}{bundle.SUFFIX}" for tail in chain([""], (f"-{n}" for n in count(2))))
    try:
        return next(path for path in names if not path.exists())
    except OSError as error:
        raise CannotWrite(folder, error) from error


@contextmanager
def _local_copy(desk: Desk, path: Path, progress: Progress | None) -> Iterator[tuple[BinaryIO, int]]:
    """The file on the local disk: a stick that is pulled out meanwhile stops the copying and not the import."""
    _remove_leftovers(desk.folder)
    try:
        copy = tempfile.NamedTemporaryFile(dir=desk.folder, prefix=_LOCAL, suffix=".part")  # noqa: SIM115 -- closed below
    except OSError as error:
        raise CannotWrite(desk.folder, error) from error
    try:
        size = _copy(path, copy, progress)
        yield cast("BinaryIO", copy), size
    except OSError as error:
        raise UnreadableFile(path) from error
    finally:
        with suppress(OSError):
            copy.close()


def _remove_leftovers(folder: Path) -> None:
    """Local copies of a program that was killed."""
    with suppress(OSError):
        for leftover in folder.glob(f"{_LOCAL}*.part"):
            _remove(leftover)


def _copy(path: Path, file: IO[bytes], progress: Progress | None) -> int:
    try:
        size = path.stat().st_size
        if size > bundle.MAX_FILE:
            raise TooLarge(path)
        with path.open("rb") as source:
            while piece := source.read(_PIECE):
                _keep(file, piece)
                if progress:
                    progress(file.tell(), size)
        file.seek(0)
    except OSError:
        raise UnreadableFile(path) from None
    return size


def _keep(file: IO[bytes], piece: bytes) -> None:
    try:
        file.write(piece)
        file.flush()
    except OSError as error:
        raise CannotWrite(Path(str(file.name)), error) from error
