"""The pictures of the documents and of the help, drawn anew: `build/dev.py pictures`."""

import io
import tempfile
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QPixmap

from desktop.ui.application import application
from desktop.ui.theme import Theme, load_rare_fonts
from tests.documents import form_pictures
from tests.ui import help_pictures
from tests.ui.gallery import SCENES, shown
from tests.ui.stage import Stage

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "pictures" / "ui"
"""The drawn scenes at both sizes, for docs/ui.md."""

COPIES = {
    "docs/pictures/list.png": "disputes",
    "docs/pictures/agreement.png": "case-5-agreement",
    "docs/pictures/case.png": "case-1-intake",
    "docs/pictures/exchange.png": "exchange-imported",
    "docs/pictures/today.png": "today",
}
"""Pictures that stand elsewhere too, at 100 %."""

HELP = ROOT / "resources" / "help" / "pictures"
"""What is cut from the scenes for the help."""

CONTRAST = ("today", "disputes", "case-1-intake")
"""Scenes that are shown in high contrast too."""

COLOURS = 96
"""So many colours are enough for a page of the window, and make a small file."""


def packed(picture: QPixmap) -> bytes:
    """The picture as a small PNG with a palette."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    image = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
    found = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(found, "PNG", optimize=True)
    return found.getvalue()


def draw(stage: Stage, theme: Theme) -> dict[str, bytes]:
    """All pictures by the names of their files in `PAGES`."""
    found = {}
    for scale in (100, 200):
        theme.set_scale(scale)
        for scene in (one for one in SCENES if one.drawn):
            found[f"{scene.name}-{scale}.png"] = packed(stage.picture(shown(stage, scene)))
    theme.set_look("contrast")
    theme.set_scale(100)
    for scene in SCENES:
        if scene.name in CONTRAST:
            found[f"{scene.name}-contrast.png"] = packed(stage.picture(shown(stage, scene)))
    return found


def main() -> None:
    """Write every picture to its place; pictures of scenes that are gone go too."""
    theme = Theme(application(), None)
    load_rare_fonts()
    with tempfile.TemporaryDirectory() as place:
        stage = Stage(Path(place), theme)
        found = draw(stage, theme)
        theme.set_look("light")
        helpful = {f"{name}.png": packed(picture) for name, picture in help_pictures.draw(stage).items()}
        stage.end()
    for folder, pictures in ((PAGES, found), (HELP, helpful)):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()
        for name, data in pictures.items():
            (folder / name).write_bytes(data)
    for path, scene in COPIES.items():
        target = ROOT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(found[f"{scene}-100.png"])
    form_pictures.main()
    sizes = [len(data) for data in found.values()]
    print(f"{len(found)} pictures, {sum(sizes) / 1e6:.1f} MB, the largest {max(sizes) / 1000:.0f} KB")  # noqa: T201 -- for the developer


if __name__ == "__main__":
    main()
