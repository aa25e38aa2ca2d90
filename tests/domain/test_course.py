from datetime import date
from itertools import product

import msgspec
import pytest

from desktop.domain.agreement import Agreement, Clause, Obligation, Outcome
from desktop.domain.attachment import Seal
from desktop.domain.case import Case
from desktop.domain.codes import OutcomeKind, choices
from desktop.domain.course import STEPS, IllegalStep, Status, may_follow, require_legal, status, step
from desktop.domain.dossier import Confirmation, Extension
from desktop.domain.next_thing import next_thing
from desktop.domain.session import Session
from desktop.domain.visit import Visit
from desktop.domain.working_days import is_working_day
from tests.domain.samples import PATHS, accepted, sample

MEETING = Session(kind="调解记录", result="择期再调")
SIGNED = Agreement(form="书面", signed_on=date(2026, 1, 31), facts="滴水。", clauses=(Clause(text="停止滴水。"),))
DRAFT = msgspec.structs.replace(SIGNED, signed_on=None)


def _ended(kind: OutcomeKind, **fields: object) -> Case:
    return accepted(outcome=Outcome(kind=kind), **fields)


def _visited(*performances: str) -> Case:
    visits = tuple(msgspec.convert({"performance": p}, Visit) for p in performances)
    return accepted(sessions=(MEETING,), agreement=SIGNED, visits=visits)


AT = {
    Status.ACCEPTED: accepted(),
    Status.DECLINED: _ended("不予受理"),
    Status.REFERRED: _ended("移送"),
    Status.MEDIATING: accepted(sessions=(MEETING,)),
    Status.AGREED: accepted(sessions=(MEETING,), agreement=SIGNED),
    Status.PERFORMING: _visited("部分履行"),
    Status.PERFORMED: _visited("全部履行"),
    Status.FAILED: _ended("调解不成"),
    Status.WITHDRAWN: _ended("撤回"),
    Status.STABILISED: _ended("稳控"),
    Status.CLOSED: accepted(outcome=Outcome(kind="移送"), closed_on=date(2026, 2, 1)),
}
"""A case at each status."""

STEP = {
    Status.ACCEPTED: "受理",
    Status.DECLINED: "受理",
    Status.REFERRED: "分流",
    Status.MEDIATING: "调解",
    Status.AGREED: "协议",
    Status.PERFORMING: "履行",
    Status.PERFORMED: "回访",
    Status.FAILED: "调解",
    Status.WITHDRAWN: "调解",
    Status.STABILISED: "调解",
    Status.CLOSED: "归档",
}


@pytest.mark.parametrize("expected", Status)
def test_where_a_dispute_stands_follows_from_what_is_recorded(expected: Status) -> None:
    assert status(AT[expected]) == expected
    assert step(AT[expected]) == STEP[expected]
    assert step(AT[expected]) in STEPS


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (accepted(agreement=DRAFT), Status.MEDIATING),
        (accepted(sessions=(Session(kind="调查记录"),)), Status.MEDIATING),
        (_visited("未履行"), Status.PERFORMING),
        (_visited("全部履行", "部分履行"), Status.PERFORMING),
        (_visited("未到期", "全部履行"), Status.PERFORMED),
        (msgspec.structs.replace(AT[Status.AGREED], visits=(Visit(note="无人在家"),)), Status.AGREED),
        (msgspec.structs.replace(AT[Status.AGREED], outcome=Outcome(kind="撤回")), Status.AGREED),
    ],
)
def test_particular_cases(case: Case, expected: Status) -> None:
    assert status(case) == expected


def test_the_samples_stand_where_their_stories_end() -> None:
    assert {number: str(status(sample(number))) for number in PATHS} == {
        "01": "已履行",
        "02": "已履行",
        "03": "已履行",
        "04": "履行中",
        "05": "已履行",
    }


SIGNED_STATES = {Status.AGREED, Status.PERFORMING, Status.PERFORMED}
UNFINISHED = {Status.ACCEPTED, Status.MEDIATING}


def _is_legal(before: Status, after: Status) -> bool:
    """The table in words: what may be entered, or taken back, in one save.

    A signed agreement binds (Art. 31), what was mediated is not declined (Art. 26), nothing is filed without a result (Art. 27).
    """
    if before in SIGNED_STATES:
        return after in SIGNED_STATES | {Status.MEDIATING, Status.CLOSED}
    if after == Status.CLOSED:
        return before not in UNFINISHED
    return not (before == Status.MEDIATING and after == Status.DECLINED)


