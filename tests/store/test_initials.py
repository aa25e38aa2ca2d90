"""First letters of names: the shipped table is what pypinyin says, and names are found by every reading."""

import runpy
from pathlib import Path

import pytest

from desktop.store.initials import MOST, initials

SCRIPT = Path(__file__).parents[2] / "build" / "characters" / "make_initials.py"


def test_the_shipped_table_is_what_pypinyin_says() -> None:
    made = runpy.run_path(str(SCRIPT))
    assert made["TARGET"].read_text(encoding="utf-8") == made["table"]()


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("张三", ["zs"]),
        ("欧阳·阿里", ["oyal", "oyel", "oyyl"]),
        ("Li四", ["lis"]),
        ("3组", ["3z"]),
        ("", []),
        ("·", []),
    ],
)
def test_a_name_by_first_letters(name: str, ways: list[str]) -> None:
    assert set(initials(name)) >= {ways[0]} if ways else initials(name) == []


@pytest.mark.parametrize(
    ("surname", "readings"), [("单", "sd"), ("曾", "zc"), ("解", "xj"), ("仇", "qc"), ("查", "zc"), ("乐", "yl"), ("翟", "zd")]
)
def test_a_surname_with_two_readings_counts_with_both(surname: str, readings: str) -> None:
    assert {way[0] for way in initials(f"{surname}王")} >= set(readings)


def test_a_long_name_has_few_ways() -> None:
    assert 1 <= len(initials("曾单解仇乐翟查" * 5)) <= MOST
