"""The command line: mostly in this process, a few commands as the operator's shell runs them."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desktop.app import main
from desktop.services.desk import set_up
from tests.domain.samples import PATHS, document, packed
from tests.services.offices import CHEAP, COUNTY, PASSWORD, STONE, TOWN, copied, digest, found_tree

ROOT = Path(__file__).resolve().parents[1]
NUMBER = "〔2024〕石桥人调字第1号"


class Answer(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The one JSON document on stdout."""
        assert (self.code, self.err) == (0, "")
        return json.loads(self.out)


Run = Callable[..., Answer]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process."""
    monkeypatch.setenv("FENGQIAO_PASSWORD", PASSWORD)

    def command(*arguments: object) -> Answer:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        return Answer(code, *capfd.readouterr())

    return command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A village's data, in a folder as operators name them."""
    path = tmp_path / "调解 数据（一）"
    set_up(path, PASSWORD, level="村", name="石桥村", cost=CHEAP).close()
    return path


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("tree")
    found_tree(place)
    return place


@pytest.fixture
def office(tree: Path, tmp_path: Path) -> dict[str, Path]:
    return copied(tree, tmp_path)


def refused(answer: Answer, *words: str) -> None:
    """Exit code 1, one sentence on stderr, nothing on stdout."""
    assert answer.code == 1
    assert answer.out == ""
    assert re.fullmatch(r"[^。\n]+。\n", answer.err), answer.err
    assert re.search("[\u4e00-\u9fff]", answer.err)
    assert all(word in answer.err for word in words), answer.err


# In the operator's shell


def _shell(*arguments: object, **environment: str) -> Answer:
    command = [sys.executable, "-m", "desktop", *map(str, arguments)]
    clean = {name: value for name, value in os.environ.items() if name != "FENGQIAO_PASSWORD"}
    done = subprocess.run(
        command, cwd=ROOT, env=clean | environment, stdin=subprocess.DEVNULL, start_new_session=True, capture_output=True, check=False
    )
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_the_first_steps_in_a_shell(tmp_path: Path) -> None:
    data, given = tmp_path / "数据", {"FENGQIAO_PASSWORD": "密码 一"}
    made = _shell("--data", data, "init", "--level", "村", "--name", "石桥村", "--committee", "石桥村调委会", "--json", **given)
    assert (made.value["level"], made.value["name"], made.value["committee"]) == ("村", "石桥村", "石桥村调委会")
    assert _shell("--data", data, "case", "add", PATHS["05"], "--json", **given).value[0]["number"] == NUMBER
    shown = _shell("--data", data, "case", "show", NUMBER, "--json", LC_ALL="C", PYTHONIOENCODING="ascii", **given)
    assert shown.value == document("05")
    refused(_shell("--data", data, "case", "list", FENGQIAO_PASSWORD="错"), "密码不对")


def test_without_a_password_in_a_shell(folder: Path) -> None:
    answer = _shell("--data", folder, "case", "list")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.splitlines()[-1].endswith("FENGQIAO_PASSWORD 中。")
    assert "Traceback" not in answer.err


def test_usage_in_a_shell() -> None:
    answer = _shell("case", "delete")
    assert (answer.code, answer.out) == (2, "")
    assert "Traceback" not in answer.err


# In this process


def test_init(run: Run, tmp_path: Path) -> None:
    answer = run("--data", tmp_path / "新 县", "init", "--level", "县", "--name", "云溪县综治中心", "--code", "530199", "--json")
    assert (answer.value["name"], answer.value["level"], answer.value["series"], answer.value["code"]) == (
        "云溪县综治中心",
        "县",
        "云溪",
        "530199",
    )
    refused(run("--data", tmp_path / "新 县", "init", "--level", "县", "--name", "又一个"), "已经建立")
    refused(run("--data", tmp_path / "另", "init", "--level", "村", "--name", " "), "名称")
    assert not (tmp_path / "另").exists()


def test_init_without_json_says_so_in_chinese(run: Run, tmp_path: Path) -> None:
    answer = run("--data", tmp_path / "村", "init", "--level", "村", "--name", "石桥村")
    assert answer.code == 0
    assert answer.out.startswith("已建立：石桥村（村级）")


def test_case_add(run: Run, folder: Path) -> None:
    added = run("--data", folder, "case", "add", PATHS["01"], PATHS["02"], "--json").value
    assert [set(case) for case in added] == [{"id", "number", "warnings"}] * 2
    assert [case["warnings"] for case in added] == [
        [],
        [{"path": "people_count", "message": "涉及30人，只登记了29名当事人，请核对名单。"}],
    ]
    assert all(re.fullmatch("[0-9a-f]{32}", case["id"]) for case in added)
    answer = run("--data", folder, "case", "add", PATHS["02"])
    assert answer.out.splitlines()[1].startswith("  提醒：涉及30人")


