"""The exchange beside others on the same data in one run, for the README. Not part of CI: it needs `apsw`, `git`, `node` and PouchDB.

    pip install apsw
    npm install --prefix FOLDER pouchdb-core pouchdb-adapter-memory pouchdb-replication
    python tests/benchmarks/peers/exchange.py FOLDER

Twelve villages write 12,000 changes with some 100,000 field edits in 3,000 cases; each program brings them into an empty copy. The others
keep no signatures, no encryption and no audience, and in-memory PouchDB writes nothing to a disk: this compares what an office waits for.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import apsw  # type: ignore[import-not-found] # asked for in the docstring
import msgspec

from desktop.exchange import directory as directories
from desktop.exchange import have_list, keys, receiving
from desktop.store.change import Change, Held, decode
from desktop.store.database import Database
from tests.benchmarks import county_files
from tests.benchmarks.county_files import AT, KEY, ROOT_SEED
from tests.benchmarks.village_work import Work

CASES = 3000
ROUNDS = 3
_TABLE = (
    "CREATE TABLE edit (case_id BLOB, entity TEXT, id TEXT, field TEXT, value BLOB, PRIMARY KEY (case_id, entity, id, field)) WITHOUT ROWID"
)


class Measured(NamedTuple):
    """Seconds until all is there, and the bytes that travel (None: they do not leave the process)."""

    seconds: float
    size: int | None


def drawn() -> list[Held]:
    """The changes, case by case."""
    work, county = Work(1), COUNTY
    return [held for number in range(CASES) for held in work.case(county.villages[number % len(county.villages)])]


COUNTY = county_files.found()


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ours(held: list[Held], folder: Path) -> Measured:
    """A signed and encrypted bundle into an encrypted, durable database, with history, search and books."""
    path = folder / "town.fqb"
    county_files.write_bundle(path, COUNTY, held, have_list.EMPTY)
    with Database(folder / "ours.db", KEY) as database:
        directories.trust(database, keys.verify_key(ROOT_SEED))
        directories.adopt(database, COUNTY.directory)
        data, me = path.read_bytes(), COUNTY.member(COUNTY.county)
        spent = seconds(lambda: receiving.take_in(database, me, BytesIO(data), AT))
        (count,) = database.connection.execute("SELECT count(*) FROM changes").fetchone()
    assert count == len(held)
    return Measured(spent, len(data))


def session(held: list[Held], folder: Path) -> Measured:
    """A changeset of SQLite's session extension into a plain database."""
    sender, receiver = (apsw.Connection(str(folder / f"session-{name}.db")) for name in ("a", "b"))
    for connection in (sender, receiver):
        connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; " + _TABLE).fetchall()
    recording = apsw.Session(sender, "main")
    recording.attach()
    with sender:
        sender.executemany("INSERT OR REPLACE INTO edit VALUES (?, ?, ?, ?, ?)", rows(held))
    changeset = recording.changeset()

    def apply() -> None:
        with receiver:
            apsw.Changeset.apply(changeset, receiver, conflict=lambda *_: apsw.SQLITE_CHANGESET_REPLACE)

    return Measured(seconds(apply), len(changeset))


def git(held: list[Held], folder: Path) -> Measured:
    """A `git bundle` of one JSON file a case, one commit a change's turn, fetched and checked out."""
    sender, receiver, path = folder / "git-a", folder / "git-b", folder / "git.bundle"
    for one in (sender, receiver):
        _git(folder, "init", "-q", "-b", "main", str(one))
    for turn in states(held):
        for case, document in turn.items():
            (sender / f"{case}.json").write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")
        _git(sender, "add", "-A")
        _git(sender, "-c", "user.name=v", "-c", "user.email=v@v", "commit", "-q", "-m", "turn")
    _git(sender, "bundle", "create", "-q", str(path), "main")

    def fetch() -> None:
        _git(receiver, "fetch", "-q", str(path), "main")
        _git(receiver, "merge", "-q", "FETCH_HEAD")

    spent = seconds(fetch)
    assert sum(1 for _ in receiver.glob("*.json")) == CASES
    return Measured(spent, path.stat().st_size)


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def pouch(held: list[Held], folder: Path, modules: Path) -> Measured:
    """PouchDB's replication of one document a case between two databases in memory."""
    source = folder / "pouch.json"
    documents = [[{"_id": case, **document} for case, document in turn.items()] for turn in states(held)]
    source.write_text(json.dumps(documents, ensure_ascii=False), "utf-8")
    script = Path(__file__).with_name("pouch.mjs")
    done = subprocess.run(["node", str(script), str(source), str(modules.resolve())], check=True, capture_output=True, text=True)
    return Measured(float(done.stdout) / 1000, None)


def rows(held: Iterable[Held]) -> Iterator[tuple[bytes, str, str, str, bytes]]:
    """The field edits."""
    for change in map(_change, held):
        for entity, key, name, value in change.edits:
            yield change.case, entity, key, name, msgspec.msgpack.encode(value)


def states(held: list[Held]) -> Iterator[dict[str, dict[str, Any]]]:
    """What the cases say after the first change of each, after the second, and so on."""
    histories = {case: list(found) for case, found in groupby(map(_change, held), key=lambda change: change.case.hex())}
    documents: dict[str, dict[str, Any]] = {case: {} for case in histories}
    for turn in range(max(map(len, histories.values()))):
        for case, history in histories.items():
            if turn < len(history):
                edits = history[turn].edits
                documents[case] = documents[case] | {f"{entity}/{key}/{name}": value for entity, key, name, value in edits}
        yield documents


def _change(held: Held) -> Change:
    return decode(held.body)


def main(modules: Path) -> None:
    """Run all in turns; print medians."""
    held = drawn()
    edits = sum(1 for _ in rows(held))
    programs: dict[str, Callable[[Path], Measured]] = {
        "Fengqiao Desk": lambda folder: ours(held, folder),
        "SQLite session changeset (apsw)": lambda folder: session(held, folder),
        "git bundle, fetch and merge": lambda folder: git(held, folder),
        "PouchDB replication in memory": lambda folder: pouch(held, folder, modules),
    }
    found: dict[str, list[Measured]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, run in programs.items():
            with TemporaryDirectory() as folder:
                found[name].append(run(Path(folder)))
    first = sorted(one.seconds for one in found["Fengqiao Desk"])[ROUNDS // 2]
    print(f"{len(held)} changes, {edits} field edits")
    for name, measured in found.items():
        median = sorted(one.seconds for one in measured)[ROUNDS // 2]
        size = f"{measured[0].size / 1e6:.1f} MB, {measured[0].size / edits:.0f} B an edit" if measured[0].size else "-"
        print(f"{name:<34} {median:6.2f} s  {median / first:5.2f}  {size}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
