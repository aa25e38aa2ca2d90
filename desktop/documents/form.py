"""Forms are data: one TOML file a document in `resources/forms`, which an office may change without code.

A file states `name`, `about`, `title` (of the PDF), when it is needed (`on`, `when`, `[dossier]`), `[page]`, `[looks.NAME]` and a list
of `[[block]]`; the structs below say what each may hold. Lengths on the page are mm, sizes of type pt, indents em. Texts are templates:
`{{ case.place }}` puts a value of the view (`view.py`) in, an unknown value leaves a blank; `sandbox.py` says what else they may do.
`each` repeats a block for every item of a list, which `as` names; `when` leaves it out if the value is empty (`not x` turns that
round). What several forms share lies in `共用`: `base` names a file of page, looks, options and choices, a block `part` one of blocks.
"""

from typing import Annotated, Literal

import msgspec

from desktop.documents.look import Look
from desktop.documents.paragraph import Align

Result = Literal["书面", "口头", "调解不成", "撤回", "不予受理", "稳控", "移送"]
"""How a dispute ended, as far as its papers differ (domain.md 3.0)."""

Millimetres = Annotated[float, msgspec.Meta(ge=0, le=297)]
Points = Annotated[float, msgspec.Meta(ge=0, le=800)]
Ems = Annotated[float, msgspec.Meta(ge=0, le=40)]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a form: no names but those that are stated."""


class _Block(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What every block may state. `before` and `after` are pt; `look` names one of the form's looks."""

    look: str = "正文"
    each: str | None = None
    as_: str = msgspec.field(name="as", default="item")
    when: str | None = None
    before: Points = 0
    after: Points = 0
    keep: bool = False
    """Stays on one page with what follows."""


class Paragraphs(_Block, frozen=True, kw_only=True, tag="text"):
    """One or more paragraphs; a line feed ends one. `indent` (first line), `left` and `right` (all lines) are em."""

    text: str
    align: Align = "justify"
    indent: Ems = 2
    left: Ems = 0
    right: Ems = 0


class Field(_Part, frozen=True, kw_only=True):
    """A label and a value over a ruled blank; `width` mm of the line, 0: an equal part of what is left; `least` em of blank."""

    label: str
    value: str = ""
    width: Millimetres = 0
    least: Ems = 0


class Fields(_Block, frozen=True, kw_only=True, tag="fields"):
    """Lines of fields, `times` times over; the lines of one block stay together. `columns` puts the items of `each` side by side."""

    rows: tuple[tuple[Field, ...], ...]
    columns: Annotated[int, msgspec.Meta(ge=1, le=8)] = 1
    times: Annotated[int, msgspec.Meta(ge=1, le=40)] = 1


class Column(_Part, frozen=True, kw_only=True):
    """A column of a table: its label, the template of its cells, its width in mm (0: an equal part of what is left)."""

    label: str
    value: str = ""
    width: Millimetres = 0
    align: Align = "center"


class Table(_Block, frozen=True, kw_only=True, tag="table"):
    """A ruled table with a row for every item of `each`; its labels are repeated on each page. `height` of a row in mm.

    With fewer than `least` items empty rows follow, to be filled by hand.
    """

    columns: tuple[Column, ...]
    height: Millimetres = 8
    least: Annotated[int, msgspec.Meta(ge=0, le=60)] = 0


class GridCell(_Part, frozen=True, kw_only=True):
    """A cell of a ruled form: a label or a value, over `span` columns."""

    text: str
    label: bool = False
    span: Annotated[int, msgspec.Meta(ge=1, le=12)] = 1
    align: Align = "left"


class GridRow(_Part, frozen=True, kw_only=True):
    """A row of a ruled form, at least `height` mm high; left out as `when` says."""

    cells: tuple[GridCell, ...]
    height: Millimetres = 0
    when: str | None = None


class Grid(_Block, frozen=True, kw_only=True, tag="grid"):
    """A ruled form: `widths` of its columns in mm (0: an equal part of what is left), labels in the look `label_look`.

    `padding`: pt between a cell's upper and lower border and its text.
    """

    widths: tuple[Millimetres, ...]
    rows: tuple[GridRow, ...]
    padding: Annotated[float, msgspec.Meta(ge=0, le=20)] = 4
    label_look: str = "正文"


class Cut(_Block, frozen=True, kw_only=True, tag="cut"):
    """A dashed line to cut along, with a text in its middle."""

    text: str = ""


class Space(_Block, frozen=True, kw_only=True, tag="space"):
    """`height` pt of blank space; left out at the top of a page."""

    height: Points


class NewPage(_Block, frozen=True, kw_only=True, tag="page"):
    """What follows begins on a new page."""


class Imprint(_Block, frozen=True, kw_only=True, tag="imprint"):
    """落款: the date `right` em from the right edge, the organ's name above it with the same middle (GB/T 9704-2012 7.3.5.1)."""

    organ: str
    date: str
    right: Ems = 4


