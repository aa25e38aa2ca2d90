"""The manual: every page of the window has its topic, F1 finds it from any window, words are found, pictures are there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.resources import resource
from desktop.services import cases
from desktop.services.desk import Desk
from desktop.ui.ask import Asker
from desktop.ui.case.fields import TABS as CASE_TABS
from desktop.ui.entry.rare_dialog import RareDialog
from desktop.ui.entry.typed import Day
from desktop.ui.help import where
from desktop.ui.help.page import HelpDialog
from desktop.ui.help.printing import print_topic
from desktop.ui.help.topics import Topic, found, topics
from desktop.ui.help.where import Place, place_of
from desktop.ui.rooms import ROOMS
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.ui.accessible import nameless
from tests.ui.gallery import SCENES
from tests.ui.hands import SAMPLES, Answers, Operator, clipped, settings, show, take_down
from tests.ui.help_pictures import SHOTS

MOST_BYTES = 1_500_000
PLACES = (where.START, *where.TABS, *where.FIELDS.values(), *where.PARTS.values(), *where.STEPS.values())
MECHANISMS = (
    ("一案一策", "routing"),
    ("帮扶", "routing"),
    ("吹哨", "routing"),
    ("上报", "routing"),
    ("回复来文单位", "intake"),
    ("稳控", "agreement"),
    ("司法确认", "performance"),
    ("督办单", "letters"),
    ("三单一函", "letters"),
    ("会商", "meetings"),
    ("草稿", "drafts"),
    ("撤销", "drafts"),
    ("生僻字", "rare"),
    ("卷宗", "paper"),
    ("导入", "exchange"),
    ("导出", "exchange"),
    ("协办", "handover"),
    ("农历 腊月", "typing"),
    ("恢复码 柜子", "drafts"),
    ("ZS", "disputes"),
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def topic_of(name: str) -> Topic:
    (topic,) = [one for one in topics() if one.name == name]
    return topic


# --- the pages -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
def test_a_page_has_its_title_a_picture_and_links_that_lead_somewhere(topic: Topic) -> None:
    assert topic.text.startswith(f"# {topic.title}\n")
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", topic.text)
    assert pictures
    assert [path for path in pictures if not (resource("help") / path).is_file()] == []
    for link in re.findall(r"(?<!!)\[[^]]*\]\(([^)]+)\)", topic.text):
        name, _, section = link.partition("#")
        assert not section or section in topic_of(name).sections()
        assert topic_of(name)


@pytest.mark.parametrize("place", sorted(set(PLACES)), ids=str)
def test_every_place_is_in_the_manual(place: Place) -> None:
    assert not place.section or place.section in topic_of(place.topic).sections()


@pytest.mark.parametrize("name", [room.name for room in ROOMS])
def test_every_page_of_the_window_has_its_topic(name: str) -> None:
    assert topic_of(name).title


def test_no_picture_lies_about_and_all_are_small() -> None:
    files = list((resource("help") / "pictures").iterdir())
    text = "".join(topic.text for topic in topics())
    assert [path.name for path in files if f"pictures/{path.name}" not in text] == []
    assert sum(path.stat().st_size for path in files) < MOST_BYTES
    assert {path.stem for path in files} == {shot.name for shot in SHOTS}
    assert {shot.scene for shot in SHOTS} <= {scene.name for scene in SCENES}


def test_the_parts_that_have_a_page_are_still_called_so() -> None:
    folder = Path(where.__file__).parents[1]
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py"))
    known = {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    assert {name for name in where.PARTS if not name.startswith("Q")} <= known
    steps = (folder / "case" / "course_steps.py").read_text(encoding="utf-8")
    assert [title for title in where.STEPS if f'"{title}"' not in steps] == []


@pytest.mark.parametrize(("words", "name"), MECHANISMS)
def test_words_find_their_page_first_or_soon(words: str, name: str) -> None:
    assert name in [topic.name for topic in found(words)][:4]


def test_what_is_nowhere_finds_nothing() -> None:
    assert found("区块链") == ()


# --- the window of the manual ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def manual(qtbot: QtBot, answers: Answers) -> Iterator[HelpDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    yield HelpDialog(parent, answers)
    parent.close()


def test_the_window_opens_at_the_topic_and_follows_the_search(manual: HelpDialog) -> None:
    manual.show_place(Place("letters", "通报"))
    assert (manual.showing(), manual.section()) == ("letters", "通报")
    assert "督办单" in manual.page.toPlainText()
    manual.search.setText("生僻字 部分")
    assert manual.showing() == "rare"
    manual.search.setText("区块链")
    assert not manual.nothing.isHidden()
    manual.search.clear()
    assert manual.topics.count() == len(topics())


def test_the_heading_is_brought_to_the_top_and_stays_there_when_the_page_widens(qtbot: QtBot, manual: HelpDialog) -> None:
    manual.resize(1000, 600)
    manual.show()
    manual.show_place(Place("routing", "一案一策"))
    manual.resize(1100, 600)
    qtbot.waitUntil(lambda: manual.page.cursorRect().top() < 40 and manual.section() == "一案一策")
    manual.page.anchorClicked.emit("handover")
    assert manual.showing() == "handover"
    assert manual.page.verticalScrollBar().value() == 0


@pytest.mark.parametrize("scale", [100, 200])
def test_the_manual_is_whole_at_every_size(qtbot: QtBot, theme: Theme, window: Window, operator: Operator, scale: int) -> None:
    theme.set_scale(scale)
    operator.key(Qt.Key.Key_F1)
    qtbot.waitUntil(window.help_dialog.isVisible)
    assert clipped(window.help_dialog) == []
    assert nameless(window.help_dialog) == []
    assert window.help_dialog.page.horizontalScrollBar().maximum() == 0


def test_a_page_is_printed_with_its_pictures(manual: HelpDialog, answers: Answers, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "page.pdf"))
    assert print_topic(manual, answers, topic_of("routing"), printer)
    with PdfDocument(tmp_path / "page.pdf") as pdf:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
        assert "一案一策" in text
        assert any(thing.type == 3 for page in pdf for thing in page.get_objects())  # 3 is a picture


# --- F1 --------------------------------------------------------------------------------------------------------------------------------


def opened(qtbot: QtBot, window: Window) -> tuple[str, str]:
    """Press F1 where the cursor is; the page and the heading that are shown."""
    front = QApplication.activePopupWidget() or QApplication.activeWindow()
    assert front is not None
    at: QWidget | None = front.focusWidget()
    QTest.keyClick(at or front, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: window.help_dialog.isVisible() and window.help_dialog.isActiveWindow())
    return window.help_dialog.showing(), window.help_dialog.section()


def to_front(qtbot: QtBot, part: QWidget) -> None:
    part.show()
    part.activateWindow()
    qtbot.waitUntil(lambda: part.isActiveWindow() and part.focusWidget() is not None)


class Modal(Answers):
    """Shows a dialog as the program does, and asks for help in it instead of answering."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.qtbot = qtbot
        self.window: Window | None = None
        self.found: tuple[str, str] = ("", "")

    def accepted(self, dialog: QDialog) -> bool:
        assert self.window is not None
        dialog.setModal(True)
        to_front(self.qtbot, dialog)
        self.found = opened(self.qtbot, self.window)
        self.turn(self.window.help_dialog)
        assert dialog.isVisible()
        assert self.window.help_dialog.parentWidget() is dialog
        manual = self.window.help_dialog
        dialog.reject()
        self.qtbot.waitUntil(lambda: not manual.isVisible())
        return False

    def turn(self, manual: HelpDialog) -> None:
        """Choose another page with the mouse: a window that the modal dialog blocks would not hear of it."""
        row = manual.topics.visualItemRect(manual.topics.item(0)).center()
        handle = manual.windowHandle()
        assert handle is not None
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=manual.topics.viewport().mapTo(manual, row))
        self.qtbot.waitUntil(lambda: manual.showing() == "start")


