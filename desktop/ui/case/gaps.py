"""What the dossier lacks, or what the check of an agreement found, in a quiet list above the pages."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea

from desktop.domain.finding import Finding
from desktop.ui.case.seal_words import findings_told, gaps_told
from desktop.ui.context import heading
from desktop.ui.theme import em
from desktop.ui.visible import visible

LINES = 5
"""So many lines are seen at once; the rest scrolls."""

SHARE = 0.2
"""Of the window's height at most, so that large text leaves room for the page."""


class Gaps(QScrollArea):
    """As high as its text, up to a few lines; gone where there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.label = heading("", "soft")
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self.label)
        self.setWidgetResizable(True)
        self.setAccessibleName("请核对")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()

    def show_all(self, gaps: Sequence[str], findings: Sequence[Finding]) -> None:
        """Show what is missing and what was found."""
        text = "\n".join(part for part in (findings_told(findings), gaps_told(gaps)) if part)
        self.label.setText(visible(text))
        self.setVisible(bool(text))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self.label.heightForWidth(max(self.viewport().width(), 1))
        self.setFixedHeight(min(max(wanted, 1), round(em(self) * LINES), round(self.window().height() * SHARE)))
