"""Drafts: what was typed and not yet saved, kept in the encrypted database of this computer (docs/decisions/022-drafts.md).

A draft is no change: it never leaves the computer, no list and no search knows it, and saving ends it. Other forms than a case keep
their own content under names of their own (`meeting:…`) with `keep`, `kept`, `drop`; dialogs about a case under `dialog:…`.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec

from desktop.domain.case import Case
from desktop.domain.laid_over import laid_over
from desktop.services.desk import Desk
from desktop.store import casebook, fields
from desktop.store import drafts as store

CASE = "case"
DIALOG = "dialog"
_NEW = "new-"

_STALE = timedelta(days=7)
"""After that time nobody goes on with the words of a dialog about a case that went on without them."""

Texts = Mapping[str, str]
"""Texts that cannot be used yet (half a date), by the path of their field."""


class Typed(NamedTuple):
    """What stands in a form: the case with everything that can be used, and the texts that cannot be used yet."""

    case: Case
    texts: Texts = MappingProxyType({})


class Draft(NamedTuple):
    """A draft of a case: its name, when it was kept (ISO text with zone), the case (id; empty for a new one) and the title as typed."""

    name: str
    at: str
    case: str
    title: str


class Resumed(NamedTuple):
    """A draft laid over the case of today: the case as it is stored, what stands in the form, and the paths changed on both sides."""

    draft: Draft
    before: Case
    typed: Typed
    changed_meanwhile: bool
    doubtful: tuple[str, ...]


class _Body(msgspec.Struct, frozen=True, array_like=True):
    """What is stored of a draft; `before` and `typed` are read leniently, because what was typed may be no valid case yet."""

    case: str
    title: str
    before: msgspec.Raw
    typed: msgspec.Raw
    texts: dict[str, str]


def name_of(case_id: str) -> str:
    """The name of the draft of a case; each new case has one of its own."""
    return f"{CASE}:{case_id or _NEW + fields.new_id()}"


def body(before: Case, typed: Typed) -> bytes:
    """The content of a draft; needs no database, so that any thread may make it."""
    pack = msgspec.msgpack.encode
    return pack(_Body(before.id, title(typed.case), msgspec.Raw(pack(before)), msgspec.Raw(pack(typed.case)), dict(typed.texts)))


def title(case: Case) -> str:
    """The name of a case that may be half typed: `普家顺与李文学`, or what is known of it."""
    names = "与".join(party.name for party in case.parties if party.name)
    return names or str(case.type) or case.summary[:12] or "新的纠纷"


# --- any form ---


def keep(desk: Desk, name: str, content: bytes) -> str:
    """Keep the content under the name, in the place of what was there; returns when (ISO text). Raises `DiskFull`, `DatabaseBusy`."""
    at = desk.now()
    store.put(desk.database, store.Draft(name, at, content))
    return at


def kept(desk: Desk, name: str) -> bytes | None:
    """What is kept under the name."""
    found = store.get(desk.database, name)
    return found.body if found else None


def kept_at(desk: Desk, name: str) -> str:
    """When that was kept (ISO text); empty if nothing is."""
    found = store.get(desk.database, name)
    return found.at if found else ""


def drop(desk: Desk, name: str) -> None:
    """Forget what is kept under the name."""
    store.drop(desk.database, name)


# --- dialogs ---


def dialog_name(kind: str, case_key: str, part: str = "") -> str:
    """The name of the draft of a dialog: what it asks, about which case (`key_of`), and about which part of it."""
    return f"{DIALOG}:{kind}:{case_key}{f':{part}' if part else ''}"


def key_of(name: str) -> str:
    """By what the dialogs about a case know it: the part of its draft's name that says which case it is."""
    return name.partition(":")[2]


def registered(desk: Desk, key: str, case_id: str) -> None:
    """A new case was saved: what was typed in dialogs about it is kept under its id from now on."""
    for row in store.those_of(desk.database, DIALOG):
        kind, of, part = _taken_apart(row.name)
        if of == key:
            store.put(desk.database, row._replace(name=dialog_name(kind, case_id, part)))
            store.drop(desk.database, row.name)


