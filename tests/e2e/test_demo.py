"""The main job on real input: what `fengqiao demo` leaves behind."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pytest

from desktop.app import main
from tests.domain.samples import PATHS, document

ROOT = Path(__file__).resolve().parents[2]


class Run(NamedTuple):
    """A demonstration: its folder, what it printed, its summary."""

    out: Path
    said: str
    summary: dict[str, Any]

    @property
    def papers(self) -> list[Path]:
        """The PDFs."""
        return sorted((self.out / "papers").iterdir())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Run:
    out = tmp_path_factory.mktemp("demo") / "结果 一"
    done = subprocess.run([sys.executable, "-m", "desktop", "demo", str(out)], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return Run(out, done.stdout.decode(), json.loads((out / "summary.json").read_bytes()))


def test_the_county_holds_the_union_of_the_villages(demo: Run) -> None:
    offices = demo.summary["offices"]
    assert [(office["level"], office["cases"]) for office in offices] == [
        *(("县", 5), ("镇", 4), ("村", 3), ("村", 1), ("村", 1)),  # the second village helps with a case of the first
        *(("镇", 1), ("村", 1), ("村", 0)),
    ]
    villages = {number for office in offices if office["level"] == "村" for number in office["numbers"]}
    assert set(offices[0]["numbers"]) == villages
    assert len(villages) == 5
    assert demo.summary["county_holds_union_of_villages"] is True


def test_the_county_holds_each_input_field_by_field(demo: Run) -> None:
    assert demo.summary["equal_to_input_field_by_field"] == dict.fromkeys(PATHS, True)


def test_one_stick_was_lost_and_made_good(demo: Run) -> None:
    lost = demo.summary["lost"]
    assert (lost["cases"], lost["changes"]) == (2, 2)
    bundles = {bundle["file"]: bundle for bundle in demo.summary["bundles"]}
    assert bundles[lost["file"]]["delivered"] == 0
    after = next(b for b in bundles.values() if b["from"] == bundles[lost["file"]]["from"] and b["delivered"])
    assert after["changes"] == after["new_changes"][0] == lost["changes"]


def test_one_stick_was_delivered_twice_without_effect(demo: Run) -> None:
    (twice,) = (bundle for bundle in demo.summary["bundles"] if bundle["delivered"] == 2)
    assert twice["new_changes"] == [twice["changes"], 0]
    assert twice["changes"] > 0
    assert demo.summary["twice"]["file"] == twice["file"]


def test_a_stick_that_was_overtaken_brought_nothing(demo: Run) -> None:
    assert demo.summary["overtaken"]["new_changes_of_the_later"] == 2
    assert demo.summary["overtaken"]["of_the_earlier"] == 0


def test_a_restored_computer_got_back_what_it_lost(demo: Run) -> None:
    restored = demo.summary["restored"]
    assert restored["lost"] == 1
    assert restored["after_the_next_exchange"] == restored["cases_in_the_copy"] + restored["lost"]


def test_a_disagreement_was_settled_everywhere(demo: Run) -> None:
    conflict = demo.summary["conflict"]
    assert conflict["field"] == "发生地点"
    assert {version["office"] for version in conflict["versions"]} == {"石桥村", "云溪县综治中心"}
    assert set(conflict["left_in_doubt"].values()) == {0}


def test_a_receipt_code_counts_as_word_of_what_arrived(demo: Run) -> None:
    assert len(demo.summary["receipt"]["code"]) == 14
    assert (demo.summary["receipt"]["not_there_before"], demo.summary["receipt"]["after"]) == (1, 0)


def test_a_computer_out_of_service_was_refused(demo: Run) -> None:
    assert demo.summary["revoked"]["refusal"].startswith("交换包来自已被停用的电脑")
    assert [bundle["delivered"] for bundle in demo.summary["bundles"]][-1] == 0


def test_the_attachment_reached_the_county(demo: Run) -> None:
    assert demo.summary["attachments_exchanged"] >= 2


def test_every_bundle_is_in_the_folder_and_tells_nothing(demo: Run) -> None:
    assert sorted(path.name for path in (demo.out / "bundles").iterdir()) == sorted(bundle["file"] for bundle in demo.summary["bundles"])
    for path in (demo.out / "bundles").iterdir():
        assert path.read_bytes().startswith(b"age-encryption.org/v1\n")
        assert "普家顺".encode() not in path.read_bytes()


def test_exactly_what_the_issue_names_is_written(demo: Run) -> None:
    assert sorted(path.name for path in demo.out.iterdir()) == ["bundles", "case.png", "list.png", "papers", "summary.json"]
    assert demo.summary["changes_exchanged"] == sum(sum(bundle.get("new_changes", [])) for bundle in demo.summary["bundles"])
    assert sum(demo.summary["seconds"].values()) < 60
    assert demo.summary["pictures"] == ["case.png", "list.png"]


def test_every_paper_opens(demo: Run) -> None:
    assert sorted(path.name for path in demo.papers) == sorted(demo.summary["papers"])
    assert {path.stem.split("-")[1].rstrip("23") for path in demo.papers} >= {"受理登记表", "调解协议书", "任务单", "督办单", "反馈单"}
    for path in demo.papers:
        pdf = pypdfium2.PdfDocument(path)
        assert len(pdf) >= 1
        width, height = pdf[0].get_size()
        assert (round(width), round(height)) == (595, 842)
        pdf.close()


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not here")
def test_the_agreements_give_their_words_back(demo: Run) -> None:
    texts = [_plain(path) for path in demo.papers if "协议" in path.name]
    agreements = [document(number) for number in PATHS if "agreement" in document(number)]
    assert len(texts) >= len(agreements)
    for case in agreements:
        words = [*case["agreement"]["clauses"], case["agreement"]["facts"], *(party["name"] for party in case["parties"])]
        assert any(all("".join(word.split()) in text for word in words) for text in texts), words[0]


def _plain(path: Path) -> str:
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True)
    return "".join(done.stdout.decode().split())


def test_pictures_of_the_case_page_and_the_list(demo: Run) -> None:
    for name in ("case.png", "list.png"):
        data = (demo.out / name).read_bytes()
        assert data.startswith(b"\x89PNG\r\n")
        assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == (1280, 800)
        assert len(data) > 20_000


def test_what_is_printed_is_a_short_table_in_chinese(demo: Run) -> None:
    lines = demo.said.splitlines()
    assert len(lines) <= 26
    assert lines[1].startswith("云溪县综治中心")
    assert any("遗失1个" in line for line in lines)
    assert max(map(len, lines)) < 80


def test_where_nothing_can_be_written_it_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "文件").write_text("不是文件夹")
    assert main(["demo", str(tmp_path / "文件")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("。") == 1