def test_case_add_is_all_or_nothing(run: Run, folder: Path, tmp_path: Path) -> None:
    bad = tmp_path / "坏 的.json"
    bad.write_bytes(packed(document("03") | {"registered_on": "2025-02-30"}))
    before = digest(folder)
    refused(run("--data", folder, "case", "add", PATHS["01"], bad, "--json"), "坏 的.json", "registered_on", "日期")
    refused(run("--data", folder, "case", "add", PATHS["01"], tmp_path / "没有.json"), "没有.json")
    refused(run("--data", folder, "case", "add", tmp_path))
    assert digest(folder) == before
    assert run("--data", folder, "case", "add", PATHS["05"], "--json").value[0]["number"] == NUMBER


def test_case_list(run: Run, folder: Path) -> None:
    assert run("--data", folder, "case", "list").out == "没有找到纠纷。\n"
    assert run("--data", folder, "case", "list", "--json").value == []
    run("--data", folder, "case", "add", *reversed(PATHS.values()))
    rows = run("--data", folder, "case", "list", "--json").value
    assert len(rows) == 5
    assert {"id", "number", "title", "type", "registered_on", "status"} <= rows[0].keys()
    (row,) = run("--data", folder, "case", "list", "--query", "漏水 桂芳", "--json").value
    assert (row["number"], row["registered_on"], row["status"]) == (NUMBER, "2024-05-06", "已履行")
    assert run("--data", folder, "case", "list", "--query", "桂芳").out == f"{NUMBER}  2024-05-06  已履行  陈桂芳与蒋小龙邻里纠纷\n"
    assert run("--data", folder, "case", "list", "--query", "'\"*%_ OR", "--json").value == []


@pytest.mark.parametrize("number", PATHS)
def test_case_show_is_the_case_file(run: Run, folder: Path, number: str) -> None:
    (added,) = run("--data", folder, "case", "add", PATHS[number], "--json").value
    assert run("--data", folder, "case", "show", added["number"], "--json").value == document(number)
    assert run("--data", folder, "case", "show", added["id"], "--json").value == document(number)
    heading, _, rest = run("--data", folder, "case", "show", added["number"]).out.partition("\n")
    assert heading.startswith(added["number"])
    assert json.loads(rest) == document(number)


def test_case_show_of_an_unknown_number(run: Run, folder: Path) -> None:
    refused(run("--data", folder, "case", "show", "〔2025〕石桥人调字第9号", "--json"), "〔2025〕石桥人调字第9号")


@pytest.mark.parametrize("kind", ["调解协议书", "受理登记表", "任务单", "督办单", "反馈单"])
def test_print(run: Run, folder: Path, tmp_path: Path, kind: str) -> None:
    run("--data", folder, "case", "add", PATHS["05"])
    for arguments in ([], ["--index", "1"]):
        path = tmp_path / f"文书 {kind}{len(arguments)}.pdf"
        answer = run("--data", folder, "print", NUMBER, kind, "-o", path, *arguments)
        assert answer == (0, f"已写入 {path}\n", "")
        assert path.read_bytes().startswith(b"%PDF-")


def test_print_of_an_advisory_letter(run: Run, folder: Path, tmp_path: Path) -> None:
    order = document("05")["letters"][0] | {"kind": "提示函", "title": "关于防范漏水纠纷的提示函"}
    (tmp_path / "函.json").write_bytes(packed(document("05") | {"letters": [order, order]}))
    run("--data", folder, "case", "add", tmp_path / "函.json")
    refused(run("--data", folder, "print", NUMBER, "提示函", "-o", tmp_path / "x.pdf"), "--index")
    refused(run("--data", folder, "print", NUMBER, "提示函", "--index", "3", "-o", tmp_path / "x.pdf"), "2份")
    refused(run("--data", folder, "print", NUMBER, "提示函", "--index", "0", "-o", tmp_path / "x.pdf"))
    assert not (tmp_path / "x.pdf").exists()
    assert run("--data", folder, "print", NUMBER, "提示函", "--index", "2", "-o", tmp_path / "x.pdf").code == 0


def test_print_the_dossier_and_everything(run: Run, folder: Path, tmp_path: Path) -> None:
    run("--data", folder, "case", "add", PATHS["05"])
    assert "缺当事人身份证明" in run("--data", folder, "print", NUMBER, "卷宗", "-o", tmp_path / "卷宗.pdf").out
    assert (tmp_path / "卷宗.pdf").read_bytes().startswith(b"%PDF-")
    answer = run("--data", folder, "print", NUMBER, "--all", "-o", tmp_path / "全部")
    names = [path.name for path in (tmp_path / "全部").iterdir()]
    assert f"{len(names)}个文件" in answer.out
    assert {"卷宗封面", "调解协议书", "任务单"} <= {name[3:].removesuffix(".pdf").split("（")[0] for name in names}


