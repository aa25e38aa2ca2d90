"""What is typed in a dialog is lost by no key, lock or power cut: it stands there again, until the step is done."""

# ruff: noqa: F811 -- the fixtures of letter_hands are arguments here

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.domain.agreement import Agreement, Obligation
from desktop.domain.case import Case
from desktop.domain.refused import Refused
from desktop.services import cases, drafts
from desktop.services.desk import Desk
from desktop.services.drafts import Typed
from desktop.store import drafts as store
from desktop.ui.case.handover_dialogs import SayDialog
from desktop.ui.case.instalment_dialog import InstalmentDialog
from desktop.ui.case.obligations import Obligations
from desktop.ui.case.page import CasePage
from desktop.ui.case.step_dialog import StepDialog
from desktop.ui.context import Context
from desktop.ui.entry.dates import chinese
from desktop.ui.entry.inputs import Text
from desktop.ui.entry.kept import KeepingDialog, KeptWords, draft_name
from desktop.ui.entry.long_text import LongText
from desktop.ui.entry.open_words import open_words
from desktop.ui.letters.dialogs import ActDialog
from desktop.ui.window import Window
from tests.domain.samples import accepted
from tests.ui.hands import Answers
from tests.ui.letter_hands import case, context  # noqa: F401 -- fixtures

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # dialogs, on the offscreen platform

Hand = Callable[[KeepingDialog], object]


class Hands(Answers):
    """Does with each dialog that is shown what the test says."""

    def __init__(self) -> None:
        super().__init__()
        self.next: list[Hand] = []
        self.offered: list[str] = []

    def accepted(self, dialog: QDialog) -> bool:
        assert isinstance(dialog, KeepingDialog)
        dialog.show()
        self.offered.append(offered(dialog))
        self.next.pop(0)(dialog)
        return dialog.result() == QDialog.DialogCode.Accepted


def offered(dialog: KeepingDialog) -> str:
    assert dialog.kept is not None
    return "" if dialog.kept.strip.isHidden() else dialog.kept.strip.label.text()


def escape(dialog: KeepingDialog) -> None:
    dialog.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def typed(dialog: KeepingDialog, name: str, text: str) -> None:
    assert isinstance(dialog, StepDialog | ActDialog | InstalmentDialog)
    control = dialog.form[name]
    if isinstance(control, LongText):
        control.area.setPlainText(text)
    else:
        assert isinstance(control, Text)
        control.line.setText(text)
        control.changed.emit()


def text_of(dialog: KeepingDialog, name: str) -> str:
    assert isinstance(dialog, StepDialog | ActDialog | InstalmentDialog)
    control = dialog.form[name]
    return control.line.text() if isinstance(control, Text) else str(control.value() or "")


def in_store(desk: Desk) -> list[str]:
    return [draft.name for draft in store.those_of(desk.database, "dialog")]


@pytest.fixture
def answers() -> Hands:
    return Hands()


@pytest.fixture
def page(window: Window, desk: Desk) -> CasePage:
    window.open_case(cases.register(desk, accepted()).id)
    return window.case_page()


def test_escape_keeps_what_was_typed_and_the_step_ends_it(page: CasePage, desk: Desk, answers: Hands) -> None:
    found: list[str] = []

    def begin(dialog: KeepingDialog) -> None:
        typed(dialog, "note", "当事人向法院起诉")
        escape(dialog)

    def go_on(dialog: KeepingDialog) -> None:
        found.append(text_of(dialog, "note"))
        assert isinstance(dialog, StepDialog)
        dialog.form["reason"].show_value(dialog.form["reason"]._values[1])  # type: ignore[attr-defined]
        dialog.form["guided_to"].show_value(("行政调解",))
        typed(dialog, "note", "当事人向法院起诉，已经立案")
        dialog.yes.click()

    answers.next = [begin, go_on]
    page.course.decline()
    assert in_store(desk) == [draft_name("不予受理", page.case_id())]
    page.course.decline()
    assert found == ["当事人向法院起诉"]
    assert answers.offered[0] == ""
    assert answers.offered[1].startswith("接着上次没有写完的内容（")
    assert in_store(desk) == []
    intake = cases.load(desk, page.case_id()).intake
    assert intake is not None
    assert intake.note == "当事人向法院起诉，已经立案"


