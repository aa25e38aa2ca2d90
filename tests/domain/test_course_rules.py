"""What each step must have: the sentence names the rule and what to do, and the case beside it may be saved."""

from datetime import date
from typing import Any

import msgspec
import pytest

from desktop.domain import course_rules
from desktop.domain.agreement import Agreement, Clause, Obligation, Outcome
from desktop.domain.case import Case
from desktop.domain.course import IllegalStep, require_legal, require_legal_start, status
from desktop.domain.course_records import Assessment, Commission, Conclusion, Fulfilment, Intake, Reopening, Routing
from desktop.domain.dossier import Confirmation
from desktop.domain.letter import LetterMove
from desktop.domain.party import Party
from desktop.domain.session import Session
from desktop.domain.visit import Visit
from tests.domain.samples import PATHS, accepted, sample

DAY = date(2026, 1, 8)
MEETING = Session(kind="调解记录", result="择期再调")
SURVEY = Session(kind="调查记录")
OWED = Obligation(id="7" * 32, payer="李四", amount=100_00, due_on=date(2026, 2, 10))
SIGNED = Agreement(form="书面", signed_on=date(2026, 1, 31), facts="滴水。", clauses=(Clause(text="停止滴水。"),), obligations=(OWED,))
PAID = (Fulfilment(obligation=OWED.id, due_on=OWED.due_on, on=date(2026, 2, 9), amount=100_00),)
SEEN = (Visit(on=date(2026, 2, 9)),)
ENDS = Conclusion(on=date(2026, 3, 1))


def _changed(case: Case, **fields: Any) -> Case:
    return msgspec.structs.replace(case, **fields)


def _refused_by(name: str = "李四") -> tuple[Party, ...]:
    return tuple(msgspec.structs.replace(p, refused_on=DAY if p.name == name else None) for p in accepted().parties)


def _routing(**fields: Any) -> tuple[Routing, ...]:
    return (Routing(**fields),)


def _assessed(*stages: str) -> tuple[Assessment, ...]:
    return tuple(msgspec.convert({"stage": stage, "risk": "高"}, Assessment) for stage in stages)


KNOWN = accepted(informed_on=DAY)
MEDIATED = _changed(KNOWN, sessions=(MEETING,))
RISKY = accepted(risk="高", assessments=(Assessment(id="2" * 32, stage="初定", risk="高"),))
EARLY = Session(kind="调解记录", started_at="2026-01-07T09:00")
LEVEL_2 = accepted(level=2, routings=(Routing(id="1" * 32, kind="升级", level=2, reason="现场调解不了"),))
AGREED = _changed(MEDIATED, agreement=SIGNED)
PERFORMED = _changed(AGREED, fulfilments=PAID, visits=SEEN)
FAILED = _changed(MEDIATED, outcome=Outcome(kind="调解不成", advised=("诉讼",)), visits=SEEN)
STABLE = Outcome(kind="稳控", responsible="赵六", review_on=date(2026, 2, 1))
FILED = _changed(PERFORMED, conclusion=ENDS, closed_on=date(2026, 3, 2))
BY_COURT = {"source": "法院委托移送", "commission": Commission(sender="某某人民法院", number="（2026）委调1号")}
YEARLY = msgspec.structs.replace(OWED, repeat="每年", due_on=date(2026, 12, 31))

