"""Puts the program together: the window without arguments, the command line with them."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.services.desk import Desk


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `fengqiao` with these arguments (those of the process by default). Returns the exit code: 0, 1 refused, 2 usage."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if not arguments:
        return _window(None)
    from desktop import cli

    return cli.main(arguments, open_window=_window, take_pictures=_pictures)


def _window(folder: Path | None) -> int:
    from desktop.ui import application

    return application.run(folder)


def _pictures(desk: "Desk", case_id: str, folder: Path) -> list[Path]:
    from desktop.ui import application

    return application.pictures(desk, case_id, folder)
