"""The library of clauses and phrases: shipped ones and the office's own, the most used first."""

from functools import lru_cache

from desktop.domain import library
from desktop.domain.library import Kind, Snippet, read_library
from desktop.domain.refused import Refused
from desktop.domain.text import normalized
from desktop.resources import resource
from desktop.services.desk import Desk
from desktop.store import snippets

LONGEST = 4_000
"""Characters of an own text, at most."""


class NothingToKeep(Refused):
    """An empty text, or one that is too long."""


class KeptAlready(Refused):
    """The library has the text."""

    def __init__(self, title: str) -> None:
        super().__init__(f"库里已经有这段文字了，名称是“{title}”，不必重复保存。")


class NotOwn(Refused):
    """A shipped text cannot be taken out."""

    def __init__(self) -> None:
        super().__init__("这是随程序附带的，不能删去；不用的会排到后面。")


@lru_cache(maxsize=1)
def shipped() -> tuple[Snippet, ...]:
    """The texts that come with the program, in the order of the files."""
    paths = sorted(resource("library").glob("*.toml"))
    return tuple(snippet for path in paths for snippet in read_library(path.stem, path.read_text("utf-8")))


def find(desk: Desk, kind: Kind, words: str = "", case_type: str = "") -> list[Snippet]:
    """The texts of the kind that hold the words: the most used first, then own ones, those for the type of dispute, and the rest.

    With words those for other types are found too, at the end; without words they are left out.
    """
    counts = snippets.used(desk.database)
    found = [one for one in (*snippets.own(desk.database), *shipped()) if one.kind == kind and library.matches(one, words)]
    if not words.strip():
        found = [one for one in found if library.suits(one, case_type)]
    return sorted(found, key=lambda one: (not library.suits(one, case_type), -counts.get(one.id, 0), not one.own, not one.types))


def use(desk: Desk, snippet: Snippet) -> str:
    """The text to put in; its use is counted."""
    snippets.count_use(desk.database, snippet)
    return snippet.text


def keep(desk: Desk, kind: Kind, text: str, *, title: str = "", short: str = "", case_type: str = "") -> Snippet:
    """Keep a text of the office for disputes of the type (empty: all). Raises `NothingToKeep`, `KeptAlready`."""
    clean = normalized(text).strip()
    if not clean:
        raise NothingToKeep("还没有文字可以保存，请先写好再存入库中。")
    if len(clean) > LONGEST:
        raise NothingToKeep(f"这段文字太长（超过{LONGEST}字），请分成几段再保存。")
    same = next((one for one in (*snippets.own(desk.database), *shipped()) if (one.kind, one.text) == (kind, clean)), None)
    if same:
        raise KeptAlready(same.title)
    named = normalized(title).strip() or library.title_of(clean)
    types = (case_type,) if case_type else ()
    return snippets.keep(desk.database, Snippet(kind=kind, title=named, text=clean, short=short.strip().lower(), types=types))


def drop(desk: Desk, snippet: Snippet) -> None:
    """Take an own text out. Raises `NotOwn`."""
    if not snippet.own:
        raise NotOwn
    snippets.drop(desk.database, snippet.id)
