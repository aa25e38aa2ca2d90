"""交换回执: the sheet that tells who sent bundles what of them arrived here, with the receipt codes large enough to be read out."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from desktop.documents import compose
from desktop.documents.characters import printable
from desktop.documents.form_file import FormFile, read_form
from desktop.documents.forms import SHARED
from desktop.documents.plain_values import STEPS, Steps
from desktop.resources import resource

FORM = "交换回执"


class Row(NamedTuple):
    """One bundle that was taken in: its sender, cases that changed, new changes, new attachments, the receipt code."""

    sender: str
    cases: int
    changes: int
    attachments: int
    receipt: str


class Receipt(NamedTuple):
    """What a receipt says: who took in what and when (in words), changes that still wait, files that were refused and why."""

    office: str
    on: str
    rows: Sequence[Row]
    waiting: int = 0
    refused: Sequence[tuple[str, str]] = ()


def render(receipt: Receipt) -> bytes:
    """The PDF of the receipt; the same receipt gives the same bytes. Raises `MissingCharacterError` for a character that no font has."""
    from desktop.documents.pdf import About, draw

    pages = compose.pages(_form().form, _values(receipt))
    return draw(pages, About(f"{FORM}（{printable(receipt.office)}，{receipt.on}）", printable(receipt.office), ""))


def _values(receipt: Receipt) -> dict[str, object]:
    rows = [{**row._asdict(), "no": number, "sender": printable(row.sender)} for number, row in enumerate(receipt.rows, 1)]
    return {
        STEPS: Steps(),
        "office": printable(receipt.office),
        "on": receipt.on,
        "rows": rows,
        "single": receipt.rows[0].receipt if len(receipt.rows) == 1 else None,
        "waiting": receipt.waiting or None,
        "refused": [{"file": printable(file), "sentence": printable(sentence)} for file, sentence in receipt.refused],
    }


@cache
def _form() -> FormFile:
    forms = resource("forms")
    return read_form(forms / "交换" / f"{FORM}.toml", lambda name: forms / SHARED / f"{name}.toml")
