"""The page of one case: nothing is lost, nothing impossible is saved, doubts stand beside their fields."""

from datetime import date
from typing import cast

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.agreement import Agreement, Clause, Obligation
from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.party import Party
from desktop.resources import resource
from desktop.services import cases
from desktop.services.desk import Desk
from desktop.ui.case.page import CasePage
from desktop.ui.entry.form import Record
from desktop.ui.entry.inputs import Choice, Text
from desktop.ui.entry.long_text import LongText
from desktop.ui.entry.record_list import RecordList
from desktop.ui.window import Window
from tests.ui.hands import SAMPLES, Operator


@pytest.fixture
def opened(window: Window, desk: Desk) -> CasePage:
    """The page of a registered case with two parties."""
    window.open_case(registered(desk).id)
    return window.case_page()


def registered(desk: Desk) -> Case:
    parties = (Party(role="申请人", kind="自然人", name="普家顺"), Party(role="被申请人", kind="组织", name="某公司"))
    case = Case(type="邻里", registered_on=date(2026, 3, 1), summary="田埂之争。", parties=parties, mediators=("李正平",))
    return cases.load(desk, cases.register(desk, case).id)


def type_into(page: CasePage, operator: Operator, path: str, text: str) -> None:
    page.tabs.reveal(path)
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.write(text)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_showing_a_case_changes_nothing(window: Window, desk: Desk, path: object) -> None:
    case_id = cases.register_files(desk, [path])[0].id  # type: ignore[list-item]  # pytest hands over the path
    window.open_case(case_id)
    page = window.case_page()
    assert page.collect() == cases.load(desk, case_id)
    assert not page.unsaved()
    assert page.faults(strict=True) == []


def test_odd_spellings_come_back_as_they_were(window: Window, desk: Desk) -> None:
    odd = msgspec.structs.replace(
        registered(desk),
        claims=("一\n二", "三"),
        mediators=("甲、乙",),
        group=False,
        agreement=Agreement(clauses=(Clause(text="第一行\n第二行"),), obligations=(Obligation(act=" 前后空格 "),)),
    )
    page = window.case_page()
    page.show_case(odd)
    assert page.collect() == odd


def test_a_change_is_saved_as_a_change(opened: CasePage, desk: Desk, operator: Operator) -> None:
    type_into(opened, operator, "parties[0].phone", "13900000034")
    assert opened.unsaved()
    operator.key(Qt.Key.Key_S, ctrl=True)
    assert not opened.unsaved()
    assert cases.load(desk, opened.case_id()).parties[0].phone == "13900000034"
    assert "普家顺" in opened.header.title.text()
    assert "登记" in opened.timeline.text.text()


@pytest.mark.parametrize(
    ("path", "text", "word"),
    [
        ("registered_on", "2026-2-30", "2月没有30日"),
        ("amount", "-5", "负数"),
        ("amount", "三千五", "数字"),
        ("people_count", "3.5", "整数"),
        ("police_reported_at", "25:00", "没有25点"),
    ],
)
def test_impossible_values_are_refused_beside_the_field(opened: CasePage, operator: Operator, path: str, text: str, word: str) -> None:
    type_into(opened, operator, path, text)
    cell = opened.tabs.form(2 if path == "police_reported_at" else 0).cells[path]
    assert word in cell.message.text()
    operator.key(Qt.Key.Key_S, ctrl=True)
    assert word in opened.notice.text()
    assert opened.unsaved()
    assert cast("Text", cell.control).line.text() == text


def test_a_required_field_must_be_there(window: Window, operator: Operator) -> None:
    window.new_case()
    operator.key(Qt.Key.Key_S, ctrl=True)
    page = window.case_page()
    assert "请选择纠纷类型" in page.notice.text()
    assert "请写明纠纷概况" in page.tabs.form(0).cells["summary"].message.text()
    assert page.case_id() == ""


def test_a_party_without_a_name_is_refused_and_a_blank_one_is_no_party(opened: CasePage, operator: Operator) -> None:
    operator.key(Qt.Key.Key_2, ctrl=True)
    operator.key(Qt.Key.Key_F6)
    assert len(opened.collect().parties) == 2
    type_into(opened, operator, "parties[2].phone", "139")
    operator.key(Qt.Key.Key_S, ctrl=True)
    assert "请填写姓名或名称" in opened.notice.text()


