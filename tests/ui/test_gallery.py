"""Every page in every state at 100 and 200 %: nothing is cut off, everything is Chinese, has a name and can be reached."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ui.theme import Theme
from tests.ui.accessible import nameless
from tests.ui.gallery import SCENES, Scene, shown
from tests.ui.keys import ambiguous, keys
from tests.ui.measured import clipped, foreign_words, unreachable
from tests.ui.pictures import CONTRAST
from tests.ui.stage import Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # dialogs, on the offscreen platform

DOCS = Path(__file__).resolve().parents[2] / "docs"
NAMED = frozenset(re.findall(r"`([^`]+)`", (DOCS / "ui.md").read_text(encoding="utf-8")))


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
        "without a name": nameless(front),
        "out of reach": unreachable(front),
        "keys with two meanings": ambiguous(front),
        "keys that docs/ui.md does not name": sorted(set(keys(front)) - NAMED),
    }
    assert found == {key: [] for key in found}


def test_scenes_have_names_of_their_own() -> None:
    assert len({scene.name for scene in SCENES}) == len(SCENES)


def test_every_picture_of_the_documents_is_there() -> None:
    folder = DOCS / "pictures" / "ui"
    wanted = {f"{scene.name}-{scale}.png" for scene in SCENES for scale in (100, 200)} | {f"{name}-contrast.png" for name in CONTRAST}
    assert {path.name for path in folder.glob("*.png")} == wanted
