"""Watching a folder while nobody is at the keyboard: what appears is taken in, what is due is put there, one quiet line tells of it."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QFileSystemWatcher, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.ui.context import Context
from desktop.ui.exchange.work import Progress
from desktop.ui.visible import visible

if TYPE_CHECKING:
    from desktop.services.watching import Round, Seen, Watch

LOOK_EVERY = 60_000
"""Milliseconds between two looks: network folders do not tell of their changes."""

SETTLING = 4_000
"""Milliseconds after which a file that has not changed counts as whole."""

REST = 15.0
"""Seconds without a key or click after which nobody is at the keyboard."""

_HANDS = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class Watcher(QObject):
    """Looks at the watched folder and works on it.

    While it uses the office, nothing in `content` can be done; a key or click makes it stop, and what is left is done later. `told`
    carries the quiet line, short and in full; `came` comes when the cases may be others than before.
    """

    told = Signal(str, str)
    came = Signal()

    def __init__(self, context: Context, content: QWidget, may_begin: Callable[[], bool]) -> None:
        super().__init__(content)
        self._context, self._content, self._may_begin = context, content, may_begin
        self._focus: QWidget | None = None
        self._before: list[Seen] = []
        self._progress: Progress | None = None
        self._looking = False
        self._touched = time.monotonic()
        self.rest = REST
        self._often = _timer(self, LOOK_EVERY, self.look, again=True)
        self._soon = _timer(self, SETTLING, self.look)
        self._folder = QFileSystemWatcher(self)
        self._folder.directoryChanged.connect(lambda _: self._soon.start())

    def refresh(self) -> None:
        """Watch what the settings now say."""
        watch = self._watch()
        for folder in self._folder.directories():
            self._folder.removePath(folder)
        self._before = []
        if watch.on and watch.folder:
            if Path(watch.folder).is_dir():
                self._folder.addPath(watch.folder)
            self._often.start()
            self._soon.start()
        else:
            self.stop()

    def stop(self) -> None:
        """Look no more, and let go of what is under way."""
        self._often.stop()
        self._soon.stop()
        if self._progress:
            self._progress.stop()

    def busy(self) -> bool:
        """Whether it uses the office."""
        return self._progress is not None

    def look(self) -> None:
        """See what lies in the folder, unless something else is under way."""
        from desktop.services import watching

        if self.busy() or self._looking or self._context.worker.busy() or not self._idle():
            return
        watch = self._watch()
        if not (watch.on and watch.folder):
            return
        self._looking = True
        folder = Path(watch.folder)
        self._context.worker.start(lambda: watching.look(folder), self._on_seen, self._on_gone)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _HANDS:
            self._touched = time.monotonic()
            if self._progress:
                self._progress.stop()
        return False

    def _idle(self) -> bool:
        return time.monotonic() - self._touched >= self.rest and self._may_begin()

    def _watch(self) -> "Watch":
        from desktop.services import watching

        return watching.watch_of(self._context.desk)

    def _on_seen(self, now: "list[Seen]") -> None:
        from desktop.services import watching

        self._looking = False
        desk, watch, before = self._context.desk, self._watch(), self._before
        self._before = now
        names = watching.ready(now, before, watch, desk.office.code)
        export = watching.due(watch, datetime.fromisoformat(desk.now()))
        if set(now) != set(before):
            self._soon.start()
        if (names or export) and self._idle():
            progress = self._progress = Progress(lambda _done, _whole, _name: None)
            self._hold()
            self._context.worker.start(
                lambda: watching.visit(desk, names, export=export, progress=progress), self._on_visited, self._on_refused
            )

    def _on_gone(self, sentence: str) -> None:
        self._looking = False
        self._before = []
        self._say(sentence)

    def _on_visited(self, found: "Round") -> None:
        self._free()
        if found.taken:
            self.came.emit()
        if text := told_round(found):
            self._say(text, short_round(found))

    def _on_refused(self, sentence: str) -> None:
        self._free()
        self.came.emit()  # what was taken in before stays
        self._say(sentence)

    def _hold(self) -> None:
        self._focus = QApplication.focusWidget()
        self._content.setEnabled(False)

    def _free(self) -> None:
        self._progress = None
        self._content.setEnabled(True)
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus = None

    def _say(self, text: str, short: str = "监看文件夹没有做成") -> None:
        at = f"{datetime.fromisoformat(self._context.desk.now()):%H:%M}"
        self.told.emit(f"{at}　{short}", f"{at}　{visible(text)}")


def told_round(found: "Round") -> str:
    """What a visit did, in one or two quiet sentences; "" if nothing."""
    parts = []
    for _, one in found.taken[:1]:
        more = f"等 {len(found.taken)} 个交换包" if len(found.taken) > 1 else "的交换包"
        parts.append(f"收到{one.sender}{more}，{len({case for _, each in found.taken for case in each.cases})} 件纠纷")
    for name, sentence in found.refused[:1]:
        parts.append(f"有 {len(found.refused)} 个文件没有导入（{name}：{sentence.rstrip('。')}）")
    if found.exported:
        parts.append(f"放了一份给{found.exported.receiver}，{found.exported.cases} 件纠纷")
    return f"监看文件夹：{'；'.join(parts)}。" if parts else ""


def short_round(found: "Round") -> str:
    """The same in a few words."""
    counts = (("收到", len(found.taken)), ("没有导入", len(found.refused)), ("放了", len(found.exported.paths) if found.exported else 0))
    return "监看文件夹：" + "，".join(f"{what} {count} 个" for what, count in counts if count)


def _timer(parent: QObject, delay: int, slot: Callable[[], None], *, again: bool = False) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(not again)
    made.setInterval(delay)
    made.timeout.connect(slot)
    return made
