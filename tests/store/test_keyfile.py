"""The key file: the right password opens it, nothing else does, and neither password nor secret can be read in it."""

import base64
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.store.files import CannotWrite
from desktop.store.keyfile import Cost, EmptyPassword, KeyFileDamaged, WrongPassword, unwrap, wrap
from tests.store.faults import ERRORS, Countdown, failing_disk

SECRET = bytes(range(100, 132))
PASSWORD = "段文清 Pass-word 9"
CHEAP = Cost(memory=64, passes=1, lanes=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A key file that costs little."""
    path = tmp_path / "fengqiao.key"
    wrap(path, SECRET, PASSWORD, "fengqiao-key/1", CHEAP)
    return path


def test_the_password_opens_it(path: Path) -> None:
    assert unwrap(path, PASSWORD, "fengqiao-key/1") == SECRET


@pytest.mark.parametrize("password", [PASSWORD + " ", PASSWORD.lower(), "x", "e\u0301"])
def test_another_password_does_not(path: Path, password: str) -> None:
    with pytest.raises(WrongPassword):
        unwrap(path, password, "fengqiao-key/1")


def test_there_must_be_a_password(path: Path) -> None:
    with pytest.raises(EmptyPassword):
        unwrap(path, "", "fengqiao-key/1")
    before = path.read_bytes()
    with pytest.raises(EmptyPassword):
        wrap(path, SECRET, "", "fengqiao-key/1")
    assert path.read_bytes() == before


def test_neither_password_nor_secret_can_be_read_in_it(path: Path) -> None:
    content = path.read_bytes()
    for hidden in (PASSWORD.encode(), SECRET, SECRET.hex().encode(), base64.b64encode(SECRET)[:-4]):
        assert hidden not in content
    raw = b"".join(base64.b64decode(text) for text in written(path).values() if isinstance(text, str) and text.endswith("="))
    assert SECRET not in raw


def written(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = msgspec.json.decode(path.read_bytes())
    return content


def test_two_files_of_one_secret_have_nothing_in_common(path: Path, tmp_path: Path) -> None:
    wrap(tmp_path / "other.key", SECRET, PASSWORD, "fengqiao-key/1", CHEAP)
    one, other = written(path), written(tmp_path / "other.key")
    assert all(one[name] != other[name] for name in ("salt", "nonce", "wrapped"))


def test_a_key_of_another_purpose_is_no_key(path: Path) -> None:
    with pytest.raises(KeyFileDamaged):
        unwrap(path, PASSWORD, "fengqiao-root/1")
    path.write_bytes(path.read_bytes().replace(b"fengqiao-key/1", b"fengqiao-root/1"))
    with pytest.raises(WrongPassword):
        unwrap(path, PASSWORD, "fengqiao-root/1")


def test_the_password_can_be_changed(path: Path) -> None:
    with pytest.raises(WrongPassword):
        unwrap(path, "falsch", "fengqiao-key/1")
    wrap(path, unwrap(path, PASSWORD, "fengqiao-key/1"), "新的密码", "fengqiao-key/1")
    assert unwrap(path, "新的密码", "fengqiao-key/1") == SECRET
    with pytest.raises(WrongPassword):
        unwrap(path, PASSWORD, "fengqiao-key/1")
    assert Cost(*(written(path)[name] for name in ("memory", "passes", "lanes"))) == Cost()


def test_a_change_that_fails_leaves_the_old_password(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for make_error in ERRORS[:3]:
        with monkeypatch.context() as patch:
            failing_disk(patch, Countdown(2, make_error()))
            with pytest.raises(CannotWrite):
                wrap(path, SECRET, "新的密码", "fengqiao-key/1", CHEAP)
        assert unwrap(path, PASSWORD, "fengqiao-key/1") == SECRET


def test_every_truncation_is_refused(path: Path) -> None:
    content = path.read_bytes().rstrip()
    for length in range(len(content)):
        path.write_bytes(content[:length])
        with pytest.raises(KeyFileDamaged):
            unwrap(path, PASSWORD, "fengqiao-key/1")


def test_every_flipped_bit_is_refused_or_harmless(path: Path) -> None:
    content = path.read_bytes()
    for position in range(len(content)):
        for bit in (0x01, 0x20, 0x80):
            damaged = bytearray(content)
            damaged[position] ^= bit
            path.write_bytes(damaged)
            try:
                assert unwrap(path, PASSWORD, "fengqiao-key/1") == SECRET  # a blank that became another blank
            except (KeyFileDamaged, WrongPassword):
                continue


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("salt", base64.b64encode(b"short").decode()),
        ("salt", ""),
        ("nonce", base64.b64encode(b"short").decode()),
        ("nonce", "=="),
        ("wrapped", ""),
        ("memory", 8),
        ("memory", 0),
        ("memory", -65536),
        ("memory", 2**40),
        ("memory", "65536"),
        ("passes", 0),
        ("passes", 2**31),
        ("lanes", 0),
        ("lanes", 64),
        ("lanes", 2**20),
        ("kdf", "scrypt"),
        ("format", "fengqiao-key/2"),
        ("salt", None),
    ],
)
def test_impossible_contents_are_refused(path: Path, name: str, value: object) -> None:
    path.write_bytes(msgspec.json.encode(written(path) | {name: value}))
    with pytest.raises((KeyFileDamaged, WrongPassword)):
        unwrap(path, PASSWORD, "fengqiao-key/1")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KeyFileDamaged):
        unwrap(tmp_path / "none.key", PASSWORD, "fengqiao-key/1")
