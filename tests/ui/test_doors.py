"""The pages before the office is open."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.desk import Desk
from desktop.ui.doors import SHORTEST, FirstRun, Unlock, password_fault
from desktop.ui.entry.inputs import Choice, Password, Text
from desktop.ui.unlocking import VARIABLE, opened_by_environment
from tests.ui.hands import PASSWORD


@pytest.mark.parametrize(
    ("password", "again", "word"),
    [
        ("short", "short", f"{SHORTEST}个字符"),
        (None, None, "个字符"),
        ("long enough", "long enougH", "不一样"),
        ("long enough", "long enough", ""),
    ],
)
def test_a_password_must_be_long_and_typed_twice(password: str | None, again: str | None, word: str) -> None:
    fault = password_fault(password, again)
    assert word in fault
    assert bool(word) == bool(fault)


def test_the_first_run_says_what_is_missing_and_keeps_what_was_typed(qtbot: QtBot, tmp_path: Path) -> None:
    page = FirstRun(tmp_path)
    qtbot.addWidget(page)
    page.set_up()
    assert "村、镇还是县" in page.notice.text()
    level, name, operator = page.form["level"], page.form["name"], page.form["operator"]
    assert isinstance(level, Choice)
    assert isinstance(name, Text)
    assert isinstance(operator, Text)
    level.box.setCurrentIndex(2)
    name.line.setText("关上街道综治中心")
    operator.line.setText("李正平")
    for field, text in (("password", PASSWORD), ("again", PASSWORD + "x")):
        control = page.form[field]
        assert isinstance(control, Password)
        control.line.setText(text)
    page.set_up()
    assert "不一样" in page.notice.text()
    assert name.text() == "关上街道综治中心"
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_password_is_explained(qtbot: QtBot, desk: Desk) -> None:
    page = Unlock(desk.folder)
    qtbot.addWidget(page)
    assert page.help.isHidden()
    page.password.line.setText("wrong password")
    page.unlock()
    assert "密码不对" in page.notice.text()
    assert not page.help.isHidden()
    page.password.line.setText(PASSWORD)
    with qtbot.waitSignal(page.opened) as blocker:
        page.unlock()
    blocker.args[0].close()


def test_the_environment_may_give_the_password(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert opened_by_environment(desk.folder, "李正平") is None
    monkeypatch.setenv(VARIABLE, "wrong password")
    assert opened_by_environment(desk.folder, "李正平") is None
    monkeypatch.setenv(VARIABLE, PASSWORD)
    found = opened_by_environment(desk.folder, "李正平")
    assert found is not None
    assert found.operator == "李正平"
    found.close()
