"""Names of the parties, offered wherever one of them is to be named."""

from collections.abc import Sequence

from desktop.ui.form import Form, Record
from desktop.ui.inputs import Text
from desktop.ui.record_list import RecordList

_FIELDS = ("payer", "payee", "party", "provider")


def suggest_parties(forms: Sequence[Form], names: Sequence[str]) -> None:
    """Offer the names in every field of the forms, and of the forms inside them, that names a party."""
    for form in forms:
        for name, cell in form.cells.items():
            control = cell.control
            if isinstance(control, Record | RecordList):
                suggest_parties([control.form], names)
            elif isinstance(control, Text) and name in _FIELDS:
                control.suggest(names)