def test_print_of_what_is_not_there(run: Run, folder: Path, tmp_path: Path) -> None:
    run("--data", folder, "case", "add", PATHS["05"])
    refused(run("--data", folder, "print", NUMBER, "提示函", "-o", tmp_path / "x.pdf"), "提示函")
    refused(run("--data", folder, "print", NUMBER, "传票", "-o", tmp_path / "x.pdf"), "传票")
    refused(run("--data", folder, "print", "〔2024〕", "任务单", "-o", tmp_path / "x.pdf"))
    refused(run("--data", folder, "print", NUMBER, "任务单", "-o", tmp_path / "没有" / "x.pdf"), "x.pdf")
    assert list(tmp_path.glob("*.pdf")) == []


def test_enrolment_export_and_import(run: Run, office: dict[str, Path], tmp_path: Path) -> None:
    village, county = tmp_path / "新 村", office[COUNTY]
    set_up(village, PASSWORD, level="村", name="新村", cost=CHEAP).close()
    asked, approved, stick = tmp_path / "申请 1.json", tmp_path / "批准 1.json", tmp_path / "U 盘"
    stick.mkdir()
    requested = run("--data", village, "enrol", "request", "-o", asked, "--json").value
    assert requested == {"path": str(asked), "fingerprint": requested["fingerprint"]}
    arguments = ["--data", county, "enrol", "approve", asked, "--code", "203", "--parent", TOWN, "-o", approved, "--json"]
    refused(run(*arguments, "--fingerprint", "AAAA-AAAA-AAAA"), "核对码")
    approval = run(*arguments, "--fingerprint", requested["fingerprint"]).value
    assert approval == {"name": "新村", "code": "203", "fingerprint": requested["fingerprint"]}
    accepted = run("--data", village, "enrol", "accept", approved, "--json").value
    assert (accepted["office"], accepted["code"], accepted["county"]) == ("新村", "203", "云溪县综治中心")

    run("--data", village, "case", "add", PATHS["03"])
    exported = run("--data", village, "export", "--to", TOWN, "-o", stick, "--json").value
    assert {name: exported[name] for name in ("receiver", "cases", "changes")} == {"receiver": "青石镇综治中心", "cases": 1, "changes": 1}
    path = Path(exported["paths"][0])
    assert path.parent == stick
    assert path.stat().st_size == exported["size"]
    (imported,) = run("--data", office[TOWN], "import", path, "--json").value
    assert (imported["file"], imported["sender"], imported["changes"], len(imported["new_cases"])) == (str(path), "新村", 1, 1)
    assert run("--data", office[TOWN], "case", "show", imported["new_cases"][0], "--json").value == document("03")
    assert "以前导入过" in run("--data", office[TOWN], "import", path).out


def test_enrolment_and_exchange_in_words(run: Run, office: dict[str, Path], tmp_path: Path) -> None:
    asked, approved = tmp_path / "申请", tmp_path / "批准"
    assert "核对码" in run("--data", office[STONE], "enrol", "request", "-o", asked).out
    said = run("--data", office[COUNTY], "enrol", "approve", asked, "--code", STONE, "--parent", TOWN, "-o", approved)
    assert said.out.startswith("已批准：石桥村")
    assert run("--data", office[STONE], "enrol", "accept", approved).out.startswith("已加入：云溪县综治中心")
    assert "可以拔出优盘" in run("--data", office[STONE], "export", "--to", TOWN, "-o", tmp_path).out


def test_what_the_county_alone_may_do(run: Run, office: dict[str, Path], tmp_path: Path) -> None:
    run("--data", office[STONE], "enrol", "request", "-o", tmp_path / "申请")
    refused(
        run("--data", office[TOWN], "enrol", "approve", tmp_path / "申请", "--code", "1", "--parent", TOWN, "-o", tmp_path / "x"), "县级"
    )


def test_exchange_before_enrolment(run: Run, folder: Path, tmp_path: Path) -> None:
    refused(run("--data", folder, "export", "--to", TOWN, "-o", tmp_path, "--json"), "还没有加入")
    (tmp_path / "x.fqb").write_bytes(b"x")
    refused(run("--data", folder, "import", tmp_path / "x.fqb", "--json"), "还没有加入")


