"""What each case is found by, as an index over single tokens (docs/decisions/026).

Text is indexed by every two neighbouring characters, numbers also by every four digits, the names of the parties by single characters
and by the first letters of their readings, the number of the case by pieces of its own (all cases' numbers are alike, and would make the
pairs of their characters worthless), and what the list filters by as marks. A query is a phrase of such tokens, so that it finds
exactly the texts that it is a part of, and one that is made of frequent characters need not read all places of each.

A row of the index is a whole case, and its row id is the case's place in the list (`place_of`): hits come newest first, and a search stops
as soon as it has a page of them. Writing the index is dear for one row and hardly dearer for many, so a save only notes that the case
changed (`search_news`); an import leaves its texts in `search_later`, because it has them at hand and brings many. Both are read beside the
index, the news before what came before it, and filed in it while nobody waits (`store/findable.py`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from desktop.domain.standing import status
from desktop.store.initials import initials
from desktop.store.sqlcipher import Connection

if TYPE_CHECKING:
    from desktop.domain.case import Case

KEY_BITS = 26
"""Sixty-seven million cases: the database of so many would have more than 500 GB."""

KEY_MASK = (1 << KEY_BITS) - 1

_SKIPPED = frozenset({"id", "position", "seen", "owner", "assigned", "handover", "same_as"})
_BETWEEN = "\x01"
"""Stands between texts, so that no phrase runs from one into the next."""

_GAP, _LETTERS, _MARK, _CASE = "\U0010fffd", "\U0010fffc", "\U0010fffb", "\U0010fffa"
"""A token between texts; what tokens of first letters, of marks and of case numbers begin with. Nobody types these characters."""

_SAFE = {code: 0x10F000 + code for code in range(128) if not chr(code).isalnum() and chr(code) not in f"{_BETWEEN} "}
"""The index would take ASCII punctuation for a gap."""

_NUMBER = re.compile("[0-9]{3,}[0-9x]")
_NUMBERS = re.compile(f"({_NUMBER.pattern})")
_CASE_NUMBER = re.compile("[〔〕]|字第")
_GRAM = 4

EVERY = "每一件"
"""The mark of every case."""


class Entry(NamedTuple):
    """What a case is found by: its place, and texts as they are compared, each with the gaps between its pieces."""

    place: int
    names: str
    initials: str
    heading: str
    number: str
    marks: str
    text: str


class Need(NamedTuple):
    """One thing that must be found in a case (or must not): in the index by `match`, in an entry by `needle` in one of the columns."""

    match: str
    needle: str
    columns: tuple[str, ...]
    absent: bool = False


def place_of(day: date, key: int) -> int:
    """The place of a case in the list: a later registration, or a newer key on the same day, has a higher one."""
    return day.toordinal() << KEY_BITS | key


def key_of(place: int) -> int:
    """The local key of the case at the place."""
    return place & KEY_MASK


# --- entries -----------------------------------------------------------------------------------------------------------------------------


def entry(key: int, case: "Case") -> Entry:
    """What the case with this key is found by."""
    names, title = _names(case), case.title
    found: list[str] = [title]
    _gather(msgspec.to_builtins(msgspec.structs.replace(case, number=None, attachments=(), seals=())), found)
    found += [one.name for one in case.attachments]
    found += [one.kind for one in case.seals]
    return Entry(
        place_of(case.registered_on, key),
        _joined(map(_folded, names)),
        _joined(way for name in names for way in initials(name)),
        _joined(initials(title)[:2]),
        _folded(case.number or ""),
        _joined(marks_of(case)),
        _folded(_BETWEEN.join(dict.fromkeys(found))),
    )


def _names(case: "Case") -> list[str]:
    agents = [party.agent.name for party in case.parties if party.agent]
    return list(dict.fromkeys(name for name in (*(party.name for party in case.parties), *agents) if name))


def marks_of(case: "Case") -> list[str]:
    """What the list filters this case by."""
    people = dict.fromkeys(name for name in (*case.mediators, case.recorder) if name)
    kinds = [("进", status(case)), ("险", case.risk or ""), ("类", case.type), ("单", case.registered_by or "")]
    return [EVERY] + [mark(kind, value) for kind, value in (*kinds, *(("人", one) for one in people)) if value]


@lru_cache(maxsize=1024)
def mark(kind: str, value: str) -> str:
    """The mark for a value that is filtered by: 进度, 险 (risk), 类型, 单位 or 人 (who mediates)."""
    return f"{kind}{_folded(value)}"


def _joined(texts: Iterable[str]) -> str:
    return f"{_BETWEEN}{_BETWEEN.join(dict.fromkeys(texts))}{_BETWEEN}"


def _gather(value: object, found: list[str]) -> None:
    """Add the texts of a value, in order."""
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _SKIPPED:
                _gather(part, found)
    elif isinstance(value, list | tuple):
        for part in value:
            _gather(part, found)


_PUNCTUATION = tuple(zip("，：；（）？！", ",:;()?!", strict=True))
"""Done before NFKC, which would do the same: it is quick where a text has nothing to change, and every Chinese text has these."""


def _folded(text: str) -> str:
    """The text as it is compared: without wide forms, capitals and blanks (made without a loop: it is part of every import)."""
    for wide, plain in _PUNCTUATION:
        text = text.replace(wide, plain)
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


# --- tokens ------------------------------------------------------------------------------------------------------------------------------


def tokens(found: Entry) -> str:
    """What the index is given for an entry."""
    made: list[str] = []
    for piece in _pieces(found.text):
        made += _pairs(piece)
        made.append(_GAP)
    for number in dict.fromkeys(_NUMBER.findall(found.text) + _NUMBER.findall(found.number)):
        made += _grams(number)
        made.append(_GAP)
    made += dict.fromkeys("".join(_pieces(found.names)))
    made += _own(_LETTERS, _pieces(found.initials))
    for way in _pieces(found.heading):
        made += [_LETTERS + gram for gram in _grams(way)]
        made.append(_GAP)
    made += _own(_CASE, _pieces(found.number))
    made += [_MARK + one for one in _pieces(found.marks)]
    return " ".join(made)


def _own(kind: str, texts: list[str]) -> list[str]:
    """Texts with tokens of their own kind: each piece of up to three characters, and those of four in order."""
    made: list[str] = []
    for text in texts:
        made += [kind + gram for gram in _grams(text)]
        made.append(_GAP)
    return made + list(dict.fromkeys(kind + text[at : at + size] for text in texts for size in range(1, _GRAM) for at in range(len(text))))


def _pieces(text: str) -> list[str]:
    return [piece for piece in text.translate(_SAFE).split(_BETWEEN) if piece]


def _pairs(text: str) -> list[str]:
    return [one + other for one, other in pairwise(text)]


def _grams(text: str) -> list[str]:
    return [text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1)]


# --- queries -----------------------------------------------------------------------------------------------------------------------------


def words(query: str) -> list[Need]:
    """What the words of the query, separated by blanks, ask for; nothing for an empty query.

    A number of four digits or more counts as a word of its own (支付2000元 asks for 支付 and 2000), except in what can only be a part of
    a case number: in a phrase it would be made of pairs of digits that every case has.
    """
    sound = query.encode("utf-8", "ignore").decode("utf-8")  # half a character, as a broken clipboard may hold it
    folded = [one for word in sound.replace(_BETWEEN, " ").split() if (one := _folded(word))]
    return [_word(part) for word in folded for part in _parts(word)]


def _parts(word: str) -> list[str]:
    if _CASE_NUMBER.search(word):
        return [word]
    parts = [part for part in _NUMBERS.split(word) if part]
    return [part for part in parts if len(part) > 1] if len(parts) > 1 else parts


def _word(word: str) -> Need:
    if re.fullmatch("[a-z]+", word):
        return _latin(word)
    if _CASE_NUMBER.search(word):
        return Need(_own_phrase(_CASE, word), word, ("number",))
    if len(word) == 1:
        return Need(_phrase([word]), word, ("names",))
    if _NUMBER.fullmatch(word):
        return Need(_phrase(_grams(word)), word, ("text", "number"))
    return Need(f"({_phrase(_pairs(word))} OR {_own_phrase(_CASE, word)})", word, ("text", "number"))


def _latin(word: str) -> Need:
    """Letters may be written in a case, or be the first letters of a name, and four of them those of the title."""
    written = _phrase(_pairs(word) or [word])
    columns = ("initials", *(("heading",) if len(word) >= _GRAM else ()), "names" if len(word) == 1 else "text")
    return Need(f"({_own_phrase(_LETTERS, word)} OR {written})", word, columns)


def _own_phrase(kind: str, word: str) -> str:
    return _phrase([kind + gram for gram in (_grams(word) if len(word) >= _GRAM else [word])])


def marked(mark: str, *, absent: bool = False) -> Need:
    """Cases with this mark, or those without it."""
    return Need(_phrase([_MARK + mark]), f"{_BETWEEN}{mark}{_BETWEEN}", ("marks",), absent)


def _phrase(made: list[str]) -> str:
    return f'"{" ".join(made).translate(_SAFE)}"'


def match(needs: Iterable[Need | list[Need]]) -> str:
    """The expression for the index: all of the needs, of a list any one."""
    terms = list(needs)
    wanted = [_any(term) for term in terms if isinstance(term, list) or not term.absent] or [marked(EVERY).match]
    unwanted = [term.match for term in terms if isinstance(term, Need) and term.absent]
    return f"({' AND '.join(wanted)}){''.join(f' NOT {term}' for term in unwanted)}"


def _any(term: Need | list[Need]) -> str:
    return f"({' OR '.join(one.match for one in term)})" if isinstance(term, list) else term.match


def fits(found: Entry, needs: Iterable[Need | list[Need]]) -> bool:
    """Whether an entry has all that is needed."""
    return all(any(_fits(found, one) for one in (term if isinstance(term, list) else [term])) for term in needs)


def _fits(found: Entry, need: Need) -> bool:
    return need.absent != any(need.needle in getattr(found, column) for column in need.columns)


def condition(needs: Iterable[Need | list[Need]]) -> tuple[str, list[str]]:
    """The same as SQL over the columns of `search_later`, with its values."""
    terms, values = ["1"], []
    for term in needs:
        anyone = term if isinstance(term, list) else [term]
        parts = []
        for need in anyone:
            inside = " OR ".join(f"instr({column}, ?)" for column in need.columns)
            parts.append(f"NOT ({inside})" if need.absent else inside)
            values += [need.needle] * len(need.columns)
        terms.append(f"({' OR '.join(parts)})")
    return " AND ".join(terms), values


# --- writing -----------------------------------------------------------------------------------------------------------------------------


def note(connection: Connection, key: int) -> None:
    """The case with this key changed: what the index, or `search_later`, says of it counts no more."""
    connection.execute("INSERT OR IGNORE INTO search_news (key) VALUES (?)", (key,))


_KEEP = "INSERT OR REPLACE INTO search_later (key, place, names, initials, heading, number, marks, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def keep(connection: Connection, entries: Iterable[Entry]) -> None:
    """Make cases findable at once by these entries, in place of what was there."""
    rows = [(key_of(one.place), *one) for one in entries]
    connection.executemany("DELETE FROM search_news WHERE key = ?", [row[:1] for row in rows])
    connection.executemany(_KEEP, rows)


def file(connection: Connection, entries: Iterable[Entry]) -> None:
    """Write entries into the index, and take their cases out of what is read beside it."""
    rows = list(entries)
    keys = [(key_of(one.place),) for one in rows]
    stale = [(one.place,) for one in rows]
    stale += [(place,) for key in keys for place in _left_places(connection, *key)]
    connection.executemany("DELETE FROM search WHERE rowid = ?", stale)
    connection.executemany("INSERT INTO search (rowid, text) VALUES (?, ?)", [(one.place, tokens(one)) for one in rows])
    for table in ("search_moved", "search_news", "search_later"):
        connection.executemany(f"DELETE FROM {table} WHERE key = ?", keys)  # noqa: S608 -- constants


COUNTED = "search_later WHERE NOT EXISTS (SELECT 1 FROM search_news WHERE search_news.key = search_later.key)"
"""What imports left and no later save has made untrue."""


def _left_places(connection: Connection, key: int) -> Iterator[int]:
    """Where the case stood before the day of its registration was corrected (a trigger notes it)."""
    for (day,) in connection.execute("SELECT day FROM search_moved WHERE key = ?", (key,)).fetchall():
        yield place_of(date.fromisoformat(day), key)
