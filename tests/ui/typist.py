"""A program to be killed: a real window, in which somebody types into a case and a new one. Run as a script with the folder of the office.

It tells a line when the drafts are kept, and then waits to be killed.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.services import cases
from desktop.services.desk import open_desk
from desktop.ui.application import application
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.ui.hands import PASSWORD, Answers, Operator

TYPED = "对方昨天又把水渠堵上了，双方约好周五再谈。"


def until_kept(window: Window) -> None:
    """Wait until the page says that the draft is kept."""
    page = window.case_page()
    page.undo_row.kept.clear()
    while "草稿已留存" not in page.undo_row.kept.text():
        QTest.qWait(20)


def work(folder: Path) -> None:
    """Type, and wait for the end."""
    app = application()
    desk = open_desk(folder, PASSWORD, "李正平")
    window = Window(folder, Theme(app, None), None, Answers())
    window.enter(desk)
    window.show()
    operator = Operator()
    window.open_case(cases.rows(desk)[0].id)
    page = window.case_page()
    page.tabs.reveal("summary")
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.write(TYPED)
    page.tabs.reveal("parties[1].born_on")
    operator.write("1962-2-3x")
    until_kept(window)
    window.new_case()
    page.tabs.reveal("place")
    operator.write("村口的小桥")
    until_kept(window)
    os.write(1, b"kept\n")
    sys.stdin.read()


if __name__ == "__main__":
    work(Path(sys.argv[1]))
