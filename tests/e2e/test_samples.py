"""Each of the sample cases is typed by keyboard, field by field, and printed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.case_file import write_case
from desktop.services import cases
from desktop.services.desk import Desk, set_up
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.domain.samples import PATHS, document
from tests.e2e.conftest import sat_down
from tests.e2e.entering import Document, enter_case
from tests.e2e.keyboard import OFFSCREEN, Hand, Keyboard
from tests.ui.hands import CHEAP, PASSWORD

pytestmark = OFFSCREEN


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A village office with no cases."""
    with set_up(tmp_path / "office", PASSWORD, level="村", name="浦贝乡浦贝村综治中心", operator="李正平", cost=CHEAP) as made:
        yield made


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, hand: Hand, desk: Desk) -> Iterator[Window]:
    with sat_down(qtbot, theme, hand, desk) as made:
        yield made


def print_all(keys: Keyboard, folder: Path) -> dict[str, str]:
    """Save every paper of the case as a PDF; their texts by their names."""
    keys.use("预览打印")
    texts = {}
    for name in keys.papers():
        keys.turn_to(name)
        texts[name] = keys.save_pdf(folder / f"{name}.pdf")
        assert texts[name]
    keys.use("关闭")
    return texts


def told(case: Document) -> Iterator[str]:
    """What somebody said, did or promised, as it must stand in the dossier."""
    yield case["summary"]
    yield from (party["name"] for party in case["parties"])
    yield from (session["record"] for session in case["sessions"])
    yield from case["agreement"]["clauses"]
    yield from (visit["note"] for visit in case["visits"])


@pytest.mark.parametrize("number", PATHS)
def test_the_sample_is_typed_and_printed(window: Window, desk: Desk, keys: Keyboard, tmp_path: Path, number: str) -> None:
    enter_case(keys, document(number))
    assert "已保存" in window.case_page().notice.text()
    (row,) = cases.rows(desk)
    assert json.loads(write_case(cases.load(desk, row.id))) == document(number)
    printed = print_all(keys, tmp_path)
    assert printed.keys() >= {"受理登记表", "权利义务告知书", *(letter["kind"] for letter in document(number).get("letters", ()))}
    for text in told(document(number)):
        assert text in printed["整本卷宗"]
