"""Opening an office with a password."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.refused import Refused

if TYPE_CHECKING:
    from desktop.services.desk import Desk

VARIABLE = "FENGQIAO_PASSWORD"


def opened(folder: Path, password: str, operator: str) -> "Desk":
    """The unlocked office in the folder. Raises what `open_desk` raises."""
    from desktop.services import desk

    return desk.open_desk(folder, password, operator)


def opened_by_environment(folder: Path, operator: str) -> "Desk | None":
    """The office unlocked with the password in FENGQIAO_PASSWORD; None without one, or when it does not open."""
    password = os.environ.get(VARIABLE)
    if not password:
        return None
    try:
        return opened(folder, password, operator)
    except Refused:
        return None
