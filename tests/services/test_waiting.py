"""What cannot be shown yet is named, waits for its parents or for a newer program, and is adopted by hand where nothing will come."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from desktop.domain.case import Case
from desktop.services import access, cases, handover, past, waiting
from desktop.services.access import NotOurs
from desktop.services.desk import Desk
from desktop.store import casebook, change, fields, unread
from desktop.store.change import Held
from desktop.store.waiting import NothingWaits
from tests.domain.samples import accepted
from tests.services.offices import STONE, TOWN, WILLOW, reopened
from tests.services.test_handover import carry, doubts, exchange_all, load, write

Offices = dict[str, Desk]


@pytest.fixture
def case(offices: Offices, tmp_path: Path) -> Case:
    made = cases.register(offices[STONE], accepted())
    exchange_all(offices, tmp_path)
    return cases.load(offices[STONE], made.id)


def image_of(desk: Desk, folder: Path) -> Path:
    desk.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return Path(shutil.copytree(desk.folder, folder))


@pytest.fixture
def restored(offices: Offices, case: Case, tmp_path: Path) -> Iterator[Desk]:
    """The town's computer as it was before the village wrote `田埂东`, which the village takes for known there; then `无人受伤` came."""
    image = image_of(offices[TOWN], tmp_path / "image")
    _forgotten(offices, case, tmp_path)
    with closing(reopened(image)) as desk:
        carry(offices[STONE], desk, tmp_path)
        yield desk


def _forgotten(offices: Offices, case: Case, stick: Path) -> None:
    write(offices[STONE], case, "田埂东")
    carry(offices[STONE], offices[TOWN], stick)
    carry(offices[TOWN], offices[STONE], stick)
    now = load(offices[STONE], case)
    cases.save(offices[STONE], now, msgspec.structs.replace(now, summary="无人受伤。"))


def test_nothing_waits(offices: Offices, case: Case) -> None:
    assert waiting.waiting(offices[TOWN]) == waiting.Waiting([], 0, ())
    with pytest.raises(NothingWaits, match=r"。$"):
        waiting.adopt(offices[TOWN], case.id)


def test_what_waits_is_named_by_its_case_and_its_office(restored: Desk, case: Case) -> None:
    (one,) = waiting.waiting(restored).cases
    assert (one.id, one.name, one.is_here) == (case.id, f"{case.number} {case.title}", True)
    assert (one.offices, one.about, one.changes, one.missing, one.newer) == (("石桥村",), "修改简要情况", 1, 1, False)
    assert one.at.startswith("2026-03-02T09:30")
    assert load(restored, case).summary == case.summary


def test_adopted_by_hand_it_stands_and_is_told_as_what_it_is(restored: Desk, case: Case) -> None:
    adopted = waiting.adopt(restored, case.id)
    assert (adopted.summary, adopted.place) == ("无人受伤。", None)
    assert waiting.waiting(restored).cases == []
    last = past.timeline(restored, case.id)[-1]
    assert (last.office, last.operator, last.text) == ("青石镇综治中心", "杨娟（采用石桥村杨娟的改动）", "修改简要情况")
    assert casebook.rebuild(restored.database) == 0
    with pytest.raises(NothingWaits):
        waiting.adopt(restored, case.id)


def test_what_was_adopted_makes_no_doubt_when_the_rest_comes_after_all(
    offices: Offices, restored: Desk, case: Case, tmp_path: Path
) -> None:
    waiting.adopt(restored, case.id)
    for _ in range(2):
        carry(restored, offices[STONE], tmp_path)
        carry(offices[STONE], restored, tmp_path)
    for desk in (restored, offices[STONE]):
        assert doubts(desk, case) == set()
        assert (load(desk, case).place, load(desk, case).summary) == ("田埂东", "无人受伤。")
    assert restored.database.connection.execute("SELECT count(*) FROM waiting").fetchone() == (0,)


def test_the_same_again_does_not_wait_again(offices: Offices, restored: Desk, case: Case, tmp_path: Path) -> None:
    waiting.adopt(restored, case.id)
    carry(offices[STONE], restored, tmp_path)
    assert waiting.waiting(restored).cases == []


