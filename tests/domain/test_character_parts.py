import pytest

from desktop.domain.character_parts import CharacterTable, read_code_point, read_parts

SMALL = """#4
木|十人
天一大|人
#5
龙丶尤|
#9
栊木龙|丶十人尤
䶮天龙|一丶人大尤
#16
龍|立月
#20
櫳木龍|十人月立
##
木5:𬂥𬂦
"""
TABLE = CharacterTable(f"\n{SMALL}")


@pytest.mark.parametrize("text", ["U+2CE18", "2CE18", "2ce18", "0x2CE18", "&#x2CE18;", "Ｕ＋２ＣＥ１８", " u+2ce18 "])
def test_a_code_point_has_many_spellings(text: str) -> None:
    assert read_code_point(text) == "\U0002ce18"


@pytest.mark.parametrize("text", ["E000", "F0000", "D800", "0007", "0085", "12", "1234567", "110000", "龙天", "", "U+"])
def test_what_is_no_character_has_no_code_point(text: str) -> None:
    assert read_code_point(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [("木 + 龙", "木龙"), ("⿱龙天", "龙天"), ("艹、日", "艹日"), ("牛牛牛", "牛牛牛"), ("U+4E00", ""), ("氵工，5", "氵工")],
)
def test_parts_are_what_one_types(text: str, parts: str) -> None:
    assert read_parts(text) == tuple(parts)


def test_characters_made_of_just_the_parts_come_first() -> None:
    assert TABLE.find(("龙", "天")) == ("䶮",)
    assert TABLE.find(("木", "龙")) == ("栊", "櫳", "𬂥", "𬂦")
    assert TABLE.find(("木", "龙"), 20) == ("櫳",)
    assert TABLE.find(("木", "龙"), 9) == ("栊", "𬂥", "𬂦")
    assert TABLE.find(("木", "龙"), 7) == TABLE.find(()) == TABLE.find(("马",)) == ()


def test_strokes_are_those_of_the_group() -> None:
    assert [TABLE.strokes(character) for character in "木龙䶮龍櫳马"] == [4, 5, 9, 16, 20, 0]
