"""The list of disputes with a million cases, as the operator meets it.

Figures: how much later the first rows stand on the screen than with a thousand cases; each key of the search, by kind of what is typed,
with the count and the first page of rows; any jump in the list; opening a case; the longest time in which the window answered nothing
during a scripted use, at the first opening of each page, and with a case as large as any, each step named; and by how much the list's
memory grows from a thousand cases to a million. The offices are made once and kept under `out/bench` (tests/benchmarks/desk_files.py); that
takes a quarter of an hour, and 9 GB of the disk.

Prints one JSON object a line: {"bench", "case", "value", "unit", "target", "ok", "detail"}. With `--small` a list of 20,000 cases takes the
place of the million, for a look at the benchmark itself; `--only NAME` measures one of the groups.
"""

import ctypes
import gc
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from PySide6.QtWidgets import QApplication

from desktop.domain.case import Case
from desktop.services import cases, finding
from desktop.services.desk import Desk, open_desk
from desktop.services.finding import Wanted
from desktop.store import initials, listing
from desktop.ui.listing.table import PAGE
from desktop.ui.window import Window
from tests.benchmarks import desk_files
from tests.benchmarks.desk_files import PASSWORD
from tests.benchmarks.desk_window import Script, opened, settle, shown_list
from tests.benchmarks.large_case import large_office
from tests.ui.watchdog import watched

FEW, MANY = 1000, 1_000_000
FIRST_ROWS, KEY, JUMP, OPENING, BLOCK, MEMORY = 150.0, 30.0, 100.0, 50.0, 100.0, 8.0
"""Targets: milliseconds, and megabytes."""

STARTS, ROUNDS = 7, 5
SAMPLED = 40
"""Cases that queries are taken from, and cases that are opened."""

Result = dict[str, object]


def result(case: str, value: float, target: float, unit: str = "ms", **detail: object) -> Result:
    shown = {name: round(one, 1) if isinstance(one, float) else one for name, one in detail.items()}
    bench = {"bench": "desk", "case": case, "value": round(value, 1), "unit": unit, "target": target}
    return bench | {"ok": value <= target, "detail": shown}


def p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


# --- keys --------------------------------------------------------------------------------------------------------------------------------


def sampled(desk: Desk, seed: int = 3) -> list[Case]:
    """Cases from all over the list, the same in each run."""
    chance = random.Random(seed)  # noqa: S311
    calendar = listing.calendar(desk.database)
    starts = [chance.randrange(calendar.total) for _ in range(SAMPLED)]
    return [cases.load(desk, listing.page(desk.database, calendar, start, 1)[0].id) for start in starts]


def typed(text: str) -> list[str]:
    """What stands in the search line after each key."""
    return [text[:end] for end in range(1, len(text) + 1) if text[end - 1] != " "]


def queries(case: Case, chance: random.Random) -> dict[str, list[str]]:
    """What somebody may type to find the case, key by key, by kind."""
    first, second = case.parties[:2]
    at = chance.randrange(len(case.summary) - 8)
    word = case.summary[at : at + 2]
    number, phone = str(first.id_number), str(second.phone)
    letters = initials.initials(first.name)[0]
    return {
        "one character of a name": [first.name[-1]],
        "a name": typed(first.name)[1:],
        "first letters of a name": typed(letters),
        "the end of an ID number": typed(number[-6:]),
        "a part of a phone number": typed(phone[3:9]),
        "a case number": typed(str(case.number)),
        "words of the text": [word, case.summary[at : at + 4], case.summary[at : at + 8]],
        "several words": [f"{first.name} {word}", f"{second.name[:2]} {first.name[:2]}", f"{letters} {phone[-4:]}", f"调解 {word}"],
        "what is nowhere": [f"{first.name}{second.name}", f"{word} 没有这个词", "qqqq", f"{phone[-4:]}{number[-4:]}"],
    }


