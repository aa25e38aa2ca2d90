"""A new dispute after a former one."""

from datetime import date

import msgspec
import pytest

from desktop.domain.agreement import Agreement, Clause
from desktop.domain.case_file import write_case
from desktop.services import cases, former
from desktop.services.desk import Desk
from desktop.services.former import Part, blanked, copied
from tests.domain.samples import PATHS, sample

TODAY = date(2026, 3, 2)
ALL: tuple[Part, ...] = ("claims", "mediators", "clauses")


@pytest.mark.parametrize("number", PATHS)
def test_nothing_of_the_people_comes_unless_they_are_the_same(number: str) -> None:
    old = sample(number)
    new = copied(old, TODAY, "李正平", ALL)
    text = str(msgspec.to_builtins(new))
    for party in old.parties:
        for value in (party.name, party.id_number, party.phone, party.address if party.address != old.place else None):
            assert not value or value not in text
    assert (new.type, new.source, new.place, new.level) == (old.type, old.source, old.place, old.level)
    assert new.registered_on == TODAY
    assert not any((new.parties, new.sessions, new.letters, new.visits, new.number, new.occurred_on, new.confirmation))
    assert new.summary == ""
    assert "2025" not in text.replace("2025年度", "")


def test_the_chosen_parts_come() -> None:
    old = sample("03")
    new = copied(old, TODAY, "张", ALL)
    assert new.claims == old.claims
    assert (new.mediators, new.recorder) == (old.mediators, old.recorder)
    assert new.agreement == Agreement(
        clauses=(
            Clause(text="以排水沟为界，双方于＿＿年＿＿月＿＿日前在村民小组长见证下共同重筑田埂。"),
            Clause(text="今后翻耕不得移动田埂。"),
        )
    )
    bare = copied(old, TODAY, "张", ())
    assert (bare.claims, bare.mediators, bare.recorder, bare.agreement) == ((), ("张",), None, None)


def test_the_same_party_comes_with_everything_but_its_refusal() -> None:
    old = sample("03")
    refused = msgspec.structs.replace(old.parties[1], id="x", refused_on=date(2025, 1, 1))
    new = copied(msgspec.structs.replace(old, parties=(old.parties[0], refused)), TODAY, "", (), (1,))
    assert new.parties == (msgspec.structs.replace(old.parties[1], id="", position=0),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("李文学于2025年2月28日前付5,200.50元（大写：伍仟贰佰元伍角）。", "＿＿于＿＿年＿＿月＿＿日前付＿＿元（大写：＿＿）。"),
        ("付4.05万元", "付＿＿万元"),
        ("每12筐一车，元旦前运走", "每12筐一车，元旦前运走"),
    ],
)
def test_what_belongs_to_the_former_dispute_is_blank(text: str, expected: str) -> None:
    assert blanked(text, ["李文", "李文学"]) == expected


def test_a_copy_can_be_registered(desk: Desk) -> None:
    old = cases.load(desk, cases.register_files(desk, [PATHS["01"]])[0].id)
    new = former.copied(old, desk.today(), desk.operator, ALL, (0, 1))
    saved = cases.load(desk, cases.register(desk, new).id)
    assert saved.number != old.number
    assert saved.parties[0].id_number == old.parties[0].id_number
    assert saved.parties[0].id != old.parties[0].id
    assert write_case(saved)
