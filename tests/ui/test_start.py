"""What the program loads before its list is seen."""

import os
import subprocess
import sys
from pathlib import Path

from desktop.services.desk import Desk
from desktop.ui.unlocking import VARIABLE
from tests.ui.hands import PASSWORD

HEAVY = (
    "PySide6.QtPrintSupport",
    "chinese_calendar",
    "desktop.documents",
    "desktop.ui.case.page",
    "jinja2",
    "pypdfium2",
    "reportlab",
    "sqlite_utils",
)
PROGRAM = """
import sys
from pathlib import Path
from desktop.ui.application import create
app, window = create(Path(sys.argv[1]), "disputes")
window.show()
app.processEvents()
print(window.list_page().count.text())
print(*(name for name in sys.argv[2:] if name in sys.modules))
window.close()
"""


WARMED = """
import sys
from pathlib import Path
from desktop.ui.application import create
app, window = create(Path(sys.argv[1]), "disputes")
window.show()
window.warm_up()
while window.worker.busy():
    app.processEvents()
print(*(name for name in sys.argv[2:] if name in sys.modules))
from desktop.documents.fonts import face
print(face.cache_info().currsize > 3)
window.close()
"""


def run(program: str, folder: Path, *names: str) -> list[str]:
    """The lines that the program prints about an office in a process of its own."""
    root = Path(__file__).resolve().parents[2]
    environment = os.environ | {VARIABLE: PASSWORD, "PYTHONPATH": str(root), "PYTHONWARNINGS": "error"}
    command = [sys.executable, "-c", program, str(folder), *names]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_what_the_first_paper_needs_is_loaded_after_the_list(desk: Desk) -> None:
    desk.close()
    needed = ("jinja2", "pypdfium2", "reportlab")
    assert run(WARMED, desk.folder, *needed) == [" ".join(needed), "True"]


def test_heavy_libraries_wait_until_the_list_is_seen(desk: Desk) -> None:
    desk.close()
    assert run(PROGRAM, desk.folder, *HEAVY) == ["共 0 件", ""]
