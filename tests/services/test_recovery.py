"""The recovery sheet: its code opens the office with a new password, and the root key of a county."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from desktop.domain.recovery_code import GroupMistyped
from desktop.services import recovery, root_key
from desktop.services.desk import Desk, open_desk, set_up
from desktop.services.recovery import NoSheet, WrongCode
from desktop.store.keyfile import Cost, WrongPassword

CHEAP = Cost(memory=8, passes=1, lanes=1)
OLD, NEW = "枫桥-2026-经验", "another long word"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    with set_up(tmp_path, OLD, level="县", name="易门县综治中心", code="530425", operator="王县", cost=CHEAP) as made:
        yield made


def test_the_code_sets_a_new_password(county: Desk) -> None:
    folder = county.folder
    assert recovery.reminder(county) == recovery.REMINDER
    code = recovery.make(folder, OLD, CHEAP)
    assert recovery.reminder(county) == ""
    recovery.renew_password(folder, code.lower().replace("-", " "), NEW, CHEAP)
    with pytest.raises(WrongPassword):
        open_desk(folder, OLD)
    with open_desk(folder, NEW) as again:
        assert again.office == county.office
        assert root_key.opened(again, NEW).seed  # the county's root key came along


def test_a_new_sheet_ends_the_old_one(county: Desk) -> None:
    first = recovery.make(county.folder, OLD, CHEAP)
    second = recovery.make(county.folder, OLD, CHEAP)
    with pytest.raises(WrongCode):
        recovery.renew_password(county.folder, first, NEW, CHEAP)
    recovery.renew_password(county.folder, second, NEW, CHEAP)


def test_only_the_password_makes_a_sheet(county: Desk) -> None:
    with pytest.raises(WrongPassword):
        recovery.make(county.folder, "wrong password", CHEAP)
    assert not recovery.is_made(county.folder)


def test_nothing_changes_when_the_code_is_refused(county: Desk) -> None:
    with pytest.raises(NoSheet):
        recovery.renew_password(county.folder, "ABCDE", NEW, CHEAP)
    code = recovery.make(county.folder, OLD, CHEAP)
    wrong = ("3" if code[0] != "3" else "4") + code[1:]
    with pytest.raises(GroupMistyped):
        recovery.renew_password(county.folder, wrong, NEW, CHEAP)
    open_desk(county.folder, OLD).close()


def test_the_sheet_is_one_page_that_says_what_to_do(county: Desk) -> None:
    code = recovery.make(county.folder, OLD, CHEAP)
    with pdfium.PdfDocument(recovery.sheet(county, code)) as document:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_range()
    assert all(group in text for group in code.split("-"))
    assert county.office.name in text
    assert "忘记密码时怎么办" in text
    recovery.forget(county.folder)
    assert not recovery.is_made(county.folder)
