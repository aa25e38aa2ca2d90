"""Cases and files for tests of paper in the window."""

from pathlib import Path

import msgspec
from PySide6.QtGui import QColor, QImage

from desktop.domain.case import Case
from desktop.services import cases
from desktop.services.desk import Desk
from tests.ui.hands import SAMPLES

TIMEOUT = 20_000
"""Milliseconds for the first paper of a process."""


def agreed(desk: Desk) -> Case:
    """A registered sample with a signed agreement."""
    return cases.load(desk, cases.register_files(desk, [SAMPLES[0]])[0].id)


def charging(desk: Desk) -> Case:
    """The same, agreed anew today with a clause that law forbids."""
    case = agreed(desk)
    assert case.agreement is not None
    fee = msgspec.structs.replace(case.agreement.clauses[0], id="", text="双方向调委会交纳调解费200元。")
    agreement = msgspec.structs.replace(case.agreement, clauses=(*case.agreement.clauses, fee), signed_on=desk.today())
    return cases.save(desk, case, msgspec.structs.replace(case, agreement=agreement)).case


def picture(colour: str = "white") -> QImage:
    """A photo of a paper: half of it in the colour."""
    made = QImage(300, 420, QImage.Format.Format_RGB32)
    made.fill(QColor("white"))
    for x in range(150):
        for y in range(420):
            made.setPixelColor(x, y, QColor(colour))
    return made


def photo(path: Path, colour: str = "white") -> Path:
    """A photo in a file."""
    assert picture(colour).save(str(path))
    return path
