"""A reader of bundles that was written from docs/exchange-format.md alone: it imports nothing of the program.

It knows no fields of a case and keeps everything in memory. What it proves is that the document is enough.
"""

import hashlib
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec
import pyrage
import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT, SUITE = "fengqiao-bundle/2", "age-x25519+ed25519+sha256+zstd"
ORDER = ["directory", "rules", "changes", "have", "lacks"]
FRAME = 64 * 1024 * 1024
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
MANIFEST: dict[str, type] = {
    "format": str,
    "suite": str,
    "sender": bytes,
    "sender_station": str,
    "receiver": str,
    "receiver_devices": list,
    "at": str,
    "directory": int,
    "changes": int,
    "parts": list,
    "rules": int,
}


class Refusal(Exception):
    """A bundle that is not taken in; its text is the name of the refusal."""


DAMAGED = Refusal("BundleDamaged")


class Held(NamedTuple):
    """A change: its id, what it says, its case, its author's device, its parents, its edits."""

    id: bytes
    case: bytes
    parents: list[bytes]
    edits: list[tuple[str, str, str, Any]]


def is_signed(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def sha256(*pieces: bytes) -> bytes:
    return hashlib.sha256(b"".join(pieces)).digest()


def unpack(raw: bytes) -> Any:
    try:
        return msgspec.msgpack.decode(raw)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise DAMAGED from None


def pair(raw: bytes) -> tuple[bytes, bytes]:
    found = unpack(raw)
    if not isinstance(found, list) or len(found) != 2 or not all(isinstance(one, bytes) for one in found):
        raise DAMAGED
    return found[0], found[1]


def rows(raw: bytes) -> list[tuple[bytes, bytes]]:
    found = unpack(raw)
    if not isinstance(found, list):
        raise DAMAGED
    return [pair(msgspec.msgpack.encode(row)) for row in found]


def blocks(part: bytes) -> Iterator[bytes]:
    while part:
        length = int.from_bytes(part[:4], "big")
        frame, part = part[4 : 4 + length], part[4 + length :]
        if not 0 < length <= FRAME or len(frame) != length:
            raise DAMAGED
        try:
            with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(frame) as stream:
                raw = stream.read(FRAME + 1)
        except zstandard.ZstdError:
            raise DAMAGED from None
        if len(raw) > FRAME:
            raise DAMAGED
        yield raw


def decrypted(data: bytes, identity: str) -> bytes:
    try:
        plain: bytes = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError as error:
        raise Refusal("NotForUs" if "No matching keys" in str(error) else "BundleDamaged") from None
    except OSError:
        raise DAMAGED from None
    return plain


def manifest_of(plain: bytes) -> tuple[dict[str, Any], bytes, bytes, bytes]:
    """The manifest, its bytes, the signature, and what follows."""
    length = int.from_bytes(plain[8:12], "big")
    body, signature, rest = plain[12 : 12 + length], plain[12 + length : 76 + length], plain[76 + length :]
    if plain[:8] != b"FQBUNDLE" or length > 4 * 1024 * 1024 or len(signature) != 64:
        raise DAMAGED
    manifest = unpack(body)
    if not isinstance(manifest, dict):
        raise DAMAGED
    if manifest.get("format") != FORMAT:
        raise Refusal("NewerBundle")
    manifest.setdefault("rules", 0)
    if manifest.keys() != MANIFEST.keys() or not all(type(manifest[name]) is kind for name, kind in MANIFEST.items()):
        raise DAMAGED
    if manifest["suite"] != SUITE:
        raise Refusal("NewerBundle")
    if not 0 <= manifest["changes"] <= 5_000_000 or not all(0 <= manifest[name] < 2**63 for name in ("directory", "rules")):
        raise DAMAGED
    return manifest, body, signature, rest


def parts_of(manifest: dict[str, Any], rest: bytes) -> dict[str, bytes]:
    """The parts by name; all rules about their names, order, lengths and hashes hold."""
    listed = manifest["parts"]
    names = [part["name"] for part in listed]
    small = [name for name in ORDER if name in names]
    contents = [name for name in names if name.startswith("blob:")]
    if len(set(names)) != len(names) or names != small + contents or not {"changes", "have"} <= set(names):
        raise DAMAGED
    found = {}
    for part in listed:
        size, digest = part["size"], part["sha256"]
        if size < 0 or (part["name"] in contents and (part["name"] != "blob:" + digest.hex() or size > FRAME)):
            raise DAMAGED
        found[part["name"]], rest = rest[:size], rest[size:]
        if len(found[part["name"]]) != size or sha256(found[part["name"]]) != digest:
            raise DAMAGED
    if rest:
        raise DAMAGED
    return found


def weight(case: bytes, heads: bytes) -> int:
    return int.from_bytes(sha256(b"fengqiao/have/1\0", case, heads)[:16], "big") if heads else 0


def digest_of(entries: dict[bytes, bytes]) -> bytes:
    return (sum(weight(case, heads) for case, heads in entries.items()) % 2**128).to_bytes(16, "big")


def letters(data: bytes, count: int) -> str:
    number = int.from_bytes(sha256(data)[:8], "big")
    return "".join(LETTERS[number >> 5 * i & 31] for i in range(count))


def receipt_code(bundles: list[bytes], device: bytes) -> str:
    code = letters(b"fengqiao/receipt/1\0" + b"".join(sorted(bundles)) + device, 10)
    code += letters(b"fengqiao/receipt/1\0" + code.encode(), 2)
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def is_canonical(value: Any, depth: int = 8) -> bool:
    if depth == 0:
        return False
    if isinstance(value, str):
        return unicodedata.is_normalized("NFC", value)
    if isinstance(value, list):
        return all(is_canonical(one, depth - 1) for one in value)
    if isinstance(value, dict):
        return list(value) == sorted(value) and all(is_canonical(k) and is_canonical(v, depth - 1) for k, v in value.items())
    return value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) <= 2**53)


