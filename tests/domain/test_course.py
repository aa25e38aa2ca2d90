from datetime import date
from itertools import product
from typing import Any

import msgspec
import pytest

from desktop.domain.agreement import Agreement, Clause, Obligation, Outcome
from desktop.domain.attachment import Seal
from desktop.domain.case import Case
from desktop.domain.codes import OutcomeKind, choices
from desktop.domain.course import STEPS, IllegalStep, Status, may_follow, require_legal, status, step
from desktop.domain.course_records import Conclusion, Fulfilment, Intake, Reopening, Routing
from desktop.domain.dossier import Confirmation, Extension
from desktop.domain.next_thing import next_thing
from desktop.domain.session import Session
from desktop.domain.standing import round_of
from desktop.domain.visit import Visit
from desktop.domain.working_days import is_working_day
from tests.domain.samples import PATHS, accepted, sample

MEETING = Session(kind="调解记录", result="择期再调")
SURVEY = Session(kind="调查记录")
SIGNED = Agreement(form="书面", signed_on=date(2026, 1, 31), facts="滴水。", clauses=(Clause(text="停止滴水。"),))
DRAFT = msgspec.structs.replace(SIGNED, signed_on=None)


INFORMED = date(2026, 1, 6)
"""The parties know their rights: told once, it holds for every case here."""

SENT = Routing(id="5" * 32, kind="移送", to=("青石镇司法所",), reason="专业性强")


def _ended(kind: OutcomeKind, **fields: Any) -> Case:
    """A case that ended without an agreement, with all that its end needs."""
    outcome = Outcome(kind=kind, reason="跨区域", advised=("诉讼",), responsible="赵六", review_on=date(2026, 2, 1))
    return accepted(**{"outcome": outcome, "informed_on": INFORMED, "routings": (SENT,)} | fields)


def _visited(*performances: str) -> Case:
    visits = tuple(msgspec.convert({"performance": p}, Visit) for p in performances)
    return accepted(informed_on=INFORMED, sessions=(MEETING,), agreement=SIGNED, visits=visits)


