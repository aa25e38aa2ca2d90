"""调解: the notice of rights, records of survey and mediation, the seven elements."""

from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.domain.codes import EvidenceKind
from desktop.domain.session import Evidence, Session
from desktop.domain.session_elements import CODES
from desktop.services import cases
from desktop.services.desk import Desk
from desktop.ui.case.element_ticks import ElementTicks
from desktop.ui.case.page import CasePage
from desktop.ui.case.record_text import RecordText
from desktop.ui.case.session_fields import Sessions, in_one_line, kind_of_evidence
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.ui.hands import Operator, clipped
from tests.ui.test_case_page import registered

ENTER = Qt.Key.Key_Return
TAB = 3


@pytest.fixture
def opened(window: Window, desk: Desk) -> CasePage:
    window.open_case(registered(desk).id)
    page = window.case_page()
    page.tabs.show_tab(TAB)
    return page


def sessions_of(page: CasePage) -> tuple[Session, ...]:
    return page.collect().sessions


def control(page: CasePage) -> Sessions:
    found = page.tabs.form(TAB)["sessions"]
    assert isinstance(found, Sessions)
    return found


def test_one_key_says_that_the_parties_were_told_their_rights(opened: CasePage, operator: Operator) -> None:
    assert opened.collect().informed_on is None
    operator.key(Qt.Key.Key_G, ctrl=True)
    assert opened.collect().informed_on == date.today()  # noqa: DTZ011 -- as the button does


def test_a_mediation_by_keyboard(opened: CasePage, desk: Desk, operator: Operator) -> None:
    operator.key(Qt.Key.Key_F6)
    operator.fill("2026-3-2 9:00", "2026-3-2 10:30", "村委会", "村民小组长、网格员")
    operator.write("双方核对丈量结果。")
    operator.key(ENTER, ctrl=True)
    operator.fill(1)
    operator.key(Qt.Key.Key_Space)
    operator.key(Qt.Key.Key_G, ctrl=True)  # afterwards: not later than the mediation
    assert opened.collect().informed_on == date(2026, 3, 2)
    operator.key(Qt.Key.Key_S, ctrl=True)
    assert "已保存" in opened.notice.text()
    (session,) = cases.load(desk, opened.case_id()).sessions
    assert (session.kind, session.started_at, session.place) == ("调解记录", "2026-03-02T09:00", "村委会")
    assert session.participants == ("村民小组长", "网格员")
    assert (session.record, session.result, session.elements) == ("双方核对丈量结果。", "达成协议", ("rights",))
    message = control(opened).form.cells["elements"].message.text()
    assert "缺一不可" in message
    assert "签字并盖章" in message


def test_nothing_is_filled_in_that_has_not_happened(opened: CasePage, operator: Operator) -> None:
    operator.key(Qt.Key.Key_F6)
    assert sessions_of(opened) == ()
    operator.write("9:00")
    (session,) = sessions_of(opened)
    assert (session.place, session.record, session.result, session.participants, session.elements) == (None, None, None, (), ())