def tidy(desk: Desk) -> None:
    """Forget what was typed in dialogs to which nobody comes back.

    Their case is not here or was given up before it was saved; or it was saved after they were left, and a week went by since. Raises
    `DatabaseBusy`, `DiskFull`.
    """
    left = [row.name for row in store.those_of(desk.database, DIALOG) if not _is_wanted(desk, row)]
    if left:
        with desk.database.atomic():
            for name in left:
                store.drop(desk.database, name)


def _taken_apart(name: str) -> tuple[str, str, str]:
    """What the dialog asks, about which case, about which part."""
    _, kind, of, part = (*name.split(":", 3), "", "", "")[:4]
    return kind, of, part


def _is_wanted(desk: Desk, row: store.Draft) -> bool:
    key = _taken_apart(row.name)[1]
    if key.startswith(_NEW):
        return store.get(desk.database, f"{CASE}:{key}") is not None
    try:
        changes = casebook.history(desk.database, key).changes.values()
    except (casebook.UnknownCase, ValueError):  # the name of another version of the program
        return False
    kept_on = datetime.fromisoformat(row.at)
    went_on = any(datetime.fromisoformat(change.at) > kept_on for change in changes)
    return not went_on or datetime.fromisoformat(desk.now()) - kept_on < _STALE


# --- cases ---


def drafts(desk: Desk) -> list[Draft]:
    """The drafts of cases, the newest first."""
    return [_draft(row, msgspec.msgpack.decode(row.body, type=_Body)) for row in store.those_of(desk.database, CASE)]


def new_ones(desk: Desk) -> list[Draft]:
    """The drafts of cases that were never registered, the newest first."""
    return [draft for draft in drafts(desk) if not draft.case]


def cases_with_drafts(desk: Desk) -> frozenset[str]:
    """The ids of the cases that have something unsaved: the list marks them ✎."""
    return frozenset(draft.case for draft in drafts(desk) if draft.case)


def resume(desk: Desk, name: str) -> Resumed | None:
    """The draft of that name laid over its case as it stands now; None if there is none. Raises `UnknownCase`."""
    row = store.get(desk.database, name)
    if row is None:
        return None
    content = msgspec.msgpack.decode(row.body, type=_Body)
    before, typed = (_read(raw) for raw in (content.before, content.typed))
    today = casebook.load(desk.database, content.case) if content.case else before
    laid = laid_over(before, typed, today)
    texts = {_moved(path, laid.moved): text for path, text in content.texts.items()}
    return Resumed(_draft(row, content), today, Typed(laid.case, texts), today.seen != before.seen, laid.doubtful)


def _draft(row: store.Draft, content: _Body) -> Draft:
    return Draft(row.name, row.at, content.case, content.title)


def _moved(path: str, moved: Mapping[str, str]) -> str:
    """The path where the entry of the list that it begins with stands now."""
    head, bracket, rest = path.partition("]")
    return moved.get(head + bracket, head + bracket) + rest


def _read(raw: msgspec.Raw) -> Case:
    found: Case = _lenient(Case, msgspec.msgpack.decode(raw))
    return found


def _lenient(kind: Any, value: Any) -> Any:
    """The value as the type; where it does not fit (a code that was not chosen yet), as it is. Fields that are not known are left out."""
    if value is None:
        return None
    struct = _struct_in(kind)
    if struct is not None and isinstance(value, dict):
        hints = get_type_hints(struct)
        return struct(**{name: _lenient(hints[name], part) for name, part in value.items() if name in struct.__struct_fields__})
    origin, parts = get_origin(kind), get_args(kind)
    if origin is tuple and isinstance(value, list) and _struct_in(parts[0]):
        return tuple(_lenient(parts[0], part) for part in value)
    return _converted(kind, value)


def _converted(kind: Any, value: Any) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return tuple(value) if isinstance(value, list) else value


def _struct_in(kind: Any) -> type[msgspec.Struct] | None:
    """The struct that the type is, alone or beside None."""
    for part in _alternatives(kind):
        if isinstance(part, type) and issubclass(part, msgspec.Struct):
            return part
    return None


def _alternatives(kind: Any) -> Iterable[Any]:
    origin = get_origin(kind)
    if origin is Annotated:
        return _alternatives(get_args(kind)[0])
    return get_args(kind) if origin in (Union, UnionType) else (kind,)
