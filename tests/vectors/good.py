"""Bundles that every reader must take in."""

from collections.abc import Iterator

import msgspec

from desktop.domain.case import Case
from desktop.exchange import directory as directories
from desktop.exchange import have_list, keys, rules
from desktop.exchange.have_list import EMPTY, Entry, Head, moved
from desktop.store import casebook, change
from tests.exchange.computers import NO_HAVE, Computer, changes_part, next_directory, signed_change, written
from tests.exchange.offices import AT
from tests.vectors.shop import Made, Shop, case, paper, with_papers

SCANS = (b"%PDF-1.4 one", b"%PDF-1.4 two")


def good(shop: Shop) -> Iterator[Made]:
    """All of them, each after those that it needs."""
    yield _empty(shop)
    yield from _plain(shop)
    yield from _split(shop)
    yield _published(shop)
    yield _lacking(shop)
    yield from _difference(shop)
    yield _newer_change(shop)
    yield from _waiting(shop)
    yield _vouched(shop)


def _registered(one: Computer, number: int, summary: str = "起因") -> bytes:
    """A new case there; returns its id."""
    fresh = case(number, summary)
    casebook.commit(one.database, None, fresh, one.seat.author())
    return bytes.fromhex(fresh.id)


def _loaded(one: Computer, uuid: bytes) -> Case:
    return casebook.load(one.database, uuid.hex())


def _empty(shop: Shop) -> Made:
    return Made("empty.fqb", "nothing to say: no change, an empty have-list", shop.fresh("v1", 1).export(shop.town))


def _plain(shop: Shop) -> Iterator[Made]:
    village, town = shop.fresh("v1", 2), shop.fresh("town1", 2)
    uuid = _registered(village, 1)
    _registered(village, 2, "第二件")
    first = village.export(town)
    yield Made("plain.fqb", "two cases, one change each", first)
    town.take_in(first)
    town.save(_loaded(town, uuid), summary="镇上写的")
    village.save(_loaded(village, uuid), summary="村里写的", place="村口", amount=120000)
    yield Made("sequel.fqb", "a change upon one that came before; only it travels", _unanswered(village, town), ("plain.fqb",))
    village.take_in(town.export(village))
    yield Made("merged.fqb", "two changes side by side: both values of one field survive", _unanswered(village, town))
    with_papers(village, _loaded(village, uuid), *SCANS)
    yield Made("contents.fqb", "two attachments with their contents", _unanswered(village, town))


def _unanswered(village: Computer, town: Computer) -> bytes:
    """A bundle that is lost: nothing is remembered of it."""
    return written(village.database, village.me, town.me.station, logged=False)[0].data


def _split(shop: Shop) -> Iterator[Made]:
    village, town = shop.fresh("v1", 3), shop.town
    uuid = _registered(village, 3)
    with_papers(village, _loaded(village, uuid), *SCANS)
    _registered(village, 4)
    for number, sent in enumerate(written(village.database, village.me, town.me.station, limit=1), 1):
        yield Made(f"split-{number}.fqb", "one of the bundles of one export that had to be small; complete in itself", sent.data)


def _published(shop: Shop) -> Made:
    village = shop.fresh("v1", 4)
    root = shop.county.root_seed
    newer = next_directory(village.me.directory, root, revoked=village.me.directory.content.revoked)
    directories.adopt(village.database, directories.verified(newer, keys.verify_key(root)))
    content = rules.Content(format=rules.FORMAT, number=7, issued_at=AT, days="free = [2027-01-01]\n")
    rules.adopt(village.database, rules.sign(content, root))
    return Made("published.fqb", "a newer directory, and settings from above", village.export(shop.town))


def _lacking(shop: Shop) -> Made:
    village = shop.fresh("v1", 5)
    uuid = _registered(village, 5)
    village.save(_loaded(village, uuid), attachments=(paper(1, b"somewhere else"),))
    return Made("lacking.fqb", "the sender asks for a content that it has not", village.export(shop.town))


def _have(base: tuple[Entry, ...] | None, entries: tuple[Entry, ...], digest: bytes) -> bytes:
    head = Head(b"" if base is None else _digest(base), digest, ())
    return b"".join(have_list.pack(head, entries))


def _digest(entries: tuple[Entry, ...]) -> bytes:
    digest = EMPTY
    for uuid, heads in entries:
        digest = moved(digest, uuid, b"", heads)
    return digest


def _difference(shop: Shop) -> Iterator[Made]:
    one, two, three = (bytes([number]) * 16 for number in (1, 2, 3))
    before = ((one, b"a" * 8), (two, b"b" * 8 + b"c" * 8))
    after = ((two, b"d" * 8), (three, b"e" * 8))
    difference = ((one, b""), *after)
    yield Made("whole-list.fqb", "a have-list of two cases", shop.forged({"changes": b"", "have": _have(None, before, _digest(before))}))
    parts = {"changes": b"", "have": _have(before, difference, _digest(after))}
    about = "the next have-list as the difference from the first: one case gone, one changed, one new"
    yield Made("difference.fqb", about, shop.forged(parts), ("whole-list.fqb",))
    about = "the same without the list that it differs from: it is left aside"
    yield Made("difference-unknown.fqb", about, shop.forged(parts, at="2025-03-14T09:00:01+08:00"))


def _newer_change(shop: Shop) -> Made:
    body = msgspec.msgpack.encode([2, b"c" * 16, shop.village.seat.me.device, "new", {"shape": 1}])
    held = signed_change(body, shop.village.seat.keys)
    about = "a change of a newer program: its signature is checked, it is kept unread and waits"
    return Made("newer-change.fqb", about, shop.forged({"changes": changes_part(held), "have": NO_HAVE}, changes=1))


def _waiting(shop: Shop) -> Iterator[Made]:
    village = shop.fresh("v1", 6)
    uuid = _registered(village, 6)
    village.save(_loaded(village, uuid), place="村口")
    first, newest = sorted(casebook.held_changes(village.database, 1), key=lambda held: len(change.decode(held.body).parents))
    parts = {"changes": changes_part(newest), "have": NO_HAVE}
    yield Made("child.fqb", "a change whose parent is missing: it waits", shop.forged(parts, changes=1))
    parts = {"changes": changes_part(first), "have": NO_HAVE}
    yield Made("parent.fqb", "the parent comes later: both take their place", shop.forged(parts, changes=1), ("child.fqb",))


def _vouched(shop: Shop) -> Made:
    village = shop.fresh("v1", 7)
    uuid = _registered(village, 7)
    village.save(_loaded(village, uuid), place="村口")
    first, newest = sorted(casebook.held_changes(village.database, 1), key=lambda held: len(change.decode(held.body).parents))
    parts = {"changes": changes_part(first._replace(signature=bytes(64)), newest), "have": NO_HAVE}
    return Made(
        "vouched.fqb", "a change without a good signature, for which the next one of its author vouches", shop.forged(parts, changes=2)
    )
