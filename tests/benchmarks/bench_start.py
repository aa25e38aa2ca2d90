"""How long the program takes from its start to the painted list, against an empty window beside an opened database.

Prints one JSON object a line: {"bench", "case", "value", "unit", "target", "ok", "detail"}. Both sides are fresh processes, run in
turns; medians of the whole wall time, interpreter included, are compared. Both sides unlock the same key file with the same cheap
Argon2id cost and open the same database of 1,000 cases, so that neither the password nor the size of the file tells them apart.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

TARGET = 2.0
ROUNDS = 9
CASES = 1000
PASSWORD = "benchmark"
ROOT = Path(__file__).resolve().parents[2]


def fill(folder: Path) -> None:
    """An office with the cases, its key under a password that costs next to nothing."""
    import msgspec

    from desktop.domain.case_file import read_case
    from desktop.services import cases
    from desktop.services.desk import set_up
    from desktop.store.keyfile import Cost

    samples = [read_case(path.read_bytes()) for path in sorted((ROOT / "resources" / "samples").glob("*.json"))]
    with set_up(folder, PASSWORD, level="村", name="浦贝乡浦贝村综治中心", cost=Cost(8, 1, 1)) as desk, desk.database.atomic():
        for number in range(CASES):
            sample = samples[number % len(samples)]
            cases.register(desk, msgspec.structs.replace(sample, summary=f"{sample.summary}（第{number + 1}件）"))


def show_program(folder: Path) -> None:
    """Start the program as `run` does, and stop when the list has been painted with its rows."""
    from desktop.ui.application import create

    app, window = create(folder, "disputes")  # the list is what is measured; the program itself starts on 今日
    window.show()
    table = window.list_page().table
    while not (table.isVisible() and table.model().rowCount() == CASES and table.indexAt(table.rect().center()).isValid()):
        app.processEvents()
    app.processEvents()
    window.close()


def show_empty(folder: Path) -> None:
    """An empty window beside the opened database."""
    import sqlcipher3.dbapi2 as driver
    from PySide6.QtWidgets import QApplication, QMainWindow

    from desktop.store.keyfile import unwrap

    app = QApplication(sys.argv[:1])
    key = unwrap(folder / "fengqiao.key", PASSWORD, "fengqiao-key/1")
    connection = driver.connect(str(folder / "fengqiao.db"))
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    assert connection.execute("SELECT count(*) FROM cases").fetchone() == (CASES,)
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    app.processEvents()
    window.close()
    connection.close()


SIDES = {"program": show_program, "empty": show_empty}


def timed(side: str, folder: Path) -> float:
    """Seconds of a fresh process that shows one side."""
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "FENGQIAO_PASSWORD": PASSWORD,
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(folder.parent / "compiled"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled; the first, uncounted round does it here
    began = time.perf_counter()
    subprocess.run([sys.executable, __file__, side, str(folder)], check=True, env=environment)
    return time.perf_counter() - began


def main() -> None:
    """Print the figure."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "office"
        fill(folder)
        for side in SIDES:
            timed(side, folder)
        pairs = [(timed("program", folder), timed("empty", folder)) for _ in range(ROUNDS)]
    program, empty = (median(side) for side in zip(*pairs, strict=True))
    ratio = program / empty
    detail = (
        f"process start to painted list of {CASES} cases {program * 1000:.0f} ms, "
        f"empty QMainWindow and opened database {empty * 1000:.0f} ms; "
        f"medians of {ROUNDS} interleaved runs, offscreen; both unlock the same key file with Argon2id at 8 KiB"
    )
    figure = {"bench": "start", "case": "1000 cases", "value": round(ratio, 3), "unit": "ratio", "target": TARGET, "ok": ratio <= TARGET}
    print(json.dumps(figure | {"detail": detail}, ensure_ascii=False))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        SIDES[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
