"""Import and export of bundles: against plain inserts into the same encrypted file, and against the size of the database.

The import takes in 12,000 changes with some 100,000 field edits, all signatures checked, into a database of 100,000 cases; the plain
insert puts the values of the same edits, one row each, into a table without an index in that file, and commits. Both are run in turns on
fresh copies of the database, and medians are compared. What the import leaves to be done in pauses is not in its time: filing texts in the
search index, and copying SQLite's journal back (the plain insert does that in its commit). Prints one JSON object a line: {"bench", "case",
"value", "unit", "target", "ok", "detail"}. With `--profile` it says where the time of the import goes; `--quick` uses small databases.
"""

import cProfile
import json
import os
import pstats
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec

from desktop.exchange import receiving, sending
from desktop.exchange.device import member
from desktop.exchange.keys import DeviceKeys
from desktop.store import casebook
from desktop.store.change import Held, decode
from desktop.store.database import Database
from tests.benchmarks import county_files
from tests.benchmarks.county_files import AT, KEY, County
from tests.benchmarks.village_work import Work

IMPORT_TARGET, AGAIN_TARGET, MEMORY_TARGET, BYTES_TARGET, EXPORT_TARGET = 6.0, 0.1, 300.0, 100.0, 1.5
NEW_CASES = 3000
GOING_ON = 300
"""Cases whose first change is here already; in each tenth of them somebody here wrote meanwhile."""

LARGER = 3
"""So many times as large is the second bundle whose memory is measured."""

IMPORT_ROUNDS, EXPORT_ROUNDS, EXPORTED = 5, 15, 100
TEMPLATE = 500


class Sizes(NamedTuple):
    """Cases in the databases."""

    imported_into: int
    exported_from: tuple[int, int]


SIZES, QUICK = Sizes(100_000, (10_000, 1_000_000)), Sizes(5_000, (10_000, 40_000))

Result = dict[str, object]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


# --- import ------------------------------------------------------------------------------------------------------------------------------


class Import(NamedTuple):
    """A database, a bundle for it, and what is in the bundle as plain rows."""

    database: Path
    bundle: Path
    keys: DeviceKeys
    rows: list[tuple[int, str, str, str, bytes]]
    changes: int


