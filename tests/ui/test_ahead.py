"""What is made ahead in pauses: the first case finds everything ready, and nothing is said of what nobody has seen."""

import msgspec
from pytestqt.qtbot import QtBot

from desktop.domain.visit import Visit
from desktop.services import cases
from desktop.services.desk import Desk
from desktop.ui.case.fields import TABS
from desktop.ui.entry.inputs import Text
from desktop.ui.window import Window
from tests.domain.samples import sample

PATIENCE = 20_000


def test_the_page_of_a_case_is_made_ahead_and_what_nobody_saw_refuses_nothing(qtbot: QtBot, window: Window, desk: Desk) -> None:
    assert "case" not in window.pages
    window.warm_up()
    qtbot.waitUntil(window.ahead.done, timeout=PATIENCE)
    page = window.case_page()
    assert len(page.tabs._forms) == len(TABS)
    former = msgspec.structs.replace(sample("03"), visits=(Visit(note="没有写哪一天"),))
    window.open_case(cases.register(desk, former).id)
    page.tabs.show_tab(0)
    assert not page.unsaved()
    place = page.tabs.form(0)["place"]
    assert isinstance(place, Text)
    place.line.put("村口")
    assert page.save()


def test_behind_the_lock_it_waits(qtbot: QtBot, window: Window) -> None:
    window.lock_now()
    window.warm_up()
    qtbot.waitUntil(lambda: not window.worker.busy(), timeout=PATIENCE)
    assert "case" not in window.pages


def test_the_page_of_a_case_is_made_in_parts_and_whoever_is_faster_gets_his_own(qtbot: QtBot, window: Window, desk: Desk) -> None:
    window.warm_up()
    qtbot.waitUntil(lambda: window.ahead._page is not None, timeout=PATIENCE)
    assert "case" not in window.pages
    window.open_case(cases.register(desk, sample("03")).id)
    mine = window.case_page()
    assert mine is not window.ahead._page
    qtbot.waitUntil(window.ahead.done, timeout=PATIENCE)
    assert window.ahead._page is None
    assert window.case_page() is mine
