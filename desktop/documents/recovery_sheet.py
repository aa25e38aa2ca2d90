"""恢复单: the sheet with the code that opens an office whose password is forgotten."""

from datetime import date
from functools import cache
from typing import NamedTuple

from desktop.documents import compose
from desktop.documents.characters import printable
from desktop.documents.form_file import FormFile, read_form
from desktop.documents.forms import SHARED
from desktop.documents.plain_values import STEPS, Steps
from desktop.resources import resource

FORM = "恢复单"


class Sheet(NamedTuple):
    """Which office, made on which day, and the code in its groups (`XXXXX-XXXXX-…`)."""

    office: str
    on: date
    code: str


def render(sheet: Sheet) -> bytes:
    """The PDF of the sheet, one A4 page. Raises `MissingCharacterError` for a character that no font has."""
    from desktop.documents.pdf import About, draw

    office, on = printable(sheet.office), f"{sheet.on.year}年{sheet.on.month}月{sheet.on.day}日"
    pages = compose.pages(_form().form, _values(office, on, sheet.code))
    return draw(pages, About(f"{FORM}（{office}，{on}）", office, ""))


def _values(office: str, on: str, code: str) -> dict[str, object]:
    groups = code.split("-")
    half = (len(groups) + 1) // 2
    first, second = "　".join(groups[:half]), "　".join(groups[half:])
    return {STEPS: Steps(), "office": office, "on": on, "first": first, "second": second}


@cache
def _form() -> FormFile:
    forms = resource("forms")
    return read_form(forms / "单位" / f"{FORM}.toml", lambda name: forms / SHARED / f"{name}.toml")