def test_a_survey_of_questions_and_answers(opened: CasePage, operator: Operator) -> None:
    QTest.keyClick(operator.at(), Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
    form = control(opened).form
    assert not form.cells["elements"].isVisible()
    assert not form.cells["result"].isVisible()
    assert form.cells["respondent"].isVisible()
    form["record"].reveal()
    operator.write("问：田埂是谁移的？")
    operator.key(ENTER)
    operator.write("不知道。")
    operator.key(ENTER)
    operator.write("什么时候发现的？")
    operator.key(ENTER)
    operator.key(ENTER)
    operator.write("以上属实。")
    (session,) = sessions_of(opened)
    assert session.kind == "调查记录"
    assert session.record == "问：田埂是谁移的？\n答：不知道。\n问：什么时候发现的？\n以上属实。"


def test_the_outline_ticks_what_is_written_below_it(opened: CasePage, operator: Operator) -> None:
    operator.key(Qt.Key.Key_F6)
    form = control(opened).form
    record, ticks = form["record"], form["elements"]
    assert isinstance(record, RecordText)
    assert isinstance(ticks, ElementTicks)
    record.reveal()
    operator.key(Qt.Key.Key_F11)
    assert len(ticks.missing()) == 7
    operator.write("已告知，双方无异议。")
    assert len(ticks.missing()) == 6
    assert ticks.boxes["rights"].isChecked()
    assert not ticks.boxes["rights"].isEnabled()
    (session,) = sessions_of(opened)
    assert session.elements == ()
    assert str(session.record).startswith("【一、告知权利义务】\n已告知，双方无异议。\n【二、")


def test_enter_goes_through_the_ticks_and_ctrl_enter_past_them(opened: CasePage, operator: Operator) -> None:
    operator.key(Qt.Key.Key_F6)
    ticks = control(opened).form["elements"]
    assert isinstance(ticks, ElementTicks)
    ticks.reveal()
    for code in CODES[:3]:
        assert operator.at() is ticks.boxes[code]
        operator.key(Qt.Key.Key_Space)
        operator.key(ENTER)
    operator.key(ENTER, ctrl=True)
    assert operator.at() not in ticks.boxes.values()
    assert ticks.value() == CODES[:3]


def test_beginning_and_end_are_written_in_one(opened: CasePage, operator: Operator) -> None:
    operator.key(Qt.Key.Key_F6)
    operator.fill("2026-3-2 9：05到11:30", "村委会")
    (session,) = sessions_of(opened)
    assert (session.started_at, session.ended_at, session.place) == ("2026-03-02T09:05", "2026-03-02T11:30", "村委会")
    control(opened).form["started_at"].reveal()
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.write("2026-3-2 9:05-25:00")
    assert control(opened).form["started_at"].fault()


def test_meetings_are_numbered(opened: CasePage, operator: Operator) -> None:
    for day in ("2026-3-2 9:00", "2026-3-4 9:00"):
        operator.key(Qt.Key.Key_F6)
        operator.fill(day)
    model = control(opened).model
    assert [model.data(model.index(row, 1)) for row in range(2)] == ["第1次调解", "第2次调解"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("现场丈量照片", "物证照片"),
        ("土地承包经营权证复印件", "书证"),
        ("微信聊天截图", "电子数据"),
        ("村民证言", "证人证言"),
        ("锄头", None),
    ],
)
def test_the_kind_of_evidence_follows_its_name(name: str, kind: EvidenceKind | None) -> None:
    assert kind_of_evidence(name) == kind


def test_the_kind_follows_the_name_until_the_operator_chooses_one(opened: CasePage, operator: Operator) -> None:
    def kind() -> object:
        return sessions_of(opened)[0].evidence[-1].kind

    operator.key(Qt.Key.Key_F6)
    add = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(operator.at(), Qt.Key.Key_F6, add)
    operator.write("转账凭证")
    assert kind() == "书证"
    operator.write("的截图")
    assert kind() == "电子数据"
    operator.key(Qt.Key.Key_Backspace, 6)
    assert kind() is None
    operator.write("账凭证")
    opened.tabs.reveal("sessions[0].evidence[0].kind")
    operator.key(Qt.Key.Key_Down)
    chosen = kind()
    assert chosen != "书证"
    opened.tabs.reveal("sessions[0].evidence[0].name")
    operator.key(Qt.Key.Key_End)
    operator.write("照片")
    assert kind() == chosen
    QTest.keyClick(operator.at(), Qt.Key.Key_F6, add)
    operator.write("现场照片")
    assert kind() == "物证照片"


@pytest.mark.parametrize(
    ("line", "evidence"),
    [
        ("现场丈量照片，调委会，4页", Evidence(name="现场丈量照片", provider="调委会", pages=4, kind="物证照片")),
        ("锄头，普家顺，1页", Evidence(name="锄头", provider="普家顺", pages=1)),
        ("收条，张三", None),
        ("收条、借条各2页", None),
    ],
)
def test_evidence_in_one_line(line: str, evidence: Evidence | None) -> None:
    assert in_one_line(line) == evidence


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_clipped(opened: CasePage, operator: Operator, theme: Theme, window: Window, scale: int) -> None:
    theme.set_scale(scale)
    operator.key(Qt.Key.Key_F6)
    form = opened.tabs.form(TAB)
    operator.write("9:00")
    assert clipped(form) == []
    assert form.minimumSizeHint().width() <= cast("QWidget", form.parentWidget()).width()
