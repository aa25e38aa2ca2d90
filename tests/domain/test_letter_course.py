"""The course of a letter follows from the set of its moves, whoever made them and whenever they arrived."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.agreement import Agreement
from desktop.domain.case import Case
from desktop.domain.codes import LetterMoveKind, choices
from desktop.domain.letter import Letter, LetterMove
from desktop.domain.letter_course import (
    OPEN,
    LetterLocked,
    LetterState,
    course,
    days_overdue,
    deadline,
    moves_of,
    require_letters_kept,
    state,
)
from desktop.domain.letter_rules import IllegalMove, Side, family, lacking_for_closing, legal_moves, require_legal_move
from desktop.domain.visit import Visit
from tests.domain.samples import accepted
from tests.store.made_cases import made

KINDS: tuple[LetterMoveKind, ...] = choices(LetterMoveKind)  # type: ignore[assignment]
DAY = date(2026, 3, 2)
ORDER = Letter(
    id="a" * 32,
    kind="任务单",
    to="石桥村",
    issuer="青石镇综治中心",
    measures=("走访",),
    responsible="王强",
    signer="李红",
    issued_on=DAY,
    due_on=DAY + timedelta(days=7),
)
BOTH = (Side.ISSUER, Side.ADDRESSEE)


def issued(number: str = "青石综治任〔2026〕1号") -> Letter:
    return msgspec.structs.replace(ORDER, number=number)


def history(*kinds: str, on: date = DAY, **more: Any) -> tuple[LetterMove, ...]:
    """These moves, one after the other."""
    plain = LetterMove(letter=ORDER.id, on=on, **more)
    found = enumerate(kinds, 1)
    return tuple(msgspec.structs.replace(plain, id=f"{n:032x}", position=1000 * n, kind=kind) for n, kind in found)


def moves() -> st.SearchStrategy[list[LetterMove]]:
    one = st.builds(
        msgspec.structs.replace,
        made(LetterMove),
        letter=st.sampled_from([ORDER.id, "b" * 32]),
        kind=st.sampled_from([*KINDS, None]),
        position=st.integers(0, 4).map(lambda n: n * 1000),
        id=st.binary(min_size=2, max_size=2).map(lambda b: b.hex() * 8),
    )
    return st.lists(one, max_size=14)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((), "草稿"),
        (("送签",), "待签发"),
        (("送签", "退回重办"), "草稿"),
        (("送签", "签发"), "已签发"),
        (("签发", "送达"), "已送达"),
        (("签发", "送达", "签收"), "已签收"),
        (("签发", "签收", "开始办理"), "办理中"),
        (("签发", "签收", "反馈"), "已反馈"),
        (("签发", "签收", "反馈", "退回重办"), "办理中"),
        (("签发", "签收", "反馈", "退回重办", "反馈", "认可销号"), "已销号"),
        (("签发", "签收", "异议退回"), "已退回"),
        (("签发", "异议退回", "退回重办"), "办理中"),
        (("签发", "督办", "提级"), "已签发"),
        (("签发", "作废"), "已作废"),
        (("签发", "签收", "送达"), "已签收"),  # entered late: it was overtaken
        (("签发", "反馈", "认可销号", "反馈", "督办"), "已销号"),
        (("签发", "作废", "签收", "反馈", "认可销号"), "已作废"),
    ],
)
def test_where_a_letter_stands(kinds: tuple[str, ...], expected: str) -> None:
    assert state(ORDER, history(*kinds)) == expected


def test_a_number_alone_says_that_it_was_issued() -> None:
    assert state(issued(), ()) is LetterState.ISSUED
    assert state(issued(), history("送签")) is LetterState.ISSUED


@given(moves())
def test_any_set_of_moves_gives_a_course(found: list[LetterMove]) -> None:
    for letter in (ORDER, issued()):
        now = course(letter, found)
        assert now.state in LetterState
        assert now.supervised <= sum(move.kind == "督办" for move in found)
        assert days_overdue(letter, found, date.max) >= 0


@given(moves(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_plays_no_part(found: list[LetterMove], chance: Any) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert course(issued(), shuffled)[:3] == course(issued(), found)[:3]
    assert course(issued(), shuffled).supervised == course(issued(), found).supervised


@given(moves(), st.data())
def test_what_happened_to_other_letters_plays_no_part(found: list[LetterMove], data: st.DataObject) -> None:
    own = [move for move in found if move.letter == ORDER.id]
    assert course(ORDER, own) == course(ORDER, found)
    assert moves_of(ORDER, found) == moves_of(ORDER, own)


_LED = {
    "送签": "待签发",
    "签发": "已签发",
    "送达": "已送达",
    "签收": "已签收",
    "开始办理": "办理中",
    "反馈": "已反馈",
    "认可销号": "已销号",
}
_LED |= {"退回重办": "办理中", "异议退回": "已退回", "作废": "已作废"}


@given(st.data())
def test_a_legal_history_gives_the_state_of_its_last_step(data: st.DataObject) -> None:
    case = accepted(type="合同", letters=(ORDER,))
    expected, on = "草稿", DAY
    for _ in range(data.draw(st.integers(0, 12))):
        legal = legal_moves(case, ORDER, BOTH)
        if not legal:
            break
        kind = data.draw(st.sampled_from(legal))
        on += timedelta(days=data.draw(st.integers(0, 9)))
        until = max(deadline(ORDER, case.moves) or on, on) + timedelta(days=1) if "延期" in kind else None
        step = history(kind, on=on, note="理由", until=until)[0]
        step = msgspec.structs.replace(step, position=1000 * len(case.moves) + 1000, id=f"{len(case.moves):032x}")
        require_legal_move(case, ORDER, step, BOTH)
        before, case = state(ORDER, case.moves), msgspec.structs.replace(case, moves=(*case.moves, step))
        expected = "草稿" if kind == "退回重办" and before == "待签发" else _LED.get(kind, expected)
        assert state(ORDER, case.moves) == expected
        assert deadline(ORDER, case.moves) == until if kind == "准予延期" else True


def test_extensions_and_new_limits_move_the_deadline() -> None:
    later, last = DAY + timedelta(days=14), DAY + timedelta(days=20)
    asked = history("签发", "签收", "申请延期", until=later)
    assert deadline(ORDER, asked) == ORDER.due_on
    assert course(ORDER, asked).asked == asked[-1]
    granted = (*asked, LetterMove(letter=ORDER.id, position=9000, kind="准予延期", on=DAY, until=later))
    assert deadline(ORDER, granted) == later
    refused = (*asked, LetterMove(letter=ORDER.id, position=9000, kind="不准延期", on=DAY))
    assert (deadline(ORDER, refused), course(ORDER, refused).asked) == (ORDER.due_on, None)
    redone = (*granted, LetterMove(letter=ORDER.id, position=10000, kind="退回重办", on=DAY, until=last))
    assert deadline(ORDER, redone) == last


@pytest.mark.parametrize(
    ("kinds", "days"),
    [
        (("签发",), 3),
        (("签发", "签收", "开始办理"), 3),
        (("签发", "签收", "督办"), 3),
        (("签发", "签收", "反馈"), 0),  # answered on the first day, waits for its review
        (("签发", "签收", "反馈", "退回重办"), 3),
        (("签发", "签收", "反馈", "认可销号"), 0),
        (("签发", "异议退回"), 0),
        (("签发", "作废"), 0),
        ((), 0),
    ],
)
def test_days_overdue(kinds: tuple[str, ...], days: int) -> None:
    assert days_overdue(ORDER, history(*kinds), DAY + timedelta(days=10)) == days
    assert days_overdue(ORDER, history(*kinds), DAY + timedelta(days=7)) == 0


def test_an_answer_that_came_late_stays_late_until_it_is_reviewed() -> None:
    late = (*history("签发", "签收"), LetterMove(letter=ORDER.id, position=9000, kind="反馈", on=DAY + timedelta(days=9)))
    assert days_overdue(ORDER, late, DAY + timedelta(days=60)) == 2


def test_urging_is_counted() -> None:
    assert course(ORDER, history("签发", "督办", "督办", "签收")).supervised == 2


@pytest.mark.parametrize(
    ("before", "kind", "sides", "more", "sentence"),
    [
        ((), "签收", BOTH, {}, "还没有签收的才能签收"),
        (("签发",), "签收", (Side.ISSUER,), {}, "由主送单位登记"),
        (("签发", "签收"), "认可销号", BOTH, {}, "收到反馈以后才能销号"),
        (("签发",), "反馈", BOTH, {}, "请先签收"),
        (("签发", "签收"), "申请延期", BOTH, {"note": "忙"}, "申请延期到哪一天"),
        (("签发", "签收"), "申请延期", BOTH, {"note": "忙", "until": DAY}, "晚于原来的时限"),
        (("签发", "签收"), "申请延期", BOTH, {"until": date(2026, 4, 1)}, "写明延期的理由"),
        (("签发", "签收", "申请延期"), "申请延期", BOTH, {"note": "忙", "until": date(2026, 4, 1)}, "等发文单位答复"),
        (("签发", "签收"), "准予延期", BOTH, {"until": date(2026, 4, 1)}, "没有等待答复"),
        (("签发", "签收", "反馈"), "退回重办", BOTH, {}, "写明退回重办的理由"),
        (("签发",), "异议退回", BOTH, {}, "写明退回的理由"),
        (("签发",), "提级", BOTH, {"note": "急"}, "请先督办"),
        (("签发", "签收"), "督办", (Side.ADDRESSEE,), {}, "由发文单位或者上级单位登记"),
        (("签发",), "作废", BOTH, {}, "写明作废的理由"),
        (("签发", "作废"), "签收", BOTH, {}, "请另发一份"),
        (("签发", "签收", "反馈", "退回重办"), "认可销号", BOTH, {}, "收到反馈以后"),
    ],
)
def test_an_illegal_move_is_refused_with_what_to_do(
    before: tuple[str, ...], kind: LetterMoveKind, sides: tuple[Side, ...], more: dict[str, Any], sentence: str
) -> None:
    case = accepted(type="合同", letters=(ORDER,), moves=history(*before))
    with pytest.raises(IllegalMove, match=rf"{sentence}.*。$"):
        require_legal_move(case, ORDER, LetterMove(letter=ORDER.id, kind=kind, on=DAY, **more), sides)


@pytest.mark.parametrize("kind", ["送达", "签收", "作废"])
def test_nothing_was_done_to_a_letter_on_a_day_to_come(kind: LetterMoveKind) -> None:
    case = accepted(type="合同", letters=(ORDER,), moves=history("签发"))
    step = LetterMove(letter=ORDER.id, kind=kind, on=DAY, note="发错")
    require_legal_move(case, ORDER, step, BOTH, today=DAY)
    with pytest.raises(IllegalMove, match=r"^日期.*还没有到.*核对电脑的日期。$"):
        require_legal_move(case, ORDER, step, BOTH, today=DAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("to", "主送单位"),
        ("measures", "措施"),
        ("due_on", "办理时限"),
        ("responsible", "责任人"),
        ("signer", "签发人"),
        ("issued_on", "签发日期"),
    ],
)
def test_nothing_is_issued_without_measures_limit_and_people(field: str, word: str) -> None:
    bare = msgspec.structs.replace(ORDER, **{field: () if field == "measures" else None})
    with pytest.raises(IllegalMove, match=f"请填写{word}。"):
        require_legal_move(accepted(letters=(bare,)), bare, LetterMove(letter=bare.id, kind="签发", on=DAY), BOTH)


def slip(**more: Any) -> Letter:
    found = {
        "id": "c" * 32,
        "kind": "反馈单",
        "number": "石桥综治馈〔2026〕1号",
        "replies_to": issued().number,
        "answer_kind": "办结",
    } | more
    return Letter(**found)


@pytest.mark.parametrize(
    ("kind", "case", "reply", "lacks"),
    [
        ("任务单", {"type": "合同"}, slip(result="化解成功"), ("协议",)),
        ("任务单", {"type": "合同", "agreement": Agreement(signed_on=DAY)}, slip(result="化解成功"), ()),
        ("任务单", {"type": "合同"}, slip(result="化解成功", agreement_number="〔2026〕1号"), ()),
        ("任务单", {"type": "合同"}, slip(result="稳控"), ()),
        ("任务单", {"type": "邻里", "agreement": Agreement(signed_on=DAY)}, slip(result="化解成功"), ("回访",)),
        ("任务单", {"type": "婚姻家庭", "agreement": Agreement(signed_on=DAY), "visits": (Visit(on=DAY),)}, slip(result="化解成功"), ()),
        ("任务单", {"type": "邻里", "visits": (Visit(),)}, slip(result="化解成功"), ("协议", "回访")),
        ("任务单", {"type": "邻里"}, slip(result="引导诉讼仲裁"), ()),
        ("任务单", {"type": "邻里", "agreement": Agreement(signed_on=DAY)}, None, ("回访",)),
        ("提示函", {"type": "邻里"}, slip(result="化解成功"), ()),
    ],
)
def test_what_closing_asks_for(kind: str, case: dict[str, Any], reply: Letter | None, lacks: tuple[str, ...]) -> None:
    letter = msgspec.structs.replace(issued(), kind=kind)
    found = lacking_for_closing(accepted(**case, letters=(letter, *((reply,) if reply else ()))), letter)
    assert len(found) == len(lacks)
    assert all(word in sentence for word, sentence in zip(lacks, found, strict=True))


def test_a_letter_that_answers_ends_when_it_is_signed_for() -> None:
    reply = msgspec.structs.replace(ORDER, kind="反馈单")
    case = accepted(letters=(reply,), moves=history("签发", "签收"))
    assert legal_moves(case, reply, BOTH) == ("作废",)
    with pytest.raises(IllegalMove, match="签收以后就办结"):
        require_legal_move(case, reply, LetterMove(letter=reply.id, kind="反馈", on=DAY), BOTH)
    plain = accepted(letters=(ORDER,), moves=history("签发", "签收"))
    assert legal_moves(plain, ORDER, BOTH, needs_reply=False) == ("作废",)


def test_letters_that_urge_another_belong_to_it() -> None:
    first = issued()
    urge = Letter(id="d" * 32, kind="督办单", number="青石综治督〔2026〕1号", replies_to=first.number)
    case = accepted(letters=(first, urge, slip()))
    assert family(case, first) == family(case, urge) == (first, urge)
    assert family(case, slip()) == (slip(),)


def locked(**changes: Any) -> tuple[Case, Case]:
    before = accepted(letters=(issued(),), moves=history("签发", "签收"))
    return before, msgspec.structs.replace(before, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"letters": ()},
        {"letters": (msgspec.structs.replace(issued(), title="改"),)},
        {"letters": (msgspec.structs.replace(issued(), number="别的"),)},
        {"letters": (msgspec.structs.replace(issued(), due_on=None),)},
        {"moves": ()},
        {"moves": history("签发", "签收", note="改")},
    ],
)
def test_what_was_issued_is_locked(changes: dict[str, Any]) -> None:
    with pytest.raises(LetterLocked, match=r"请.*。$"):
        require_letters_kept(*locked(**changes))


def test_what_may_still_be_added_to_an_issued_letter() -> None:
    more = history("签发", "签收", "开始办理")
    shifted = tuple(msgspec.structs.replace(move, position=move.position + 7) for move in more)
    for changes in ({"letters": (issued(), slip())}, {"moves": more}, {"moves": shifted}, {"summary": "改"}):
        require_letters_kept(*locked(**changes))
    draft = accepted(letters=(ORDER,))
    require_letters_kept(draft, msgspec.structs.replace(draft, letters=()))


def test_open_states_are_those_that_wait_for_an_answer() -> None:
    assert LetterState.ANSWERED not in OPEN
    assert LetterState.CLOSED not in OPEN
