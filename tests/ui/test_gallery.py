"""Every page in every state at 100 and 200 %: nothing is cut off, everything is Chinese, has a name and can be reached."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from tests.ui.accessible import nameless
from tests.ui.gallery import SCENES, shown
from tests.ui.keys import ambiguous, keyless, keys
from tests.ui.measured import clipped, foreign_words, sideways, unreachable
from tests.ui.pictures import CONTRAST
from tests.ui.scene import Scene
from tests.ui.stage import Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # dialogs, on the offscreen platform

DOCS = Path(__file__).resolve().parents[2] / "docs"
NAMED = frozenset(re.findall(r"`([^`]+)`", (DOCS / "ui.md").read_text(encoding="utf-8")))

KEYLESS = ("去办理", "打开", "合并为同一纠纷", "不是同一件", "打开并采用…")
"""One on each line of a list, where a key could mean only one of them: Tab and the arrows lead there, Enter presses."""

LINE = "　"
"""In the text of a button that is itself the line of a list."""


@pytest.fixture(scope="module")
def stage(house_theme: Theme, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(tmp_path_factory.mktemp("gallery"), house_theme)
    yield made
    made.end()


@pytest.fixture
def theme(house_theme: Theme) -> Theme:
    """The theme as the scene before has left it: each change of size is laid over five windows."""
    return house_theme


@pytest.mark.parametrize(
    ("scale", "scene"), [pytest.param(scale, scene, id=f"{scene.name}-{scale}") for scale in (100, 200) for scene in SCENES]
)
def test_a_page_can_be_read_and_reached(stage: Stage, theme: Theme, scale: int, scene: Scene) -> None:
    theme.set_scale(scale)
    window = shown(stage, scene)
    front = stage.over or window
    found = {
        "cut off": clipped(front),
        "not Chinese": sorted(foreign_words(front)),
        "beside the table": sideways(front) if scale == 100 else [],
        "without a name": nameless(front),
        "out of reach": unreachable(front),
        "keys with two meanings": ambiguous(front),
        "buttons without a key": [text for text in keyless(front) if not _excused(text)],
        "keys that docs/ui.md does not name": sorted(set(keys(front)) - NAMED),
    }
    assert found == {key: [] for key in found}


def _excused(text: str) -> bool:
    return text in KEYLESS or LINE in text


@pytest.mark.parametrize(
    ("text", "found"),
    [("保存  Ctrl+S", []), ("1 继续调解", []), ("下移  Alt+↓", []), ("返回  Esc", []), ("保存", ["保存"]), ("核验 PDF", ["核验 PDF"])],
)
def test_a_button_without_a_key_is_found(qtbot: QtBot, text: str, found: list[str]) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    QPushButton(text, box)
    box.show()
    assert keyless(box) == found


def test_a_page_is_looked_at_when_it_is_finished(stage: Stage, theme: Theme) -> None:
    """What is shown late stands there: the facts of the chosen case, and the line about the exchange."""
    theme.set_scale(100)
    page = shown(stage, next(scene for scene in SCENES if scene.name == "disputes")).list_page()
    assert "郭红梅" in " ".join(label.text() for label in page.facts.findChildren(QLabel) if label.isVisible())
    assert page.exchange.isVisible()
    assert "云溪县综治中心" in page.exchange.told.text()


def test_scenes_have_names_of_their_own() -> None:
    assert len({scene.name for scene in SCENES}) == len(SCENES)


def test_every_picture_of_the_documents_is_there_and_shown() -> None:
    folder = DOCS / "pictures" / "ui"
    wanted = {f"{scene.name}-{scale}.png" for scene in SCENES if scene.drawn for scale in (100, 200)}
    wanted |= {f"{name}-contrast.png" for name in CONTRAST}
    assert set(re.findall(r"\(pictures/ui/([^)]+)\)", (DOCS / "ui.md").read_text(encoding="utf-8"))) == wanted
    assert {path.name for path in folder.glob("*.png")} == wanted
