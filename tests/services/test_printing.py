from pathlib import Path

import pytest

from desktop.services import printing
from desktop.services.desk import Desk
from desktop.services.documents import DOSSIER
from desktop.services.printing import Preferences, preferences, remember
from tests.domain.samples import accepted, sample
from tests.services.offices import reopened


def test_nothing_is_known_at_first(desk: Desk) -> None:
    assert preferences(desk, "调解协议书") == Preferences()
    assert preferences(desk, DOSSIER) == Preferences(duplex=True)


def test_each_kind_is_remembered(desk: Desk, tmp_path: Path) -> None:
    remember(desk, "调解协议书", "惠普 1020", duplex=False)
    remember(desk, DOSSIER, "复印机", duplex=False)
    remember(desk, "调解协议书", "惠普 1020", duplex=True)
    desk.close()
    with reopened(desk.folder) as again:
        assert preferences(again, "调解协议书") == Preferences(printer="惠普 1020", duplex=True)
        assert preferences(again, DOSSIER) == Preferences(printer="复印机")


def test_a_new_kind_takes_the_printer_used_last(desk: Desk) -> None:
    remember(desk, "调解协议书", "惠普 1020", duplex=True)
    assert preferences(desk, "任务单") == Preferences(printer="惠普 1020")
    assert preferences(desk, DOSSIER) == Preferences(printer="惠普 1020", duplex=True)
    remember(desk, "任务单", None, duplex=False)
    assert preferences(desk, "受理登记表") == Preferences()


@pytest.mark.parametrize(
    ("kind", "parties", "count"),
    [
        ("调解协议书", 2, 3),
        ("调解协议书", 4, 5),
        ("权利义务告知书", 2, 3),
        ("受理通知书", 2, 2),
        ("任务单", 2, 2),
        ("受理登记表", 2, 1),
        (DOSSIER, 2, 1),
    ],
)
def test_copies(kind: str, parties: int, count: int) -> None:
    case = accepted() if parties == 2 else sample("01")
    assert len(case.parties) == parties
    assert printing.copies(case, kind) == count
