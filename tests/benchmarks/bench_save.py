"""How long a save takes: one signed change with fold, tables and search index against one bare committed insert in the same file.

The bare insert puts the same bytes (body and signature of that change) into a table without an index. Both commit with
`synchronous=FULL`, in turns, each save on another of a thousand cases; medians are compared. Prints one JSON object a line:
{"bench", "case", "value", "unit", "target", "ok", "detail"}. With `--profile` it says where the time of the saves goes.
"""

import cProfile
import json
import pstats
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import msgspec

from desktop.domain.case import Case
from desktop.domain.case_file import read_case
from desktop.domain.session import Session
from desktop.domain.visit import Visit
from desktop.exchange import keys
from desktop.resources import resource
from desktop.store import casebook, fields
from desktop.store.casebook import Author
from desktop.store.database import Database

TARGET = 3.0
CASES, ROUNDS = 1000, 250
KEY, SEED = bytes(range(32)), bytes(32)
SAMPLE = "01-展销租赁费.json"
RECORD = "调解员向双方说明了有关法律规定，双方各自陈述了意见，商务公司同意退还部分租金，三家商户同意继续使用展位至月底，双方约定下周再谈。"

replace = msgspec.structs.replace


def summary(case: Case) -> Case:
    """The commonest save: one text was changed."""
    return replace(case, summary=case.summary + "（补充：双方同意先核对票据。）")


def visit(case: Case) -> Case:
    """A visit was added."""
    found = Visit(on=date(2025, 4, 1), method="上门", party="杨自立", performance="全部履行", satisfaction="满意", note="款项已付清")
    return replace(case, visits=(*case.visits, found))


def session(case: Case) -> Case:
    """The record of a meeting was added."""
    meeting = Session(kind="调解记录", started_at="2025-03-20T09:00", ended_at="2025-03-20T10:30", place="调解室", record=RECORD)
    return replace(case, sessions=(*case.sessions, meeting))


KINDS: dict[str, Callable[[Case], Case]] = {"changed summary": summary, "added visit": visit, "added session": session}


def author() -> Author:
    """Who saves, with a real signature."""
    return Author(b"d" * 16, "段文清", lambda message: keys.sign(SEED, message), "2025-03-14T09:00:00+08:00")


def fill(database: Database) -> list[Case]:
    """A thousand cases in work: each was saved once before, so that its pages have the room that changed pages have.

    Pages that were filled in one go, as by an import, are full to the brim, and the first save of each splits some of them: that one
    costs a fifth more.
    """
    sample = read_case(resource("samples", SAMPLE).read_bytes())
    with database.atomic():
        cases = [casebook.commit(database, None, replace(sample, number=f"〔2025〕第{n}号", owner="v1"), author()) for n in range(CASES)]
        cases = [casebook.commit(database, case, replace(case, place=f"{case.place}东侧"), author()) for case in cases]
        database.connection.execute("CREATE TABLE bare (body BLOB NOT NULL, signature BLOB NOT NULL)")
    return cases


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def insert(database: Database, row: tuple[bytes, bytes]) -> None:
    """The bare insert: one row, one commit."""
    database.connection.execute("BEGIN IMMEDIATE")
    database.connection.execute("INSERT INTO bare (body, signature) VALUES (?, ?)", row)
    database.connection.execute("COMMIT")


def saves(database: Database, cases: list[Case], change: Callable[[Case], Case]) -> Iterator[tuple[float, float]]:
    """Seconds of a save, and of a bare insert of the same bytes, for each case."""
    for before in cases:
        after = fields.identified(change(before))
        ours = seconds(lambda before=before, after=after: casebook.commit(database, before, after, author()))  # type: ignore[misc]
        (key,) = database.connection.execute("SELECT key FROM cases WHERE uuid = ?", (bytes.fromhex(before.id),)).fetchone()
        found = [(held.body, held.signature) for held in casebook.held_changes(database, key) if held.id.hex() not in before.seen]
        yield ours, seconds(lambda row=found[0]: insert(database, row))  # type: ignore[misc]


def measure() -> Iterator[dict[str, object]]:
    """One result for each kind of save."""
    with TemporaryDirectory() as folder, Database(Path(folder) / "desk.db", KEY) as database:
        cases = fill(database)
        list(saves(database, cases[-20:], summary))
        for number, (name, change) in enumerate(KINDS.items()):
            rounds = list(saves(database, cases[number * ROUNDS : (number + 1) * ROUNDS], change))
            ours, theirs = (median(column) for column in zip(*rounds, strict=True))
            yield result(name, ours, theirs)


def result(case: str, ours: float, theirs: float) -> dict[str, object]:
    detail = {"save_ms": round(ours * 1000, 3), "insert_ms": round(theirs * 1000, 3), "rounds": ROUNDS, "cases": CASES}
    value = ours / theirs
    bench = {"bench": "save", "case": case, "value": round(value, 2), "unit": "ratio", "target": TARGET}
    return bench | {"ok": value <= TARGET, "detail": detail}


def profile() -> None:
    """Where the time of the saves goes."""
    with TemporaryDirectory() as folder, Database(Path(folder) / "desk.db", KEY) as database:
        cases = fill(database)
        profiler = cProfile.Profile()
        for number, change in enumerate(KINDS.values()):
            for before in cases[number * ROUNDS : (number + 1) * ROUNDS]:
                profiler.runcall(casebook.commit, database, before, change(before), author())
        pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


def main() -> None:
    """Print the results."""
    if sys.argv[1:] == ["--profile"]:
        profile()
        return
    for one in measure():
        print(json.dumps(one, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
