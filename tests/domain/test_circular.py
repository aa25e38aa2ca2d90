"""The monthly circular counts what became of a month's letters, unit by unit (domain.md 8.6, A8)."""

from datetime import date, timedelta
from typing import Any

import msgspec

from desktop.domain.circular import Counted, circular, month_of
from desktop.domain.letter import Letter, LetterMove

FEBRUARY, AS_OF = date(2026, 2, 3), date(2026, 3, 2)
DUE = date(2026, 2, 20)


def letter(number: int, kind: str = "任务单", to: str = "关上社区", **more: Any) -> Letter:
    known: dict[str, Any] = {
        "id": f"{number:032x}",
        "number": f"{kind}{number}",
        "issued_on": FEBRUARY,
        "due_on": DUE,
        "responsible": "王强",
    }
    return Letter(kind=kind, to=to, **(known | more))


def counted(one: Letter, *steps: tuple[str, date]) -> Counted:
    moves = tuple(
        LetterMove(id=f"{n:032x}", position=1000 * n, letter=one.id, kind=kind, on=on)  # type: ignore[arg-type]
        for n, (kind, on) in enumerate(steps, 1)
    )
    return Counted(one, moves)


def answered(one: Letter, on: date, *, closed: bool = True) -> Counted:
    steps = [("签收", FEBRUARY), ("反馈", on)] + ([("认可销号", on + timedelta(days=1))] if closed else [])
    return counted(one, *steps)


def test_months_end_where_they_end() -> None:
    assert month_of(date(2026, 2, 28)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert month_of(date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 31))


def test_the_figures_of_guandu_can_be_counted() -> None:
    """A8: 227 task orders and 44 advisory letters."""
    tasks = [answered(letter(n, to=f"社区{n % 12}"), DUE) for n in range(227)]
    hints = [answered(letter(1000 + n, "提示函", to=f"部门{n % 5}"), DUE) for n in range(44)]
    told = circular("官渡区综治中心", FEBRUARY, AS_OF, [*tasks, *hints])
    assert dict(told.kinds) == {"任务单": 227, "提示函": 44}
    assert (told.total.received, told.total.signed, told.total.in_time, told.total.closed) == (271, 271, 271, 271)
    assert (told.total.late, told.total.returned) == (0, 0)
    assert len(told.rows) == 17
    assert sum(row.received for row in told.rows if row.unit.startswith("部门")) == 44


def test_each_way_in_which_a_letter_can_stand() -> None:
    late = DUE + timedelta(days=3)
    found = [
        counted(letter(1)),  # nobody signed for it
        counted(letter(2), ("签收", FEBRUARY)),
        answered(letter(3), DUE, closed=False),
        answered(letter(4), late),
        counted(letter(5), ("签收", FEBRUARY), ("反馈", DUE), ("退回重办", DUE)),
        counted(letter(6), ("异议退回", FEBRUARY)),
    ]
    (row,) = circular("镇", FEBRUARY, AS_OF, found).rows
    assert row == ("关上社区", 6, 4, 1, 4, 2, 1, (AS_OF - DUE).days)


def test_what_waits_for_its_review_is_not_urged() -> None:
    """It was answered late and counts so, but it is not with its addressee any more."""
    late = answered(letter(1), DUE + timedelta(days=3), closed=False)
    (row,) = circular("镇", FEBRUARY, AS_OF, [late]).rows
    assert (row.late, row.late_days) == (1, 0)


def test_what_is_not_counted() -> None:
    void = counted(letter(1), ("作废", FEBRUARY))
    slip = counted(letter(2, "反馈单"))
    other = counted(msgspec.structs.replace(letter(3), issued_on=date(2026, 3, 1)))
    unsent = counted(msgspec.structs.replace(letter(4), number=None))
    told = circular("镇", FEBRUARY, AS_OF, [void, slip, other, unsent])
    assert (told.rows, told.kinds) == ((), ())
    assert told.total.received == 0


def test_what_happened_after_the_day_plays_no_part() -> None:
    found = [answered(letter(1), DUE)]
    (row,) = circular("镇", FEBRUARY, FEBRUARY + timedelta(days=1), found).rows
    assert (row.signed, row.in_time, row.closed, row.late) == (1, 0, 0, 0)


def test_units_that_are_late_stand_first() -> None:
    found = [answered(letter(n, to="甲社区"), DUE) for n in range(3)] + [counted(letter(9, to="乙社区"))]
    assert [row.unit for row in circular("镇", FEBRUARY, AS_OF, found).rows] == ["乙社区", "甲社区"]


def test_clues_that_went_out_again_are_counted_of_those_that_went_out() -> None:
    """Of six letters one urges and one is void: four pushed a clue, one of them once more, 1 ÷ 4."""
    urge = counted(msgspec.structs.replace(letter(5, "督办单"), replies_to="任务单1"))
    void = counted(letter(6), ("作废", FEBRUARY))
    told = circular("镇", FEBRUARY, AS_OF, [*(counted(letter(n)) for n in range(1, 5)), urge, void], {letter(2).id, letter(6).id})
    assert (told.total.received, told.pushed, told.repeated, told.repeat_rate) == (5, 4, 1, "25.0%")