STEPS = (
    ("decline", "intake", "受理还是不予受理"),
    ("assess", "routing", "研判定级"),
    ("whistle", "routing", "吹哨"),
    ("report_up", "routing", "上报"),
)


@pytest.mark.parametrize(("step", "topic", "section"), STEPS)
def test_f1_in_a_modal_dialog_opens_its_page_which_can_be_read(
    qtbot: QtBot, theme: Theme, desk: Desk, tmp_path: Path, step: str, topic: str, section: str
) -> None:
    asker = Modal(qtbot)
    window = asker.window = Window(desk.folder, theme, settings(tmp_path), asker)
    window.enter(desk)
    case_id = cases.register_files(desk, SAMPLES[:1])[0].id
    show(qtbot, window)
    window.open_case(case_id)
    getattr(window.case_page().course, step)()
    assert asker.found == (topic, section)
    window.release_desk()
    window.context = None
    take_down(window)


def test_f1_in_a_case_opens_the_page_of_the_tab(qtbot: QtBot, desk: Desk, window: Window) -> None:
    window.open_case(cases.register_files(desk, SAMPLES[:1])[0].id)
    for tab in range(len(CASE_TABS) + 1):
        to_front(qtbot, window)
        window.case_page().tabs.rest_on(tab)
        assert opened(qtbot, window) == (where.TABS[tab].topic, "")


def test_f1_in_a_field_opens_its_heading(qtbot: QtBot, desk: Desk, window: Window) -> None:
    case_id = cases.register_files(desk, SAMPLES[:1])[0].id
    for path, section in (("plan.leader", "一案一策"), ("commission.sender", "法院、公安、信访送来的")):
        to_front(qtbot, window)
        window.show_in_case(case_id, path)
        assert opened(qtbot, window)[1] == section


def test_f1_again_turns_the_page_of_the_same_window(qtbot: QtBot, window: Window) -> None:
    window.go("letters")
    assert opened(qtbot, window)[0] == "letters"
    manual = window.help_dialog
    window.go("settings")
    to_front(qtbot, window)
    assert opened(qtbot, window)[0] == "settings"
    assert window.help_dialog is manual


def test_f1_over_the_calendar_and_in_the_dialog_of_characters(qtbot: QtBot, window: Window) -> None:
    window.new_case()
    page = window.case_page()
    day = page.tabs.form(0)["registered_on"]
    assert isinstance(day, Day)
    calendar = day.pick()
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is calendar)
    assert opened(qtbot, window) == ("typing", "日期")
    dialog = RareDialog(page)
    dialog.open()
    to_front(qtbot, dialog)
    assert opened(qtbot, window)[0] == "rare"
    dialog.reject()


def test_f1_before_the_office_is_there(qtbot: QtBot, theme: Theme, tmp_path: Path, answers: Asker) -> None:
    window = Window(tmp_path / "new", theme, settings(tmp_path), answers)
    window.open_door()
    show(qtbot, window)
    assert opened(qtbot, window) == ("first", "单位")
    take_down(window)


def test_a_dialog_without_a_page_stands_for_the_page_behind_it(qtbot: QtBot, window: Window) -> None:
    window.go("exchange")
    box = QMessageBox(window.page("exchange"))
    qtbot.addWidget(box)
    assert place_of(box) == Place("exchange")
    assert place_of(QMessageBox(window)) == Place("exchange")
    assert place_of(None) == where.START
