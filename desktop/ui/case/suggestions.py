"""What the forms offer: the parties wherever one of them is to be named, the kinds of letters of the office, the names of hazards."""

from collections.abc import Sequence

from desktop.domain.letter import LetterMove
from desktop.ui.case.letter_fields import LetterList
from desktop.ui.entry.form import Form, Record
from desktop.ui.entry.inputs import Choice, Text
from desktop.ui.entry.record_list import RecordList

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


def offer_letter_kinds(forms: Sequence[Form], kinds: Sequence[str]) -> None:
    """Offer the kinds in the picker of a letter."""
    for form in forms:
        cell = form.cells.get("letters")
        if cell is not None and isinstance(cell.control, RecordList):
            picker = cell.control.form.cells["kind"].control
            if isinstance(picker, Choice):
                picker.offer(kinds)


def tell_moves(forms: Sequence[Form], moves: Sequence[LetterMove]) -> None:
    """Tell the list of letters what happened to them."""
    for form in forms:
        cell = form.cells.get("letters")
        if cell is not None and isinstance(cell.control, LetterList):
            cell.control.show_moves(moves)


def offer_hazards(forms: Sequence[Form], names: Sequence[str]) -> None:
    """Offer the local names of 六类风险隐患."""
    for form in forms:
        cell = form.cells.get("hazard")
        if cell is not None and isinstance(cell.control, Text) and names:
            cell.control.suggest(names)
