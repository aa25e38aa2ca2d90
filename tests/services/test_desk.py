from pathlib import Path

import pytest

from desktop.domain.refused import Refused
from desktop.services import cases, enrolment
from desktop.services.desk import (
    DATABASE,
    KEY_FILE,
    NUMBERS_FILE,
    ROOT_KEY_FILE,
    AlreadySetUp,
    BlankName,
    Desk,
    KeyFileMissing,
    NotSetUp,
    is_set_up,
    open_desk,
)
from desktop.store import keyfile, numbers
from desktop.store.files import CannotWrite
from desktop.store.keyfile import EmptyPassword, KeyFileDamaged, WrongPassword
from desktop.store.schema import VERSION, NewerDatabase
from desktop.store.sqlcipher import DatabaseDamaged
from tests.domain.samples import PATHS, sample
from tests.services.offices import CHEAP, PASSWORD, digest, new_office, reopened


def test_an_office_is_made_and_opened_again(tmp_path: Path) -> None:
    folder = tmp_path / "数据 文件夹" / "深一层"
    with new_office(folder, "镇", " 青石镇综治中心 ", code="530199101") as desk:
        made = desk.office
    assert (made.name, made.series, made.level, made.code) == ("青石镇综治中心", "青石", "镇", "530199101")
    assert is_set_up(folder)
    assert sorted(path.name for path in folder.iterdir()) == [DATABASE, KEY_FILE]
    with reopened(folder) as desk:
        assert desk.office == made
        assert desk.operator == "杨娟"
        assert desk.today().isoformat() == "2026-03-02"
    with open_desk(folder, PASSWORD) as desk:
        assert desk.operator == made.name


def test_a_county_has_its_root_key_and_is_enrolled_at_once(tmp_path: Path) -> None:
    with new_office(tmp_path, "县", "云溪县") as desk:
        assert desk.member().station.code == "县"
    assert (tmp_path / ROOT_KEY_FILE).exists()


def _refused(folder: Path, kind: type[Refused], password: str = PASSWORD) -> str:
    """The sentence; the folder stays as it was, byte for byte."""
    before = digest(folder)
    with pytest.raises(kind) as caught:
        open_desk(folder, password)
    assert digest(folder) == before
    assert str(caught.value).endswith("。")
    return str(caught.value)


@pytest.mark.parametrize("password", [PASSWORD + " ", PASSWORD[:-1], PASSWORD.upper() + "a", "密码", "\ud800"])
def test_a_wrong_password_opens_nothing(tmp_path: Path, password: str) -> None:
    new_office(tmp_path).close()
    _refused(tmp_path, WrongPassword, password)


def test_an_empty_password_opens_nothing(tmp_path: Path) -> None:
    new_office(tmp_path).close()
    _refused(tmp_path, EmptyPassword, "")


def test_an_empty_folder_is_no_office(tmp_path: Path) -> None:
    _refused(tmp_path, NotSetUp)


def test_without_its_key_file_a_database_stays_shut(tmp_path: Path) -> None:
    new_office(tmp_path).close()
    (tmp_path / KEY_FILE).unlink()
    assert KEY_FILE in _refused(tmp_path, KeyFileMissing)


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00" * 300, b"[]", "密钥".encode("gb18030")])
def test_a_damaged_key_file_opens_nothing(tmp_path: Path, content: bytes) -> None:
    new_office(tmp_path).close()
    (tmp_path / KEY_FILE).write_bytes(content)
    _refused(tmp_path, KeyFileDamaged)


@pytest.mark.parametrize("content", [b"x" * 5000, b"SQLite format 3\x00" + b"\x00" * 5000, b"x", b""])
def test_what_is_no_database_is_not_opened(tmp_path: Path, content: bytes) -> None:
    new_office(tmp_path).close()
    (tmp_path / DATABASE).write_bytes(content)
    _refused(tmp_path, DatabaseDamaged)


def test_a_newer_database_is_not_touched(tmp_path: Path) -> None:
    with new_office(tmp_path) as desk:
        desk.database.connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    assert "升级" in _refused(tmp_path, NewerDatabase)


def test_an_office_is_not_made_twice(tmp_path: Path) -> None:
    new_office(tmp_path).close()
    before = digest(tmp_path)
    with pytest.raises(AlreadySetUp, match=r"。$"):
        new_office(tmp_path)
    assert digest(tmp_path) == before


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_an_office_needs_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(BlankName, match=r"。$"):
        new_office(tmp_path / "新", name=name)
    assert not (tmp_path / "新").exists()