REFUSED: dict[str, tuple[Case, dict[str, Any], str]] = {
    "accepting what is barred": (accepted(), {"intake": Intake(decision="受理", barred=("crime",))}, "第75号第二十二条"),
    "declining without a reason": (accepted(), {"intake": Intake(decision="不予受理")}, "写明原因"),
    "guiding nowhere": (accepted(), {"intake": Intake(decision="引导")}, "第三条"),
    "mediating what was declined": (
        accepted(),
        {"intake": Intake(decision="引导", guided_to=("仲裁",)), "sessions": (MEETING,)},
        "第十七条",
    ),
    "assessing without a level": (accepted(), {"assessments": (Assessment(stage="初定"),)}, "风险等级"),
    "taking a visit out of a filed dossier": (FILED, {"visits": ()}, "重新打开"),
    "mediating what is barred and not decided": (
        _changed(KNOWN, intake=Intake(barred=("crime",))),
        {"sessions": (MEETING,)},
        "不得调解",
    ),
    "lowering an assessed risk by hand": (RISKY, {"risk": "低"}, "再登记一次研判"),
    "taking the assessment away with the risk": (RISKY, {"risk": None, "assessments": ()}, "再登记一次研判"),
    "telling the rights after the mediation": (KNOWN, {"sessions": (EARLY,)}, "不能晚于第一次调解"),
    "agreeing before the rights were told": (accepted(), {"agreement": SIGNED}, "先告知当事人"),
    "discussing before a first view": (accepted(), {"assessments": _assessed("议定")}, "先初定再议定"),
    "discussing at once without a word": (
        accepted(),
        {"assessments": (Assessment(stage="议定", risk="高", opinion=" "),)},
        "直接议定的请在意见中写明",
    ),
    "deciding before the discussion": (accepted(), {"assessments": _assessed("初定", "审定")}, "先议定再审定"),
    "routing nowhere": (accepted(), {"routings": _routing()}, "选择去向"),
    "escalating without a reason": (accepted(level=1), {"routings": _routing(kind="升级", level=2), "level": 2}, "写明原因"),
    "escalating to where it is": (LEVEL_2, {"routings": (*LEVEL_2.routings, Routing(kind="升级", level=2, reason="x"))}, "只能向上"),
    "escalating downwards": (LEVEL_2, {"routings": (*LEVEL_2.routings, Routing(kind="升级", level=1, reason="x"))}, "只能向上"),
    "raising the level by hand": (accepted(level=1), {"level": 3}, "用“升级”"),
    "lowering what was escalated": (LEVEL_2, {"level": 1}, "不能退回"),
    "transferring to nobody": (accepted(), {"routings": _routing(kind="移送", reason="专业性强")}, "接收单位"),
    "calling nobody": (accepted(), {"routings": _routing(kind="吹哨", reason="多部门")}, "哪些单位"),
    "reporting up to nobody": (accepted(), {"routings": _routing(kind="上报", reason="跨区域")}, "上报到哪个单位"),
    "mediating before the notice": (accepted(), {"sessions": (MEETING,)}, "第二十三条"),
    "mediating against a refusal": (_changed(KNOWN, parties=_refused_by()), {"sessions": (MEETING,)}, "李四已经拒绝"),
    "refusing in the same save": (MEDIATED, {"parties": _refused_by(), "sessions": (MEETING, MEETING)}, "第十七条"),
    "agreeing against a refusal": (_changed(MEDIATED, parties=_refused_by()), {"agreement": SIGNED}, "第十七条"),
    "stabilising by nobody": (MEDIATED, {"outcome": Outcome(kind="稳控", review_on=DAY)}, "稳控责任人"),
    "stabilising for ever": (MEDIATED, {"outcome": Outcome(kind="稳控", responsible="赵六")}, "复查日期"),
    "referring without a reason": (
        MEDIATED,
        {"outcome": Outcome(kind="移送"), "routings": _routing(kind="移送", to=("x",), reason="y")},
        "原因",
    ),
    "referring to nobody": (MEDIATED, {"outcome": Outcome(kind="移送", reason="跨区域")}, "接收单位"),
    "confirming without an agreement": (MEDIATED, {"confirmation": Confirmation(applied_on=DAY)}, "第三十三条"),
    "confirming too early": (AGREED, {"confirmation": Confirmation(applied_on=date(2026, 1, 30))}, "第三十三条"),
    "deciding before the application": (
        AGREED,
        {"confirmation": Confirmation(applied_on=date(2026, 2, 9), decided_on=date(2026, 2, 8))},
        "不能早于申请",
    ),
    "deciding before the agreement": (AGREED, {"confirmation": Confirmation(decided_on=date(2026, 1, 30))}, "不能早于申请和协议"),
    "reopening what has not ended": (AGREED, {"reopenings": (Reopening(reason="又争吵"),)}, "还没有结案"),
    "reopening what a party withdrew": (
        _changed(MEDIATED, outcome=Outcome(kind="撤回")),
        {"outcome": None, "reopenings": (Reopening(reason="又争吵"),)},
        "还没有结案",
    ),
    "returning without a result": (accepted(), {"commission": Commission(sender="法院", returned_on=DAY)}, "回复函"),
    "reopening without a reason": (accepted(), {"reopenings": (Reopening(),)}, "原因"),
    "concluding without a result": (MEDIATED, {"conclusion": ENDS}, "第二十七条"),
    "concluding what is not performed": (_changed(AGREED, visits=SEEN), {"conclusion": ENDS}, "第三十一条"),
    "concluding a high risk unreported": (_changed(PERFORMED, risk="高"), {"conclusion": ENDS}, "第二十五条"),
    "concluding without other ways": (_changed(FAILED, outcome=Outcome(kind="调解不成")), {"conclusion": ENDS}, "第二十六条"),
    "concluding what is only stable": (_changed(FAILED, outcome=STABLE), {"conclusion": ENDS}, "稳控不是化解"),
    "concluding unvisited": (_changed(PERFORMED, visits=()), {"conclusion": ENDS}, "回访"),
    "concluding a risk unvisited": (
        _changed(PERFORMED, type="合同", visits=(), assessments=_assessed("初定"), risk="中"),
        {"conclusion": ENDS},
        "回访",
    ),
    "concluding unanswered": (_changed(PERFORMED, **BY_COURT), {"conclusion": ENDS}, "回得去"),
    "concluding unanswered by source": (_changed(FAILED, source="公安机关委托移送"), {"conclusion": ENDS}, "回得去"),
    "concluding before the agreement": (PERFORMED, {"conclusion": Conclusion(on=DAY)}, "结案日期"),
    "filing unconcluded": (PERFORMED, {"closed_on": date(2026, 3, 2)}, "先办理结案"),
    "mediating what is concluded": (_changed(FAILED, conclusion=ENDS), {"sessions": (MEETING, MEETING)}, "重新办理"),
    "another result of what is concluded": (_changed(FAILED, conclusion=ENDS), {"outcome": Outcome(kind="撤回")}, "重新办理"),
}


