"""Starts the window; and takes its picture for the demonstration."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.ui.rooms import FIRST
from desktop.ui.theme import Theme, load_fonts, load_rare_fonts
from desktop.ui.window import PROGRAM, Window

if TYPE_CHECKING:
    from desktop.services.desk import Desk

PICTURE_SIZE = (1280, 800)

WARM_UP_DELAY = 400
"""Milliseconds after which the list, or the door before it, is painted, and the operator still reads."""


def application() -> QApplication:
    """The one QApplication, with Chinese dialogs and our fonts."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        load_fonts()
        return app
    app = QApplication(sys.argv[:1])
    app.setApplicationName("fengqiao")
    app.setApplicationDisplayName(PROGRAM)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    app.setStyle("Fusion")
    load_fonts()
    return app


def create(folder: Path | None = None, first: str = FIRST) -> tuple[QApplication, Window]:
    """The application and its window on the office in the folder (by default the one of this computer), not yet shown.

    Behind the door stands the page `first`, a name of `rooms.ROOMS`.
    """
    from desktop.services.desk import default_folder

    app = application()
    folder = folder or default_folder()
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    window = Window(folder, Theme(app, settings), settings)
    window.open_door(first)
    return app, window


def run(folder: Path | None = None) -> int:
    """Open the window and stay until it is closed; the exit code."""
    from desktop.ui.faults import install_excepthook

    app, window = create(folder)
    install_excepthook(window)
    window.show()
    QTimer.singleShot(0, load_rare_fonts)
    QTimer.singleShot(WARM_UP_DELAY, window.warm_up)
    return app.exec()


def pictures(desk: "Desk", case_id: str, folder: Path) -> list[Path]:
    """Take pictures of the case page and of the list of an unlocked office, without showing a window: `case.png`, `list.png`.

    The desk stays open. Works without a display.
    """
    import os

    if QApplication.instance() is None and not os.environ.get("DISPLAY") and sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application()
    load_rare_fonts()
    window = Window(folder, Theme(app, None))
    window.resize(*PICTURE_SIZE)
    window.enter(desk, "disputes")
    window.show()
    app.processEvents()
    found = []
    for name in ("case", "list"):
        if name == "case":
            window.open_case(case_id)
        else:
            window.show_list(case_id)
        settle(app, window)
        path = folder / f"{name}.png"
        window.grab().save(str(path))
        found.append(path)
    window.release_desk()
    window.close()
    window.deleteLater()
    app.processEvents()
    return found


def settle(app: QApplication, window: Window) -> None:
    """Let everything that was begun come to its end: short timers and slow work."""
    from PySide6.QtCore import QEventLoop

    loop = QEventLoop()
    QTimer.singleShot(700, loop.quit)
    loop.exec()
    if window.worker.busy():
        window.worker.idle.connect(loop.quit)
        loop.exec()
    app.processEvents()
