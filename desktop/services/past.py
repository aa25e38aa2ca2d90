"""What was done with a case, and by whom."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from desktop.domain import passing_words
from desktop.domain.labels import ENTITIES, label
from desktop.services.desk import Desk
from desktop.services.stations import Stations
from desktop.store import casebook
from desktop.store.change import Change, Value
from desktop.store.history import edits_of

NAMES = {
    "party": "name",
    "session": "kind",
    "clause": "text",
    "obligation": "payer",
    "letter": "kind",
    "visit": "party",
    "outcome": "kind",
    "attachment": "name",
    "seal": "kind",
    "intake": "decision",
    "assessment": "risk",
    "routing": "kind",
    "support": "kind",
    "reopening": "reason",
    "move": "kind",
}
"""The field by which an entry of a list is named."""


class Event(NamedTuple):
    """One saved action: when (ISO text, the author's clock), which office, who, and what in plain words."""

    at: str
    office: str
    operator: str
    text: str


def timeline(desk: Desk, case_id: str) -> list[Event]:
    """What was done with the case, oldest first. Raises `UnknownCase`."""
    stations = Stations(desk)
    return [_event(change, stations) for change in casebook.history(desk.database, case_id).changes.values()]


def _event(change: Change, stations: Stations) -> Event:
    """The operator of an office that gave no name is the office itself, and is not named twice."""
    office = stations.wrote(change.device)
    return Event(change.at, office, "" if change.operator == office else change.operator, describe(change, stations))


def describe(change: Change, stations: Stations) -> str:
    """What a change did, in plain words: `登记纠纷`, `新增当事人“张三”；修改简要情况`, `移交给青石镇综治中心（原因：…）`."""
    edits = edits_of(change)
    if not change.parents and ("case", "", "registered_on") in edits:
        return "登记纠纷"
    steps = passing_words.told(edits, stations.of(change.device), stations.name)
    entities: dict[tuple[str, str], dict[str, Value]] = {}
    for (entity, key, name), value in edits.items():
        if not steps or not passing_words.is_told((entity, key, name), edits):
            entities.setdefault((entity, key), {})[name] = value
    return "；".join([*steps, *_described(entities)]) or "保存"


def _described(entities: Mapping[tuple[str, str], Mapping[str, Value]]) -> Iterator[str]:
    for (entity, _), values in entities.items():
        named = values.get(NAMES.get(entity, ""))
        who = f"“{short(str(named))}”" if named else ""
        if values.get("removed") is True:
            yield f"删去{ENTITIES[entity]}"
            continue
        if values.get("removed") is False:
            yield f"新增{ENTITIES[entity]}{who}"
            continue
        if "same_as" in values:
            yield "并入另一件纠纷" if values["same_as"] else "取消合并"
        if names := [name for name in values if name not in ("position", "same_as")]:
            yield "修改" + "、".join(dict.fromkeys(label(entity, name) for name in names))


def short(text: str, limit: int = 12) -> str:
    """The beginning of a text, for naming something by it."""
    return text if len(text) <= limit else text[:limit] + "…"
