"""One quarrel that two offices registered: found, merged by a person, seen by both, parted again."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from desktop.domain.case import Case
from desktop.domain.course_records import Conclusion
from desktop.domain.party import Party
from desktop.services import cases, doubles, exchange, past
from desktop.services.desk import Desk
from desktop.services.doubles import AlreadyOne, Kin, NotHere
from tests.domain.samples import PATHS, accepted, sample
from tests.services.offices import COUNTY, STONE, TOWN, WILLOW

Offices = dict[str, Desk]

VILLAGE = sample("03")
POLICE = accepted(
    type="其他",
    registered_on=VILLAGE.registered_on + timedelta(2),
    place="浦贝乡某村田间",
    summary="接报警：浦贝村村民因地界问题发生口角，民警到场劝解，未动手。一方称对方将田埂移动0.5米。",
    parties=tuple(msgspec.structs.replace(one, id_number=(one.id_number or "").lower(), phone=None) for one in VILLAGE.parties),
)
"""The quarrel about the ridge as the police station wrote it down."""


def registered(desk: Desk, case: Case) -> str:
    return cases.register(desk, case).id


def carry(offices: Offices, stick: Path, *way: str) -> None:
    """Carry what there is from office to office."""
    for sender, receiver in pairwise(way):
        for path in exchange.export(offices[sender], receiver, stick).paths:
            exchange.take_in(offices[receiver], path)


def test_the_county_merges_what_two_offices_registered(offices: Offices, tmp_path: Path) -> None:
    stone, willow, county = (offices[code] for code in (STONE, WILLOW, COUNTY))
    first, second = registered(stone, VILLAGE), registered(willow, POLICE)
    registered(willow, sample("05"))
    carry(offices, tmp_path, STONE, TOWN)
    carry(offices, tmp_path, WILLOW, TOWN)
    carry(offices, tmp_path, TOWN, COUNTY)
    (found,) = doubles.open_doubles(county)
    assert (found.one.id, found.other.id) == (second, first)
    assert (found.one.office, found.other.office) == ("柳林村", "石桥村")
    assert "同一当事人（身份证号码相同）：普家顺、李文学" in found.why

    merged = doubles.merge(county, found.one.id, found.other.id)
    assert (merged.id, merged.same_as) == (second, first)
    assert doubles.open_doubles(county) == []
    numbers = {case: cases.load(county, case).number for case in (first, second)}

    for _ in range(2):  # down with the link and the new audience, and what each may now see
        carry(offices, tmp_path, COUNTY, TOWN, STONE)
        carry(offices, tmp_path, TOWN, WILLOW)
    for desk in (stone, willow, county):
        assert {case: cases.load(desk, case).number for case in (first, second)} == numbers
        kin = doubles.kin(desk, second)
        assert kin.main is not None
        assert (kin.main.id, kin.elsewhere, kin.merged) == (first, False, [])
        assert [card.id for card in doubles.kin(desk, first).merged] == [second]
        assert len(past.timeline(desk, first)) == len(past.timeline(desk, second)) == 2
        assert {row.id: row.merged for row in cases.rows(desk) if row.id in numbers} == {first: 0, second: 1}
        assert doubles.open_doubles(desk) == []


def test_two_offices_that_merge_at_the_same_time_agree(offices: Offices, tmp_path: Path) -> None:
    first, second = registered(offices[STONE], VILLAGE), registered(offices[STONE], POLICE)
    carry(offices, tmp_path, STONE, TOWN)
    doubles.merge(offices[STONE], first, second)
    doubles.merge(offices[TOWN], second, first)
    carry(offices, tmp_path, STONE, TOWN, STONE)
    for desk in (offices[STONE], offices[TOWN]):
        assert [doubles.kin(desk, case).main is None for case in (first, second)] == [True, False]
        assert [cases.load(desk, case).same_as for case in (first, second)] == [None, first]
        assert [row.conflicts for row in cases.rows(desk)] == [0, 0]


def test_a_double_is_shown_before_it_is_registered_until_it_is_dismissed(desk: Desk) -> None:
    first = registered(desk, VILLAGE)
    (double,) = doubles.likely(desk, POLICE)
    assert (double.one.id, double.other.id, double.other.number) == ("", first, cases.load(desk, first).number)
    with pytest.raises(NotHere):
        doubles.dismiss(desk, double)
    second = registered(desk, POLICE)
    (double,) = doubles.likely(desk, cases.load(desk, second))
    doubles.dismiss(desk, double)
    assert doubles.likely(desk, cases.load(desk, second)) == doubles.likely(desk, cases.load(desk, first)) == []
    assert doubles.after_import(desk, [first, second]) == []
    assert len(doubles.likely(desk, POLICE)) == 2  # a third one is asked about anew


def test_what_is_merged_gathers_around_the_oldest(desk: Desk) -> None:
    one, two, three, four = (registered(desk, POLICE) for _ in range(4))
    doubles.merge(desk, two, one)
    doubles.merge(desk, three, four)
    doubles.merge(desk, four, two)
    assert [cases.load(desk, case).same_as for case in (one, two, three, four)] == [None, one, one, one]
    assert [card.id for card in doubles.kin(desk, one).merged] == [two, three, four]
    with pytest.raises(AlreadyOne):
        doubles.merge(desk, three, two)
    assert [double.other.id for double in doubles.likely(desk, VILLAGE)] == [one]
    doubles.part(desk, three)
    assert doubles.kin(desk, three) == Kin(None, elsewhere=False, merged=[])
    assert [card.id for card in doubles.kin(desk, one).merged] == [two, four]
    assert len(doubles.likely(desk, cases.load(desk, three))) == 1


def test_only_cases_that_are_here_are_merged(desk: Desk) -> None:
    case = registered(desk, VILLAGE)
    with pytest.raises(NotHere):
        doubles.merge(desk, case, "f" * 32)
    before = cases.load(desk, case)
    cases.save(desk, before, msgspec.structs.replace(before, same_as="0" * 32))  # by another office that has both
    assert doubles.kin(desk, case) == Kin(None, elsewhere=True, merged=[])
    with pytest.raises(NotHere):
        doubles.merge(desk, registered(desk, POLICE), case)
    assert doubles.part(desk, case).same_as is None


def test_a_filed_case_can_be_merged_too(desk: Desk) -> None:
    first, second = registered(desk, POLICE), registered(desk, VILLAGE)
    before = cases.load(desk, second)
    cases.save(desk, before, msgspec.structs.replace(before, conclusion=Conclusion(on=desk.today()), closed_on=desk.today()))
    assert doubles.merge(desk, first, second).same_as == first


def test_an_import_finds_what_was_planted_and_nothing_else(desk: Desk) -> None:
    cases.register_files(desk, list(PATHS.values()))
    crowd = sample("02")
    planted = [
        msgspec.structs.replace(
            sample("01"), summary="三家商户要求退展位租金。", place=None, registered_on=sample("01").registered_on + timedelta(1)
        ),
        msgspec.structs.replace(crowd, parties=crowd.parties[3:15], summary="", place=None),
        POLICE,
    ]
    strangers = [
        accepted(parties=(Party(role="申请人", kind="自然人", name="𫝆𣲘"), Party(role="被申请人", kind="自然人", name="张三"))),
        accepted(parties=(), summary=""),
        accepted(
            parties=(Party(role="申请人", kind="自然人", name="张某"),), place="易门县浦贝乡某村", registered_on=VILLAGE.registered_on
        ),
    ]
    ids = [registered(desk, case) for case in (*planted, *strangers)]
    found = doubles.after_import(desk, ids)
    assert {double.one.id for double in found} == set(ids[:3])
    assert len(found) == 3
    assert {(double.one.id, double.other.id) for double in doubles.after_import(desk, [row.id for row in cases.rows(desk)])} == {
        (double.one.id, double.other.id) for double in found
    }
