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
    "desktop.ui.case_page",
    "jinja2",
    "pypdfium2",
    "reportlab",
    "sqlite_utils",
)
PROGRAM = """
import sys
from pathlib import Path
from desktop.ui.application import create
app, window = create(Path(sys.argv[1]))
window.show()
app.processEvents()
print(window.list_page().count.text())
print(*(name for name in sys.argv[2:] if name in sys.modules))
window.close()
"""


def test_heavy_libraries_wait_until_the_list_is_seen(desk: Desk) -> None:
    desk.close()
    root = Path(__file__).resolve().parents[2]
    environment = os.environ | {VARIABLE: PASSWORD, "PYTHONPATH": str(root), "PYTHONWARNINGS": "error"}
    command = [sys.executable, "-c", PROGRAM, str(desk.folder), *HEAVY]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["共 0 件", ""]
    assert done.stderr == ""
