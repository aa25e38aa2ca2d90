"""How an office joins the exchange: it asks, the county approves, it takes the approval (protocol, section 5)."""

from typing import Literal

import msgspec

from desktop.domain.codes import OfficeLevel
from desktop.domain.office import Office
from desktop.domain.refused import Refused
from desktop.exchange import directory as directories
from desktop.exchange import keys
from desktop.exchange.device import station_with
from desktop.exchange.directory import Content, Device, Directory, Signed, Station
from desktop.exchange.keys import DeviceKeys, PublicKeys
from desktop.store.database import Database

_NAMESPACE = b"fengqiao/enrolment/1\x00"
_RANK = {"村": 0, "镇": 1, "县": 2}


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an office tells the county of itself; `signature` proves that it holds the keys."""

    format: Literal["fengqiao-enrolment/1"]
    station: str
    level: OfficeLevel
    name: str
    committee: str | None
    keys: PublicKeys
    signature: bytes = b""

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


def make_request(office: Office, device_keys: DeviceKeys) -> bytes:
    """The enrolment file of this office: JSON without personal data, signed by its own device."""
    request = Request("fengqiao-enrolment/1", office.id, office.level, office.name, office.committee, keys.public(device_keys))
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
    holder = present.by_code.get(code)
    if not code.strip() or code != code.strip():
        raise CannotApprove("单位编码不能为空或带空格，请重新填写")
    if holder and holder.id != request.station:
        raise CannotApprove(f"编码“{code}”已由“{holder.name}”使用，请换一个编码")
    if _RANK[above.level] <= _RANK[request.level]:
        raise CannotApprove(f"“{above.name}”不是“{request.name}”的上级，请核对上级编码")
    known = present.station(request.station)
    if known and not any(d.keys == request.keys for d in present.content.devices if d.station == known.id):
        raise CannotApprove(f"“{known.name}”已有另一台电脑加入交换，请先联系该单位核实")
    station = Station(request.station, code, request.name, request.level, above.id, request.committee)
    content = directories.with_member(present.content, station, [Device(request.keys.device, request.station, request.keys)])
    signed = directories.sign(content, root_seed)
    root = keys.verify_key(root_seed)
    directories.adopt(database, directories.verified(signed, root))
    return _json(Approval("fengqiao-approval/1", root, request.station, *signed))


def read_approval(data: bytes) -> Approval:
    """The approval in a file. Raises `BadApproval`."""
    try:
        return msgspec.json.decode(data, type=Approval)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise BadApproval("文件已损坏或不是批准文件") from None


def accept(database: Database, approval: Approval, office: Office, device_keys: DeviceKeys) -> Station:
    """Trust the county's root key and put its directory in force. Returns the office's own entry. Raises `BadApproval`."""
    trusted = directories.root_of(database)
    if trusted is not None and trusted != approval.root:
        raise BadApproval("签发它的不是本单位已加入的县级单位")
    directory = directories.verified(Signed(approval.directory, approval.signature), approval.root)
    station = directory.station(office.id)
    device = directory.device(keys.public(device_keys).device)
    if approval.station != office.id or station is None or device is None or device.station != office.id:
        raise BadApproval("它是给另一个单位的")
    present = directories.newest(database)
    if present and present.number > directory.number:
        raise BadApproval("它比已在使用的单位名录旧")
    with database.atomic():
        directories.trust(database, approval.root)
        directories.adopt(database, directory)
    return station


def _signed_bytes(request: Request) -> bytes:
    return msgspec.msgpack.encode(msgspec.structs.replace(request, signature=b""))


def _json(value: Request | Approval) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
