"""How many keys beyond the text the middle of sample 03 takes: its records and its agreement."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.agreement import Agreement
from desktop.domain.case import Case
from desktop.services import cases, finding
from desktop.services.desk import Desk
from desktop.ui.case.page import CasePage
from desktop.ui.window import Window
from tests.domain.samples import sample
from tests.ui.keystrokes import Counted
from tests.ui.papers import TIMEOUT

ENTER = Qt.Key.Key_Return
LIMIT = 60
RECORDS, AGREEMENT = 13, 6
"""Keys beyond the text at most, of the 60 that the whole sample may take from the empty desk to the printed agreement."""

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # lists of suggestions, on the offscreen platform


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
def page(window: Window, desk: Desk) -> CasePage:
    """Sample 03 as it is when its parties are entered."""
    begun = msgspec.structs.replace(sample("03"), sessions=(), agreement=None, visits=())
    window.open_case(cases.register(desk, begun).id)
    return window.case_page()


def write_records(operator: Counted) -> None:
    operator.key(Qt.Key.Key_4, ctrl=True)
    operator.key(Qt.Key.Key_F6, ctrl=True)
    operator.fill("2025-2-21 9:30-11:00", "争议田块现场", "村民小组长、浦贝派出所民警")
    operator.write(str(sample("03").sessions[0].record))
    for line in ("土地承包经营权证复印件，普家顺，2页", "现场丈量照片，调委会，4页"):
        operator.keys.append("Shift+F6")
        QTest.keyClick(operator.at(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        operator.write(line)
    operator.key(Qt.Key.Key_F6)
    operator.fill("2025-2-21 14:00-15:20", "浦贝乡派出所综治中心调解室", "村民小组长")
    operator.write(str(sample("03").sessions[1].record))
    operator.key(ENTER, ctrl=True)
    operator.write("dc")
    operator.key(Qt.Key.Key_G, ctrl=True)


def agree(operator: Counted) -> None:
    agreement = sample("03").agreement or Agreement()
    operator.key(Qt.Key.Key_5, ctrl=True)
    operator.write(str(agreement.facts))
    operator.key(ENTER, ctrl=True)
    operator.write(agreement.clauses[0].text)
    operator.key(ENTER)
    operator.write(agreement.clauses[1].text)
    operator.key(Qt.Key.Key_F6)
    operator.fill(None, agreement.obligations[0].act)
    operator.write(str(agreement.obligations[0].due_on))


def begin(operator: Counted, case: Case) -> None:
    """From the empty desk to the entered parties and the risk."""
    operator.key(Qt.Key.Key_F2)
    operator.fill("sltd", "zd", str(case.registered_on), str(case.occurred_on), case.place)
    operator.write(case.summary)
    operator.key(ENTER, ctrl=True)
    operator.write(case.claims[0])
    operator.key(ENTER, ctrl=True)
    operator.fill(None, str(case.people_count), None, None)
    operator.write(str(case.recorder))
    operator.key(Qt.Key.Key_2, ctrl=True)
    for party in case.parties:
        operator.key(Qt.Key.Key_F6)
        operator.fill(party.name, party.id_number, party.ethnic, party.occupation, party.phone)
        operator.write(str(party.address))
        if party.main:
            operator.key(ENTER)
            operator.key(Qt.Key.Key_Space)
    operator.key(Qt.Key.Key_3, ctrl=True)
    operator.write("d")


def test_sample_03_from_the_empty_desk_to_the_printed_agreement(qtbot: QtBot, window: Window, desk: Desk, counted: Counted) -> None:
    begin(counted, sample("03"))
    write_records(counted)
    agree(counted)
    counted.key(Qt.Key.Key_F9)  # saves first
    dialog = window.case_page().papers.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.pdf().startswith(b"%PDF") and dialog.pages.count() > 0, timeout=TIMEOUT)
    counted.keys += ["Ctrl+P", "Return"]  # the paper on the screen, and the printer's own dialog
    assert counted.count <= LIMIT, counted.keys
    (row,) = finding.rows(desk)
    found = cases.load(desk, row.id)
    check(found)
    assert found.parties[0].main
    assert [msgspec.structs.replace(one, id="", position=0) for one in found.parties] == list(sample("03").parties)


def test_records_and_agreement_of_sample_03(page: CasePage, desk: Desk, counted: Counted) -> None:
    write_records(counted)
    records = counted.count
    agree(counted)
    assert records <= RECORDS, counted.keys
    assert counted.count - records <= AGREEMENT, counted.keys[records:]
    counted.key(Qt.Key.Key_S, ctrl=True)
    assert "已保存" in page.notice.text()
    check(cases.load(desk, page.case_id()))


def check(case: Case) -> None:
    """What was typed is the sample, but for the day of signing, which comes after the paper."""
    wanted = sample("03")
    for session, asked in zip(case.sessions, wanted.sessions, strict=True):
        assert (session.kind, session.started_at, session.ended_at) == (asked.kind, asked.started_at, asked.ended_at)
        assert (session.place, session.participants, session.record, session.result) == (
            asked.place,
            asked.participants,
            asked.record,
            asked.result,
        )
        assert [(one.name, one.provider, one.pages) for one in session.evidence] == [
            (one.name, one.provider, one.pages) for one in asked.evidence
        ]
    assert case.agreement is not None
    assert wanted.agreement is not None
    assert (case.agreement.form, case.agreement.facts) == (wanted.agreement.form, wanted.agreement.facts)
    assert [one.text for one in case.agreement.clauses] == [one.text for one in wanted.agreement.clauses]
    duty, wish = case.agreement.obligations[0], wanted.agreement.obligations[0]
    assert (duty.payer, duty.payee, duty.act, duty.due_on) == (wish.payer, wish.payee, wish.act, wish.due_on)
