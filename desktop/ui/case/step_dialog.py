"""What is asked before a step of the course: a small form, one thing to do, and what is still missing."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from PySide6.QtWidgets import QWidget

from desktop.ui.context import Context
from desktop.ui.entry.form import Field
from desktop.ui.entry.form_dialog import FormDialog


class StepDialog(FormDialog):
    """A form over the fields, with `values` to begin with; what was filled in is the business of who opened it."""

    def __init__(self, parent: QWidget, title: str, told: str, fields: Sequence[Field], values: Mapping[str, Any], yes: str) -> None:
        super().__init__(parent, title, fields, _value(fields, values), told=told, yes=yes)

    def keep(self, context: Context, name: str) -> None:
        """Keep what is typed as the draft of that name."""
        self.keep_form(context, name)

    def asked(self) -> dict[str, Any]:
        """What was filled in, by the names of the fields."""
        return self.form.content()


def _value(fields: Sequence[Field], values: Mapping[str, Any]) -> msgspec.Struct:
    """A frozen value with these fields, for the form to show."""
    return msgspec.defstruct("Asked", [(field.name, Any, values.get(field.name)) for field in fields], frozen=True)()
