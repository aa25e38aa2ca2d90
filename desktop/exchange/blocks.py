"""Parts of a bundle as sequences of compressed blocks: length (4 bytes, big-endian) and a zstd frame of MessagePack."""

from collections.abc import Callable, Iterator

from desktop.exchange.envelope import BundleDamaged

MAX_FRAME = 64 * 1024 * 1024
"""Bytes of a block, packed or unpacked, at most: a frame that would unpack to more is no block of ours."""

_LEVEL = 3


def packed(raw: bytes) -> bytes:
    """A block with this content."""
    import zstandard

    frame = zstandard.ZstdCompressor(level=_LEVEL).compress(raw)
    return len(frame).to_bytes(4, "big") + frame


def unpacked(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    """The contents of the blocks of a part of so many bytes; `read` gives exactly as many bytes as it is asked for.

    Raises `BundleDamaged`.
    """
    left = size
    while left:
        length = int.from_bytes(read(4), "big") if left > 4 else 0
        left -= 4 + length
        if not 0 < length <= MAX_FRAME or left < 0:
            raise BundleDamaged
        yield _decompressed(read(length))


def _decompressed(frame: bytes) -> bytes:
    import zstandard

    try:
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(frame, read_across_frames=False) as reader:
            raw: bytes = reader.read(MAX_FRAME + 1)
    except zstandard.ZstdError:
        raise BundleDamaged from None
    if len(raw) > MAX_FRAME:
        raise BundleDamaged
    return raw
