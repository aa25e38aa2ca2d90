"""交换回执 on paper: every code can be read out, nothing of a foreign name does harm."""

import pypdfium2
import pytest

from desktop.documents.fonts import MissingCharacterError
from desktop.documents.receipt import Receipt, Row, render

CODE = "7K3P-M9XD-2QRT"
ONE = Receipt("云溪县综治中心", "2026年3月2日9时30分", [Row("青石镇综治中心", 12, 34, 3, CODE)])


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_one_bundle_has_its_code_twice_and_large() -> None:
    (text,) = pages(render(ONE))
    assert text.count(CODE) == 2
    assert "青石镇综治中心" in text
    assert "没有导入的文件" not in text
    assert "处改动要等" not in text


def test_the_same_receipt_gives_the_same_bytes() -> None:
    assert render(ONE) == render(ONE)


def test_many_bundles_are_a_table_with_what_was_refused() -> None:
    rows = [Row(f"第{number}村", number, number, 0, CODE) for number in range(1, 301)]
    refused = [("坏的.fqb", "交换包已损坏，没有导入任何内容，请让对方重新导出。")]
    found = pages(render(ONE._replace(rows=rows, waiting=5, refused=refused)))
    text = "".join(found)
    assert text.count(CODE) == 300
    assert all(f"第{number}村" in text for number in (1, 150, 300))
    assert "交换包已损坏" in text
    assert "另有5处改动要等" in text
    assert len(found) > 8
    assert "经办人（签名）" in found[-1]


@pytest.mark.parametrize("name", ["<b>{{ 7*7 }}{% if %}村", "石桥\u202e村\n委会", "龘䶮村", "x" * 200])
def test_names_are_only_text(name: str) -> None:
    (text,) = pages(render(ONE._replace(rows=[Row(name, 1, 1, 0, CODE)], refused=[(name, name)])))
    assert "49" not in text.replace(CODE, "")
    assert CODE in text


def test_a_character_in_no_font_is_refused_by_name() -> None:
    with pytest.raises(MissingCharacterError):
        render(ONE._replace(office="石桥\ue000村"))