def test_a_step_that_is_refused_loses_no_words(page: CasePage, desk: Desk, answers: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.services import course

    def refuse(*_: object, **__: object) -> None:
        raise Refused("磁盘已满。")

    def fill(dialog: KeepingDialog) -> None:
        typed(dialog, "to", "县住建局")
        typed(dialog, "reason", "请到场处置")
        assert isinstance(dialog, StepDialog)
        dialog.yes.click()

    monkeypatch.setattr(course, "whistle", refuse)
    answers.next = [fill, escape]
    page.course.whistle()
    assert page.notice.text() == "✕ 磁盘已满。"
    assert in_store(desk) == [draft_name("吹哨", page.case_id())]
    page.course.whistle()
    assert answers.offered[1].startswith("接着上次")


def test_half_a_date_is_kept_as_it_stands(page: CasePage, desk: Desk, answers: Hands) -> None:
    found: list[str] = []

    def half(dialog: KeepingDialog) -> None:
        typed(dialog, "on", "2026-2-3x")
        escape(dialog)

    def look(dialog: KeepingDialog) -> None:
        found.append(text_of(dialog, "on"))
        assert dialog.kept is not None
        dialog.kept.strip.drop_button.click()
        found.append(text_of(dialog, "on"))
        escape(dialog)

    answers.next = [half, look]
    page.course.conclude()
    page.course.conclude()
    assert found == ["2026-2-3x", chinese(desk.today())]
    assert in_store(desk) == []


def test_what_is_typed_is_kept_without_any_key(qtbot: QtBot, page: CasePage, desk: Desk, answers: Hands) -> None:
    """As a power cut would find it: the dialog still stands."""

    def write(dialog: KeepingDialog) -> None:
        typed(dialog, "reason", "又闹起来了")
        qtbot.waitUntil(lambda: in_store(desk) == [draft_name("重新办理", page.case_id())])
        escape(dialog)

    answers.next = [write]
    page.course.reopen()
    assert b"\xe5\x8f\x88" in (drafts.kept(desk, draft_name("重新办理", page.case_id())) or b"")


def test_the_lock_and_the_end_keep_the_words_of_a_dialog(window: Window, page: CasePage, desk: Desk, answers: Hands) -> None:
    name = draft_name("重新办理", page.case_id())

    def lock(dialog: KeepingDialog) -> None:
        typed(dialog, "reason", "锁定以前写的")
        window.lock_now()
        assert "锁定以前写的" in (drafts.kept(desk, name) or b"").decode("utf-8", "replace")
        assert window.lock is not None
        window.lock.open()
        typed(dialog, "reason", "退出以前写的")
        window.lock.stop()
        assert "退出以前写的" in (drafts.kept(desk, name) or b"").decode("utf-8", "replace")
        assert open_words(desk) == []
        dialog.reject()

    answers.next = [lock]
    page.course.reopen()
    assert in_store(desk) == [name]


def test_a_letter_in_its_dialog_is_kept_until_it_is_saved(page: CasePage, desk: Desk, answers: Hands) -> None:
    found: list[str] = []

    def begin(dialog: KeepingDialog) -> None:
        typed(dialog, "matter", "有激化苗头")
        escape(dialog)

    def go_on(dialog: KeepingDialog) -> None:
        found.append(text_of(dialog, "matter"))
        assert isinstance(dialog, ActDialog)
        dialog.act()

    answers.next = [begin, go_on]
    page.letters.draft(0)
    assert in_store(desk) == [draft_name(f"起草{page.letters._kinds[0]}", page.case_id())]
    page.letters.draft(0)
    assert found == ["有激化苗头"]
    assert in_store(desk) == []
    assert [letter.matter for letter in cases.load(desk, page.case_id()).letters] == ["有激化苗头"]


def test_the_reason_of_a_handover_is_kept(qtbot: QtBot, context: Context, desk: Desk, case: Case) -> None:
    for expected in ("", "跨村"):
        dialog = SayDialog(None, "退回移交", "", "退回")  # type: ignore[arg-type]  # no parent
        qtbot.addWidget(dialog)
        dialog.keep_words(context, draft_name("退回移交", case.id), {"text": dialog.text})
        assert dialog.said() == expected
        dialog.text.area.setPlainText("跨村")
        dialog.reject()


def test_instalments_are_kept(page: CasePage, desk: Desk) -> None:
    found = page.tabs.findChild(Obligations)
    if found is None:
        page.tabs.reveal("agreement.obligations")
        found = page.tabs.findChild(Obligations)
    assert found is not None
    found.split()
    assert isinstance(found.dialog, InstalmentDialog)
    typed(found.dialog, "amount", "一万又")
    escape(found.dialog)
    found.split()
    assert text_of(found.dialog, "amount") == "一万又"
    typed(found.dialog, "amount", "1万")
    typed(found.dialog, "parts", "2")
    typed(found.dialog, "first", "2027-1-1")
    found.dialog._take()
    assert in_store(desk) == []
    assert len(found.value_rows()) == 2


def obligations(page: CasePage) -> Obligations:
    page.tabs.reveal("agreement.obligations")
    found = page.tabs.findChild(Obligations)
    assert found is not None
    return found


def test_the_words_of_a_case_that_was_never_saved_go_on_with_it(window: Window, desk: Desk) -> None:
    window.new_case()
    page = window.case_page()
    made = obligations(page)
    made.split()
    assert made.dialog is not None
    typed(made.dialog, "method", "现金")
    escape(made.dialog)
    assert in_store(desk) == [draft_name("分期", f"{page.draft_key()}:0")]
    page.put(Typed(msgspec.structs.replace(accepted(), agreement=Agreement(obligations=(Obligation(amount=30000),)))))
    assert page.save()
    assert in_store(desk) == [draft_name("分期", f"{page.case_id()}:0")]
    made = obligations(page)
    made.split()
    assert made.dialog is not None
    assert text_of(made.dialog, "method") == "现金"
    made.dialog.reject()


def test_what_nobody_comes_back_to_is_forgotten_with_the_first_case(window: Window, desk: Desk) -> None:
    drafts.keep(desk, draft_name("移送", "0" * 32), b"\x80")
    window.new_case()
    assert in_store(desk) == []


def test_what_cannot_be_kept_is_lost_only_at_the_second_escape(
    qtbot: QtBot, context: Context, desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise Refused("磁盘已满。")

    dialog = SayDialog(None, "退回移交", "", "退回")  # type: ignore[arg-type]  # no parent
    qtbot.addWidget(dialog)
    dialog.keep_words(context, "dialog:x", {"text": dialog.text})
    dialog.show()
    dialog.text.area.setPlainText("跨村")
    monkeypatch.setattr(drafts, "keep", full)
    dialog.reject()
    assert dialog.isVisible()
    assert "再按一次 Esc" in offered(dialog)
    dialog.reject()
    assert not dialog.isVisible()


def test_content_of_another_version_is_passed_over(qtbot: QtBot, context: Context, desk: Desk) -> None:
    drafts.keep(desk, "dialog:x", b"\xc1")
    line = Text()
    qtbot.addWidget(line)
    words = KeptWords(context, "dialog:x", {"line": line})
    qtbot.addWidget(words.strip)
    assert line.text() == ""
    words.close()
