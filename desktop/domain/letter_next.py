"""What is to be done next with a letter, and whether it comes before the next step of its dispute (domain.md 1.3, 1.5)."""

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from desktop.domain.case import Case
from desktop.domain.codes import LetterMoveKind
from desktop.domain.dues import RECEIPT_DAYS
from desktop.domain.lacking import NextThing
from desktop.domain.letter import Letter, answers
from desktop.domain.letter_course import NOT_RECEIVED, OPEN, WITH_ADDRESSEE, course, deadline, state
from desktop.domain.letter_rules import family

_WAITED_FOR: tuple[LetterMoveKind, ...] = ("准予延期", "认可销号")
"""The addressee waits for these."""

_LATE: tuple[LetterMoveKind, ...] = ("督办", "反馈")

_ONWARD: tuple[LetterMoveKind, ...] = ("签发", "送达", "签收", "开始办理", "反馈", "退回重办")


_WHOLE = re.compile(r"letters\[(\d+)\]")


def path_of(place: int) -> str:
    """The path that leads to the letter at this place among those of its case, as a whole."""
    return f"letters[{place}]"


def place_of(path: str) -> int | None:
    """The place among the letters of its case of the letter to which the path of a field leads as a whole; None for any other path."""
    found = _WHOLE.fullmatch(path)
    return int(found[1]) if found else None


def next_move(legal: Collection[LetterMoveKind], *, pressing: bool) -> LetterMoveKind | None:
    """The one of the moves that may be made that is to be made next; None where the letter is somebody else's for now."""
    wanted = (*_WAITED_FOR, *(_LATE if pressing else ()), *_ONWARD)
    return next((kind for kind in wanted if kind in legal), None)


def is_pressing(case: Case, letter: Letter, today: date) -> bool:
    """Whether the limit of the letter has come, and none that urges it leaves its addressee more time."""
    now = course(letter, case.moves)
    if answers(letter) or now.state not in WITH_ADDRESSEE or now.deadline is None or now.deadline > today:
        return False
    urging = [one for one in family(case, letter) if one.id != letter.id and state(one, case.moves) in OPEN]
    return not any((deadline(one, case.moves) or date.min) >= today for one in urging)


def next_letter(case: Case, own: Collection[str], today: date) -> NextThing | None:
    """The letter of the case that cannot wait: its limit has come, or nobody signed for it. `own`: the names of this office.

    A filed case has none: its letters are at rest with it.
    """
    found = () if case.closed_on else _pressing(case, own, today)
    first = min(found, key=lambda pair: pair[0], default=None)
    return first[1] if first else None


def _pressing(case: Case, own: Collection[str], today: date) -> Iterator[tuple[date, NextThing]]:
    for number, letter in enumerate(case.letters):
        limit, mine, path = deadline(letter, case.moves), letter.to in own, path_of(number)
        unsigned = state(letter, case.moves) in NOT_RECEIVED and not answers(letter)
        if limit and limit <= today:
            if is_pressing(case, letter, today):
                yield limit, NextThing(_at_its_limit(letter, (today - limit).days, mine=mine, unsigned=unsigned), path)
        elif unsigned and letter.issued_on and (signed_by := letter.issued_on + timedelta(days=RECEIPT_DAYS)) <= today:
            yield signed_by, NextThing(_unsigned(letter, mine=mine), path)


def _name(letter: Letter) -> str:
    return f"{letter.kind}{letter.number or ''}"


def _at_its_limit(letter: Letter, days: int, *, mine: bool, unsigned: bool) -> str:
    when = f"已逾期{days}天" if days else "今天到期"
    if mine:
        return f"{'签收并' if unsigned else ''}办理{_name(letter)}，写反馈单（{when}）"
    to = letter.to or "主送单位"
    return f"督办{_name(letter)}：{to}没有反馈，{when}" if days else f"催促{to}反馈{_name(letter)}（{when}）"


def _unsigned(letter: Letter, *, mine: bool) -> str:
    return f"签收{_name(letter)}" if mine else f"催促{letter.to or '主送单位'}签收{_name(letter)}，签收以后登记"
