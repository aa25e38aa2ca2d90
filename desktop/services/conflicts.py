"""待核对: what two offices wrote into one field while neither knew of the other, and how a person settles it.

Nothing is decided by the program: it shows the versions side by side and recommends one, with its reason in words.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from desktop.domain.case import Case
from desktop.domain.course import require_legal
from desktop.domain.labels import ENTITIES, FIELDS, label
from desktop.domain.refused import Refused
from desktop.services import access
from desktop.services.desk import Desk
from desktop.services.field_words import editable, in_words, is_long, is_typed, options, parse, written_at
from desktop.services.past import NAMES, short
from desktop.services.stations import Stations
from desktop.store import casebook, fold, settling
from desktop.store.change import Field, Value
from desktop.store.fields import ASSIGNED
from desktop.store.fold import State
from desktop.store.history import History, edits_of
from desktop.store.settling import InDoubt


class Written(NamedTuple):
    """Who wrote a value: the office, its operator, and when by the clock of that computer (ISO text)."""

    office: str
    operator: str
    at: str


class Version(NamedTuple):
    """One of the values that stand side by side: in words, as it is stored, as a text to go on from, and who wrote it."""

    text: str
    value: Value
    editable: str
    written: tuple[Written, ...]


class Conflict(NamedTuple):
    """A field with several versions until a person settles it; the shown one comes first.

    `code` names the field for programs (`place`, `party.<id>.phone`). `recommended` is the place of a version in the list and `reason` why.
    `typed`: a text of one's own may be given; `options` are the only texts then, where there are any; `long`: it may have several lines.
    `stand` tells whether anything came in since this was read.
    """

    field: Field
    code: str
    label: str
    versions: tuple[Version, ...]
    recommended: int
    reason: str
    typed: bool
    options: tuple[str, ...]
    long: bool
    stand: frozenset[bytes]


class ChangedMeanwhile(Refused):
    """Something came in after the versions were shown."""

    def __init__(self) -> None:
        super().__init__("刚刚又收到了新的填法，还没有核对，请看过最新的内容再选。")


class NoSuchVersion(Refused):
    """There are fewer versions."""

    def __init__(self, count: int) -> None:
        super().__init__(f"没有这一种填法，请在1到{count}之间选择。")


class UnknownField(Refused):
    """The case has no such field in 待核对."""

    def __init__(self, name: str, found: Sequence[Conflict]) -> None:
        there = "、".join(f"“{one.label}”（{one.code}）" for one in found)
        rest = f"待核对的有{there}，请选其中一项" if there else "这件纠纷没有待核对的内容，不用处理"
        super().__init__(f"“{name}”不在待核对之列，{rest}。")


def cases_in_doubt(desk: Desk) -> list[InDoubt]:
    """The cases in 待核对 that this office may settle, newest first: id, number, title, how many fields."""
    return [one for one in settling.in_doubt(desk.database) if access.may_write(desk, one.id)]


def conflicts(desk: Desk, case_id: str) -> list[Conflict]:
    """The fields of the case that a person must settle, in the order of the case page. Raises `UnknownCase`."""
    state = casebook.state_of(desk.database, case_id)
    doubts = fold.conflicts(state)
    if not doubts:
        return []
    reader = _Reader(desk, case_id, state)
    return [reader.conflict(field) for field in sorted(doubts, key=reader.place)]


def named(found: Sequence[Conflict], name: str) -> Conflict:
    """The one of these conflicts with this code, label, or number in the list. Raises `UnknownField`."""
    for number, one in enumerate(found, 1):
        if name.strip() in (one.code, one.label, str(number)):
            return one
    raise UnknownField(name, found)


def settle(desk: Desk, case_id: str, conflict: Conflict, answer: int | str) -> Case:
    """Settle one field: take the version at this place of the list, or a text of one's own.

    Raises `NoSuchVersion`, `OnlyChoice`, `NotReadable`, `ChangedMeanwhile`, `NothingInDoubt`, and as a save does
    `IllegalStep` and `NotOurs`.
    """
    return _settled(desk, case_id, [(conflict, _answered(desk, conflict, answer))])


def settle_as_recommended(desk: Desk, case_id: str, found: Sequence[Conflict]) -> Case:
    """Settle all of these fields in one change, each by its recommended version. Raises as `settle`."""
    return _settled(desk, case_id, [(one, one.versions[one.recommended].value) for one in found])


def _answered(desk: Desk, conflict: Conflict, answer: int | str) -> Value:
    if isinstance(answer, str):
        return parse(conflict.field, answer, desk.today())
    if not 0 <= answer < len(conflict.versions):
        raise NoSuchVersion(len(conflict.versions))
    return conflict.versions[answer].value


def _settled(desk: Desk, case_id: str, answers: Sequence[tuple[Conflict, Value]]) -> Case:
    """Write the answers. What an entry that is taken out leaves open is closed with it: nobody can see it any more."""
    with desk.database.atomic():
        access.require(desk, case_id)
        state = casebook.state_of(desk.database, case_id)
        if any(_stand(state, one.field) != one.stand for one, _ in answers):
            raise ChangedMeanwhile if any(one.field in fold.conflicts(state) for one, _ in answers) else settling.NothingInDoubt
        values = {one.field: value for one, value in answers}
        before = casebook.load(desk.database, case_id)
        after = settling.settle_all(desk.database, case_id, _closed(state, values) | values, desk.author())
        require_legal(before, after)
        return after


def _closed(state: State, values: Mapping[Field, Value]) -> dict[Field, Value]:
    gone = {field[:2] for field, value in values.items() if field[2] == "removed" and value}
    return {field: writes[0].value for field, writes in fold.conflicts(state).items() if field[:2] in gone}


def _stand(state: State, field: Field) -> frozenset[bytes]:
    """The changes that make up what is in doubt; whether an entry stays is a question about all that is written in it."""
    if field[2] != "removed":
        return frozenset(write.change for write in state.get(field, ()))
    return frozenset(write.change for other, writes in state.items() if other[:2] == field[:2] for write in writes)


class _Reader:
    """Reads the conflicts of one case."""

    def __init__(self, desk: Desk, case_id: str, state: State) -> None:
        self._desk, self._state = desk, state
        self._shown = fold.shown(state)
        self._history: History = casebook.history(desk.database, case_id)
        self._stations = Stations(desk)

    def place(self, field: Field) -> tuple[int, int, str, bool, int, str]:
        """Where the field stands on the case page."""
        entity, key, name = field
        names = list(FIELDS[entity])
        row = names.index(name) if name in names else len(names)
        return list(ENTITIES).index(entity), self._shown.get((entity, key, "position")) or 0, key, name != "removed", row, name

    def conflict(self, field: Field) -> Conflict:
        """The conflict about the field."""
        versions, changes = self._versions(field)
        recommended, reason = self._recommended(field, versions, changes)
        entity, key, name = field
        code = ".".join(part for part in (entity if entity != "case" else "", key, name) if part)
        open_to = is_typed(field), options(field), is_typed(field) and is_long(field)
        return Conflict(field, code, self._label(field), versions, recommended, reason, *open_to, _stand(self._state, field))

    def _versions(self, field: Field) -> tuple[tuple[Version, ...], list[list[bytes]]]:
        """The different values, and for each the changes that wrote it: who wrote the same agrees."""
        grouped: dict[bytes, tuple[Value, list[bytes]]] = {}
        for write in self._state[field]:
            grouped.setdefault(msgspec.msgpack.encode(write.value), (write.value, []))[1].append(write.change)
        made = [
            Version(self._text(field, value, changes), value, editable(field, value) if is_typed(field) else "", self._authors(changes))
            for value, changes in grouped.values()
        ]
        return tuple(made), [changes for _, changes in grouped.values()]

    def _authors(self, changes: Sequence[bytes]) -> tuple[Written, ...]:
        """Who wrote it, each once, the office not twice where its operator gave no name; the newest time of each."""
        found: dict[tuple[str, str], str] = {}
        for change in sorted((self._history.changes[identifier] for identifier in changes), key=lambda one: written_at(one.at)):
            office = self._stations.wrote(change.device)
            found[office, "" if change.operator == office else change.operator] = change.at
        return tuple(Written(*who, at) for who, at in found.items())

    def _text(self, field: Field, value: Value, changes: Sequence[bytes]) -> str:
        entity, key, name = field
        if name == "removed" and not value:
            return self._kept(entity, key, changes)
        if name.startswith(ASSIGNED):
            return "请它协办" if value else "不请它协办"
        if name == "position":
            return f"第{1 + sum(1 for other in self._siblings(entity, key, 'position') if other < (value or 0))}位"
        if value and ((entity, name) == ("case", "owner") or (entity, name) == ("handover", "to")):
            return self._stations.name(str(value))
        if value and (entity, name) == ("case", "same_as"):
            return self._case(str(value))
        return in_words(name, value)

    def _kept(self, entity: str, key: str, changes: Sequence[bytes]) -> str:
        """`保留（改了联系方式、住址）`: what was written in the entry that others took out."""
        edits = [field for one in changes for field in edits_of(self._history.changes[one])]
        named = dict.fromkeys(FIELDS[entity].get(name, "") for kind, other, name in edits if (kind, other) == (entity, key))
        written = "、".join(name for name in named if name)
        return f"保留（填写了{written}）" if written else "保留"

    def _case(self, case_id: str) -> str:
        try:
            other = casebook.load(self._desk.database, case_id)
        except casebook.UnknownCase:
            return f"不在本机的纠纷（{case_id[:8]}）"
        return f"{other.number or ''} {other.title}".strip()

    def _label(self, field: Field) -> str:
        """The words for a field, with the name of the one of several entries that it belongs to: `当事人“张三”的联系方式`."""
        entity, key, name = field
        if name.startswith(ASSIGNED):
            return f"{label(entity, name)}“{self._stations.name(name.removeprefix(ASSIGNED))}”"
        who = self._shown.get((entity, key, NAMES.get(entity, "")))
        if not isinstance(who, str) or not who:
            return label(entity, name).replace("的是否保留", "是否保留")
        several = who in self._siblings(entity, key, NAMES[entity])
        rank = 1 + sum(1 for other in self._siblings(entity, key, "position") if other < (self._shown.get((entity, key, "position")) or 0))
        called = f"{ENTITIES[entity]}“{short(who)}”" + (f"（第{rank}项）" if several else "")
        return label(entity, name).replace(ENTITIES[entity], called, 1).replace("的是否保留", "是否保留")

    def _siblings(self, entity: str, key: str, name: str) -> list[Value]:
        """What the other entries of the list have in the field; without those that were taken out."""
        others = {other for kind, other, _ in self._shown if kind == entity and other != key}
        return [
            self._shown.get((entity, other, name)) or (0 if name == "position" else "")
            for other in others
            if not self._shown.get((entity, other, "removed"))
        ]

    def _recommended(self, field: Field, versions: Sequence[Version], changes: Sequence[Sequence[bytes]]) -> tuple[int, str]:
        """The place of the version to take, and why: rule after rule leaves fewer, until one is left."""
        if field[2] == "removed":
            return next(place for place, one in enumerate(versions) if not one.value), "有人删去时另有人还在填写，先保留就不会丢失内容"
        left, reasons = list(range(len(versions))), list[str]()
        for reason, holds in self._rules(field, versions, changes):
            fewer = [place for place in left if holds(place)]
            if 0 < len(fewer) < len(left):
                left, reasons = fewer, [*reasons, reason]
            if len(left) == 1:
                return left[0], "；".join(reasons)
        times = [max(written_at(one.at) for one in version.written) for version in versions]
        newest = [place for place in left if times[place] == max(times[other] for other in left)]
        if len(newest) < len(left):
            return newest[0], "；".join([*reasons, "按各自电脑的时间是较晚保存的，时间可能不准，请留意"])
        return newest[0], "；".join([*reasons, "各种填法分不出先后，先取现在显示的这种"])

    def _rules(self, field: Field, versions: Sequence[Version], changes: Sequence[Sequence[bytes]]) -> list["_Rule"]:
        """No rule asks who has the case where just that is the question."""
        owner = self._shown.get(("case", "", "owner"))
        filled: _Rule = ("另一种是空的", lambda place: bool(versions[place].value) or versions[place].value is False)
        if not owner or fold.decides_audience(field):
            return [filled]

        def wrote(place: int) -> bool:
            return any(self._stations.of(self._history.changes[one].device) == owner for one in changes[place])

        return [(f"这是承办单位{self._stations.name(str(owner))}填写的", wrote), filled]


_Rule = tuple[str, Callable[[int], bool]]
