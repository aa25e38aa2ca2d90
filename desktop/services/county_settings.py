"""Where the settings from the county lie on this computer: as files that stand between the shipped ones and the office's own."""

from pathlib import Path

from desktop.services.desk import Desk

FOLDER = "county-settings"
FORMS, KINDS, DAYS, ROLES, HAZARDS = "forms", "letters.toml", "days.toml", "roles.toml", "hazards.toml"


def place_of(desk: Desk, number: int) -> Path:
    """The folder of the settings with this number."""
    return desk.folder / FOLDER / str(number)


def numbers_at(desk: Desk) -> list[int]:
    """The numbers of the settings that lie here, lowest first. A folder that was not finished has no number for a name."""
    try:
        return sorted(int(path.name) for path in (desk.folder / FOLDER).iterdir() if path.name.isdecimal())
    except OSError:
        return []


def settings_folder(desk: Desk) -> Path | None:
    """The folder of the settings in force here, None if the county published none."""
    numbers = numbers_at(desk)
    return place_of(desk, numbers[-1]) if numbers else None