def filtered(desk: Desk, case: Case) -> dict[str, list[Wanted]]:
    """The same with filters."""
    name, opened = case.parties[0].name, tuple(map(str, finding.OPEN))
    today = desk_files.TODAY
    return {
        "one filter": [
            Wanted(statuses=opened),
            Wanted(risk="高"),
            Wanted(type=case.type),
            Wanted(year=case.registered_on.year),
            Wanted(office=str(case.registered_by)),
            Wanted(not_office=desk.office.name),
            Wanted(person=case.mediators[0]),
            Wanted(doubtful=True),
            Wanted(due_before=today),
        ],
        "several filters": [
            Wanted(statuses=opened, risk="高", type=case.type),
            Wanted(type=case.type, year=case.registered_on.year, office=str(case.registered_by)),
            Wanted(due_before=today, risk="高"),
            Wanted(person=case.mediators[0], not_office=desk.office.name, doubtful=True),
        ],
        "filters and words": [
            Wanted(words=name, type=case.type),
            Wanted(words=case.summary[:2], risk="高", year=case.registered_on.year),
            Wanted(words=name[:1], statuses=opened),
            Wanted(words=str(case.parties[0].phone)[-4:], person=case.mediators[0]),
        ],
    }


def look(desk: Desk, wanted: Wanted) -> None:
    """What a key costs: the count, and the first page of rows."""
    finding.find(desk, wanted).rows(0, PAGE)


def pressed(desk: Desk, wanted: Wanted) -> tuple[float, float, str]:
    """Milliseconds of a key, those that the processor worked for it (the difference is what else the machine did), and what was asked."""
    worked = time.process_time()
    spent = milliseconds(lambda: look(desk, wanted))
    return spent, (time.process_time() - worked) * 1000, repr(wanted)


def keys(folder: Path) -> Iterator[Result]:
    """Each kind of query."""
    with open_desk(folder, PASSWORD, desk_files.OPERATOR) as desk:
        chance = random.Random(4)  # noqa: S311
        spent: dict[str, list[tuple[float, float, str]]] = {}
        for case in sampled(desk):
            kinds: dict[str, list[Wanted]] = {kind: [Wanted(words=one) for one in made] for kind, made in queries(case, chance).items()}
            for kind, wanted in (kinds | filtered(desk, case)).items():
                spent.setdefault(kind, []).extend(pressed(desk, one) for one in wanted)
    for kind, found in spent.items():
        times, worked, _ = (list(column) for column in zip(*found, strict=True))
        slowest = re.sub(r"\w+=(''|\(\)|None|False),? ?", "", max(found)[2])
        detail = {"median_ms": median(times), "longest_ms": max(times), "of_the_processor_ms": p95(worked), "keys": len(times)}
        yield result(f"key: {kind}", p95(times), KEY, **detail, slowest=slowest)


# --- the window --------------------------------------------------------------------------------------------------------------------------


def windowed(folder: Path) -> Iterator[Result]:
    """Jumps, opening, and the longest block, in a program that had time to make the page of a case ready."""
    app, window = shown_list(folder)
    made_ready(app, window)
    page = window.list_page()
    chance = random.Random(6)  # noqa: S311
    bar = page.table.verticalScrollBar()

    def jump() -> None:
        bar.setValue(chance.randrange(bar.maximum()))
        page.table.viewport().repaint()

    jumps = [milliseconds(jump) for _ in range(60)]
    yield result("a jump in the list", p95(jumps), JUMP, median_ms=median(jumps), longest_ms=max(jumps), rows=page.model.rowCount())
    desk = window.context.desk if window.context else None
    assert desk
    yield from opening(app, window, [case.id for case in sampled(desk, 8)])
    yield from blocked(app, window)
    window.close()


def show_windowed(folder: Path) -> None:
    """Print the figures of the window."""
    for one in windowed(folder):
        print(json.dumps(one, ensure_ascii=False), flush=True)
    os._exit(0)


def made_ready(app: QApplication, window: Window) -> float:
    """Let the program make the page of a case ready, as it does once its window stands; milliseconds of the longest block meanwhile."""
    with watched() as watch:
        window.warm_up()
        settle(app, window.ahead.done, 60)
    return watch.longest * 1000


