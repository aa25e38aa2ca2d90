"""The pictures of the help, cut from the scenes to what the page tells of: text stays as large as on the screen, and the files small.

    python -m tests.ui.help_pictures FOLDER [NAME ...]

writes some of them into a folder, for looking at them; `build/dev.py pictures` renews all.
"""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from desktop.domain.agreement import Outcome
from desktop.ui.entry.form import Cell
from desktop.ui.entry.form_dialog import FormDialog
from desktop.ui.window import Window
from tests.ui.gallery import SCENES, shown
from tests.ui.stage import Stage

Cut = Callable[[Stage, Window], QPixmap]

MARGIN = 8
"""Pixels around what is cut out."""


class Shot(NamedTuple):
    """A picture of the help: its name, the scene it is taken from, what is cut out of it."""

    name: str
    scene: str
    cut: Cut


def whole(stage: Stage, window: Window) -> QPixmap:
    """All of the window, with the dialog over it."""
    return stage.picture(window)


def page(stage: Stage, window: Window) -> QPixmap:
    """The page beside the left bar."""
    found = whole(stage, window)
    return found.copy(QRect(window.bar.width(), 0, found.width() - window.bar.width(), found.height()))


def upper(height: int) -> Cut:
    """So many pixels of the page from its top."""
    return lambda stage, window: (full := page(stage, window)).copy(0, 0, full.width(), height)


def dialog(stage: Stage, _window: Window) -> QPixmap:
    """What lies over the window."""
    assert stage.over is not None
    return stage.over.grab()


def part(*kinds: str, height: int = 10_000) -> Cut:
    """The visible parts of these classes and what is between them, as high as that at the most."""

    def cut(stage: Stage, window: Window) -> QPixmap:
        place = QRect()
        for one in window.findChildren(QWidget):
            if type(one).__name__ in kinds and one.isVisible():
                place = place.united(QRect(one.mapTo(window, QPoint(0, 0)), one.size()))
        assert not place.isEmpty(), kinds
        place = place.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN).intersected(window.rect())
        place.setHeight(min(place.height(), height))
        return whole(stage, window).copy(place)

    return cut


def field(name: str, height: int = 10_000) -> Cut:
    """The field of that name, also where it is scrolled out of sight."""

    def cut(_stage: Stage, window: Window) -> QPixmap:
        cell = next(one for one in window.case_page().tabs.findChildren(Cell) if one.field.name == name)
        found = cell.grab()
        return found.copy(0, 0, found.width(), min(found.height(), height))

    return cut


def grabbed(kind: str) -> Cut:
    """The part of this class, also where it is scrolled out of sight."""
    return lambda _stage, window: next(one for one in window.case_page().findChildren(QWidget) if type(one).__name__ == kind).grab()


def answered(**values: Any) -> Cut:
    """The dialog with these words in its fields."""

    def cut(stage: Stage, window: Window) -> QPixmap:
        assert isinstance(stage.over, FormDialog)
        for name, value in values.items():
            stage.over.form[name].show_value(value)
        return dialog(stage, window)

    return cut


def stabilised(stage: Stage, window: Window) -> QPixmap:
    """The end of a dispute that is watched; the case in the window stays as it is."""
    cell = next(one for one in window.case_page().tabs.findChildren(Cell) if one.field.name == "outcome")
    before = cell.control.value()
    reason = "双方暂不同意调解，说好不再争吵。"
    cell.control.show_value(Outcome(kind="稳控", on=date(2025, 3, 24), reason=reason, responsible="李云", review_on=date(2025, 4, 7)))
    stage.settle(window)
    found = cell.grab()
    cell.control.show_value(before)
    return found


def next_thing(_stage: Stage, window: Window) -> QPixmap:
    """The card 下一步."""
    card = window.case_page().side.go.parentWidget()
    assert card is not None
    return card.grab()


SHOTS: Sequence[Shot] = (
    Shot("next", "case-1-intake", next_thing),
    Shot("first", "first-run-2", part("OperatorStep")),
    Shot("practice", "practice", upper(520)),
    Shot("today", "today", page),
    Shot("disputes", "disputes", page),
    Shot("case", "case-1-intake", page),
    Shot("intake", "case-draft", part("CaseTabs", height=420)),
    Shot("reply", "step-return", answered(result="经2025年3月20日调解，双方达成协议，已经履行完毕。协议书副本附后。")),
    Shot("parties", "case-2-parties", part("CaseTabs", height=520)),
    Shot("routing", "case-3-routing", part("CaseTabs", height=420)),
    Shot("whistle", "step-whistle", answered(to=("青石派出所", "镇城建办"), reason="明天上午9点到老街42号，一起看漏水的地方。")),
    Shot("report-up", "step-report-up", answered(to=("云溪县综治中心",), reason="跨区域：施工单位在邻县，请上级协调。")),
    Shot("plan", "case-3-routing", field("plan")),
    Shot("mediation", "case-4-mediation", part("CaseTabs")),
    Shot("agreement", "case-5-agreement", part("CaseTabs", "LivingPage")),
    Shot("library", "library", dialog),
    Shot("stabilise", "case-5-agreement", stabilised),
    Shot("performance", "case-6-performance", part("CaseTabs", height=420)),
    Shot("confirmation", "case-6-performance", field("confirmation")),
    Shot("letters", "letters-sent", page),
    Shot("letter-card", "case-7-letters", grabbed("LetterCard")),
    Shot("end", "case-8-end", part("CaseTabs", height=520)),
    Shot("scans", "case-9-scans", part("CaseTabs", height=420)),
    Shot("preview", "preview", dialog),
    Shot("handover", "case-3-routing", part("Handover")),
    Shot("meetings", "meeting-agenda", page),
    Shot("exchange", "exchange-export", page),
    Shot("calendar", "calendar", dialog),
    Shot("rare", "rare", dialog),
    Shot("drafts", "case-draft", upper(320)),
    Shot("verify", "verify", upper(420)),
    Shot("settings", "settings", upper(560)),
)


def draw(stage: Stage, names: Sequence[str] = ()) -> dict[str, QPixmap]:
    """The pictures, or some of them, at 100 %, by their names; one scene is gone to once for all that is cut from it."""
    found: dict[str, QPixmap] = {}
    for scene in SCENES:
        shots = [shot for shot in SHOTS if shot.scene == scene.name and (not names or shot.name in names)]
        if shots:
            window = shown(stage, scene)
            found |= {shot.name: shot.cut(stage, window) for shot in shots}
    return found


def main(folder: Path, names: Sequence[str]) -> None:
    """Write them into the folder."""
    import tempfile

    from desktop.ui.application import application
    from desktop.ui.theme import Theme, load_rare_fonts
    from tests.ui.pictures import packed

    theme = Theme(application(), None)
    load_rare_fonts()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        stage = Stage(Path(place), theme)
        for name, picture in draw(stage, names).items():
            (folder / f"{name}.png").write_bytes(packed(picture))
        stage.end()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