SOON, TODAY = date(2026, 2, 2), date(2026, 3, 2)
AT = {
    Status.ACCEPTED: accepted(),
    Status.DECLINED: _ended("不予受理"),
    Status.REFERRED: _ended("移送"),
    Status.MEDIATING: accepted(informed_on=INFORMED, sessions=(MEETING,)),
    Status.AGREED: accepted(informed_on=INFORMED, sessions=(MEETING,), agreement=SIGNED),
    Status.PERFORMING: _visited("部分履行"),
    Status.PERFORMED: _visited("全部履行"),
    Status.FAILED: _ended("调解不成"),
    Status.WITHDRAWN: _ended("撤回"),
    Status.STABILISED: _ended("稳控"),
    Status.CONCLUDED: accepted(outcome=Outcome(kind="撤回"), conclusion=Conclusion(on=date(2026, 2, 1))),
    Status.CLOSED: accepted(outcome=Outcome(kind="移送"), conclusion=Conclusion(on=date(2026, 2, 1)), closed_on=date(2026, 2, 1)),
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
    Status.CONCLUDED: "归档",
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
ENDED = {Status.CONCLUDED, Status.CLOSED}


def _is_legal(before: Status, after: Status) -> bool:
    """The table in words: what may be entered, or taken back, in one save.

    A signed agreement binds (Art. 31), what was mediated is not declined (Art. 26), nothing is filed without a result (Art. 27).
    """
    if before in SIGNED_STATES:
        return after in SIGNED_STATES | {Status.MEDIATING} | ENDED
    if after in ENDED:
        return before not in UNFINISHED
    return not (before == Status.MEDIATING and after == Status.DECLINED)


@pytest.mark.parametrize(("before", "after"), [pair for pair in product(Status, Status) if pair[0] not in {pair[1], *ENDED}])
def test_steps(before: Status, after: Status) -> None:
    assert (after in may_follow(before)) == _is_legal(before, after)
    old = AT[before]
    new = _closed(old, after) if after in ENDED else AT[after]
    if _is_legal(before, after):
        require_legal(old, new)
    else:
        with pytest.raises(IllegalStep, match=r"。$") as caught:
            require_legal(old, new)
        assert f"“{before}”" in str(caught.value)
        assert "人民调解法第" in str(caught.value)


def _closed(case: Case, after: Status = Status.CLOSED) -> Case:
    """The case with everything that its conclusion needs, concluded or filed too."""
    return msgspec.structs.replace(
        case,
        visits=case.visits or (Visit(on=date(2026, 2, 1)),),
        conclusion=Conclusion(on=date(2026, 2, 1), note="双方另行起诉"),
        closed_on=date(2026, 2, 1) if after == Status.CLOSED else None,
    )


@pytest.mark.parametrize("end", sorted(ENDED))
@pytest.mark.parametrize("reopened", [s for s in Status if s not in UNFINISHED | ENDED])
def test_what_has_ended_is_taken_up_again_with_a_reason_as_what_it_was(reopened: Status, end: Status) -> None:
    closed = _closed(AT[reopened], end)
    require_legal(AT[reopened], closed)
    again = _changed(closed, conclusion=None, closed_on=None)
    with pytest.raises(IllegalStep, match="重新办理"):
        require_legal(closed, again)
    with pytest.raises(IllegalStep, match="重新办理"):
        require_legal(closed, _changed(again, reopenings=(Reopening(),)))
    told = _changed(again, reopenings=(Reopening(reason="又发生争吵"),))
    require_legal(closed, told)
    assert status(told) == reopened
    assert (round_of(closed), round_of(told)) == (1, 2)


def _changed(case: Case, **fields: object) -> Case:
    return msgspec.structs.replace(case, **fields)


DONE = _changed(AT[Status.PERFORMED], visits=(Visit(on=date(2026, 2, 8), performance="全部履行"),))
FILED = _closed(AT[Status.FAILED])
BROKEN = _changed(AT[Status.AGREED], outcome=Outcome(kind="撤回"))
"""An agreement and an outcome: two offices wrote at the same time."""
HANDED_ON = _ended("移送", outcome=Outcome(kind="移送", reason="跨区域", on=date(2026, 1, 12)))


@pytest.mark.parametrize(
    ("before", "after", "law"),
    [
        (AT[Status.AGREED], BROKEN, "第二十六条"),
        (AT[Status.MEDIATING], BROKEN, "第二十六条"),
        (AT[Status.PERFORMED], _changed(AT[Status.PERFORMED], closed_on=date(2026, 2, 1)), "先办理结案"),
        (AT[Status.DECLINED], _changed(AT[Status.DECLINED], sessions=(MEETING,)), "第十七条"),
        (AT[Status.WITHDRAWN], _changed(AT[Status.WITHDRAWN], sessions=(MEETING,)), "第十七条"),
        (AT[Status.REFERRED], _changed(AT[Status.REFERRED], sessions=(MEETING,)), "第二十六条"),
        (HANDED_ON, _changed(HANDED_ON, sessions=(msgspec.structs.replace(MEETING, started_at="2026-01-13T09:00"),)), "第二十六条"),
        (HANDED_ON, _changed(HANDED_ON, sessions=(msgspec.structs.replace(SURVEY, started_at="2026-01-13T09:00"),)), "第二十六条"),
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
        (HANDED_ON, _changed(HANDED_ON, sessions=(msgspec.structs.replace(MEETING, started_at="2026-01-12T18:00"),))),  # written down later
        (HANDED_ON, _changed(HANDED_ON, outcome=None, sessions=(MEETING,))),  # it came back
        (BROKEN, _changed(BROKEN, summary="别处也要能改")),
        (BROKEN, AT[Status.AGREED]),
        (AT[Status.ACCEPTED], FILED),
        (FILED, _changed(FILED, assigned=("x",))),
        (FILED, _changed(FILED, closed_on=date(2026, 2, 2))),
        (FILED, _changed(FILED, closed_on=None)),  # filed by mistake: it stays concluded
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


TAKEN = Intake(decision="受理")
READY: dict[str, Any] = {"intake": TAKEN, "risk": "低", "level": 1, "mediators": ("赵六",), "informed_on": INFORMED}


REFUSING = tuple(msgspec.structs.replace(p, refused_on=date(2026, 1, 8) if p.name == "李四" else None) for p in accepted().parties)


def _ready(**fields: Any) -> Case:
    return accepted(**READY | fields)


@pytest.mark.parametrize(
    ("case", "words", "field"),
    [
        (accepted(parties=()), "登记双方当事人", "parties"),
        (accepted(source="法院委托移送"), "来文单位", "commission.sender"),
        (accepted(), "是否受理", "intake.barred"),
        (accepted(intake=TAKEN), "评定风险等级", "risk"),
        (accepted(intake=TAKEN, risk="高"), "第二十五条", "police_reported_at"),
        (accepted(intake=TAKEN, risk="高", police_reported_at="2026-01-05T09:00"), "包抓领导", "plan.leader"),
        (accepted(intake=TAKEN, risk="低"), "分流", "level"),
        (accepted(intake=Intake(decision="受理", mode="即采即办"), risk="低"), "第十九条", "mediators"),
        (_ready(routings=(Routing(kind="吹哨", to=("城管中队",)),)), "城管中队对吹哨的答复", "routings[0].answered_on"),
        (_ready(mediators=()), "第十九条", "mediators"),
        (_ready(informed_on=None), "第二十三条", "informed_on"),
        (_ready(parties=REFUSING), "李四拒绝调解", "outcome.kind"),
        (accepted(sessions=(Session(kind="调查记录"),)), "第二十三条", "informed_on"),
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
        (
            _changed(
                AT[Status.AGREED],
                agreement=msgspec.structs.replace(SIGNED, obligations=(msgspec.structs.replace(_due(4), id="7" * 32), _due(5))),
                fulfilments=(Fulfilment(obligation="7" * 32, on=TODAY),),
            ),
            "督促履行（最近期限2026年5月1日），到期后回访",
            "visits",
        ),
        (
            _changed(AT[Status.AGREED], agreement=msgspec.structs.replace(SIGNED, obligations=(_due(2),))),
            "应于2026年2月1日履行",
            "fulfilments",
        ),
        (AT[Status.PERFORMED], "结案", "conclusion.on"),
        (DONE, "结案", "conclusion.on"),
        (_changed(DONE, source="法院委托移送"), "回复来文单位", "commission.returned_on"),
        (_changed(AT[Status.FAILED], outcome=Outcome(kind="调解不成")), "第二十六条", "outcome.advised"),
        (AT[Status.FAILED], "回访", "visits"),
        (_changed(AT[Status.FAILED], type="合同"), "结案", "conclusion.on"),
        (AT[Status.STABILISED], "2026年2月1日前复查", "outcome.review_on"),
        (AT[Status.DECLINED], "结案", "conclusion.on"),
        (accepted(intake=Intake(decision="引导", guided_to=("仲裁",))), "不予受理", "outcome.kind"),
        (AT[Status.REFERRED], "结案", "conclusion.on"),
        (AT[Status.CONCLUDED], "归档", "closed_on"),
        (AT[Status.CLOSED], "已归档", ""),
        (accepted(**READY, registered_on=date(9999, 12, 31)), "调结", "sessions"),
    ],
)
def test_the_next_thing(case: Case, words: str, field: str) -> None:
    found = next_thing(case, is_working_day, SOON)
    assert words in found.text
    assert found.field == field


def test_a_planned_visit_comes_first_when_its_day_has_come() -> None:
    found = next_thing(AT[Status.PERFORMING], is_working_day, TODAY)
    assert "2026年3月2日" in found.text or "2026年2月7日" in found.text
    assert found.field == "visits"


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
    filed = _closed(AT[Status.PERFORMED])
    require_legal(filed, _changed(filed, seals=(seal,)))
