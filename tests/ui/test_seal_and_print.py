"""盖章定稿 and printing from the preview: what stands is shown from the sealed bytes, printer and sides are remembered."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from desktop.domain.finding import Finding
from desktop.services import cases, printing, sealing
from desktop.services.desk import Desk
from desktop.ui.case.papers import papers_of
from desktop.ui.case.seal_words import findings_told, gaps_told, question, state_told, still
from desktop.ui.paper.dialog import PreviewDialog
from desktop.ui.paper.print_room import printer_for, remember
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.printing import cups
from tests.ui.hands import PASSWORD, Answers, Operator, clipped
from tests.ui.papers import TIMEOUT, agreed, charging

AGREEMENT = "调解协议书"
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support", "Keyboard event not accepted"
)  # the key is let go over a held dialog


def previewed(qtbot: QtBot, window: Window, case_id: str, name: str = AGREEMENT) -> PreviewDialog:
    """The preview of a case with the paper of the name shown."""
    window.open_case(case_id)
    window.case_page().preview()
    dialog = window.case_page().dialog
    names = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    dialog.list.setCurrentRow(names.index(name))
    made(qtbot, dialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def made(qtbot: QtBot, dialog: PreviewDialog) -> None:
    qtbot.waitUntil(lambda: dialog.isEnabled() and dialog.pdf() != b"", timeout=TIMEOUT)


def test_a_sealed_paper_is_shown_from_its_bytes_until_the_case_changes(
    qtbot: QtBot, window: Window, desk: Desk, answers: Answers, operator: Operator
) -> None:
    case = agreed(desk)
    dialog = previewed(qtbot, window, case.id)
    assert not dialog.state.isVisible()
    plain = dialog.pdf()
    operator.key(Qt.Key.Key_G, ctrl=True)
    assert "不能撤回" in answers.asked[-1]
    dialog.reject()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: "已定稿，第1版" in dialog.state.text(), timeout=TIMEOUT)
    sealed = cases.load(desk, case.id)
    assert dialog.pdf() == sealing.data_of(desk, sealed.seals[0]) != plain
    assert not dialog.seal_button.isEnabled()
    assert not window.case_page().unsaved()
    dialog.close()

    cases.save(desk, sealed, msgspec.structs.replace(sealed, mediators=(*sealed.mediators, "赵六")))
    dialog = previewed(qtbot, window, case.id)
    assert "不是定稿" in dialog.state.text()
    assert dialog.pdf() != sealing.data_of(desk, sealed.seals[0])
    operator.key(Qt.Key.Key_G, ctrl=True)
    assert "代替第1版" in answers.asked[-1]
    qtbot.waitUntil(lambda: "已定稿，第2版" in dialog.state.text(), timeout=TIMEOUT)
    dialog.close()


def test_what_law_forbids_is_not_sealed_and_says_why(qtbot: QtBot, window: Window, desk: Desk, operator: Operator) -> None:
    case = charging(desk)
    dialog = previewed(qtbot, window, case.id)
    assert dialog.print_button.isEnabled()
    operator.key(Qt.Key.Key_G, ctrl=True)
    qtbot.waitUntil(lambda: "不能定稿" in dialog.notice.text(), timeout=TIMEOUT)
    assert dialog.isEnabled()
    assert cases.load(desk, case.id).seals == ()
    dialog.close()


def test_the_dossier_says_what_it_lacks(qtbot: QtBot, window: Window, desk: Desk) -> None:
    dialog = previewed(qtbot, window, agreed(desk).id, "整本卷宗")
    assert "缺当事人身份证明" in dialog.gaps.label.text()
    assert dialog.gaps.isVisible()
    assert dialog.pages.count() > 5
    assert not dialog.seal_button.isVisible()
    dialog.close()


PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from desktop.services import printing
from desktop.services.desk import open_desk
from desktop.ui.paper.print_room import printer_for, remember
application = QApplication([])
with open_desk(Path(sys.argv[1]), sys.argv[2]) as desk:
    first = printer_for(desk, "卷宗", 1)
    print(first.printerName(), first.duplex().name, first.copyCount())
    second = printer_for(desk, "调解协议书", 3)
    print(second.printerName(), second.duplex().name, second.copyCount())
    second.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    remember(desk, "调解协议书", second)
    print(printing.preferences(desk, "调解协议书"))
    printing.remember(desk, "调解协议书", "一台已经拆走的打印机", duplex=True)
    print(printer_for(desk, "调解协议书", 1).printerName())
"""
"""In a process that has never seen another print server."""


