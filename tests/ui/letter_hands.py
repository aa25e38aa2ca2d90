"""Letters in the tests of the window: who fills dialogs, and an office that issued some."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QDialog

from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.letter_course import state
from desktop.services import cases, letters
from desktop.services.desk import Desk
from desktop.ui.context import Context
from desktop.ui.letters.dialogs import ActDialog
from desktop.ui.worker import Worker
from tests.domain.samples import accepted
from tests.ui.hands import Answers


class Fills(Answers):
    """Fills in each dialog that is asked as the test has prepared it, and presses its button."""

    def __init__(self) -> None:
        super().__init__()
        self.fill: Callable[[ActDialog], object] = lambda _: None
        self.said = ""

    def accepted(self, dialog: QDialog) -> bool:
        assert isinstance(dialog, ActDialog)
        self.fill(dialog)
        if dialog.result() != QDialog.DialogCode.Accepted:
            dialog.act()
        self.said = dialog.fault.text()
        return dialog.result() == QDialog.DialogCode.Accepted


@pytest.fixture
def answers() -> Fills:
    return Fills()


@pytest.fixture
def context(desk: Desk, answers: Fills) -> Iterator[Context]:
    worker = Worker()
    yield Context(desk, answers, worker)
    worker.finish()


def issue(desk: Desk, case: Case, **more: Any) -> Letter:
    known = {"measures": ("上门走访",), "responsible": "书记", "signer": "李红", "matter": "有激化苗头"} | more
    to = known.pop("to", "某住建局")
    blank = msgspec.structs.replace(letters.blank(desk, case, known.pop("kind", "任务单"), to), **known)
    return letters.issue(desk, case.id, blank).case.letters[-1]


@pytest.fixture
def case(desk: Desk) -> Case:
    return cases.load(desk, cases.register(desk, accepted(type="合同")).id)


@pytest.fixture
def late(desk: Desk, case: Case) -> Letter:
    """A letter that was to be answered four days ago."""
    today = desk.today()
    return issue(desk, case, issued_on=today - timedelta(days=11), due_on=today - timedelta(days=4))


def now(desk: Desk, case: Case, number: int = 0) -> str:
    found = cases.load(desk, case.id)
    return str(state(found.letters[number], found.moves))
