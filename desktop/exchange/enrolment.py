"""How an office joins the exchange: it asks, the county approves, it takes the approval (protocol, section 5)."""

from typing import Literal

import msgspec

from desktop.domain.codes import OfficeLevel
from desktop.domain.office import Office
from desktop.domain.refused import Refused
from desktop.domain.text import normalized
from desktop.exchange import directory as directories
from desktop.exchange import keys
from desktop.exchange.device import station_with
from desktop.exchange.directory import Content, Device, Directory, Signed, Station
from desktop.exchange.keys import DeviceKeys, PublicKeys
from desktop.store import numbers
from desktop.store.database import Database
from desktop.store.sqlcipher import translated

_NAMESPACE = b"fengqiao/enrolment/1\x00"
_RANK = {"村": 0, "镇": 1, "县": 2}


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What an office tells the county of itself; `signature` proves that it holds the keys.

    `joins` names, in words for people, the office whose other computer this is. It stands only in such a file, so that those of other
    offices are the same as before there was the field.
    """

    format: Literal["fengqiao-enrolment/1"]
    station: str
    level: OfficeLevel
    name: str
    committee: str | None
    keys: PublicKeys
    signature: bytes = b""
    joins: str | None = None

    @property
    def fingerprint(self) -> str:
        """What both sides compare by telephone."""
        return keys.fingerprint(_signed_bytes(self))


class Approval(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The county's answer: its public root key and the directory that has the new office."""

    format: Literal["fengqiao-approval/1"]
    root: bytes
    station: str
    directory: bytes
    signature: bytes

    @property
    def fingerprint(self) -> str:
        """The county's root key, for comparing by telephone."""
        return keys.fingerprint(self.root)


class BadRequest(Refused):
    """The file is no enrolment file."""

    def __init__(self) -> None:
        super().__init__("这不是有效的申请文件，或文件已损坏，请对方重新导出申请文件。")


class BadApproval(Refused):
    """The file is no approval for this office."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"这个批准文件不能使用：{reason}，请联系县级单位重新批准。")


class CannotApprove(Refused):
    """The approval would break the tree of offices."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"不能批准：{reason}。")


class WrongRootKey(Refused):
    """The key is a root key, but of another county."""

    def __init__(self) -> None:
        super().__init__("这把根密钥不是本县在用的根密钥，请插入保管本县根密钥的优盘后再试。")


class AlreadyAtWork(Refused):
    """The computer has cases of its own and cannot become another office's."""

    def __init__(self, name: str) -> None:
        super().__init__(f"这台电脑已登记过纠纷，不能改为“{name}”的另一台电脑，请换一个空的数据文件夹重新建立单位后再申请。")


def make_request(office: Office, device_keys: DeviceKeys, joins: str | None = None) -> bytes:
    """The enrolment file of this office: JSON without personal data, signed by its own device. `joins`: the office that it belongs to."""
    public = keys.public(device_keys)
    request = Request("fengqiao-enrolment/1", office.id, office.level, office.name, office.committee, public, joins=joins)
    return _json(msgspec.structs.replace(request, signature=keys.sign(device_keys.seed, _NAMESPACE + _signed_bytes(request))))


def read_request(data: bytes) -> Request:
    """The request in an enrolment file. Raises `BadRequest`."""
    try:
        request = msgspec.json.decode(data, type=Request)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise BadRequest from None
    is_signed = keys.is_signed(request.keys.verify, request.signature, _NAMESPACE + _signed_bytes(request))
    if not is_signed or not keys.is_recipient(request.keys.recipient) or request.station.split() != [request.station]:
        raise BadRequest
    return request


def found_county(database: Database, office: Office, device_keys: DeviceKeys, root_seed: bytes) -> None:
    """Make the first directory: the county alone. Its code must be set."""
    public = keys.public(device_keys)
    station = Station(office.id, office.code or office.name, office.name, "县", None, office.committee)
    content = Content("fengqiao-directory/1", 1, (station,), (Device(public.device, office.id, public),))
    root = keys.verify_key(root_seed)
    with database.atomic():
        directories.trust(database, root)
        directories.adopt(database, directories.verified(directories.sign(content, root_seed), root))


def approve(database: Database, present: Directory, request: Request, code: str, parent: str, root_seed: bytes) -> bytes:
    """Take the office into the next directory, under the station with the code `parent`. Returns the approval file.

    Approving the same office again, with another code or parent, changes its entry. Raises `CannotApprove`, `UnknownStation`.
    """
    above = station_with(present, parent)
    _check_code(present, code, request.station)
    if _RANK[above.level] <= _RANK[request.level]:
        raise CannotApprove(f"“{above.name}”不是“{request.name}”的上级，请核对上级编码")
    known = present.station(request.station)
    device = present.device(request.keys.device) or Device(request.keys.device, request.station, request.keys)
    if known and device not in present.content.devices:
        raise CannotApprove(f"“{known.name}”已有另一台电脑加入交换，请先联系该单位核实")
    if device.station != request.station or present.is_revoked(device.id):
        raise CannotApprove("这台电脑已登记在另一个单位名下或已停用，请对方换一个空的数据文件夹重新建立单位后再申请")
    station = Station(request.station, code, request.name, request.level, above.id, request.committee)
    return _issued(database, directories.with_member(present.content, station, [device]), station.id, root_seed)


