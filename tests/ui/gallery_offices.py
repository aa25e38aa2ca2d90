"""Scenes in other offices: the county above, the village below, and one that has not joined."""

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtWidgets import QApplication

from desktop.ui.case.page import CasePage
from desktop.ui.paper.verify_page import VerifyPage
from desktop.ui.settings.page import SettingsPage
from desktop.ui.window import Window
from tests.ui.gallery_office import COUNTY, TOWN, VILLAGE, seal
from tests.ui.scene import Scene, at_tab, exchange, named, scroll
from tests.ui.stage import Stage

IN_DOUBT = "段有福"


def _joining(stage: Stage) -> Window:
    """An office that asks to join, with the code to be read out."""
    window = stage.empty()
    page = exchange(stage, window)
    stage.answers.paths = [stage.place / "登记申请"]
    page.enrolment.request()
    page.enrolment.fingerprint.setText("核对码：ABCD-EFGH-JKLM")  # in the place of a real one, so that a picture stays the same
    page.notice.hide()
    stage.settle(window)
    scroll(page, page.enrolment)
    return window


def _approving(stage: Stage) -> Window:
    """The county, that has read the request of an office."""
    window = stage.neighbour(COUNTY)
    page = exchange(stage, window)
    stage.answers.paths = [stage.town.desk.folder.parent / f"{TOWN}.申请"]
    page.enrolment.read_request()
    stage.settle(window)
    scroll(page, page.enrolment)
    return window


def _directory(stage: Stage) -> Window:
    window = stage.neighbour(COUNTY)
    window.go("settings")
    page = cast("SettingsPage", window.page("settings"))
    stage.settle(window)
    box = page.boxes["directory"]
    box.table.selectRow(1)
    stage.settle(window)
    scroll(page, box)
    return window


def _left_open(stage: Stage) -> Window:
    """What an exchange left open, in the village."""
    window = stage.neighbour(VILLAGE)
    page = exchange(stage, window)
    scroll(page, page.doubles)
    return window


def _case(stage: Stage, words: str) -> tuple[Window, CasePage]:
    """A case of the village."""
    window = stage.neighbour(VILLAGE)
    assert window.context is not None
    window.open_case(named(window.context.desk, words).id)
    return window, at_tab(stage, window, 0)


def _conflict(turns: int) -> Callable[[Stage], Window]:
    def go(stage: Stage) -> Window:
        window, page = _case(stage, IN_DOUBT)
        page.doubts.open()
        stage.lay_over(page.doubts.dialog, whole=True)
        for _ in range(turns):
            page.doubts.dialog.following.click()
            QApplication.processEvents()
        return window

    return go


def _verified(sealed: bool) -> Callable[[Stage], Window]:
    def go(stage: Stage) -> Window:
        window = stage.neighbour(VILLAGE)
        window.go("verify")
        page = cast("VerifyPage", window.page("verify"))
        assert window.context is not None
        page.code.show_value(seal(window.context.desk) if sealed else "3F2A-09BC-77D1-E4A0")
        page.verify_code()
        return window

    return go


OFFICES: Sequence[Scene] = (
    Scene("enrolment", "登记入网", _joining),
    Scene("enrolment-county", "批准一个单位", _approving),
    Scene("settings-directory-county", "设置，县里的单位和电脑", _directory, drawn=False),
    Scene("exchange-open", "交换，没有了结的", _left_open),
    Scene("case-doubt", "有待核对内容的纠纷", lambda stage: _case(stage, IN_DOUBT)[0]),
    Scene("case-given", "移交出去的纠纷", lambda stage: _case(stage, "何桂芝")[0], drawn=False),
    *(Scene(f"conflict-{turns + 1}", f"待核对，第 {turns + 1} 处", _conflict(turns), drawn=not turns) for turns in range(3)),
    Scene("verify-sealed", "核验，是定稿", _verified(sealed=True)),
    Scene("verify-unknown", "核验，不能确认", _verified(sealed=False), drawn=False),
)
