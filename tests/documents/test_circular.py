"""通报 on paper: every unit with its figures, nothing of a foreign name does harm."""

from datetime import date

import pypdfium2
import pytest

from desktop.documents.circular import render
from desktop.documents.fonts import MissingCharacterError
from desktop.domain.circular import Circular, UnitRow

ROWS = (UnitRow("关上社区", 5, 5, 3, 2, 1, 3, 4), UnitRow("世纪城社区", 3, 3, 3, 0, 0, 3, 0))
ONE = Circular(
    "官渡区综治中心", date(2026, 2, 1), date(2026, 3, 2), ROWS, UnitRow("合计", 8, 8, 6, 2, 1, 6, 4), (("任务单", 6), ("提示函", 2)), 8, 2
)


def pages(told: Circular) -> list[str]:
    document = pypdfium2.PdfDocument(render(told))
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_the_sheet_tells_every_figure() -> None:
    (text,) = pages(ONE)
    assert "2026年2月三单一函办理情况通报" in text
    assert "官渡区综治中心共发出8份，其中任务单6份、提示函2份" in text
    assert "已签收8份，按期反馈6份，逾期2份，退回1份，已销号6份" in text
    assert "关上社区5532134天" in text
    assert "请关上社区抓紧办理" in text
    assert "推送线索8条，其中重复推送2条，重复推送率25.0%。" in text
    assert "重复推送率＝重复推送条数÷推送总条数" in text
    assert "2026年3月2日" in text


def test_a_month_without_letters_and_one_without_delay() -> None:
    (empty,) = pages(ONE._replace(rows=(), total=UnitRow("合计"), kinds=()))
    assert "共发出0份。" in empty
    (prompt,) = pages(ONE._replace(rows=ROWS[1:]))
    assert "抓紧办理" not in prompt


def test_the_same_circular_gives_the_same_bytes() -> None:
    assert render(ONE) == render(ONE)


def test_many_units_break_over_pages_and_none_is_lost() -> None:
    rows = tuple(UnitRow(f"第{number}社区", number, number, 0, 0, 0, 0) for number in range(1, 301))
    found = pages(ONE._replace(rows=rows))
    assert len(found) > 6
    text = "".join(found)
    assert all(f"第{number}社区" in text for number in (1, 150, 300))


@pytest.mark.parametrize("name", ["<b>{{ 7*7 }}{% if %}村", "石桥\u202e村\n委会", "龘䶮村", "x" * 200])
def test_names_are_only_text(name: str) -> None:
    (text,) = pages(ONE._replace(rows=(UnitRow(name, 1, late_days=3),)))
    assert "49" not in text


def test_a_character_in_no_font_is_refused_by_name() -> None:
    with pytest.raises(MissingCharacterError):
        render(ONE._replace(issuer="石桥\ue000村"))