def prepared(folder: Path, county: County, cases: int) -> Import:
    """The files of the import."""
    database = folder / "county.db"
    county_files.fill(database, county, cases, (next(draw) for draw in drawn(county, 7, TEMPLATE)))
    arrived = [list(draw) for draw in drawn(county, 1, NEW_CASES)]
    with Database(database, KEY) as opened:
        base = county_files.share_all(opened, county, county.town)
        going_on = arrived[:: NEW_CASES // GOING_ON]
        casebook.receive(opened, [changes[0] for changes in going_on])
        for changes in going_on[::10]:
            before = casebook.load(opened, casebook.read(changes[0]).change.case.hex())  # type: ignore[union-attr]
            casebook.commit(opened, before, msgspec.structs.replace(before, risk="高"), county.county.author)
    held = [one for changes in arrived for one in changes]
    bundle = folder / "town.fqb"
    county_files.write_bundle(bundle, county, held, base)
    rows = [
        (number, entity, key, name, msgspec.msgpack.encode(value))
        for number, one in enumerate(held)
        for entity, key, name, value in decode(one.body).edits
    ]
    more = drawn(county, 2, NEW_CASES * LARGER)
    county_files.write_bundle(folder / "larger.fqb", county, list(chain.from_iterable(more)), base)
    return Import(database, bundle, county.county.keys, rows, len(held))


def drawn(county: County, seed: int, cases: int) -> Iterator[Iterator[Held]]:
    """The changes of so many cases, case by case, written in all villages."""
    work = Work(seed)
    return (work.case(county.villages[number % len(county.villages)]) for number in range(cases))


def insert(database: Database, rows: list[tuple[int, str, str, str, bytes]]) -> None:
    """The plain insert: one table without an index, one commit."""
    with database.atomic():
        database.connection.executemany("INSERT INTO bare (change, entity, id, field, value) VALUES (?, ?, ?, ?, ?)", rows)


def take_in(database: Database, private: DeviceKeys, bundle: Path) -> receiving.Incoming:
    """The import, as the program does it."""
    with bundle.open("rb") as file:
        return receiving.take_in(database, member(database, private), file, AT, bundle.name, bundle.stat().st_size)


def imports(made: Import) -> Iterator[Result]:
    """Time of the import, and of the same bundle once more."""
    rounds = []
    for _ in range(IMPORT_ROUNDS):
        copy = made.database.with_name("copy.db")
        shutil.copy(made.database, copy)
        os.sync()  # or the copy's own pages are written while the clock runs
        with Database(copy, KEY) as database:
            database.connection.execute("CREATE TABLE bare (change INTEGER, entity TEXT, id TEXT, field TEXT, value BLOB)")
            bare = seconds(lambda: insert(database, made.rows))
            first = seconds(lambda: take_in(database, made.keys, made.bundle))
            again = seconds(lambda: take_in(database, made.keys, made.bundle))
            (here,) = database.connection.execute("SELECT changes FROM bundles ORDER BY key LIMIT 1").fetchone()
        rounds.append((bare, first, again))
        assert here == made.changes - GOING_ON, here
    bare, first, again = (median(column) for column in zip(*rounds, strict=True))
    detail = {"import_ms": first * 1000, "insert_ms": bare * 1000, "changes": made.changes, "edits": len(made.rows)}
    yield result("import", first / bare, IMPORT_TARGET, "ratio", detail | {"rounds": IMPORT_ROUNDS})
    yield result("the same bundle again", again / first, AGAIN_TARGET, "of the first time", {"again_ms": again * 1000})
    size = made.bundle.stat().st_size
    yield result("bytes an edit", size / len(made.rows), BYTES_TARGET, "bytes", {"bundle_kb": size / 1024})


def memory(made: Import) -> Iterator[Result]:
    """The most memory that a process has in use which imports a bundle, and one that imports a larger one."""
    for bundle in (made.bundle, made.bundle.with_name("larger.fqb")):
        copy = made.database.with_name("copy.db")
        shutil.copy(made.database, copy)
        (made.database.parent / "keys").write_bytes(msgspec.msgpack.encode(made.keys))
        done = subprocess.run([sys.executable, __file__, "--memory", copy, bundle], capture_output=True, check=True, text=True)
        detail = {"bundle_kb": bundle.stat().st_size / 1024, "before_mb": float(done.stdout.split()[1])}
        yield result(f"memory, {bundle.stem}", float(done.stdout.split()[0]), MEMORY_TARGET, "MB", detail)


def measure_memory(database: Path, bundle: Path) -> None:
    """What the import needs, and what the program with its opened database needs anyhow."""
    private = msgspec.msgpack.decode((database.parent / "keys").read_bytes(), type=DeviceKeys)
    with Database(database, KEY) as opened:
        before = peak()
        take_in(opened, private, bundle)
    print(peak(), before)


def peak() -> float:
    """The most memory that this process had in use, in MB (not what a parent had before it: as `ru_maxrss` would count)."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index] # Linux has it


# --- export ------------------------------------------------------------------------------------------------------------------------------


def exports(folder: Path, county: County, sizes: tuple[int, int]) -> Iterator[Result]:
    """An export of what is new in a small and in a large database."""
    paths = [folder / f"town{size}.db" for size in sizes]
    for path, size in zip(paths, sizes, strict=True):
        county_files.fill(path, county, size, (next(draw) for draw in drawn(county, 9, TEMPLATE)), searchable=False)
        with Database(path, KEY) as database:
            county_files.share_all(database, county, county.county)
    with Database(paths[0], KEY) as small, Database(paths[1], KEY) as large:
        rounds = [(exported(small, county, n), exported(large, county, n)) for n in range(EXPORT_ROUNDS)][1:]
    few, many = (median(column) for column in zip(*rounds, strict=True))
    detail = {f"from_{size}_ms": value * 1000 for size, value in zip(sizes, (few, many), strict=True)}
    yield result(f"export of {EXPORTED} new changes", many / few, EXPORT_TARGET, "ratio", detail)


def exported(database: Database, county: County, number: int) -> float:
    """Seconds of an export of 100 new changes, to old cases and new ones, after which the receiver has them."""
    write_news(database, county, number)
    me, file = county.member(county.town), Path(database.connection.execute("PRAGMA database_list").fetchone()[2]).with_suffix(".fqb")
    station = county.directory.station("county")
    assert station

    def export() -> None:
        for draft in sending.drafts(database, me, station, AT):
            with file.open("wb") as out:
                digest = sending.write(database, me, draft, out)
            assert draft.contents.changes == EXPORTED
            sending.note_sent(database, draft, digest, file.name, file.stat().st_size)

    spent = seconds(export)
    county_files.confirm(database, county.county)
    return spent


def write_news(database: Database, county: County, number: int) -> None:
    """Half of the changes register cases, half go on with old ones."""
    half = EXPORTED // 2
    new = [next(draw) for draw in drawn(county, 1000 + number, half)]
    with database.atomic():
        casebook.receive(database, new)
        for (uuid,) in database.connection.execute(
            "SELECT uuid FROM cases WHERE key % 7 = 0 LIMIT ? OFFSET ?", (half, half * number)
        ).fetchall():
            before = casebook.load(database, uuid.hex())
            casebook.commit(database, before, msgspec.structs.replace(before, summary=f"{before.summary}（{number}）"), county.town.author)


# -----------------------------------------------------------------------------------------------------------------------------------------


def result(case: str, value: float, target: float, unit: str, detail: dict[str, float]) -> Result:
    rounded = {name: round(number, 1) for name, number in detail.items()}
    bench = {"bench": "exchange", "case": case, "value": round(value, 3), "unit": unit, "target": target}
    return bench | {"ok": value <= target, "detail": rounded}


def measure(sizes: Sizes) -> Iterator[Result]:
    """All figures."""
    county = county_files.found()
    with TemporaryDirectory() as name:
        made = prepared(Path(name), county, sizes.imported_into)
        yield from imports(made)
        yield from memory(made)
    with TemporaryDirectory() as name:
        yield from exports(Path(name), county, sizes.exported_from)


def profile(sizes: Sizes) -> None:
    """Where the time of the import goes."""
    with TemporaryDirectory() as name:
        made = prepared(Path(name), county_files.found(), sizes.imported_into)
        with Database(made.database, KEY) as database:
            profiler = cProfile.Profile()
            profiler.runcall(take_in, database, made.keys, made.bundle)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(40)


def main() -> None:
    """Print the figures."""
    if sys.argv[1:2] == ["--memory"]:
        measure_memory(*map(Path, sys.argv[2:]))
        return
    sizes = QUICK if "--quick" in sys.argv else SIZES
    if "--profile" in sys.argv:
        profile(sizes)
        return
    for one in measure(sizes):
        print(json.dumps(one, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
