from desktop.domain.text import normalized, private, unprintable


def test_text_has_one_form() -> None:
    assert normalized("e\u0301") == "é"
    assert normalized("䶮𬭎㛃𪩘·") == "䶮𬭎㛃𪩘·"


def test_what_no_paper_shows_is_named_once() -> None:
    assert unprintable("a\u202eb\x00\u202e\n\t\u200b") == ["U+202E", "U+0000", "U+200B"]
    assert unprintable("䶮𬭎㛃𪩘（“·”）") == []
    assert unprintable("\ue000") == []


def test_private_characters_are_named_once() -> None:
    assert private("\ue000龙\U000f0000\ue000") == ["U+E000", "U+F0000"]
    assert private("䶮\u202e") == []
