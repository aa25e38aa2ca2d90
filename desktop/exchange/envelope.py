"""The age envelope of a bundle, as streams: what goes in and comes out is never whole in memory."""

import os
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO, Protocol

from desktop.domain.refused import Refused

Progress = Callable[[int, int], None]
"""Told how many bytes of how many are done. It may raise; what it raises ends the work."""

_PIECE = 256 * 1024
_AHEAD = 16
"""So many pieces may lie between the thread that decrypts and the one that reads."""

_SMALL = (_AHEAD - 2) * _PIECE
"""A file of no more bytes lies between them whole, and needs no second thread."""


class Sink(Protocol):
    """What can be written to."""

    def write(self, data: bytes, /) -> int:
        """Take the bytes."""

    def flush(self) -> None:
        """Pass them on."""


class BundleDamaged(Refused):
    """The file is no whole bundle."""

    def __init__(self) -> None:
        super().__init__("交换包已损坏或不完整，没有导入任何内容，请重新拷贝，或请发送单位重新导出。")


class NotForUs(Refused):
    """The bundle was made for another office."""

    def __init__(self) -> None:
        super().__init__("这个交换包不是发给本单位的（或文件头已损坏），没有导入任何内容，请核对优盘和文件名，必要时请发送单位重新导出。")


def encrypt(plain: Iterable[bytes], file: Sink, recipients: Iterable[str]) -> None:
    """Write the pieces, encrypted to the age recipients, into the file. What the pieces or the file raise goes through."""
    import pyrage

    source, target = _Remembering(_Joined(iter(plain)).read), _Remembering(file.write, file.flush)
    failed: BaseException | None = None
    try:
        pyrage.encrypt_io(source, target, [pyrage.x25519.Recipient.from_str(one) for one in recipients])
    except pyrage.EncryptError as error:
        failed = error
    for first in (source.error, target.error, failed):
        if first is not None:
            raise first from None


class _Remembering:
    """One side of a file that remembers what it raised: the library makes an error of its own of it, or (writing its last bytes) none."""

    def __init__(self, call: Callable[..., Any], flush: Callable[[], None] = lambda: None) -> None:
        self.error: BaseException | None = None
        self._call = call
        self._flush = flush

    def _do(self, call: Callable[..., Any], *arguments: object) -> Any:
        try:
            return call(*arguments)
        except BaseException as error:
            self.error = self.error or error
            raise

    def read(self, size: int) -> Any:
        return self._do(self._call, size)

    def write(self, data: bytes) -> Any:
        return self._do(self._call, data)

    def flush(self) -> None:
        self._do(self._flush)


class _Joined:
    """Pieces as a file that can be read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def read(self, size: int) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = memoryview(piece)
        taken, self._rest = self._rest[:size], self._rest[size:]
        return bytes(taken)


@contextmanager
def decrypted(file: BinaryIO, identity: str) -> Iterator[Iterator[bytes]]:
    """The plain pieces of an encrypted file, in order; decrypted beside the reader. Each is authentic when it comes.

    Raises `NotForUs`, `BundleDamaged` while the pieces are read.
    """
    pieces = _Pieces()
    if _size(file) <= _SMALL:
        _decrypt(file, identity, pieces)
        yield pieces.read()
        return
    worker = threading.Thread(target=_decrypt, args=(file, identity, pieces), name="decrypt")
    worker.start()
    try:
        yield pieces.read()
    finally:
        pieces.stop()
        worker.join()


def _size(file: BinaryIO) -> int:
    here = file.tell()
    size = file.seek(0, os.SEEK_END)
    file.seek(here)
    return size


def _decrypt(file: BinaryIO, identity: str, pieces: "_Pieces") -> None:
    import pyrage

    source = _Remembering(file.read)
    try:
        pyrage.decrypt_io(source, pieces, [pyrage.x25519.Identity.from_str(identity)])
        pieces.flush()
    except _Stopped:
        return
    except pyrage.DecryptError as error:
        pieces.end(source.error or (NotForUs() if "No matching keys" in str(error) else BundleDamaged()))
    except OSError:
        pieces.end(source.error or BundleDamaged())
    except BaseException as error:  # noqa: BLE001 -- it goes on in the thread that reads
        pieces.end(error)
    else:
        pieces.end(None)


class _Stopped(Exception):
    """Nobody reads any more."""


class _Pieces:
    """A file for the decrypting thread, an iterator for the reading one."""

    def __init__(self) -> None:
        self._queue: queue.Queue[bytes | BaseException | None] = queue.Queue(_AHEAD)
        self._gathered = bytearray()
        self._stopped = False

    def write(self, data: bytes) -> int:
        self._gathered += data
        if len(self._gathered) >= _PIECE:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Hand over what was gathered."""
        if self._gathered:
            self._put(bytes(self._gathered))
            self._gathered.clear()

    def end(self, error: BaseException | None) -> None:
        with suppress(_Stopped):
            self._put(error)

    def _put(self, item: bytes | BaseException | None) -> None:
        if self._stopped:
            raise _Stopped
        self._queue.put(item)

    def stop(self) -> None:
        """Let the decrypting thread go: whatever it wants to hand over is taken and thrown away."""
        self._stopped = True
        with suppress(queue.Empty):
            while True:
                self._queue.get_nowait()

    def read(self) -> Iterator[bytes]:
        while isinstance(item := self._queue.get(), bytes):
            yield item
        if item is not None:
            raise item
