"""A form: the fields of one frozen value, laid out in a grid that follows the width, each with its doubt or refusal beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar, runtime_checkable

import msgspec
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.entry.inputs import Fault, Input, Text
from desktop.ui.fitting import Padded
from desktop.ui.theme import em
from desktop.ui.visible import visible

S = TypeVar("S", bound=msgspec.Struct)

COLUMNS = 6
_WIDE, _NARROW = 27, 16
"""From so many ems on a form has its full columns, below the second every field takes a line."""


@dataclass(frozen=True)
class Field:
    """One field: its name in the value, its label, its control, how many of six columns it takes, and why it may not stay empty."""

    name: str
    label: str
    control: Callable[[], Input]
    width: int = 3
    required: str = ""


class Cell(QWidget):
    """A field on the screen: label above, control, message below."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.control = field.control()
        self.note = ""
        self._message: QLabel | None = None
        label = QLabel(f"{field.label}（必填）" if field.required else field.label, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", "required" if field.required else "label")
        label.setBuddy(self.control)
        target = self.control.focusProxy() or self.control
        if field.label:
            target.setAccessibleName(field.label)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for part in (label, self.control):
            column.addWidget(part)
        if not field.label:
            label.hide()
        column.addStretch(1)

    @property
    def message(self) -> QLabel:
        """The line below the control; few fields ever need one."""
        if self._message is None:
            self._message = QLabel(self)
            self._message.setTextFormat(Qt.TextFormat.PlainText)
            self._message.setWordWrap(True)
            self._message.hide()
            self._column.insertWidget(2, self._message)
        return self._message

    def fault(self, *, strict: bool) -> str:
        """What is wrong with the content; an empty required field counts when strict."""
        found = self.control.fault()
        if not found and strict and self.field.required and not self.control.value():
            return self.field.required
        return found

    def faults(self, *, strict: bool) -> list[Fault]:
        """The fault of the field itself, or those inside it."""
        own = self.fault(strict=strict)
        return [Fault("", own)] if own else self.control.inner_faults(strict=strict)

    def refresh(self, *, strict: bool = False) -> None:
        """Show the fault, or else the doubt, under the control."""
        fault = self.fault(strict=strict)
        self.control.mark_wrong(bool(fault))
        text = f"✕ {fault}" if fault else f"！{self.note}" if self.note else ""
        if not text and self._message is None:
            return
        role = "fault" if fault else "doubt"
        if self.message.property("role") != role:
            self.message.setProperty("role", role)
            self.message.style().polish(self.message)
        self.message.setText(visible(text))
        self.message.setVisible(bool(text))


class Form(QWidget):
    """Shows a value's fields and gives the value back with what was changed.

    What nobody touched comes back exactly as it was shown, whatever its spelling. `watch` is called with the form after each change
    and may fill or hide other fields. With the parent given at once its many parts are styled once, not at each step up the page.
    """

    changed = Signal()

    def __init__(self, fields: Sequence[Field], watch: Callable[["Form"], None] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watch = watch
        self._shown: dict[str, object] = {}
        self._strict = False
        self._busy = False
        self._plan: tuple[object, ...] = ()
        self._hidden: frozenset[str] = frozenset()
        self.cells = {field.name: Cell(field, self) for field in fields}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        for cell in self.cells.values():
            cell.control.changed.connect(lambda cell=cell: self._on_change(cell))
        self._arrange()

    def __getitem__(self, name: str) -> Input:
        return self.cells[name].control

    def show_value(self, value: msgspec.Struct, empty: str = "") -> None:
        """Show the fields of the value; the field named `empty` is shown empty whatever it holds."""
        self._busy = True
        self._strict = False
        for name, cell in self.cells.items():
            cell.control.show_value(None if name == empty else getattr(value, name))
            self._shown[name] = cell.control.value()
            cell.refresh()
        self._busy = False
        self._run_watch()

    def apply(self, value: S) -> S:
        """The value with every field that was changed since it was shown, and that has no fault.

        A required text that was emptied is empty in it; another required field keeps what it was: `faults` tells of both.
        """
        changes: dict[str, object] = {}
        for name, cell in self.cells.items():
            new = cell.control.value()
            if cell.fault(strict=False) or new == self._shown.get(name):
                continue
            if new is None and cell.field.required:
                new = "" if isinstance(getattr(value, name), str) else getattr(value, name)
            changes[name] = new
        return msgspec.structs.replace(value, **changes)

    def content(self) -> dict[str, object]:
        """What is typed, by the names of the fields."""
        return {name: cell.control.value() for name, cell in self.cells.items()}

    def faults(self, *, strict: bool = True) -> list[Fault]:
        """What cannot be used, in the order of the fields; from a strict asking on, missing content is shown as well."""
        if strict:
            self._strict = True
            self.refresh()
        return [
            Fault(f"{name}{fault.path}", fault.sentence)
            for name, cell in self.cells.items()
            if name not in self._hidden
            for fault in cell.faults(strict=strict)
        ]

    def refresh(self) -> None:
        """Show faults and doubts anew."""
        for cell in self.cells.values():
            cell.refresh(strict=self._strict)

    def show_notes(self, notes: dict[str, str]) -> None:
        """Show doubts by path (`id_number`, `agent.id_number`, `[0].due_on` for parts of lists)."""
        for name, cell in self.cells.items():
            own = {path.removeprefix(name): text for path, text in notes.items() if _is_under(name, path)}
            cell.note = own.pop("", "")
            cell.control.own_notes(own)
            cell.refresh(strict=self._strict)

    def reveal(self, path: str) -> bool:
        """Put the cursor into the field of the path; False if the form has none."""
        for name, cell in self.cells.items():
            if _is_under(name, path):
                cell.control.reveal(path.removeprefix(name))
                return True
        return False

    def text_at(self, path: str) -> str | None:
        """The text as it stands in the line of the path, usable or not; None where no line is."""
        cell, rest = self._cell_at(path)
        if cell is None:
            return None
        if inner := inner_form(cell.control, rest):
            return inner[0].text_at(inner[1])
        return cell.control.line.text() if isinstance(cell.control, Text) else None

    def put_text(self, path: str, text: str) -> None:
        """Put a text that cannot be used yet back into its line."""
        cell, rest = self._cell_at(path)
        if cell is None:
            return
        if inner := inner_form(cell.control, rest):
            inner[0].put_text(inner[1], text)
        elif isinstance(cell.control, Text):
            cell.control.line.setText(text)
            cell.control.changed.emit()

    def _cell_at(self, path: str) -> tuple[Cell | None, str]:
        return next(((cell, path.removeprefix(name)) for name, cell in self.cells.items() if _is_under(name, path)), (None, ""))

    def hide_fields(self, names: frozenset[str]) -> None:
        """Show all fields but these."""
        self._hidden = names
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._plan:
            self._arrange()

    def _on_change(self, cell: Cell) -> None:
        if self._busy:
            return
        cell.note = ""
        cell.refresh(strict=self._strict)
        self._run_watch()
        self.changed.emit()

    def _run_watch(self) -> None:
        if self._watch and not self._busy:
            self._busy = True
            self._watch(self)
            self._busy = False

    def _width_of(self, field: Field, ems: float) -> int:
        if ems >= _WIDE:
            return field.width
        return COLUMNS if ems < _NARROW or field.width > 3 else 3

    def _arrange(self) -> None:
        ems = self.width() / max(em(self), 1)
        self._grid.setHorizontalSpacing(round(em(self) * 0.8))
        self._grid.setVerticalSpacing(round(em(self) * 0.5))
        plan = tuple((name, self._width_of(cell.field, ems)) for name, cell in self.cells.items() if name not in self._hidden)
        if plan == self._plan:
            return
        self._plan = plan
        for name, cell in self.cells.items():
            self._grid.removeWidget(cell)
            if cell.isHidden() != (name in self._hidden):
                cell.setVisible(name not in self._hidden)
        row = column = 0
        for name, width in plan:
            if column + width > COLUMNS:
                row, column = row + 1, 0
            self._grid.addWidget(self.cells[name], row, column, 1, width, Qt.AlignmentFlag.AlignTop)
            column += width


def _is_under(name: str, path: str) -> bool:
    return path == name or path.startswith((f"{name}.", f"{name}["))


@runtime_checkable
class Holder(Protocol):
    """A control that has a form inside."""

    def inner_form(self, rest: str) -> tuple[Form, str] | None:
        """The form that shows the path inside the value, and the rest of the path for it."""
        ...


def inner_form(control: Input, rest: str) -> tuple[Form, str] | None:
    """The form inside the control for the path, and the rest of the path; None for a control without one."""
    return control.inner_form(rest) if rest and isinstance(control, Holder) else None


class Record(Input):
    """A value inside a value, such as the agent of a party or the agreement of a case.

    It is None while the field `key` is empty, or, without a key, while all fields are. Content beside an empty key is a fault.
    """

    def __init__(self, fields: Sequence[Field], blank: msgspec.Struct, *, title: str = "", key: str = "") -> None:
        super().__init__()
        self._blank, self._key = blank, key
        self._value: msgspec.Struct = blank
        if title:
            frame, column = framed(title, parent=self)
            self.column.addWidget(frame)
            self.form = Form(fields, parent=frame)
            column.addWidget(self.form)
        else:
            self.form = Form(fields, parent=self)
            self.column.addWidget(self.form)
        self.form.changed.connect(self.changed)
        self.setFocusProxy(next(iter(self.form.cells.values())).control)

    def show_value(self, value: object) -> None:
        self._value = value if isinstance(value, msgspec.Struct) else self._blank
        self.form.show_value(self._value, "" if value is not None else self._key)

    def value(self) -> object:
        value = self.form.apply(self._value)
        empty = not self.form[self._key].value() if self._key else value == self._blank
        return None if empty else value

    def inner_faults(self, *, strict: bool) -> list[Fault]:
        empty = not any(self.form.content().values())
        return [Fault(f".{fault.path}", fault.sentence) for fault in self.form.faults(strict=strict and not empty)]

    def inner_form(self, rest: str) -> tuple[Form, str] | None:
        """Its one form."""
        return self.form, rest.removeprefix(".")

    def own_notes(self, notes: dict[str, str]) -> None:
        self.form.show_notes({path.removeprefix("."): text for path, text in notes.items()})

    def reveal(self, rest: str = "") -> None:
        if not self.form.reveal(rest.removeprefix(".")):
            super().reveal()

    def mark_wrong(self, wrong: bool) -> None:
        """The fields inside mark themselves."""


def framed(title: str, role: str = "group", parent: QWidget | None = None) -> tuple[QFrame, QVBoxLayout]:
    """A frame with a heading, and its column for content."""
    frame = Padded(parent=parent)
    frame.setProperty("role", role)
    column = QVBoxLayout(frame)
    frame.pad()
    if title:
        head = QLabel(title, frame)
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setProperty("role", "head")
        column.addWidget(head)
    return frame, column
