"""A bundle that has every part: no byte of it can be another, none can be missing; and what an evil sender may sign does no harm."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import islice

import msgspec
import pytest

from desktop.domain.refused import Refused
from desktop.exchange.bundle import Part
from desktop.store import casebook
from tests.exchange.computers import Computer, packed, written
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


@pytest.mark.parametrize("name", ["directory", "rules", "changes"])
def test_what_others_signed_cannot_be_changed_by_who_brings_it(offices: Offices, name: str) -> None:
    data = laden(offices)
    part = offices[1].opened(data).parts[name]
    changed = (signed_again(offices, data, name, one) for one in islice(damaged(part), 0, None, 5))
    assert all_refused(offices[1], changed) > 50


@pytest.mark.parametrize("name", ["have", "lacks"])
def test_what_the_sender_may_say_as_it_likes(offices: Offices, name: str) -> None:
    """Any list that it signs is refused, or taken for what it says; then the database is sound."""
    town = offices[1]
    data = laden(offices)
    taken = refused = 0
    town.database.connection.execute("BEGIN")
    for part in damaged(town.opened(data).parts[name]):
        before = dump(town.database)
        town.database.connection.execute("SAVEPOINT attempt")
        try:
            town.take_in_as(town.me, signed_again(offices, data, name, part))
        except Refused:
            refused += 1
            assert dump(town.database) == before
        else:
            taken += 1
            assert casebook.rebuild(town.database) == 0
        town.database.connection.execute("ROLLBACK TO attempt")
    town.database.connection.execute("ROLLBACK")
    assert refused > taken
