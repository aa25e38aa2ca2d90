"""请核对: what is told, in which order, and where it leads."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.checks import Doubt
from desktop.domain.finding import Finding
from desktop.services.desk import Desk
from desktop.ui.case.remarks import Remark, head, notes, remarks, told
from desktop.ui.case.side import FIRST_REMARKS, NextPanel
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.ui.hands import Operator
from tests.ui.papers import TIMEOUT, agreed, charging

DOUBTS = [Doubt("agreement.signed_on", "日期可疑。"), Doubt("amount", "金额可疑。")]
FINDINGS = [
    Finding("agreement.signed_on", "日期要改。", "某法第一条"),
    Finding("agreement.clauses[0]", "不能收费。", "某法第二条", grave=True),
]


def test_what_law_forbids_comes_first_and_a_finding_takes_the_place_of_a_doubt() -> None:
    found = remarks(DOUBTS, FINDINGS)
    assert [one.sentence for one in found] == ["不能收费。", "金额可疑。", "日期要改。"]
    assert head(found) == "请核对（3处，其中1处法律不允许）"
    assert notes(found) == {"agreement.clauses[0]": "法律不允许：不能收费。", "amount": "金额可疑。", "agreement.signed_on": "日期要改。"}


@pytest.mark.parametrize(("linked", "word"), [(True, "href='agreement.clauses[0]'"), (False, "法律不允许：不能收费。<br>")])
def test_a_remark_names_its_source(linked: bool, word: str) -> None:
    text = told(remarks([], FINDINGS)[0], linked=linked)
    assert word in text
    assert "某法第二条" in text


def test_a_forbidden_clause_is_told_beside_it_and_leads_to_it(qtbot: QtBot, window: Window, desk: Desk, operator: Operator) -> None:
    case = charging(desk)
    window.open_case(case.id)
    page = window.case_page()
    assert case.agreement is not None
    path = f"agreement.clauses[{len(case.agreement.clauses) - 1}]"
    assert f"href='{path}'" in page.side.doubts.text()
    assert "法律不允许" in page.side.doubts_head.text()
    page.side.wanted.emit(path)
    assert page.tabs.currentIndex() == 4
    assert "！" in page.tabs.tabText(4)
    qtbot.waitUntil(lambda: page.living.pages.count() > 0, timeout=TIMEOUT)


def test_the_window_of_the_court_is_told_and_leads_to_its_field(window: Window, desk: Desk, operator: Operator) -> None:
    window.open_case(agreed(desk).id)
    page = window.case_page()
    page.show_case(msgspec.structs.replace(page.collect(), visits=(), closed_on=None))
    assert "司法确认" in page.side.doubts.text()
    page.side.wanted.emit("confirmation.applied_on")
    assert page.tabs.currentIndex() == 5
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.write("2025-4-1")
    confirmation = page.collect().confirmation
    assert confirmation is not None
    assert str(confirmation.applied_on) == "2025-04-01"


def test_what_has_no_field_is_no_link(window: Window) -> None:
    window.new_case()
    tabs = window.case_page().tabs
    known = {path: tabs.knows(path) for path in ("parties[0].guardian", "filing.filed_on", "extension.until", "number", "")}
    assert known == {"parties[0].guardian": True, "filing.filed_on": True, "extension.until": True, "number": False, "": False}


def test_of_very_many_remarks_the_first_are_listed_and_the_rest_when_somebody_asks(theme: Theme, qtbot: QtBot) -> None:
    side = NextPanel()
    qtbot.addWidget(side)
    found = [Remark(f"parties[{number}].phone", f"第{number}个电话可疑。") for number in range(40)]
    side.show_remarks(found, lambda _: True)
    assert side.doubts.text().count("可疑") == FIRST_REMARKS
    assert "还有28处，全部列出" in side.doubts.text()
    with qtbot.assertNotEmitted(side.wanted):
        side.doubts.linkActivated.emit("remarks:all")
    assert side.doubts.text().count("可疑") == len(found)
    side.show_remarks(found[:15], lambda _: True)
    assert side.doubts.text().count("可疑") == 15
