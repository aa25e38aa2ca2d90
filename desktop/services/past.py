"""What was done with a case, and by whom."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from desktop.domain import happened, passing_words
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


Entry = tuple[str, str]
"""Entity, and the id of the record (empty where there is but one)."""

Values = Mapping[str, Value]

_NAMED = 2
"""So many new records of one kind are named; of more their number is told."""


class Event(NamedTuple):
    """One saved action: when (ISO text, the author's clock), which office, who, and what in plain words."""

    at: str
    office: str
    operator: str
    text: str


class Known:
    """The records of a case as the changes up to one of them have left them."""

    def __init__(self) -> None:
        self._records: dict[Entry, dict[str, Value]] = {}

    def add(self, change: Change) -> None:
        """Take in what the change wrote."""
        for (entity, key, name), value in edits_of(change).items():
            self._records.setdefault((entity, key), {})[name] = value

    def record(self, entity: str, key: object = "") -> Values:
        """What is known of a record, empty if nothing is."""
        return self._records.get((entity, str(key)), {})

    def nth_mediation(self, key: str) -> int:
        """The how manyeth of the mediations it is, as far as they are known."""
        kept = [one for (entity, one), values in self._records.items() if entity == "session" and _is_mediation(values)]
        return kept.index(key) + 1 if key in kept else 1


def _is_mediation(session: Values) -> bool:
    return session.get("kind") != "调查记录" and not session.get("removed")


def timeline(desk: Desk, case_id: str) -> list[Event]:
    """What was done with the case, oldest first. Raises `UnknownCase`."""
    stations, known, events = Stations(desk), Known(), []
    for change in casebook.history(desk.database, case_id).changes.values():
        known.add(change)
        events.append(_event(change, stations, known))
    return events


def _event(change: Change, stations: Stations, known: Known) -> Event:
    """The operator of an office that gave no name is the office itself, and is not named twice."""
    office = stations.wrote(change.device)
    return Event(change.at, office, "" if change.operator == office else change.operator, describe(change, stations, known))


def describe(change: Change, stations: Stations, known: Known | None = None) -> str:
    """What a change did, in plain words: `登记纠纷`, `第1次调解，没有达成协议；修改简要情况`, `移交给青石镇综治中心（原因：…）`.

    `known` holds what the change and those before it wrote; without it no more is known than what the change says.
    """
    edits = edits_of(change)
    if not change.parents and ("case", "", "registered_on") in edits:
        return "登记纠纷"
    if known is None:
        known = Known()
        known.add(change)
    steps = passing_words.told(edits, stations.of(change.device), stations.name)
    entries: dict[Entry, dict[str, Value]] = {}
    for (entity, key, name), value in edits.items():
        if not steps or not passing_words.is_told((entity, key, name), edits):
            entries.setdefault((entity, key), {})[name] = value
    return "；".join(dict.fromkeys([*steps, *_Telling(entries, known).lines()])) or "保存"


class _Telling:
    """The lines for what one change wrote."""

    def __init__(self, entries: Mapping[Entry, Values], known: Known) -> None:
        self.entries, self.known = entries, known

    def lines(self) -> Iterator[str]:
        """A line for each record, but one for all new ones of a kind that have no words of their own, and for all that are gone."""
        listed: dict[tuple[str, str], list[str]] = {}
        for (entity, key), values in sorted(self.entries.items(), key=_place):
            removed = values.get("removed")
            teller = None if removed else _TELLERS.get(entity)
            told = teller(self, key, values) if teller else None
            if told is not None:
                yield from told
            elif removed is None:
                yield from self._changed(entity, values)
            elif not (entity == "conclusion" and self.values("reopening")):
                listed.setdefault(("删去" if removed else "新增", entity), []).append(key)
        for (what, entity), keys in listed.items():
            yield f"{what}{ENTITIES[entity]}{self._names(entity, keys)}"

    def values(self, entity: str) -> list[Values]:
        """What the change wrote of each record of the kind."""
        return [values for (one, _), values in self.entries.items() if one == entity]

    def _names(self, entity: str, keys: list[str]) -> str:
        """The first records in the order of their list by name, and how many they are if there are more."""
        found = sorted((self.known.record(entity, key) for key in keys), key=lambda one: int(one.get("position") or 0))
        named = [one.get(NAMES.get(entity, "")) for one in found]
        names = list(dict.fromkeys(f"“{short(str(name))}”" for name in named if name))[:_NAMED]
        return f"{''.join(names)}{f'等{len(keys)}项' if len(keys) > max(len(names), 1) else ''}"

    def _changed(self, entity: str, values: Values) -> Iterator[str]:
        if names := [name for name in values if name != "position"]:
            yield "修改" + "、".join(dict.fromkeys(label(entity, name) for name in names))


def _place(entry: tuple[Entry, Values]) -> tuple[int, bool]:
    """What has words of its own comes in the order of the course, everything else after it; a letter is issued after what led to it."""
    (entity, _), values = entry
    return list(_TELLERS).index(entity) if entity in _TELLERS else len(_TELLERS), values.get("kind") == "签发"


_Teller = Callable[[_Telling, str, Values], list[str] | None]
"""The lines for a record of which the change wrote these values; None: it is told as any other is."""


def _new(entity: str, words: Callable[[Values], str]) -> _Teller:
    """Told when it is new."""
    return lambda telling, key, values: [words(telling.known.record(entity, key))] if values.get("removed") is False else None


def _once(entity: str, field: str, words: Callable[[Values], str], otherwise: _Teller | None = None) -> _Teller:
    """Told when the field is set."""

    def tell(telling: _Telling, key: str, values: Values) -> list[str] | None:
        if values.get(field):
            return [words(telling.known.record(entity, key))]
        return otherwise(telling, key, values) if otherwise else None

    return tell


def _case(telling: _Telling, _: str, values: Values) -> list[str]:
    """Fields of the case that are steps by themselves, then the others but those that a record of the same change tells."""
    found = ["并入另一件纠纷" if values["same_as"] else "取消合并"] if "same_as" in values else []
    steps = {name: words for name, words in _STEPS.items() if values.get(name)}
    silent = {"same_as", *steps, *(name for entity, names in _SAID_BY.items() if telling.values(entity) for name in names)}
    others = [label("case", name) for name in values if name not in silent]
    return [*found, *steps.values(), *(["修改" + "、".join(dict.fromkeys(others))] if others else [])]


_STEPS = {"closed_on": "归档", "police_reported_at": "向公安机关报告", "informed_on": "告知当事人权利和义务"}
_SAID_BY = {"assessment": ("risk", "risk_factors"), "routing": ("level",), "reopening": ("closed_on",)}
"""Fields of the case that follow a new record."""


def _session(telling: _Telling, key: str, values: Values) -> list[str] | None:
    if values.get("removed") is not False and not values.get("result"):
        return None
    return [happened.met(telling.known.record("session", key), telling.known.nth_mediation(key))]


def _outcome(telling: _Telling, _: str, values: Values) -> list[str] | None:
    """The decision at intake and the transfer say themselves how it ended."""
    if not values.get("kind"):
        return None
    decided = values["kind"] == "不予受理" and any(one.get("decision") for one in telling.values("intake"))
    passed_on = values["kind"] == "移送" and any(one.get("kind") == "移送" for one in telling.values("routing"))
    return [] if decided or passed_on else [happened.ended(telling.known.record("outcome"))]


def _fulfilment(telling: _Telling, key: str, values: Values) -> list[str] | None:
    if values.get("removed") is not False:
        return None
    done = telling.known.record("fulfilment", key)
    return [happened.performed(done, telling.known.record("obligation", done.get("obligation")))]


def _letter(telling: _Telling, key: str, values: Values) -> list[str] | None:
    """A letter of which the same change tells a step is not told besides."""
    if any(one.get("letter") == key for one in telling.values("move")):
        return []
    letter = telling.known.record("letter", key)
    if values.get("number"):
        return [happened.moved({"kind": "签发"}, letter)]
    return [happened.drafted(letter)] if _is_new(values) else None


def _move(telling: _Telling, key: str, values: Values) -> list[str] | None:
    move = telling.known.record("move", key)
    letter = telling.known.record("letter", move.get("letter"))
    if not _is_new(values):
        return None
    written = [one for (entity, place), one in telling.entries.items() if entity == "letter" and place == move.get("letter")]
    is_new = any(_is_new(one) for one in written)
    return [happened.came(letter) if move.get("kind") == "签收" and is_new else happened.moved(move, letter)]


def _is_new(values: Values) -> bool:
    return values.get("removed") is False


_TELLERS: dict[str, _Teller] = {
    "case": _case,
    "intake": _once("intake", "decision", happened.decided),
    "commission": _once("commission", "returned_on", happened.returned, _new("commission", happened.commissioned)),
    "assessment": _new("assessment", happened.assessed),
    "routing": _once("routing", "answered_on", happened.answered, _new("routing", happened.routed)),
    "plan": _new("plan", happened.planned),
    "support": _once("support", "result", happened.helped, _new("support", happened.supported)),
    "session": _session,
    "agreement": _once("agreement", "signed_on", happened.agreed, _new("agreement", lambda _: "起草调解协议")),
    "outcome": _outcome,
    "fulfilment": _fulfilment,
    "visit": _new("visit", happened.visited),
    "confirmation": _once("confirmation", "result", happened.confirmed, _once("confirmation", "applied_on", happened.confirmed)),
    "extension": _once("extension", "until", happened.extended),
    "filing": _new("filing", lambda _: "立卷"),
    "conclusion": _once("conclusion", "on", happened.concluded),
    "reopening": _new("reopening", happened.reopened),
    "letter": _letter,
    "move": _move,
    "seal": _new("seal", lambda seal: f"{seal.get('kind')}定稿"),
}


def short(text: str, limit: int = 12) -> str:
    """The beginning of a text, for naming something by it."""
    return text if len(text) <= limit else text[:limit] + "…"
