"""The words of a dialog that are not yet of any case: kept while one types, offered again, dropped with the step that takes them over."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec
from PySide6.QtWidgets import QBoxLayout, QDialog, QFrame, QHBoxLayout

from desktop.domain.refused import Refused
from desktop.services import drafts
from desktop.services.desk import Desk
from desktop.ui.context import Context, button, heading
from desktop.ui.entry import open_words
from desktop.ui.entry.inputs import Input, Text
from desktop.ui.entry.keeping import Keeping
from desktop.ui.theme import em

T = TypeVar("T")


def draft_name(kind: str, of: str) -> str:
    """The name of the draft of a dialog: what it asks, and the id of the case, or `<case>:<part>`, that it asks about."""
    return drafts.dialog_name(kind, *of.partition(":")[::2])


def drop_with(desk: Desk, name: str, step: Callable[[], T]) -> T:
    """Do the step that takes the kept words over, and drop them, in one transaction: after a power cut there is one of the two."""
    with desk.database.atomic():
        if name:
            drafts.drop(desk, name)
        return step()


class KeptWords:
    """What was typed into the controls (by their names), as far as it differs from what they showed at first.

    Half typed dates and amounts are kept as they stand in their lines.
    """

    def __init__(self, context: Context, name: str, controls: Mapping[str, Input]) -> None:
        self.desk, self._controls = context.desk, controls
        self._first = {key: _raw(control) for key, control in controls.items()}
        self._warned = False
        self.strip = _Strip(self.give_up)
        self._keeping = Keeping(context, self._content)
        self._keeping.failed.connect(lambda sentence: self.strip.warn(f"{sentence}刚才写的还没有留存。"))
        self._resume(name)
        for control in controls.values():
            control.changed.connect(self._keeping.touch)
        open_words.begin(self)

    def _resume(self, name: str) -> None:
        body = drafts.kept(self.desk, name)
        words = _decoded(body) if body else {}
        self._keeping.begin(name, body or b"")
        for key, raw in words.items():
            if key in self._controls:
                _put(self._controls[key], raw)
        if words:
            self.strip.offer(_when(drafts.kept_at(self.desk, name), self.desk.now()))

    def _content(self) -> bytes:
        now = {key: _raw(control) for key, control in self._controls.items()}
        typed = {key: raw for key, raw in now.items() if raw != self._first[key]}
        return msgspec.msgpack.encode(typed) if typed else b""

    def give_up(self) -> None:
        """Show again what was shown at first, and forget what was kept."""
        for key, control in self._controls.items():
            if _raw(control) != self._first[key]:
                _put(control, self._first[key])
        self.strip.hide()
        self._keeping.keep_soon()

    def keep_draft(self) -> None:
        """Keep what stands in the dialog before this returns. Raises `Refused` if it cannot be kept."""
        try:
            self._keeping.keep_now()
        except Refused:
            self._warned = True
            raise

    def may_leave(self) -> bool:
        """Whether the dialog may be closed: what cannot be kept is lost only when the operator goes a second time."""
        warned = self._warned
        try:
            self.keep_draft()
        except Refused as error:
            self.strip.warn(f"{error}刚才写的没能留存，再按一次 Esc 就不要了。")
            return warned
        return True

    def end_with(self, step: Callable[[], T]) -> T:
        """Do the step that takes the words over, and drop them with it; what the step raises leaves them kept."""
        self._keeping.finish()
        name = self._keeping.name
        try:
            done = drop_with(self.desk, name, step)
        except BaseException:
            self._keeping.touch()
            raise
        self._keeping.begin("")
        return done

    def close(self) -> None:
        """The dialog is gone."""
        if open_words.end(self):
            self._keeping.begin("")
            self._keeping.close()


class KeepingDialog(QDialog):
    """A dialog that loses no words: Esc, the lock, the end of the program and a power cut leave them kept."""

    kept: KeptWords | None = None

    def keep_words(self, context: Context, name: str, controls: Mapping[str, Input]) -> None:
        """Keep what is typed into the controls under the name from now on; what was kept under it stands in them again."""
        self.kept = KeptWords(context, name, controls)
        layout = self.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(0, self.kept.strip)
        self.finished.connect(self.kept.close)
        self.destroyed.connect(self.kept.close)

    def accept(self) -> None:
        """Keep the last words as well: the step that follows may be refused."""
        if self.kept is not None:
            self.kept.may_leave()
        super().accept()

    def reject(self) -> None:
        """Close, once the words are kept."""
        if self.kept is None or self.kept.may_leave():
            super().reject()


class _Strip(QFrame):
    """The line at the top that says what stands in the dialog since last time."""

    def __init__(self, drop: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("role", "next")
        self.label = heading("", "fact")
        self.drop_button = button("不要了", drop, key="Ctrl+Shift+D")
        row = QHBoxLayout(self)
        row.setContentsMargins(*[round(em(self) * 0.4)] * 4)
        row.addWidget(self.label, 1)
        row.addWidget(self.drop_button)
        self.hide()

    def offer(self, when: str) -> None:
        """Say when it was kept."""
        self._say(f"接着上次没有写完的内容（{when}）", drops=True)

    def warn(self, text: str) -> None:
        """Say why it is not kept."""
        self._say(f"！{text}", drops=False)

    def _say(self, text: str, *, drops: bool) -> None:
        self.label.setText(text)
        self.drop_button.setVisible(drops)
        self.show()


def _when(at: str, now: str) -> str:
    day = "" if at[:10] == now[:10] else f"{int(at[5:7])}月{int(at[8:10])}日 "
    return f"{day}{at[11:16]}"


def _raw(control: Input) -> Any:
    """What stands in the control, usable or not, as plain values."""
    return control.line.text() if isinstance(control, Text) else msgspec.to_builtins(control.value())


def _put(control: Input, raw: Any) -> None:
    if isinstance(control, Text):
        control.line.setText(str(raw))
        control.line.setModified(True)  # it was typed: a name is tidied when it is left
    else:
        control.show_value(tuple(raw) if isinstance(raw, list) else raw)
    control.changed.emit()


def _decoded(body: bytes) -> dict[str, Any]:
    try:
        return msgspec.msgpack.decode(body, type=dict[str, Any])
    except msgspec.MsgspecError:  # another version of the program kept it
        return {}
