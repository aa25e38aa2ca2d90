"""What a fault of the program tells, and what it never tells."""

import sys
import threading

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.faults import install_excepthook, report

SECRET = "普家顺 530199196207190699"


def fail() -> None:
    raise ValueError(SECRET)


def caught() -> ValueError:
    try:
        fail()
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_names_the_place_and_nothing_that_was_typed() -> None:
    error = caught()
    text = report(type(error), error.__traceback__)
    assert "ValueError" in text
    assert "test_faults.py" in text
    assert " fail" in text
    assert not any(word in text for word in SECRET.split())


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_fault_is_shown_in_a_dialog(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    install_excepthook(window)
    error = caught()
    sys.excepthook(type(error), error, error.__traceback__)
    (box,) = window.findChildren(QMessageBox)
    assert "已经保存的内容不受影响" in box.text()
    assert SECRET not in box.detailedText()
    assert SECRET not in capsys.readouterr().err
    box.close()
