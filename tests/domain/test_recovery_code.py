"""Recovery codes: any way of typing is understood, any mistake of one group is told."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.recovery_code import ALPHABET, GROUP, GROUPS, GroupMistyped, NotACode, new_code, read_code

CODES = st.randoms(use_true_random=False).map(lambda chance: new_code(chance.choice))
PLACES = st.tuples(st.integers(0, GROUPS - 1), st.integers(0, GROUP - 1))


def changed(code: str, group: int, place: int, sign: str) -> str:
    groups = code.split("-")
    groups[group] = groups[group][:place] + sign + groups[group][place + 1 :]
    return "-".join(groups)


def wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if 0x21 <= ord(sign) <= 0x7E else sign for sign in text)


@given(CODES)
def test_a_code_is_read_however_it_is_typed(code: str) -> None:
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), f" {code}　", wide(code), code.replace("-", "－")):
        assert read_code(typed) == code


@given(CODES)
def test_signs_that_are_taken_for_others_are_understood(code: str) -> None:
    assert read_code(code.replace("5", "S").replace("V", "u")) == code


@given(CODES, PLACES, st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_told_with_its_group(code: str, place: tuple[int, int], sign: str) -> None:
    typed = changed(code, *place, sign)
    if typed == code:
        assert read_code(typed) == code
        return
    with pytest.raises(GroupMistyped, match=f"第{place[0] + 1}组"):
        read_code(typed)


@given(CODES, st.integers(0, GROUPS - 1), st.integers(0, GROUP - 3))
def test_signs_that_changed_places_are_noticed(code: str, group: int, place: int) -> None:
    own = code.split("-")[group]
    typed = changed(changed(code, group, place, own[place + 1]), group, place + 1, own[place])
    if typed != code:
        with pytest.raises(GroupMistyped):
            read_code(typed)


@given(CODES)
def test_groups_that_changed_places_are_noticed(code: str) -> None:
    groups = code.split("-")
    if groups[0] != groups[1]:
        with pytest.raises(GroupMistyped):
            read_code("-".join([groups[1], groups[0], *groups[2:]]))


@pytest.mark.parametrize("typed", ["", "ABCDE", "不知道", "A" * 26, "I" * 25])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(NotACode):
        read_code(typed)


def test_no_sign_is_mistaken_for_another() -> None:
    code = new_code(secrets.choice)
    assert not set("01ILOSU") & set(code)
    assert len(set(ALPHABET)) == len(ALPHABET) == 29
