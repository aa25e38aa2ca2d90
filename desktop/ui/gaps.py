"""What the dossier lacks, in a quiet list above its pages."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea

from desktop.ui.context import heading
from desktop.ui.seal_words import gaps_told
from desktop.ui.theme import em

LINES = 5
"""So many lines are seen at once; the rest scrolls."""


class Gaps(QScrollArea):
    """As high as its text, up to a few lines; gone where nothing is missing."""

    def __init__(self) -> None:
        super().__init__()
        self.label = heading("", "soft")
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self.label)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()

    def show_gaps(self, gaps: Sequence[str]) -> None:
        """Show what is missing."""
        self.label.setText(gaps_told(gaps))
        self.setVisible(bool(gaps))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self.label.heightForWidth(max(self.viewport().width(), 1))
        self.setFixedHeight(min(max(wanted, 1), round(em(self) * LINES)))
