"""A case as field writes, and field writes as a case (protocol, section 1: entities and their fields).

The case itself and what it has once, such as its agreement, have an empty entity id. Parties, sessions, clauses and the other entries of
lists have ids of their own, a `position` that orders them, and `removed` when they were taken out.
"""

import secrets
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from desktop.domain.agreement import Agreement, Clause, Obligation, Outcome
from desktop.domain.attachment import Attachment, Seal
from desktop.domain.case import Case
from desktop.domain.course_records import Assessment, Commission, Conclusion, Fulfilment, Intake, Plan, Reopening, Routing, Support
from desktop.domain.dossier import Confirmation, Extension, Filing
from desktop.domain.handover import Handover
from desktop.domain.letter import Letter, LetterMove
from desktop.domain.party import Party
from desktop.domain.session import Session
from desktop.domain.visit import Visit
from desktop.store.change import Edits, Field, Value

SINGLE: dict[str, type[msgspec.Struct]] = {
    "case": Case,
    "agreement": Agreement,
    "outcome": Outcome,
    "extension": Extension,
    "confirmation": Confirmation,
    "filing": Filing,
    "handover": Handover,
    "intake": Intake,
    "commission": Commission,
    "plan": Plan,
    "conclusion": Conclusion,
}
LISTS: dict[str, tuple[str, str, type[msgspec.Struct]]] = {
    "party": ("case", "parties", Party),
    "session": ("case", "sessions", Session),
    "letter": ("case", "letters", Letter),
    "visit": ("case", "visits", Visit),
    "attachment": ("case", "attachments", Attachment),
    "seal": ("case", "seals", Seal),
    "assessment": ("case", "assessments", Assessment),
    "routing": ("case", "routings", Routing),
    "support": ("case", "supports", Support),
    "fulfilment": ("case", "fulfilments", Fulfilment),
    "reopening": ("case", "reopenings", Reopening),
    "move": ("case", "moves", LetterMove),
    "clause": ("agreement", "clauses", Clause),
    "obligation": ("agreement", "obligations", Obligation),
}
"""entity: (the entity that holds the list, the list's name, the type of its entries)."""

ASSIGNED = "assigned:"
"""Prefix of the case's fields that name the stations which were asked to help; the rest of the name is the station's id."""

_ONCE = tuple(name for name in SINGLE if name not in ("case", "agreement"))
"""Entities that are one value of the case and hold no list."""

_NOT_WRITTEN = frozenset({"id", "seen", "assigned", "agreement", *_ONCE, *(name for _, name, _ in LISTS.values())})
_STEP = 1000


