"""The texts of the library: how they are read and found."""

import pytest

from desktop.domain import library
from desktop.domain.library import LibraryRefused, Snippet, read_library

FILE = """
types = ["邻里"]
[[clause]]
title = "修好漏水"
text = "＿＿修好漏水。"
[[phrase]]
short = "gz"
title = "告知"
text = "已告知。"
"""


def test_a_file_gives_its_texts() -> None:
    leak, told = read_library("邻里", FILE)
    assert (leak.id, leak.kind, leak.types, leak.own) == ("邻里/修好漏水", "clause", ("邻里",), False)
    assert (told.kind, told.short) == ("phrase", "gz")


@pytest.mark.parametrize("text", ["types = 3", "[[clause]]\ntitle = '缺文字'", "不是 TOML", "[[claus]]"])
def test_a_bad_file_is_named(text: str) -> None:
    with pytest.raises(LibraryRefused, match="邻里"):
        read_library("邻里", text)


@pytest.mark.parametrize(
    ("words", "found"), [("", True), ("g", True), ("gz", True), ("gzx", False), ("告知", True), ("权利 告", True), ("赔", False)]
)
def test_a_text_is_found_by_its_abbreviation_or_its_words(words: str, found: bool) -> None:
    assert library.matches(Snippet(kind="phrase", title="告知", text="权利义务", short="gz"), words) is found


def test_what_suits() -> None:
    neighbours = Snippet(kind="clause", title="", text="", types=("邻里",))
    assert [library.suits(neighbours, kind) for kind in ("邻里", "合同", "")] == [True, False, True]


def test_a_text_without_a_name_gets_one() -> None:
    assert library.title_of("＿＿当场付清，不再拖欠。") == "当场付清"
    assert library.title_of("＿＿") == "未命名"
