"""Beside the form: what was done, what is to be done next, and what should be looked at again."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.ui.case.remarks import Remark, head, told
from desktop.ui.context import button, heading
from desktop.ui.entry.dates import moment
from desktop.ui.entry.form import framed
from desktop.ui.paper.sheet import scrolling
from desktop.ui.theme import COLOURS
from desktop.ui.visible import escaped, visible

KEYS = "Enter 到下一栏，Ctrl+Enter 离开多行文字，Ctrl+1 至 Ctrl+9 换页。"


class Event(Protocol):
    """One thing that was done, as `services.cases.timeline` gives it."""

    @property
    def at(self) -> str: ...
    @property
    def office(self) -> str: ...
    @property
    def operator(self) -> str: ...
    @property
    def text(self) -> str: ...


class Timeline(QWidget):
    """经过: everything that happened, the newest at the top."""

    def __init__(self) -> None:
        super().__init__()
        self._events: Sequence[Event] = ()
        self.text = heading("", "fact")
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.addWidget(heading("经过", "head"))
        column.addWidget(scrolling(self.text), 1)

    def show_events(self, events: Sequence[Event]) -> None:
        """Show the events, which come oldest first."""
        self._events = events
        self.text.setText("".join(_told(event) for event in reversed(events)) or "<p>保存以后，办过的事都记在这里。</p>")

    def changeEvent(self, event: QEvent) -> None:
        """The colours of the look stand in the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.show_events(self._events)


def _told(event: Event) -> str:
    who = "　".join(part for part in (event.office, event.operator) if part)
    when = moment(event.at)
    soft = f"<span style='color:{COLOURS['soft']}'>"
    return f"<p>{soft}{escaped(when)}</span><br>{escaped(event.text)}<br>{soft}{escaped(who)}</span></p>"


class Missing(Protocol):
    """One thing that a step lacks, as `domain.lacking.required` gives it."""

    @property
    def text(self) -> str: ...
    @property
    def field(self) -> str: ...


def _links() -> QLabel:
    """Text that wraps, whose links are reached by mouse and keyboard."""
    made = QLabel()
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard)
    return made


def _lacks(one: Missing, *, linked: bool) -> str:
    """The thing as a line of a list, a link to its field where there is one."""
    words = escaped(one.text)
    if linked:
        words = f"<a style='color:{COLOURS['accent']}' href='{escaped(one.field)}'>{words}</a>"
    return f"<p>□ {words}</p>"


MANY_REMARKS, FIRST_REMARKS = 15, 12
"""With more remarks than so many only the first ones are listed, what law forbids before all else, until somebody asks for the rest."""

_ALL = "remarks:all"
"""What the link to the rest leads to."""


class NextPanel(QWidget):
    """下一步 and 请核对: each line is a link to its field.

    `wanted` carries the path of the field; `wanted_history` asks for the timeline where there is no room for it all the time.
    """

    wanted = Signal(str)
    wanted_history = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._path = ""
        self._lists_all = False
        self._again: dict[str, Callable[[], None]] = {}  # what is shown, to be shown in the colours of another look
        self.next_text = heading("", "fact")
        self.go = button("去办理", lambda: self.wanted.emit(self._path), key="F4", role="main")
        card, inner = framed("下一步", "next")
        inner.addWidget(self.next_text)
        inner.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        self.missing = _links()
        self.missing.linkActivated.connect(self.wanted)
        self.missing.hide()
        inner.addWidget(self.missing)
        self.doubts_head = heading("", "head")
        self.doubts = _links()
        self.doubts.linkActivated.connect(self._on_doubt)
        self.history = button("经过", self.wanted_history.emit, key="F7")
        content = QWidget()
        column = self._column = QVBoxLayout(content)
        for part in (card, self.doubts_head, self.doubts, heading(KEYS, "soft")):
            column.addWidget(part)
        column.addWidget(self.history, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(content))

    def add(self, card: QWidget) -> None:
        """Lay another card below the next thing."""
        self._column.insertWidget(1, card)

    def changeEvent(self, event: QEvent) -> None:
        """The colours of the look stand in the links."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            for show in tuple(self._again.values()):
                show()

    def show_next(self, text: str, path: str) -> None:
        """Show the one thing to do next and where it is done."""
        self._path = path
        self.next_text.setText(visible(text))
        self.go.setVisible(bool(path))

    def show_missing(self, found: Sequence[Missing], fields: Callable[[str], bool]) -> None:
        """Show what is still lacking by law or rule, without what is next anyway; those whose path `fields` knows are links."""
        self._again["missing"] = partial(self.show_missing, found, fields)
        others = [one for one in dict.fromkeys(found) if one.text != self.next_text.text()]
        told = "".join(_lacks(one, linked=fields(one.field)) for one in others)
        self.missing.setText(f"<p style='color:{COLOURS['soft']}'>还缺：</p>{told}" if told else "")
        self.missing.setVisible(bool(told))

    def show_remarks(self, found: Sequence[Remark], fields: Callable[[str], bool]) -> None:
        """Show the remarks; those whose path `fields` knows are links."""
        self._again["remarks"] = partial(self.show_remarks, found, fields)
        self.doubts_head.setText(head(list(found)))
        for part in (self.doubts_head, self.doubts):
            part.setVisible(bool(found))
        few = self._lists_all or len(found) <= MANY_REMARKS
        listed = found if few else found[:FIRST_REMARKS]
        rest = "" if few else f"<p><a style='color:{COLOURS['accent']}' href='{_ALL}'>还有{len(found) - len(listed)}处，全部列出</a></p>"
        self.doubts.setText("".join(told(remark, linked=fields(remark.path)) for remark in listed) + rest)

    def _on_doubt(self, path: str) -> None:
        """To the field of a remark, or to the remarks that are not listed."""
        if path == _ALL:
            self._lists_all = True
            self._again["remarks"]()
        else:
            self.wanted.emit(path)
