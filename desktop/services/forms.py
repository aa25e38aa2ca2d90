"""The forms of the office: the shipped ones, and its own in their place."""

from typing import TYPE_CHECKING

from desktop.services.desk import Desk

if TYPE_CHECKING:
    from desktop.documents.forms import Forms

_OWN_FORMS = "forms"
"""The folder of the office's own forms, in the data folder; they take the place of shipped ones by name."""


def forms_of(desk: Desk) -> "Forms":
    """The forms of the office: the shipped ones, and its own in their place."""
    from desktop.documents.forms import Forms, shipped

    own = desk.folder / _OWN_FORMS
    return Forms(own) if own.is_dir() else shipped()
