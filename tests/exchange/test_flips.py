"""A bundle that has every part: no byte of it can be another, none can be missing; and what an evil sender may sign does no harm."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice

import msgspec
import pytest
import zstandard

from desktop.domain.refused import Refused
from desktop.exchange import vouching
from desktop.exchange.bundle import Part
from desktop.store import casebook, change
from tests.exchange.computers import Computer, block, carrying, packed, signed_change, written
from tests.exchange.laden import Start, two_offices
from tests.exchange.offices import County
from tests.store.dump import dump

PARTS = ["directory", "rules", "changes", "have", "lacks", "blob:", "blob:"]
Offices = tuple[Computer, Computer]


@pytest.fixture
def offices(computer: Start, county: County) -> Offices:
    return two_offices(computer, county)


def laden(offices: Offices) -> bytes:
    """The village's bundle for its township."""
    village, town = offices
    (sent,) = written(village.database, village.me, town.me.station, logged=False)
    assert [part.name[:5] if part.name.startswith("blob:") else part.name for part in town.opened(sent.data).manifest.parts] == PARTS
    return sent.data


def damaged(data: bytes) -> Iterator[bytes]:
    """The bytes with each one flipped in one bit, and cut at each length."""
    for position in range(len(data)):
        yield data[:position] + bytes([data[position] ^ 1 << position % 8]) + data[position + 1 :]
        yield data[:position]
    yield data + b"\0"


def all_refused(town: Computer, bundles: Iterable[bytes]) -> int:
    """None is taken in, and nothing changes; returns how many there were."""
    me, count = town.me, 0
    before, writes = dump(town.database), town.database.connection.total_changes
    for one in bundles:
        with pytest.raises(Refused):
            town.take_in_as(me, one)
        if town.database.connection.total_changes != writes:  # what was undone counts too
            assert dump(town.database) == before
            writes = town.database.connection.total_changes
        count += 1
    assert dump(town.database) == before
    return count


def test_every_flipped_byte_and_every_truncation(offices: Offices) -> None:
    data = laden(offices)
    assert all_refused(offices[1], damaged(data)) == 2 * len(data) + 1


def test_every_flipped_byte_and_every_truncation_inside_the_encryption(offices: Offices) -> None:
    town = offices[1]
    plain = town.plain(laden(offices))
    assert all_refused(town, (town.sealed(one) for one in islice(damaged(plain), 0, None, 3))) > len(plain) // 2


def signed_again(offices: Offices, data: bytes, name: str, part: bytes) -> bytes:
    """The bundle with another part, signed by its sender as if all were well."""
    village, town = offices
    opened = town.opened(data)
    parts = {one: part if one == name else whole for one, whole in opened.parts.items()}
    listed = tuple(Part(one, len(whole), sha256(whole).digest()) for one, whole in parts.items())
    manifest = msgspec.msgpack.encode(msgspec.structs.replace(opened.manifest, parts=listed))
    return town.sealed(packed(manifest, parts.values(), village.seat.keys))


@pytest.mark.parametrize("name", ["directory", "rules"])
def test_what_others_signed_cannot_be_changed_by_who_brings_it(offices: Offices, name: str) -> None:
    data = laden(offices)
    part = offices[1].opened(data).parts[name]
    changed = (signed_again(offices, data, name, one) for one in islice(damaged(part), 0, None, 5))
    assert all_refused(offices[1], changed) > 50


def attempts(town: Computer, bundles: Iterable[bytes]) -> tuple[int, int]:
    """Each is refused, or taken in and undone again; then the database is sound, and can be shown and sent on. How many of both."""
    taken = refused = 0
    before = dump(town.database)
    for one in bundles:
        with undone(town):
            try:
                town.take_in_as(town.me, one)
            except Refused:
                refused += 1
                assert dump(town.database) == before
            else:
                taken += 1
                is_sound(town)
    return taken, refused


@contextmanager
def undone(computer: Computer) -> Iterator[None]:
    """What is written inside is taken back."""
    computer.database.connection.execute("BEGIN")
    yield
    computer.database.connection.execute("ROLLBACK")


def is_sound(town: Computer) -> None:
    """The tables follow from the changes, every case can be shown, and there is something to send."""
    assert casebook.rebuild(town.database) == 0
    for (uuid,) in town.database.connection.execute("SELECT uuid FROM cases").fetchall():
        casebook.load(town.database, uuid.hex())
    above = town.me.directory.station("county")
    assert above
    assert town.plan(above) > 0


@pytest.mark.parametrize("name", ["have", "lacks"])
def test_what_the_sender_may_say_as_it_likes(offices: Offices, name: str) -> None:
    """Any list that it signs is refused, or taken for what it says."""
    data = laden(offices)
    taken, refused = attempts(
        offices[1], (signed_again(offices, data, name, part) for part in damaged(offices[1].opened(data).parts[name]))
    )
    assert refused > taken


def test_no_change_can_be_made_another_by_who_brings_it(offices: Offices) -> None:
    """Other bytes are at most taken for a signature that nobody needs, because a later change of the same author vouches for the change."""
    town = offices[1]
    data = laden(offices)
    known = {held.id for held in town.opened(data).changes} | ids(town)
    part = town.opened(data).parts["changes"]
    for one in islice(damaged(zstandard.decompress(part[4:])), 0, None, 7):
        with undone(town):
            try:
                town.take_in_as(town.me, signed_again(offices, data, "changes", block(one)))
            except Refused:
                continue
            assert ids(town) == known


def ids(computer: Computer) -> set[bytes]:
    """The changes that a computer holds."""
    return {identifier for (identifier,) in computer.database.connection.execute("SELECT id FROM changes")}


def test_a_manifest_that_its_sender_filled_in_as_it_likes(offices: Offices) -> None:
    village, town = offices
    opened = town.opened(laden(offices))
    manifests = islice(damaged(msgspec.msgpack.encode(opened.manifest)), 0, None, 2)
    sealed = (town.sealed(packed(manifest, opened.parts.values(), village.seat.keys)) for manifest in manifests)
    taken, refused = attempts(town, sealed)
    assert refused > taken > 0


def test_a_change_that_its_author_wrote_as_it_likes(offices: Offices) -> None:
    """It is refused, or waits as one of a newer program, or says something else: nobody's program stands still."""
    village, town = offices
    (body,) = (held.body for held in casebook.held_changes(village.database, 1) if not change.decode(held.body).parents)
    signed = (signed_change(one, village.seat.keys) for one in islice(damaged(body), 0, None, 2))
    taken, refused = attempts(town, (carrying(village, town, held) for held in signed))
    assert min(taken, refused) > 50


def test_a_case_is_checked_as_a_whole_however_much_comes(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one office takes in, because a later change vouches for it, no other may refuse, because its bundle was divided elsewhere."""
    village, town = offices
    monkeypatch.setattr(vouching, "_TOGETHER", 2)
    case = village.register(9)
    for number in range(4):
        case = village.save(case, summary=f"第{number}次")
    held = list(casebook.history(village.database, case.id).ids)
    stored = {one.id: one for key in range(1, 4) for one in casebook.held_changes(village.database, key)}
    for position in range(len(held)):
        row = [stored[identifier] for identifier in held]
        row[position] = row[position]._replace(signature=bytes(64))
        is_last = position == len(held) - 1
        assert attempts(town, [carrying(village, town, *row)]) == ((0, 1) if is_last else (1, 0))
