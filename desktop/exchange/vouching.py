"""Who vouches for the changes of a bundle: each was signed by the device that it names (protocol, section 4).

Protocol section 8 would allow fewer checks: a valid signature vouches, through the hashes, for all earlier changes of the same device in
that case. But then bytes that nobody looked at would be kept as the signatures of those changes, and go on to an office that may see
only the older part of the case: it has nothing but that signature to go by, would refuse the whole bundle, and the honest office
between them would stand as the forger. And a good copy that comes later would not replace the bad one. So every signature is checked
where it enters, on all processors, since OpenSSL lets other threads run meanwhile. The thread that reads waits for them: one that
computes in Python beside them would make each of them wait for the interpreter at every signature, and took longer in trials.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

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


class Unvouched(ValueError):
    """A change that is not canonical, whose author nobody certified, or that its author did not sign."""


_Signature = tuple[bytes, bytes, bytes]
"""The author's key, the signature, what was signed."""


def checked(arrived: Iterable[Held], author_key: AuthorKey) -> Iterator[Arrived]:
    """The changes, decoded, in the same order, each as soon as its signature was found good. Their ids must be those of their bodies.

    Raises `Unvouched`; what was yielded before then was good, but whoever imports all or nothing has to undo it.
    """
    with ThreadPoolExecutor(_THREADS, "signatures") as pool:
        for batch in _batches(arrived):
            read = [_read(held, author_key) for held in batch]
            signatures = [signature for _, signature in read]
            if not all(pool.map(_are_good, (signatures[start::_THREADS] for start in range(_THREADS)))):
                raise Unvouched("signature")
            for one, _ in read:
                yield one


def _batches(arrived: Iterable[Held]) -> Iterator[list[Held]]:
    batch: list[Held] = []
    size = 0
    for held in arrived:
        batch.append(held)
        size += len(held.body)
        if len(batch) == _TOGETHER or size > _BYTES_TOGETHER:
            yield batch
            batch, size = [], 0
    yield batch


def _are_good(signatures: list[_Signature]) -> bool:
    return all(keys.is_signed(*one) for one in signatures)


def _read(held: Held, author_key: AuthorKey) -> tuple[Arrived, _Signature]:
    change, device = _opened(held.body)
    key = author_key(device)
    if key is None:
        raise Unvouched("author")
    return Arrived(held, change), (key, held.signature, changes.signed_bytes(held.id))


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
