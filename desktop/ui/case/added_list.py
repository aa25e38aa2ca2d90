"""A list that goes on after the case was filed: new entries come, and what is on record can only be read."""

from collections.abc import Iterable

import msgspec

from desktop.ui.case.reading import Reading
from desktop.ui.entry.record_list import RecordList


class AddedList(RecordList):
    """Like any list, until `only_add` holds what is in it."""

    _fixed: frozenset[msgspec.Struct] = frozenset()
    _held: Reading | None = None

    def only_add(self, stored: Iterable[msgspec.Struct]) -> None:
        """Let these be read only, whatever is added; none of them: everything can be changed."""
        self._fixed = frozenset(stored)
        self._lock()

    def drop(self) -> None:
        """Take the chosen one out, unless it is on record for good."""
        if self.current() not in self._fixed:
            super().drop()

    def _show_row(self, row: int) -> None:
        super()._show_row(row)
        self._lock()

    def _lock(self) -> None:
        if self._held:
            self._held.release()
        self._held = Reading() if self.current() in self._fixed else None
        if self._held:
            self._held.hold(self.form)
        self._fit()

    def _fit(self) -> None:
        super()._fit()
        if self._fixed and self.current() in self._fixed:
            self.drop_button.setEnabled(False)
