"""Pickers over the code tables."""

from functools import partial

from desktop.domain.codes import choices
from desktop.ui.entry.inputs import Choice


def pick(codes: object) -> partial[Choice]:
    """A picker over one of the code tables."""
    return partial(Choice, choices(codes))
