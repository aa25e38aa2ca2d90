"""A form and the values of a case to strips and pages of marks: pure, without ReportLab."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from desktop.documents.choices import with_choices
from desktop.documents.fields import Entry, fields
from desktop.documents.form import (
    Block,
    Cut,
    Field,
    Fields,
    Form,
    Grid,
    GridRow,
    Group,
    Imprint,
    NewPage,
    Paragraphs,
    Sheet,
    Space,
    Table,
    Together,
)
from desktop.documents.letterhead import letterhead
from desktop.documents.look import Look
from desktop.documents.mark import MM, PAGE_HEIGHT, PAGE_WIDTH, Mark, Rule
from desktop.documents.page_number import page_number
from desktop.documents.paginate import PageOfStrips, marks_of, paginate
from desktop.documents.paragraph import Align, broken, paragraphs, placed, shaped
from desktop.documents.phrases import DATE_BLANK
from desktop.documents.plain_values import STEPS, Steps, Values, WordingError, holds, value_at
from desktop.documents.rows import Cell, Padding, row
from desktop.documents.strip import Strip, bound_to_next, kept, new_page, space, tightened
from desktop.documents.wording import filled

_TIGHTER = (0.95, 0.9, 0.86, 0.82, 0.78, 0.74, 0.7)


def pages(form: Form, values: Values, *, own_numbers: bool = True) -> list[list[Mark]]:
    """The marks of each page of the form filled with the values, with the paper's own page numbers unless told otherwise.

    Raises WordingError for a mistake in a wording, or a form that repeats without end.
    """
    sheet = form.page
    values = with_choices(form, values)
    strips: list[Strip] = []
    for block in form.block:
        strips = _joined(strips, block, _composed(block, form, values))
    sheets = _on_sheets(strips, sheet)
    drawn = [marks_of(page, sheet.left * MM, _top(sheet, n)) for n, page in enumerate(sheets)]
    if sheet.letterhead:
        drawn[0] += letterhead(sheet.letterhead, form.looks[sheet.letterhead.look], filled(sheet.letterhead.organ, values))
    return [marks + (page_number(sheet, n, len(drawn)) if own_numbers else []) for n, marks in enumerate(drawn)]


def _on_sheets(strips: list[Strip], sheet: Sheet) -> list[PageOfStrips]:
    """The strips on pages; closer together, as far as the sheet allows, if that saves a page.

    So a signature block that must not be torn apart does not leave the foot of the page before it empty.
    """
    tops = partial(_top, sheet)

    def room(page: int) -> float:
        return (PAGE_HEIGHT - sheet.bottom) * MM - tops(page)

    loose = paginate(strips, room)
    for factor in _TIGHTER if len(loose) > 1 else ():
        if factor >= sheet.tightest - 1e-9:
            tight = paginate(tightened(strips, factor), room)
            if len(tight) < len(loose):
                return tight
    return loose


def _top(sheet: Sheet, page: int) -> float:
    return (sheet.first_top if page == 0 and sheet.first_top is not None else sheet.top) * MM


def _joined(before: list[Strip], block: Block, strips: list[Strip]) -> list[Strip]:
    if isinstance(block, Together) and strips:
        return bound_to_next(before, block.lines) + strips
    return before + strips


def _width(form: Form) -> float:
    return (PAGE_WIDTH - form.page.left - form.page.right) * MM


def _composed(block: Block, form: Form, values: Values) -> list[Strip]:
    """The strips of a block; none if its condition does not hold or its list is empty."""
    if not holds(block.when, values):
        return []
    if isinstance(block, Together):
        strips = kept(_parts(block, form, values))
    elif isinstance(block, Group):
        strips = [s for scope in _scopes(block, values) for s in _parts(block, form, scope)]
    elif isinstance(block, Table):
        strips = _table(block, form, values)
    elif isinstance(block, Fields) and block.columns > 1:
        strips = _side_by_side(block, form, values)
    else:
        strips = [s for scope in _scopes(block, values) for s in _once(block, form, scope)]
    if not strips:
        return []
    strips = kept([*space(block.before), strips[0]]) + strips[1:]
    if block.keep:
        strips = bound_to_next(kept(strips) if len(strips) <= 3 else strips, 1)
    return strips + [replace(s, keep=block.keep) for s in space(block.after)]


def _parts(block: Group | Together, form: Form, values: Values) -> list[Strip]:
    strips: list[Strip] = []
    for part in block.parts:
        strips = _joined(strips, part, _composed(part, form, values))
    return strips


def _scopes(block: Block, values: Values) -> Iterator[dict[str, Any]]:
    """The values for each repetition of the block: the item under its name, and its number under `number`."""
    if block.each is None:
        yield dict(values)
        return
    items = value_at(block.each, values) or ()
    if not isinstance(items, (list, tuple)):
        raise WordingError(block.each, "只能重复列表中的各项")
    steps: Steps = values[STEPS]
    for number, item in enumerate(items, 1):
        steps.take(block.each)
        yield {**values, block.as_: item, "number": number}


def _once(block: Block, form: Form, values: Values) -> list[Strip]:
    if isinstance(block, Paragraphs):
        return _paragraphs(block, form, values)
    if isinstance(block, Fields):
        look, width = form.looks[block.look], _width(form)
        return kept(s for line in block.rows * block.times for s in fields(_entries(line, look, width, values), look))
    if isinstance(block, Grid):
        return _grid(block, form, values)
    return _ornament(block, form, values)


def _ornament(block: Block, form: Form, values: Values) -> list[Strip]:
    """What is neither text nor table: cuts, spaces, page ends, imprints."""
    if isinstance(block, Cut):
        return _cut(block, form.looks[block.look], _width(form), values)
    if isinstance(block, Space):
        return space(block.height)
    if isinstance(block, NewPage):
        return new_page()
    if isinstance(block, Imprint):
        return _imprint(block, form.looks[block.look], _width(form), values)
    raise TypeError(block)


def _imprint(block: Imprint, look: Look, width: float, values: Values) -> list[Strip]:
    date = broken(filled(block.date, values, blank=DATE_BLANK), look, width)[0]
    organ = shaped(filled(block.organ, values), look, width)
    middle = width - block.right * look.size - date.width / 2
    lines = [placed(line, look, min(middle - line.width / 2, width - line.width), 0.0, line.width, "left") for line in (*organ, date)]
    return kept(Strip(look.leading, (line,)) for line in lines)


def _paragraphs(block: Paragraphs, form: Form, values: Values) -> list[Strip]:
    look, width = form.looks[block.look], _width(form)
    left, right = block.left * look.size, block.right * look.size
    text = filled(block.text, values)
    return paragraphs(text, look, width - left - right, align=block.align, indent=block.indent * look.size, x=left)


def _shared(widths: Sequence[float], whole: float) -> list[float]:
    """Widths in mm to pt; those that are 0 share what the others leave of the whole."""
    fixed = [w * MM for w in widths]
    free = list(widths).count(0)
    rest = max(whole - sum(fixed), 0.0) / free if free else 0.0
    return [w or rest for w in fixed]


def _entries(line: Sequence[Field], look: Look, width: float, values: Values) -> list[Entry]:
    widths = _shared([field.width for field in line], width)
    return [
        Entry(filled(f.label, values, blank=""), filled(f.value, values, blank=""), w, f.least * look.size)
        for f, w in zip(line, widths, strict=True)
    ]


def _side_by_side(block: Fields, form: Form, values: Values) -> list[Strip]:
    """The items' fields in columns, read from left to right."""
    look, width = form.looks[block.look], _width(form) / block.columns
    entries = [e for scope in _scopes(block, values) for line in block.rows for e in _entries(line, look, width, scope)]
    rows = [entries[at : at + block.columns] for at in range(0, len(entries), block.columns)]
    return [strip for entries_of_row in rows for strip in fields(entries_of_row, look)]


