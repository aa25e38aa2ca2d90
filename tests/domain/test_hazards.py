"""The local names of 六类风险隐患 are data."""

import pytest

from desktop.domain.hazards import HazardsRefused, read_hazards
from desktop.resources import resource


def test_the_shipped_names() -> None:
    names = read_hazards(resource("codes", "hazards.toml").read_text("utf-8"))
    assert len(names) == len(set(names)) == 6


LONG = "甲" * 41


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", r"toml有误.*一组名称"),
        ("# 六类\nnames = []", "第2行有误.*一组名称"),
        ("names = '家庭'", "第1行有误.*一组名称"),
        (f"names = {[str(n) for n in range(31)]}", "一组名称"),
        ("names = [\n'家庭',\n1]", "第3行有误.*第2个名称"),
        ("names = ['']", "第1个名称"),
        (f"names = [\n'{LONG}']", "第2行有误.*第1个名称"),
        ("names =", "第1行有误.*TOML"),
        ("names = ['a']\nx = 1", "第2行有误.*“x”"),
        ("names = [\n'家庭',\n'邻里',\n'家庭']", "第4行有误.*重复"),
        ("a = " + "[" * 5000, "有误"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, words: str) -> None:
    with pytest.raises(HazardsRefused, match=rf"{words}.*。$"):
        read_hazards(text)
