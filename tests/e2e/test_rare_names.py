"""Names with rare characters, from the village's keyboard to the county's search."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from desktop.app import main
from tests.domain.samples import document, packed
from tests.services.offices import COUNTY, PASSWORD, STONE, TOWN, copied, found_tree

NAMES = ("䶮国强", "李𬭎", "普㛃仙", "𪩘文学·阿普")


@pytest.fixture
def data(tmp_path: Path) -> dict[str, Path]:
    found_tree(tmp_path / "新建")
    return copied(tmp_path / "新建", tmp_path)


def _run(capfd: pytest.CaptureFixture[str], *arguments: object) -> str:
    capfd.readouterr()
    code = main([str(argument) for argument in arguments])
    out, err = capfd.readouterr()
    assert (code, err) == (0, "")
    return out


def test_rare_names_end_to_end(
    data: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FENGQIAO_PASSWORD", PASSWORD)
    case = document("03")
    case["parties"] = [party | {"name": name} for name, party in zip(NAMES, case["parties"] * 2, strict=True)]
    case["agreement"]["obligations"][0] |= {"payer": NAMES[3], "payee": NAMES[0]}
    (tmp_path / "案件.json").write_bytes(packed(case))
    (added,) = json.loads(_run(capfd, "--data", data[STONE], "case", "add", tmp_path / "案件.json", "--json"))
    for kind in ("调解协议书", "受理登记表"):
        _run(capfd, "--data", data[STONE], "print", added["number"], kind, "-o", tmp_path / f"{kind}.pdf")
    for sender, receiver in ((STONE, TOWN), (TOWN, COUNTY)):
        stick = json.loads(_run(capfd, "--data", data[sender], "export", "--to", receiver, "-o", tmp_path, "--json"))
        _run(capfd, "--data", data[receiver], "import", *stick["paths"])
    for name in NAMES:
        for query in (name, name[:2], next(c for c in name if c in "䶮𬭎㛃𪩘")):
            (row,) = json.loads(_run(capfd, "--data", data[COUNTY], "case", "list", "--query", query, "--json"))
            assert row["number"] == added["number"]
    assert json.loads(_run(capfd, "--data", data[COUNTY], "case", "show", added["number"], "--json")) == case
    if shutil.which("pdftotext"):
        for kind in ("调解协议书", "受理登记表"):
            done = subprocess.run(["pdftotext", str(tmp_path / f"{kind}.pdf"), "-"], check=True, capture_output=True)
            text = "".join(done.stdout.decode().split())
            assert [name for name in NAMES if name not in text] == []
