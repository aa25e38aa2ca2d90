"""What is done to text that is typed or pasted before it stands in a field: nothing of it is lost without a word."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANKS = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_HAN = "[一-鿿㐀-䶿\U00020000-\U000323af]"
_DOTS = re.compile(rf"(?<=\w)\s*[•‧・．·∙⋅●◦᛫･]\s*(?=\w)|(?<={_HAN})\s*[.。]\s*(?={_HAN})")


def without_invisible(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without control, direction and zero-width characters, and the code points (`U+200B`) of those left out, each once.

    Line breaks, tabs and variation selectors stay.
    """
    left_out = [c for c in text if c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cf", "Cs")]
    if not left_out:
        return text, ()
    gone = frozenset(left_out)
    return "".join(c for c in text if c not in gone), tuple(dict.fromkeys(f"U+{ord(c):04X}" for c in left_out))


def one_line(text: str) -> str:
    """A pasted text or table as one line: cells and lines with one blank between them."""
    cells = (_BLANKS.sub(" ", cell).strip() for cell in re.split("[\t\n]", _LINE_ENDS.sub("\n", text)))
    return " ".join(cell for cell in cells if cell)


def is_table(text: str) -> bool:
    """Whether a pasted text has several rows of several cells, as a spreadsheet copies them."""
    rows = [row for row in _LINE_ENDS.sub("\n", text).split("\n") if row.strip()]
    return len(rows) > 1 and sum("\t" in row for row in rows) > 1


def lines(text: str) -> str:
    """A pasted text as lines; of a table one line a row, the cells with a wide blank between them, empty rows left out."""
    rows = _LINE_ENDS.sub("\n", text).split("\n")
    if "\t" not in text:
        return "\n".join(rows)
    return "\n".join(row for row in map(_row, rows) if row)


def _row(row: str) -> str:
    cells = (_BLANKS.sub(" ", cell).strip() for cell in row.split("\t"))
    return "\u3000".join(cell for cell in cells if cell)


def with_middle_dots(name: str) -> str:
    """The name with `·` (U+00B7) for every mark that people type between the parts of a name (GB/T 15834-2011, 4.14)."""
    return _DOTS.sub("·", name.strip())
