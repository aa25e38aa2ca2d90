"""The local names of 六类风险隐患 are data."""

import pytest

from desktop.domain.hazards import HazardsRefused, is_of_three, read_hazards
from desktop.resources import resource


def test_the_shipped_names() -> None:
    names = read_hazards(resource("codes", "hazards.toml").read_text("utf-8"))
    assert len(names) == len(set(names)) == 6


@pytest.mark.parametrize("text", ["", "names = []", "names = [1]", "names = ['']", "names =", "names = ['a']\nx = 1"])
def test_a_mistake_is_told(text: str) -> None:
    with pytest.raises(HazardsRefused, match=r"hazards\.toml.*。$"):
        read_hazards(text)


def test_three_kinds_are_followed_closely() -> None:
    assert [is_of_three(kind) for kind in ("婚姻家庭", "邻里", "合同")] == [True, True, False]
