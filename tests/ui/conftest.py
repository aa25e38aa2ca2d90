"""A real office in a temporary folder and its window."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services import cases
from desktop.services.desk import Desk, set_up
from desktop.ui.application import application
from desktop.ui.ask import Leave
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.domain.samples import PATHS
from tests.services.offices import STONE, TOWN, TREE, copied, found_tree, reopened
from tests.ui.carrying import Carrier, carrier
from tests.ui.hands import CHEAP, PASSWORD, Answers, Operator, show, take_down


@pytest.fixture
def operator() -> Operator:
    return Operator()


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture(scope="session")
def house_theme(qapp: QApplication) -> Theme:
    """The theme, once: laying a style sheet over every widget takes its time."""
    return Theme(application(), None)


@pytest.fixture(autouse=True)
def theme(house_theme: Theme) -> Theme:
    """The application as the program makes it: fonts, translations and theme, at 100 %."""
    house_theme.set_scale(100)
    house_theme.set_look("light")
    house_theme.set_practice(practice=False)
    return house_theme


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A village office with no cases."""
    with set_up(tmp_path / "village", PASSWORD, level="村", name="浦贝乡浦贝村综治中心", operator="李正平", cost=CHEAP) as made:
        yield made


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, desk: Desk, answers: Answers) -> Iterator[Window]:
    """The window of the unlocked village."""
    made = Window(desk.folder, theme, None, answers)
    made.enter(desk)
    show(qtbot, made)
    yield made
    answers.leaving = Leave.DROP
    made.release_desk()
    take_down(made)


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county, a town and two villages, made once."""
    place = tmp_path_factory.mktemp("tree")
    found_tree(place)
    return place


@pytest.fixture
def offices(tree: Path, tmp_path: Path) -> Iterator[dict[str, Desk]]:
    """The open offices of the tree by code, enrolled, without cases."""
    folders = copied(tree, tmp_path)
    with ExitStack() as stack:
        yield {code: stack.enter_context(reopened(folders[code])) for code in TREE}


@pytest.fixture
def stone(qtbot: QtBot, theme: Theme, offices: dict[str, Desk], answers: Answers) -> Iterator[Carrier]:
    """A village with three cases, in front of the exchange page."""
    cases.register_files(offices[STONE], [PATHS[number] for number in ("01", "03", "05")])
    with carrier(qtbot, theme, offices[STONE], answers) as made:
        yield made


@pytest.fixture
def town(qtbot: QtBot, theme: Theme, offices: dict[str, Desk], answers: Answers) -> Iterator[Carrier]:
    """A town that has heard of nobody yet."""
    with carrier(qtbot, theme, offices[TOWN], answers) as made:
        yield made
