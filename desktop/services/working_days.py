"""The working days of the office: the shipped table, the county's days before it, and the office's own before those."""

from functools import lru_cache
from pathlib import Path

from desktop.domain.deadline import IsWorkingDay
from desktop.domain.refused import Refused
from desktop.domain.working_days import Days, DaysRefused, read_days, with_days
from desktop.services.county_settings import DAYS, settings_folder
from desktop.services.desk import Desk


def working_days(desk: Desk) -> IsWorkingDay:
    """Whether the office works on a day. A file of its own that cannot be read is passed over: `days_fault` tells of it."""
    settings = settings_folder(desk)
    folders = [desk.folder, *([settings] if settings else [])]
    return with_days(*(days for folder in folders if (days := _days(folder / DAYS))))


def days_fault(desk: Desk) -> str | None:
    """What is wrong with the office's own file of days, None if nothing is."""
    try:
        path = desk.folder / DAYS
        if path.exists():
            _read(path)
    except Refused as fault:
        return str(fault)
    return None


def _days(path: Path) -> Days | None:
    try:
        stat = path.stat()
        return _read_once(path, stat.st_mtime_ns, stat.st_size)
    except OSError:
        return None


@lru_cache(maxsize=8)
def _read_once(path: Path, _changed: int, _size: int) -> Days | None:
    try:
        return _read(path)
    except Refused:
        return None


def _read(path: Path) -> Days:
    try:
        return read_days(path.read_text("utf-8-sig"))
    except (OSError, UnicodeError):
        raise DaysRefused("打不开或不是UTF-8文本") from None
