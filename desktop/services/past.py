"""What was done with a case, by whom, and where two offices wrote different things (待核对)."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from desktop.domain.labels import ENTITIES, label
from desktop.domain.money import format_yuan
from desktop.exchange import directory as directories
from desktop.exchange import keys
from desktop.exchange.directory import Directory
from desktop.services.desk import Desk
from desktop.store import casebook, fold
from desktop.store.change import Change, Value
from desktop.store.history import edits_of

_NAMES = {
    "party": "name",
    "session": "kind",
    "clause": "text",
    "obligation": "payer",
    "letter": "kind",
    "visit": "party",
    "outcome": "kind",
    "attachment": "name",
    "seal": "kind",
}


class Event(NamedTuple):
    """One saved action: when (ISO text, the author's clock), which office, who, and what in plain words."""

    at: str
    office: str
    operator: str
    text: str


class Version(NamedTuple):
    """One of several values that stand side by side, with its author."""

    text: str
    office: str
    operator: str
    at: str


class Conflict(NamedTuple):
    """待核对: a field of which several values stand until a person settles it; the shown one first."""

    label: str
    versions: list[Version]


def timeline(desk: Desk, case_id: str) -> list[Event]:
    """What was done with the case, oldest first. Raises `UnknownCase`."""
    offices = _Offices(desk)
    return [_event(change, offices.name(change.device)) for change in casebook.history(desk.database, case_id).changes.values()]


def _event(change: Change, office: str) -> Event:
    """The operator of an office that gave no name is the office itself, and is not named twice."""
    return Event(change.at, office, "" if change.operator == office else change.operator, describe(change))


def conflicts(desk: Desk, case_id: str) -> list[Conflict]:
    """The fields of the case that a person must settle. Raises `UnknownCase`."""
    offices = _Offices(desk)
    history = casebook.history(desk.database, case_id).changes
    state = casebook.state_of(desk.database, case_id)
    names = fold.shown(state)
    return [
        Conflict(
            _label(entity, name, names.get((entity, key, _NAMES.get(entity, "")))),
            [_version(offices, history[write.change], write.value, name) for write in writes],
        )
        for (entity, key, name), writes in fold.conflicts(state).items()
    ]


def _label(entity: str, name: str, who: Value) -> str:
    """The words for a field, with the name of the one of several entries that it belongs to: `当事人“张三”的联系方式`."""
    words = label(entity, name)
    return words.replace(ENTITIES[entity], f"{ENTITIES[entity]}“{_short(who)}”", 1) if isinstance(who, str) and who else words


def _version(offices: "_Offices", change: Change, value: Value, name: str) -> Version:
    is_station = isinstance(value, str) and (name == "owner" or name.startswith("assigned:"))
    text = offices.station(str(value)) if is_station else in_words(name, value)
    return Version(text, offices.name(change.device), change.operator, change.at)


class _Offices:
    """Names of the offices that devices belong to."""

    def __init__(self, desk: Desk) -> None:
        self._own = keys.public(desk.keys).device
        self._office = desk.office.name
        self._directory: Directory | None = directories.newest(desk.database)

    def name(self, device: bytes) -> str:
        if device == self._own:
            return self._office
        known = self._directory.device(device) if self._directory else None
        return self.station(known.station) if known else "不明单位"

    def station(self, identifier: str) -> str:
        """The name of the station with this id."""
        station = self._directory.station(identifier) if self._directory else None
        return station.name if station else "不明单位"


def in_words(name: str, value: Value) -> str:
    """A field's value as a person reads it."""
    if value is None or value in ("", []):
        return "（空）"
    if isinstance(value, bool):
        return ("删去" if value else "保留") if name == "removed" else ("是" if value else "否")
    if name == "amount" and isinstance(value, int):
        return f"{format_yuan(value)}元"
    if isinstance(value, list):
        return "；".join(in_words("", part) for part in value)
    if isinstance(value, dict):
        return "，".join(in_words("", part) for part in value.values())
    return _DAY.sub(r"\1年\2月\3日\4", value) if isinstance(value, str) else str(value)


_DAY = re.compile(r"^([0-9]{4})-0?([0-9]{1,2})-0?([0-9]{1,2})(?:T([0-9]{2}:[0-9]{2}))?$")
"""A whole value that is an ISO date or moment."""


def describe(change: Change) -> str:
    """What a change did, in plain words: `登记纠纷`, `新增当事人“张三”；修改简要情况`."""
    if not change.parents:
        return "登记纠纷"
    entities: dict[tuple[str, str], dict[str, Value]] = {}
    for (entity, key, name), value in edits_of(change).items():
        entities.setdefault((entity, key), {})[name] = value
    return "；".join(_described(entities)) or "保存"


def _described(entities: Mapping[tuple[str, str], Mapping[str, Value]]) -> Iterator[str]:
    for (entity, _), values in entities.items():
        named = values.get(_NAMES.get(entity, ""))
        who = f"“{_short(str(named))}”" if named else ""
        if values.get("removed") is True:
            yield f"删去{ENTITIES[entity]}"
        elif values.get("removed") is False:
            yield f"新增{ENTITIES[entity]}{who}"
        elif set(values) != {"position"}:
            yield "修改" + "、".join(dict.fromkeys(label(entity, name) for name in values if name != "position"))


def _short(text: str, limit: int = 12) -> str:
    return text if len(text) <= limit else text[:limit] + "…"