@pytest.mark.parametrize(("before", "after"), [pair for pair in product(Status, Status) if pair[0] not in (pair[1], Status.CLOSED)])
def test_steps(before: Status, after: Status) -> None:
    assert (after in may_follow(before)) == _is_legal(before, after)
    old = AT[before]
    new = msgspec.structs.replace(old, closed_on=date(2026, 2, 1)) if after == Status.CLOSED else AT[after]
    if _is_legal(before, after):
        require_legal(old, new)
    else:
        with pytest.raises(IllegalStep, match=r"。$") as caught:
            require_legal(old, new)
        assert f"“{before}”" in str(caught.value)
        assert "人民调解法第" in str(caught.value)


@pytest.mark.parametrize("reopened", [s for s in Status if s not in UNFINISHED | {Status.CLOSED}])
def test_what_was_filed_may_be_reopened_as_what_it_was(reopened: Status) -> None:
    closed = msgspec.structs.replace(AT[reopened], closed_on=date(2026, 2, 1))
    require_legal(AT[reopened], closed)
    require_legal(closed, AT[reopened])


def _changed(case: Case, **fields: object) -> Case:
    return msgspec.structs.replace(case, **fields)


FILED = _changed(AT[Status.FAILED], closed_on=date(2026, 2, 1))
BROKEN = _changed(AT[Status.AGREED], outcome=Outcome(kind="撤回"))
"""An agreement and an outcome: two offices wrote at the same time."""


@pytest.mark.parametrize(
    ("before", "after", "law"),
    [
        (AT[Status.AGREED], BROKEN, "第二十六条"),
        (AT[Status.MEDIATING], BROKEN, "第二十六条"),
        (AT[Status.DECLINED], _changed(AT[Status.DECLINED], sessions=(MEETING,)), "第十七条"),
        (AT[Status.WITHDRAWN], _changed(AT[Status.WITHDRAWN], sessions=(MEETING,)), "第十七条"),
        (_ended("调解不成", sessions=(MEETING,)), _ended("不予受理", sessions=(MEETING,)), "第二十六条"),
        (AT[Status.ACCEPTED], _changed(AT[Status.ACCEPTED], closed_on=date(2026, 2, 1)), "第二十七条"),
        (AT[Status.ACCEPTED], _changed(AT[Status.MEDIATING], closed_on=date(2026, 2, 1)), "第二十七条"),
        (FILED, _changed(FILED, summary="另一件事"), "重新打开"),
        (FILED, _changed(FILED, amount=1), "重新打开"),
        (FILED, _changed(FILED, mediators=("赵六",)), "重新打开"),
    ],
)
def test_what_law_or_rule_forbids(before: Case, after: Case, law: str) -> None:
    with pytest.raises(IllegalStep, match=law) as caught:
        require_legal(before, after)
    assert str(caught.value).count("。") == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (AT[Status.DECLINED], _changed(AT[Status.DECLINED], outcome=None)),
        (AT[Status.WITHDRAWN], _changed(AT[Status.WITHDRAWN], outcome=None)),
        (AT[Status.STABILISED], _changed(AT[Status.STABILISED], outcome=None)),
        (AT[Status.MEDIATING], _changed(AT[Status.MEDIATING], sessions=())),  # entered by mistake
        (AT[Status.FAILED], _changed(AT[Status.FAILED], sessions=(MEETING, MEETING))),
        (BROKEN, _changed(BROKEN, summary="别处也要能改")),
        (BROKEN, AT[Status.AGREED]),
        (AT[Status.ACCEPTED], FILED),
        (FILED, _changed(FILED, assigned=("x",))),
        (FILED, _changed(FILED, closed_on=date(2026, 2, 2))),
        (FILED, _changed(FILED, closed_on=None, summary="另一件事")),
        *((case, case) for case in (*AT.values(), BROKEN, FILED)),
    ],
)
def test_what_may_be_saved(before: Case, after: Case) -> None:
    require_legal(before, after)


@pytest.mark.parametrize("kind", choices(OutcomeKind))
def test_each_outcome_is_a_status(kind: OutcomeKind) -> None:
    assert status(_ended(kind)) in {Status.FAILED, Status.WITHDRAWN, Status.DECLINED, Status.STABILISED, Status.REFERRED}


