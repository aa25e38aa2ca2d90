"""Which cases are looked at, and which of them are found."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from desktop.domain.case import Case
from desktop.domain.likeness import gist
from desktop.domain.party import Party
from desktop.store import casebook, fields, same
from desktop.store.casebook import Author
from desktop.store.database import Database
from desktop.store.doubles import NAME_DAYS, TEXT_DAYS, Finder
from tests.domain.samples import accepted
from tests.store.made_cases import cases

DAY = date(2025, 3, 14)
ZHANG = Party(role="申请人", kind="自然人", name="张三丰", id_number="53019919851103004x", phone="139-0000-0002")
LI = Party(role="被申请人", kind="自然人", name="李四光", phone="13900000003")
TEXT = "两户村民因田埂地界发生纠纷，一方认为邻户翻耕时将田埂向内移了约半米。"


def quarrel(*parties: Party, **fields: Any) -> Case:
    return accepted(**{"registered_on": DAY, "summary": TEXT, "place": "石桥村三组", "parties": parties or (ZHANG, LI), **fields})


def plain(party: Party, name: str | None = None) -> Party:
    return msgspec.structs.replace(party, name=name or party.name, id_number=None, phone=None)


def found(database: Database, case: Case) -> list[str]:
    """The summaries of what is found, the same by both ways of reading; each case says in its claims who it is."""
    ways = [[same.card(database, match.key).id for match in Finder(database, many=many).matches(gist(case))] for many in (False, True)]
    assert ways[0] == ways[1]
    return ["".join(casebook.load(database, identifier).claims) for identifier in ways[0]]


FOUND: dict[str, Case] = {
    "ID number with a capital X": quarrel(msgspec.structs.replace(ZHANG, id_number="53019919851103004X", phone=None, name="张三")),
    "ID number with a small x": quarrel(msgspec.structs.replace(ZHANG, phone=None, name="张三")),
    "telephone in one": quarrel(msgspec.structs.replace(ZHANG, id_number=None, phone="13900000002")),
    "telephone in groups": quarrel(msgspec.structs.replace(LI, phone="139 0000 0003", name="李某")),
    "names, some days later": quarrel(plain(ZHANG), plain(LI), registered_on=DAY + timedelta(NAME_DAYS)),
    "names, some days before": quarrel(plain(ZHANG), plain(LI), registered_on=DAY - timedelta(NAME_DAYS)),
    "text": quarrel(plain(ZHANG, "某某"), plain(LI, "不详"), registered_on=DAY + timedelta(TEXT_DAYS)),
}
MISSED: dict[str, Case] = {
    "names, much later": quarrel(plain(ZHANG), plain(LI), registered_on=DAY + timedelta(NAME_DAYS + 1)),
    "text, another type": quarrel(plain(ZHANG, "某某"), plain(LI, "不详"), type="合同"),
    "nothing": accepted(registered_on=DAY),
    "nobody": quarrel(parties=(), summary="", place=None),
    "the first day of all": quarrel(plain(ZHANG), registered_on=date.min),
    "the last day of all": quarrel(plain(ZHANG), registered_on=date.max),
}


@pytest.mark.parametrize(
    ("case", "expected"), [(c, ["甲"]) for c in FOUND.values()] + [(c, []) for c in MISSED.values()], ids=[*FOUND, *MISSED]
)
def test_candidates(database: Database, author: Author, case: Case, expected: list[str]) -> None:
    casebook.commit(database, None, quarrel(claims=("甲",)), author)
    casebook.commit(database, None, quarrel(plain(ZHANG, "赵一曼"), plain(LI, "钱学森"), summary="狗咬伤小孩，要求付医药费。"), author)
    assert found(database, case) == expected


def test_a_case_is_no_double_of_itself_and_the_likeliest_comes_first(database: Database, author: Author) -> None:
    kept = [
        casebook.commit(database, None, quarrel(registered_on=DAY + timedelta(days), summary=str(days)), author) for days in (60, 2, 58)
    ]
    keys = [same.key_of(database, case.id) for case in kept]
    matches = Finder(database).matches(gist(kept[0]), keys[0])
    assert [match.key for match in matches] == [keys[2], keys[1]]


def test_an_employer_with_hundreds_of_cases_is_bounded(database: Database, author: Author) -> None:
    with database.atomic():
        for number in range(60):
            worker = Party(role="申请人", kind="自然人", name=f"工人{number}", id_number=f"5301991970010{number:05}")
            casebook.commit(database, None, quarrel(worker, LI, registered_on=DAY - timedelta(number)), author)
    finder = Finder(database)
    assert len({*finder._by_numbers(gist(quarrel()))} - {None}) == 40
    assert finder.matches(gist(quarrel(msgspec.structs.replace(ZHANG, name="工人61")))) == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases())
def test_a_case_is_compared_as_it_was_saved(database: Database, author: Author, case: Case) -> None:
    kept = casebook.commit(database, None, case, author)
    key = same.key_of(database, kept.id)
    assert key is not None
    read, told = Finder(database).gist(key), gist(casebook.load(database, kept.id))
    assert read._replace(people=tuple(sorted(read.people))) == told._replace(people=tuple(sorted(told.people)))


def linked(database: Database, author: Author, *links: tuple[int, int]) -> list[str]:
    """Three cases in the order of their registration, with these links from one to another."""
    kept = [casebook.commit(database, None, quarrel(id=f"{number + 1:032x}"), author) for number in range(3)]
    for one, other in links:
        before = casebook.load(database, kept[one].id)
        casebook.commit(database, before, msgspec.structs.replace(before, same_as=kept[other].id), author)
    return [case.id for case in kept]


@pytest.mark.parametrize(
    ("links", "mains"),
    [
        ((), (0, 1, 2)),
        (((1, 0),), (0, 0, 2)),
        (((2, 1), (1, 0)), (0, 0, 0)),
        (((1, 0), (0, 1)), (0, 0, 2)),
        (((0, 1), (1, 2), (2, 0)), (0, 1, 0)),
        (((0, 0), (1, 1)), (0, 1, 2)),
    ],
    ids=["none", "one", "chain", "both ways", "circle", "itself"],
)
def test_links_always_end(database: Database, author: Author, links: tuple[tuple[int, int], ...], mains: tuple[int, ...]) -> None:
    ids = linked(database, author, *links)
    assert [same.main(database, case) for case in ids] == [ids[main] for main in mains]
    for number in set(mains):
        assert same.merged(database, ids[number]) == [other for place, other in enumerate(ids) if mains[place] == number != place]


def test_suspicions_are_kept_until_they_are_answered(database: Database, author: Author) -> None:
    ids = linked(database, author)
    first, second, third = (same.key_of(database, case) or 0 for case in ids)
    same.note(database, first, second, 70, ["同名"])
    same.note(database, third, first, 80, ["同名", "同一天"])
    assert [(d.one.id, d.other.id, d.likeness, d.why) for d in same.open_doubles(database, 9)] == [
        (ids[2], ids[0], 80, ("同名", "同一天")),
        (ids[1], ids[0], 70, ("同名",)),
    ]
    same.dismiss(database, first, third)
    same.note(database, third, first, 90, ["又像了"])
    same.forget(database, [first])
    assert same.open_doubles(database, 9) == []
    assert same.dismissed(database, first) == {third}
    same.note(database, first, second, 70, ["同名"])
    before = casebook.load(database, ids[1])
    casebook.commit(database, before, msgspec.structs.replace(before, same_as=ids[0]), author)
    assert same.open_doubles(database, 9) == []


def test_a_link_to_what_is_no_id_waits_unread() -> None:
    assert fields.is_known(("case", "", "same_as"), "0" * 32)
    assert not fields.is_known(("case", "", "same_as"), "张三")
