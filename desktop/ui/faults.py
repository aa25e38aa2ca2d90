"""A fault of the program itself: a plain dialog, and a report without anything that was typed."""

import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

SENTENCE = "程序出了故障，刚才的操作可能没有完成；已经保存的内容不受影响。请记下刚才做了什么，把下面的报告交给维护的人，然后继续工作。"


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where the fault happened: kinds and places only, since a message could quote what was typed."""
    import platform
    import traceback

    places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    versions = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
    return "\n".join([f"{kind.__module__}.{kind.__qualname__}", *places, versions])


class _Show(QObject):
    wanted = Signal(str)


def install_excepthook(parent: QWidget) -> None:
    """Show faults in a dialog over the window; the report also goes to stderr."""
    show = _Show(parent)
    show.wanted.connect(lambda text: _dialog(parent, text))

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = report(kind, trace)
        sys.stderr.write(text + "\n")
        show.wanted.emit(text)

    sys.excepthook = hook
    threading.excepthook = lambda args: hook(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)


def _dialog(parent: QWidget, text: str) -> None:
    box = QMessageBox(QMessageBox.Icon.Warning, "枫桥调解台", SENTENCE, QMessageBox.StandardButton.Ok, parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setDetailedText(text)
    box.open()
