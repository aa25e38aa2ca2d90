"""Drafts: what was typed is there after a kill, a lock, a closing; it is offered, laid over what changed, and ended by saving."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.domain.party import Party
from desktop.services import cases, drafts
from desktop.services.desk import Desk, open_desk
from desktop.store.database import Database
from desktop.ui.ask import Leave
from desktop.ui.case.page import CasePage
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.ui import typist
from tests.ui.hands import PASSWORD, Answers, Operator, show, take_down

ROOT = Path(__file__).parents[2]


def registered(desk: Desk) -> Case:
    parties = (Party(role="申请人", kind="自然人", name="普家顺"), Party(role="被申请人", kind="自然人", name="李文学"))
    case = Case(type="邻里", registered_on=date(2026, 3, 1), summary="田埂之争。", parties=parties, mediators=("李正平",))
    return cases.load(desk, cases.register(desk, case).id)


@pytest.fixture
def opened(window: Window, desk: Desk) -> CasePage:
    window.open_case(registered(desk).id)
    return window.case_page()


def type_into(page: CasePage, operator: Operator, path: str, text: str) -> None:
    page.tabs.reveal(path)
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.write(text)


def kept(page: CasePage) -> bool:
    return "草稿已留存" in page.undo_row.kept.text()


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_what_was_typed_is_there_after_a_kill(qtbot: QtBot, theme: Theme, desk: Desk, answers: Answers) -> None:
    case = registered(desk)
    folder = desk.folder
    desk.close()
    command = [sys.executable, "-m", "tests.ui.typist", str(folder)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"kept\n"
        process.send_signal(signal.SIGKILL)
    with open_desk(folder, PASSWORD, "李正平") as again:
        assert [draft.case for draft in drafts.drafts(again)] == ["", case.id]
        assert cases.load(again, case.id) == case
        window = Window(folder, theme, None, answers)
        window.enter(again)
        show(qtbot, window)
        window.open_case(case.id)
        page = window.case_page()
        assert "上次没有保存的内容" in page.strip.text()
        assert page.collect().summary == typist.TYPED
        assert drafts.resume(again, drafts.name_of(case.id)).typed.texts == {"parties[1].born_on": "1962-2-3x"}  # type: ignore[union-attr]
        assert page.typed().texts == {"parties[1].born_on": "1962-2-3x"}
        window.new_case()
        assert "接着写" in page.strip.take_button.text()
        page.strip.take_button.click()
        assert page.collect().place == "村口的小桥"
        window.release_desk()
        take_down(window)


def test_a_draft_is_kept_while_one_types(qtbot: QtBot, opened: CasePage, operator: Operator, desk: Desk) -> None:
    type_into(opened, operator, "summary", "改过的概况。")
    qtbot.waitUntil(lambda: kept(opened))
    (draft,) = drafts.drafts(desk)
    assert (draft.case, draft.title) == (opened.case_id(), "普家顺与李文学")
    type_into(opened, operator, "summary", "田埂之争。")
    qtbot.waitUntil(lambda: not drafts.drafts(desk))


def test_leaving_asks_nothing_and_keeps_everything(
    window: Window, opened: CasePage, answers: Answers, operator: Operator, desk: Desk
) -> None:
    type_into(opened, operator, "summary", "改过的概况。")
    operator.key(Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is not opened
    assert answers.asked == []
    assert drafts.cases_with_drafts(desk) == {opened.case_id()}
    assert cases.load(desk, opened.case_id()).summary == "田埂之争。"
    window.open_case(opened.case_id())
    assert opened.collect().summary == "改过的概况。"
    assert "已接着放在下面" in opened.strip.text()


def test_the_list_says_which_cases_have_something_unsaved(
    qtbot: QtBot, window: Window, opened: CasePage, operator: Operator, desk: Desk
) -> None:
    type_into(opened, operator, "summary", "改过的概况。")
    window.show_list(opened.case_id())
    assert not opened.isVisible()
    table = window.list_page().model
    opened.keep_draft()
    qtbot.waitUntil(lambda: str(table.index(0, 3).data()).endswith("　● 未保存"))
    window.open_case(opened.case_id())
    assert opened.save()
    window.show_list(opened.case_id())
    qtbot.waitUntil(lambda: "未保存" not in str(table.index(0, 3).data()))


def test_what_cannot_be_kept_is_asked_about(window: Window, opened: CasePage, answers: Answers, operator: Operator, desk: Desk) -> None:
    type_into(opened, operator, "summary", "改过的概况。")
    desk.database.connection.execute("PRAGMA busy_timeout = 10").fetchall()
    with Database(desk.folder / "fengqiao.db", desk.database._key) as other, other.atomic():
        operator.key(Qt.Key.Key_Escape)
        assert window.stack.currentWidget() is opened
        assert "没有留存" in answers.asked[0]
        answers.leaving = Leave.DROP
    operator.key(Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is not opened


def test_saving_ends_the_draft(opened: CasePage, operator: Operator, desk: Desk) -> None:
    type_into(opened, operator, "summary", "改过的概况。")
    opened.keep_draft()
    assert drafts.drafts(desk)
    assert opened.save()
    assert drafts.drafts(desk) == []
    assert not kept(opened)


def test_a_save_that_is_refused_keeps_the_draft(opened: CasePage, operator: Operator, desk: Desk) -> None:
    type_into(opened, operator, "summary", "改过的概况。")
    type_into(opened, operator, "amount", "一万又")
    opened.keep_draft()
    assert not opened.save()
    assert drafts.resume(desk, drafts.name_of(opened.case_id())).typed.texts == {"amount": "一万又"}  # type: ignore[union-attr]


def test_a_draft_that_is_not_wanted_can_be_had_back(window: Window, opened: CasePage, operator: Operator, desk: Desk) -> None:
    type_into(opened, operator, "summary", "改过的概况。")
    operator.key(Qt.Key.Key_Escape)
    window.open_case(opened.case_id())
    opened.strip.drop_button.click()
    assert not opened.unsaved()
    assert opened.strip.text() == ""
    opened.stepping.undo()
    assert opened.collect().summary == "改过的概况。"


def test_a_new_case_that_was_begun_is_offered_or_dropped(window: Window, answers: Answers, operator: Operator, desk: Desk) -> None:
    for place in ("村口的小桥", "老磨坊"):
        window.new_case()
        type_into(window.case_page(), operator, "place", place)
        operator.key(Qt.Key.Key_Escape)
    window.new_case()
    page = window.case_page()
    assert "还有1件" in page.strip.text()
    assert page.collect().place is None
    page.strip.drop_button.click()
    assert "找不回来" in answers.asked[0]
    assert len(drafts.drafts(desk)) == 1
    page.strip.take_button.click()
    assert page.collect().place == "村口的小桥"
    assert len(drafts.drafts(desk)) == 1


def test_a_case_that_changed_meanwhile_is_laid_under(window: Window, opened: CasePage, operator: Operator, desk: Desk) -> None:
    type_into(opened, operator, "summary", "我写的。")
    type_into(opened, operator, "parties[1].phone", "13900000035")
    operator.key(Qt.Key.Key_Escape)
    before = cases.load(desk, opened.case_id())
    other = msgspec.structs.replace(before, summary="别人写的。", place="村口", parties=before.parties[::-1][:1] + before.parties[:1])
    cases.save(desk, before, other)
    window.open_case(opened.case_id())
    found = opened.collect()
    assert (found.summary, found.place) == ("我写的。", "村口")
    assert {party.name: party.phone for party in found.parties} == {"普家顺": None, "李文学": "13900000035"}
    assert "简要情况两边都改过" in opened.strip.text()
    assert opened.save()
    assert cases.load(desk, opened.case_id()).summary == "我写的。"
