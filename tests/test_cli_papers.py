"""The command line on scans and sealed papers."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from desktop.app import main
from desktop.services import disclosure
from desktop.services.desk import open_desk, set_up
from tests.domain.samples import PATHS
from tests.services.offices import CHEAP, PASSWORD

NUMBER = "〔2024〕石桥人调字第1号"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A village with sample 05."""
    monkeypatch.setenv("FENGQIAO_PASSWORD", PASSWORD)
    set_up(tmp_path / "数据", PASSWORD, level="村", name="石桥村", cost=CHEAP).close()
    assert main(["--data", str(tmp_path / "数据"), "case", "add", str(PATHS["05"])]) == 0
    return str(tmp_path / "数据")


def test_attach_a_scan(folder: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Image.new("L", (600, 900), "white").save(tmp_path / "身份证.jpg")
    (tmp_path / "程序.pdf").write_bytes(b"MZ" + bytes(200))
    capfd.readouterr()
    assert main(["--data", folder, "case", "attach", NUMBER, "当事人身份证明", str(tmp_path / "身份证.jpg")]) == 0
    assert capfd.readouterr() == ("已加入卷宗：身份证（当事人身份证明，1页）\n", "")
    assert main(["--data", folder, "case", "attach", NUMBER, "其他", str(tmp_path / "程序.pdf")]) == 1
    assert capfd.readouterr().err.endswith("。\n")


def test_papers_and_files_with_id_numbers_leave_a_line(folder: str, tmp_path: Path) -> None:
    for words in (
        ["case", "show", NUMBER],
        ["print", NUMBER, "授权委托书", "-o", str(tmp_path / "委托.pdf")],
        ["print", NUMBER, "--all", "-o", str(tmp_path / "全部")],
        ["print", NUMBER, "授权委托书", "-o", str(tmp_path / "没有这个文件夹" / "委托.pdf")],
        ["print", NUMBER, "调解协议书", "-o", str(tmp_path / "协议.pdf")],
    ):
        main(["--data", folder, *words])
    with closing(open_desk(Path(folder), PASSWORD)) as desk:
        told = [line.what.partition("，")[0] for line in disclosure.lines(desk)]
    assert told == ["保存《卷宗》", "保存《授权委托书》", "导出《案件文件》"]


def test_seal_and_verify(folder: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    draft, final = str(tmp_path / "未定稿.pdf"), str(tmp_path / "定稿.pdf")
    assert main(["--data", folder, "print", NUMBER, "调解协议书", "-o", draft]) == 0
    capfd.readouterr()
    assert main(["--data", folder, "seal", NUMBER, "调解协议书", "-o", final, "--json"]) == 0
    sealed = json.loads(capfd.readouterr().out)
    assert (sealed["kind"], sealed["version"], sealed["replaces"]) == ("调解协议书", 1, None)
    assert main(["--data", folder, "verify", final, "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["kind"] == "sealed"
    assert main(["--data", folder, "verify", draft]) == 1
    assert capfd.readouterr().err.endswith("。\n")
