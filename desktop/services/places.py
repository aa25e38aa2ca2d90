"""The folder that takes the place of a stick, as it was chosen the last time on this computer."""

from pathlib import Path

from desktop.services.desk import Desk

_SETTING = "exchange_folder"


def remembered(desk: Desk) -> Path | None:
    """The folder chosen the last time, whether it is there now or not."""
    text = desk.database.setting(_SETTING, str)
    return Path(text) if text else None


def remember(desk: Desk, folder: Path | None) -> None:
    """Take this folder the next time too, or none; no bundle carries it."""
    desk.database.set(_SETTING, str(folder) if folder else "")
