"""研判会商 by keyboard: prepare, look at each dispute, decide, minute, print; nothing typed is lost."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.meeting import Meeting
from desktop.domain.roles import Holder, Roster
from desktop.services import cases, drafts, letters, meetings, roles
from desktop.services.desk import Desk
from desktop.ui.ask import Leave
from desktop.ui.context import Context
from desktop.ui.meetings.page import MeetingsPage
from desktop.ui.theme import Theme
from desktop.ui.worker import Worker
from tests.domain.samples import PATHS, accepted
from tests.services.offices import new_office
from tests.ui.hands import Answers, Operator, clipped

DAY = date(2026, 3, 2)
SOON = 5000


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Desk]:
    """A township with two samples and a dispute with a hard name."""
    with new_office(tmp_path / "镇", "镇", "关上街道综治中心") as desk:
        cases.register_files(desk, [PATHS["01"], PATHS["04"]])
        roles.save(desk, Roster(holders=(Holder(role="politics-law", name="李政法"),)))
        plain = accepted(registered_on=date(2026, 2, 27), risk="高")
        names = ("<b>䶮", "𬭎")
        parties = tuple(msgspec.structs.replace(party, name=name) for party, name in zip(plain.parties, names, strict=True))
        cases.register(desk, msgspec.structs.replace(plain, parties=parties))
        yield desk


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, town: Desk, answers: Answers) -> Iterator[MeetingsPage]:
    """The page of meetings in a window of its own."""
    worker = Worker()
    made = MeetingsPage(Context(town, answers, worker))
    window = QWidget()
    column = QVBoxLayout(window)
    column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
    column.addWidget(made)
    qtbot.addWidget(window)
    window.resize(1100, 760)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.list.setFocus()
    yield made
    made.rest()
    worker.finish()


def prepare(page: MeetingsPage, qtbot: QtBot, operator: Operator) -> None:
    operator.key(Qt.Key.Key_W, ctrl=True)
    qtbot.waitUntil(lambda: "已备好" in page.notice.text(), timeout=SOON)


def shown(page: MeetingsPage) -> Meeting:
    assert page.sheet is not None
    return page.sheet.collect()


def typing(page: MeetingsPage) -> QWidget:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit | QPlainTextEdit)
    assert page.isAncestorOf(focused)
    return focused


def test_prepared_by_one_key(page: MeetingsPage, qtbot: QtBot, operator: Operator, town: Desk) -> None:
    assert "还没有会商" in page._nothing.text()
    prepare(page, qtbot, operator)
    assert [one.kind for one in meetings.listed(town)] == ["周研判"]
    assert page.sheet is not None
    table = page.sheet.agenda.table
    assert QApplication.focusWidget() is table
    assert table.model().index(0, 0).data() == "<b>䶮与𬭎邻里纠纷"
    assert table.model().index(0, 3).data() == "高风险、逾期、新登记"
    assert page.sheet.agenda.title.text() == "<b>䶮与𬭎邻里纠纷"
    assert page.sheet.agenda.title.textFormat() == Qt.TextFormat.PlainText
    assert page.list.count() == 1


def test_a_task_order_decided_by_keyboard(page: MeetingsPage, qtbot: QtBot, operator: Operator, town: Desk) -> None:
    prepare(page, qtbot, operator)
    case_id = shown(page).items[0].case
    operator.key(Qt.Key.Key_Return)
    operator.write("情况可能升级，抓紧上门")
    operator.key(Qt.Key.Key_Return, ctrl=True)
    operator.fill(None, "2026-3-9", "石桥村", "杨主任")
    operator.write("上门走访")
    operator.key(Qt.Key.Key_Escape)
    assert page.sheet is not None
    assert QApplication.focusWidget() is page.sheet.agenda.table
    operator.write("3")
    assert "任务单草稿已放入" in page.notice.text()
    case = cases.load(town, case_id)
    (letter,) = case.letters
    assert (letter.kind, letter.to, letter.responsible, letter.due_on) == ("任务单", "石桥村", "杨主任", date(2026, 3, 9))
    assert letter.measures == ("上门走访",)
    assert letter.signer == "李政法"
    assert [one.stage for one in case.assessments] == ["审定"]
    assert shown(page).item(case_id).decided_on == DAY
    chosen = page.sheet.agenda.current()
    assert chosen is not None
    assert chosen.case != case_id
    assert QApplication.focusWidget() is page.sheet.agenda.table
    assert not page.unsaved()


def test_another_decision_is_asked_for(page: MeetingsPage, qtbot: QtBot, operator: Operator, town: Desk, answers: Answers) -> None:
    prepare(page, qtbot, operator)
    case_id = shown(page).items[0].case
    operator.write("1")
    assert page.sheet is not None
    page.sheet.agenda.choose(0)
    page.sheet.agenda.form["unit"].show_value("关上司法所")
    page.sheet.agenda.form["unit"].changed.emit()
    answers.confirms = False
    operator.write("2")
    assert "改为“升级”" in answers.asked[-1]
    assert cases.load(town, case_id).routings == ()
    answers.confirms = True
    operator.write("2")
    assert [one.kind for one in cases.load(town, case_id).routings] == ["升级"]
    assert shown(page).item(case_id).wrote == "升级"


def test_what_is_missing_gets_the_cursor(page: MeetingsPage, qtbot: QtBot, operator: Operator, town: Desk) -> None:
    prepare(page, qtbot, operator)
    operator.write("3")
    assert "还缺责任单位和办理时限" in page.notice.text()
    assert typing(page).accessibleName() == "责任单位"
    assert cases.load(town, shown(page).items[0].case).letters == ()


def test_head_people_and_minutes(page: MeetingsPage, qtbot: QtBot, operator: Operator, town: Desk) -> None:
    prepare(page, qtbot, operator)
    operator.key(Qt.Key.Key_2, ctrl=True)
    assert typing(page).accessibleName() == "会商日期"
    operator.fill(None, None, None, "二楼会议室")
    operator.key(Qt.Key.Key_F9)
    operator.key(Qt.Key.Key_4, ctrl=True)
    operator.write("会议强调，压实责任。")
    assert page.unsaved()
    operator.key(Qt.Key.Key_S, ctrl=True)
    assert "已保存" in page.notice.text()
    stored = meetings.load(town, meetings.listed(town)[0].id)
    assert (stored.place, stored.minutes) == ("二楼会议室", "会议强调，压实责任。")
    assert [one.name for one in stored.attendees if one.present] == ["李政法"]
    assert len(stored.attendees) == 14


def test_a_letter_of_no_case_by_keyboard(page: MeetingsPage, qtbot: QtBot, operator: Operator, town: Desk, answers: Answers) -> None:
    prepare(page, qtbot, operator)
    operator.key(Qt.Key.Key_5, ctrl=True)
    operator.key(Qt.Key.Key_F6)
    operator.fill(None, "关上街道某社区", "关于防范家庭纠纷升级的提示函")
    operator.write("近三个月家庭纠纷上升。")
    operator.key(Qt.Key.Key_Return, ctrl=True)
    operator.write("加强走访")
    operator.key(Qt.Key.Key_F5)
    assert "还缺责任人" in page.notice.text()
    operator.key(Qt.Key.Key_Return, ctrl=True)
    operator.fill(None, "杨主任")
    operator.key(Qt.Key.Key_F5)
    assert "已签发编号" in page.notice.text()
    (letter,) = meetings.load(town, meetings.listed(town)[0].id).letters
    assert letter.number == "关上综治函〔2026〕1号"
    assert any("签发" in asked for asked in answers.asked)
    operator.key(Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: bool(page.dialog.pdf()), timeout=SOON)
    assert "关于防范家庭纠纷升级的提示函" in text_of(page.dialog.pdf())
    page.dialog.close()


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


@pytest.mark.parametrize(("shift", "words"), [(False, "周研判会商材料"), (True, "周研判会商纪要")])
def test_papers_are_previewed(page: MeetingsPage, qtbot: QtBot, operator: Operator, shift: bool, words: str) -> None:
    prepare(page, qtbot, operator)
    page.preview(1 if shift else 0)
    qtbot.waitUntil(lambda: bool(page.dialog.pdf()), timeout=SOON)
    assert words in text_of(page.dialog.pdf())
    page.dialog.close()


def test_what_was_typed_is_never_lost(page: MeetingsPage, qtbot: QtBot, operator: Operator, town: Desk, answers: Answers) -> None:
    prepare(page, qtbot, operator)
    meeting_id = shown(page).id
    operator.key(Qt.Key.Key_4, ctrl=True)
    operator.write("没有保存的纪要")
    answers.leaving = Leave.STAY
    assert not page.may_leave()
    qtbot.waitUntil(lambda: drafts.kept(town, f"meeting:{meeting_id}") is not None, timeout=SOON)
    with_draft = MeetingsPage(page._context)
    qtbot.addWidget(with_draft)
    with_draft.open(meeting_id)
    assert shown(with_draft).minutes == "没有保存的纪要"
    assert "已恢复" in with_draft.notice.text()
    assert with_draft.unsaved()
    assert with_draft.save()
    assert drafts.kept(town, f"meeting:{meeting_id}") is None
    assert meetings.load(town, meeting_id).minutes == "没有保存的纪要"


def test_half_a_date_is_kept_too(page: MeetingsPage, qtbot: QtBot, operator: Operator) -> None:
    prepare(page, qtbot, operator)
    operator.key(Qt.Key.Key_Return)
    operator.key(Qt.Key.Key_Return, ctrl=True)
    operator.fill(None)
    operator.write("3.")
    operator.key(Qt.Key.Key_2, ctrl=True)
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.write("2026-")
    page.keep_draft()
    again = MeetingsPage(page._context)
    qtbot.addWidget(again)
    again.open(shown(page).id)
    assert again.sheet is not None
    assert again.sheet.head.text_at("held_on") == "2026-"
    assert again.sheet.agenda.form.text_at("limit") == "3."


def test_an_issued_letter_is_only_read(page: MeetingsPage, qtbot: QtBot, operator: Operator, town: Desk) -> None:
    meeting = meetings.save(town, meetings.prepare(town, "周研判", DAY))
    draft = meetings.draft_letter(town, meeting, "提示函")
    whole_letter = msgspec.structs.replace(draft, to="某社区", title="关于防范的提示函", measures=("走访",), responsible="杨主任")
    meetings.issue(town, msgspec.structs.replace(meeting, letters=(whole_letter,)), 0)
    page.refresh()
    page.open(meeting.id)
    assert page.sheet is not None
    page.sheet.show_tab(4)
    assert not page.sheet.letters.form.isEnabled()
    page.sheet.letters.add()
    assert page.sheet.letters.form.isEnabled()


def test_what_is_dropped_is_gone(page: MeetingsPage, qtbot: QtBot, operator: Operator, town: Desk, answers: Answers) -> None:
    prepare(page, qtbot, operator)
    meeting_id = shown(page).id
    operator.key(Qt.Key.Key_4, ctrl=True)
    operator.write("不要了")
    page.keep_draft()
    answers.leaving = Leave.DROP
    operator.key(Qt.Key.Key_Escape)
    assert page.stack.currentIndex() == 0
    assert drafts.kept(town, f"meeting:{meeting_id}") is None
    operator.key(Qt.Key.Key_Return)
    assert shown(page).minutes is None


def test_a_wrong_date_is_told_and_stays(page: MeetingsPage, qtbot: QtBot, operator: Operator, town: Desk) -> None:
    prepare(page, qtbot, operator)
    operator.key(Qt.Key.Key_2, ctrl=True)
    typing(page)
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.write("2026-2-30")
    operator.key(Qt.Key.Key_S, ctrl=True)
    assert "还不能保存" in page.notice.text()
    assert isinstance(focused := typing(page), QLineEdit)
    assert focused.text() == "2026-2-30"
    assert meetings.listed(town)[0].held_on == DAY


def test_asked_for_left_out_and_opened(page: MeetingsPage, qtbot: QtBot, operator: Operator, town: Desk) -> None:
    prepare(page, qtbot, operator)
    listed = {item.case for item in shown(page).items}
    quiet = next(row for row in cases.rows(town) if row.id not in listed)
    operator.key(Qt.Key.Key_F4)
    operator.write(quiet.number)
    operator.key(Qt.Key.Key_Return)
    assert shown(page).items[-1].case == quiet.id
    assert page.sheet is not None
    page.sheet.show_tab(0)
    with qtbot.waitSignal(page.wanted_case) as wanted:
        operator.key(Qt.Key.Key_O, ctrl=True)
    assert wanted.args == [quiet.id, ""]
    operator.key(Qt.Key.Key_F8)
    assert quiet.id not in {item.case for item in shown(page).items}


def test_a_meeting_is_dropped_after_asking(page: MeetingsPage, qtbot: QtBot, operator: Operator, town: Desk, answers: Answers) -> None:
    prepare(page, qtbot, operator)
    answers.confirms = False
    page.drop()
    assert len(meetings.listed(town)) == 1
    answers.confirms = True
    page.drop()
    assert meetings.listed(town) == []
    assert page.list.count() == 0


def test_a_bad_file_of_kinds_is_told(page: MeetingsPage, qtbot: QtBot, operator: Operator, town: Desk) -> None:
    (town.folder / letters.OWN_KINDS).write_text("x = ", encoding="utf-8")
    operator.key(Qt.Key.Key_W, ctrl=True)
    qtbot.waitUntil(lambda: "函件种类文件" in page.notice.text(), timeout=SOON)


def whole(page: QWidget) -> None:
    assert clipped(page) == []


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_no_text_is_clipped(page: MeetingsPage, qtbot: QtBot, operator: Operator, theme: Theme, scale: int) -> None:
    prepare(page, qtbot, operator)
    theme.set_scale(scale)
    assert page.sheet is not None
    for tab in range(page.sheet.count()):
        page.sheet.show_tab(tab)
        qtbot.waitUntil(partial(whole, page), timeout=SOON)


def test_keys_are_printed_and_names_are_told(page: MeetingsPage, qtbot: QtBot, operator: Operator) -> None:
    prepare(page, qtbot, operator)
    told = [made.text() for made in page.findChildren(QPushButton)]
    for key in ("Ctrl+D", "Ctrl+W", "Ctrl+M", "Ctrl+J", "Ctrl+S", "Ctrl+P", "Ctrl+Shift+P", "Esc", "F4", "F8", "Ctrl+O"):
        assert any(text.endswith(key) for text in told), key
    for control in (*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)):
        named = control.accessibleName() or control.objectName().startswith("qt_")
        assert named, control
