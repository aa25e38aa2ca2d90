"""撤销 and 重做: what was done to a case since the office was opened, step by step, each step with a name.

A step is two values of the form; frozen values share what did not change, so that a step costs little.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QSizePolicy, QWidget

from desktop.domain.case import Case
from desktop.domain.labels import words
from desktop.domain.laid_over import differences, laid_over
from desktop.services.drafts import Typed
from desktop.ui.context import heading
from desktop.ui.theme import em

MOST = 100
"""Steps that are remembered; a narrative of 10,000 characters that changes in each of them takes some 4 MB."""

SAVING = "保存"

_LONGEST = 12
"""Characters of a name on the button: with large text there is no room for more; all of it is told when one points at it."""


class Step(NamedTuple):
    """One thing that was done: its name, the fields, what the form held before and after; of a save the stored case as well.

    A step of the course (受理, 结案 …) is a save with its own name: what it changed was not typed.
    """

    name: str
    paths: tuple[str, ...]
    before: Typed
    after: Typed
    saved: tuple[Case, Case] | None = None

    @property
    def of_course(self) -> bool:
        """Whether it is a step of the course: the form shows what is saved, before and after it."""
        return self.saved is not None and self.name != SAVING


class Steps:
    """The steps of one case. What is typed into one field while the cursor stays there is one step."""

    def __init__(self, typed: Typed) -> None:
        self._now = typed
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._open = False

    def note(self, typed: Typed, name: str = "") -> None:
        """The form now holds this. Costs next to nothing where that is what it held."""
        paths = tuple(_changed(self._now, typed))
        if not paths:
            return
        last = self._done[-1] if self._done else None
        if self._open and last and set(last.paths) & set(paths) and not _is_list(typed.case, paths[0]):
            self._done.pop()
            before, paths = last.before, last.paths
        else:
            before = self._now
        if tuple(_changed(before, typed)):
            self._push(Step(name or named(before, typed, paths), paths, before, typed))
        self._undone.clear()
        self._now, self._open = typed, True

    @property
    def is_open(self) -> bool:
        """Whether the cursor is still where the last step was typed."""
        return self._open

    def leave(self) -> None:
        """The cursor left the field: what is typed next is a step of its own."""
        self._open = False

    def saved(self, former: Case, stored: Case, name: str = SAVING) -> None:
        """What the form holds was saved, or a step of the course was taken, which has its name."""
        now = Typed(stored)
        self._push(Step(name, (), self._now if name == SAVING else Typed(former), now, (former, stored)))
        self._undone.clear()
        self._now, self._open = now, False

    def follow(self, typed: Typed) -> None:
        """The form holds the same as before but for what no field shows; the steps stay."""
        self._now = typed

    def carry_over(self, former: Case, today: Case) -> bool:
        """The case was stored as `former` and is stored as `today`, by other hands than those that took the steps.

        The steps go on over what the others wrote. Those that would take their words back are dropped with all beyond them; a save of
        that kind stays, because it is refused with a sentence that names the field. False if no step is left.
        """
        now = _carried(self._now, former, today)
        if now is None:
            return False
        self._now, self._open = now, False
        self._done, self._undone = (_those_carried(steps, former, today) for steps in (self._done, self._undone))
        return bool(self._done or self._undone)

    def next_undo(self) -> Step | None:
        """What would be undone."""
        return self._done[-1] if self._done else None

    def next_redo(self) -> Step | None:
        """What would be done again."""
        return self._undone[-1] if self._undone else None

    def undo(self) -> Step | None:
        """Take the last step back; the form is to show its `before`."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        self._now, self._open = step.before, False
        return step

    def redo(self) -> Step | None:
        """Do the last undone step again; the form is to show its `after`."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        self._now, self._open = step.after, False
        return step

    def _push(self, step: Step) -> None:
        self._done.append(step)
        del self._done[:-MOST]


def _carried(typed: Typed, former: Case, today: Case) -> Typed | None:
    """What the form held over `former`, laid over `today`; None where others wrote in the same field, or where half-typed texts stand."""
    theirs = set() if former is today else set(differences(former, today))
    if not theirs:
        return typed
    laid = laid_over(former, typed.case, today)
    doubtful = laid.doubtful or typed.texts or not theirs.isdisjoint(differences(former, typed.case))
    return None if doubtful else Typed(laid.case)


def _those_carried(steps: Sequence[Step], former: Case, today: Case) -> list[Step]:
    """The steps, the next one last, as far as they can be gone over what others wrote."""
    found: list[Step] = []
    for step in reversed(steps):
        before, after = (_carried(typed, former, today) for typed in (step.before, step.after))
        if before is not None and after is not None:
            found.append(step._replace(before=before, after=after))
            continue
        if step.saved:
            found.append(step)
        break
    return found[::-1]


def _changed(one: Typed, other: Typed) -> Iterator[str]:
    if one.case is not other.case:
        yield from differences(one.case, other.case)
    if one.texts != other.texts:
        yield from (path for path in {**one.texts, **other.texts} if one.texts.get(path) != other.texts.get(path))


def named(before: Typed, after: Typed, paths: tuple[str, ...]) -> str:
    """The name of what was done: `修改涉及金额`, `新增当事人`, `修改电话等3处`."""
    first = paths[0]
    old, new = _at(before.case, first), _at(after.case, first)
    if _is_list(before.case, first) and isinstance(old, tuple) and isinstance(new, tuple) and len(old) != len(new):
        return f"{'新增' if len(new) > len(old) else '删去'}{words(first)}"
    return f"修改{words(first)}" + (f"等{len(paths)}处" if len(paths) > 1 else "")


_PART = re.compile(r"([a-z_]+)((?:\[[0-9]+\])*)")


def _at(case: Case, path: str) -> Any:
    """What the case holds at the path; None where there is nothing."""
    value: Any = case
    for part in path.split("."):
        match = _PART.fullmatch(part)
        value = getattr(value, match[1], None) if match else None
        for number in re.findall("[0-9]+", match[2]) if match else ():
            value = value[int(number)] if isinstance(value, tuple) and int(number) < len(value) else None
    return value


def _is_list(case: Case, path: str) -> bool:
    """Whether the path is a list of entries, where each coming and going is a step of its own."""
    return words(path) != "" and path.rpartition(".")[2] in _LISTS and isinstance(_at(case, path), tuple)


_LISTS = frozenset(
    {"parties", "sessions", "clauses", "obligations", "letters", "visits", "assessments", "routings", "supports", "fulfilments"}
    | {"reopenings", "moves"}
)


class UndoRow(QWidget):
    """A quiet line below the form: what can be undone and done again, and when the draft was kept."""

    undo = Signal()
    redo = Signal()
    pressed = Signal(bool)  # a key was: back, or forth

    def __init__(self) -> None:
        super().__init__()
        self.undo_button, self.redo_button = QPushButton(), QPushButton()
        self.kept = heading("", "soft")
        self.kept.setWordWrap(False)
        row = self._row = QHBoxLayout(self)
        keys = ((self.undo_button, self.undo, "Ctrl+Z", True), (self.redo_button, self.redo, "Ctrl+Y", False))
        for made, signal, key, is_back in keys:
            made.setProperty("role", "plain")
            made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            made.clicked.connect(signal)
            # also while the button is off: a line has steps of its own
            QShortcut(QKeySequence(key), self, lambda is_back=is_back: self.pressed.emit(is_back))
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(self.kept)
        self._steps: tuple[Step | None, Step | None] = (None, None)
        self.show_steps(None, None)

    def show_steps(self, back: Step | None, forth: Step | None) -> None:
        """Name the next steps back and forth."""
        self._steps = (back, forth)
        for made, verb, step in ((self.undo_button, "撤销", back), (self.redo_button, "重做", forth)):
            made.setToolTip(f"{verb}：{step.name}" if step else "")
            made.setEnabled(step is not None)
        self._fit()

    def _fit(self) -> None:
        """Name the steps in as many letters as there is room for beside what is told of the draft; the keys are always told."""
        side = round(em(self) * 0.5)
        self._row.setContentsMargins(side, 2, side, 2)
        for most in range(_LONGEST, -1, -1):
            texts = [_told(step, verb, key, most) for step, (verb, key) in zip(self._steps, _VERBS, strict=True)]
            for made, text in zip((self.undo_button, self.redo_button), texts, strict=True):
                if made.text() != text:
                    made.setText(text)
            if self._row_width() <= self.width():
                return

    def _row_width(self) -> int:
        margins = self._row.contentsMargins()
        parts = (self.undo_button, self.redo_button, self.kept)
        return sum(part.sizeHint().width() + self._row.spacing() for part in parts) + margins.left() + margins.right()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """What is told of the draft has changed, or the size of the text: the names take what room is left."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)


_VERBS = (("撤销", "Ctrl+Z"), ("重做", "Ctrl+Y"))


def _told(step: Step | None, verb: str, key: str, most: int) -> str:
    """The text of a button with a name of at most so many letters; with room for none, the verb alone."""
    if step is None or most < 2:
        return f"{verb}  {key}"
    return f"{verb}：{step.name if len(step.name) <= most else f'{step.name[: most - 1]}…'}  {key}"


def own_step(focus: QWidget | None, *, back: bool) -> bool:
    """Take back, or do again, the last letters typed where the cursor is; False if the line has nothing of its own."""
    if isinstance(focus, QLineEdit) and not focus.isReadOnly() and (focus.isUndoAvailable() if back else focus.isRedoAvailable()):
        (focus.undo if back else focus.redo)()
        return True
    if isinstance(focus, QPlainTextEdit) and not focus.isReadOnly():
        document = focus.document()
        if document.isUndoAvailable() if back else document.isRedoAvailable():
            (focus.undo if back else focus.redo)()
            return True
    return False
