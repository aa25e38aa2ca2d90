"""The command line on the exchange, on what is in doubt, on the directory and on a sound database."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from desktop.app import main
from desktop.services import cases
from desktop.store import fields
from tests.domain.samples import PATHS
from tests.services.offices import COUNTY, PASSWORD, STONE, TOWN, WILLOW, copied, found_tree, reopened

NUMBER = "〔2025〕石桥人调字第1号"


class Answer(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        assert (self.code, self.err) == (0, "")
        return json.loads(self.out)


Run = Callable[..., Answer]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county, a town and two villages; every one has heard of every other."""
    place = tmp_path_factory.mktemp("tree")
    found_tree(place)
    return place


@pytest.fixture
def office(tree: Path, tmp_path: Path) -> dict[str, Path]:
    return copied(tree, tmp_path)


@pytest.fixture
def run(office: dict[str, Path], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command of the office with this code."""
    monkeypatch.setenv("FENGQIAO_PASSWORD", PASSWORD)

    def command(code: str, *arguments: object) -> Answer:
        capfd.readouterr()
        ended = main(["--data", str(office[code]), *map(str, arguments)])
        return Answer(ended, *capfd.readouterr())

    return command


def refused(answer: Answer, *words: str) -> None:
    """Exit code 1, and one sentence on stderr."""
    assert answer.code == 1
    assert re.fullmatch(r"[^。\n]+。\n", answer.err), answer.err
    assert all(word in answer.err for word in words), answer.err


def carried(run: Run, stick: Path, sender: str, receiver: str) -> Any:
    """What a bundle from one office to the other brought."""
    paths = run(sender, "export", "--to", receiver, "-o", stick, "--json").value["paths"]
    return run(receiver, "import", *paths, "--json").value[0]


def written(folder: Path, **values: object) -> None:
    """Change the only case of an office."""
    with reopened(folder) as desk:
        case = cases.find(desk, NUMBER)
        cases.save(desk, case, msgspec.structs.replace(case, **values))


@pytest.fixture
def doubtful(run: Run, office: dict[str, Path], tmp_path: Path) -> Path:
    """The case of the village, of which village and town wrote two fields differently; returns the stick."""
    stick = tmp_path / "U盘"
    run(STONE, "case", "add", PATHS["03"])
    carried(run, stick, STONE, TOWN)
    written(office[STONE], place="田埂东", risk="高")
    written(office[TOWN], place="田埂西", risk="中")
    carried(run, stick, STONE, TOWN)
    carried(run, stick, TOWN, STONE)
    return stick


# In doubt


def test_what_is_in_doubt_is_listed_and_settled(run: Run, doubtful: Path) -> None:
    (listed,) = run(TOWN, "exchange", "conflicts", "--json").value
    assert (listed["number"], listed["conflicts"]) == (NUMBER, 2)
    assert f"{NUMBER}  " in run(TOWN, "exchange", "conflicts").out
    place, risk = run(TOWN, "exchange", "conflicts", NUMBER, "--json").value
    assert (place["field"], place["label"], risk["field"]) == ("place", "发生地点", "risk")
    texts = [version["text"] for version in place["versions"]]
    assert sorted(texts) == ["田埂东", "田埂西"]
    assert texts[place["recommended"] - 1] == "田埂东"
    assert place["reason"] == "这是承办单位石桥村填写的"
    assert {version["written"][0]["office"] for version in place["versions"]} == {"石桥村", "青石镇综治中心"}
    said = run(TOWN, "exchange", "conflicts", NUMBER).out
    assert said.startswith("1. 发生地点\n   第1种：")
    assert "建议：这是承办单位石桥村填写的" in said
    done = run(TOWN, "exchange", "settle", NUMBER, "发生地点", "--take", texts.index("田埂西") + 1, "--json").value
    assert done == {"settled": ["place"], "left": ["risk"]}
    assert "没有待核对的内容了" in run(TOWN, "exchange", "settle", NUMBER, "1", "--text", "低").out
    shown = run(TOWN, "case", "show", NUMBER, "--json").value
    assert (shown["place"], shown["risk"]) == ("田埂西", "低")
    carried(run, doubtful, TOWN, STONE)
    assert run(STONE, "exchange", "conflicts", "--json").value == []
    assert run(STONE, "case", "show", NUMBER, "--json").value == shown


def test_everything_as_recommended(run: Run, doubtful: Path) -> None:
    assert run(STONE, "exchange", "settle", NUMBER, "--recommended", "--json").value == {"settled": ["place", "risk"], "left": []}
    shown = run(STONE, "case", "show", NUMBER, "--json").value
    assert (shown["place"], shown["risk"]) == ("田埂东", "高")
    assert "没有待核对" in run(STONE, "exchange", "conflicts", NUMBER).out
    assert "没有待核对" in run(STONE, "exchange", "conflicts").out
    refused(run(STONE, "exchange", "settle", NUMBER, "--recommended"), "不用处理")
    assert doubtful.is_dir()


@pytest.mark.usefixtures("doubtful")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["发生地点", "--take", "3"], "1到2之间"),
        (["金额", "--take", "1"], "发生地点"),
        (["--take", "1"], "栏目"),
        (["risk", "--text", "很高"], "低、中、高"),
    ],
)
def test_what_cannot_be_settled(run: Run, arguments: list[str], words: str) -> None:
    refused(run(STONE, "exchange", "settle", NUMBER, *arguments), words)
    assert len(run(STONE, "exchange", "conflicts", NUMBER, "--json").value) == 2


# Bundles


def test_a_folder_is_imported_and_a_bad_bundle_stops_nothing(run: Run, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    for code, number in ((STONE, "03"), (WILLOW, "05")):
        run(code, "case", "add", PATHS[number])
        assert run(code, "export", "--to", TOWN, "-o", stick / code).code == 0
    good = next((stick / STONE).iterdir())
    (stick / "坏的.fqb").write_bytes(good.read_bytes()[:-1])
    (stick / "说明.txt").write_text("不是交换包", encoding="utf-8")
    answer = run(TOWN, "import", stick, "--json")
    refused(answer, "坏的.fqb")
    results = json.loads(answer.out)
    assert sorted(Path(one["file"]).name == "坏的.fqb" for one in results) == [False, False, True]
    assert sum(len(one.get("new_cases", [])) for one in results) == 2
    again = run(TOWN, "import", stick)
    assert "共导入2个交换包，1个没有导入" in again.out
    assert "以前导入过" in again.out
    (stick / "坏的.fqb").unlink()
    assert run(TOWN, "export", "--to", COUNTY, "-o", stick).code == 0  # what it made itself is for others
    assert run(TOWN, "import", stick).code == 0
    (tmp_path / "空").mkdir()
    refused(run(TOWN, "import", tmp_path / "空"), "空", "没有给本单位的交换包")
    refused(run(TOWN, "import", stick / "说明.txt"))


def test_how_the_exchange_stands(run: Run, tmp_path: Path) -> None:
    run(STONE, "case", "add", PATHS["03"])
    before = run(STONE, "exchange", "status", "--json").value
    assert (before["handed_up_days"], before["not_up"], [one["code"] for one in before["contacts"]]) == (None, 1, [TOWN])
    assert "还没有交给过上级，1件上级可能还没有" in run(STONE, "exchange", "status").out
    brought = carried(run, tmp_path / "U盘", STONE, TOWN)
    assert re.fullmatch("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", brought["receipt"])
    (sent,) = run(STONE, "exchange", "history", "--json").value
    assert (sent["direction"], sent["office"], sent["cases"], sent["confirmed"]) == ("out", "青石镇综治中心", 1, None)
    (to_read,) = run(TOWN, "exchange", "receipt", "--json").value
    assert (to_read["office"], to_read["receipt"]) == ("石桥村", brought["receipt"])
    assert brought["receipt"] in run(TOWN, "exchange", "receipt").out
    wrong = brought["receipt"][:-1] + ("A" if brought["receipt"][-1] != "A" else "B")
    refused(run(STONE, "exchange", "receipt", wrong))
    assert run(STONE, "exchange", "receipt", brought["receipt"], "--json").value["receiver"] == "青石镇综治中心"
    after = run(STONE, "exchange", "status", "--json").value
    assert (after["handed_up_days"], after["not_up"]) == (0, 0)
    assert "今天交给过上级，0件" in run(STONE, "exchange", "status").out
    assert "登记了回执" in run(STONE, "exchange", "history").out
    assert "回执码" in run(TOWN, "exchange", "history").out
    assert "还没有交换过" in run(WILLOW, "exchange", "history").out
    assert "还没有收到过" in run(WILLOW, "exchange", "receipt").out


def test_bundles_of_a_limited_size(run: Run, tmp_path: Path) -> None:
    run(STONE, "case", "add", PATHS["03"])
    done = run(STONE, "export", "--to", TOWN, "-o", tmp_path / "U盘", "--limit", "5", "--json").value
    assert [Path(path).stat().st_size for path in done["paths"]] == [done["size"]]


# The directory, and passing cases on


def test_a_computer_is_taken_out_of_service(run: Run, tmp_path: Path) -> None:
    listed = run(COUNTY, "enrol", "list", "--json").value
    assert [one["code"] for one in listed] == [COUNTY, TOWN, STONE, WILLOW]
    stone = next(one["fingerprint"] for one in listed if one["code"] == STONE)
    assert "本机" in run(COUNTY, "enrol", "list").out
    stopped = run(COUNTY, "enrol", "revoke", stone, "--json").value
    assert (stopped["office"], stopped["revoked"]) == ("石桥村", True)
    assert "已停用" in run(COUNTY, "enrol", "list").out
    refused(run(COUNTY, "enrol", "revoke", stone))
    refused(run(TOWN, "enrol", "revoke", stone), "县")
    carried(run, tmp_path / "U盘", COUNTY, TOWN)
    run(STONE, "case", "add", PATHS["03"])
    assert run(STONE, "export", "--to", TOWN, "-o", tmp_path / "旧").code == 0
    refused(run(TOWN, "import", tmp_path / "旧"))


def test_a_case_is_offered_and_accepted_or_returned(run: Run, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    run(STONE, "case", "add", PATHS["03"])
    carried(run, stick, STONE, TOWN)
    offered = run(STONE, "case", "offer", NUMBER, "--to", TOWN, "--reason", "涉及两村", "--json").value
    assert (offered["owner"], offered["may_write"]) == ("石桥村", True)
    assert "等它接收" in offered["standing"]
    assert "承办单位：石桥村" in run(STONE, "case", "withdraw", NUMBER).out
    run(STONE, "case", "offer", NUMBER, "--to", TOWN, "--reason", "涉及两村")
    carried(run, stick, STONE, TOWN)
    assert "承办单位：石桥村" in run(TOWN, "case", "return", NUMBER, "--note", "请先在村里调解").out
    carried(run, stick, TOWN, STONE)
    run(STONE, "case", "offer", NUMBER, "--to", TOWN, "--reason", "村里调解不了", "--stay")
    carried(run, stick, STONE, TOWN)
    assert run(TOWN, "case", "accept", NUMBER, "--json").value["owner"] == "青石镇综治中心"
    refused(run(TOWN, "case", "accept", NUMBER))
    refused(run(TOWN, "case", "offer", NUMBER, "--to", "999", "--reason", "x"))


# A sound database


def test_a_sound_database(run: Run) -> None:
    run(STONE, "case", "add", PATHS["03"])
    found = run(STONE, "check", "--json").value
    assert (found["cases"], found["changes"], found["different"], found["damage"]) == (1, 1, 0, [])
    assert "不一致的纠纷：0 件" in run(STONE, "check").out


def test_tables_that_say_something_else_are_made_again(run: Run, office: dict[str, Path]) -> None:
    run(STONE, "case", "add", PATHS["03"])
    with reopened(office[STONE]) as desk, desk.database.atomic():
        desk.database.connection.execute("UPDATE cases SET title = '别的'")
    answer = run(STONE, "check", "--json")
    refused(answer, "不一致")
    assert json.loads(answer.out)["different"] == 1
    assert run(STONE, "check").code == 0
    assert "别的" not in run(STONE, "case", "list").out


def test_changes_and_contents_that_somebody_rewrote(run: Run, office: dict[str, Path]) -> None:
    run(STONE, "case", "add", PATHS["03"])
    with reopened(office[STONE]) as desk, desk.database.atomic():
        connection = desk.database.connection
        connection.execute("INSERT INTO blobs (sha256, data) VALUES (?, ?)", (b"0" * 32, b"x"))
        connection.execute("UPDATE changes SET id = ?", (bytes.fromhex(fields.new_id() * 2),))
    answer = run(STONE, "check", "--json")
    refused(answer, "备份")
    found = json.loads(answer.out)
    assert (found["altered"], found["altered_contents"]) == (1, 1)


# What may be typed


@pytest.mark.parametrize(
    "arguments",
    [
        ["exchange"],
        ["exchange", "settle", NUMBER],
        ["exchange", "settle", NUMBER, "place", "--take", "0"],
        ["exchange", "settle", NUMBER, "place", "--take", "1", "--text", "x"],
        ["exchange", "history", "--limit", "x"],
        ["export", "--to", "1", "-o", "x", "--limit", "0"],
        ["enrol", "revoke"],
        ["enrol", "approve", "x", "--code", "1", "--parent", "2", "--another", "-o", "y"],
        ["case", "offer", NUMBER, "--to", "1"],
    ],
)
def test_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    said = capsys.readouterr()
    assert (caught.value.code, said.out) == (2, "")
    assert said.err.startswith("命令不对（")
    assert not re.search("required|invalid|argument|expected|allowed", said.err)


@pytest.mark.parametrize("command", ["exchange", "exchange settle", "exchange conflicts", "import", "check", "enrol", "case offer"])
def test_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*command.split(), "-h"])
    said = capsys.readouterr()
    assert (caught.value.code, said.err) == (0, "")
    assert said.out.startswith("用法：")
    assert not re.search("positional|optional|options|show this", said.out)
