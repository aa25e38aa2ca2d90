"""What stands behind the doors: practice, the password at a lock, the clock, and an office that is made anew."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from desktop.domain.refused import Refused
from desktop.services import beginning, cases, last_use, locking, practice
from desktop.services.beginning import AlreadyUsed
from desktop.services.desk import KEY_FILE, Desk, is_set_up, open_desk, set_up
from desktop.store.keyfile import Cost, WrongPassword
from tests.domain.samples import PATHS

CHEAP = Cost(memory=8, passes=1, lanes=1)
WORD = "枫桥-2026-经验"
BEIJING = timezone(timedelta(hours=8))
NOON = datetime(2026, 3, 2, 12, tzinfo=BEIJING)


class Hands:
    """A clock whose hands a test moves."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def desk(tmp_path: Path, clock: Hands) -> Iterator[Desk]:
    with set_up(tmp_path / "office", WORD, level="村", name="浦贝村综治中心", operator="李正平", clock=clock, cost=CHEAP) as made:
        yield made


def test_the_lock_opens_with_the_password_of_this_office_only(desk: Desk, tmp_path: Path) -> None:
    locking.check(desk, WORD)
    with pytest.raises(WrongPassword):
        locking.check(desk, "wrong password")
    set_up(tmp_path / "other", "known word", level="村", name="别的村", cost=CHEAP).close()
    (desk.folder / KEY_FILE).write_bytes((tmp_path / "other" / KEY_FILE).read_bytes())
    with pytest.raises(WrongPassword):
        locking.check(desk, "known word")


@pytest.mark.parametrize(
    ("back", "told"),
    [(timedelta(0), ""), (timedelta(hours=1), ""), (timedelta(hours=5), "早5小时"), (timedelta(days=365), "早365天")],
)
def test_a_clock_that_was_set_back_is_told(desk: Desk, clock: Hands, back: timedelta, told: str) -> None:
    assert last_use.clock_fault(desk) == ""
    last_use.remember(desk)
    clock.at = NOON - back
    fault = last_use.clock_fault(desk)
    assert told in fault
    assert bool(told) == bool(fault)
    last_use.remember(desk)  # the later time stays until somebody says that it was wrong
    assert last_use.clock_fault(desk) == fault
    last_use.trust(desk)
    assert last_use.clock_fault(desk) == ""


def test_practice_has_the_samples_and_begins_anew(tmp_path: Path) -> None:
    with practice.open_practice(tmp_path) as made:
        assert practice.is_practice(made)
        assert cases.count(made) == len(PATHS)
        cases.register_files(made, [PATHS["01"]])
    with practice.open_practice(tmp_path) as again:
        assert cases.count(again) == len(PATHS) + 1
    with practice.anew(tmp_path) as fresh:
        assert cases.count(fresh) == len(PATHS)
    (tmp_path / practice.FOLDER / KEY_FILE).write_bytes(b"broken")
    with practice.open_practice(tmp_path) as repaired:
        assert cases.count(repaired) == len(PATHS)
    assert not is_set_up(tmp_path)


def test_the_office_is_no_practice(desk: Desk) -> None:
    assert not practice.is_practice(desk)


def test_an_empty_office_is_made_anew_and_a_used_one_is_not(tmp_path: Path) -> None:
    beginning.undo(set_up(tmp_path, WORD, level="村", name="错的名字", cost=CHEAP))
    assert not is_set_up(tmp_path)
    with set_up(tmp_path, WORD, level="县", name="易门县综治中心", cost=CHEAP) as made:
        cases.register_files(made, [PATHS["01"]])
        with pytest.raises(AlreadyUsed):
            beginning.undo(made)
    with pytest.raises(Refused):
        open_desk(tmp_path, "wrong password")
    open_desk(tmp_path, WORD).close()
