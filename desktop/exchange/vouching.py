"""Who vouches for the changes of a bundle: each was signed by the device that it names (protocol, sections 4 and 8).

A signature covers the id, the id is the hash of the change, and the change names its parents by their ids: so a good signature vouches for
every earlier change of the same device in that case. It is enough to check those that no later change of their device in the bundle builds
upon. The others may bear any bytes for a signature; so whoever sends a part of a case without its end (`are_good`) checks each of them
before, and an honest office never passes on what its receiver must refuse.

The checks run beside the thread that reads, since OpenSSL lets other threads run meanwhile. For that time the interpreter changes threads
ten times as often: a thread that asks for it after each signature would wait longer for its turn than for the signature.
"""

import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

import msgspec

from desktop.exchange import keys
from desktop.store import casebook
from desktop.store import change as changes
from desktop.store.change import Arrived, Held

AuthorKey = Callable[[bytes], bytes | None]
"""The Ed25519 key (32 bytes) of a device (16 bytes), None for one that the county did not certify."""

_THREADS = min(os.cpu_count() or 1, 4)
_TOGETHER, _BYTES_TOGETHER = 1000, 8 * 1024 * 1024
"""Changes, and bytes of changes, that are checked in one go, at most."""


_TURN = 0.0005
"""Seconds that a thread may keep the interpreter while others wait for it, in that time."""

_FEW = 32
"""So many signatures are not worth a thread."""


class Unvouched(ValueError):
    """A change that is not canonical, whose author nobody certified, or that its author did not sign."""


_Signature = tuple[bytes, bytes, bytes]
"""The author's key, the signature, what was signed."""


class _Read(NamedTuple):
    """A change with its author, and what is to be checked unless a later change vouches for it."""

    arrived: Arrived
    device: bytes
    signature: _Signature


def checked(arrived: Iterable[Held], author_key: AuthorKey) -> Generator[Arrived]:
    """The changes, decoded, in the same order, each as soon as it is vouched for. Their ids must be those of their bodies.

    Raises `Unvouched`; what was yielded before then was good, but whoever imports all or nothing has to undo it.
    """
    with _taking_turns(), ThreadPoolExecutor(_THREADS, "signatures") as pool:
        before: list[_Read] = []
        under_way: list[Future[bool]] = []
        for read in _batches(_read(held, author_key) for held in arrived):
            signatures = list(_to_check(read))
            threads = _THREADS if len(signatures) > _FEW else 0
            if not threads and not _are_good(signatures):
                raise Unvouched("signature")
            started = [pool.submit(_are_good, signatures[start::threads]) for start in range(threads)]
            yield from _vouched(before, under_way)
            before, under_way = read, started
        yield from _vouched(before, under_way)


@contextmanager
def _taking_turns() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _vouched(read: list[_Read], under_way: list[Future[bool]]) -> Iterator[Arrived]:
    if not all(future.result() for future in under_way):
        raise Unvouched("signature")
    for one in read:
        yield one.arrived


def are_good(held: Iterable[Held], author_key: AuthorKey) -> bool:
    """Whether each of these changes bears the signature of its own author."""
    try:
        return _are_good([_read(one, author_key).signature for one in held])
    except Unvouched:
        return False


def _to_check(read: list[_Read]) -> Iterator[_Signature]:
    """The signatures of those that no later change of their device builds upon. Parents before children, these are the fewest."""
    later: dict[bytes, set[bytes]] = {}
    for one in reversed(read):
        change, builders = one.arrived.change, later.pop(one.arrived.held.id, set())
        if one.device not in builders:
            yield one.signature
        if change is not None:
            for parent in change.parents:
                later.setdefault(parent, set()).update(builders, (one.device,))


def _batches(arrived: Iterable[_Read]) -> Iterator[list[_Read]]:
    """Some at a time, but never a part of a case: what vouches for a change stands beside it, wherever the bundle was divided before."""
    batch: list[_Read] = []
    size, case = 0, b""
    for one in arrived:
        change = one.arrived.change
        if change is not None and change.case != case:
            case = change.case
            if len(batch) >= _TOGETHER or size > _BYTES_TOGETHER:
                yield batch
                batch, size = [], 0
        batch.append(one)
        size += len(one.arrived.held.body)
    yield batch


def _are_good(signatures: list[_Signature]) -> bool:
    return all(keys.is_signed(*one) for one in signatures)


def _read(held: Held, author_key: AuthorKey) -> _Read:
    change, device = _opened(held.body)
    key = author_key(device)
    if key is None:
        raise Unvouched("author")
    return _Read(Arrived(held, change), device, (key, held.signature, changes.signed_bytes(held.id)))


def _opened(body: bytes) -> tuple[changes.Change | None, bytes]:
    """The change, if this program can read it, and the device that it names."""
    if len(body) > changes.MAX_BODY:
        raise Unvouched("size")
    try:
        change = casebook.readable(body)
    except changes.MalformedChange as error:
        raise Unvouched(str(error)) from None
    return change, change.device if change else _device(body)


def _device(body: bytes) -> bytes:
    """In every version the third element of a change names its author's device."""
    version = changes.version_of(body)
    if version is None or version < changes.VERSION:
        raise Unvouched("version")
    try:
        parts = msgspec.msgpack.decode(body, type=list[msgspec.Raw])
        return msgspec.msgpack.decode(parts[2], type=bytes)
    except (IndexError, msgspec.DecodeError):
        raise Unvouched("device") from None
