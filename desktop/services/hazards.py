"""The local names of 六类风险隐患: the office's own, else those that the county publishes, else the shipped ones (domain.md 2.1)."""

from pathlib import Path

from desktop.domain.hazards import HazardsRefused, read_hazards
from desktop.domain.refused import Refused
from desktop.resources import resource
from desktop.services.county_settings import HAZARDS, settings_folder
from desktop.services.desk import Desk


def names(desk: Desk) -> tuple[str, ...]:
    """The names to choose from. A file of the office's own with a mistake is passed over: `fault` tells of it."""
    own = desk.folder / HAZARDS
    if own.exists() and fault(desk) is None:
        return _read(own)
    settings = settings_folder(desk)
    county = settings / HAZARDS if settings else own
    return _read(county if county != own and county.exists() else resource("codes", HAZARDS))


def fault(desk: Desk) -> str | None:
    """What is wrong with the office's own file of names, None if nothing is."""
    own = desk.folder / HAZARDS
    try:
        if own.exists():
            _read(own)
    except Refused as refused:
        return str(refused)
    return None


def _read(path: Path) -> tuple[str, ...]:
    try:
        return read_hazards(path.read_text("utf-8-sig"))
    except (OSError, UnicodeError):
        raise HazardsRefused("打不开或不是UTF-8文本") from None
