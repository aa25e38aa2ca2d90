"""Where the files that ship with the program lie."""

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of a shipped file: inside the package that PyInstaller built, otherwise beside the source tree."""
    root = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))
    return root.joinpath("resources", *parts)
