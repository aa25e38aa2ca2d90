"""经过: what happened to the five samples when they are entered step by step, and to cases with every kind of step."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import msgspec
import pytest

from desktop.domain.agreement import Agreement, Clause, Obligation
from desktop.domain.case import Case
from desktop.domain.course_records import Commission, Fulfilment, Plan
from desktop.domain.letter import Letter
from desktop.services import cases, course, letters, past
from desktop.services.desk import Desk
from tests.domain.samples import accepted, sample

LONG = "积怨较深，双方家族人数众多，应当由社区和派出所共同盯住，防止升级。"


def entered(desk: Desk, number: str) -> Case:
    """The sample as its office would have entered it, a save a step."""
    whole = sample(number)
    known = {"sessions": (), "agreement": None, "outcome": None, "letters": (), "visits": (), "risk": None, "risk_factors": ()}
    case = cases.load(desk, cases.register(desk, msgspec.structs.replace(whole, police_reported_at=None, level=None, **known)).id)
    case = course.accept(desk, case).case
    case = course.assess(desk, case, whole.risk or "低", whole.risk_factors, LONG).case
    case = course.route(desk, case, whole.level or 1).case
    for name, value in _steps(whole):
        old = getattr(case, name)
        case = saved(desk, case, **{name: (*old, value) if isinstance(old, tuple) else value})
        if case.agreement and whole.agreement and not case.agreement.signed_on:
            case = saved(desk, case, agreement=msgspec.structs.replace(case.agreement, signed_on=whole.agreement.signed_on))
    return case


def _steps(whole: Case) -> Iterable[tuple[str, Any]]:
    yield "informed_on", whole.registered_on
    if whole.police_reported_at:
        yield "police_reported_at", whole.police_reported_at
    yield from (("letters", one) for one in whole.letters)
    yield from (("sessions", one) for one in whole.sessions)
    if whole.agreement:
        yield "agreement", msgspec.structs.replace(whole.agreement, signed_on=None)
    yield from (("visits", one) for one in whole.visits)


def saved(desk: Desk, case: Case, **fields: Any) -> Case:
    return cases.save(desk, case, msgspec.structs.replace(case, **fields)).case


def told(desk: Desk, case: Case) -> list[str]:
    return [event.text for event in past.timeline(desk, case.id)]


OPINION = "积怨较深，双方家族人数众多，应当由社区和派出所共…"
TAKEN = ["登记纠纷", "决定受理"]
INFORMED = "告知当事人权利和义务"
SAMPLES = {
    "01": [
        f"初定中风险：{OPINION}",
        "分流到社区首调",
        INFORMED,
        "进行调查",
        "第1次调解，达成协议",
        "起草调解协议；新增协议条款“被申请人减免三名申请人展…”“申请人继续使用展位至20…”等3项；新增履行事项“玉溪某某商务服务有限公司”等3项",
        "达成书面协议",
        "电话回访杨自立，全部履行",
    ],
    "02": [
        f"初定高风险：{OPINION}",
        "分流到社区首调",
        INFORMED,
        "向公安机关报告",
        "签发提示函石桥综治函〔2024〕1号，主送华溪镇劳动保障服务所",
        "第1次调解，达成协议",
        "起草调解协议；新增协议条款“自2024年9月20日起…”“被申请人今后调整单价，提…”等3项；新增履行事项“华宁某某果业有限公司”",
        "达成书面协议",
        "上门回访王建芬，全部履行",
        "电话回访李有才，全部履行",
    ],
    "03": [
        f"初定低风险：{OPINION}",
        "分流到社区首调",
        INFORMED,
        "进行调查",
        "第1次调解，达成协议",
        "起草调解协议；新增协议条款“以排水沟为界，双方于20…”“今后翻耕不得移动田埂。”；新增履行事项“李文学”",
        "达成书面协议",
        "上门回访普家顺，全部履行",
    ],
    "04": [
        f"初定中风险：{OPINION}",
        "分流到社区首调",
        INFORMED,
        "第1次调解，达成协议",
        "起草调解协议；新增协议条款“2023年秋季学期由罗小…”“遇事先商量，不得动手。”；新增履行事项“岑绍伟”",
        "达成口头协议",
        "上门回访罗小英，未到期，积怨缓和",
        "上门回访岑绍伟，未到期，积怨已消除",
        "电话回访罗小英，未到期，积怨已消除",
    ],
    "05": [
        f"初定高风险：{OPINION}",
        "分流到联调室",
        INFORMED,
        "向公安机关报告",
        "签发任务单石桥综治任〔2024〕1号，主送关上街道某社区",
        "签发督办单石桥综治督〔2024〕1号，主送关上街道某社区",
        "签发反馈单石桥综治馈〔2024〕1号，主送关上街道综治中心；反馈任务单石桥综治任〔2024〕1号；反馈督办单石桥综治督〔2024〕1号",
        "第1次调解，择期再调",
        "第2次调解，达成协议",
        "起草调解协议；新增协议条款“被申请人于2024年5月…”“被申请人赔偿申请人人民币…”；新增履行事项“蒋小龙”等2项",
        "达成书面协议",
        "上门回访陈桂芳，全部履行，积怨缓和",
    ],
}


@pytest.mark.parametrize("number", SAMPLES)
def test_what_happened_to_a_sample(desk: Desk, number: str) -> None:
    found = told(desk, entered(desk, number))
    assert [sorted(line.split("；")) for line in found] == [sorted(line.split("；")) for line in [*TAKEN, *SAMPLES[number]]]


def _reported(desk: Desk, case: Case) -> Case:
    case = course.report_up(desk, case, ("云溪县综治中心",), "跨区域").case
    return course.answer(desk, case, case.routings[-1].id, "由县里召集两地研究").case


def _helped(desk: Desk, case: Case) -> Case:
    case = course.support(desk, case, "心理疏导", "区妇联").case
    return saved(desk, case, supports=(msgspec.structs.replace(case.supports[0], result="情绪平稳"),))


def _planned(desk: Desk, case: Case) -> Case:
    case = saved(desk, case, plan=Plan(leader="王建军", members=("张敏",), text="每日走访"))
    return saved(desk, case, plan=Plan(leader="王建军", members=("张敏",), text="每周走访"))


def _declined(desk: Desk, case: Case) -> Case:
    return course.decline(desk, case, "人民法院已经受理", ("诉讼",)).case


def _passed_on(desk: Desk, case: Case) -> Case:
    return course.transfer(desk, case, ("林业站",), "专业性强").case


def _commissioned(desk: Desk, case: Case) -> Case:
    case = saved(desk, case, commission=Commission(sender="云溪县人民法院"))
    case = course.decline(desk, case, "人民法院已经受理", ("诉讼",)).case
    return course.return_result(desk, case, "没有受理").case


def _letter_out(desk: Desk, case: Case) -> Case:
    paper = letters.blank(desk, case, "任务单", "某局")
    case = letters.draft(desk, case.id, msgspec.structs.replace(paper, responsible="张敏", signer="李明", measures=("走访",))).case
    letters.move(desk, case.id, case.letters[0].id, "签发")
    letters.move(desk, case.id, case.letters[0].id, "签收")
    return letters.supervise(desk, case.id, case.letters[0].id).case


def _letter_in(desk: Desk, case: Case) -> Case:
    return letters.take_in(
        desk, case.id, Letter(kind="任务单", issuer="云溪县委政法委", number="云政法〔2025〕6号", due_on=date(2026, 4, 1))
    ).case


def _performed(desk: Desk, case: Case) -> Case:
    owed, day = Obligation(id="a" * 32, payer="李四", amount=520_000), date(2026, 3, 1)
    agreement = Agreement(form="书面", facts="滴水", clauses=(Clause(text="李四赔偿。"),), obligations=(owed,), signed_on=day)
    case = saved(desk, case, informed_on=day, agreement=agreement)
    case = saved(desk, case, fulfilments=(Fulfilment(obligation="a" * 32, on=date(2026, 3, 2), amount=520_000),))
    case = course.conclude(desk, case, note="双方和好，没有回访").case
    return course.reopen(desk, case, "再次争吵").case


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        (_reported, ["上报云溪县综治中心：跨区域", "云溪县综治中心答复上报：由县里召集两地研究"]),
        (_helped, ["安排心理疏导（区妇联）", "心理疏导的结果：情绪平稳"]),
        (_planned, ["制定一案一策，包抓领导王建军，专班1人", "修改一案一策的制定日期、一案一策的方案"]),
        (_declined, ["决定不予受理：人民法院已经受理"]),
        (_passed_on, ["移送林业站：专业性强"]),
        (_commissioned, ["登记来文：云溪县人民法院", "决定不予受理：人民法院已经受理", "向云溪县人民法院回复结果：没有受理"]),
        (
            _letter_out,
            [
                "起草任务单，主送某局",
                "签发任务单石桥综治任〔2026〕1号，主送某局",
                "签收任务单石桥综治任〔2026〕1号",
                "督办任务单石桥综治任〔2026〕1号；签发督办单石桥综治督〔2026〕1号，主送某局",
            ],
        ),
        (_letter_in, ["收到任务单云政法〔2025〕6号（云溪县委政法委）"]),
        (_performed, ["李四履行5200.00元", "结案：双方和好，没有回访", "重新办理：再次争吵"]),
    ],
)
def test_a_step_is_told_by_what_happened(desk: Desk, steps: Callable[[Desk, Case], Case], words: list[str]) -> None:
    case = cases.load(desk, cases.register(desk, accepted()).id)
    found = told(desk, steps(desk, case))
    assert [sorted(line.split("；")) for line in found[-len(words) :]] == [sorted(line.split("；")) for line in words]