def rises(items: list[Any]) -> bool:
    return all(one < other for one, other in pairwise(items))


def change_of(body: bytes) -> tuple[bytes, Held | None]:
    """The author's device, and the change; None if a newer program wrote it."""
    found = unpack(body)
    if not isinstance(found, list) or len(found) < 3 or type(found[0]) is not int or found[0] < 1 or not isinstance(found[2], bytes):
        raise DAMAGED
    if found[0] > 1:
        return found[2], None
    _, case, device, operator, parents, _, edits = found
    sound = len(body) <= 4_000_000 and len(case) == len(device) == 16 and all(len(parent) == 32 for parent in parents)
    ordered = rises(parents) and rises([edit[:3] for edit in edits])
    if not (sound and ordered and is_canonical(operator) and all(is_canonical(edit[3]) for edit in edits)):
        raise DAMAGED
    if msgspec.msgpack.encode(found) != body:
        raise DAMAGED
    return device, Held(sha256(body), case, parents, [tuple(edit) for edit in edits])


class Office:
    """A computer that takes bundles in."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.station, self.device = given["receiver"]["station"], bytes.fromhex(given["receiver"]["device"])
        self.identity = given["receiver"]["identity"]
        self.root = bytes.fromhex(given["root"])
        self.directory_body = bytes.fromhex(given["directory"]["body"])
        self.rules: tuple[int, bytes] | None = None
        self.changes: dict[bytes, Held] = {}
        self.waiting: dict[bytes, Held | None] = {}
        self.contents: set[bytes] = set()
        self.shown: dict[bytes, dict[bytes, bytes]] = {}
        self.lacks: dict[bytes, list[tuple[bytes, bytes]]] = {}
        self.receipt = ""

    def take_in(self, data: bytes) -> None:
        """All of a bundle; a refusal changes nothing."""
        manifest, body, signature, rest = manifest_of(decrypted(data, self.identity))
        parts = parts_of(manifest, rest)
        directory_body = self._directory(parts.get("directory"))
        directory = unpack(directory_body)
        devices = {one["id"]: one for one in directory["devices"]}
        sender = devices.get(manifest["sender"])
        if sender is None or sender["station"] != manifest["sender_station"]:
            raise Refusal("UnknownSender")
        if not is_signed(sender["keys"]["verify"], signature, b"fengqiao/bundle/1\0" + body):
            raise DAMAGED
        if sender["id"] in directory["revoked"]:
            raise Refusal("RevokedSender")
        if manifest["receiver"] != self.station or self.device not in manifest["receiver_devices"]:
            raise Refusal("NotForUs")
        rules = self._rules(parts.get("rules"))
        arrived = self._changes(parts["changes"], manifest["changes"], devices)
        shown = self._shown(parts["have"], self.shown.get(sender["id"], {}))
        lacks = [row for raw in blocks(parts.get("lacks", b"")) for row in rows(raw)]
        if any((len(case), len(content)) != (16, 32) for case, content in lacks):
            raise DAMAGED
        self.directory_body, self.rules = directory_body, rules
        self.waiting |= {identifier: change for identifier, change in arrived.items() if identifier not in self.changes}
        self._place()
        self.shown[sender["id"]], self.lacks[sender["id"]] = shown, lacks
        self.contents |= {sha256(part) for name, part in parts.items() if name.startswith("blob:")}
        self.receipt = receipt_code([sha256(body)], self.device)

    def _directory(self, part: bytes | None) -> bytes:
        if part is None:
            return self.directory_body
        body, signature = pair(part)
        if not is_signed(self.root, signature, b"fengqiao/directory/1\0" + body):
            raise Refusal("UntrustedDirectory")
        ours, theirs = unpack(self.directory_body)["number"], unpack(body)["number"]
        if ours == theirs and body != self.directory_body:
            raise Refusal("ForkedDirectory")
        return body if theirs > ours else self.directory_body

    def _rules(self, part: bytes | None) -> tuple[int, bytes] | None:
        if part is None:
            return self.rules
        body, signature = pair(part)
        if not is_signed(self.root, signature, b"fengqiao/rules/1\0" + body):
            raise Refusal("UntrustedRules")
        number = unpack(body)["number"]
        if self.rules and self.rules[0] == number and self.rules[1] != body:
            raise Refusal("ForkedRules")
        return (number, body) if self.rules is None or number > self.rules[0] else self.rules

    def _changes(self, part: bytes, count: int, devices: dict[bytes, Any]) -> dict[bytes, Held | None]:
        found = [row for raw in blocks(part) for row in rows(raw)]
        if len(found) != count:
            raise DAMAGED
        arrived: dict[bytes, Held | None] = {}
        builders: dict[bytes, set[bytes]] = {}
        for body, signature in reversed(found):
            device, change = change_of(body)
            if device not in devices:
                raise DAMAGED
            later = builders.get(sha256(body), set())
            is_good = device in later or is_signed(devices[device]["keys"]["verify"], signature, b"fengqiao/change/1\0" + sha256(body))
            if not is_good:
                raise DAMAGED
            for parent in change.parents if change else ():
                builders.setdefault(parent, set()).update(later, {device})
            arrived[sha256(body)] = change
        return arrived

    def _shown(self, part: bytes, before: dict[bytes, bytes]) -> dict[bytes, bytes]:
        raw = blocks(part)
        head = unpack(next(raw, b""))
        if not isinstance(head, list) or len(head) != 3 or len(head[0]) not in (0, 16) or len(head[1]) != 16:
            raise DAMAGED
        entries = [row for block in raw for row in rows(block)]
        for case, heads in entries:
            pieces = [heads[i : i + 8] for i in range(0, len(heads), 8)]
            if len(case) != 16 or len(heads) % 8 or pieces != sorted(pieces):
                raise DAMAGED
        if head[0] and head[0] != digest_of(before):
            return before
        if not head[0] and (len(dict(entries)) != len(entries) or not all(heads for _, heads in entries)):
            raise DAMAGED
        after = {case: heads for case, heads in ((before if head[0] else {}) | dict(entries)).items() if heads}
        if digest_of(after) != head[1]:
            raise DAMAGED
        return after

    def _place(self) -> None:
        placed = True
        while placed:
            placed = False
            for identifier, change in list(self.waiting.items()):
                if change and all(parent in self.changes and self.changes[parent].case == change.case for parent in change.parents):
                    self.changes[identifier] = change
                    del self.waiting[identifier]
                    placed = True

    def outcome(self) -> dict[str, Any]:
        """What the table of vectors says under `then`."""
        cases = sorted({change.case for change in self.changes.values()})
        shown = {case.hex(): heads.hex() for entries in self.shown.values() for case, heads in sorted(entries.items())}
        return {
            "directory": unpack(self.directory_body)["number"],
            "rules": self.rules[0] if self.rules else None,
            "changes": sorted(identifier.hex() for identifier in self.changes),
            "waiting": sorted(identifier.hex() for identifier in self.waiting),
            "cases": {case.hex(): self._surviving(case) for case in cases},
            "contents": sorted(content.hex() for content in self.contents),
            "shown": shown,
            "lacks": sorted([case.hex(), content.hex()] for lacks in self.lacks.values() for case, content in lacks),
        }

    def _before(self, identifier: bytes) -> set[bytes]:
        found: set[bytes] = set()
        ahead = list(self.changes[identifier].parents)
        while ahead:
            one = ahead.pop()
            if one not in found:
                found.add(one)
                ahead += self.changes[one].parents
        return found

    def _surviving(self, case: bytes) -> dict[str, list[list[Any]]]:
        writes: dict[tuple[str, str, str], dict[bytes, Any]] = {}
        for identifier, change in self.changes.items():
            for entity, key, name, value in change.edits if change.case == case else ():
                writes.setdefault((entity, key, name), {})[identifier] = value
        surviving = {}
        for field, by_change in sorted(writes.items()):
            replaced = {earlier for later in by_change for earlier in by_change if earlier in self._before(later)}
            surviving["/".join(field)] = [[one.hex(), by_change[one]] for one in sorted(by_change.keys() - replaced)]
        return surviving
