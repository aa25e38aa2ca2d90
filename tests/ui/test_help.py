"""The manual: every page of the window has its topic, words are found, pictures are there."""

import re

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.resources import resource
from desktop.ui.help.page import HelpDialog
from desktop.ui.help.topics import found, topics

PAGES = ("start", "today", "disputes", "case", "letters", "meetings", "exchange", "verify", "settings")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_window_has_its_topic(name: str) -> None:
    (topic,) = [one for one in topics() if one.name == name]
    assert topic.title
    assert topic.text.startswith(f"# {topic.title}\n")


@pytest.mark.parametrize(("words", "name"), [("农历 腊月", "typing"), ("恢复码 柜子", "drafts"), ("吹哨", "case"), ("ZS", "disputes")])
def test_words_find_their_page(words: str, name: str) -> None:
    assert name in [topic.name for topic in found(words)]


def test_what_is_nowhere_finds_nothing() -> None:
    assert found("区块链") == ()


def test_every_picture_lies_beside_the_pages() -> None:
    named = [path for topic in topics() for path in re.findall(r"!\[[^]]*\]\(([^)]+)\)", topic.text)]
    assert named
    missing = [path for path in named if not (resource("help") / path).is_file()]
    assert missing == []


def test_the_window_opens_at_the_topic_and_follows_the_search(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = HelpDialog(parent, "letters")
    assert dialog.showing() == "letters"
    assert "督办单" in dialog.page.toPlainText()
    dialog.search.setText("生僻字 部分")
    assert dialog.showing() == "typing"
    dialog.search.setText("区块链")
    assert not dialog.nothing.isHidden()
    dialog.search.clear()
    assert dialog.topics.count() == len(topics())
