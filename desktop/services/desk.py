"""One unlocked office: what every service works on."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Self

import msgspec

from desktop.domain.office import Office
from desktop.domain.refused import Refused
from desktop.domain.text import normalized
from desktop.exchange import keys
from desktop.exchange.keys import DeviceKeys
from desktop.store import keyfile, restored, unread
from desktop.store.database import Database
from desktop.store.files import CannotWrite
from desktop.store.sqlcipher import DatabaseDamaged

if TYPE_CHECKING:  # the list shows before the program has loaded what reads and writes a case
    from desktop.domain.codes import OfficeLevel
    from desktop.exchange.device import Member
    from desktop.exchange.directory import Station
    from desktop.store.casebook import Author

DATABASE = "fengqiao.db"
KEY_FILE = "fengqiao.key"
ROOT_KEY_FILE = "county-root.key"
NUMBERS_FILE = "fengqiao.numbers"
"""Tells beside the database how far its numbers have come, so that a database that was put back from a backup is noticed."""

_PAGE = 4096
"""Bytes of a page of the encrypted database."""

_OFFICE = "office"
_DEVICE = "device"

Clock = Callable[[], datetime]


class NotSetUp(Refused):
    """The folder holds no office."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"文件夹“{folder.name}”里还没有建立单位，请先运行 init 或在窗口中完成首次设置。")


class AlreadySetUp(Refused):
    """The folder holds an office already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"文件夹“{folder.name}”里已经建立了单位，请直接打开，或换一个文件夹。")


class KeyFileMissing(Refused):
    """There is a database, but no key to it."""

    def __init__(self) -> None:
        super().__init__(f"找不到密钥文件“{KEY_FILE}”，请从备份中把它放回数据文件夹，不要删除数据库文件。")


class BlankName(Refused):
    """An office needs a name."""

    def __init__(self) -> None:
        super().__init__("单位名称不能为空，请填写单位全称。")


class Desk:
    """An unlocked office. One thread at a time may use it; close it when done.

    Attributes:
        database: the open database.
        operator: who works here; stands in the history of each case.
    """

    def __init__(self, folder: Path, database: Database, operator: str, clock: Clock) -> None:
        """Take over an open database. Use `set_up` and `open_desk`."""
        self.folder = folder
        self.database = database
        self.operator = operator
        self._clock = clock
        self._keys: DeviceKeys | None = None
        self._office: Office | None = None
        self._remembers = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lock the office."""
        if self._remembers:
            with suppress(Refused):  # whatever is wrong with the disk or the file, it must be possible to close
                restored.remember(self.database, self.office.id, self.folder / NUMBERS_FILE)
        self._remembers = False
        self.database.close()

    def beside(self) -> "Desk":
        """The same office on a connection of its own, for reading off the window's thread while the window goes on; close it when done."""
        other = Desk(self.folder, self.database.again(), self.operator, self._clock)
        other._remembers = False  # that is for the desk that opened the office
        return other

    @property
    def office(self) -> Office:
        """The office as it now stands; enrolment gives it its code. Read once, because paper is made outside the database's thread."""
        if self._office is None:
            self._office = self.database.required(_OFFICE, Office)
        return self._office

    def rename(self, office: Office) -> None:
        """Keep a changed description of the office; a name that it gives up stays known."""
        before = self.office
        if office.id == before.id and office.name != before.name and before.name not in office.former_names:
            office = msgspec.structs.replace(office, former_names=(*office.former_names, before.name))
        self.database.set(_OFFICE, office)
        self._office = None

    @property
    def keys(self) -> DeviceKeys:
        """The private keys of this computer."""
        if self._keys is None:
            self._keys = self.database.required(_DEVICE, DeviceKeys)
        return self._keys

    def member(self) -> "Member":
        """This computer in the exchange. Raises `NotEnrolled`."""
        from desktop.exchange import device as devices

        return devices.member(self.database, self.keys)

    def author(self) -> "Author":
        """Who writes now."""
        from desktop.store.casebook import Author

        seed = self.keys.seed
        return Author(keys.public(self.keys).device, self.operator, lambda message: keys.sign(seed, message), self.now())

    def now(self) -> str:
        """The time of this computer as ISO text with its zone: a claim for people, nothing is decided by it."""
        return self._clock().isoformat(timespec="seconds")

    def today(self) -> date:
        """Today by this computer's clock."""
        return self._clock().date()

    def change_password(self, old: str, new: str) -> None:
        """Put the key under a new password; at the county also the root key that lies in the data folder, if the old one opens it.

        Raises `WrongPassword`, `EmptyPassword`, `KeyFileDamaged` with nothing changed.
        """
        root, root_seed = self.folder / ROOT_KEY_FILE, None
        secret = keyfile.unwrap(self.folder / KEY_FILE, old, "fengqiao-key/1")
        if root.exists():
            with suppress(keyfile.WrongPassword):  # it may have a password of its own
                root_seed = keyfile.unwrap(root, old, "fengqiao-root/1")
        keyfile.wrap(self.folder / KEY_FILE, secret, new, "fengqiao-key/1")
        if root_seed:
            keyfile.wrap(root, root_seed, new, "fengqiao-root/1")


