"""A case passes between real offices by real bundles: who has it, who left, and what each of them is told."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from desktop.domain.agreement import Outcome
from desktop.domain.case import Case
from desktop.domain.course_records import Conclusion
from desktop.domain.passing import IllegalPassing
from desktop.domain.visit import Visit
from desktop.exchange.device import NotEnrolled, UnknownStation
from desktop.services import access, cases, documents, exchange, handover, past
from desktop.services.access import NotOurs
from desktop.services.cases import Saved
from desktop.services.desk import Desk
from desktop.store import casebook, fold
from tests.domain.samples import accepted
from tests.services.offices import COUNTY, NOW, STONE, TOWN, WILLOW, reopened
from tests.store.dump import dump

Offices = dict[str, Desk]
LINKS = ((STONE, TOWN), (WILLOW, TOWN), (TOWN, COUNTY), (COUNTY, TOWN), (TOWN, STONE), (TOWN, WILLOW))


def carry(sender: Desk, receiver: Desk, stick: Path) -> None:
    for path in exchange.export(sender, receiver.office.code or "", stick).paths:
        exchange.take_in(receiver, path)


def exchange_all(offices: Offices, stick: Path) -> None:
    """Everybody with everybody beside him, twice: news from one village reaches the other."""
    for sender, receiver in LINKS * 2:
        carry(offices[sender], offices[receiver], stick)


@pytest.fixture
def case(offices: Offices, tmp_path: Path) -> Case:
    """A case of 石桥村 that town and county know; every office knows the directory with all of them."""
    made = cases.register(offices[STONE], accepted())
    exchange_all(offices, tmp_path)
    return cases.load(offices[STONE], made.id)


def load(desk: Desk, case: Case) -> Case:
    return cases.load(desk, case.id)


def write(desk: Desk, case: Case, place: str) -> Saved:
    now = load(desk, case)
    return cases.save(desk, now, msgspec.structs.replace(now, place=place))


def doubts(desk: Desk, case: Case) -> set[tuple[str, str]]:
    return {(entity, name) for entity, _, name in fold.conflicts(casebook.state_of(desk.database, case.id))}


def told(desk: Desk, case: Case) -> list[tuple[str, str]]:
    return [(event.office, event.text) for event in past.timeline(desk, case.id)][1:]


def test_a_case_goes_to_another_village_and_its_first_office_leaves(offices: Offices, case: Case, tmp_path: Path) -> None:
    offered = handover.offer(offices[STONE], case, WILLOW, "当事人住柳林村。").case
    assert write(offices[STONE], case, "田埂").case.handover == offered.handover  # until somebody accepts, its office goes on
    exchange_all(offices, tmp_path)
    assert cases.rows(offices[WILLOW])[0].status == cases.AWAITED
    assert cases.rows(offices[TOWN])[0].status == cases.OFFERED
    assert "请接收或退回" in cases.next_thing(offices[WILLOW], load(offices[WILLOW], case)).text
    taken = handover.accept(offices[WILLOW], load(offices[WILLOW], case)).case
    assert (taken.owner, taken.assigned, taken.place) == (offices[WILLOW].office.id, (), "田埂")
    exchange_all(offices, tmp_path)
    write(offices[WILLOW], case, "柳林村口")
    exchange_all(offices, tmp_path)
    assert {code: load(desk, case).place for code, desk in offices.items()} == {
        COUNTY: "柳林村口",
        TOWN: "柳林村口",
        WILLOW: "柳林村口",
        STONE: "田埂",
    }
    assert load(offices[STONE], case).owner == taken.owner
    expected = [("石桥村", "移交给柳林村（原因：当事人住柳林村）"), ("石桥村", "修改发生地点"), ("柳林村", "接收移交的纠纷")]
    assert told(offices[STONE], case) == expected
    assert told(offices[COUNTY], case) == [*expected, ("柳林村", "修改发生地点")]
    assert [row.status for row in cases.rows(offices[WILLOW])] == ["已受理"]
    assert all(doubts(desk, case) == set() for desk in offices.values())


def test_an_office_that_left_reads_and_prints_and_writes_no_more(offices: Offices, case: Case, tmp_path: Path) -> None:
    handover.offer(offices[STONE], case, WILLOW, "当事人住柳林村。")
    exchange_all(offices, tmp_path)
    handover.accept(offices[WILLOW], load(offices[WILLOW], case))
    exchange_all(offices, tmp_path)
    before = dump(offices[STONE].database)
    steps: tuple[Callable[[], Saved], ...] = (
        lambda: write(offices[STONE], case, "田埂"),
        lambda: cases.save(offices[STONE], case, msgspec.structs.replace(case, place="窗口早就开着")),
        lambda: handover.assign(offices[STONE], case, TOWN),
    )
    for step in steps:
        with pytest.raises(NotOurs, match=r"只能查看和打印.*。$"):
            step()
    assert dump(offices[STONE].database) == before
    assert documents.render(offices[STONE], load(offices[STONE], case), "受理登记表").startswith(b"%PDF")
    standing = handover.standing(offices[STONE], load(offices[STONE], case))
    assert standing.told == "本纠纷已于2026年3月2日移交给柳林村，本单位只能查看。"
    assert (standing.may_write, standing.steps, standing.owner) == (False, frozenset(), "柳林村")


def test_an_office_may_stay_to_help_and_end_its_help(offices: Offices, case: Case, tmp_path: Path) -> None:
    handover.offer(offices[STONE], case, WILLOW, "跨村。", stay=True)
    exchange_all(offices, tmp_path)
    handover.accept(offices[WILLOW], load(offices[WILLOW], case))
    exchange_all(offices, tmp_path)
    write(offices[STONE], case, "两村之间")
    assert handover.standing(offices[STONE], load(offices[STONE], case)).steps == {"请求协办", "结束协办"}
    handover.finish_help(offices[STONE], load(offices[STONE], case), "材料已交齐。")
    exchange_all(offices, tmp_path)
    write(offices[WILLOW], case, "柳林村口")
    exchange_all(offices, tmp_path)
    assert load(offices[STONE], case).place == "两村之间"
    assert load(offices[WILLOW], case).help_note == "材料已交齐。"
    steps = [text for _, text in told(offices[WILLOW], case)]
    assert steps[0] == "移交给柳林村（原因：跨村），移交后继续协办"
    assert "结束协办（材料已交齐）" in steps
    assert handover.standing(offices[STONE], load(offices[STONE], case)).told == "本纠纷已于2026年3月2日移交给柳林村，本单位只能查看。"


def test_a_case_is_given_back_with_a_reason_and_offered_elsewhere(offices: Offices, case: Case, tmp_path: Path) -> None:
    handover.offer(offices[STONE], case, WILLOW, "请贵村办理。")
    exchange_all(offices, tmp_path)
    handover.give_back(offices[WILLOW], load(offices[WILLOW], case), "当事人已搬走。")
    exchange_all(offices, tmp_path)
    write(offices[STONE], case, "石桥")
    exchange_all(offices, tmp_path)
    assert load(offices[WILLOW], case).place is None
    assert not access.may_write(offices[WILLOW], case.id)
    assert handover.standing(offices[WILLOW], load(offices[WILLOW], case)).told == "本单位已于2026年3月2日退回本纠纷，只能查看。"
    assert ("柳林村", "退回移交（原因：当事人已搬走）") in told(offices[STONE], case)
    handover.offer(offices[STONE], load(offices[STONE], case), TOWN, "跨村纠纷。")
    exchange_all(offices, tmp_path)
    assert handover.accept(offices[TOWN], load(offices[TOWN], case)).case.owner == offices[TOWN].office.id


def test_the_same_offer_a_second_time_is_taken_back_too(offices: Offices, case: Case) -> None:
    """Nothing stays of it but its history: the receiver was asked by the second offer alone."""
    for _ in range(2):
        offered = handover.offer(offices[STONE], load(offices[STONE], case), WILLOW, "请贵村办理。").case
        assert offered.assigned == (offices[WILLOW].office.id,)
        assert handover.withdraw(offices[STONE], offered).case.assigned == ()


def test_an_offer_is_taken_back(offices: Offices, case: Case, tmp_path: Path) -> None:
    handover.offer(offices[STONE], case, WILLOW, "请贵村办理。")
    exchange_all(offices, tmp_path)
    assert handover.standing(offices[STONE], load(offices[STONE], case)).steps == {"收回", "请求协办"}
    handover.withdraw(offices[STONE], load(offices[STONE], case))
    exchange_all(offices, tmp_path)
    with pytest.raises(IllegalPassing, match="移交单位已经收回"):
        handover.accept(offices[WILLOW], load(offices[WILLOW], case))
    assert handover.standing(offices[WILLOW], load(offices[WILLOW], case)).told == "石桥村已于2026年3月2日收回移交，本单位只能查看。"
    assert load(offices[STONE], case).assigned == ()


def test_who_helped_before_the_offer_helps_when_it_is_taken_back(offices: Offices, case: Case) -> None:
    asked = handover.assign(offices[STONE], case, WILLOW).case
    offered = handover.offer(offices[STONE], asked, WILLOW, "请贵村办理。").case
    assert handover.withdraw(offices[STONE], offered).case.assigned == (offices[WILLOW].office.id,)
    assert handover.dismiss(offices[STONE], offered, WILLOW).case.assigned == ()


def test_taken_back_here_and_accepted_there_stands_in_doubt_and_goes_on(offices: Offices, case: Case, tmp_path: Path) -> None:
    handover.offer(offices[STONE], case, WILLOW, "请贵村办理。")
    exchange_all(offices, tmp_path)
    handover.accept(offices[WILLOW], load(offices[WILLOW], case))
    handover.withdraw(offices[STONE], load(offices[STONE], case))
    write(offices[STONE], case, "写在不知道的时候")
    exchange_all(offices, tmp_path)
    for code in (WILLOW, TOWN, COUNTY):
        assert doubts(offices[code], case) == {("handover", "answer")}
        assert load(offices[code], case).place == "写在不知道的时候"  # nothing is lost
        assert load(offices[code], case).owner == offices[WILLOW].office.id
    with pytest.raises(NotOurs):
        write(offices[STONE], case, "已经离开")
    back = handover.offer(offices[WILLOW], load(offices[WILLOW], case), STONE, "对方已经收回。").case
    assert doubts(offices[WILLOW], case) == set()
    exchange_all(offices, tmp_path)
    assert handover.accept(offices[STONE], load(offices[STONE], back)).case.owner == offices[STONE].office.id


@pytest.fixture
def clone(offices: Offices, case: Case, tmp_path: Path) -> Iterator[Desk]:
    """A copy of the computer of 石桥村, as it was when it had registered the case."""
    desk = offices[STONE]
    desk.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    with closing(reopened(Path(shutil.copytree(desk.folder, tmp_path / "clone")))) as made:
        yield made


def test_of_two_offers_one_is_answered_and_both_are_taken_back(offices: Offices, case: Case, clone: Desk, tmp_path: Path) -> None:
    handover.offer(offices[STONE], case, TOWN, "跨村。")
    handover.offer(clone, case, WILLOW, "住柳林村。")
    carry(clone, offices[TOWN], tmp_path)
    exchange_all(offices, tmp_path)
    assert all(("handover", "to") in doubts(desk, case) for desk in offices.values())
    waits = [code for code in (TOWN, WILLOW) if "接收" in handover.standing(offices[code], load(offices[code], case)).steps]
    assert len(waits) == 1
    (other,) = {TOWN, WILLOW} - set(waits)
    with pytest.raises(IllegalPassing, match="应当由它接收"):
        handover.accept(offices[other], load(offices[other], case))
    assert handover.finish_help(offices[other], load(offices[other], case)).case.owner == offices[STONE].office.id
    assert handover.withdraw(offices[STONE], load(offices[STONE], case)).case.assigned == ()
    exchange_all(offices, tmp_path)
    assert not access.may_write(offices[WILLOW], case.id)
    handover.offer(offices[STONE], load(offices[STONE], case), TOWN, "还是跨村。")
    exchange_all(offices, tmp_path)
    assert handover.accept(offices[TOWN], load(offices[TOWN], case)).case.owner == offices[TOWN].office.id


def test_two_owners_stand_in_doubt_and_both_go_on(offices: Offices, case: Case, clone: Desk, tmp_path: Path) -> None:
    handover.offer(offices[STONE], case, TOWN, "跨村。")
    carry(offices[STONE], offices[TOWN], tmp_path)
    now = load(clone, case)
    stolen = msgspec.structs.replace(now, owner=offices[WILLOW].office.id)
    cases.save(clone, now, stolen)
    handover.accept(offices[TOWN], load(offices[TOWN], case))
    carry(clone, offices[TOWN], tmp_path)
    exchange_all(offices, tmp_path)
    for code in (TOWN, WILLOW, COUNTY):
        assert doubts(offices[code], case) == {("case", "owner")}
        assert access.may_write(offices[code], case.id)
    assert not access.may_write(offices[STONE], case.id)


def test_a_step_goes_by_what_stands_not_by_what_the_window_shows(offices: Offices, case: Case) -> None:
    handover.offer(offices[STONE], case, TOWN, "跨村。")
    with pytest.raises(IllegalPassing, match="已经移交给青石镇综治中心"):
        handover.offer(offices[STONE], case, WILLOW, "跨村。")
    assert handover.withdraw(offices[STONE], case).case.assigned == ()


def test_unknown_offices_and_offices_alone_are_refused(offices: Offices, case: Case, desk: Desk) -> None:
    with pytest.raises(UnknownStation, match=r"。$"):
        handover.offer(offices[STONE], case, "000", "原因")
    with pytest.raises(IllegalPassing, match="选择另一个单位"):
        handover.offer(offices[STONE], case, STONE, "原因")
    alone = cases.load(desk, cases.register(desk, accepted()).id)
    steps: tuple[Callable[[], Saved], ...] = (
        lambda: handover.offer(desk, alone, STONE, "原因"),
        lambda: handover.accept(desk, alone),
        lambda: handover.give_back(desk, alone, "原因"),
        lambda: handover.withdraw(desk, alone),
        lambda: handover.finish_help(desk, alone),
    )
    for step in steps:
        with pytest.raises(NotEnrolled):
            step()
    assert write(desk, alone, "自己的纠纷").case.place == "自己的纠纷"
    assert handover.standing(desk, alone).may_write
    assert handover.places(desk, alone) == []


def test_a_filed_case_changes_hands_only_after_it_was_reopened(offices: Offices) -> None:
    desk = offices[STONE]
    case = cases.load(desk, cases.register(desk, accepted()).id)
    ended = {"outcome": Outcome(kind="撤回"), "visits": (Visit(party="张三"),), "conclusion": Conclusion(on=NOW.date())}
    filed = cases.save(desk, case, msgspec.structs.replace(case, **ended, closed_on=NOW.date())).case
    assert handover.standing(desk, filed).steps == {"请求协办"}
    with pytest.raises(IllegalPassing, match="重新打开"):
        handover.offer(desk, filed, TOWN, "原因")


def test_the_places_are_all_other_offices_with_those_above_them(offices: Offices, case: Case) -> None:
    assert handover.places(offices[STONE], case) == [
        handover.Place("530199", "云溪县综治中心", ""),
        handover.Place("530199101", "青石镇综治中心", "云溪县综治中心"),
        handover.Place("530199101202", "柳林村", "青石镇综治中心"),
    ]
    asked = handover.assign(offices[STONE], case, WILLOW).case
    assert [place.name for place in handover.places(offices[STONE], asked)] == ["云溪县综治中心", "青石镇综治中心"]
    assert handover.standing(offices[STONE], asked).helpers == (handover.Place("530199101202", "柳林村", "青石镇综治中心"),)
