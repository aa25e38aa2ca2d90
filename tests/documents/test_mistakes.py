"""What is wrong in an office's form file is told in Chinese, with the line where it stands."""

import re
from pathlib import Path

import pytest

from desktop.documents.form_file import FormError, read_form
from desktop.documents.mistakes import in_chinese

HEAD = 'name = "坏"\nabout = "case"\ntitle = "坏"\n[looks]\n"正文" = { size = 14 }\n'
BLOCK = '[[block]]\nkind = "text"\ntext = "甲"\n'


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (HEAD + BLOCK + "[[blocks]]\n", 9, "不认识“blocks”这一项"),
        ("# blocks = 1\nblocks = 1\n" + HEAD + BLOCK, 2, "不认识“blocks”这一项"),
        (HEAD + BLOCK + 'allign = "left"\n', 9, "不认识“allign”这一项"),
        (HEAD + BLOCK + "[dossiers]\norder = 1\n", 9, "不认识“dossiers”这一项"),
        (HEAD + '"大" = { sise = 30 }\n' + BLOCK, 6, "不认识“sise”这一项"),
        (HEAD.replace('title = "坏"\n', "") + BLOCK, 1, "缺少“title”这一项"),
        (HEAD + BLOCK.replace('text = "甲"\n', ""), 6, "缺少“text”这一项"),
        (HEAD.replace("14", '"abc"') + BLOCK, 5, "应为数字，现为文字"),
        (HEAD + '"大" = { size = "abc" }\n' + BLOCK, 6, "应为数字，现为文字"),
        (HEAD + '[looks."大"]\nfont = "黑"\nsize = "abc"\n' + BLOCK, 8, "应为数字，现为文字"),
        (HEAD + BLOCK + "when = 2\n", 9, "应为文字，现为整数"),
        (HEAD + BLOCK + "keep = 2026-01-01\n", 9, "应为true或者false，现为日期"),
        ("block = 3\n" + HEAD, 1, "应为列表，现为整数"),
        (HEAD + '"大" = 3\n' + BLOCK, 6, "应为表，现为整数"),
        (HEAD + BLOCK + "before = -1\n", 9, "数值不能小于0"),
        (HEAD + BLOCK + "before = 900\n", 9, "数值不能大于800"),
        (HEAD.replace("case", "cases") + BLOCK, 2, "没有“cases”这个选项"),
        (HEAD + BLOCK.replace('"text"', '"texte"'), 7, "没有“texte”这个选项"),
        (HEAD + BLOCK.replace('"甲"', '"""甲\n{% for %}"""'), 8, ""),
        ('needs = "调解协议"\n' + HEAD + BLOCK, 1, "写明needs的，应在dossier中以only写明结果"),
    ],
)
def test_a_mistake_is_told_in_chinese_with_its_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    path = tmp_path / "坏.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormError, match=re.escape(f"“坏.toml”第{line}行有误（{reason}")):
        read_form(path, lambda name: tmp_path / name)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Expected `str` of length >= 1", "长度不能小于1"),
        ("Expected `array` of length == 2", "长度应等于2"),
        ("Expected `str | null`, got `null`", "应为文字，现为空"),
        ("Expected `int` < 2.5", "数值应小于2.5"),
        ("Invalid enum value 3", "没有“3”这个选项"),
        ("Something else", "内容不符合要求"),
    ],
)
def test_other_messages(message: str, said: str) -> None:
    assert in_chinese(message) == said
