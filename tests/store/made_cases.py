"""Cases that hypothesis makes, from the types of the domain themselves, so that no field is forgotten."""

from datetime import date, datetime
from functools import cache
from typing import Any

import msgspec
from hypothesis import strategies as st

from desktop.domain.case import Case

MOMENTS = {"started_at", "ended_at", "police_reported_at"}
PROGRAM_S_OWN = {"id", "position", "seen"}
CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXT = st.text(CHARACTERS, max_size=4)

_days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
_moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.isoformat(timespec="minutes"))  # noqa: DTZ001


MOST_FIELDS = 4
"""Fields beside the required ones that a value has: enough for any two to meet, and few enough to shrink quickly."""


@cache
def made(struct: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Values of the type with any content that it allows; without ids and positions."""
    fields = {f.name: f for f in msgspec.structs.fields(struct) if f.name not in PROGRAM_S_OWN}
    required = {name: _field(name, field.type) for name, field in fields.items() if field.required}
    others = {name: _field(name, field.type) for name, field in fields.items() if not field.required}
    names = st.lists(st.sampled_from(sorted(others) or [""]), max_size=MOST_FIELDS, unique=True)
    return names.flatmap(lambda chosen: st.builds(struct, **required, **{name: others[name] for name in chosen if name}))


def _field(name: str, kind: Any) -> st.SearchStrategy[Any]:
    if name in MOMENTS:
        return st.none() | _moments
    return _of(msgspec.inspect.type_info(kind))


def _of(info: msgspec.inspect.Type) -> st.SearchStrategy[Any]:
    match info:
        case msgspec.inspect.UnionType(types=types):
            found: st.SearchStrategy[Any] = st.one_of(*(_of(part) for part in types))
        case msgspec.inspect.LiteralType(values=values):
            found = st.sampled_from(values)
        case msgspec.inspect.VarTupleType(item_type=item):
            found = st.lists(_of(item), max_size=2).map(tuple)
        case msgspec.inspect.StructType(cls=cls):
            found = made(cls)
        case msgspec.inspect.IntType(ge=low, le=high, lt=limit):
            found = st.integers(low or 0, high if high is not None else (limit or 10**15) - 1)
        case msgspec.inspect.StrType(pattern=str() as pattern):
            length = 16 if "{32}" in pattern else 32
            found = st.binary(min_size=length, max_size=length).map(bytes.hex)
        case msgspec.inspect.StrType(min_length=least):
            found = st.text(CHARACTERS, min_size=least or 0, max_size=4)  # NFC may make three characters of one
        case _:
            found = _PLAIN[type(info)]
    return found


_PLAIN: dict[type[msgspec.inspect.Type], st.SearchStrategy[Any]] = {
    msgspec.inspect.DateType: _days,
    msgspec.inspect.BoolType: st.booleans(),
    msgspec.inspect.NoneType: st.none(),
}


def cases() -> st.SearchStrategy[Case]:
    """Any case."""
    return made(Case)