def opening(app: QApplication, window: Window, ids: list[str]) -> Iterator[Result]:
    """Cases from all over the list, each for the first time."""
    opened(window, ids[0])
    settle(app)
    spent = []
    for case_id in ids[1:]:
        spent.append(milliseconds(lambda case_id=case_id: opened(window, case_id)))  # type: ignore[misc]
        settle(app)
    desk = window.context.desk if window.context else None
    assert desk
    loaded = [milliseconds(lambda case_id=case_id: cases.load(desk, case_id)) for case_id in ids]  # type: ignore[misc]
    yield result("opening a case", p95(spent), OPENING, median_ms=median(spent), longest_ms=max(spent), load_ms=median(loaded))


def blocked(app: QApplication, window: Window) -> Iterator[Result]:
    """A scripted use: search, jump, open, back, filter; each step is watched alone, so that the slow one is named.

    The script is repeated, and of each step the best round counts: what blocks does so each time, what else the machine does, not.
    """
    for name in ("today", "letters", "meetings", "disputes"):
        window.go(name)
        settle(app)
    yield longest_of("longest block", [blocks(Script(app, window).steps()) for _ in range(ROUNDS)])


def blocks(steps: dict[str, Callable[[], None]]) -> dict[str, float]:
    """Milliseconds of the longest block of each step."""
    found = {}
    for name, step in steps.items():
        with watched() as watch:
            step()
        found[name] = watch.longest * 1000
    return found


def longest_of(case: str, rounds: list[dict[str, float]]) -> Result:
    """The step that blocks longest, each in its best round."""
    best = {name: min(one[name] for one in rounds) for name in rounds[0]}
    worst = max(best, key=lambda name: best[name])
    return result(case, best[worst], BLOCK, worst=worst, steps={name: round(value, 1) for name, value in best.items()})


# --- starts, first cases and memory: fresh processes --------------------------------------------------------------------------------------


