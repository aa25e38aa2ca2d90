"""A watched folder: what appears in it is taken in, and a bundle for a partner is put there every day or hour.

Any folder that two offices both reach will do: a share on the local network, the folder of a cloud drive. Nothing here trusts that a
file is whole because it is there: cloud drives put half a file under its final name. And nothing is harmed when two programs look at
the same folder: taking in a bundle twice changes nothing, and whoever moves a file first has moved it.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from desktop.domain.refused import Refused
from desktop.exchange.bundle import SUFFIX
from desktop.exchange.envelope import Progress
from desktop.services import exchange
from desktop.services.cases import UnreadableFile
from desktop.services.desk import Desk
from desktop.store.sqlcipher import DatabaseBusy, DiskFull

DONE = "已导入"
"""The subfolder for what was taken in."""

Every = Literal["hour", "day"]
_TERMS: dict[Every, timedelta] = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
_SETTING = "watching"
_LATER = (DatabaseBusy, DiskFull, UnreadableFile)
"""Refusals that say nothing of the file: it is tried again."""

_STAMPED = re.compile(r"-\d{8}T\d{6}", re.IGNORECASE)
"""Every name that the program gives a bundle: sender's code, receiver's code, time."""


class FolderGone(Refused):
    """The watched folder cannot be read."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"监看的文件夹“{folder.name}”打不开，请检查网络或者重新选择文件夹；程序会继续试。")


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """How a folder is watched, and what was done with the files in it.

    Attributes:
        on: whether it is watched at all.
        folder: its path.
        every: how often a bundle is put there; None for never.
        to: the partner's code that it is for.
        exported_at: ISO moment of the last one.
        taken: name and bytes of the files that were taken in and still lie there.
        refused: name, with bytes and time of change (ns), of those that were refused.
    """

    on: bool = False
    folder: str | None = None
    every: Every | None = None
    to: str | None = None
    exported_at: str | None = None
    taken: dict[str, int] = {}
    refused: dict[str, tuple[int, int]] = {}


class Seen(NamedTuple):
    """A file as a look at the folder found it: name, bytes, time of its last change (ns)."""

    name: str
    size: int
    changed: int


class Round(NamedTuple):
    """What one visit to the folder did: what came in by file name, what was refused and why, what was put there."""

    taken: list[tuple[str, exchange.TakenIn]]
    refused: list[tuple[str, str]]
    exported: exchange.Exported | None
    watch: Watch


# --- pure rules ---


def ready(now: Sequence[Seen], before: Sequence[Seen], watch: Watch, code: str | None) -> list[str]:
    """The names of the files to take in: bundles for the office with this code that are new and did not change since the look before."""
    settled = set(now) & set(before)
    return [
        one.name
        for one in sorted(now)
        if one in settled
        and one.size > 0
        and addressed_to(one.name, code)
        and watch.taken.get(one.name) != one.size
        and watch.refused.get(one.name) != (one.size, one.changed)
    ]


def addressed_to(name: str, code: str | None) -> bool:
    """Whether a file of that name may be a bundle for the office: no other receiver stands in its name.

    Who renamed a file meant something by it, so a name that is none of ours is tried.
    """
    if not name.lower().endswith(SUFFIX):
        return False
    named = _STAMPED.search(name)
    return named is None or (code is not None and name[: named.start()].endswith(f"-{exchange.in_name(code)}"))


def due(watch: Watch, now: datetime) -> bool:
    """Whether a bundle is to be put into the folder now. A last one in the future comes from a clock that was wrong: it is due."""
    if not (watch.on and watch.folder and watch.every and watch.to):
        return False
    if watch.exported_at is None:
        return True
    last = datetime.fromisoformat(watch.exported_at)
    return now < last or now - last >= _TERMS[watch.every]


def tidied(watch: Watch, now: Iterable[Seen]) -> Watch:
    """The watch without the memory of files that lie there no longer."""
    there = {one.name for one in now}
    return msgspec.structs.replace(
        watch,
        taken={name: size for name, size in watch.taken.items() if name in there},
        refused={name: mark for name, mark in watch.refused.items() if name in there},
    )