def test_an_office_needs_a_folder(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("不是文件夹")
    for folder in (tmp_path / "文件", tmp_path / "文件" / "里面"):
        with pytest.raises(CannotWrite, match=r"。$"):
            new_office(folder)


def test_a_half_made_office_can_be_made_again(tmp_path: Path) -> None:
    """The power failed when the key was written and the database not yet under its name."""
    new_office(tmp_path).close()
    (tmp_path / DATABASE).replace(tmp_path / (DATABASE + ".part"))
    assert not is_set_up(tmp_path)
    with new_office(tmp_path, name="柳林村") as desk:
        assert desk.office.name == "柳林村"


def test_the_keys_of_a_database_that_is_away_are_not_lost(tmp_path: Path) -> None:
    folder, backup = tmp_path / "数据", tmp_path / "备份.db"
    with new_office(folder, "县", "云溪县") as desk:
        office = desk.office
    (folder / DATABASE).replace(backup)
    new_office(folder, "县", "另一个县").close()
    new_office_keys = digest(folder)
    for name in (KEY_FILE, ROOT_KEY_FILE):
        (folder / f"{name}.old1").replace(folder / name)
    backup.replace(folder / DATABASE)
    with reopened(folder) as desk:
        assert desk.office == office
    assert new_office_keys.keys() == {DATABASE, KEY_FILE, ROOT_KEY_FILE, f"{KEY_FILE}.old1", f"{ROOT_KEY_FILE}.old1"}


def test_the_password_can_be_changed(tmp_path: Path) -> None:
    with new_office(tmp_path, "县", "云溪县") as desk:
        (number,) = (case.number for case in cases.register_files(desk, [PATHS["03"]]))
        desk.change_password(PASSWORD, "新的密码")
    _refused(tmp_path, WrongPassword)
    with open_desk(tmp_path, "新的密码") as desk:
        assert cases.find(desk, number).number == number
        _approve_a_village(desk, tmp_path, "新的密码")


def _approve_a_village(county: Desk, place: Path, passphrase: str) -> None:
    with new_office(place / "村", code=None) as village:
        enrolment.request(village, place / "申请")
    enrolment.approve(county, place / "申请", "101", county.member().station.code, place / "批准", passphrase=passphrase)


@pytest.mark.parametrize(
    ("old", "new", "kind"), [("错的", "新的", WrongPassword), (PASSWORD, "", EmptyPassword), ("", "新的", EmptyPassword)]
)
def test_a_refused_change_of_password_changes_nothing(tmp_path: Path, old: str, new: str, kind: type[Refused]) -> None:
    with new_office(tmp_path, "县", "云溪县") as desk:
        keys = {name: (tmp_path / name).read_bytes() for name in (KEY_FILE, ROOT_KEY_FILE)}
        with pytest.raises(kind):
            desk.change_password(old, new)
        assert {name: (tmp_path / name).read_bytes() for name in keys} == keys


def test_a_root_key_with_a_password_of_its_own_keeps_it(tmp_path: Path) -> None:
    with new_office(tmp_path, "县", "云溪县") as desk:
        root = tmp_path / ROOT_KEY_FILE
        keyfile.wrap(root, keyfile.unwrap(root, PASSWORD, "fengqiao-root/1"), "根", "fengqiao-root/1", CHEAP)
        desk.change_password(PASSWORD, "新的密码")
        _approve_a_village(desk, tmp_path, "根")
    open_desk(tmp_path, "新的密码").close()


def test_nothing_on_the_disk_tells_the_password_or_the_case(tmp_path: Path) -> None:
    with new_office(tmp_path, "县", "云溪县") as desk:
        cases.register_files(desk, list(PATHS.values()))
        assert (tmp_path / f"{DATABASE}-wal").exists()
        _assert_secret(tmp_path)
    _assert_secret(tmp_path)


def _assert_secret(folder: Path) -> None:
    words = (PASSWORD, "普家顺", "云溪县", "13900000034")
    for path in folder.iterdir():
        data = path.read_bytes()
        assert not data.startswith(b"SQLite format 3")
        for word in words:
            for encoding in ("utf-8", "utf-16-le", "gb18030"):
                assert word.encode(encoding) not in data, (path, word)


def test_a_database_that_was_put_back_takes_its_numbers_elsewhere(tmp_path: Path) -> None:
    with new_office(tmp_path / "村") as desk:
        cases.register(desk, sample("05"))
    before = (tmp_path / "村" / DATABASE).read_bytes()
    for number in (2, 3):
        with reopened(tmp_path / "村") as desk:
            assert cases.register(desk, sample("05")).number.endswith(f"第{number}号")
    (tmp_path / "村" / DATABASE).write_bytes(before)
    with reopened(tmp_path / "村") as desk:
        first = numbers.blocks(desk.database)
        assert first == numbers.Blocks((0,), None)
        taken = cases.register(desk, sample("05")).number
        block = numbers.blocks(desk.database).in_use
        assert block
        assert taken.endswith(f"第{block * numbers.SIZE + 1}号")
    with reopened(tmp_path / "村") as desk:
        assert cases.register(desk, sample("05")).number.endswith(f"第{block * numbers.SIZE + 2}号")


def test_closing_twice_and_closing_a_damaged_office(tmp_path: Path) -> None:
    desk = new_office(tmp_path / "村")
    cases.register(desk, sample("05"))
    (tmp_path / "村" / NUMBERS_FILE).mkdir()
    desk.close()
    desk.close()
    with reopened(tmp_path / "村") as again:
        assert cases.register(again, sample("05")).number.endswith("第2号")