def test_text_with_a_fault_holds_the_cursor_in_its_row(opened: CasePage, operator: Operator) -> None:
    type_into(opened, operator, "parties[0].born_on", "2026-2-30")
    records = opened.tabs.form(1)["parties"]
    assert isinstance(records, RecordList)
    records.table.selectRow(1)
    assert records.current() == records.model.records[0]


def test_a_party_that_was_taken_out_is_gone_after_saving(opened: CasePage, operator: Operator, desk: Desk) -> None:
    operator.key(Qt.Key.Key_2, ctrl=True)
    opened.tabs.reveal("parties[1]")
    operator.key(Qt.Key.Key_F8)
    operator.key(Qt.Key.Key_S, ctrl=True)
    assert [party.name for party in cases.load(desk, opened.case_id()).parties] == ["普家顺"]


def test_doubts_stand_beside_their_field_and_are_links(qtbot: QtBot, opened: CasePage, operator: Operator) -> None:
    type_into(opened, operator, "parties[0].id_number", "530199196207190690")
    qtbot.waitUntil(lambda: "校验码" in opened.side.doubts.text())
    assert "！" in opened.tabs.tabText(1)
    opened.tabs.show_tab(0)
    opened.side.wanted.emit("parties[0].id_number")
    assert opened.tabs.currentIndex() == 1
    records = opened.tabs.form(1)["parties"]
    assert isinstance(records, RecordList)
    assert "校验码" in records.form.cells["id_number"].message.text()
    assert operator.at() is records.form["id_number"].focusProxy()


def test_the_next_thing_leads_to_its_field(opened: CasePage, operator: Operator) -> None:
    operator.key(Qt.Key.Key_F4)
    assert opened.side.next_text.text()
    review = opened.tabs.form(0)["intake"]
    assert isinstance(review, Record)
    assert operator.at() is review.form["barred"].focusProxy()


def test_an_illegal_step_is_refused_with_its_rule(opened: CasePage, operator: Operator, desk: Desk) -> None:
    type_into(opened, operator, "agreement.signed_on", "2026-3-2")
    opened.tabs.reveal("outcome.kind")
    operator.key(Qt.Key.Key_Down, 2)
    operator.key(Qt.Key.Key_S, ctrl=True)
    assert "第二十六条" in opened.notice.text()
    assert cases.load(desk, opened.case_id()).agreement is None


def test_the_living_page_shows_the_agreement(qtbot: QtBot, opened: CasePage, operator: Operator) -> None:
    type_into(opened, operator, "agreement.clauses", "各自后退半米。")
    qtbot.waitUntil(lambda: opened.living.pages.count() > 0, timeout=20_000)


def test_the_letters_that_the_office_uses_are_offered_and_others_are_kept(window: Window, desk: Desk) -> None:
    other = msgspec.structs.replace(registered(desk), letters=(Letter(kind="吹哨单", to="某站"),))
    saved = cases.save(desk, cases.load(desk, other.id), other).case
    presets = resource("letters", "presets.toml").read_text("utf-8")
    (desk.folder / "letters.toml").write_text(
        presets[presets.index('[[preset]]\ncode = "B"') :].replace("enabled = false", "enabled = true", 1), "utf-8"
    )
    window.open_case(saved.id)
    page = window.case_page()
    letters = page.tabs.form(6).cells["letters"].control
    assert isinstance(letters, RecordList)
    picker = letters.form.cells["kind"].control
    assert isinstance(picker, Choice)
    assert [picker.box.itemText(row) for row in range(picker.box.count())] == ["", "任务单", "交办单", "督办单", "提示函", "吹哨单"]
    assert page.collect().letters[0].kind == "吹哨单"
    assert not page.unsaved()


def test_enter_goes_from_field_to_field(window: Window, operator: Operator) -> None:
    window.new_case()
    form = window.case_page().tabs.form(0)
    for name, cell in form.cells.items():
        if name == "commission":  # only where somebody sent the dispute
            continue
        first = cell.control.form["barred"] if isinstance(cell.control, Record) else cell.control
        assert operator.at() is first.focusProxy(), name
        operator.key(Qt.Key.Key_Return, ctrl=isinstance(cell.control, LongText))


def test_the_timeline_is_one_key_away_where_there_is_no_room_for_it(opened: CasePage, operator: Operator) -> None:
    assert opened.timeline.isVisible()
    operator.key(Qt.Key.Key_5, ctrl=True)
    assert not opened.timeline.isVisible()
    operator.key(Qt.Key.Key_F7)
    assert opened.timeline.isVisible()
    assert not opened.tabs.isVisible()
    opened.tabs.reveal("summary")
    assert opened.tabs.isVisible()
