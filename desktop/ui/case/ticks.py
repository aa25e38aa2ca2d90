"""Ticks: several of a list of words, and others in one's own words; and the questions of the intake as a calm list of 是 and 否."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from desktop.domain.intake import QUESTIONS, Proposal, Question, consequence, decide
from desktop.ui.context import heading
from desktop.ui.entry.inputs import Names
from desktop.ui.entry.tick_grid import TickGrid, TickKeys, show_ticked

_TWO_COLUMNS = 24
"""From so many ems on the ticks stand in two columns."""


class Ticks(TickGrid):
    """The chosen ones of the options, in their order, then whatever else was written on the line below."""

    def __init__(self, options: Sequence[str], hint: str = "其他，用顿号隔开") -> None:
        super().__init__({option: QCheckBox(option) for option in options}, _TWO_COLUMNS)
        self.others = Names(hint)
        for box in self.boxes.values():
            box.toggled.connect(self.changed)
        self.column.addWidget(self.others)  # after the boxes, as Enter goes
        target = self.others.focusProxy() or self.others
        target.setAccessibleName("其他")
        self.others.changed.connect(self.changed)

    def show_value(self, value: object) -> None:
        words = value if isinstance(value, tuple) else ()
        for option, box in self.boxes.items():
            show_ticked(box, on=option in words)
        self._shown = words
        self.others.show_value(tuple(word for word in words if word not in self.boxes))

    def value(self) -> object:
        chosen = tuple(option for option, box in self.boxes.items() if box.isChecked())
        others = self.others.value()
        found = chosen + (others if isinstance(others, tuple) else ())
        return self._shown if set(found) == set(self._shown) else found

    _shown: tuple[str, ...] = ()
    """In which order the words were: an order that nobody touched stays."""


class Questions(TickKeys):
    """The codes of the questions that were answered with 是. Which are asked depends on where the dispute came from."""

    def __init__(self) -> None:
        super().__init__()
        self._source: str | None = None
        self._others: tuple[str, ...] = ()
        self._shown: tuple[str, ...] = ()
        self.rows = {one.code: _Row(one) for one in QUESTIONS}
        for row in self.rows.values():
            self.column.addWidget(row)
            row.box.toggled.connect(self._on_answer)
            row.box.installEventFilter(self)
        self.told = heading("", "fact")
        self.column.addWidget(self.told)
        self.setFocusProxy(next(iter(self.rows.values())).box)
        self._renew()

    def show_source(self, source: str | None) -> None:
        """Ask what is asked about disputes from this source."""
        self._source = source
        self._renew()

    def show_value(self, value: object) -> None:
        self._shown = value if isinstance(value, tuple) else ()
        self._others = tuple(code for code in self._shown if code not in self.rows)
        for code, row in self.rows.items():
            show_ticked(row.box, on=code in self._shown)
        self._renew()

    def value(self) -> object:
        found = tuple(code for code, row in self.rows.items() if row.box.isChecked()) + self._others
        return self._shown if set(found) == set(self._shown) else found

    def _on_answer(self) -> None:
        self._renew()
        self.changed.emit()

    def _renew(self) -> None:
        for row in self.rows.values():
            row.renew(asked=self._source not in row.question.sources)
        found = decide([code for code, row in self.rows.items() if row.box.isChecked()], self._source)
        self.told.setText(_told(found))


def _told(found: Proposal) -> str:
    """What follows from the answers, in a sentence."""
    ways = "、".join(found.guided_to)
    if found.decision == "受理":
        return "都是“否”：可以受理（Alt+A）。"
    if found.decision == "引导":
        return f"可以引导当事人通过其他途径解决（{ways}），当事人愿意调解的也可以受理。"
    return f"不得受理：{found.reason}，可以告知的途径：{ways}。"


class _Row(QWidget):
    """One question: the box that says 是 or 否, and the words, which wrap."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self.box = QCheckBox("否")
        self.box.setAccessibleName(question.text)
        self.words = QLabel(question.text)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setBuddy(self.box)
        self.meaning = heading(f"{consequence(question)}（{question.law}）", "doubt")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        texts = QGridLayout()
        texts.setVerticalSpacing(0)
        texts.addWidget(self.words, 0, 0)
        texts.addWidget(self.meaning, 1, 0)
        line.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)

    def renew(self, *, asked: bool) -> None:
        """Say 是 or 否, and what a 是 means."""
        yes = self.box.isChecked()
        self.box.setText("是" if yes else "否")
        self.meaning.setVisible(yes and asked)
        self.setVisible(asked or yes)
