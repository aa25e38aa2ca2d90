"""Settings from above: only the county signs them, they never go back, and what cannot be read stops nobody."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desktop.domain.refused import Refused
from desktop.exchange import keys, rules
from desktop.exchange.rules import Content, ForkedRules, Rules, UntrustedRules
from desktop.store.database import Database
from tests.exchange.offices import KEY
from tests.store.dump import dump

SEED = b"r" * 32
ROOT = keys.verify_key(SEED)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(tmp_path / "office.db", KEY) as found:
        yield found


def issued(number: int, kinds: str | None = None, **forms: str) -> Rules:
    content = Content(format=rules.FORMAT, number=number, issued_at="2026-03-02T09:30:00+08:00", letter_kinds=kinds, forms=forms)
    return rules.sign(content, SEED)


def signed(value: object) -> Rules:
    body = msgspec.msgpack.encode(value)
    return Rules(0, body, keys.sign(SEED, b"fengqiao/rules/1\x00" + body))


def test_the_newest_number_counts(database: Database) -> None:
    assert (rules.newest(database), rules.in_force(database)) == (None, None)
    for one, taken in ((issued(2, "二"), True), (issued(1, "一"), False), (issued(2, "二"), False), (issued(5, "五"), True)):
        assert rules.adopt(database, rules.verified(one.body, one.signature, ROOT)) is taken
    newest, content = rules.newest(database), rules.in_force(database)
    assert newest == issued(5, "五")
    assert content is not None
    assert (content.number, content.letter_kinds, content.days, content.forms) == (5, "五", None, {})


def test_another_content_under_one_number(database: Database) -> None:
    rules.adopt(database, issued(2, "二"))
    before = dump(database)
    with pytest.raises(ForkedRules, match=r"。$"):
        rules.adopt(database, issued(2, "另"))
    assert dump(database) == before


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(rules.sign(Content(format=rules.FORMAT, number=1, issued_at=""), b"o" * 32), id="another county"),
        pytest.param(issued(1)._replace(signature=b"s" * 64), id="a signature"),
        pytest.param(issued(1)._replace(signature=b""), id="no signature"),
        pytest.param(issued(1)._replace(body=issued(1).body + b"\0"), id="a byte more"),
        pytest.param(signed([1, 2]), id="no settings"),
        pytest.param(signed({"number": "1"}), id="no number"),
        pytest.param(signed({"number": 1, "x": "字" * 3_000_000}), id="too long"),
    ],
)
def test_what_is_not_trusted(one: Rules) -> None:
    with pytest.raises(UntrustedRules, match=r"。$"):
        rules.verified(one.body, one.signature, ROOT)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"format": "fengqiao-rules/2"}, id="a newer format"),
        pytest.param({"letter_kinds": 5}, id="a type"),
        pytest.param({"forms": {"../任务单.toml": ""}}, id="a path"),
        pytest.param({"forms": {"别处/任务单.toml": ""}}, id="another folder"),
        pytest.param({"forms": {"任务单.txt": ""}}, id="no form"),
    ],
)
def test_what_cannot_be_read_is_kept_and_the_earlier_ones_stay_in_force(database: Database, other: dict[str, object]) -> None:
    rules.adopt(database, issued(1, "一"))
    content = {"format": rules.FORMAT, "number": 2, "issued_at": "", "letter_kinds": "二"} | other
    one = rules.verified(*signed(content)[1:], ROOT)
    assert rules.adopt(database, one)
    assert rules.newest(database) == one
    assert one.content is None
    in_force = rules.in_force(database)
    assert in_force is not None
    assert (in_force.number, in_force.letter_kinds) == (1, "一")


def test_fields_of_a_newer_program_are_passed_over() -> None:
    content = {"format": rules.FORMAT, "number": 2, "issued_at": "", "letter_kinds": "二", "phrases": ["…"]}
    read = rules.verified(*signed(content)[1:], ROOT).content
    assert read is not None
    assert read.letter_kinds == "二"


def test_every_flipped_byte(database: Database) -> None:
    one = issued(3, "kinds", **{"任务单.toml": "x = 1"})
    for position in range(len(one.body)):
        flipped = one.body[:position] + bytes([one.body[position] ^ 1]) + one.body[position + 1 :]
        with pytest.raises(Refused):
            rules.verified(flipped, one.signature, ROOT)
