"""This computer as a member of the exchange: its station, its keys, the directory that it knows."""

from typing import NamedTuple

from desktop.domain.refused import Refused
from desktop.exchange import directory as directories
from desktop.exchange import keys
from desktop.exchange.directory import Directory, Station
from desktop.exchange.keys import DeviceKeys
from desktop.store.database import Database


class NotEnrolled(Refused):
    """The office has no directory yet."""

    def __init__(self) -> None:
        super().__init__("本单位还没有加入县级交换，请先导出申请文件交县级单位批准，再导入批准文件。")


class UnknownStation(Refused):
    """No station of the directory has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"单位名录中没有编码为“{code}”的单位，请核对编码，或先导入县级单位最新的交换包。")


class Member(NamedTuple):
    """An enrolled device: what sending and receiving need to know of this side."""

    station: Station
    device: bytes
    keys: DeviceKeys
    directory: Directory


def member(database: Database, device_keys: DeviceKeys) -> Member:
    """This device as the directory in force has it. Raises `NotEnrolled`."""
    directory = directories.newest(database)
    device = directory.device(keys.public(device_keys).device) if directory else None
    station = directory.station(device.station) if directory and device else None
    if directory is None or device is None or station is None:
        raise NotEnrolled
    return Member(station, device.id, device_keys, directory)


def station_with(directory: Directory, code: str) -> Station:
    """The station with this code. Raises `UnknownStation`."""
    station = directory.by_code.get(code)
    if station is None:
        raise UnknownStation(code)
    return station
