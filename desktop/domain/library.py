"""条款库和短语: texts to be put into agreements and records, shipped as data or kept by the office.

Pure: takes the text of a TOML file of `resources/library` and gives typed values.
"""

import re
from typing import Literal

import msgspec

from desktop.domain.refused import Refused

Kind = Literal["clause", "phrase"]

BLANK = "＿＿"
"""What is to be filled in; Tab jumps from one to the next."""

BLANKS = "＿{2,}"
"""The same as a pattern: hands make it longer."""


class Snippet(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One text of the library. `types` are the dispute types that it is for (empty: all), `short` its abbreviation for typing.

    `id` names it for ever: of a shipped one `file/title`, of an office's own 32 hex digits.
    """

    id: str = ""
    kind: Kind
    title: str
    text: str
    types: tuple[str, ...] = ()
    short: str = ""
    own: bool = False


class LibraryRefused(Refused):
    """A file of the library cannot be used."""


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    text: str
    short: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    types: tuple[str, ...] = ()
    clause: tuple[_Entry, ...] = ()
    phrase: tuple[_Entry, ...] = ()


def read_library(name: str, text: str) -> tuple[Snippet, ...]:
    """The texts of the file of that name, in its order. Raises `LibraryRefused` with what is wrong with it."""
    try:
        found = msgspec.toml.decode(text, type=_File)
    except msgspec.DecodeError as error:
        raise LibraryRefused(f"条款库文件“{name}”有写错的地方（{error}），请改正。") from None
    kinds: tuple[tuple[Kind, tuple[_Entry, ...]], ...] = (("clause", found.clause), ("phrase", found.phrase))
    return tuple(
        Snippet(id=f"{name}/{entry.title}", kind=kind, title=entry.title, text=entry.text, types=found.types, short=entry.short)
        for kind, entries in kinds
        for entry in entries
    )


def suits(snippet: Snippet, case_type: str) -> bool:
    """Whether the text is for disputes of the type; everything suits a dispute whose type is not chosen yet."""
    return not snippet.types or not case_type or case_type in snippet.types


def matches(snippet: Snippet, words: str) -> bool:
    """Whether the abbreviation begins with what was typed, or title and text hold each of the words."""
    typed = words.strip().lower()
    if not typed or (snippet.short and snippet.short.startswith(typed)):
        return True
    return all(word in f"{snippet.title}\n{snippet.text}" for word in typed.split())


def title_of(text: str) -> str:
    """A name for a text that has none: its first words."""
    first = re.split("[，。；：\n]", re.sub(BLANKS, "", text).strip())[0].strip()
    return first[:16] or "未命名"
