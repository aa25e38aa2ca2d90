"""What is to be done next with a letter, and when it comes before the course of its dispute."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from desktop.domain.case import Case
from desktop.domain.codes import LetterMoveKind
from desktop.domain.letter import Letter, LetterMove
from desktop.domain.letter_next import is_pressing, next_letter, next_move, place_of
from tests.domain.samples import accepted

TODAY = date(2026, 3, 25)
OWN = ("青石镇综治中心",)


def order(number: int = 1, **more: Any) -> Letter:
    known: dict[str, Any] = {
        "kind": "任务单",
        "issuer": OWN[0],
        "to": "某住建局",
        "issued_on": date(2026, 3, 10),
        "due_on": date(2026, 3, 21),
    }
    return Letter(id=str(number) * 32, number=f"青石综治任〔2026〕{number}号", **(known | more))


def done(letter: Letter, *kinds: LetterMoveKind, **more: Any) -> tuple[LetterMove, ...]:
    made = (
        LetterMove(id=f"{at:032x}", letter=letter.id, kind=kind, on=letter.issued_on, position=at, **more) for at, kind in enumerate(kinds)
    )
    return tuple(made)


def held(*letters: Letter, moves: tuple[LetterMove, ...] = ()) -> Case:
    return msgspec.structs.replace(accepted(), letters=letters, moves=moves)


@pytest.mark.parametrize(
    ("legal", "pressing", "expected"),
    [
        (("送签", "签发", "作废"), False, "签发"),
        (("送达", "签收", "异议退回", "督办", "作废"), False, "送达"),
        (("签收", "异议退回"), True, "签收"),
        (("开始办理", "反馈", "异议退回", "申请延期"), False, "开始办理"),
        (("开始办理", "反馈", "异议退回", "申请延期"), True, "反馈"),
        (("反馈", "异议退回", "申请延期", "督办", "作废"), True, "督办"),
        (("反馈", "异议退回", "准予延期", "不准延期", "督办", "作废"), True, "准予延期"),
        (("认可销号", "退回重办", "作废"), False, "认可销号"),
        (("督办", "作废"), False, None),
        ((), True, None),
    ],
)
def test_the_move_that_comes_next(legal: tuple[LetterMoveKind, ...], pressing: bool, expected: LetterMoveKind | None) -> None:
    assert next_move(legal, pressing=pressing) == expected


@pytest.mark.parametrize(
    ("letter", "moves", "told"),
    [
        (order(), ("签收",), "督办任务单青石综治任〔2026〕1号：某住建局没有反馈，已逾期4天"),
        (order(due_on=TODAY), ("签收",), "催促某住建局反馈任务单青石综治任〔2026〕1号（今天到期）"),
        (order(due_on=TODAY + timedelta(1)), ("签收",), None),
        (order(due_on=TODAY + timedelta(1)), (), "催促某住建局签收任务单青石综治任〔2026〕1号，签收以后登记"),
        (order(due_on=TODAY + timedelta(1), issued_on=TODAY), (), None),
        (order(to=OWN[0], issuer="某县委政法委"), ("签收",), "办理任务单青石综治任〔2026〕1号，写反馈单（已逾期4天）"),
        (order(to=OWN[0], issuer="某县委政法委"), (), "签收并办理任务单青石综治任〔2026〕1号，写反馈单（已逾期4天）"),
        (order(to=OWN[0], issuer="某县委政法委", due_on=None), (), "签收任务单青石综治任〔2026〕1号"),
        (order(), ("签收", "反馈"), None),
        (order(), ("签收", "异议退回"), None),
        (order(), ("作废",), None),
    ],
)
def test_a_letter_that_cannot_wait_is_told(letter: Letter, moves: tuple[LetterMoveKind, ...], told: str | None) -> None:
    found = next_letter(held(letter, moves=done(letter, *moves)), OWN, TODAY)
    assert (found.text if found else None) == told
    assert found is None or found.field == "letters[0]"


def test_the_earliest_comes_first_and_a_filed_case_has_none() -> None:
    case = held(order(1, due_on=date(2026, 3, 24)), order(2))
    found = next_letter(case, OWN, TODAY)
    assert found is not None
    assert found.field == "letters[1]"
    assert next_letter(msgspec.structs.replace(case, closed_on=TODAY), OWN, TODAY) is None


def test_one_that_was_urged_waits_until_the_new_limit() -> None:
    first = order(1)
    urge = order(2, kind="督办单", replies_to=first.number, issued_on=TODAY, due_on=TODAY + timedelta(3))
    signed = LetterMove(id="f" * 32, letter=urge.id, kind="签收", on=TODAY)
    case = held(first, urge, moves=(*done(first, "签收", "督办"), signed))
    assert is_pressing(held(first), first, TODAY)
    assert not is_pressing(case, first, TODAY)
    assert next_letter(case, OWN, TODAY) is None
    told = [next_letter(case, OWN, TODAY + timedelta(days)) for days in (3, 4)]
    assert [one and one.field for one in told] == ["letters[1]", "letters[0]"]


@pytest.mark.parametrize(("path", "place"), [("letters[12]", 12), ("letters", None), ("letters[1].to", None), ("moves[1]", None)])
def test_a_path_leads_to_a_whole_letter(path: str, place: int | None) -> None:
    assert place_of(path) == place
