"""A case told in short: the pane beside the list."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.standing import status, step
from desktop.ui.context import heading
from desktop.ui.listing.table import RISK_COLOURS, RISKS
from desktop.ui.theme import COLOURS
from desktop.ui.visible import escaped, visible

if TYPE_CHECKING:
    from desktop.domain.case import Case
    from desktop.domain.party import Party

_ROLES = {"danger": "high", "warn": "middle", "ok": "low"}


def chip(text: str = "", role: str = "chip") -> QLabel:
    """A short word on a coloured ground."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label


def set_chip(label: QLabel, text: str, role: str = "chip") -> None:
    """Show another word on another ground; an empty word hides the chip."""
    label.setText(text)
    label.setProperty("role", role)
    label.style().polish(label)
    label.setVisible(bool(text))


def set_risk(label: QLabel, risk: str | None) -> None:
    """Show the risk with its shape, word and colour."""
    set_chip(label, f"{RISKS[risk]}风险" if risk else "", _ROLES[RISK_COLOURS[risk]] if risk else "chip")


class Facts(QScrollArea):
    """The main facts of one case, to read only."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        self._title = heading("", "head")
        self._status, self._risk = chip(), chip()
        chips = QHBoxLayout()
        for part in (self._status, self._risk):
            chips.addWidget(part)
        chips.addStretch(1)
        self._body = heading("", "fact")
        self._body.setTextFormat(Qt.TextFormat.RichText)
        column.addWidget(self._title)
        column.addLayout(chips)
        column.addWidget(self._body)
        column.addStretch(1)
        self._content = _padded(card)
        self.setWidget(self._content)

    def show_case(self, case: "Case | None", next_text: str = "") -> None:
        """Show the case, or nothing."""
        self._content.setVisible(case is not None)
        if case is None:
            return
        self._title.setText(visible(case.title))
        set_chip(self._status, f"{step(case)} · {status(case)}")
        set_risk(self._risk, case.risk)
        self._body.setText(told(case, next_text))


def _padded(content: QWidget) -> QWidget:
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(content)
    return frame


def told(case: "Case", next_text: str) -> str:
    """The main facts as simple HTML, everything typed in it escaped."""
    from desktop.ui.entry.amounts import readable
    from desktop.ui.entry.dates import chinese

    lines = [("卷号", case.number or ""), ("类型", case.type), ("登记", chinese(case.registered_on)), ("来源", case.source or "")]
    lines += [(party.role, _party(party)) for party in case.parties[:8]]
    if len(case.parties) > 8:
        lines.append(("", f"……共{len(case.parties)}名当事人"))
    lines += [("金额", f"{readable(case.amount)}元" if case.amount is not None else ""), ("概况", _short(case.summary, 160))]
    if case.agreement and case.agreement.signed_on:
        lines.append(("协议", f"{chinese(case.agreement.signed_on)}签订，{len(case.agreement.clauses)}条"))
    lines.append(("下一步", next_text))
    cells = (
        (f"<td style='white-space:nowrap;color:{COLOURS['soft']}'>{name}</td>", f"<td>{escaped(text)}</td>") for name, text in lines if text
    )
    rows = "".join(f"<tr>{left}{right}</tr>" for left, right in cells)
    return f"<table cellspacing=6>{rows}</table>"


def _party(party: "Party") -> str:
    from desktop.domain.id_number import masked

    number = masked(party.id_number) if party.id_number else ""
    return "，".join(part for part in (party.name, number, party.phone) if part)


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length] + "……"