def ran(what: str, folder: Path) -> list[str]:
    """The lines that a fresh process prints; its modules were compiled before, as those of the packed program are."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(desk_files.ROOT)}
    environment |= {"PYTHONPYCACHEPREFIX": str(desk_files.ROOT / "out" / "bench" / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run([sys.executable, __file__, f"--{what}", str(folder)], check=True, env=environment, capture_output=True, text=True)
    return done.stdout.splitlines()


def child(what: str, folder: Path) -> dict[str, float]:
    """The last figures that a fresh process prints, and how long it took."""
    began = time.perf_counter()
    told: dict[str, float] = json.loads(ran(what, folder)[-1])
    return told | {"seconds": time.perf_counter() - began}


def show_first_rows(folder: Path) -> None:
    """Start the program and stop when the list is painted."""
    _, window = shown_list(folder)
    print(json.dumps({"rows": window.list_page().model.rowCount()}))
    sys.stdout.flush()
    os._exit(0)


def starts(few: Path, many: Path) -> Iterator[Result]:
    """How much later the first rows stand there."""
    for folder in (few, many):
        child("first-rows", folder)
    rounds = [(child("first-rows", few)["seconds"], child("first-rows", many)["seconds"]) for _ in range(STARTS)]
    small, large = (median(side) * 1000 for side in zip(*rounds, strict=True))
    yield result("first rows", large - small, FIRST_ROWS, few_ms=small, many_ms=large, starts=STARTS)


def show_first_case(folder: Path, *, ready: bool) -> None:
    """Open a case, as soon as the list stands or when the page of a case was made ready."""
    app, window = shown_list(folder)
    block = made_ready(app, window) if ready else 0.0
    assert window.context
    database = window.context.desk.database
    first = listing.page(database, listing.calendar(database), 0, 1)[0].id
    print(json.dumps({"opening": milliseconds(lambda: opened(window, first)), "block": block}))
    sys.stdout.flush()
    os._exit(0)


def first_cases(many: Path) -> Iterator[Result]:
    """The first case after a start, and what is made ready for it; of each the best start counts, since a start is disturbed easily."""
    child("first-case", many)
    ready, at_once = ([child(what, many) for _ in range(3)] for what in ("first-case-ready", "first-case"))
    yield result("longest block while the page of a case is made ready", min(one["block"] for one in ready), BLOCK)
    early = min(one["opening"] for one in at_once)
    yield result("opening the first case", min(one["opening"] for one in ready), BLOCK, before_its_page_is_ready_ms=early)


def show_first_pages(folder: Path) -> None:
    """Open each page for the first time."""
    app, window = shown_list(folder)
    made_ready(app, window)
    print(json.dumps(blocks(Script(app, window).first_openings())))
    sys.stdout.flush()
    os._exit(0)


def first_pages(many: Path) -> Iterator[Result]:
    """The first opening of each page after a start; the best start counts."""
    child("first-pages", many)
    yield longest_of("longest block at the first opening of a page", [json.loads(ran("first-pages", many)[-1]) for _ in range(3)])


def show_large() -> None:
    """What somebody does with a case as large as any."""
    with large_office() as (folder, case_id):
        app, window = shown_list(folder)
        made_ready(app, window)
        rounds = [blocks(Script(app, window).large_case(case_id)) for _ in range(3)]
        print(json.dumps(longest_of("longest block with a large case", rounds), ensure_ascii=False))
        window.close()


def show_memory(folder: Path) -> None:
    """Look at the list everywhere, search in it, and tell how much memory is in use. The database's own cache has the same small size."""
    app, window = shown_list(folder)
    page = window.list_page()
    assert window.context
    window.context.desk.database.connection.execute("PRAGMA cache_size = -1024")
    bar, chance = page.table.verticalScrollBar(), random.Random(7)  # noqa: S311
    for _ in range(200):
        bar.setValue(chance.randrange(bar.maximum()))
        app.processEvents()
    for words in ("张", "李", "zs", "调解", ""):
        page.search.setText(words)
        page.refresh()
        app.processEvents()
    window.context.desk.database.connection.execute("PRAGMA shrink_memory")
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)  # what the database's cache gave back is not the list's
    status = Path("/proc/self/status").read_text("ascii")
    used = int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index] # Linux has it
    print(json.dumps({"mb": used}))
    sys.stdout.flush()
    os._exit(0)


def memory(few: Path, many: Path) -> Iterator[Result]:
    """By how much the memory grows."""
    rounds = [(child("memory", few)["mb"], child("memory", many)["mb"]) for _ in range(3)]
    small, large = (median(side) for side in zip(*rounds, strict=True))
    yield result("memory of the list", large - small, MEMORY, "MB", few_mb=small, many_mb=large)


def measure(few: Path, many: Path, only: str) -> Iterator[Result]:
    """All figures, or those of one group."""
    groups: dict[str, Callable[[], Iterator[Result]]] = {
        "starts": lambda: starts(few, many),
        "keys": lambda: keys(many),
        "first": lambda: first_cases(many),
        "window": lambda: map(json.loads, ran("window", many)),
        "pages": lambda: first_pages(many),
        "large": lambda: map(json.loads, ran("large", few)),
        "memory": lambda: memory(few, many),
    }
    for name, group in groups.items():
        if only in ("", name):
            yield from group()


def main() -> None:
    """Print the figures."""
    parts: dict[str, Callable[[Path], None]] = {
        "--first-rows": show_first_rows,
        "--first-case": partial(show_first_case, ready=False),
        "--first-case-ready": partial(show_first_case, ready=True),
        "--window": show_windowed,
        "--first-pages": show_first_pages,
        "--large": lambda _: show_large(),
        "--memory": show_memory,
    }
    if sys.argv[1:2] and sys.argv[1] in parts:
        parts[sys.argv[1]](Path(sys.argv[2]))
        return
    many = desk_files.office(desk_files.TEMPLATE if "--small" in sys.argv else MANY)
    only = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else ""
    for one in measure(desk_files.office(FEW), many, only):
        print(json.dumps(one, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
