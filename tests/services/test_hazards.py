"""六类风险隐患 in the words of the office, of its county, or of the program."""

import pytest

from desktop.domain.hazards import read_hazards
from desktop.resources import resource
from desktop.services import hazards
from desktop.services.county_settings import HAZARDS
from desktop.services.desk import Desk

SHIPPED = read_hazards(resource("codes", HAZARDS).read_text("utf-8"))


def test_an_office_s_own_names_come_first(desk: Desk) -> None:
    assert hazards.names(desk) == SHIPPED
    (desk.folder / HAZARDS).write_text('names = ["婚恋", "邻里"]', "utf-8-sig")
    assert hazards.names(desk) == ("婚恋", "邻里")
    assert hazards.fault(desk) is None


@pytest.mark.parametrize(("content", "words"), [(b"names = [", "第1行"), (b"\xff", "打不开或不是UTF-8文本")])
def test_a_file_with_a_mistake_is_told_and_stops_nothing(desk: Desk, content: bytes, words: str) -> None:
    (desk.folder / HAZARDS).write_bytes(content)
    assert hazards.names(desk) == SHIPPED
    told = hazards.fault(desk) or ""
    assert "hazards.toml" in told
    assert words in told
    assert told.endswith("。")
