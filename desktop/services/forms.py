"""The forms of the office: the shipped ones, the county's in their place, and its own in theirs."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.services.county_settings import FORMS, settings_folder
from desktop.services.desk import Desk

if TYPE_CHECKING:
    from desktop.documents.forms import Forms


def forms_of(desk: Desk) -> "Forms":
    """The forms of the office. A form in its own folder takes the place of the county's, that the place of the shipped one, by name."""
    from desktop.documents.forms import Forms, shipped

    own, settings = desk.folder / FORMS, settings_folder(desk)
    county = settings / FORMS if settings else None
    if own.is_dir():
        return Forms(own, county) if county else Forms(own)
    return _of_county(county) if county else shipped()


@lru_cache(maxsize=2)
def _of_county(folder: Path) -> "Forms":
    """What lies in the folder of a number never changes, so each file is read once."""
    from desktop.documents.forms import Forms

    return Forms(folder)
