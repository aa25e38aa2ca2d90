"""How many keys beyond the text it takes to come from the empty desk to the printed agreement of sample 03.

What counts: every key that is no character of a text. Enter, Tab, arrows, F-keys and chords count, a chord as one; so does each letter or
figure by which something is chosen from a list, because the text of the choice is not typed; so does Enter in the system's own dialog for
the file. What does not count is the text itself: what the case file says, typed into a line or a page, dates and times as they are usually
written (`2025-2-21 9:30-11:00`), several names or parts of one line with the 、 or ， between them.

What is typed is the whole case file up to the printed agreement: the day of signing and the visits come after the paper.
"""

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
from tests.domain.samples import document
from tests.e2e.conftest import sat_down
from tests.e2e.entering import Document
from tests.e2e.keyboard import OFFSCREEN, Hand, Keyboard
from tests.ui.hands import CHEAP, PASSWORD

pytestmark = OFFSCREEN

LIMIT = 60
CASE = document("03")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A village office with no cases, in which 李正平 works."""
    with set_up(tmp_path / "office", PASSWORD, level="村", name="浦贝乡浦贝村综治中心", operator=CASE["mediators"][0], cost=CHEAP) as made:
        yield made


@pytest.fixture(autouse=True)
def window(qtbot: QtBot, theme: Theme, hand: Hand, desk: Desk) -> Iterator[Window]:
    """The empty desk: 今日 in front, nothing to do."""
    with sat_down(qtbot, theme, hand, desk) as made:
        yield made


def line(keys: Keyboard, *texts: str) -> None:
    """Lines one after the other with Enter between them; nothing is typed where a line stays as it is."""
    for number, text in enumerate(texts):
        if number:
            keys.press("Enter")
        if text:
            keys.write(text)


def begin(keys: Keyboard) -> None:
    """What the dispute is about."""
    keys.press("F2", "7", "Enter", "2", "Enter")
    line(keys, CASE["registered_on"], CASE["occurred_on"], CASE["place"], CASE["summary"])
    keys.press("Ctrl+Enter")
    keys.write(CASE["claims"][0])
    keys.press("Ctrl+Enter")
    line(keys, "", str(CASE["people_count"]), "", "", CASE["recorder"])


def name_parties(keys: Keyboard) -> None:
    """Who quarrels, and how risky it is."""
    keys.press("Ctrl+2")
    for party in CASE["parties"]:
        keys.press("F6")
        line(keys, *(party[name] for name in ("name", "id_number", "ethnic", "occupation", "phone", "address")))
        if "main" in party:
            keys.press("Enter", "Space")
    keys.press("Ctrl+3", "1")


def record(keys: Keyboard) -> None:
    """The survey with its evidence, and the mediation."""
    survey, mediation = CASE["sessions"]
    keys.press("Ctrl+4", "Ctrl+G", "Ctrl+F6")
    line(keys, "2025-2-21 9:30-11:00", survey["place"], "、".join(survey["participants"]), survey["record"])
    for one in survey["evidence"]:
        keys.press("Shift+F6")
        keys.write(f"{one['name']}，{one['kind']}，{one['provider']}，{one['pages']}页")
    keys.press("F6")
    line(keys, "2025-2-21 14:00-15:20", mediation["place"], "、".join(mediation["participants"]), mediation["record"])
    keys.press("Ctrl+Enter", "1")


def agree(keys: Keyboard) -> None:
    """What was agreed."""
    agreement = CASE["agreement"]
    keys.press("Ctrl+5")
    keys.write(agreement["facts"])
    keys.press("Ctrl+Enter")
    line(keys, *agreement["clauses"])
    keys.press("F6")
    line(keys, "", agreement["obligations"][0]["act"], agreement["obligations"][0]["due_on"])


def wanted() -> Document:
    """The case file as it is when the agreement is printed."""
    case = {name: value for name, value in CASE.items() if name != "visits"}
    return case | {"agreement": {name: value for name, value in CASE["agreement"].items() if name != "signed_on"}}


def test_at_most_sixty_keys_beyond_the_text(keys: Keyboard, desk: Desk, tmp_path: Path) -> None:
    begin(keys)
    name_parties(keys)
    record(keys)
    agree(keys)
    keys.press("F9")  # saves first, and shows the agreement, on whose tab one stands
    paper = keys.save_pdf(tmp_path / "协议书.pdf")
    keys.keys.append("Enter in the system's dialog")

    assert len(keys.keys) <= LIMIT, keys.keys
    assert all("".join(text.split()) in paper for text in CASE["agreement"]["clauses"])
    (row,) = cases.rows(desk)
    assert json.loads(write_case(cases.load(desk, row.id))) == wanted()
