"""What an office knows of its partners: when they were heard of, what is not there yet, receipt codes, the log."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from desktop.domain.refused import Refused
from desktop.exchange.receipt import MistypedCode, UnknownCode
from desktop.services import cases, contacts, exchange
from desktop.services.contacts import Contact
from desktop.services.desk import Desk
from desktop.services.exchange import TakenIn
from tests.domain.samples import PATHS
from tests.services.offices import COUNTY, NOW, STONE, TOWN, TREE, WILLOW, new_office

Offices = Mapping[str, Desk]
NOW_TEXT = NOW.isoformat()


def _carry(offices: Offices, sender: str, receiver: str, stick: Path) -> TakenIn:
    return exchange.take_in(offices[receiver], exchange.export(offices[sender], receiver, stick).paths[0])


def _contact(desk: Desk, code: str) -> Contact:
    return next(contact for contact in contacts.contacts(desk) if contact.code == code)


@pytest.fixture
def stone(offices: dict[str, Desk]) -> Desk:
    """石桥村 with two cases."""
    cases.register_files(offices[STONE], [PATHS["01"], PATHS["03"]])
    return offices[STONE]


def test_the_office_above_comes_first_then_those_below(offices: dict[str, Desk], tmp_path: Path) -> None:
    for receiver in (STONE, WILLOW):  # the villages were approved after the township, so their directory goes down first
        exchange.take_in(offices[TOWN], exchange.export(offices[receiver], TOWN, tmp_path).paths[0])
    found = contacts.contacts(offices[TOWN])
    assert [contact.code for contact in found] == [COUNTY, STONE, WILLOW]
    assert [contact.name for contact in found] == [TREE[code].name for code in (COUNTY, STONE, WILLOW)]
    assert [contact.code for contact in contacts.contacts(offices[STONE])] == [TOWN]


def test_what_is_not_there_yet_and_what_is(offices: dict[str, Desk], stone: Desk, tmp_path: Path) -> None:
    before = _contact(stone, TOWN)
    assert (before.last_in, before.last_out, before.last_confirmed, before.cases, before.not_there) == (None, None, None, 2, 2)
    _carry(offices, STONE, TOWN, tmp_path)
    sent = _contact(stone, TOWN)
    assert (sent.last_in, sent.last_out, sent.last_confirmed, sent.not_there) == (None, NOW_TEXT, None, 2)
    _carry(offices, TOWN, STONE, tmp_path)
    answered = _contact(stone, TOWN)
    assert (answered.last_in, answered.last_confirmed, answered.cases, answered.not_there) == (NOW_TEXT, NOW_TEXT, 2, 0)
    (first, *_) = cases.rows(stone, limit=1)
    case = cases.load(stone, first.id)
    cases.save(stone, case, msgspec.structs.replace(case, place="村口"))
    assert _contact(stone, TOWN).not_there == 1


def test_a_receipt_code_counts_as_an_answer(offices: dict[str, Desk], stone: Desk, tmp_path: Path) -> None:
    taken = _carry(offices, STONE, TOWN, tmp_path)
    found = contacts.confirm(stone, taken.receipt.lower().replace("-", " "))
    assert (found.receiver, found.at, found.cases) == (TREE[TOWN].name, NOW_TEXT, 2)
    now = _contact(stone, TOWN)
    assert (now.last_in, now.last_confirmed, now.not_there) == (None, NOW_TEXT, 0)
    assert exchange.plan(stone, TOWN).changes == 0
    assert [passed.confirmed for passed in contacts.history(stone)] == [NOW_TEXT]


def test_a_receipt_code_is_read_out_of_the_log_again(offices: dict[str, Desk], stone: Desk, tmp_path: Path) -> None:
    taken = _carry(offices, STONE, TOWN, tmp_path)
    (passed,) = contacts.history(offices[TOWN])
    assert (passed.direction, passed.office, passed.receipt) == ("in", TREE[STONE].name, taken.receipt)


def _mistyped(code: str) -> list[str]:
    return [
        code[:-1],
        code + "A",
        "",
        "        ",
        "A" * 12,
        code[1] + code[0] + code[2:],
        code.replace(code[5], "B" if code[5] != "B" else "C"),
    ]


def test_a_mistyped_code_is_told_from_one_of_another_bundle(offices: dict[str, Desk], stone: Desk, tmp_path: Path) -> None:
    taken = _carry(offices, STONE, TOWN, tmp_path)
    for typed in _mistyped(taken.receipt):
        with pytest.raises(MistypedCode, match=r"。$"):
            contacts.confirm(stone, typed)
    for desk in (offices[TOWN], offices[WILLOW]):
        with pytest.raises(UnknownCode, match=r"。$"):
            contacts.confirm(desk, taken.receipt)
    assert _contact(stone, TOWN).not_there == 2


def test_a_code_of_what_was_lost_again_harms_nothing(offices: dict[str, Desk], stone: Desk, tmp_path: Path) -> None:
    """The receiver was restored after it read the code out: its next bundle says so, and all is sent once more."""
    town = offices[TOWN]
    image = tmp_path / "backup"
    town.database.connection.execute("VACUUM INTO ?", (str(image),))
    taken = _carry(offices, STONE, TOWN, tmp_path)
    contacts.confirm(stone, taken.receipt)
    town.database.connection.execute("DELETE FROM shares")
    assert exchange.plan(stone, TOWN).changes == 0
    assert image.exists()


def test_the_first_page(offices: dict[str, Desk], stone: Desk, tmp_path: Path) -> None:
    before = contacts.status(stone)
    assert (before.handed_up_days, before.not_up, before.waiting, before.missing, before.conflicts) == (None, 2, 0, 0, 0)
    _carry(offices, STONE, TOWN, tmp_path)
    later = Desk(stone.folder, stone.database, stone.operator, lambda: NOW + timedelta(days=8))
    assert contacts.status(later).handed_up_days == 8
    _carry(offices, TOWN, STONE, tmp_path)
    assert contacts.status(later).not_up == 0


def test_an_office_that_has_not_joined(tmp_path: Path) -> None:
    with new_office(tmp_path / "村") as desk:
        found = contacts.status(desk)
        assert (found.contacts, found.handed_up_days, found.not_up) == ([], None, 0)
        with pytest.raises(Refused, match=r"。$"):
            contacts.contacts(desk)


def test_the_log_has_every_bundle_the_newest_first(offices: dict[str, Desk], stone: Desk, tmp_path: Path) -> None:
    exported = exchange.export(stone, TOWN, tmp_path)
    exchange.take_in(offices[TOWN], exported.paths[0])
    answer = exchange.export(offices[TOWN], STONE, tmp_path)
    exchange.take_in(stone, answer.paths[0])
    exchange.take_in(stone, answer.paths[0])
    log = contacts.history(stone)
    assert [(one.direction, one.office, one.name, one.size) for one in log] == [
        *[("in", TREE[TOWN].name, answer.paths[0].name, answer.size)] * 2,
        ("out", TREE[TOWN].name, exported.paths[0].name, exported.size),
    ]
    assert [one.cases for one in log] == [0, 0, 2]
    assert contacts.history(stone, limit=1) == log[:1]


def test_a_clock_that_was_put_back_counts_no_days(offices: dict[str, Desk], stone: Desk, tmp_path: Path) -> None:
    exchange.export(stone, TOWN, tmp_path)
    stone.database.connection.execute("UPDATE bundles SET at = ?", ((NOW + timedelta(days=3)).isoformat(),))
    assert contacts.status(stone).handed_up_days == 0
    assert offices[STONE] is stone
