"""Forms are data: one TOML file a document in `resources/forms`, which an office may change without code.

A file states `name`, `about` (a case or a letter), `title` (of the PDF), `[page]`, `[looks.NAME]` and a list of `[[block]]`; the
structs below say what each may hold. Lengths on the page are mm, sizes of type pt, indents em. Texts are templates: `{{ case.place }}`
puts a value of the view (`view.py`) in, and all of Jinja2, sandboxed, may be used; an unknown value leaves a blank. `each` repeats a
block for every item of a list, which `as` names; `when` leaves it out if the value is empty (`not x` turns that round).
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from desktop.documents.look import Look
from desktop.documents.paragraph import Align
from desktop.domain.refused import Refused
from desktop.resources import resource


class FormError(Refused):
    """A form file has a mistake."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        place = f"第{line}行" if line else ""
        super().__init__(f"文书样式文件“{file}”{place}有误（{reason}），请改正该文件或恢复随程序附带的样式。")


class _Block(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What every block may state. `before` and `after` are pt; `look` names one of the form's looks."""

    look: str = "正文"
    each: str | None = None
    as_: str = msgspec.field(name="as", default="item")
    when: str | None = None
    before: float = 0
    after: float = 0
    keep: bool = False
    """Stays on one page with what follows."""


class Paragraphs(_Block, frozen=True, kw_only=True, tag="text"):
    """One or more paragraphs; a line feed ends one. `indent` (first line), `left` and `right` (all lines) are em."""

    text: str
    align: Align = "justify"
    indent: float = 2
    left: float = 0
    right: float = 0


class Field(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A label and a value over a ruled blank; `width` mm of the line, 0: an equal part of what is left; `least` em of blank."""

    label: str
    value: str = ""
    width: float = 0
    least: float = 0


class Fields(_Block, frozen=True, kw_only=True, tag="fields"):
    """Lines of fields; the lines of one block stay together. `columns` puts the items of `each` side by side."""

    rows: tuple[tuple[Field, ...], ...]
    columns: int = 1


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column of a table: its label, the template of its cells, its width in mm (0: an equal part of what is left)."""

    label: str
    value: str
    width: float = 0
    align: Align = "center"


class Table(_Block, frozen=True, kw_only=True, tag="table"):
    """A ruled table with a row for every item of `each`; its labels are repeated on each page. `height` of a row in mm."""

    columns: tuple[Column, ...]
    height: float = 8


class GridCell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cell of a ruled form: a label or a value, over `span` columns."""

    text: str
    label: bool = False
    span: int = 1
    align: Align = "left"


class GridRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of a ruled form, at least `height` mm high; left out as `when` says."""

    cells: tuple[GridCell, ...]
    height: float = 0
    when: str | None = None


class Grid(_Block, frozen=True, kw_only=True, tag="grid"):
    """A ruled form: `widths` of its columns in mm (0: an equal part of what is left), labels in the look `label_look`."""

    widths: tuple[float, ...]
    rows: tuple[GridRow, ...]
    label_look: str = "正文"


class Cut(_Block, frozen=True, kw_only=True, tag="cut"):
    """A dashed line to cut along, with a text in its middle."""

    text: str = ""


class Space(_Block, frozen=True, kw_only=True, tag="space"):
    """`height` pt of blank space; left out at the top of a page."""

    height: float


class Imprint(_Block, frozen=True, kw_only=True, tag="imprint"):
    """落款: the date `right` em from the right edge, the organ's name above it with the same middle (GB/T 9704-2012 7.3.5.1)."""

    organ: str
    date: str
    right: float = 4


class Group(_Block, frozen=True, kw_only=True, tag="group"):
    """Blocks under one condition, or repeated together for every item of a list."""

    parts: tuple["Block", ...]


class Together(_Block, frozen=True, kw_only=True, tag="together"):
    """Blocks that stay on one page, and with them the last `lines` lines before: a signature never stands alone."""

    parts: tuple["Block", ...]
    lines: int = 2


Block = Paragraphs | Fields | Table | Grid | Cut | Space | Imprint | Group | Together


class Letterhead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """信函格式 of GB/T 9704-2012 10.1: organ in red, a double rule below it, another near the foot of the page. Lengths in mm."""

    organ: str
    look: str
    top: float = 30
    gap: float = 4
    rule: float = 170
    foot: float = 20


class Sheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The page: A4 upright, its margins in mm, where the first page's text begins (`first_top`), and how pages are numbered.

    `numbers`: 共 `第 x 页 共 y 页` in the middle; 一字线 `— 2 —` outside from page 2 (GB/T 9704-2012 7.5); 无 none.
    """

    top: float = 25
    right: float = 25
    bottom: float = 25
    left: float = 25
    first_top: float | None = None
    numbers: Literal["共", "一字线", "无"] = "共"
    letterhead: Letterhead | None = None


class Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole form. Its looks always hold 正文."""

    name: str
    about: Literal["case", "letter"]
    title: str
    page: Sheet = Sheet()
    looks: dict[str, Look]
    block: tuple[Block, ...]


def read_form(path: Path) -> Form:
    """The form in the file. Raises FormError with the line of the mistake as far as it can be told."""
    text = path.read_text(encoding="utf-8")
    try:
        form = msgspec.convert(tomllib.loads(text), Form)
    except tomllib.TOMLDecodeError as error:
        raise FormError(path.name, _line_of_syntax(text, error), "不是正确的TOML文本") from error
    except msgspec.ValidationError as error:
        raise FormError(path.name, _line_of_block(text, str(error)), str(error)) from error
    for i, block in enumerate(form.block):
        unknown = next((look for look in _looks_of(block) if look not in form.looks), None)
        if unknown:
            raise FormError(path.name, _line_of_block(text, f"$.block[{i}]"), f"没有名为“{unknown}”的字样")
    return form


@cache
def shipped_form(name: str) -> Form:
    """The form of that name that came with the program, read once."""
    return read_form(resource("forms", f"{name}.toml"))


def _looks_of(block: Block) -> tuple[str, ...]:
    if isinstance(block, (Group, Together)):
        return tuple(look for part in block.parts for look in _looks_of(part))
    return (block.look, block.label_look) if isinstance(block, Grid) else (block.look,)


def _line_of_syntax(text: str, error: tomllib.TOMLDecodeError) -> int:
    """The line that a message such as `… (at line 3, column 1)` means; the last one for `(at end of document)`."""
    words = str(error).replace(",", " ").split()
    return int(words[words.index("line") + 1]) if "line" in words else len(text.splitlines())


def _line_of_block(text: str, path: str) -> int | None:
    """The line on which the block begins that a message such as `… - at $.block[3].text` means."""
    if "$.block[" not in path:
        return None
    number = int(path.split("$.block[", 1)[1].split("]", 1)[0])
    starts = [i for i, line in enumerate(text.splitlines(), 1) if line.strip() == "[[block]]"]
    return starts[number] if number < len(starts) else None