def test_import_of_several_files_takes_the_good_and_names_the_bad(run: Run, office: dict[str, Path], tmp_path: Path) -> None:
    run("--data", office[STONE], "case", "add", PATHS["03"])
    good = run("--data", office[STONE], "export", "--to", TOWN, "-o", tmp_path, "--json").value["paths"][0]
    bad, absent = tmp_path / "坏.fqb", tmp_path / "没有.fqb"
    bad.write_bytes(Path(good).read_bytes()[:-1])
    refused(run("--data", office[TOWN], "import", bad, "--json"), "交换包")
    refused(run("--data", office[TOWN], "import", bad, absent, "--json"), "坏.fqb", "没有.fqb")
    answer = run("--data", office[TOWN], "import", bad, good, absent, "--json")
    assert answer.code == 1
    assert [set(result) & {"refused", "changes"} for result in json.loads(answer.out)] == [{"refused"}, {"changes"}, {"refused"}]
    refused(answer._replace(out=""), "坏.fqb", "没有.fqb")


@pytest.mark.parametrize(
    "command", [["case", "list"], ["case", "add", "x.json"], ["print", NUMBER, "任务单", "-o", "x.pdf"], ["import", "x.fqb"]]
)
def test_where_there_is_no_office(run: Run, tmp_path: Path, command: list[str]) -> None:
    refused(run("--data", tmp_path / "空", *command), "init")
    assert list(tmp_path.iterdir()) == []


def test_names_that_no_file_can_have(run: Run, office: dict[str, Path], tmp_path: Path) -> None:
    long = tmp_path / ("长" * 200)
    refused(run("--data", long, "case", "list"))
    refused(run("--data", long, "init", "--level", "村", "--name", "x"))
    for command in (["import"], ["case", "add"], ["enrol", "accept"]):
        refused(run("--data", office[STONE], *command, long))
    refused(run("--data", office[STONE], "export", "--to", TOWN, "-o", long))
    refused(run("--data", office[STONE], "enrol", "request", "-o", long))


def test_a_wrong_password(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(folder)
    for password in ("", "错的", PASSWORD + " "):
        monkeypatch.setenv("FENGQIAO_PASSWORD", password)
        for command in (["case", "list", "--json"], ["case", "add", PATHS["01"]]):
            refused(run("--data", folder, *command), "密码")
    assert digest(folder) == before


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What an operator types who is asked for the password."""
    typed: list[str] = []
    monkeypatch.delenv("FENGQIAO_PASSWORD")
    monkeypatch.setattr("getpass.getpass", lambda _: typed.pop(0))
    monkeypatch.setattr("sys.stdin", None)  # no pipe
    yield typed
    assert typed == []


def test_the_password_may_come_from_a_pipe(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FENGQIAO_PASSWORD")
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    assert run("--data", folder, "case", "list", "--json").value == []
    refused(run("--data", folder, "case", "list", "--json"), "没有输入密码")


def test_the_password_is_asked_for(run: Run, folder: Path, tmp_path: Path, answers: list[str]) -> None:
    answers.append(PASSWORD)
    assert run("--data", folder, "case", "list", "--json").value == []
    answers += ["一", "二"]
    refused(run("--data", tmp_path / "新", "init", "--level", "村", "--name", "新村"), "不一致")
    answers += ["一", "一"]
    assert run("--data", tmp_path / "新", "init", "--level", "村", "--name", "新村").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["x"],
        ["case"],
        ["case", "add"],
        ["case", "show"],
        ["case", "list", "--limit", "5"],
        ["init"],
        ["init", "--level", "省", "--name", "x"],
        ["init", "--level", "村"],
        ["print", NUMBER, "任务单"],
        ["print", NUMBER, "-o", "x.pdf"],
        ["print", NUMBER, "任务单", "--all", "-o", "x"],
        ["print", NUMBER, "任务单", "-o", "x.pdf", "--index", "一"],
        ["enrol"],
        ["enrol", "approve", "x", "--code", "1", "-o", "y"],
        ["export", "--to", "1"],
        ["import"],
        ["demo"],
        ["--data"],
    ],
)
def test_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    said = capsys.readouterr()
    assert (caught.value.code, said.out) == (2, "")
    assert said.err.startswith("命令不对（")
    assert not re.search("required|invalid|argument|expected", said.err)


@pytest.mark.parametrize(
    "arguments", [["-h"], ["case", "-h"], ["case", "add", "-h"], ["print", "-h"], ["enrol", "approve", "-h"], ["demo", "-h"]]
)
def test_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    said = capsys.readouterr()
    assert (caught.value.code, said.err) == (0, "")
    assert said.out.startswith("用法：")
    assert not re.search("positional|optional|options|show this", said.out)