def approve_another(
    database: Database, present: Directory, request: Request, code: str, root_seed: bytes, replaces: bytes | None = None
) -> bytes:
    """Make the computer another one of the station with this code, with a block of numbers of its own. Returns the approval file.

    `replaces` is the device of that station which broke: it is revoked in the same directory. Raises `CannotApprove`, `UnknownStation`.
    """
    station = station_with(present, code)
    known = present.device(request.keys.device)
    if known and (known.station != station.id or present.is_revoked(known.id)):
        raise CannotApprove("这台电脑已登记过或已停用，请对方换一个空的数据文件夹重新建立单位后再申请")
    if replaces and replaces not in {device.id for device in present.devices_of(station.id)}:
        raise CannotApprove(f"要替换的电脑不在“{station.name}”名下，请重新选择")
    block = directories.free_block(present.content, station.id)
    if block >= numbers.DEVICES:
        raise CannotApprove(f"“{station.name}”先后登记的电脑已有{numbers.DEVICES}台，没有号段可分，请把它作为新单位登记")
    device = known or Device(request.keys.device, station.id, request.keys, block)
    content = directories.with_member(present.content, station, [device])
    if replaces:
        content = msgspec.structs.replace(directories.without(content, replaces), number=content.number)
    return _issued(database, content, station.id, root_seed)


def rearranged(present: Directory, code: str, name: str | None, parent: str | None) -> Content:
    """The next directory, in which the station with this code has another name or another station above it; None leaves what is.

    Raises `CannotApprove`, `UnknownStation`.
    """
    station = station_with(present, code)
    if name is not None:
        if not name.strip():
            raise CannotApprove("单位名称不能为空，请填写单位全称")
        station = msgspec.structs.replace(station, name=normalized(name.strip()))
    if parent is not None:
        above = station_with(present, parent)
        if _RANK[above.level] <= _RANK[station.level]:
            raise CannotApprove(f"“{above.name}”不是“{station.name}”的上级，请核对上级编码")
        station = msgspec.structs.replace(station, parent=above.id)
    return directories.with_member(present.content, station)


def _check_code(present: Directory, code: str, station: str) -> None:
    holder = present.by_code.get(code)
    if not code.strip() or code != code.strip():
        raise CannotApprove("单位编码不能为空或带空格，请重新填写")
    if holder and holder.id != station:
        raise CannotApprove(f"编码“{code}”已由“{holder.name}”使用，请换一个编码")


def _issued(database: Database, content: Content, station: str, root_seed: bytes) -> bytes:
    return _json(Approval("fengqiao-approval/1", keys.verify_key(root_seed), station, *issue(database, content, root_seed)))


def issue(database: Database, content: Content, root_seed: bytes) -> Signed:
    """Sign a directory and put it in force here; it travels to the others in the next bundles. Raises `WrongRootKey`."""
    root = keys.verify_key(root_seed)
    if directories.root_of(database) not in (None, root):
        raise WrongRootKey
    signed = directories.sign(content, root_seed)
    directories.adopt(database, directories.verified(signed, root))
    return signed


def read_approval(data: bytes) -> Approval:
    """The approval in a file. Raises `BadApproval`."""
    try:
        return msgspec.json.decode(data, type=Approval)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise BadApproval("文件已损坏或不是批准文件") from None


def accept(database: Database, approval: Approval, office: Office, device_keys: DeviceKeys) -> Station:
    """Trust the county's root key and put its directory in force. Returns the entry of the office that this computer now belongs to.

    That is another office's than `office` where the county approved this as another computer of it. Raises `BadApproval`, `AlreadyAtWork`.
    """
    directory = directories.verified(Signed(approval.directory, approval.signature), approval.root)
    station = directory.station(approval.station)
    device = directory.device(keys.public(device_keys).device)
    if station is None or device is None or device.station != station.id:
        raise BadApproval("它是给另一个单位的")
    if station.id != office.id and _is_at_work(database):
        raise AlreadyAtWork(station.name)
    with database.atomic():
        _leave_own_county(database, approval.root, station, office)
        present = directories.newest(database)
        if present and present.number > directory.number:
            raise BadApproval("它比已在使用的单位名录旧")
        directories.trust(database, approval.root)
        directories.adopt(database, directory)
        numbers.grant(database, device.block)
    return station


def _leave_own_county(database: Database, root: bytes, station: Station, office: Office) -> None:
    """A second computer of the county was set up as a county of its own; as long as nobody joined that, it may be given up."""
    trusted, present = directories.root_of(database), directories.newest(database)
    if trusted is None or trusted == root:
        return
    if station.id == office.id or (present and len(present.content.devices) > 1):
        raise BadApproval("签发它的不是本单位已加入的县级单位")
    directories.forget(database)


@translated()
def _is_at_work(database: Database) -> bool:
    return database.connection.execute("SELECT 1 FROM cases UNION ALL SELECT 1 FROM numbers LIMIT 1").fetchone() is not None


def _signed_bytes(request: Request) -> bytes:
    """The request without its signature; `joins` only where it is said, so that the files of older programs still verify."""
    fields = {name: getattr(request, name) for name in request.__struct_fields__ if name != "joins" or request.joins is not None}
    return msgspec.msgpack.encode(fields | {"signature": b""})


def _json(value: Request | Approval) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
