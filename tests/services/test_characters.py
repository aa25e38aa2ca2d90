import pytest

from desktop.services.characters import drawn, find, table, unprintable_in


@pytest.mark.parametrize(
    ("typed", "character"),
    [
        ("龙天", "䶮"),
        ("龍天", "龑"),
        ("方方土", "堃"),
        ("吉吉", "喆"),
        ("牛牛牛", "犇"),
        ("水工", "江"),
        ("山乘", "嵊"),
        ("木风", "枫"),
        ("钅仑", "\U0002cb2d"),
        ("钅波", "\U0002cb5b"),
        ("U+4DAE", "䶮"),
        ("2CE18", "\U0002ce18"),
    ],
)
def test_characters_of_names_are_found_by_what_one_can_type(typed: str, character: str) -> None:
    assert character in find(typed)


def test_those_that_print_come_first() -> None:
    printed = [drawn(character) is not None for character in find("木龙")]
    assert printed == sorted(printed, reverse=True)
    assert len(printed) > 9


def test_nearly_every_ideograph_is_found_by_its_parts() -> None:
    held = {line[0] for line in table()._text.splitlines() if line}
    assert set(map(chr, range(0x4E00, 0x9FA6))) - held == {"卄"}
    assert len(held) > 74_000


def test_a_character_is_drawn_by_the_font_of_the_paper() -> None:
    assert [found and found.font.stem for found in map(drawn, "龙䶮𠀀")] == ["FandolFang-Regular", "LXGWWenKai-Light", "HanaMinB"]
    assert drawn("\U00030000") is None
    assert drawn("\ue000") is None


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("张三说：“好”，￥300。\n\t", ""),
        ("䶮𬭛·葛\U000e0100", ""),
        ("好😀😀\U00030000\ue000", "😀\U00030000\ue000"),
        ("\u200b看不见", ""),
    ],
)
def test_what_cannot_print_is_named(text: str, missing: str) -> None:
    assert "".join(unprintable_in(text)) == missing