class Group(_Block, frozen=True, kw_only=True, tag="group"):
    """Blocks under one condition, or repeated together for every item of a list."""

    parts: tuple["Block", ...]


class Together(_Block, frozen=True, kw_only=True, tag="together"):
    """Blocks that stay on one page, and with them the last `lines` lines before: a signature never stands alone."""

    parts: tuple["Block", ...]
    lines: Annotated[int, msgspec.Meta(ge=0, le=8)] = 2


class Part(_Block, frozen=True, kw_only=True, tag="part"):
    """The blocks of the shared file `共用/NAME.toml`, which takes the place of this block when the form is read."""

    name: str


Block = Paragraphs | Fields | Table | Grid | Cut | Space | NewPage | Imprint | Group | Together | Part


class Letterhead(_Part, frozen=True, kw_only=True):
    """信函格式 of GB/T 9704-2012 10.1: organ in red, a double rule below it, another near the foot of the page. Lengths in mm."""

    organ: str
    look: str
    top: Millimetres = 30
    gap: Millimetres = 4
    rule: Millimetres = 170
    foot: Millimetres = 20


Margin = Annotated[float, msgspec.Meta(ge=5, le=90)]


class Sheet(_Part, frozen=True, kw_only=True):
    """The page: A4 upright, its margins in mm, where the first page's text begins (`first_top`), and how pages are numbered.

    `numbers`: 共 `第 x 页 共 y 页` in the middle; 一字线 `— 2 —` outside from page 2 (GB/T 9704-2012 7.5); 无 none. `tightest`: lines
    may be set closer, to this part of their pitch at most, if that saves a page.
    """

    top: Margin = 25
    right: Margin = 25
    bottom: Margin = 25
    left: Margin = 25
    first_top: Annotated[float, msgspec.Meta(ge=5, le=150)] | None = None
    numbers: Literal["共", "一字线", "无"] = "共"
    tightest: Annotated[float, msgspec.Meta(ge=0.7, le=1)] = 1
    letterhead: Letterhead | None = None


class Dossier(_Part, frozen=True, kw_only=True):
    """The form's place in the dossier (domain.md 3.0).

    `order` sorts the papers: the number of the ministry's list times ten; `required` the results at which the paper must be there
    (at others 按需); `only` the results at which it may be there at all (empty: at any, also while the dispute is open); of the forms
    with the same `group` one is enough; pages of a form that is not `numbered` are not counted (cover, contents, back cover).
    """

    order: Annotated[int, msgspec.Meta(ge=0, le=999)]
    required: tuple[Result, ...] = ()
    only: tuple[Result, ...] = ()
    group: str | None = None
    numbered: bool = True


class Choice(_Part, frozen=True, kw_only=True):
    """Boxes to tick: `{{ choices.NAME }}` in a text gives all options, each with ☑ or □, and `between` between them.

    `chosen` is the path of a text or of a list of texts; an option is ticked if it is one of them word for word. What is in no
    option stands after `other`; without one it is left out. Nothing known, nothing ticked.
    """

    options: tuple[str, ...]
    chosen: str | None = None
    other: str | None = None
    between: str = "　"


About = Literal["case", "session", "agent", "visit", "party", "letter", "routing"]


class Form(_Part, frozen=True, kw_only=True):
    """A whole form. Its looks always hold 正文.

    `about` says what it is repeated over; `of` which of those: kinds of sessions, letters or routings, roles of parties (empty: all; for
    letters the form's name). `on`: whether the office uses it; `on_request`: it is printed only when it is asked for; `when`: the
    case has an occasion for it if the value is there. `needs`: what must have happened before it may be printed at all, in words
    for the screen; it has happened at the results of `dossier.only` (empty: it may be printed before, to be filled by hand).
    `signs` names who signs, for lists and checks. `instead`: for a case with that result the form named is printed in its place.
    `joint`: all parties are applicants together, as before a court (司法确认). `options` are switches for `when = "options.NAME"`.
    """

    name: str
    about: About
    of: tuple[str, ...] = ()
    title: str
    on: bool = True
    on_request: bool = False
    when: str | None = None
    needs: str = ""
    signs: tuple[str, ...] = ()
    joint: bool = False
    dossier: Dossier | None = None
    instead: dict[Result, str] = {}
    options: dict[str, bool] = {}
    choices: dict[str, Choice] = {}
    page: Sheet = Sheet()
    looks: dict[str, Look]
    block: tuple[Block, ...]


class Shared(_Part, frozen=True, kw_only=True):
    """A file of `共用`: what a form takes over by `base`, or the blocks of a part with the options that they ask for."""

    page: Sheet | None = None
    looks: dict[str, Look] = {}
    options: dict[str, bool] = {}
    choices: dict[str, Choice] = {}
    block: tuple[Block, ...] = ()
