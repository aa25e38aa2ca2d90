"""A secret under a password: the key of the database, and the county's root key.

The secret is random; a key from the password (Argon2id) only wraps it. So the password can be changed without encrypting the database
anew, and it is nowhere on disk.
"""

import base64
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from desktop.domain.refused import Refused
from desktop.store.files import write_whole

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

Purpose = Literal["fengqiao-key/1", "fengqiao-root/1", "fengqiao-recovery/1", "fengqiao-root-recovery/1"]


class WrongPassword(Refused):
    """The password does not open the key file."""

    def __init__(self) -> None:
        super().__init__("密码不对，请检查大小写和输入法后重新输入。")


class KeyFileDamaged(Refused):
    """The key file is not one."""

    def __init__(self, name: str) -> None:
        super().__init__(f"密钥文件“{name}”已损坏或不是本程序的文件，请用备份中的同名文件恢复。")


class EmptyPassword(Refused):
    """A password must have at least one character."""

    def __init__(self) -> None:
        super().__init__("密码不能为空，请输入密码。")


class Cost(msgspec.Struct, frozen=True):
    """What a guess at the password costs: Argon2id memory (KiB), passes, lanes. The default takes half a second on an office PC."""

    memory: int = 65536
    passes: int = 3
    lanes: int = 4


class _Wrapped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Purpose
    kdf: Literal["argon2id"]
    memory: int
    passes: int
    lanes: int
    salt: str
    nonce: str
    wrapped: str


_MAX_MEMORY = 4 * 1024 * 1024


def wrap(path: Path, secret: bytes, password: str, purpose: Purpose, cost: Cost | None = None) -> None:
    """Write the secret to the file under the password; a file that was there is replaced whole or not at all."""
    cost = cost or Cost()
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    cipher = _cipher(password, salt, cost)
    wrapped = cipher.encrypt(nonce, secret, purpose.encode())
    texts = [base64.b64encode(part).decode() for part in (salt, nonce, wrapped)]
    content = _Wrapped(purpose, "argon2id", cost.memory, cost.passes, cost.lanes, *texts)
    write_whole(path, msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n")


def unwrap(path: Path, password: str, purpose: Purpose) -> bytes:
    """The secret in the file. Raises `WrongPassword` and `KeyFileDamaged`."""
    from argon2.exceptions import HashingError
    from cryptography.exceptions import InvalidTag

    try:
        content = msgspec.json.decode(path.read_bytes(), type=_Wrapped)
        salt, nonce, wrapped = (base64.b64decode(text, validate=True) for text in (content.salt, content.nonce, content.wrapped))
    except (OSError, ValueError):
        raise KeyFileDamaged(path.name) from None
    cost = Cost(content.memory, content.passes, content.lanes)
    if content.format != purpose or not _is_bearable(cost):
        raise KeyFileDamaged(path.name)
    try:
        return _cipher(password, salt, cost).decrypt(nonce, wrapped, purpose.encode())
    except InvalidTag:
        raise WrongPassword from None
    except (ValueError, HashingError):
        raise KeyFileDamaged(path.name) from None


def _is_bearable(cost: Cost) -> bool:
    """A damaged file must not make the computer work for hours."""
    return 8 <= cost.memory <= _MAX_MEMORY and 1 <= cost.passes <= 100 and 1 <= cost.lanes <= 64


def _cipher(password: str, salt: bytes, cost: Cost) -> "ChaCha20Poly1305":
    from argon2.low_level import Type, hash_secret_raw
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    if not password:
        raise EmptyPassword
    key = hash_secret_raw(
        password.encode("utf-8", "surrogatepass"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )
    return ChaCha20Poly1305(key)