def test_a_case_that_is_not_here_is_named_as_far_as_it_is_known(offices: Offices, tmp_path: Path) -> None:
    exchange_all(offices, tmp_path)
    image = image_of(offices[TOWN], tmp_path / "image")
    case = cases.load(offices[STONE], cases.register(offices[STONE], accepted()).id)
    _forgotten(offices, case, tmp_path)
    with closing(reopened(image)) as restored:
        carry(offices[STONE], restored, tmp_path)
        (one,) = waiting.waiting(restored).cases
        assert (one.name, one.is_here, one.offices) == (waiting.UNNAMED, False, ("石桥村",))
        adopted = waiting.adopt(restored, case.id)
        assert (adopted.summary, adopted.owner, adopted.assigned) == ("无人受伤。", None, (restored.office.id,))
        assert access.may_write(restored, case.id)
        assert past.timeline(restored, case.id)[0].text == "请青石镇综治中心协办；修改简要情况"
        assert handover.offer(restored, adopted, STONE, "原件在村里。").case.handover
        carry(restored, offices[STONE], tmp_path)
        assert doubts(offices[STONE], case) == set()


def test_what_two_offices_wrote_side_by_side_stays_side_by_side(offices: Offices, restored: Desk, case: Case, tmp_path: Path) -> None:
    root = load(offices[STONE], case)
    author = offices[STONE].author()
    parents = [bytes.fromhex(head) for head in root.seen]
    made = [
        change.make(bytes.fromhex(case.id), author.device, "甲", parents, author.at, {("case", "", "place"): text}) for text in ("东", "西")
    ]
    casebook.receive(restored.database, [casebook.signed(one, author.sign) for one in made])
    waiting.adopt(restored, case.id)
    assert doubts(restored, case) == {("case", "place")}


def test_an_office_that_left_adopts_nothing(offices: Offices, case: Case, tmp_path: Path) -> None:
    handover.assign(offices[STONE], case, WILLOW)
    exchange_all(offices, tmp_path)
    handover.dismiss(offices[STONE], load(offices[STONE], case), WILLOW)
    exchange_all(offices, tmp_path)
    author = offices[STONE].author()
    late = change.make(bytes.fromhex(case.id), author.device, "甲", [b"1" * 32], author.at, {("case", "", "place"): "东"})
    casebook.receive(offices[WILLOW].database, [casebook.signed(late, author.sign)])
    assert [one.is_here for one in waiting.waiting(offices[WILLOW]).cases] == [True]
    with pytest.raises(NotOurs):
        waiting.adopt(offices[WILLOW], case.id)


def _from_a_newer_program(desk: Desk, case: Case) -> Held:
    author = desk.author()
    body = msgspec.msgpack.encode([99, bytes.fromhex(case.id), author.device, "将来"])
    identifier = change.change_id(body)
    return Held(identifier, body, author.sign(change.signed_bytes(identifier)))


def test_what_only_a_newer_program_reads_is_listed_apart(offices: Offices, case: Case) -> None:
    newer = _from_a_newer_program(offices[STONE], case)
    author = offices[STONE].author()
    child = change.make(bytes.fromhex(case.id), author.device, "甲", [newer.id], author.at, {("case", "", "place"): "东"})
    casebook.receive(offices[TOWN].database, [newer, casebook.signed(child, author.sign)])
    found = waiting.waiting(offices[TOWN])
    assert (found.newer, found.newer_from) == (1, ("石桥村",))
    assert [(one.id, one.missing, one.newer) for one in found.cases] == [(case.id, 0, True)]
    with pytest.raises(NothingWaits, match="请先升级"):
        waiting.adopt(offices[TOWN], case.id)


def test_after_an_update_what_was_unreadable_is_shown(
    offices: Offices, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(offices[STONE], case, "田埂东")
    with monkeypatch.context() as older:
        older.setattr(fields, "are_known", lambda _: False)
        carry(offices[STONE], offices[TOWN], tmp_path)
        assert waiting.waiting(offices[TOWN]).newer == 1
        assert unread.adopt_readable(offices[TOWN].database) == frozenset()
    assert load(offices[TOWN], case).place is None
    assert unread.adopt_readable(offices[TOWN].database) == {case.id}
    assert load(offices[TOWN], case).place == "田埂东"
    assert unread.adopt_readable(offices[TOWN].database) == frozenset()
