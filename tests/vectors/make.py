"""Makes the test vectors: bundles that every reader must take in, with what they say, and bundles that it must refuse, and why.

Run it with `python -m tests.vectors.make` after a change of the format, and look at what changed. All keys and ids are fixed; only the age
encryption is new each time. What each field of `bundles.json` says stands in docs/exchange-format.md, "Test vectors".
"""

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from desktop.domain.refused import Refused
from desktop.exchange import directory as directories
from desktop.exchange import keys, receipt, receiving, rules
from desktop.exchange.device import member
from desktop.exchange.directory import Signed
from desktop.store import casebook
from desktop.store.database import Database
from tests.exchange.computers import next_directory
from tests.exchange.offices import AT, KEY, County, found, reopen
from tests.store.dump import dump
from tests.vectors.bad import bad
from tests.vectors.good import good
from tests.vectors.shop import Made, Shop

FOLDER = Path(__file__).parent / "bundles"
TABLE = "bundles.json"
RECEIVER = "town1"


class Receiver(NamedTuple):
    """The computer that the vectors are for, before any bundle came: its keys, and its database as bytes."""

    keys: keys.DeviceKeys
    image: bytes

    def open(self, path: Path) -> Database:
        """A fresh copy of it."""
        path.write_bytes(self.image)
        return reopen(path)


def receiver(given: dict[str, Any], folder: Path) -> Receiver:
    """The computer as the table of vectors describes it."""
    path = folder / "receiver.db"
    signed = Signed(bytes.fromhex(given["directory"]["body"]), bytes.fromhex(given["directory"]["signature"]))
    root = bytes.fromhex(given["root"])
    with Database(path, KEY) as database:
        directories.trust(database, root)
        directories.adopt(database, directories.verified(signed, root))
    device_keys = keys.DeviceKeys(bytes.fromhex(given["receiver"]["seed"]), given["receiver"]["identity"])
    return Receiver(device_keys, path.read_bytes())


def given(county: County, signed: Signed) -> dict[str, Any]:
    """What a reader needs before the first bundle."""
    seat = county.seats[RECEIVER]
    device = {"station": seat.office.id, "device": seat.me.device.hex(), "seed": seat.keys.seed.hex(), "identity": seat.keys.identity}
    directory = {"body": signed.body.hex(), "signature": signed.signature.hex()}
    return {"root": keys.verify_key(county.root_seed).hex(), "directory": directory, "receiver": device}


def take_in(one: Receiver, path: Path, folder: Path, names: Iterable[str]) -> tuple[Database, list[str]]:
    """A fresh receiver that took in these files, in this order; the code that it shows after each. The caller closes the database."""
    database = one.open(path)
    codes = []
    for name in names:
        me = member(database, one.keys)
        incoming = receiving.take_in(database, me, BytesIO((folder / name).read_bytes()), AT)
        codes.append(receipt.code([incoming.digest], me.device))
    return database, codes


def outcome(database: Database) -> dict[str, Any]:
    """What a computer knows after an import, as the table says it."""
    rows = database.connection.execute
    newest, in_force = directories.newest(database), rules.newest(database)
    return {
        "directory": newest.number if newest else None,
        "rules": in_force.number if in_force else None,
        "changes": sorted(identifier.hex() for (identifier,) in rows("SELECT id FROM changes")),
        "waiting": sorted(identifier.hex() for (identifier,) in rows("SELECT id FROM waiting")),
        "cases": {uuid.hex(): surviving(database, uuid.hex()) for (uuid,) in rows("SELECT uuid FROM cases ORDER BY uuid")},
        "contents": sorted(sha256.hex() for (sha256,) in rows("SELECT sha256 FROM blobs")),
        "shown": {
            uuid.hex(): heads.hex() for uuid, heads in rows("SELECT uuid, theirs FROM shares WHERE length(theirs) > 0 ORDER BY uuid")
        },
        "lacks": sorted([uuid.hex(), sha256.hex()] for uuid, sha256 in rows("SELECT uuid, sha256 FROM wanted")),
    }


def surviving(database: Database, case: str) -> dict[str, list[list[Any]]]:
    """The surviving writes of a case by `entity/id/field`, each as change and value."""
    state = casebook.state_of(database, case)
    return {"/".join(field): [[write.change.hex(), write.value] for write in writes] for field, writes in sorted(state.items())}


def make(county: County, folder: Path, work: Path) -> dict[str, Any]:
    """Write all bundles into the folder; returns the table."""
    signed = next_directory(county.directory, county.root_seed, revoked=(county.seats["v3"].me.device,))
    table = given(county, signed)
    fresh = receiver(table, work)
    with Shop(county, signed, work) as shop:
        table["good"] = [_good(one, fresh, folder, work) for one in _written(good(shop), folder)]
        table["bad"] = [_bad(one, fresh, folder, work) for one in _written(bad(shop), folder)]
    return table


def _written(made: Iterator[Made], folder: Path) -> Iterator[Made]:
    for one in made:
        (folder / one.file).write_bytes(one.data)
        yield one


def _good(made: Made, fresh: Receiver, folder: Path, work: Path) -> dict[str, Any]:
    database, codes = take_in(fresh, work / "fresh.db", folder, [*made.after, made.file])
    with database:
        return {"file": made.file, "about": made.about, "after": list(made.after), "receipt": codes[-1], "then": outcome(database)}


def _bad(made: Made, fresh: Receiver, folder: Path, work: Path) -> dict[str, Any]:
    refusal = refused(fresh, work / "fresh.db", folder, [*made.after, made.file])
    assert refusal == made.refusal, made.file
    return {"file": made.file, "about": made.about, "after": list(made.after), "refusal": refusal}


def refused(one: Receiver, path: Path, folder: Path, names: Sequence[str]) -> str:
    """How a fresh receiver refuses the last of these files after it took in the others, with nothing changed."""
    database, _ = take_in(one, path, folder, names[:-1])
    with database:
        before = dump(database)
        try:
            receiving.take_in(database, member(database, one.keys), BytesIO((folder / names[-1]).read_bytes()), AT)
        except Refused as refusal:
            return type(refusal).__name__ if dump(database) == before else "changed"
    return "taken in"


def main() -> None:
    """Make the vectors anew."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.fqb"):
        path.unlink()
    with tempfile.TemporaryDirectory() as work:
        table = make(found(Path(work)), FOLDER, Path(work))
    (FOLDER / TABLE).write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