@pytest.mark.parametrize(("before", "fields", "word"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(before: Case, fields: dict[str, Any], word: str) -> None:
    with pytest.raises(IllegalStep, match=r"。$") as caught:
        require_legal(before, _changed(before, **fields))
    assert word in str(caught.value)
    assert str(caught.value).count("。") == 1
    assert f"“{status(before)}”" in str(caught.value)


ALLOWED: dict[str, tuple[Case, dict[str, Any]]] = {
    "lowering an assessed risk by another assessment": (
        RISKY,
        {"risk": "低", "assessments": (*RISKY.assessments, Assessment(stage="初定", risk="低", opinion="已经和好"))},
    ),
    "mediating on the day on which the rights were told": (
        KNOWN,
        {"sessions": (Session(kind="调解记录", started_at="2026-01-08T09:00"),)},
    ),
    "mediating among the willing": (
        _changed(KNOWN, parties=(*KNOWN.parties, Party(role="被申请人", kind="自然人", name="王五", refused_on=DAY))),
        {"sessions": (MEETING,)},
    ),
    "a visit after filing": (FILED, {"visits": (*FILED.visits, Visit(on=date(2026, 6, 1)))}),
    "signing for a letter after filing": (FILED, {"moves": (LetterMove(letter="1" * 32, kind="签收"),)}),
    "accepting": (accepted(), {"intake": Intake(decision="受理")}),
    "accepting what only guides": (accepted(), {"intake": Intake(decision="受理", barred=("poor",))}),
    "accepting what the court sent": (accepted(source="法院委托移送"), {"intake": Intake(decision="受理", barred=("court",))}),
    "accepting an unknown question": (accepted(), {"intake": Intake(decision="受理", barred=("later",))}),
    "declining": (
        accepted(),
        {"intake": Intake(decision="不予受理", reason="不属于本委员会受理范围"), "outcome": Outcome(kind="不予受理")},
    ),
    "surveying before the notice": (accepted(), {"sessions": (SURVEY,)}),
    "mediating after the notice": (accepted(), {"sessions": (MEETING,), "informed_on": DAY}),
    "going on without a notice in an old case": (accepted(sessions=(MEETING,)), {"sessions": (MEETING, MEETING)}),
    "failing by a refusal": (MEDIATED, {"parties": _refused_by(), "outcome": Outcome(kind="调解不成", advised=("诉讼",))}),
    "taking a refusal back": (_changed(KNOWN, parties=_refused_by()), {"parties": accepted().parties, "sessions": (MEETING,)}),
    "assessing in order": (accepted(), {"assessments": _assessed("初定", "议定", "审定")}),
    "deciding at once with a reason": (
        accepted(),
        {"assessments": (Assessment(stage="审定", risk="高", opinion="周研判审定：涉及多个村"),)},
    ),
    "discussing anew after a decision": (
        accepted(assessments=(Assessment(id="3" * 32, stage="审定", risk="高", opinion="周研判审定"),)),
        {"assessments": (Assessment(id="3" * 32, stage="审定", risk="高", opinion="周研判审定"), *_assessed("议定"))},
    ),
    "routing": (accepted(), {"routings": _routing(kind="分流", level=1), "level": 1}),
    "a mistyped level": (accepted(level=3), {"level": 1}),
    "no level": (accepted(level=3), {"level": None}),
    "escalating over one": (accepted(level=1), {"routings": _routing(kind="升级", level=3, reason="跨界"), "level": 3}),
    "answering an escalation": (LEVEL_2, {"routings": (msgspec.structs.replace(LEVEL_2.routings[0], answer="已接"),)}),
    "stabilising": (MEDIATED, {"outcome": STABLE}),
    "confirming on the last day": (AGREED, {"confirmation": Confirmation(applied_on=date(2026, 3, 2))}),
    "confirming too late, which the court decides on": (
        AGREED,
        {"confirmation": Confirmation(applied_on=date(2026, 3, 3), result="不予受理", decided_on=date(2026, 3, 5))},
    ),
    "confirming on the spot": (
        AGREED,
        {"confirmation": Confirmation(applied_on=SIGNED.signed_on, decided_on=SIGNED.signed_on, on_the_spot=True)},
    ),
    "concluding": (PERFORMED, {"conclusion": ENDS}),
    "concluding an unvisited contract": (_changed(PERFORMED, type="合同", visits=()), {"conclusion": ENDS}),
    "concluding what goes to court": (_changed(AGREED, visits=SEEN), {"conclusion": Conclusion(on=ENDS.on, note="已申请强制执行")}),
    "concluding what repeats": (
        _changed(AGREED, agreement=msgspec.structs.replace(SIGNED, obligations=(YEARLY,)), visits=SEEN),
        {"conclusion": ENDS},
    ),
    "concluding a failure": (FAILED, {"conclusion": ENDS}),
    "concluding a failed contract unvisited": (_changed(FAILED, type="合同", visits=()), {"conclusion": ENDS}),
    "concluding what was answered": (
        _changed(PERFORMED, **BY_COURT | {"commission": Commission(sender="法院", returned_on=DAY, result="达成协议")}),
        {"conclusion": ENDS},
    ),
    "visiting what is concluded": (_changed(PERFORMED, conclusion=ENDS), {"visits": (*SEEN, *SEEN)}),
    "filing": (_changed(PERFORMED, conclusion=ENDS), {"closed_on": date(2026, 3, 2)}),
    "concluding and filing at once": (PERFORMED, {"conclusion": ENDS, "closed_on": date(2026, 3, 2)}),
}


@pytest.mark.parametrize(("before", "fields"), ALLOWED.values(), ids=ALLOWED)
def test_what_may_be_saved(before: Case, fields: dict[str, Any]) -> None:
    require_legal(before, _changed(before, **fields))


@pytest.mark.parametrize("name", REFUSED)
def test_what_stands_already_keeps_nobody_from_saving(name: str) -> None:
    """Two offices wrote at the same time, or an old case breaks a newer rule: other things can still be entered."""
    before, fields, _ = REFUSED[name]
    case = _changed(before, **fields)
    if not case.closed_on:
        records = {
            kind: tuple(_named(one, row) for row, one in enumerate(getattr(case, kind)))
            for kind in ("assessments", "routings", "reopenings")
        }
        case = _changed(case, **records)
        require_legal(case, _changed(case, recorder="李正平"))


def _named(record: msgspec.Struct, row: int) -> msgspec.Struct:
    return msgspec.structs.replace(record, id=f"{row + 1:032x}")


def test_a_case_typed_at_once_is_held_to_the_rules_and_a_case_file_is_not() -> None:
    require_legal_start(AGREED)
    with pytest.raises(IllegalStep, match="第二十三条"):
        require_legal_start(_changed(AGREED, informed_on=None))
    for number in PATHS:
        assert sample(number).informed_on is None


def test_everything_that_keeps_a_case_open_is_told() -> None:
    bare = _changed(AGREED, risk="高", **BY_COURT)
    fields = [lack.field for lack in course_rules.lacks_to_conclude(bare)]
    assert fields == ["police_reported_at", "agreement.obligations[0]", "visits", "commission.returned_on"]
