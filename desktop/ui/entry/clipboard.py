"""Text from the clipboard or from a drop, made fit for a field."""

from typing import NamedTuple

from PySide6.QtCore import QMimeData

from desktop.domain.typed_text import is_table, lines, one_line, without_invisible
from desktop.ui.entry.note import FILES, PICTURE, TABLE, left_out


class Pasted(NamedTuple):
    """The text to insert, and the sentence that goes along with it."""

    text: str
    sentence: str


def pasted(source: QMimeData | None, *, single: bool) -> Pasted:
    """What a field takes from the source: one clean line, or lines; a picture and files are no text, and are said to be none."""
    if source is None:
        return Pasted("", "")
    files = any(url.isLocalFile() for url in source.urls())
    if source.hasText() and not files:
        text, gone = without_invisible(one_line(source.text()) if single else lines(source.text()))
        return Pasted(text, left_out(gone) or (TABLE if single and is_table(source.text()) else ""))
    if source.hasImage():
        return Pasted("", PICTURE)
    return Pasted("", FILES if files else "")


def acceptable(source: QMimeData) -> bool:
    """Whether a field has something to do or to say about the source."""
    return source.hasText() or source.hasImage() or source.hasUrls()
