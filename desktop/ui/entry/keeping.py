"""Keeps what is typed under a name within two seconds, off the window's thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.services import drafts
from desktop.services.desk import Desk
from desktop.ui.context import Context
from desktop.ui.worker import Worker

DELAY = 1000
"""Milliseconds from the first key that is not kept yet to its keeping; the writing itself takes some milliseconds more."""


class Keeping(QObject):
    """What a form holds, kept as a draft. A connection of its own writes on a thread of its own: no key ever waits for the disk.

    `wanted` gives the content as it should be kept, nothing where nothing was typed. `kept` carries when it was kept (`10:31`), or
    nothing when there is none any more; `failed` why it could not be kept.
    """

    kept = Signal(str)
    failed = Signal(str)

    def __init__(self, context: Context, wanted: Callable[[], bytes]) -> None:
        super().__init__()
        self._context, self._wanted = context, wanted
        self._worker = Worker()
        self._beside: Desk | None = None
        self._name = ""
        self._content: bytes | None = b""  # what is kept, as far as is known
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.keep_soon)

    def begin(self, name: str, content: bytes | None = b"") -> None:
        """The form shows another thing, or the same as saved; `content` is what is kept under the name already, None if not known."""
        self._timer.stop()
        self._name, self._content = name, content
        self.kept.emit("")

    @property
    def name(self) -> str:
        """The name of the draft of what is shown."""
        return self._name

    def touch(self) -> None:
        """Something was typed."""
        if not self._timer.isActive():
            self._timer.start()

    def keep_soon(self) -> None:
        """Keep the draft now, without waiting for the disk; nothing is written where nothing changed."""
        self._timer.stop()
        name, content = self._name, self._wanted()
        if name and content != self._content:
            self._content = content
            self._worker.start(lambda: self._write(name, content), self._on_kept, self._on_failed)

    def keep_now(self) -> None:
        """Keep the draft before this returns. Raises `Refused` if it cannot be kept."""
        self._timer.stop()
        self.finish()
        content = self._wanted()
        if self._name and content != self._content:
            self._content = None
            self._on_kept(_put(self._context.desk, self._name, content))
            self._content = content

    def finish(self) -> None:
        """Wait until nothing is under way: what is typed is about to be saved, which ends the draft."""
        self._timer.stop()
        if self._worker.busy():
            self._content = None
        self._worker.finish()

    def close(self) -> None:
        """Let go of the database; what was typed must have been kept before."""
        self.finish()
        if self._beside is not None:
            self._beside.close()
            self._beside = None

    def _write(self, name: str, content: bytes) -> str:
        if self._beside is None:
            self._beside = self._context.desk.beside()
        return _put(self._beside, name, content)

    def _on_kept(self, at: str) -> None:
        self.kept.emit(at[11:16])

    def _on_failed(self, sentence: str) -> None:
        self._content = None
        self._timer.start()
        self.failed.emit(sentence)


def _put(desk: Desk, name: str, content: bytes) -> str:
    if content:
        return drafts.keep(desk, name, content)
    drafts.drop(desk, name)
    return ""