@pytest.mark.skipif(bool(cups.missing()), reason=cups.missing() or "CUPS is here")
def test_a_printer_is_set_up_as_the_last_time(desk: Desk) -> None:
    printing.remember(desk, "回访记录", cups.PRINTER, duplex=False)
    desk.close()
    root = Path(__file__).resolve().parents[2]
    with cups.print_server() as server:
        environment = server.environment | {"PYTHONPATH": str(root)}
        command = [sys.executable, "-c", PROGRAM, str(desk.folder), PASSWORD]
        done = subprocess.run(command, env=environment, check=True, timeout=cups.TIMEOUT, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.splitlines() == [
        f"{cups.PRINTER} DuplexLongSide 1",
        f"{cups.PRINTER} DuplexNone 3",
        f"Preferences(printer='{cups.PRINTER}', duplex=True)",
        cups.PRINTER,
    ]


def test_printing_into_a_file_says_nothing_about_the_next_time(desk: Desk) -> None:
    printing.remember(desk, AGREEMENT, "办公室", duplex=True)
    into_file = QPrinter(QPrinter.PrinterMode.HighResolution)
    into_file.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    remember(desk, AGREEMENT, into_file)
    assert printing.preferences(desk, AGREEMENT) == printing.Preferences(printer="办公室", duplex=True)


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_no_text_of_the_preview_is_clipped(qtbot: QtBot, window: Window, desk: Desk, theme: Theme, scale: int) -> None:
    def nothing_clipped() -> None:
        assert clipped(dialog) == []

    case = agreed(desk)
    sealed = sealing.seal(desk, case, AGREEMENT).case
    case = cases.save(desk, sealed, msgspec.structs.replace(sealed, recorder="赵六", mediators=("赵六",))).case
    window.resize(1280, 800)
    theme.set_scale(scale)
    dialog = previewed(qtbot, window, case.id)
    assert "不是定稿" in dialog.state.text()
    qtbot.waitUntil(nothing_clipped)
    dialog.list.setCurrentRow(dialog.list.count() - 1)
    made(qtbot, dialog)
    assert dialog.gaps.isVisible()
    qtbot.waitUntil(nothing_clipped)
    dialog.close()


def test_an_agreement_is_printed_for_each_party_and_the_committee(desk: Desk) -> None:
    case = agreed(desk)
    copies = {paper.kind: paper.copies for paper in papers_of(desk, case)}
    assert copies[AGREEMENT] == len(case.parties) + 1
    assert copies["卷宗"] == 1


def test_a_print_without_a_standing_seal_is_possible(
    qtbot: QtBot, window: Window, desk: Desk, operator: Operator, answers: Answers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "printed.pdf"
    original = printer_for

    def into_file(asked: Desk, kind: str, copies: int) -> QPrinter:
        printer = original(asked, kind, copies)
        printer.setOutputFileName(str(target))
        return printer

    monkeypatch.setattr("desktop.ui.paper.print_room.printer_for", into_file)
    dialog = previewed(qtbot, window, charging(desk).id)
    assert dialog.gaps.isVisible()
    assert "✕ 法律不允许：" in dialog.gaps.label.text().splitlines()[1]
    answers.confirms = False
    operator.key(Qt.Key.Key_P, ctrl=True)
    assert "仍要打印？" in answers.asked[-1]
    assert not target.exists()
    answers.confirms = True
    operator.key(Qt.Key.Key_P, ctrl=True)
    assert "已交给打印机" in dialog.notice.text()
    assert target.read_bytes().startswith(b"%PDF")
    asked = len(answers.asked)
    operator.key(Qt.Key.Key_P, ctrl=True)
    assert len(answers.asked) == asked
    dialog.close()


def test_only_what_can_be_sealed_offers_it(desk: Desk) -> None:
    offered = {paper.kind: paper.seal is not None for paper in papers_of(desk, agreed(desk))}
    assert offered[AGREEMENT]
    assert {kind for kind in ("卷宗封面", "卷内目录", "封底", "卷宗") if offered[kind]} == set()


def test_a_check_without_what_law_forbids_asks_nothing() -> None:
    found = [Finding("agreement.signed_on", "请核对日期。", "人民调解法")]
    assert still(found, "打印") == ""
    assert findings_told(found) == "请核对（1处，不影响打印）：\n· 请核对日期。"
    assert findings_told(()) == ""


def test_nothing_is_said_where_there_is_nothing_to_say() -> None:
    assert state_told(None, stands=False) == ""
    assert gaps_told(()) == ""
    assert "代替" not in question(AGREEMENT, None)