def _table(block: Table, form: Form, values: Values) -> list[Strip]:
    look = form.looks[block.look]
    head_look = form.looks.get("表头", look)
    widths = _shared([c.width for c in block.columns], _width(form))
    labels: list[tuple[str, Align]] = [(column.label, "center") for column in block.columns]
    head = tuple(bound_to_next(_table_row(labels, widths, head_look, block.height), 1))
    scopes = _scopes(block, values)
    texts = ([(filled(column.value, scope, blank=""), column.align) for column in block.columns] for scope in scopes)
    rows = [_table_row(row_texts, widths, look, block.height, head) for row_texts in texts]
    empty: list[tuple[str, Align]] = [("", "center") for _ in block.columns]
    rows += [_table_row(empty, widths, look, block.height, head) for _ in range(block.least - len(rows))]
    return [*head, *_in_company(rows)] if rows else []


def _in_company(rows: list[list[Strip]]) -> list[Strip]:
    """The rows as strips; the last row of a table does not stand alone on a page (the first stands below the labels)."""
    before = [strip for strips in rows[:-1] for strip in strips]
    return bound_to_next(before, 1) + rows[-1]


def _table_row(
    texts: Sequence[tuple[str, Align]], widths: Sequence[float], look: Look, height: float, head: tuple[Strip, ...] = ()
) -> list[Strip]:
    cells = [Cell(sum(widths[:i]), widths[i], text, look, align) for i, (text, align) in enumerate(texts)]
    return row(cells, padding=Padding(side=3.0, top=3.0), height=height * MM, head=head)


def _grid(block: Grid, form: Form, values: Values) -> list[Strip]:
    widths = _shared(block.widths, _width(form))
    rows = [_grid_row(line, block, form, widths, values) for line in block.rows if holds(line.when, values)]
    return [strip for strips in rows for strip in strips]


def _grid_row(line: GridRow, block: Grid, form: Form, widths: Sequence[float], values: Values) -> list[Strip]:
    cells, column = [], 0
    for cell in line.cells:
        left, width = sum(widths[:column]), sum(widths[column : column + cell.span])
        look = form.looks[block.label_look if cell.label else block.look]
        align: Align = "center" if cell.label else cell.align
        cells.append(Cell(left, width, filled(cell.text, values, blank=""), look, align, cell.label))
        column += cell.span
    return row(cells, padding=Padding(top=block.padding), height=line.height * MM)


def _cut(block: Cut, look: Look, width: float, values: Values) -> list[Strip]:
    text = filled(block.text, values)
    middle = look.leading / 2
    if not text:
        return [Strip(look.leading, (Rule(0.0, middle, width, middle, dashed=True),))]
    line = broken(text, look, width)[0]
    mark = placed(line, look, 0.0, 0.0, width, "center")
    left, right = mark.x - look.size / 2, mark.x + line.width + look.size / 2
    return [Strip(look.leading, (Rule(0.0, middle, left, middle, dashed=True), mark, Rule(right, middle, width, middle, dashed=True)))]
