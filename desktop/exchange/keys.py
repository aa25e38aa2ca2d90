"""A device's keys: Ed25519 to sign, X25519 in the age format to receive (protocol, section 5)."""

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SUITE = "age-x25519+ed25519+sha256+zstd"
"""The algorithms of this version, named in every manifest so that another suite can be added."""

_ID = b"fengqiao/device/1\x00"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters of a fingerprint: none that is mistaken for another when read aloud."""


class DeviceKeys(msgspec.Struct, frozen=True):
    """The private keys of a device: `seed` of Ed25519 (32 bytes) and the age identity. They never leave the encrypted database."""

    seed: bytes
    identity: str


class PublicKeys(msgspec.Struct, frozen=True):
    """What others know of a device: its Ed25519 key (32 bytes) and its age recipient."""

    verify: bytes
    recipient: str

    @property
    def device(self) -> bytes:
        """The device's id, 16 bytes: it names the keys, so nobody else can claim it."""
        return hashlib.sha256(_ID + self.verify + self.recipient.encode()).digest()[:16]


def generate() -> DeviceKeys:
    """New keys for this device."""
    import pyrage

    return DeviceKeys(new_seed(), str(pyrage.x25519.Identity.generate()))


def new_seed() -> bytes:
    """A new private Ed25519 key, 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes_raw()


@lru_cache(maxsize=8)
def public(keys: DeviceKeys) -> PublicKeys:
    """The public side of a device's keys."""
    import pyrage

    return PublicKeys(verify_key(keys.seed), str(pyrage.x25519.Identity.from_str(keys.identity).to_public()))


def verify_key(seed: bytes) -> bytes:
    """The public Ed25519 key of a private one."""
    return _private(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """The Ed25519 signature, 64 bytes. The message begins with the namespace of its purpose."""
    return _private(seed).sign(message)


@lru_cache(maxsize=8)
def _private(seed: bytes) -> "Ed25519PrivateKey":
    """The key of a seed: making it costs as much as a signature, and every save signs."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed)


def is_signed(verify: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature is the key holder's."""
    from cryptography.exceptions import InvalidSignature

    try:
        _public(verify).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=64)
def _public(verify: bytes) -> "Ed25519PublicKey":
    """The key with these bytes: the many changes of a bundle are by few devices."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(verify)


def is_recipient(text: str) -> bool:
    """Whether bundles can be encrypted to this age recipient."""
    import pyrage

    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def fingerprint(data: bytes) -> str:
    """Twelve letters for comparing keys by telephone: `K7QM-2XRA-9BCD` (60 bits)."""
    named = letters(b"fengqiao/fingerprint/1\x00" + data, 12)
    return "-".join(named[i : i + 4] for i in (0, 4, 8))


def letters(data: bytes, count: int) -> str:
    """At most twelve letters that name the data, 5 bits each, for reading aloud."""
    number = int.from_bytes(hashlib.sha256(data).digest()[:8], "big")
    return "".join(_LETTERS[number >> 5 * i & 31] for i in range(count))


def same_fingerprint(one: str, other: str) -> bool:
    """Whether two fingerprints are the same, however they were typed in."""
    return _typed(one) == _typed(other)


def _typed(fingerprint: str) -> str:
    return "".join(c for c in fingerprint.upper() if c.isalnum())