def local_clock() -> datetime:
    """The computer's clock with its zone."""
    return datetime.now().astimezone()


def default_folder() -> Path:
    """Where the data of this computer's user lies."""
    import platformdirs

    return Path(platformdirs.user_data_dir("FengqiaoDesk", appauthor=False))


def is_set_up(folder: Path) -> bool:
    """Whether the folder holds an office."""
    try:
        return (folder / DATABASE).exists()
    except OSError:  # no such name can be, or nobody may look
        return False


def set_up(
    folder: Path,
    password: str,
    *,
    level: "OfficeLevel",
    name: str,
    committee: str | None = None,
    code: str | None = None,
    operator: str = "",
    clock: Clock = local_clock,
    cost: keyfile.Cost | None = None,
) -> Desk:
    """Make an office in the folder: its key file, its database, its device's keys; the county's root key and first directory too.

    Until the database stands under its name nothing counts as made. Key files that lie in the folder without their database are kept
    under another name: a backup of that database may come back. Raises `AlreadySetUp`, `BlankName`, `EmptyPassword`, `CannotWrite`.
    """
    from desktop.domain.numbering import series
    from desktop.store import fields

    if is_set_up(folder):
        raise AlreadySetUp(folder)
    if not name.strip():
        raise BlankName
    office = Office(
        id=fields.new_id(),
        level=level,
        name=normalized(name.strip()),
        series=series(normalized(name)),
        committee=normalized(committee.strip()) if committee and committee.strip() else None,
        code=code or ("县" if level == "县" else None),
    )
    secret = keys.new_seed()
    _make_folder(folder)
    for key_file in (KEY_FILE, ROOT_KEY_FILE):
        set_aside(folder / key_file)
    keyfile.wrap(folder / KEY_FILE, secret, password, "fengqiao-key/1", cost)
    root_seed = keys.new_seed() if level == "县" else None
    if root_seed:
        keyfile.wrap(folder / ROOT_KEY_FILE, root_seed, password, "fengqiao-root/1", cost)
    _make_database(folder, secret, office, root_seed)
    return Desk(folder, Database(folder / DATABASE, secret), operator or name, clock)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(folder, error) from error


def set_aside(path: Path) -> None:
    """Keep the file, if there is one, under another name."""
    if path.exists():
        names = (path.with_name(f"{path.name}.old{number}") for number in count(1))
        path.rename(next(name for name in names if not name.exists()))


def _make_database(folder: Path, secret: bytes, office: Office, root_seed: bytes | None) -> None:
    part = folder / (DATABASE + ".part")
    part.unlink(missing_ok=True)
    device_keys = keys.generate()
    with Database(part, secret) as database:
        database.set(_OFFICE, office)
        database.set(_DEVICE, device_keys)
        if root_seed:
            from desktop.exchange import enrolment

            enrolment.found_county(database, office, device_keys, root_seed)
    part.replace(folder / DATABASE)


def open_desk(folder: Path, password: str, operator: str = "", *, clock: Clock = local_clock) -> Desk:
    """Unlock the office in the folder. Raises `NotSetUp`, `KeyFileMissing`, `WrongPassword`, `NewerDatabase`, `DatabaseDamaged`."""
    from desktop.services import rules  # which works on a desk

    if not is_set_up(folder):
        raise NotSetUp(folder)
    if not (folder / KEY_FILE).exists():
        raise KeyFileMissing
    secret = keyfile.unwrap(folder / KEY_FILE, password, "fengqiao-key/1")
    if (folder / DATABASE).stat().st_size < _PAGE:
        raise DatabaseDamaged  # the driver takes a file without a page for a new database and fills it
    desk = Desk(folder, Database(folder / DATABASE, secret), operator, clock)
    desk.operator = operator or desk.office.name
    restored.noticed_at_opening(desk.database, desk.office.id, folder / NUMBERS_FILE)
    rules.settle(desk)
    unread.adopt_readable(desk.database)  # an older program may have kept what this one can read
    return desk


def described(office: Office, station: "Station") -> Office:
    """The office as the county's directory names it; wholly so where this computer is another one of an office that there was already."""
    from desktop.domain.numbering import series

    if office.id == station.id:
        return msgspec.structs.replace(office, code=station.code, committee=office.committee or station.committee)
    short, committee = series(station.name), station.committee
    return Office(id=station.id, level=station.level, name=station.name, series=short, committee=committee, code=station.code)
