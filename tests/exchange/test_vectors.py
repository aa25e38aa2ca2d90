"""The test vectors say what they always said: to the program, and to a reader that knows only docs/exchange-format.md."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from desktop.store import casebook
from tests.exchange.offices import County
from tests.vectors import make
from tests.vectors.make import FOLDER, TABLE, Receiver, outcome, receiver, refused, take_in
from tests.vectors.reader import Office, Refusal

GIVEN: dict[str, Any] = json.loads((FOLDER / TABLE).read_bytes())
GOOD = [pytest.param(one, id=one["file"]) for one in GIVEN["good"]]
BAD = [pytest.param(one, id=one["file"]) for one in GIVEN["bad"]]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Receiver:
    return receiver(GIVEN, tmp_path_factory.mktemp("receiver"))


def office(after: list[str]) -> Office:
    """The independent reader after these bundles."""
    found = Office(GIVEN)
    for name in after:
        found.take_in((FOLDER / name).read_bytes())
    return found


@pytest.mark.parametrize("vector", GOOD)
def test_a_good_bundle(fresh: Receiver, tmp_path: Path, vector: dict[str, Any]) -> None:
    database, codes = take_in(fresh, tmp_path / "town.db", FOLDER, [*vector["after"], vector["file"]])
    with database:
        assert outcome(database) == vector["then"]
        assert casebook.rebuild(database) == 0
    assert codes[-1] == vector["receipt"]


@pytest.mark.parametrize("vector", GOOD)
def test_another_reader_reads_the_same(vector: dict[str, Any]) -> None:
    other = office([*vector["after"], vector["file"]])
    assert other.outcome() == vector["then"]
    assert other.receipt == vector["receipt"]


@pytest.mark.parametrize("vector", BAD)
def test_a_bad_bundle(fresh: Receiver, tmp_path: Path, vector: dict[str, Any]) -> None:
    assert refused(fresh, tmp_path / "town.db", FOLDER, [*vector["after"], vector["file"]]) == vector["refusal"]


@pytest.mark.parametrize("vector", BAD)
def test_another_reader_refuses_the_same(vector: dict[str, Any]) -> None:
    other = office(vector["after"])
    with pytest.raises(Refusal, match=f"^{vector['refusal']}$"):
        other.take_in((FOLDER / vector["file"]).read_bytes())


def test_the_vectors_can_be_made_again(county: County, tmp_path: Path) -> None:
    """What the program writes today says, byte for byte inside the encryption, what the committed files say."""
    (tmp_path / "work").mkdir()
    (tmp_path / "bundles").mkdir()
    again = make.make(county, tmp_path / "bundles", tmp_path / "work")
    assert again == GIVEN
    assert {path.name for path in (tmp_path / "bundles").iterdir()} == {path.name for path in FOLDER.glob("*.fqb")}


def test_the_reader_imports_nothing_of_the_program() -> None:
    tree = ast.parse((FOLDER.parent / "reader.py").read_text("utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [name for name in names if name.split(".")[0] in {"desktop", "tests"}]


def test_every_file_stands_in_the_table_and_all_are_small() -> None:
    files = sorted(FOLDER.glob("*.fqb"))
    assert [path.name for path in files] == sorted(one["file"] for one in [*GIVEN["good"], *GIVEN["bad"]])
    assert sum(path.stat().st_size for path in files) < 1_000_000
