"""A watched folder: which files are taken in, what is remembered, when a bundle is put there."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from desktop.services import cases, exchange, watching
from desktop.services.desk import Desk
from desktop.services.watching import (
    Every,
    FolderGone,
    Seen,
    Watch,
    addressed_to,
    due,
    keep,
    look,
    moved_to,
    ready,
    tidied,
    visit,
    watch_of,
)
from tests.domain.samples import PATHS
from tests.services.offices import COUNTY, NOW, STONE, TOWN, WILLOW

Offices = dict[str, Desk]
FILE = f"{STONE}-{TOWN}-20260302T093000.fqb"
ON = Watch(on=True, folder="交换")


@pytest.mark.parametrize(
    ("name", "code", "wanted"),
    [
        (FILE, TOWN, True),
        (FILE, STONE, False),
        (FILE, COUNTY, False),
        (FILE, None, False),
        ("530199-530425-02-20260302T093000-2.fqb", "530425-02", True),
        ("530199-530425-02-20260302T093000-2.fqb", "530199", False),
        ("A_1-B_2-20260302T093000.fqb", "B 2", True),
        ("A_1-B_2-20260302T093000.fqb", "A/1", False),
        (f"{STONE}-{TOWN}-20260302T093000 (1).fqb", TOWN, True),
        ("石桥村送来的.fqb", TOWN, True),
        ("石桥村送来的.FQB", None, True),
        (f"{FILE}.part", TOWN, False),
        ("协议书.pdf", TOWN, False),
    ],
)
def test_the_name_says_for_whom_a_bundle_is(name: str, code: str | None, wanted: bool) -> None:
    assert addressed_to(name, code) == wanted


SEEN = Seen(FILE, 900, 1)


@pytest.mark.parametrize(
    ("now", "before", "watch", "wanted"),
    [
        ([SEEN], [SEEN], ON, [FILE]),
        ([SEEN], [], ON, []),
        ([SEEN], [SEEN._replace(size=800)], ON, []),
        ([SEEN], [SEEN._replace(changed=0)], ON, []),
        ([SEEN._replace(size=0)], [SEEN._replace(size=0)], ON, []),
        ([SEEN], [SEEN], msgspec.structs.replace(ON, taken={FILE: 900}), []),
        ([SEEN], [SEEN], msgspec.structs.replace(ON, taken={FILE: 899}), [FILE]),
        ([SEEN], [SEEN], msgspec.structs.replace(ON, refused={FILE: (900, 1)}), []),
        ([SEEN], [SEEN], msgspec.structs.replace(ON, refused={FILE: (900, 0)}), [FILE]),
    ],
    ids=[
        "whole",
        "just appeared",
        "growing",
        "being changed",
        "empty",
        "taken in",
        "another of the same name",
        "refused",
        "refused, changed",
    ],
)
def test_what_is_new_and_whole_is_ready(now: list[Seen], before: list[Seen], watch: Watch, wanted: list[str]) -> None:
    assert ready(now, before, watch, TOWN) == wanted


@pytest.mark.parametrize(
    ("every", "hours", "wanted"),
    [
        ("hour", 0.9, False),
        ("hour", 1, True),
        ("day", 23, False),
        ("day", 24, True),
        (None, 99, False),
        ("day", None, True),
        ("day", -5, True),
    ],
)
def test_when_a_bundle_is_due(every: Every | None, hours: float | None, wanted: bool) -> None:
    last = None if hours is None else (NOW - timedelta(hours=hours)).isoformat()
    watch = msgspec.structs.replace(ON, every=every, to=TOWN, exported_at=last)
    assert due(watch, NOW) == wanted
    assert not due(msgspec.structs.replace(watch, on=False), NOW)
    assert not due(msgspec.structs.replace(watch, to=None), NOW)


def test_what_lies_there_no_longer_is_forgotten() -> None:
    watch = msgspec.structs.replace(ON, taken={FILE: 900, "gone.fqb": 1}, refused={"gone too.fqb": (1, 1)})
    assert tidied(watch, [SEEN]) == msgspec.structs.replace(ON, taken={FILE: 900})


def test_another_folder_begins_anew() -> None:
    watch = msgspec.structs.replace(ON, taken={FILE: 900}, every="day", to=TOWN, exported_at=NOW.isoformat())
    moved = moved_to(watch, Path("别处"))
    assert (moved.folder, moved.taken, moved.exported_at, moved.to) == ("别处", {}, None, TOWN)
    assert moved_to(watch, Path("交换")) == watch


def watching_office(desk: Desk, folder: Path, **more: object) -> None:
    folder.mkdir(exist_ok=True)
    keep(desk, msgspec.structs.replace(Watch(on=True, folder=str(folder)), **more))


def ready_in(desk: Desk, folder: Path) -> list[str]:
    now = look(folder)
    return ready(now, now, watch_of(desk), desk.office.code)


def test_what_appears_is_taken_in_and_moved_out_of_the_way(offices: Offices, tmp_path: Path) -> None:
    folder = tmp_path / "交换"
    watching_office(offices[TOWN], folder)
    cases.register_files(offices[STONE], [PATHS["01"], PATHS["03"]])
    (path,) = exchange.export(offices[STONE], TOWN, folder).paths
    exchange.export(offices[TOWN], COUNTY, folder)
    (folder / "坏的.fqb").write_bytes(b"nothing of ours")
    done = visit(offices[TOWN], ready_in(offices[TOWN], folder), export=False)
    assert [(name, len(found.cases)) for name, found in done.taken] == [(path.name, 2)]
    assert [name for name, _ in done.refused] == ["坏的.fqb"]
    assert (folder / watching.DONE / path.name).exists()
    assert not path.exists()
    assert (folder / "坏的.fqb").exists()
    assert cases.count(offices[TOWN]) == 2
    assert ready_in(offices[TOWN], folder) == []
    assert watch_of(offices[TOWN]) == done.watch


def test_what_was_refused_is_tried_again_when_it_changed(offices: Offices, tmp_path: Path) -> None:
    folder = tmp_path / "交换"
    watching_office(offices[TOWN], folder)
    cases.register_files(offices[STONE], [PATHS["01"]])
    (path,) = exchange.export(offices[STONE], TOWN, tmp_path).paths
    (folder / path.name).write_bytes(path.read_bytes()[:-20])
    assert visit(offices[TOWN], ready_in(offices[TOWN], folder), export=False).refused
    assert ready_in(offices[TOWN], folder) == []
    shutil.copy(path, folder / path.name)
    done = visit(offices[TOWN], ready_in(offices[TOWN], folder), export=False)
    assert [len(found.cases) for _, found in done.taken] == [1]
    assert done.watch.refused == {}


def test_where_nothing_can_be_moved_it_is_remembered(offices: Offices, tmp_path: Path) -> None:
    folder = tmp_path / "交换"
    watching_office(offices[TOWN], folder)
    (path,) = exchange.export(offices[STONE], TOWN, folder).paths
    (folder / watching.DONE).write_bytes(b"a file stands where the folder should be")
    done = visit(offices[TOWN], ready_in(offices[TOWN], folder), export=False)
    assert done.watch.taken == {path.name: path.stat().st_size}
    assert ready_in(offices[TOWN], folder) == []


def test_a_file_that_somebody_else_took_first_does_no_harm(offices: Offices, tmp_path: Path) -> None:
    folder = tmp_path / "交换"
    for code in (TOWN, WILLOW):
        watching_office(offices[code], folder)
    (path,) = exchange.export(offices[STONE], TOWN, folder).paths
    names = ready_in(offices[TOWN], folder)
    path.unlink()
    done = visit(offices[TOWN], names, export=False)
    assert done.taken == []
    assert len(done.refused) == 1
    assert done.watch.refused == {}
    assert ready_in(offices[WILLOW], folder) == []


def test_a_bundle_is_put_there_when_the_partner_lacks_something(offices: Offices, tmp_path: Path) -> None:
    folder = tmp_path / "交换"
    stone, town = offices[STONE], offices[TOWN]
    watching_office(stone, folder, every="day", to=TOWN)
    watching_office(town, folder)
    cases.register_files(stone, [PATHS["01"]])
    first = visit(stone, [], export=True)
    assert first.exported
    assert first.exported.cases == 1
    assert not due(first.watch, datetime.fromisoformat(stone.now()))
    assert len(visit(town, ready_in(town, folder), export=False).taken) == 1
    exchange.take_in(stone, exchange.export(town, STONE, tmp_path).paths[0])
    assert visit(stone, [], export=True).exported is None
    cases.register_files(stone, [PATHS["03"]])
    assert visit(stone, [], export=True).exported


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(FolderGone, match="监看的文件夹"):
        look(tmp_path / "gone")
