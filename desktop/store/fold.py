"""The fold of one case: its surviving writes, kept packed beside the ordinary tables (protocol, section 1).

The state is a cache: `from_history` makes it from the changes alone, `extended` gives the same for a change that saw everything.
"""

import msgspec

from desktop.store.change import Change, Edits, Field, Value
from desktop.store.fields import ASSIGNED
from desktop.store.history import History, Survivors, Write

State = Survivors
"""For each field its surviving writes, the shown one first."""

Entity = tuple[str, str]
"""(entity, entity id): the state is kept packed by entity, so that a save touches little."""

_decoder = msgspec.msgpack.Decoder(tuple[list[bytes], list[tuple[str, list[tuple[int, Value]]]]])


def from_history(history: History) -> State:
    """The state that a set of changes makes."""
    state = history.survivors()
    for (entity, key, name), writes in list(state.items()):
        if name == "removed" and any(write.value for write in writes):
            state[entity, key, name] = _unseen_edits(history, state, (entity, key)) + writes
    return state


def _unseen_edits(history: History, state: State, place: tuple[str, str]) -> list[Write]:
    """What was taken out while somebody else was writing in it is shown, and stands in 待核对: as if that writer had put it back."""
    removals = [write.change for write in state[(*place, "removed")] if write.value]
    edits = [identifier for identifier, change in history.changes.items() if _edits_in(change, place)]
    return [Write(edit, False) for edit in sorted(edits) if any(history.concurrent(edit, removal) for removal in removals)]


def _edits_in(change: Change, place: tuple[str, str]) -> bool:
    """Replaced writes count too: whoever saw the entry standing in doubt and wrote on did not agree to its removal."""
    return any((entity, key) == place and name != "removed" for entity, key, name, _ in change.edits)


def extended(state: State, change: bytes, edits: Edits) -> State:
    """The state after a change whose author had seen all others: each of its writes replaces all of its field."""
    return state | {field: [Write(change, value)] for field, value in edits.items()}


def shown(state: State) -> dict[Field, Value]:
    """What the user sees: the first survivor of each field."""
    return {field: writes[0].value for field, writes in state.items()}


def conflicts(state: State) -> dict[Field, list[Write]]:
    """待核对: fields with two or more different surviving values."""
    return {field: writes for field, writes in state.items() if len(writes) > 1 and any(w.value != writes[0].value for w in writes)}


def reach(state: State) -> frozenset[str]:
    """The stations that own the case or were asked to help, by any surviving write (protocol, section 2)."""
    return frozenset(
        str(w.value) for field, writes in state.items() if field[0] == "case" and decides_audience(field) for w in writes if w.value
    )


def named(edits: Edits) -> frozenset[str]:
    """The stations that these writes give the case to or ask to help."""
    return frozenset(str(value) for field, value in edits.items() if field[0] == "case" and decides_audience(field) and value)


def decides_audience(field: Field) -> bool:
    """Whether the field says who may see the case."""
    entity, _, name = field
    return entity == "case" and (name == "owner" or name.startswith(ASSIGNED))


def by_entity(state: State) -> dict[Entity, State]:
    """The state in the pieces in which it is stored."""
    pieces: dict[Entity, State] = {}
    for field, writes in state.items():
        pieces.setdefault(field[:2], {})[field] = writes
    return pieces


def pack(piece: State) -> bytes:
    """The state of one entity as bytes. Each change is named once: most fields stand as few changes wrote them."""
    ids: dict[bytes, int] = {}
    rows = [(name, [(ids.setdefault(change, len(ids)), value) for change, value in writes]) for (_, _, name), writes in piece.items()]
    return msgspec.msgpack.encode((list(ids), rows))


def unpack(entity: Entity, data: bytes) -> State:
    """The inverse of `pack`."""
    ids, rows = _decoder.decode(data)
    return {(*entity, name): [Write(ids[number], value) for number, value in writes] for name, writes in rows}
