"""Ctrl+Z and Ctrl+Y on the case page: letters of the line first, then the steps of the form, saves among them."""

from typing import Protocol

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.domain.case import Case
from desktop.services.drafts import Typed
from desktop.ui.case.undo import SAVING, Step, Steps, UndoRow, own_step

MOST_CASES = 20
"""Cases whose steps are remembered when others are shown."""

_KEYS = tuple(QKeyCombination(Qt.KeyboardModifier.ControlModifier, key) for key in (Qt.Key.Key_Z, Qt.Key.Key_Y))


class Form(Protocol):
    """What the page does for the steps."""

    def typed(self) -> Typed:
        """What stands in the form."""
        ...

    def put(self, typed: Typed, path: str) -> None:
        """Let the form hold this, the cursor in the field of the path if there is one."""
        ...

    def save(self) -> bool:
        """Save what stands in the form."""
        ...

    def unsave(self, name: str, former: Case, saved: Case, *, again: bool = False) -> bool:
        """Take back what was saved under that name, or do it again, and show the case; False, and why, if that cannot be."""
        ...

    def may_write(self) -> bool:
        """Whether anything may be changed here."""
        ...


def told_of(name: str, *, again: bool) -> str:
    """What is said when something that was saved under that name was taken back, or done again."""
    if again:
        return f"已重做“{name}”。"
    if name == SAVING:
        return "已撤销保存，纠纷恢复到保存以前；刚才写的还在下面，没有保存，可以接着改。"
    return f"已撤销“{name}”，纠纷恢复到这一步以前。"


class Stepping(QObject):
    """Follows the cursor through the fields of `place` and steps back and forth. `stepped` comes after the form was changed.

    The steps of the cases that were shown last are remembered as long as the page is there, which is as long as the office is open.
    """

    stepped = Signal()

    def __init__(self, form: Form, place: QWidget, row: UndoRow) -> None:
        super().__init__(place)  # it goes with the fields
        self._form, self._place, self._row = form, place, row
        self._watched: QWidget | None = None
        self._is_dirty = False
        self.steps: Steps = Steps(form.typed())
        self._past: dict[str, tuple[Steps, Case]] = {}  # by the names of drafts, the one shown last at the end
        row.undo.connect(self.undo)
        row.redo.connect(self.redo)
        row.pressed.connect(self._press)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]  # there is one

    def touch(self) -> None:
        """Something was typed."""
        self._is_dirty = True

    def note(self, typed: Typed, name: str = "") -> None:
        """Take down what stands in the form now, as a step of that name if it is one."""
        self._is_dirty = False
        self.steps.note(typed, name)
        self._row.show_steps(self.steps.next_undo(), self.steps.next_redo())

    def put_away(self, name: str, case: Case) -> None:
        """Another case is about to be shown: remember the steps of this one by the name of its draft; it is stored as `case`."""
        if self._is_dirty:
            self.note(self._form.typed())
        self.steps.leave()
        if self.steps.next_undo() or self.steps.next_redo():
            self._past.pop(name, None)
            self._past[name] = (self.steps, case)
            for oldest in list(self._past)[:-MOST_CASES]:
                del self._past[oldest]

    def begin(self, name: str, case: Case) -> bool:
        """The case is shown as it is stored; its steps are those remembered by the name, as far as what was stored since leaves them.

        Returns whether there are any.
        """
        self._is_dirty = False
        steps, former = self._past.pop(name, (None, case))
        if steps and steps.carry_over(former, case):
            self.steps = steps
            return True
        self.steps = Steps(self._form.typed())
        return False

    def carry_over(self, former: Case, case: Case) -> None:
        """The form shows the case as something else than it has stored it; before that it was stored as `former`."""
        if self.steps.carry_over(former, case):
            self.steps.follow(self._form.typed())
        else:
            self.steps = Steps(self._form.typed())

    def _press(self, back: bool) -> None:
        """The key goes letter by letter through what is just being typed, and then step by step."""
        typing = self._is_dirty or self.steps.is_open
        if typing and own_step(self._watched, back=back):
            return
        if back:
            self.undo()
        else:
            self.redo()

    def undo(self) -> None:
        """Take back the last step; of a save, the former values are saved again."""
        if not self._ready():
            return
        step = self.steps.next_undo()
        if step is None or (step.saved and not self._form.unsave(step.name, *step.saved)):
            return
        self.steps.undo()
        self._go(step, step.before)

    def redo(self) -> None:
        """Do again what was taken back last."""
        if not self._ready():
            return
        step = self.steps.next_redo()
        if step is None:
            return
        if step.saved and not step.of_course:
            self._form.save()
        elif step.saved is None or self._form.unsave(step.name, *step.saved, again=True):
            self.steps.redo()
            self._go(step, step.after)

    def _ready(self) -> bool:
        self.note(self._form.typed())
        return self._form.may_write()

    def _go(self, step: Step, typed: Typed) -> None:
        if not step.of_course:
            self._form.put(typed, step.paths[0] if step.paths else "")
        self.steps.follow(self._form.typed())
        self.stepped.emit()

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Where the cursor goes, a step ends; Ctrl+Z there is ours, which knows of more than one line."""
        if self._watched is not None and isValid(self._watched):  # it may have gone with its page
            self._watched.removeEventFilter(self)
        self._watched = new if new is not None and isValid(self._place) and self._place.isAncestorOf(new) else None
        if self._watched is None:
            return
        self._watched.installEventFilter(self)
        if self._is_dirty:
            self.note(self._form.typed())
        self.steps.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.keyCombination() in _KEYS:
            event.ignore()
            return True
        return super().eventFilter(watched, event)
