"""The graph of a case against the slow functions of the model, on random graphs."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.store import fold
from desktop.store.change import Change, change_id, encode, make
from desktop.store.history import History, in_order
from tests.properties import model

CASE, DEVICE = b"c" * 16, b"d" * 16
FIELDS = (("case", "", "summary"), ("case", "", "place"), ("case", "", "owner"), ("visit", "1", "note"))

Graph = dict[bytes, Change]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Up to a dozen changes, each with some earlier ones as parents; parents need not be heads."""
    changes: Graph = {}
    for number in range(draw(st.integers(0, 12))):
        parents = draw(st.lists(st.sampled_from(sorted(changes)), max_size=3)) if changes else []
        edits = draw(st.dictionaries(st.sampled_from(FIELDS), st.integers(0, 3).map(str), max_size=3))
        change = make(CASE, DEVICE, "", parents, str(number), dict(edits))
        changes[change_id(encode(change))] = change
    return changes


def in_model(graph: Graph) -> model.History:
    noted: model.History = {}
    for identifier, change in graph.items():
        seen = frozenset(change.parents).union(*(noted[parent].seen for parent in change.parents))
        edits = tuple(((a, b, c), value) for a, b, c, value in change.edits)
        noted[identifier] = model.Change(identifier, "", "", frozenset(change.parents), seen, edits)
    return noted


@given(graphs(), st.randoms(use_true_random=False), st.data())
def test_graph_says_what_the_model_says(graph: Graph, order: Random, data: st.DataObject) -> None:
    shuffled = list(graph.items())
    order.shuffle(shuffled)
    history, expected = History(shuffled), in_model(graph)
    chosen = data.draw(st.lists(st.sampled_from([*sorted(graph), b"x" * 32]), max_size=3))
    within = model.part(expected, model.ancestors(expected, chosen))
    mask = history.ancestors(chosen)
    assert set(history.members(mask)) == within.keys()
    assert history.heads(mask) == sorted(model.heads(within))
    assert history.survivors(mask) == model.survivors(within)
    assert history.heads() == sorted(model.heads(expected))
    assert history.survivors() == model.survivors(expected)
    state = fold.from_history(history)
    assert fold.shown(state) == model.fold(expected)
    assert {f: {w.value for w in writes} for f, writes in fold.conflicts(state).items()} == model.conflicts(expected)


@given(graphs(), st.randoms(use_true_random=False))
def test_order_is_one_and_parents_come_first(graph: Graph, order: Random) -> None:
    shuffled = list(graph.items())
    order.shuffle(shuffled)
    ordered = list(in_order(dict(shuffled)))
    assert ordered == list(in_order(graph))
    placed: set[bytes] = set()
    for identifier, change in ordered:
        assert placed.issuperset(change.parents)
        placed.add(identifier)
    assert placed == graph.keys()


@given(graphs())
def test_concurrent_means_that_neither_saw_the_other(graph: Graph) -> None:
    history, expected = History(graph.items()), in_model(graph)
    for one in graph:
        for other in graph:
            saw = one == other or one in expected[other].seen or other in expected[one].seen
            assert history.concurrent(one, other) is not saw


def test_a_missing_parent_is_a_fault() -> None:
    with pytest.raises(ValueError, match="parent"):
        History([(b"1" * 32, make(CASE, DEVICE, "", [b"2" * 32], "", {}))])


@given(graphs())
def test_state_is_packed_and_unpacked(graph: Graph) -> None:
    state = fold.from_history(History(graph.items()))
    again = {f: writes for place, piece in fold.by_entity(state).items() for f, writes in fold.unpack(place, fold.pack(piece)).items()}
    assert again == state