def moved_to(watch: Watch, folder: Path | None) -> Watch:
    """The watch on another folder: what was remembered of the old one is forgotten."""
    text = str(folder) if folder else None
    if text == watch.folder:
        return watch
    return msgspec.structs.replace(watch, folder=text, taken={}, refused={}, exported_at=None)


# --- the folder and the office ---


def watch_of(desk: Desk) -> Watch:
    """How this computer watches a folder."""
    return desk.database.setting(_SETTING, Watch) or Watch()


def keep(desk: Desk, watch: Watch) -> None:
    """Watch like this from now on; no bundle carries it."""
    desk.database.set(_SETTING, watch)


def look(folder: Path) -> list[Seen]:
    """The bundles that lie in the folder now. Raises `FolderGone`."""
    try:
        names = [path for path in folder.iterdir() if path.suffix.lower() == SUFFIX]
    except OSError:
        raise FolderGone(folder) from None
    found = []
    for path in names:
        with suppress(OSError):  # somebody took it away between two steps
            known = path.stat()
            found.append(Seen(path.name, known.st_size, known.st_mtime_ns))
    return found


def visit(desk: Desk, names: Sequence[str], *, export: bool, progress: Progress | None = None) -> Round:
    """Take in these files of the watched folder, each by itself, then put a bundle there if that is wanted and worth it.

    The desk must be used by nobody else meanwhile. Raises `Cancelled` by way of `progress`, with what was done so far remembered.
    """
    watch = watch_of(desk)
    folder = Path(watch.folder or "")
    taken: list[tuple[str, exchange.TakenIn]] = []
    refused: list[tuple[str, str]] = []
    for name in names:
        found = _take(desk, folder / name, progress)
        if isinstance(found, exchange.TakenIn):
            taken.append((name, found))
        else:
            refused.append((name, str(found)))
        watch = _noted(watch, folder / name, found)
        if isinstance(found, exchange.TakenIn) and not _has_siblings(desk):
            set_aside(folder / name)
        keep(desk, watch)
    exported = _export(desk, watch, folder, progress) if export else None
    if export:
        watch = msgspec.structs.replace(watch, exported_at=desk.now())
    watch = tidied(watch, look(folder))
    keep(desk, watch)
    return Round(taken, refused, exported, watch)


def _take(desk: Desk, path: Path, progress: Progress | None) -> exchange.TakenIn | Refused:
    try:
        return exchange.take_in(desk, path, progress=progress)
    except exchange.Cancelled:
        raise
    except Refused as error:
        return error


def _noted(watch: Watch, path: Path, found: object) -> Watch:
    """The watch that remembers what became of the file."""
    with suppress(OSError):
        known = path.stat()
        if isinstance(found, exchange.TakenIn):
            return msgspec.structs.replace(watch, taken={**watch.taken, path.name: known.st_size})
        if not isinstance(found, _LATER):
            return msgspec.structs.replace(watch, refused={**watch.refused, path.name: (known.st_size, known.st_mtime_ns)})
    return watch


def set_aside(path: Path) -> None:
    """Move what was taken in out of the way; where that cannot be, it stays and is remembered by name and size."""
    with suppress(OSError):
        target = path.parent / DONE
        target.mkdir(exist_ok=True)
        path.replace(target / path.name)


def _has_siblings(desk: Desk) -> bool:
    """Whether the office has other computers, which may want the same file."""
    return any(partner.code == desk.office.code for partner in exchange.partners(desk))


def _export(desk: Desk, watch: Watch, folder: Path, progress: Progress | None) -> exchange.Exported | None:
    """The bundle that was put there; None when the partner lacks nothing and has sent nothing since the last one."""
    if watch.to is None or not (watch.exported_at is None or _has_news(desk, watch)):
        return None
    return exchange.export(desk, watch.to, folder, progress=progress)


def _has_news(desk: Desk, watch: Watch) -> bool:
    """Whether the partner lacks something, or sent something that a bundle should confirm."""
    from desktop.services import contacts

    planned = exchange.plan(desk, watch.to or "")
    if planned.changes or planned.attachments:
        return True
    heard = next((one.last_in for one in contacts.contacts(desk) if one.code == watch.to), None)
    return bool(heard and watch.exported_at and datetime.fromisoformat(heard) > datetime.fromisoformat(watch.exported_at))
