"""What was typed over an older value of a case, laid over the value of today, field by field; and which fields two values differ in."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from desktop.domain.case import Case

OURS_ALONE = frozenset({"id", "position", "seen"})
"""What the program keeps and nobody types."""


class LaidOver(NamedTuple):
    """The case of today with what was typed; `doubtful` are the paths that were typed in and have changed meanwhile: what was typed stands.

    `moved` tells where an entry of a list of the typed case stands now, by its path: `parties[2]` → `parties[1]`.
    """

    case: Case
    doubtful: tuple[str, ...]
    moved: dict[str, str]


def laid_over(before: Case, typed: Case, today: Case) -> LaidOver:
    """Lay what was typed, which began from `before`, over `today`. A field that nobody typed in has the value of today."""
    doubtful: list[str] = []
    moved: dict[str, str] = {}
    case = _struct(before, typed, today, "", doubtful, moved)
    return LaidOver(case, tuple(doubtful), moved)


def _struct(before: Any, typed: Any, today: Any, path: str, doubtful: list[str], moved: dict[str, str]) -> Any:
    changes = {}
    for name in typed.__struct_fields__:
        old, mine, theirs = (getattr(one, name) for one in (before, typed, today))
        if name not in OURS_ALONE and mine != theirs:
            changes[name] = _field(old, mine, theirs, f"{path}.{name}" if path else name, doubtful, moved)
    return msgspec.structs.replace(today, **changes)


def _field(old: Any, mine: Any, theirs: Any, path: str, doubtful: list[str], moved: dict[str, str]) -> Any:
    if mine == old:
        return theirs
    if _is_list(old) and _is_list(mine) and _is_list(theirs) and (old or mine or theirs) and _entries(old, mine, theirs):
        return _list(old, mine, theirs, path, doubtful, moved)
    if theirs == old:
        return mine
    if all(isinstance(one, msgspec.Struct) for one in (old, mine, theirs)):
        return _struct(old, mine, theirs, path, doubtful, moved)
    doubtful.append(path)
    return mine


def _is_list(value: object) -> bool:
    return isinstance(value, tuple)


def _entries(*lists: tuple[Any, ...]) -> bool:
    """Whether these are lists of entries with ids, such as parties."""
    return all(isinstance(entry, msgspec.Struct) and hasattr(entry, "id") for one in lists for entry in one)


def _list(old: Any, mine: Any, theirs: Any, path: str, doubtful: list[str], moved: dict[str, str]) -> tuple[Any, ...]:
    """The typed entries in their order, then those that came meanwhile; one that was taken out is out, unless the other side changed it."""
    olds, there = ({entry.id: entry for entry in one} for one in (old, theirs))
    found: list[Any] = []
    for number, entry in enumerate(mine):
        base, now = olds.get(entry.id) if entry.id else None, there.get(entry.id) if entry.id else None
        place = f"{path}[{len(found)}]"
        if base is not None and now is None and entry == base:
            continue
        if base is not None and now is None:
            doubtful.append(place)
        moved[f"{path}[{number}]"] = place
        found.append(_struct(base, entry, now, place, doubtful, moved) if base is not None and now is not None else entry)
    typed = {entry.id for entry in mine}
    for entry in theirs:
        if entry.id not in typed and entry != olds.get(entry.id):
            if entry.id in olds:
                doubtful.append(f"{path}[{len(found)}]")
            found.append(entry)
    return tuple(found)


def differences(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """The paths in which two values of a case differ, such as `amount` or `parties[0].name`; a list whose entries came or went is one."""
    for name in one.__struct_fields__:
        old, new = getattr(one, name), getattr(other, name)
        if name in OURS_ALONE or old is new or old == new:
            continue
        yield from _difference(old, new, f"{path}.{name}" if path else name)


def _difference(old: Any, new: Any, path: str) -> Iterator[str]:
    if isinstance(old, msgspec.Struct) and isinstance(new, msgspec.Struct):
        yield from differences(old, new, path)
    elif _is_list(old) and _is_list(new) and len(old) == len(new) and _entries(old, new):
        for number, (before, after) in enumerate(_pairs(old, new)):
            if before != after:
                yield from differences(before, after, f"{path}[{number}]")
    else:
        yield path


def _pairs(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    return zip(old, new, strict=True)