def _due(month: int) -> Obligation:
    return Obligation(act="停止滴水", due_on=date(2026, month, 1))


READY: dict[str, object] = {"risk": "低", "mediators": ("赵六",)}


@pytest.mark.parametrize(
    ("case", "words", "field"),
    [
        (accepted(parties=()), "登记双方当事人", "parties"),
        (accepted(), "评定风险等级", "risk"),
        (accepted(risk="高"), "第二十五条", "police_reported_at"),
        (accepted(risk="低"), "第十九条", "mediators"),
        (accepted(risk="高", police_reported_at="2026-01-05T09:00"), "第十九条", "mediators"),
        (accepted(**READY), "最迟2026年2月4日调结", "sessions"),
        (accepted(**READY, extension=Extension(until=date(2026, 2, 20))), "最迟2026年2月20日调结", "sessions"),
        (accepted(sessions=(MEETING,)), "继续调解，最迟2026年2月4日", "sessions"),
        (accepted(sessions=(Session(kind="调解记录", result="达成协议"),)), "制作调解协议", "agreement.clauses"),
        (accepted(agreement=Agreement()), "协议形式", "agreement.form"),
        (accepted(agreement=Agreement(form="书面")), "主要事实", "agreement.facts"),
        (accepted(agreement=Agreement(form="书面", facts="滴水。")), "协议条款", "agreement.clauses"),
        (accepted(agreement=DRAFT), "履行事项", "agreement.obligations"),
        (accepted(agreement=msgspec.structs.replace(DRAFT, obligations=(Obligation(act="停止"),))), "协议日期", "agreement.signed_on"),
        (AT[Status.AGREED], "最迟2026年3月2日共同申请", "visits"),  # domain.md 8.6, A10
        (_changed(AT[Status.AGREED], agreement=msgspec.structs.replace(SIGNED, form="口头")), "督促履行并回访", "visits"),
        (
            _changed(AT[Status.AGREED], agreement=msgspec.structs.replace(SIGNED, obligations=(_due(5), _due(4)))),
            "最近期限2026年4月1日",
            "visits",
        ),
        (AT[Status.PERFORMING], "督促履行", "visits"),
        (AT[Status.PERFORMED], "归档", "closed_on"),
        (AT[Status.FAILED], "第二十六条", "outcome.advised"),
        (_changed(AT[Status.FAILED], outcome=Outcome(kind="调解不成", advised=("向法院起诉",))), "归档", "closed_on"),
        (AT[Status.STABILISED], "稳控", "sessions"),
        (AT[Status.DECLINED], "归档", "closed_on"),
        (AT[Status.WITHDRAWN], "归档", "closed_on"),
        (AT[Status.REFERRED], "归档", "closed_on"),
        (AT[Status.CLOSED], "已归档", ""),
        (accepted(**READY, registered_on=date(9999, 12, 31)), "调结", "sessions"),
    ],
)
def test_the_next_thing(case: Case, words: str, field: str) -> None:
    found = next_thing(case, is_working_day, date(2026, 3, 2))
    assert words in found.text
    assert found.field == field


@pytest.mark.parametrize(
    ("case", "today"),
    [
        (AT[Status.AGREED], date(2026, 3, 3)),
        (_changed(AT[Status.AGREED], confirmation=Confirmation(court="某某人民法院")), date(2026, 3, 2)),
    ],
)
def test_judicial_confirmation_is_not_advised_when_it_is_too_late_or_under_way(case: Case, today: date) -> None:
    assert "共同申请" not in next_thing(case, is_working_day, today).text


def test_a_seal_is_never_taken_back() -> None:
    seal = Seal(id="1" * 32, kind="调解协议书", sha256="0" * 64, values="1" * 64)
    sealed = _changed(AT[Status.AGREED], seals=(seal,))
    require_legal(AT[Status.AGREED], sealed)
    with pytest.raises(IllegalStep, match="定稿"):
        require_legal(sealed, AT[Status.AGREED])


def test_what_is_filed_may_still_be_sealed() -> None:
    seal = Seal(id="1" * 32, kind="调解协议书", sha256="0" * 64, values="1" * 64)
    filed = _changed(AT[Status.PERFORMED], closed_on=date(2026, 5, 1))
    require_legal(filed, _changed(filed, seals=(seal,)))
