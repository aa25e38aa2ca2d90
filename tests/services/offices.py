"""Offices for tests: real databases with real keys, made with a cheap password cost once and copied for each test."""

import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from desktop.domain.codes import OfficeLevel
from desktop.services import enrolment
from desktop.services.desk import Desk, open_desk, set_up
from desktop.store.keyfile import Cost

PASSWORD = "石桥-2026-密码"
CHEAP = Cost(memory=64, passes=1, lanes=1)
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=8)))


class Place(NamedTuple):
    """Where an office stands: its level, name, and the code of the office above."""

    level: OfficeLevel
    name: str
    above: str | None


TREE: Mapping[str, Place] = {
    "530199": Place("县", "云溪县综治中心", None),
    "530199101": Place("镇", "青石镇综治中心", "530199"),
    "530199101201": Place("村", "石桥村", "530199101"),
    "530199101202": Place("村", "柳林村", "530199101"),
}
COUNTY, TOWN, STONE, WILLOW = TREE


def clock() -> datetime:
    """Always the same Monday morning."""
    return NOW


def new_office(folder: Path, level: OfficeLevel = "村", name: str = "石桥村", *, code: str | None = None) -> Desk:
    """An office that nobody knows yet."""
    return set_up(folder, PASSWORD, level=level, name=name, code=code, operator="杨娟", clock=clock, cost=CHEAP)


def reopened(folder: Path) -> Desk:
    """The office in the folder once more."""
    return open_desk(folder, PASSWORD, "杨娟", clock=clock)


def found_tree(place: Path) -> None:
    """Make the four offices of the tree and let the county approve the three below it."""
    desks = {code: new_office(place / code, office.level, office.name, code=code) for code, office in TREE.items()}
    for code, office in TREE.items():
        if office.above:
            asked, approved = place / f"{code}.申请", place / f"{code}.批准"
            enrolment.request(desks[code], asked)
            enrolment.approve(desks[COUNTY], asked, code, office.above, approved, passphrase=PASSWORD)
            enrolment.accept(desks[code], approved)
    for desk in desks.values():
        desk.close()


def copied(tree: Path, place: Path) -> dict[str, Path]:
    """The folders of a copy of the tree, by code."""
    return {code: Path(shutil.copytree(tree / code, place / code)) for code in TREE}


def digest(folder: Path) -> dict[str, str]:
    """All files in the folder with what is in them, for comparing before and after. Open databases must be closed."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in files}