@cache
def _fields(struct: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """The type's fields; asking msgspec each time costs more than a whole save."""
    return msgspec.structs.fields(struct)


@cache
def _kept(struct: type[msgspec.Struct]) -> tuple[tuple[str, Any], ...]:
    """The names of the type's fields that are written one by one, with their defaults (UNSET: it has none)."""
    found = ((field.name, field.default) for field in _fields(struct) if field.name not in _NOT_WRITTEN)
    return tuple((name, msgspec.UNSET if default is msgspec.NODEFAULT else default) for name, default in found)


def new_id() -> str:
    """A UUIDv7 as 32 hex digits: sorts by the time of its making, and is made without asking anybody (RFC 9562)."""
    stamp = int(time.time() * 1000) << 80
    return f"{stamp | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62):032x}"


def identified(case: Case) -> Case:
    """The case with an id for itself and an id and a position for every entry of its lists."""
    agreement = case.agreement and msgspec.structs.replace(
        case.agreement, clauses=_placed(case.agreement.clauses), obligations=_placed(case.agreement.obligations)
    )
    placed = {name: _placed(getattr(case, name)) for holder, name, _ in LISTS.values() if holder == "case"}
    return msgspec.structs.replace(case, id=case.id or new_id(), agreement=agreement, **placed)


def _placed(entries: tuple[Any, ...]) -> tuple[Any, ...]:
    """The entries with ids, and with positions that rise; a position that already fits is kept, so that little is written."""
    if not entries:
        return entries
    placed, last = [], 0
    for entry in entries:
        position = entry.position if entry.position > last else last + _STEP
        is_placed = entry.id and entry.position == position
        placed.append(entry if is_placed else msgspec.structs.replace(entry, id=entry.id or new_id(), position=position))
        last = position
    return tuple(placed)


def edits_between(before: Case | None, after: Case) -> Edits:
    """The field writes that lead from one value of a case to another; both with ids. None: the case is new."""
    edits: Edits = {}
    for name, struct in SINGLE.items():
        old, new = _single(before, name), _single(after, name)
        if old is not new:
            edits |= _entry_edits((name, ""), struct, old, new, is_first=before is None)
    for name, (_, _, struct) in LISTS.items():
        olds, news = _entries(before, name), _entries(after, name)
        if olds != news:
            edits |= _list_edits(name, struct, olds, news)
    for station in {*(before.assigned if before else ()), *after.assigned}:
        is_now, was = station in after.assigned, bool(before and station in before.assigned)
        if is_now != was:
            edits["case", "", ASSIGNED + station] = station if is_now else None
    return edits


def _single(case: Case | None, entity: str) -> Any:
    return case if case is None or entity == "case" else getattr(case, entity)


def _entries(case: Case | None, entity: str) -> tuple[Any, ...]:
    holder, name, _ = LISTS[entity]
    owner = _single(case, holder)
    return getattr(owner, name) if owner is not None else ()


def _entry_edits(place: tuple[str, str], struct: type[msgspec.Struct], old: Any, new: Any, *, is_first: bool = True) -> Edits:
    """Writes of the fields that differ; a new entry writes what is not the default, one that is gone writes `removed`.

    Where the place may have had an entry before (`is_first` false), a new one writes everything, so that nothing of the old comes back.
    """
    if old == new:
        return {}
    if new is None:
        return {(*place, "removed"): True}
    edits: Edits = {} if old is not None or place[0] == "case" else {(*place, "removed"): False}
    for name, default in _kept(struct):
        value = getattr(new, name)
        former = getattr(old, name) if old is not None else default if is_first else msgspec.UNSET
        if value is not former and value != former:
            edits[*place, name] = msgspec.to_builtins(value)
    return edits


def _list_edits(entity: str, struct: type[msgspec.Struct], olds: tuple[Any, ...], news: tuple[Any, ...]) -> Edits:
    edits: Edits = {}
    before, after = {entry.id: entry for entry in olds}, {entry.id: entry for entry in news}
    for key in {**before, **after}:
        edits |= _entry_edits((entity, key), struct, before.get(key), after.get(key))
    return edits


def shown(values: Mapping[Field, Value], *, id: str, seen: tuple[str, ...]) -> Case:  # noqa: A002 -- the field's own name
    """The case that the shown values of all fields make."""
    entities: defaultdict[str, defaultdict[str, dict[str, Value]]] = defaultdict(lambda: defaultdict(dict))
    for (entity, key, name), value in values.items():
        entities[entity][key][name] = value
    parts = entities["case"][""]
    parts["assigned"] = sorted(str(parts.pop(name)) for name in list(parts) if name.startswith(ASSIGNED) and parts[name]) or ()
    lists = {entity: _listed(entities[entity], entity) for entity in LISTS if entity in entities}
    for entity, (holder, name, _) in LISTS.items():
        if holder == "case":
            parts[name] = lists.get(entity, ())
    agreement = entities["agreement"][""]
    if agreement and not agreement.get("removed"):
        held = {"clauses": lists.get("clause", ()), "obligations": lists.get("obligation", ())}
        parts["agreement"] = _known(agreement, Agreement) | held
    for entity in _ONCE:
        once = entities[entity][""]
        if once and not once.get("removed"):
            parts[entity] = _known(once, SINGLE[entity])
    return msgspec.convert(_known(parts, Case) | {"id": id, "seen": seen}, Case)


def _listed(entries: Mapping[str, dict[str, Value]], entity: str) -> list[dict[str, Value]]:
    struct = LISTS[entity][2]
    rows = sorted((values.get("position") or 0, key) for key, values in entries.items() if not values.get("removed"))
    return [_known(entries[key], struct) | {"id": key} for _, key in rows]


def _known(values: Mapping[str, Value], struct: type[msgspec.Struct]) -> dict[str, Value]:
    """The values of fields that the type has; a required one that nobody wrote gets the type's plainest value."""
    names, plainest = _shape(struct)
    return plainest | {name: value for name, value in values.items() if name in names}


@cache
def _shape(struct: type[msgspec.Struct]) -> tuple[frozenset[str], dict[str, Value]]:
    """The names of the type's fields, and the plainest values of those that are required."""
    required = [field.name for field in _fields(struct) if field.required]
    return frozenset(struct.__struct_fields__), {name: _PLAINEST[struct.__name__, name] for name in required}


_PLAINEST: dict[tuple[str, str], Value] = {
    ("Case", "type"): "其他",
    ("Case", "registered_on"): "1970-01-01",
    ("Case", "summary"): "",
    ("Case", "parties"): [],
    ("Party", "role"): "第三人",
    ("Party", "kind"): "自然人",
    ("Party", "name"): "",
    ("Session", "kind"): "调解记录",
    ("Clause", "text"): "",
    ("Letter", "kind"): "任务单",
    ("Outcome", "kind"): "稳控",
    ("Attachment", "name"): "",
    ("Attachment", "category"): "其他",
    ("Attachment", "media"): "pdf",
    ("Attachment", "pages"): 1,
    ("Attachment", "size"): 0,
    ("Attachment", "sha256"): "0" * 64,
    ("Seal", "kind"): "",
    ("Seal", "sha256"): "0" * 64,
    ("Seal", "values"): "0" * 64,
}


def are_known(edits: Sequence[tuple[str, str, str, Value]]) -> bool:
    """Whether `is_known` is true of each write; each entity's writes are looked at in one go where all is well."""
    entries: dict[tuple[str, str], dict[str, Value]] = {}
    for entity, key, name, value in edits:
        entries.setdefault((entity, key), {})[name] = value
    if all(_fit(entity, key, values) for (entity, key), values in entries.items()):
        return True
    return all(is_known((entity, key, name), value) for entity, key, name, value in edits)


def _fit(entity: str, key: str, values: dict[str, Value]) -> bool:
    struct = SINGLE.get(entity) or (LISTS[entity][2] if entity in LISTS else None)
    if struct is None or bool(key) != (entity in LISTS):
        return False
    if type(values.pop("removed", False)) is not bool:
        return False
    if not values.keys() <= _written(struct):
        return False  # stations that were asked to help are left to the slower way
    try:
        msgspec.convert(_shape(struct)[1] | values, struct)
    except msgspec.ValidationError:
        return False
    return True


@cache
def _written(struct: type[msgspec.Struct]) -> frozenset[str]:
    return frozenset(struct.__struct_fields__) - _NOT_WRITTEN


def is_known(field: Field, value: Value) -> bool:
    """Whether this program knows the field and the value has its type: what is unknown was written by a newer program."""
    entity, key, name = field
    struct = SINGLE.get(entity) or (LISTS[entity][2] if entity in LISTS else None)
    if struct is None or bool(key) != (entity in LISTS):
        return False
    if name == "removed":
        return isinstance(value, bool)
    if entity == "case" and name.startswith(ASSIGNED):
        return value is None or value == name.removeprefix(ASSIGNED)
    return _fits(struct, name, value)


def _fits(struct: type[msgspec.Struct], name: str, value: Value) -> bool:
    if name in _NOT_WRITTEN or name not in struct.__struct_fields__:
        return False
    values = _known({name: value}, struct)
    try:
        msgspec.convert(values, struct)
    except msgspec.ValidationError:
        return False
    return True
